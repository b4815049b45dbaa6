/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-recording.h"

#include "journal/swb-load.h"

SwbJournal *
swb_recording_open (const char *path, const char *folder, GHashTable **pane_names,
                    SwbProgressFunc progress, gpointer progress_data,
                    GCancellable *cancellable, GError **error)
{
  return swb_load_open (swb_recording_load, path, folder, pane_names, progress,
                        progress_data, cancellable, error);
}

void
swb_recording_open_async (const char *path, const char *folder, SwbProgressFunc progress,
                          gpointer progress_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  swb_load_open_async (swb_recording_load, path, folder, progress, progress_data,
                       cancellable, callback, user_data);
}

SwbJournal *
swb_recording_open_finish (GAsyncResult *result, GHashTable **pane_names, GError **error)
{
  return swb_load_open_finish (result, pane_names, error);
}

const char *
swb_recording_get_pane_name (guint pane, gpointer pane_names)
{
  return g_hash_table_lookup (pane_names, GUINT_TO_POINTER (pane));
}
