/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/pane/swb-pane-runner.h"

/* The open connections of a server: few as chips, many as a count and a list to search. One
 * may be chosen: it is what the composer sends to and what the conversation shows. Ten
 * thousand connections have no more widgets than twenty. */

G_BEGIN_DECLS

#define SWB_TYPE_CONNECTION_STRIP (swb_connection_strip_get_type ())
G_DECLARE_FINAL_TYPE (SwbConnectionStrip, swb_connection_strip, SWB, CONNECTION_STRIP,
                      GtkBox)

/* Signals: "changed": another one was chosen, or the chosen one has closed. */

void swb_connection_strip_set_runner (SwbConnectionStrip *self, SwbPaneRunner *runner);

/* The chosen connection's number, or SWB_CONNECTION_ALL. */
guint swb_connection_strip_get_chosen (SwbConnectionStrip *self);
void swb_connection_strip_choose (SwbConnectionStrip *self, guint number);

/* Of a recording: connections can be chosen and followed, and nothing else. */
void swb_connection_strip_set_recorded (SwbConnectionStrip *self);

/* Goes to where one is chosen: the chips or the list to search. Returns: %FALSE when there are none. */
gboolean swb_connection_strip_find (SwbConnectionStrip *self);

G_END_DECLS
