/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/store/swb-journal-list.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "net/swb-error.h"
#include "random-record.h"

#define ROOM 64

typedef struct
{
  char *parent;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->parent = g_dir_make_tmp ("swb-list-XXXXXX", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_rmdir (self->parent), ==, 0);
  g_free (self->parent);
}

static SwbJournal *
make_journal (Fixture *self, const char *name, guint n_records)
{
  g_autofree char *folder = g_build_filename (self->parent, name, NULL);
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = swb_journal_new (folder, &error);
  guint8 room[ROOM];
  SwbRecord record;

  g_assert_no_error (error);
  for (guint i = 0; i < n_records; i++)
    {
      numbered_record (&record, i, room, sizeof room);
      swb_journal_append (journal, &record);
    }
  swb_journal_mark_running (journal);
  g_assert_true (swb_journal_publish (journal, NULL));
  return journal;
}

static void
make_ended (Fixture *self, const char *name, guint n_records)
{
  g_autoptr (SwbJournal) journal = make_journal (self, name, n_records);

  swb_journal_mark_ended (journal);
}

/* (nullable): of the journal with this name */
static const SwbJournalInfo *
find (GPtrArray *all, const char *name)
{
  for (guint i = 0; i < all->len; i++)
    {
      const SwbJournalInfo *info = g_ptr_array_index (all, i);

      if (g_str_has_suffix (info->folder, name))
        return info;
    }
  return NULL;
}

static void
remove_all (Fixture *self)
{
  g_autoptr (GPtrArray) all = swb_journal_list (self->parent, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const SwbJournalInfo *info = g_ptr_array_index (all, i);
      g_autoptr (GError) error = NULL;

      g_assert_true (swb_journal_remove (info->folder, &error));
      g_assert_no_error (error);
    }
}

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autofree char *stranger = g_build_filename (self->parent, "stranger", NULL);
  g_autofree char *nowhere = g_build_filename (self->parent, "nowhere", NULL);
  g_autoptr (GPtrArray) none = swb_journal_list (nowhere, NULL);
  g_autoptr (GPtrArray) all = NULL;
  const SwbJournalInfo *info;

  g_test_summary (
      "Journals are listed with what they hold, the newest first; nothing else is");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (g_mkdir (stranger, 0700), ==, 0);
  make_ended (self, "run-1", 0);
  make_ended (self, "window-2", 100);
  all = swb_journal_list (self->parent, NULL);
  g_assert_cmpuint (all->len, ==, 2);

  info = g_ptr_array_index (all, 0);
  g_assert_true (g_str_has_suffix (info->folder, "window-2"));
  g_assert_cmpstr (info->purpose, ==, "window");
  g_assert_cmpuint (info->n_records, ==, 100);
  g_assert_cmpuint (info->n_bytes, >=, 100 * sizeof (SwbEntry));
  g_assert_cmpint (info->fate, ==, SWB_JOURNAL_ENDED);
  g_assert_cmpint (ABS (info->begin_wall_ns / 1000 - g_get_real_time ()), <,
                   G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);

  info = g_ptr_array_index (all, 1);
  g_assert_cmpstr (info->purpose, ==, "run");
  g_assert_cmpuint (info->n_records, ==, 0);
  g_assert_cmpint (info->end_wall_ns, ==, info->begin_wall_ns);
  remove_all (self);
  g_assert_cmpint (g_rmdir (stranger), ==, 0);
}

static void
test_fates (Fixture *self, gconstpointer data)
{
  g_autoptr (SwbJournal) running = make_journal (self, "window-running", 3);
  g_autofree char *killed = g_build_filename (self->parent, "window-killed", NULL);
  g_autofree char *old = g_build_filename (self->parent, "window-old", NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) then = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary (
      "A journal runs, was ended, or was cut short; one without marks counts as "
      "ended");
  swb_journal_unref (make_journal (self, "window-killed", 5));
  swb_journal_unref (swb_journal_new (old, NULL));
  make_ended (self, "window-ended", 1);
  all = swb_journal_list (self->parent, NULL);
  g_assert_cmpint (find (all, "-running")->fate, ==, SWB_JOURNAL_RUNNING);
  g_assert_cmpint (find (all, "-killed")->fate, ==, SWB_JOURNAL_KILLED);
  g_assert_false (find (all, "-killed")->was_offered);
  g_assert_cmpint (find (all, "-old")->fate, ==, SWB_JOURNAL_ENDED);
  g_assert_cmpint (find (all, "-ended")->fate, ==, SWB_JOURNAL_ENDED);

  g_assert_true (swb_journal_set_offered (killed, &error));
  g_assert_no_error (error);
  then = swb_journal_list (self->parent, NULL);
  g_assert_cmpint (find (then, "-killed")->fate, ==, SWB_JOURNAL_KILLED);
  g_assert_true (find (then, "-killed")->was_offered);
  g_assert_false (swb_journal_set_offered (old, &error));
  g_assert_error (error, SWB_ERRNO, ENOENT);

  swb_journal_mark_ended (running);
  g_clear_pointer (&running, swb_journal_unref);
  remove_all (self);
}

