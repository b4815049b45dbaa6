/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* The mistakes of a bench file that was not opened, as rows. */

G_BEGIN_DECLS

/* In place of the rows that @list has. @name: the file's; @mistakes: (element-type SwbMistake) */
void swb_mistake_list_fill (GtkListBox *list, const char *name, GPtrArray *mistakes);

/* (transfer full): @text without what a file may hold to mislead: controls, turns of direction, a megabyte */
char *swb_mistake_list_dup_shown (const char *text);

G_END_DECLS
