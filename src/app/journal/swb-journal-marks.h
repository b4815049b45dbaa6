/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/journal/swb-journal-model.h"

/* A thin strip beside the scrollbar of the journal: a mark for each pixel whose rows have a
 * hit. A click on it scrolls there. */

G_BEGIN_DECLS

#define SWB_TYPE_JOURNAL_MARKS (swb_journal_marks_get_type ())
G_DECLARE_FINAL_TYPE (SwbJournalMarks, swb_journal_marks, SWB, JOURNAL_MARKS, GtkWidget)

/* The scrolled window's: where a click goes. */
void swb_journal_marks_set_adjustment (SwbJournalMarks *self, GtkAdjustment *adjustment);

/**
 * swb_journal_marks_set:
 * @model: (nullable): the rows
 * @hits: (nullable): borrowed, until it is set to another; %NULL hides the strip
 */
void swb_journal_marks_set (SwbJournalMarks *self, SwbJournalModel *model, SwbScan *hits);

/* (transfer full): for each pixel of a strip of this height a byte: 1 where there is a mark */
GBytes *swb_journal_marks_compute (SwbJournalMarks *self, guint height);

G_END_DECLS
