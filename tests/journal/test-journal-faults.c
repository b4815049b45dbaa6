/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/store/swb-journal.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/store/swb-journal-private.h"
#include "net/swb-error.h"
#include "random-record.h"

#define ROOM 400

static const SwbJournalLayout small_layout = { .index_shift = 8,
                                               .arena_shift = 16,
                                               .max_index_segments = 4096,
                                               .max_arena_segments = 4096 };

static void
append_numbered (SwbJournal *journal, guint64 number)
{
  guint8 room[ROOM];
  SwbRecord record;

  numbered_record (&record, number, room, ROOM);
  swb_journal_append (journal, &record);
}

static void
assert_numbered (SwbJournal *journal, guint64 position, guint64 number)
{
  SwbRecord record;

  g_assert_true (swb_journal_read (journal, position, &record));
  g_assert_true (is_numbered (&record, number, ROOM));
}

/* The child: appends and publishes for ever, and tells the count after each publish. */
G_GNUC_NORETURN static void
write_until_killed (const char *folder, int fd)
{
  SwbJournal *journal = swb_journal_new_with_layout (folder, &small_layout, NULL);

  for (guint64 i = 0;; i++)
    {
      append_numbered (journal, i);
      if (i % 5 == 0 && swb_journal_publish (journal, NULL))
        {
          guint64 n = swb_journal_get_n_records (journal);

          if (write (fd, &n, sizeof n) != sizeof n)
            _exit (1);
        }
    }
}

/* Returns the last count that was told. */
static guint64
write_and_kill (const char *folder)
{
  guint64 n_kill = (guint64)g_test_rand_int_range (1, 5000);
  guint64 told = 0, n;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t pid = fork ();
  if (pid == 0)
    write_until_killed (folder, ends[1]);

  g_assert_cmpint (pid, >, 0);
  close (ends[1]);
  while (told < n_kill && read (ends[0], &n, sizeof n) == sizeof n)
    told = n;
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  while (read (ends[0], &n, sizeof n) == sizeof n)
    told = n;
  close (ends[0]);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  return told;
}

static void
test_kill (void)
{
  g_test_summary ("Whenever its writer is killed, a journal has all that was published, "
                  "and all of it whole.");

  for (int round = 0; round < 20; round++)
    {
      g_autofree char *folder = make_test_folder ();
      g_autoptr (GError) error = NULL;
      guint64 told = write_and_kill (folder);
      g_autoptr (SwbJournal) journal = swb_journal_open (folder, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (swb_journal_get_n_records (journal), >=, told);
      for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
        assert_numbered (journal, i, i);
      remove_test_folder (folder);
    }
}

static void
set_file_limit (rlim_t limit)
{
  struct rlimit now;

  getrlimit (RLIMIT_FSIZE, &now);
  now.rlim_cur = MIN (limit, now.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &now), ==, 0);
}

/* Appends one batch, whose records are numbered on from @number. */
static gboolean
publish_batch (SwbJournal *journal, guint64 number, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    append_numbered (journal, number + i);

  return swb_journal_publish (journal, error);
}

/* A limit on the size of files fails as a full disk does: first a short write, then an
 * errno. */
static void
write_to_limit (rlim_t limit)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = swb_journal_new (folder, &error);
  guint64 n = 0;

  g_assert_no_error (error);
  set_file_limit (limit);
  while (publish_batch (journal, n, 50, &error))
    n += 50;
  g_assert_error (error, SWB_ERRNO, EFBIG);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, n);
  g_assert_cmpuint (swb_journal_get_n_unrecorded (journal), ==, 50);

  /* Full still: counted again, and the automatic publish of a full buffer neither crashes
   * nor stops. */
  for (guint i = 0; i < 2 * SWB_JOURNAL_HOT_ENTRIES; i++)
    append_numbered (journal, n);
  g_assert_false (swb_journal_publish (journal, NULL));
  g_assert_cmpuint (swb_journal_get_n_unrecorded (journal), ==,
                    50 + 2 * SWB_JOURNAL_HOT_ENTRIES);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, n);

  /* Room again: the next records follow the last published one. */
  set_file_limit (RLIM_INFINITY);
  g_clear_error (&error);
  g_assert_true (publish_batch (journal, n, 50, &error));
  for (guint64 i = 0; i < n + 50; i++)
    assert_numbered (journal, i, i);
  swb_journal_unref (journal);

  journal = swb_journal_open (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, n + 50);
  for (guint64 i = 0; i < n + 50; i++)
    assert_numbered (journal, i, i);
  swb_journal_unref (journal);
  remove_test_folder (folder);
}

