/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* Around a vertical GtkPaned: the lower child has the height that a person gave it, as long as the upper one has enough of its
 * own; in a lower window it gives way, down to its minimum, and in a higher one it has its height again. A GtkPaned
 * alone takes all from one of them. */

G_BEGIN_DECLS

#define SWB_TYPE_SPLIT (swb_split_get_type ())
G_DECLARE_FINAL_TYPE (SwbSplit, swb_split, SWB, SPLIT, GtkWidget)

/* Properties: "child" (GtkPaned), whose lower child resizes and whose upper one does not: else it moves the divider itself. */

/* @height: in pixels; what the lower child gets where there is room */
void swb_split_set_below (SwbSplit *self, int height);
int swb_split_get_below (SwbSplit *self);

/* (nullable): the lower child */
void swb_split_set_end_child (SwbSplit *self, GtkWidget *child);

G_END_DECLS
