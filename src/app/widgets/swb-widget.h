/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* Setters that leave a widget alone which has the value already. A card is updated in every
 * frame in which its pane changed, and GTK's own setters do not look: a tooltip that is set
 * asks the display server where the pointer is and waits for the answer, classes that are
 * set match the whole style sheet anew. */

G_BEGIN_DECLS

void swb_widget_set_tooltip (GtkWidget *widget, const char *text); /* @text: (nullable) */
void swb_widget_set_classes (GtkWidget *widget, const char *const *classes); /* %NULL-terminated */

/* Red, and invalid for a screen reader. */
void swb_widget_mark_wrong (GtkWidget *entry, gboolean wrong);

/* How much larger text is than where a design of so many pixels was made for: 1 at 96 dots an inch. It changes with
 * GtkSettings' "gtk-xft-dpi". */
double swb_widget_get_text_scale (GtkWidget *widget);

/* What a screen reader calls it. */
void swb_widget_set_label (GtkWidget *widget, const char *label);

/* What a screen reader calls the row of a list that @child is in; nothing where it is in none. */
void swb_widget_name_row (GtkWidget *child, const char *name);

/* (transfer full): @text for a label with a mnemonic: names have underscores, and a label's is its
 * mnemonic */
char *swb_widget_escape_label (const char *text);

/* @text, bytes as characters, runs from left to right, whatever its first letter is. */
void swb_inscription_set_data (GtkInscription *inscription, const char *text);

/* Adds an item that activates @action with the string @target. */
void swb_widget_add_choice (GMenu *menu, const char *label, const char *action,
                            const char *target);

G_END_DECLS
