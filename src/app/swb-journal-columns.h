/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/swb-journal-clause.h"
#include "app/swb-journal-format.h"

/* The columns of the journal view. Cells are inscriptions of fixed width, since a column
 * view that scrolls rebinds some 200 rows at once: nothing is measured and nothing but the
 * visible text is computed. */

G_BEGIN_DECLS

/* What the cells are formatted with. The caller owns it and keeps it longer than the column
 * view. */
typedef struct
{
  GtkColumnView *view;
  SwbBench *bench; /* borrowed; nullable */
  SwbTimeFormat time_format;
  GHashTable *badge_widths; /* text to width in pixels; made by swb_journal_columns_add() */
} SwbJournalColumns;

void swb_journal_columns_add (SwbJournalColumns *self, GtkColumnView *view);
void swb_journal_columns_clear (SwbJournalColumns *self);

/* Formats the times of the visible rows anew. */
void swb_journal_columns_rebind_time (SwbJournalColumns *self);

/* (transfer full) (nullable): the row under a point of the column view */
SwbJournalRow *swb_journal_columns_pick (SwbJournalColumns *self, double x, double y,
                                         guint *index);

/* The column under a point; SWB_JOURNAL_N_COLUMNS where there is none. */
SwbJournalColumn swb_journal_columns_pick_column (SwbJournalColumns *self, double x,
                                                  double y);

G_END_DECLS
