/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/store/swb-journal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "journal/store/swb-journal-private.h"
#include "net/swb-error.h"
#include "random-record.h"

/* Segments of 64 entries and 64 KiB. */
static const SwbJournalLayout small_layout = {
  .index_shift = 6, .arena_shift = 16, .max_index_segments = 512, .max_arena_segments = 4096
};

static SwbJournal *
make_journal (const char *folder, const SwbJournalLayout *layout)
{
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = layout == NULL
                            ? swb_journal_new (folder, &error)
                            : swb_journal_new_with_layout (folder, layout, &error);

  g_assert_no_error (error);
  g_assert_nonnull (journal);
  return journal;
}

static void
append_numbered (SwbJournal *journal, guint64 number, gsize n_room)
{
  g_autofree guint8 *room = g_malloc (n_room + 1);
  SwbRecord record;

  numbered_record (&record, number, room, n_room);
  swb_journal_append (journal, &record);
}

static void
publish (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_journal_publish (journal, &error));
  g_assert_no_error (error);
}

static void
assert_numbered (SwbJournal *journal, guint64 n, gsize n_room)
{
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, n);
  for (guint64 i = 0; i < n; i++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (journal, i, &record));
      g_assert_true (is_numbered (&record, i, n_room));
      g_assert_cmpint (swb_journal_peek_entry (journal, i)->time_ns, ==, record.time_ns);
    }
}

static void
test_empty (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  SwbRecord record;

  g_test_summary ("A new journal has no records, publishes nothing, and knows its folder.");

  g_assert_cmpstr (swb_journal_get_folder (journal), ==, folder);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, 0);
  g_assert_cmpuint (swb_journal_get_n_bytes (journal), ==, 0);
  publish (journal);
  g_assert_false (swb_journal_read (journal, 0, &record));
  g_assert_false (swb_journal_read (journal, G_MAXUINT64, &record));
  remove_test_folder (folder);
}

static void
test_publish (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  SwbRecord record;

  g_test_summary ("A record can be read once it was published, not before.");

  append_numbered (journal, 0, 100);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, 0);
  g_assert_false (swb_journal_read (journal, 0, &record));
  publish (journal);
  assert_numbered (journal, 1, 100);
  g_assert_cmpuint (swb_journal_get_n_bytes (journal), ==,
                    sizeof (SwbEntry) + swb_journal_peek_entry (journal, 0)->length);
  remove_test_folder (folder);
}

static void
test_modes (void)
{
  mode_t mask = umask (0);
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  const char *names[] = { "anchor", "index-00000", "arena-00000" };
  struct stat status;

  g_test_summary ("The folder is of mode 0700 and its files of 0600, whatever the umask.");

  append_numbered (journal, 1, 100);
  publish (journal);
  g_assert_cmpint (stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
  umask (mask);
  remove_test_folder (folder);
}

static void
test_taken (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A folder that holds a journal is refused.");

  g_assert_null (swb_journal_new (folder, &error));
  g_assert_error (error, SWB_ERRNO, EEXIST);
  remove_test_folder (folder);
}

static void
test_segments (void)
{
  enum
  {
    N = 5000,
    ROOM = 3000
  };
  g_autofree char *folder = make_test_folder ();
  SwbJournal *journal = make_journal (folder, &small_layout);
  g_autoptr (GError) error = NULL;

  g_test_summary (
      "Records survive every border of segments, and the journal its opening again.");

  for (guint64 i = 0; i < N; i++)
    {
      append_numbered (journal, i, ROOM);
      if (g_test_rand_int_range (0, 50) == 0)
        publish (journal);
    }
  publish (journal);
  assert_numbered (journal, N, ROOM);
  guint64 n_bytes = swb_journal_get_n_bytes (journal);
  swb_journal_unref (journal);

  journal = swb_journal_open (folder, &error);
  g_assert_no_error (error);
  assert_numbered (journal, N, ROOM);
  g_assert_cmpuint (swb_journal_get_n_bytes (journal), ==, n_bytes);
  swb_journal_unref (journal);
  remove_test_folder (folder);
}

static void
test_reserve (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, &small_layout);
  gsize sizes[] = { 0, 1, 4000, 65536 - SWB_RECORD_DETAILS_MAX };

  g_test_summary (
      "What was written into reserved room is the record's data, whatever was reserved.");

  for (guint64 i = 0; i < 2000; i++)
    {
      gsize size = sizes[g_test_rand_int_range (0, G_N_ELEMENTS (sizes))];
      guint8 *room = swb_journal_reserve (journal, size);
      SwbRecord record;

      numbered_record (&record, i, room, MIN (size, 300));
      record.took_ns = (gint64)MIN (size, 300);
      swb_journal_append (journal, &record);
    }
  publish (journal);

  for (guint64 i = 0; i < 2000; i++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (journal, i, &record));
      gsize n_room = (gsize)record.took_ns;
      record.took_ns = (gint64)(i & 0xffff);
      g_assert_true (is_numbered (&record, i, n_room));
    }
  remove_test_folder (folder);
}

