/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-recording.h"

#include "journal/swb-export-private.h"

SwbJournal *
swb_recording_open (const char *path, const char *folder, GHashTable **pane_names,
                    SwbProgressFunc progress, gpointer progress_data,
                    GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  SwbJournal *journal;

  if (stream == NULL)
    return NULL;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                         cancellable, NULL);
  journal = swb_recording_load (
      G_INPUT_STREAM (stream),
      info != NULL ? (guint64)MAX (g_file_info_get_size (info), 0) : 0, folder, pane_names,
      progress, progress_data, cancellable, error);
  if (journal == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
    }

  return journal;
}

typedef struct
{
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
      = swb_recording_open (self->path, self->folder, &self->pane_names,
                            swb_progress_teller_tell, self->teller, cancellable, &error);

  if (journal != NULL)
    g_task_return_pointer (task, journal, (GDestroyNotify)swb_journal_unref);
  else
    g_task_return_error (task, error);
}

void
swb_recording_open_async (const char *path, const char *folder, SwbProgressFunc progress,
                          gpointer progress_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (path != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *self = g_new0 (Opening, 1);

  g_task_set_source_tag (task, swb_recording_open_async);
  self->path = g_strdup (path);
  self->folder = g_strdup (folder);
  self->teller = swb_progress_teller_new (progress, progress_data);
  g_task_set_task_data (task, self, (GDestroyNotify)opening_free);
  g_task_run_in_thread (task, open_in_worker);
}

SwbJournal *
swb_recording_open_finish (GAsyncResult *result, GHashTable **pane_names, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  Opening *self = g_task_get_task_data (G_TASK (result));
  SwbJournal *journal = g_task_propagate_pointer (G_TASK (result), error);

  if (journal != NULL && pane_names != NULL)
    *pane_names = g_steal_pointer (&self->pane_names);
  return journal;
}

const char *
swb_recording_get_pane_name (guint pane, gpointer pane_names)
{
  return g_hash_table_lookup (pane_names, GUINT_TO_POINTER (pane));
}