static void
test_killed (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;
  int fds[2];
  char ready;
  pid_t child;

  g_test_summary ("A writer that gets SIGKILL leaves a journal that says so, with all that "
                  "was published");
  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      make_journal (self, "window-1", 1000);
      if (write (fds[1], "!", 1) == 1)
        for (;;)
          pause ();
      _exit (1);
    }

  g_assert_cmpint (read (fds[0], &ready, 1), ==, 1);
  all = swb_journal_list (self->parent, NULL);
  g_assert_cmpint (find (all, "window-1")->fate, ==, SWB_JOURNAL_RUNNING);
  g_clear_pointer (&all, g_ptr_array_unref);

  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  close (fds[0]);
  close (fds[1]);
  all = swb_journal_list (self->parent, NULL);
  g_assert_cmpint (find (all, "window-1")->fate, ==, SWB_JOURNAL_KILLED);
  g_assert_cmpuint (find (all, "window-1")->n_records, ==, 1000);
  remove_all (self);
}

static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autofree char *kept = g_build_filename (self->parent, "window-kept", NULL);
  g_autofree char *nowhere = g_build_filename (self->parent, "nowhere", NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("A sweep leaves what is kept for good and what was cut short and not yet "
                  "told of");
  make_ended (self, "window-kept", 1);
  make_ended (self, "window-loose", 1);
  swb_journal_unref (make_journal (self, "window-killed", 1));
  g_assert_true (swb_journal_set_kept (kept, TRUE, &error));
  g_assert_no_error (error);
  swb_journal_sweep (self->parent, 0);
  all = swb_journal_list (self->parent, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (find (all, "-kept")->is_kept);
  g_assert_nonnull (find (all, "-killed"));

  g_assert_true (swb_journal_set_kept (kept, FALSE, &error));
  g_assert_true (swb_journal_set_offered (find (all, "-killed")->folder, &error));
  g_assert_no_error (error);
  swb_journal_sweep (self->parent, 0);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (find (all, "-killed")->folder, G_FILE_TEST_EXISTS));

  g_assert_false (swb_journal_set_kept (nowhere, TRUE, &error));
  g_assert_error (error, SWB_ERRNO, ENOENT);
}

static void
test_remove (Fixture *self, gconstpointer data)
{
  g_autoptr (SwbJournal) running = make_journal (self, "window-running", 3);
  g_autofree char *folder = g_strdup (swb_journal_get_folder (running));
  g_autoptr (SwbJournal) opened = NULL;
  g_autoptr (GError) error = NULL;
  SwbRecord record;

  g_test_summary ("A running session is not removed; who has an ended one open reads on");
  g_assert_false (swb_journal_remove (folder, &error));
  g_assert_error (error, SWB_ERRNO, EBUSY);
  g_clear_error (&error);
  g_clear_pointer (&running, swb_journal_unref);

  opened = swb_journal_open (folder, &error);
  g_assert_no_error (error);
  g_assert_true (swb_journal_set_kept (folder, TRUE, NULL));
  g_assert_true (swb_journal_remove (folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (swb_journal_read (opened, 2, &record));
  g_assert_true (is_numbered (&record, 2, ROOM));

  g_assert_false (swb_journal_remove (self->parent, &error));
  g_assert_true (error->domain == SWB_ERROR || error->domain == SWB_ERRNO);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
test_async (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("The list comes from a worker, or says that it was cancelled");
  make_ended (self, "window-1", 1);
  swb_journal_list_async (self->parent, NULL, listed_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  all = swb_journal_list_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);

  g_cancellable_cancel (cancellable);
  swb_journal_list_async (self->parent, cancellable, listed_cb, &cancelled);
  while (cancelled == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (swb_journal_list_finish (cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_all (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name)                                                                          \
  g_test_add ("/journal-list/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (list);
  ADD (fates);
  ADD (killed);
  ADD (kept);
  ADD (remove);
  ADD (async);
#undef ADD
  return g_test_run ();
}
