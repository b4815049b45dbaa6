/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* A list below the entry of a filter, of the fields and values that what is typed may become.
 * Down and up go through it, Tab takes the first or the selected one, Return the selected one. */

G_BEGIN_DECLS

typedef struct _SwbFilterCompletion SwbFilterCompletion;

/* @parent has a layout manager and @entry as a child; both outlive it. */
SwbFilterCompletion *swb_filter_completion_new (GtkWidget *parent, GtkEditable *entry);
void swb_filter_completion_free (SwbFilterCompletion *self);

/* Returns: whether it was to be seen */
gboolean swb_filter_completion_hide (SwbFilterCompletion *self);

/**
 * swb_filter_completion_list:
 * @text: what stands before the cursor
 * @n_typed: (out): bytes of the word at its end that is being typed
 *
 * Returns: (transfer full): what that word may become; empty when there is nothing to tell
 */
GPtrArray *swb_filter_completion_list (const char *text, gsize *n_typed);

G_END_DECLS
