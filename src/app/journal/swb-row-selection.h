/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/journal/swb-journal-model.h"

/* Which rows of the journal are selected. GtkMultiSelection keeps an object for each
 * selected row; this one keeps ranges, so that all of ten million are as cheap as one. One of
 * the rows is the lead: the one that was selected last, whose bytes are shown. When the rows
 * are replaced, a selection of up to %SWB_ROW_SELECTION_KEPT records is found again, also
 * later, when those records come back. Main thread.
 *
 * Signals:
 *   "changed": other rows are selected, or another one is the lead */

G_BEGIN_DECLS

#define SWB_ROW_SELECTION_KEPT 256

#define SWB_TYPE_ROW_SELECTION (swb_row_selection_get_type ())
G_DECLARE_FINAL_TYPE (SwbRowSelection, swb_row_selection, SWB, ROW_SELECTION, GObject)

SwbRowSelection *swb_row_selection_new (void);
void swb_row_selection_set_model (SwbRowSelection *self, SwbJournalModel *model); /* (nullable) */

/* Selects this row alone; GTK_INVALID_LIST_POSITION for none. */
void swb_row_selection_select (SwbRowSelection *self, guint index);

guint64 swb_row_selection_get_n_selected (SwbRowSelection *self);
GtkBitset *swb_row_selection_get_rows (SwbRowSelection *self); /* (transfer none): read only */

guint swb_row_selection_get_lead (SwbRowSelection *self); /* GTK_INVALID_LIST_POSITION: none */
SwbJournalRow *swb_row_selection_get_lead_row (SwbRowSelection *self); /* (transfer none) (nullable) */

/* Whether records that were selected are no rows now, as a filter hides them. */
gboolean swb_row_selection_is_hidden (SwbRowSelection *self);

G_END_DECLS