static void
test_full (void)
{
  g_test_summary ("When files cannot grow, records are dropped and counted, and later ones "
                  "kept again.");

  if (g_test_subprocess ())
    {
      signal (SIGXFSZ, SIG_IGN);
      write_to_limit (100001);
      write_to_limit (1003);
      write_to_limit (64);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_index_limit (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (GError) error = NULL;
  SwbJournalLayout layout = {
    .index_shift = 4, .arena_shift = 20, .max_index_segments = 2, .max_arena_segments = 1
  };
  g_autoptr (SwbJournal) journal = swb_journal_new_with_layout (folder, &layout, &error);

  g_test_summary ("A journal at the end of its tables says so and keeps what it has.");

  g_assert_true (publish_batch (journal, 0, 32, &error));
  g_assert_no_error (error);
  g_assert_false (publish_batch (journal, 32, 1, &error));
  g_assert_error (error, SWB_ERRNO, EFBIG);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, 32);
  g_assert_cmpuint (swb_journal_get_n_unrecorded (journal), ==, 1);
  for (guint64 i = 0; i < 32; i++)
    assert_numbered (journal, i, i);
  remove_test_folder (folder);
}

static void
test_arena_limit (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (GError) error = NULL;
  SwbJournalLayout layout = {
    .index_shift = 10, .arena_shift = 12, .max_index_segments = 2, .max_arena_segments = 2
  };
  g_autoptr (SwbJournal) journal = swb_journal_new_with_layout (folder, &layout, &error);
  guint64 n = 0;

  g_test_summary ("An arena at the end of its table says so.");

  while (publish_batch (journal, n, 1, &error))
    n++;
  g_assert_error (error, SWB_ERRNO, EFBIG);
  g_assert_cmpuint (n, >, 20);
  for (guint64 i = 0; i < n; i++)
    assert_numbered (journal, i, i);
  remove_test_folder (folder);
}

static char *
make_written (guint n)
{
  char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);

  g_assert_true (publish_batch (journal, 0, n, NULL));
  return folder;
}

static void
cut_file (const char *folder, const char *name, off_t length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (truncate (path, length), ==, 0);
}

static void
test_cut_index (void)
{
  g_autofree char *folder = make_written (100);
  g_autoptr (SwbJournal) journal = NULL;

  g_test_summary ("An index cut within an entry has the entries before it.");

  cut_file (folder, "index-00000", 50 * sizeof (SwbEntry) + 39);
  journal = swb_journal_open (folder, NULL);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, 50);
  assert_numbered (journal, 49, 49);
  remove_test_folder (folder);
}

static void
test_cut_arena (void)
{
  g_autofree char *folder = make_written (100);
  g_autoptr (SwbJournal) journal = swb_journal_open (folder, NULL);
  guint64 end = swb_journal_peek_entry (journal, 60)->offset
                + swb_journal_peek_entry (journal, 60)->length;

  g_test_summary ("An entry whose bytes are not in the arena ends the journal.");

  g_clear_pointer (&journal, swb_journal_unref);
  cut_file (folder, "arena-00000", (off_t)end - 1);
  journal = swb_journal_open (folder, NULL);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, 60);
  assert_numbered (journal, 59, 59);
  remove_test_folder (folder);
}

static void
test_foreign_anchor (void)
{
  g_autofree char *folder = make_written (1);
  g_autofree char *path = g_build_filename (folder, "anchor", NULL);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GError) error = NULL;

  g_test_summary ("What is no anchor is refused: another file, an empty one, none.");

  g_assert_true (g_file_set_contents (
      path, "#!/bin/sh\necho this is a script, not a journal\n", -1, NULL));
  g_assert_null (swb_journal_open (folder, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_FORMAT);
  g_clear_error (&error);

  cut_file (folder, "anchor", 0);
  g_assert_null (swb_journal_open (folder, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_FORMAT);
  g_clear_error (&error);

  g_assert_null (swb_journal_open (parent, &error));
  g_assert_error (error, SWB_ERRNO, ENOENT);
  remove_test_folder (folder);
}

/* Whatever stands in the index, reading answers or refuses. */
static void
test_noise (void)
{
  g_test_summary ("A journal whose index was overwritten at random can be opened and read "
                  "without harm.");

  for (int round = 0; round < 100; round++)
    {
      g_autofree char *folder = make_written (20);
      g_autofree char *path = g_build_filename (folder, "index-00000", NULL);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      for (int i = 0; i < 5; i++)
        content[g_test_rand_int_range (0, (gint32)length)]
            = (char)g_test_rand_int_range (0, 256);
      g_assert_true (g_file_set_contents (path, content, (gssize)length, NULL));

      g_autoptr (SwbJournal) journal = swb_journal_open (folder, NULL);
      guint64 sum = 0;
      for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
        {
          SwbRecord record;

          if (swb_journal_read (journal, i, &record))
            for (gsize j = 0; j < record.n_data; j++)
              sum += record.data[j];
        }
      g_assert_cmpuint (sum, <, 20 * 65536 * 255);
      remove_test_folder (folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/faults/kill", test_kill);
  g_test_add_func ("/journal/faults/full", test_full);
  g_test_add_func ("/journal/faults/index-limit", test_index_limit);
  g_test_add_func ("/journal/faults/arena-limit", test_arena_limit);
  g_test_add_func ("/journal/faults/cut-index", test_cut_index);
  g_test_add_func ("/journal/faults/cut-arena", test_cut_arena);
  g_test_add_func ("/journal/faults/foreign-anchor", test_foreign_anchor);
  g_test_add_func ("/journal/faults/noise", test_noise);
  return g_test_run ();
}
