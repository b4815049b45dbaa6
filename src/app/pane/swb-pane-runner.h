/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"
#include "bench/swb-script.h"

/* The way down for everything on one card: it gives a pane's commands to the bench, one by
 * one or as a chain, and tells of those that never reached the kernel. What the kernel
 * answered comes through the SwbPane. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_PANE_RUNNER (swb_pane_runner_get_type ())
G_DECLARE_FINAL_TYPE (SwbPaneRunner, swb_pane_runner, SWB, PANE_RUNNER, GObject)

/* Signals:
 *   "problem" (const char *message): a command could not be carried out; the journal may
 * have no call of it "busy-changed": a chain began or ended */

SwbPaneRunner *swb_pane_runner_new (SwbBench *bench, SwbPane *pane);
SwbBench *swb_pane_runner_get_bench (SwbPaneRunner *self); /* (transfer none) */
SwbPane *swb_pane_runner_get_pane (SwbPaneRunner *self);   /* (transfer none) */

/* (transfer full): a command of the pane's own socket, to be filled in and run */
SwbCommand *swb_pane_runner_command (SwbPaneRunner *self, SwbVerb verb);

/* Runs one command. @command: (transfer full). Returns: whether the bench took it. */
gboolean swb_pane_runner_run (SwbPaneRunner *self, SwbCommand *command);

/* Runs commands in order until one fails. @commands: (transfer full) (element-type
 * SwbCommand) */
void swb_pane_runner_chain (SwbPaneRunner *self, GPtrArray *commands);

/* (transfer full): an array for swb_pane_runner_chain() */
GPtrArray *swb_pane_runner_new_chain (void);

/* Whether a chain runs or a call waits for its answer: what swb_pane_runner_cancel() would
 * end. */
gboolean swb_pane_runner_is_busy (SwbPaneRunner *self);

/* Ends the chain and every call of the pane that waits. */
void swb_pane_runner_cancel (SwbPaneRunner *self);

G_END_DECLS
