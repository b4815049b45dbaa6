/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-bench.h"

/* The journal below the panes: a toolbar (count, only-this-pane, time format, pause, jump
 * to the end), a column view of the records and beside it the payload of the selected one.
 */

G_BEGIN_DECLS

#define SWB_TYPE_JOURNAL_VIEW (swb_journal_view_get_type ())
G_DECLARE_FINAL_TYPE (SwbJournalView, swb_journal_view, SWB, JOURNAL_VIEW, GtkWidget)

/* Properties: "bench" (SwbBench, nullable), "pane" (SwbPane, nullable: only its records),
 * "paused" (gboolean: the view stands still, recording goes on), "time-format" (string:
 * "absolute", "relative", "delta"; bound to the settings by the window). */

GtkWidget *swb_journal_view_new (void);
void swb_journal_view_set_bench (SwbJournalView *self, SwbBench *bench);
void swb_journal_view_set_pane (SwbJournalView *self, SwbPane *pane);

/* Puts the cursor into the search bar, to go from hit to hit (or into that of the payload,
 * where the payload has the focus), or to hide what does not pass. */
void swb_journal_view_find (SwbJournalView *self);
void swb_journal_view_filter (SwbJournalView *self);

/* Selects the record and scrolls to it. */
void swb_journal_view_show_record (SwbJournalView *self, guint64 position);

G_END_DECLS
