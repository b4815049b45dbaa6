/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* An entry for a filter of the journal, a choice whether it hides rows or finds some, saved
 * filters, and a button that shows examples.
 *
 * Signals:
 *   "changed": the text is another and was left alone for a moment, or is for the other use
 *   "left": the person is done here, and the list should have the focus
 *   "step" (int): to the next hit (1) or the one before (-1) */

G_BEGIN_DECLS

#define SWB_TYPE_FILTER_BAR (swb_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbFilterBar, swb_filter_bar, SWB, FILTER_BAR, GtkWidget)

const char *swb_filter_bar_get_text (SwbFilterBar *self);

/* Emits "changed" at once. */
void swb_filter_bar_set_text (SwbFilterBar *self, const char *text);

/* Whether the text is to be found, not to filter. Setting emits "changed" at once. */
gboolean swb_filter_bar_get_finds (SwbFilterBar *self);
void swb_filter_bar_set_finds (SwbFilterBar *self, gboolean finds);

/* (nullable) @place: "hit 3 of 120"; %NULL while nothing is to be found */
void swb_filter_bar_set_place (SwbFilterBar *self, const char *place, gboolean has_hits);

/* (nullable) @mistake: a sentence that a screen reader tells; %NULL for none
 * @position: of the character where it is, from 1; 0 where that is not known */
void swb_filter_bar_set_mistake (SwbFilterBar *self, const char *mistake, gsize position);

/* With the cursor in its text, which is selected. */
void swb_filter_bar_take_focus (SwbFilterBar *self);

G_END_DECLS
