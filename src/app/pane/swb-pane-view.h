/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-bench.h"

/* A pane as a card: title and state, spec, addresses, a button per call, connections,
 * conversation, composer. It speaks to the bench in commands and shows what the SwbPane
 * folded from the journal. */

G_BEGIN_DECLS

#define SWB_TYPE_PANE_VIEW (swb_pane_view_get_type ())
G_DECLARE_FINAL_TYPE (SwbPaneView, swb_pane_view, SWB, PANE_VIEW, GtkWidget)

/* Signals:
 *   "close-requested": the person pressed the card's ✕ or Ctrl+W in it; the window removes
 * the pane "show-record" (guint64 position): a bubble or an error was asked to be shown in
 * the journal "toast" (const char *text): something to tell at the window's foot */

GtkWidget *swb_pane_view_new (SwbBench *bench, SwbPane *pane);
SwbPane *swb_pane_view_get_pane (SwbPaneView *self); /* (transfer none) */

/* Fills the entries: what a bench file says of bind or connect before it was carried out.
 */
void swb_pane_view_set_bind_text (SwbPaneView *self, const char *address);
void swb_pane_view_set_connect_text (SwbPaneView *self, const char *address);

/* (transfer full) (element-type utf8): command lines for what stands in the entries but was
 * not carried out, for saving. @in_file: the pane is of a file, which has what it needs: only what a person typed */
GPtrArray *swb_pane_view_dup_drafts (SwbPaneView *self, gboolean in_file);

G_END_DECLS
