/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/journal/swb-journal-clause.h"
#include "app/journal/swb-journal-format.h"
#include "app/journal/swb-journal-model.h"

/* The columns of the journal view. Cells are inscriptions of fixed width, since a column
 * view that scrolls rebinds some 200 rows at once: nothing is measured and nothing but the
 * visible text is computed. */

G_BEGIN_DECLS

/* What the cells are formatted with. The caller owns it and keeps it longer than the column
 * view. */
typedef struct
{
  GtkColumnView *view;
  SwbBench *bench;        /* borrowed; nullable */
  SwbJournalModel *model; /* borrowed; nullable: knows what is folded */
  SwbTimeFormat time_format;
  gboolean utc;
  gint64 reference_ns;      /* for SWB_TIME_SELECTED */
  GHashTable *badge_widths; /* text to width in pixels; made by swb_journal_columns_add() */

  GtkColumnViewColumn *columns[SWB_JOURNAL_N_COLUMNS]; /* borrowed from the view */
  GSettings *settings;
  GSimpleActionGroup *actions; /* "columns": one for each that shows it, and "reset" */
  GMenu *menu;
  int widths[SWB_JOURNAL_N_COLUMNS]; /* of hidden columns, for when they are shown again */
  guint save_source;
  guint adapt_tick;
  int adapted_width;
  gboolean changes_itself; /* nobody else moves a column now */
} SwbJournalColumns;

void swb_journal_columns_add (SwbJournalColumns *self, GtkColumnView *view);
void swb_journal_columns_clear (SwbJournalColumns *self);

/* Formats the visible cells of a column anew. */
void swb_journal_columns_rebind (SwbJournalColumns *self, SwbJournalColumn column);

/* (nullable) @row: the one that times are relative to */
void swb_journal_columns_set_reference (SwbJournalColumns *self, SwbJournalRow *row);

/* --- which columns there are, how wide, in which order: kept in the settings (swb-journal-columns-layout.c) --- */

/* To be called once they are added; the actions are @owner's then. */
void swb_journal_columns_layout_init (SwbJournalColumns *self, GtkWidget *owner);
void swb_journal_columns_layout_clear (SwbJournalColumns *self);

/* As wide as a column is until somebody changes it; 0 takes what is left. */
int swb_journal_columns_get_width (SwbJournalColumn column);
const char *swb_journal_columns_get_title (SwbJournalColumn column);

/* (transfer full) (nullable): the row under a point of the column view */
SwbJournalRow *swb_journal_columns_pick (SwbJournalColumns *self, double x, double y,
                                         guint *index);

/* The column under a point; SWB_JOURNAL_N_COLUMNS where there is none. */
SwbJournalColumn swb_journal_columns_pick_column (SwbJournalColumns *self, double x,
                                                  double y);

G_END_DECLS
