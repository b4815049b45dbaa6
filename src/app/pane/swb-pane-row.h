/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* Children side by side, as equal in width as their minima allow, with a handle between each two that
 * resizes them by pointer or arrow keys. A child that was made wider than there is room for makes the row wider. */

G_BEGIN_DECLS

#define SWB_TYPE_PANE_ROW (swb_pane_row_get_type ())
G_DECLARE_FINAL_TYPE (SwbPaneRow, swb_pane_row, SWB, PANE_ROW, GtkWidget)

#define SWB_PANE_ROW_MIN_WIDTH 408
#define SWB_PANE_ROW_GAP 12

GtkWidget *swb_pane_row_new (void);

guint swb_pane_row_get_n_children (SwbPaneRow *self);
GtkWidget *swb_pane_row_get_child (SwbPaneRow *self, guint index); /* (transfer none) */
void swb_pane_row_insert (SwbPaneRow *self, guint index, GtkWidget *child);
void swb_pane_row_remove (SwbPaneRow *self, guint index);

/* Gives child @index @width pixels, at the cost of its right neighbour as long as that has more than its minimum. */
void swb_pane_row_resize (SwbPaneRow *self, guint index, int width);

/* All alike again. */
void swb_pane_row_equalize (SwbPaneRow *self);

G_END_DECLS
