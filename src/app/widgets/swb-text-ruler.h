/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* How wide a line of text is, without laying it out: by the widths of its characters, each
 * measured once in its font. Two hundred rows are measured in one frame when bytes stream
 * in; a layout for each would cost that frame. Exact for fonts without kerning, and within
 * some pixels for the others. Main thread. */

G_BEGIN_DECLS

/**
 * swb_text_ruler_measure:
 * @widget: whose font it is
 * @text: one line
 * @width: (out): in pixels, rounded up
 * @height: (out): of the line
 *
 * Returns: %FALSE when @text has characters whose width depends on their neighbours (other
 * scripts, combining marks): lay it out then
 */
gboolean swb_text_ruler_measure (GtkWidget *widget, const char *text, int *width,
                                 int *height);

/**
 * swb_text_ruler_recall, swb_text_ruler_remember:
 * @width: in which @text wraps, in pixels
 * @height: what it then has, in pixels
 *
 * For those who lay text out: the same text often comes again at once, as what an echo
 * server received and what it sent. Only the last few are remembered.
 *
 * Returns: %FALSE when it is not remembered
 */
gboolean swb_text_ruler_recall (GtkWidget *widget, const char *text, int width,
                                int *height);
void swb_text_ruler_remember (GtkWidget *widget, const char *text, int width, int height);

G_END_DECLS
