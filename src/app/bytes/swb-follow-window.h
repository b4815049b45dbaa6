/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-bench.h"
#include "journal/bytes/swb-conversation-index.h"

/* "Follow": the whole conversation of one connection in a window of its own, both directions
 * as one text, or one of them, as text, as hex or with escapes; it grows as bytes come. Main
 * thread. */

G_BEGIN_DECLS

#define SWB_TYPE_FOLLOW_WINDOW (swb_follow_window_get_type ())
G_DECLARE_FINAL_TYPE (SwbFollowWindow, swb_follow_window, SWB, FOLLOW_WINDOW, AdwWindow)

/* Actions: window.find, window.save (a file is asked for), window.cancel (the saving) */

/**
 * swb_follow_window_open:
 * @parent: the window that it belongs to and goes with
 * @connection: its number; %SWB_CONNECTION_NONE for the pane's own socket
 *
 * Shows the window of this connection, the one that is open already where there is one.
 *
 * Returns: (transfer none): the window
 */
SwbFollowWindow *swb_follow_window_open (GtkWindow *parent, SwbBench *bench, guint pane,
                                         guint connection);

/* (transfer none): for tests */
SwbConversationIndex *swb_follow_window_get_index (SwbFollowWindow *self);

/* Writes the bytes that are shown, and nothing else, in a worker; how that goes is told at the
 * foot of the window. */
void swb_follow_window_save (SwbFollowWindow *self, GFile *file);

G_END_DECLS