static void
test_reserve_in_place (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  SwbRecord back,
      record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_RECV, .fd = 1, .result = 5 };

  g_test_summary (
      "Room that was not used harms nothing; the next record may bring its own data.");

  memset (swb_journal_reserve (journal, 65536), 'x', 65536);
  record.data = (const guint8 *)"other";
  record.n_data = 5;
  swb_journal_append (journal, &record);
  guint8 *room = swb_journal_reserve (journal, 65536);
  memcpy (room, "place", 5);
  record.data = room;
  swb_journal_append (journal, &record);
  publish (journal);

  g_assert_true (swb_journal_read (journal, 0, &back));
  g_assert_cmpmem (back.data, back.n_data, "other", 5);
  g_assert_true (swb_journal_read (journal, 1, &back));
  g_assert_cmpmem (back.data, back.n_data, "place", 5);
  remove_test_folder (folder);
}

static void
test_large_data (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  gsize sizes[]
      = { SWB_JOURNAL_DATA_MAX - 1, SWB_JOURNAL_DATA_MAX, SWB_JOURNAL_DATA_MAX + 1 };
  g_autofree guint8 *data = g_malloc0 (SWB_JOURNAL_DATA_MAX + 1);
  SwbRecord record
      = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_SEND, .fd = 1, .data = data };

  g_test_summary ("Data up to the limit is kept, and of more as much as the limit.");

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      memset (data, (int)i + 1, SWB_JOURNAL_DATA_MAX + 1);
      record.n_data = sizes[i];
      record.result = (int)sizes[i];
      swb_journal_append (journal, &record);
    }
  publish (journal);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      SwbRecord back;

      g_assert_true (swb_journal_read (journal, i, &back));
      g_assert_cmpuint (back.n_data, ==, MIN (sizes[i], SWB_JOURNAL_DATA_MAX));
      g_assert_cmpint (back.result, ==, (int)sizes[i]);
      g_assert_cmpuint (back.data[0], ==, i + 1);
      g_assert_cmpuint (back.data[back.n_data - 1], ==, i + 1);
    }
  remove_test_folder (folder);
}

static void
test_budget (void)
{
  enum
  {
    N = 100000
  };
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  const char *names[] = { "anchor", "index-00000", "arena-00000" };
  guint8 data[64] = { 0 };
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_RECV,
                       .pane = 1,
                       .fd = 4,
                       .result = 64,
                       .ints = { 65536, 0 },
                       .data = data,
                       .n_data = 64 };
  goffset n_disk = 0;

  g_test_summary ("A recv of 64 bytes takes at most 112 bytes on disk, all included.");

  for (guint i = 0; i < N; i++)
    swb_journal_append (journal, &record);
  publish (journal);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      struct stat status;

      g_assert_cmpint (stat (path, &status), ==, 0);
      n_disk += status.st_blocks * 512;
    }
  g_test_message ("%.2f bytes a record", (double)n_disk / N);
  g_assert_cmpint (n_disk, <=, 112 * N);
  remove_test_folder (folder);
}

