/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* An entry of several lines, as high as its text up to six of them. Enter and Ctrl+Enter send,
 * Shift+Enter begins a line. */

G_BEGIN_DECLS

#define SWB_TYPE_COMPOSE_TEXT (swb_compose_text_get_type ())
G_DECLARE_FINAL_TYPE (SwbComposeText, swb_compose_text, SWB, COMPOSE_TEXT, GtkWidget)

/* Signals:
 *   "changed": the text did
 *   "activate": Enter
 *   "walk" (int step) → gboolean: Up (-1) in the first line, Down (1) in the last; whether
 *     somebody took it */

char *swb_compose_text_dup_text (SwbComposeText *self); /* (transfer full): lines end in \n */
void swb_compose_text_set_text (SwbComposeText *self, const char *text); /* the cursor goes behind it */
void swb_compose_text_set_hint (SwbComposeText *self, const char *hint); /* shown while it is empty */

/* Selects the characters from @start to @end, and takes the focus. */
void swb_compose_text_select (SwbComposeText *self, int start, int end);

G_END_DECLS
