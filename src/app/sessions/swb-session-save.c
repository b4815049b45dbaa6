/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-session-save.h"

#include "bench/swb-command.h"
#include "journal/recording/swb-recording.h"

typedef struct
{
  char *folder;
  GFile *file;
  SwbJournal *journal;
  GHashTable *names; /* of panes, by number */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_free (self->folder);
  g_object_unref (self->file);
  g_clear_pointer (&self->journal, swb_journal_unref);
  g_hash_table_unref (self->names);
  g_free (self);
}

static void
learn_name (Saving *self, const SwbRecord *record)
{
  g_autofree char *text = g_strndup ((const char *)record->data, record->n_data);
  g_autoptr (SwbCommand) command = NULL;

  if (swb_command_peek_verb (text) == SWB_VERB_SEND)
    return;
  command = swb_command_parse (text, NULL, NULL);
  if (command != NULL && command->verb == SWB_VERB_PANE)
    g_hash_table_insert (self->names, GUINT_TO_POINTER (record->pane),
                         g_strdup (command->pane));
}

static void
open_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *self = data;
  g_autoptr (GError) error = NULL;
  guint64 n_records;
  SwbRecord record;

  self->journal = swb_journal_open (self->folder, &error);
  if (self->journal == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  n_records = swb_journal_get_n_records (self->journal);
  for (guint64 i = 0; i < n_records; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, i);

      if (entry->kind == SWB_RECORD_COMMAND
          && !g_hash_table_contains (self->names, GUINT_TO_POINTER (entry->pane))
          && swb_journal_read (self->journal, i, &record))
        learn_name (self, &record);
    }
  g_task_return_boolean (task, TRUE);
}

void
swb_session_save_async (const char *folder, GFile *file, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Saving *self = g_new0 (Saving, 1);

  self->folder = g_strdup (folder);
  self->file = g_object_ref (file);
  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_task_set_task_data (task, self, saving_free);
  g_task_run_in_thread (task, open_in_worker);
}

gboolean
swb_session_save_finish (SwbSaveBar *bar, GAsyncResult *result, GError **error)
{
  Saving *self = g_task_get_task_data (G_TASK (result));
  SwbExportSource source;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  swb_export_source_init (&source, self->journal, swb_recording_get_pane_name, self->names);
  swb_save_bar_run (bar, &source, SWB_EXPORT_PCAPNG, self->file);
  return TRUE;
}
