/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/pane/swb-pane-runner.h"

/* Groups of a datagram or raw socket of IP: join and leave them, say how one's own datagrams go out, and ask why
 * nothing arrives. What is pressed becomes setsockopt commands of the pane. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_MULTICAST_POPOVER (swb_multicast_popover_get_type ())
G_DECLARE_FINAL_TYPE (SwbMulticastPopover, swb_multicast_popover, SWB, MULTICAST_POPOVER, GtkPopover)

/* Whether sockets like that of @pane can join groups. */
gboolean swb_multicast_popover_suits (SwbPane *pane);

/* Opens one at @parent, which keeps it until it is closed. Returns: (transfer none) */
GtkWidget *swb_multicast_popover_present (GtkWidget *parent, SwbPaneRunner *runner);

G_END_DECLS
