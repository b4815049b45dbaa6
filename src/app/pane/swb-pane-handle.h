/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* The handle between two panes: dragged, or moved with the arrow keys while it has the focus; a double click or Home
 * makes all panes alike. */

G_BEGIN_DECLS

#define SWB_TYPE_PANE_HANDLE (swb_pane_handle_get_type ())
G_DECLARE_FINAL_TYPE (SwbPaneHandle, swb_pane_handle, SWB, PANE_HANDLE, GtkWidget)

/* Signals:
 *   "grabbed": a drag begins
 *   "moved" (int offset): pixels since "grabbed"
 *   "reset" */

GtkWidget *swb_pane_handle_new (void);

G_END_DECLS
