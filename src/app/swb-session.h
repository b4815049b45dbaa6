/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

/* What a run of the window rests on: a journal on disk and a bench over it. Main thread. */

G_BEGIN_DECLS

/**
 * swb_session_new_bench:
 * @notice: (out) (transfer full) (nullable): a sentence for the person, when the journal could not be kept where it belongs
 * @error: no folder takes a journal, or there is no engine to be had
 *
 * Makes the journal in the state folder, or, where that cannot be written, in the runtime folder or the
 * temporary one.
 */
SwbBench *swb_session_new_bench (char **notice, GError **error);

/* Gives the journal the limit that the settings "journal-limit" and "journal-at-limit" say. */
void swb_session_limit (SwbBench *bench, GSettings *settings);

/* Counts the journals in the state folder and their bytes, in a worker thread. */
void swb_session_measure_async (GAsyncReadyCallback callback, gpointer user_data);
gboolean swb_session_measure_finish (GAsyncResult *result, guint *n_journals, guint64 *n_bytes);

/* Stops the engine. A journal without a record, or outside the state folder, goes with it. */
void swb_session_end (SwbBench *bench);

/* Deletes all but the newest @keep ended journals, in a worker thread. */
void swb_session_sweep (guint keep);

G_END_DECLS
