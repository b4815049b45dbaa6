/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/pane/swb-pane-view.h"

/* The panes of a bench side by side, scrolling sideways where they do not fit. Follows the bench's list of panes. */

G_BEGIN_DECLS

#define SWB_TYPE_PANE_STRIP (swb_pane_strip_get_type ())
G_DECLARE_FINAL_TYPE (SwbPaneStrip, swb_pane_strip, SWB, PANE_STRIP, GtkWidget)

/* Signals:
 *   "view-added" (SwbPaneView): made for a new pane, before it is shown: connect to it, fill its entries */

void swb_pane_strip_set_bench (SwbPaneStrip *self, SwbBench *bench); /* nullable */

guint swb_pane_strip_get_n_views (SwbPaneStrip *self);
SwbPaneView *swb_pane_strip_get_view (SwbPaneStrip *self, guint index); /* (transfer none) */

/* (transfer none) (nullable): the view that has the focus, or had it last */
SwbPaneView *swb_pane_strip_get_current (SwbPaneStrip *self);

/* Scrolls @view into sight and gives it the focus, once it has its place. */
void swb_pane_strip_reveal (SwbPaneStrip *self, SwbPaneView *view);

G_END_DECLS
