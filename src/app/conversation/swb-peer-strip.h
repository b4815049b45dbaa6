/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "bench/swb-pane.h"

/* Who sent to a pane without connections, as chips: the newest of them, each to be answered. */

G_BEGIN_DECLS

#define SWB_TYPE_PEER_STRIP (swb_peer_strip_get_type ())
G_DECLARE_FINAL_TYPE (SwbPeerStrip, swb_peer_strip, SWB, PEER_STRIP, GtkBox)

/* Signals: "chosen" (const char *address): this one is to be answered */

#define SWB_PEER_STRIP_MAX 16u /* chips; older peers are counted */

void swb_peer_strip_set_pane (SwbPeerStrip *self, SwbPane *pane);

G_END_DECLS
