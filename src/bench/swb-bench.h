/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-pane.h"
#include "engine/swb-engine.h"

/* The bench: the panes, the journal they are folded from, and the engine that carries out their commands. Lives on the thread whose
 * main context was the default when it was made (the window's, or swb's main thread). */

G_BEGIN_DECLS

#define SWB_BENCH_MAX_PANES 1000

/* Panes that are made for sockets that one socket is sent (SCM_RIGHTS); what comes beyond is closed, and a note names it. */
#define SWB_BENCH_MAX_ARRIVALS 64

#define SWB_TYPE_BENCH (swb_bench_get_type ())
G_DECLARE_FINAL_TYPE (SwbBench, swb_bench, SWB, BENCH, GObject)

/* Signals:
 *   "records" (guint64 first, guint64 n_records): after the panes were folded, once a follower's turn
 *   "outcome" (guint64 command_id, int error, const char *message): a command that swb_bench_run() took has ended; @error 0 when it succeeded,
 *      an errno, or -1 when the bench could not carry it out (@message says why) */

/**
 * swb_bench_new:
 * @journal: an empty journal
 * @interval_us: how often the journal is looked at at most (16,667 for a window, 0 for swb)
 * @error: SWB_ERRNO
 */
SwbBench *swb_bench_new (SwbJournal *journal, gint64 interval_us, GError **error);

/**
 * swb_bench_new_recording:
 * @journal: a journal that nobody writes any more
 * @pane_names: (nullable): names of panes by number, as of swb_recording_load(), for those whose
 *   commands are not in the journal
 *
 * A bench without an engine: panes, connections and states come from the records as they were, turn
 * by turn of the main loop (swb_bench_catch_up() takes all at once), and stay as the last record left them. Whatever
 * command it is given fails with SWB_ERROR_UNKNOWN.
 */
SwbBench *swb_bench_new_recording (SwbJournal *journal, GHashTable *pane_names);
gboolean swb_bench_is_recording (SwbBench *self);
gboolean swb_bench_has_recorded_name (SwbBench *self, guint pane); /* for swb_bench_get_pane_name() */
gboolean swb_bench_is_folded (SwbBench *self); /* whether the panes are up to date with the journal */

SwbJournal *swb_bench_get_journal (SwbBench *self); /* (transfer none) */
GListModel *swb_bench_get_panes (SwbBench *self);   /* (transfer none): SwbPane that were made and not removed, in order */
SwbPane *swb_bench_find_pane (SwbBench *self, const char *name); /* (transfer none) (nullable) */
SwbPane *swb_bench_get_pane_by_id (SwbBench *self, guint id);    /* (transfer none) (nullable): removed ones too */

/**
 * swb_bench_get_named_address:
 * @domain: of the socket that it is for
 * @name: what stands where an address is wanted
 * @address: (out): the local address of the pane of that name, as a connect would be given it now: loopback where the pane is bound to every address
 *
 * Returns: %FALSE when there is no such pane, or it has no address that one could name
 */
gboolean swb_bench_get_named_address (SwbBench *self, int domain, const char *name, SwbAddress *address);

/* Whether the pane was made for a socket that came with a message: nobody put it on the bench, and no file can bring it back. */
gboolean swb_bench_is_arrival (SwbBench *self, SwbPane *pane);

/* For swb_notation_print(): names the pane of a record. */
const char *swb_bench_get_pane_name (guint pane, gpointer bench);

/* (transfer full): a name of the form "server", "server2"… that no pane has and that is none of a verb; @stem
 * begins with a letter */
char *swb_bench_dup_free_name (SwbBench *self, const char *stem);

/**
 * swb_bench_run:
 * @command: a command other than wait and expect, which are a script's
 * @error: SWB_ERROR_UNKNOWN (no such pane), EXISTS, RANGE (too many panes), SYNTAX (address, with the place in the message)
 *
 * Starts to carry @command out: resolves names and loads files first where that is needed, without blocking, then submits the order. Commands
 * of one bench are submitted in the order they were given, also when an earlier one waits for its name.
 *
 * Returns: the command's id, announced by "outcome" later; 0 with @error set
 */
guint64 swb_bench_run (SwbBench *self, const SwbCommand *command, GError **error);

/**
 * swb_bench_restore:
 * @pane: a pane that was removed
 * @error: SWB_ERROR_EXISTS (it is there), RANGE (too many panes)
 *
 * Runs its pane command once more, so that it comes back as the same one: with its number, its place and its past, without a socket. Where
 * another pane has its name by now it gets a free one, as the command in the journal says.
 *
 * Returns: (transfer full) (nullable): its name; %NULL with @error set
 */
char *swb_bench_restore (SwbBench *self, SwbPane *pane, GError **error);

/* The same from text: swb_bench_run_text (bench, &error, "%s send %s", name, bytes) */
guint64 swb_bench_run_text (SwbBench *self, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

void swb_bench_cancel (SwbBench *self, guint64 command_id);

/* Folds what has been published so far, now, instead of at the follower's next turn. */
void swb_bench_catch_up (SwbBench *self);

/* Stops the engine (every descriptor closed), folds what is left. */
void swb_bench_stop (SwbBench *self);

G_END_DECLS
