/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import.h"

/* Reads in a worker whatever a window of a recording can show: a file of any kind that is known, or the
 * folder of an earlier session. Arguments, threads and errors as of swb_import_open_async(). */

G_BEGIN_DECLS

void swb_recording_open_any_async (const char *path, SwbProgressFunc progress,
                                   gpointer progress_data, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
SwbJournal *swb_recording_open_any_finish (GAsyncResult *result, GHashTable **pane_names,
                                           GError **error);

G_END_DECLS
