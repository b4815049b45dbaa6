/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"
#include "journal/store/swb-journal-list.h"

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

/**
 * swb_session_settle_async:
 * @keep: how many journals of earlier sessions stay
 *
 * What is to be done once after the start, in a worker: looks for sessions that were cut short and deletes all but
 * the newest @keep journals, save those that are kept for good.
 */
void swb_session_settle_async (guint keep, GAsyncReadyCallback callback, gpointer user_data);

/* (transfer full) (nullable): the newest session that was cut short and that nobody was told of
 * yet; it counts as told of from now on */
SwbJournalInfo *swb_session_settle_finish (GAsyncResult *result);

/* swb_journal_remove() in a worker. */
void swb_session_remove_async (const char *folder, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean swb_session_remove_finish (GAsyncResult *result, GError **error);

G_END_DECLS
