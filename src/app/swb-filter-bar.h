/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* An entry for a filter of the journal, and a button that shows examples.
 *
 * Signals:
 *   "changed": the text is another, and was left alone for a moment
 *   "left": the person is done here, and the list should have the focus */

G_BEGIN_DECLS

#define SWB_TYPE_FILTER_BAR (swb_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbFilterBar, swb_filter_bar, SWB, FILTER_BAR, GtkWidget)

const char *swb_filter_bar_get_text (SwbFilterBar *self);

/* Emits "changed" at once. */
void swb_filter_bar_set_text (SwbFilterBar *self, const char *text);

/* (nullable) @mistake: a sentence that a screen reader tells; %NULL for none */
void swb_filter_bar_set_mistake (SwbFilterBar *self, const char *mistake);

G_END_DECLS
