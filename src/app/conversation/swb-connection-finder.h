/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-pane.h"

/* The open connections of a server as a list to search: the way to one of ten thousand. It
 * looks at them only while it is shown. */

G_BEGIN_DECLS

#define SWB_TYPE_CONNECTION_FINDER (swb_connection_finder_get_type ())
G_DECLARE_FINAL_TYPE (SwbConnectionFinder, swb_connection_finder, SWB, CONNECTION_FINDER,
                      GtkPopover)

/* Signals: "chosen" (guint number): the finder has closed */

void swb_connection_finder_set_pane (SwbConnectionFinder *self, SwbPane *pane);

/* Whether @connection is meant by @text: "#12" its number's beginning, ":40" its peer's port's, a
 * number one of both; anything else a part of its peer's address, in any case. An empty text
 * means all. */
gboolean swb_connection_finder_matches (SwbConnection *connection, const char *text);

G_END_DECLS
