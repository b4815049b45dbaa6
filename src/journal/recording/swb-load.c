/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-load.h"

#include "journal/export/swb-export-private.h"
#include "journal/store/swb-journal-private.h"
#include "net/swb-error.h"

#include <errno.h>
#include <unistd.h>

gboolean
swb_load_set_anchor (SwbJournal *journal, gint64 monotonic_ns, gint64 wall_ns,
                     GError **error)
{
  SwbJournalAnchor *anchor = &journal->anchor;

  anchor->monotonic_ns = monotonic_ns;
  anchor->wall_ns = wall_ns;
  if (pwrite (journal->anchor_fd, anchor, sizeof *anchor, 0) == (ssize_t)sizeof *anchor)
    return TRUE;

  swb_segments_set_error (error, errno, "pwrite", journal->folder);
  return FALSE;
}

gboolean
swb_load_publish (SwbJournal *journal, GError **error)
{
  guint64 n_lost = swb_journal_get_n_unrecorded (journal);

  if (!swb_journal_publish (journal, error))
    return FALSE;
  if (n_lost == 0)
    return TRUE;

  /* Lost when the journal made room by itself, which has nobody to tell why. */
  swb_segments_set_error (error, ENOSPC, "pwrite", journal->folder);
  return FALSE;
}

static char *
make_folder (GError **error)
{
  g_autofree char *parent
      = g_build_filename (g_get_user_cache_dir (), "socket-workbench", NULL);
  char *folder = g_build_filename (parent, "recording-XXXXXX", NULL);

  if (g_mkdir_with_parents (parent, 0700) == 0 && g_mkdtemp_full (folder, 0700) != NULL)
    return folder;

  swb_segments_set_error (error, errno, "mkdtemp", folder);
  g_free (folder);
  return NULL;
}

SwbJournal *
swb_load_begin (const char *folder, gboolean *made, GError **error)
{
  g_autofree char *new_folder = folder == NULL ? make_folder (error) : NULL;
  SwbJournal *journal;

  *made = folder == NULL;
  if (folder == NULL && new_folder == NULL)
    return NULL;

  journal = swb_journal_new (folder != NULL ? folder : new_folder, error);
  if (journal == NULL && new_folder != NULL)
    rmdir (new_folder);
  return journal;
}

SwbJournal *
swb_load_end (SwbJournal *journal, gboolean loaded, gboolean made)
{
  /* The maps stay. Without names there is nothing that a crash could leave behind. */
  if (!loaded || made)
    swb_journal_delete (journal);
  if (!loaded)
    {
      swb_journal_unref (journal);
      return NULL;
    }

  /* From here on it is as one that swb_journal_open() opened: to be read. */
  swb_journal_hot_clear (&journal->hot);
  return journal;
}

SwbJournal *
swb_load_open (SwbLoadFunc load, const char *path, const char *folder,
               GHashTable **pane_names, SwbProgressFunc progress, gpointer progress_data,
               GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) failure = NULL;
  SwbJournal *journal;

  if (stream == NULL)
    return NULL;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                         cancellable, NULL);
  journal = load (G_INPUT_STREAM (stream),
                  info != NULL ? (guint64)MAX (g_file_info_get_size (info), 0) : 0, folder,
                  pane_names, progress, progress_data, cancellable, &failure);
  if (journal == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      gboolean has_line = g_error_matches (failure, SWB_ERROR, SWB_ERROR_SYNTAX);
      g_prefix_error (&failure, has_line ? "%s:" : "%s: ", name);
      g_propagate_error (error, g_steal_pointer (&failure));
    }

  return journal;
}

typedef struct
{
  SwbLoadFunc load;
  char *path;
  char *folder;
  SwbProgressTeller *teller;
  GHashTable *pane_names;
} Opening;

static void
opening_free (Opening *self)
{
  g_free (self->path);
  g_free (self->folder);
  swb_progress_teller_unref (self->teller);
  g_clear_pointer (&self->pane_names, g_hash_table_unref);
  g_free (self);
}

static void
open_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *self = data;
  GError *error = NULL;
  SwbJournal *journal
      = swb_load_open (self->load, self->path, self->folder, &self->pane_names,
                       swb_progress_teller_tell, self->teller, cancellable, &error);

  if (journal != NULL)
    g_task_return_pointer (task, journal, (GDestroyNotify)swb_journal_unref);
  else
    g_task_return_error (task, error);
}

void
swb_load_open_async (SwbLoadFunc load, const char *path, const char *folder,
                     SwbProgressFunc progress, gpointer progress_data,
                     GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (path != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *self = g_new0 (Opening, 1);

  g_task_set_source_tag (task, swb_load_open_async);
  self->load = load;
  self->path = g_strdup (path);
  self->folder = g_strdup (folder);
  self->teller = swb_progress_teller_new (progress, progress_data);
  g_task_set_task_data (task, self, (GDestroyNotify)opening_free);
  g_task_run_in_thread (task, open_in_worker);
}

SwbJournal *
swb_load_open_finish (GAsyncResult *result, GHashTable **pane_names, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  Opening *self = g_task_get_task_data (G_TASK (result));
  SwbJournal *journal = g_task_propagate_pointer (G_TASK (result), error);

  if (journal != NULL && pane_names != NULL)
    *pane_names = g_steal_pointer (&self->pane_names);
  return journal;
}
