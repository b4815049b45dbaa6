/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-journal-list.h"

#include "journal/store/swb-journal-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_BYTES 512 /* of st_blocks: stat(2) */

void
swb_journal_info_free (SwbJournalInfo *self)
{
  g_free (self->folder);
  g_free (self->purpose);
  g_free (self);
}

/* --- marks --- */

gboolean
swb_journal_has_mark (const char *folder, const char *mark)
{
  g_autofree char *path = g_build_filename (folder, mark, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
make_mark (const char *folder, const char *mark, GError **error)
{
  g_autofree char *path = g_build_filename (folder, mark, NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, NULL);

  swb_segments_set_error (error, errno, "open", path);
  return FALSE;
}

static gboolean
drop_mark (const char *folder, const char *mark, GError **error)
{
  g_autofree char *path = g_build_filename (folder, mark, NULL);

  if (unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  swb_segments_set_error (error, errno, "unlink", path);
  return FALSE;
}

void
swb_journal_mark_running (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (journal != NULL);

  if (!make_mark (swb_journal_get_folder (journal), SWB_JOURNAL_MARK_RUNNING, &error))
    g_debug ("%s", error->message);
}

void
swb_journal_mark_ended (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (journal != NULL);

  if (!drop_mark (swb_journal_get_folder (journal), SWB_JOURNAL_MARK_RUNNING, &error))
    g_debug ("%s", error->message);
}

gboolean
swb_journal_set_kept (const char *folder, gboolean kept, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  return kept ? make_mark (folder, SWB_JOURNAL_MARK_KEPT, error)
              : drop_mark (folder, SWB_JOURNAL_MARK_KEPT, error);
}

gboolean
swb_journal_set_offered (const char *folder, GError **error)
{
  g_autofree char *from = g_build_filename (folder, SWB_JOURNAL_MARK_RUNNING, NULL);
  g_autofree char *to = g_build_filename (folder, SWB_JOURNAL_MARK_KILLED, NULL);

  if (rename (from, to) == 0)
    return TRUE;

  swb_segments_set_error (error, errno, "rename", from);
  return FALSE;
}

/* --- what is known --- */

static guint64
measure (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint64 n_bytes = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (lstat (path, &status) == 0)
        n_bytes += (guint64)status.st_blocks * BLOCK_BYTES;
    }
  return n_bytes;
}

gboolean
swb_journal_get_begin (const char *folder, gint64 *wall_ns)
{
  SwbJournalAnchor anchor;
  int fd;

  if (!swb_journal_anchor_load (folder, &anchor, &fd, NULL))
    return FALSE;

  close (fd);
  *wall_ns = anchor.wall_ns;
  return TRUE;
}

/* A writer alone holds the anchor's lock exclusively; who only reads shares it. */
static gboolean
has_writer (const char *folder, GError **error)
{
  SwbJournalAnchor anchor;
  gboolean is_locked;
  int fd;

  if (!swb_journal_anchor_load (folder, &anchor, &fd, error))
    return FALSE;

  is_locked = flock (fd, LOCK_SH | LOCK_NB) < 0;
  close (fd);
  return is_locked;
}

static char *
dup_purpose (const char *folder)
{
  g_autofree char *name = g_path_get_basename (folder);
  const char *const purposes[] = { "window", "run" };

  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_str_has_prefix (name, purposes[i]) && name[strlen (purposes[i])] == '-')
      return g_strdup (purposes[i]);
  return g_strdup ("");
}

static void
tell_fate (SwbJournalInfo *self, gboolean is_running)
{
  gboolean running = swb_journal_has_mark (self->folder, SWB_JOURNAL_MARK_RUNNING);

  self->is_kept = swb_journal_has_mark (self->folder, SWB_JOURNAL_MARK_KEPT);
  self->was_offered = swb_journal_has_mark (self->folder, SWB_JOURNAL_MARK_KILLED);
  if (is_running)
    self->fate = SWB_JOURNAL_RUNNING;
  else if (running || self->was_offered)
    self->fate = SWB_JOURNAL_KILLED;
}

SwbJournalInfo *
swb_journal_info_new (const char *folder, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SwbJournal) journal = NULL;
  SwbJournalInfo *self;
  gboolean is_running;

  g_return_val_if_fail (folder != NULL, NULL);

  is_running = has_writer (folder, &local);
  journal = local == NULL ? swb_journal_open (folder, &local) : NULL;
  if (journal == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  self = g_new0 (SwbJournalInfo, 1);
  self->folder = g_strdup (folder);
  self->purpose = dup_purpose (folder);
  self->begin_wall_ns = journal->anchor.wall_ns;
  self->end_wall_ns = self->begin_wall_ns;
  self->n_records = swb_journal_get_n_records (journal);
  if (self->n_records > 0)
    self->end_wall_ns = swb_journal_to_wall_ns (
        journal, swb_journal_peek_entry (journal, self->n_records - 1)->time_ns);
  self->n_bytes = measure (folder);
  tell_fate (self, is_running);
  return self;
}

/* --- all of them --- */

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const SwbJournalInfo *x = *(const SwbJournalInfo *const *)a;
  const SwbJournalInfo *y = *(const SwbJournalInfo *const *)b;

  return (x->begin_wall_ns < y->begin_wall_ns) - (x->begin_wall_ns > y->begin_wall_ns);
}

GPtrArray *
swb_journal_list (const char *folder, GCancellable *cancellable)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_journal_info_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, all);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL
         && !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      SwbJournalInfo *info = swb_journal_info_new (path, NULL);

      if (info != NULL)
        g_ptr_array_add (all, info);
    }

  g_ptr_array_sort (all, compare_newest_first);
  return all;
}

static void
list_in_worker (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  g_task_return_pointer (task, swb_journal_list (folder, cancellable),
                         (GDestroyNotify)g_ptr_array_unref);
}

void
swb_journal_list_async (const char *folder, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (folder != NULL);

  g_task_set_source_tag (task, swb_journal_list_async);
  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, list_in_worker);
}

GPtrArray *
swb_journal_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
swb_journal_remove (const char *folder, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);

  if (has_writer (folder, &local))
    swb_segments_set_error (&local, EBUSY, "flock", folder);
  if (local == NULL)
    {
      swb_journal_remove_files (folder);
      /* Files of a stranger stay, and with them the folder. */
      if (g_file_test (folder, G_FILE_TEST_EXISTS) && rmdir (folder) < 0)
        swb_segments_set_error (&local, errno, "rmdir", folder);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