static void
test_clock (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = make_journal (folder, NULL);
  gint64 wall = swb_journal_to_wall_ns (journal, g_get_monotonic_time () * 1000);

  g_test_summary ("Monotonic times become wall-clock times, and back.");

  g_assert_cmpint (ABS (wall / 1000 - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (
      swb_journal_from_wall_ns (journal, swb_journal_to_wall_ns (journal, 12345)), ==,
      12345);
  remove_test_folder (folder);
}

typedef struct
{
  SwbJournal *journal;
  guint64 n;
  gsize n_room;
} Reader;

/* Runs after the count, and looks at all the new records and a few of the old ones each
 * time. */
static gpointer
read_all (gpointer data)
{
  Reader *reader = data;
  guint64 seen = 0;

  while (seen < reader->n)
    {
      guint64 n = swb_journal_get_n_records (reader->journal);
      SwbRecord record;

      if (n == seen)
        {
          g_thread_yield ();
          continue;
        }

      for (; seen < n; seen++)
        if (!swb_journal_read (reader->journal, seen, &record)
            || !is_numbered (&record, seen, reader->n_room)
            || !swb_journal_read (reader->journal, seen / 2, &record)
            || !is_numbered (&record, seen / 2, reader->n_room))
          return GUINT_TO_POINTER (FALSE);
    }

  return GUINT_TO_POINTER (TRUE);
}

static void
test_threads (void)
{
  enum
  {
    N = 200000,
    ROOM = 200
  };
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal
      = make_journal (folder, &(SwbJournalLayout){ 12, 20, 512, 4096 });
  Reader reader = { journal, N, ROOM };
  GThread *threads[3];

  g_test_summary ("While one thread writes, others find every published record whole.");

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_all, &reader);
  for (guint64 i = 0; i < N; i++)
    {
      append_numbered (journal, i, ROOM);
      if (i % 97 == 0)
        publish (journal);
    }
  publish (journal);

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (GPOINTER_TO_UINT (g_thread_join (threads[i])));
  remove_test_folder (folder);
}

static void
test_delete (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (SwbJournal) journal = make_journal (folder, &small_layout);

  g_test_summary ("A deleted journal leaves no folder, and can still be read.");

  for (guint64 i = 0; i < 500; i++)
    append_numbered (journal, i, 500);
  publish (journal);
  swb_journal_delete (journal);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  assert_numbered (journal, 500, 500);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

static void
test_default_folder (void)
{
  g_autofree char *folder = swb_journal_dup_default_folder ("run");

  g_test_summary ("The default folder is a new one below the user's state.");

  g_assert_nonnull (strstr (folder, "/socket-workbench/journals/run-"));
  g_assert_true (g_str_has_prefix (folder, g_get_user_state_dir ()));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_sweep (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("swb-sweep-XXXXXX", &error);
  g_autofree char *stranger = g_build_filename (parent, "stranger", NULL);
  g_autofree char *living_folder = g_build_filename (parent, "0", NULL);
  g_autofree char *kept = g_build_filename (parent, "1", "kept", NULL);
  g_autoptr (SwbJournal) living = make_journal (living_folder, NULL);

  g_test_summary (
      "The newest ended journals stay; living ones, those kept for good and strange "
      "folders are left alone.");

  g_assert_cmpint (g_mkdir (stranger, 0700), ==, 0);
  for (int i = 1; i <= 4; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%d", parent, i);

      swb_journal_unref (make_journal (folder, NULL));
    }

  g_assert_true (g_file_set_contents (kept, "", 0, NULL));
  swb_journal_sweep (parent, 2);
  for (int i = 0; i <= 4; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%d", parent, i);

      g_assert_cmpint (g_file_test (folder, G_FILE_TEST_EXISTS), ==, i != 2);
    }

  g_clear_pointer (&living, swb_journal_unref);
  swb_journal_sweep (parent, 0);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (kept), ==, 0);
  swb_journal_sweep (parent, 0);
  g_assert_cmpint (g_rmdir (stranger), ==, 0);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  swb_journal_sweep (parent, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/empty", test_empty);
  g_test_add_func ("/journal/publish", test_publish);
  g_test_add_func ("/journal/modes", test_modes);
  g_test_add_func ("/journal/taken", test_taken);
  g_test_add_func ("/journal/segments", test_segments);
  g_test_add_func ("/journal/reserve", test_reserve);
  g_test_add_func ("/journal/reserve-in-place", test_reserve_in_place);
  g_test_add_func ("/journal/large-data", test_large_data);
  g_test_add_func ("/journal/budget", test_budget);
  g_test_add_func ("/journal/clock", test_clock);
  g_test_add_func ("/journal/threads", test_threads);
  g_test_add_func ("/journal/delete", test_delete);
  g_test_add_func ("/journal/default-folder", test_default_folder);
  g_test_add_func ("/journal/sweep", test_sweep);
  return g_test_run ();
}
