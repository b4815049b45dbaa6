/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-recording-open.h"

static void
open_session (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = swb_journal_open (path, &error);

  if (journal != NULL)
    g_task_return_pointer (task, journal, (GDestroyNotify)swb_journal_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
swb_recording_open_any_async (const char *path, SwbProgressFunc progress,
                              gpointer progress_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (path != NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      swb_import_open_async (path, NULL, progress, progress_data, cancellable, callback,
                             user_data);
      return;
    }

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, swb_recording_open_any_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_session);
}

SwbJournal *
swb_recording_open_any_finish (GAsyncResult *result, GHashTable **pane_names,
                               GError **error)
{
  if (!g_async_result_is_tagged (result, swb_recording_open_any_async))
    return swb_import_open_finish (result, pane_names, error);

  return g_task_propagate_pointer (G_TASK (result), error);
}
