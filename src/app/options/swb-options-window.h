/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/options/swb-options-model.h"

/* The socket options of one socket in a window of its own: all values live, each with what it does, and with the widget
 * that changes it. */

G_BEGIN_DECLS

#define SWB_TYPE_OPTIONS_WINDOW (swb_options_window_get_type ())
G_DECLARE_FINAL_TYPE (SwbOptionsWindow, swb_options_window, SWB, OPTIONS_WINDOW, AdwWindow)

/* Actions: window.refresh, window.get-other, window.set-other */

/**
 * swb_options_window_open:
 * @parent: the window that it belongs to and goes with
 * @connection: its number; %SWB_CONNECTION_NONE for the pane's own socket
 *
 * Shows the window of this socket, the one that is open already where there is one.
 *
 * Returns: (transfer none): the window
 */
SwbOptionsWindow *swb_options_window_open (GtkWindow *parent, SwbBench *bench, SwbPane *pane,
                                           guint connection);

SwbOptionsModel *swb_options_window_get_model (SwbOptionsWindow *self); /* (transfer none): for tests */

G_END_DECLS
