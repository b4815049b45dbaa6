/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-script.h"

/* The bar below the header that belongs to a bench file: offers to run its steps, says where it is, how it ended,
 * and which mistakes a file has that could not be opened. */

G_BEGIN_DECLS

#define SWB_TYPE_BENCH_BAR (swb_bench_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbBenchBar, swb_bench_bar, SWB, BENCH_BAR, GtkWidget)

/* Signals:
 *   "changed": what swb_bench_bar_can_run() and _is_running() answer
 *   "show-record" (guint64 position): the person wants to see where a step failed */

/* @name: the bench's, as a person knows it; @commands: (element-type SwbCommand) (transfer full): its steps. Hides when there are none. */
void swb_bench_bar_offer (SwbBenchBar *self, SwbBench *bench, const char *name,
                          GPtrArray *commands);

/* Until they are put away or another bench is offered; the steps stay what they are. @name: the file's; @mistakes: (element-type SwbMistake)
 * (transfer none) */
void swb_bench_bar_show_mistakes (SwbBenchBar *self, const char *name, GPtrArray *mistakes);

/* For a bench that goes: stops what runs, and offers nothing any more. */
void swb_bench_bar_dismiss (SwbBenchBar *self);

gboolean swb_bench_bar_can_run (SwbBenchBar *self);
gboolean swb_bench_bar_is_running (SwbBenchBar *self);

/* Returns: (transfer full) (nullable): the sentence that says why the steps do not run now; %NULL when they do */
char *swb_bench_bar_run (SwbBenchBar *self);
void swb_bench_bar_stop (SwbBenchBar *self);

const char *swb_bench_bar_get_text (SwbBenchBar *self); /* (transfer none): what it says */

G_END_DECLS
