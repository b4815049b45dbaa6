/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-station.h"

/* The accept queue of a listening socket: how many connections wait in it, and how many may. Of TCP
 * by TCP_INFO, of unix sockets by sock_diag(7); of others it cannot be seen. */

G_BEGIN_DECLS

/* Whether it is of a kind whose queue can be seen. */
gboolean swb_queue_can_be_seen (const SwbSocket *self);

/* Looks, and tells with a note (SWB_NOTE_QUEUE) when it is otherwise than told last. Where accept is
 * automatic nothing ever waits. */
void swb_queue_look (SwbSocket *self);

/* The queue order: looks, and tells in any case. */
void swb_queue_do (SwbStation *station, SwbTask *task);

G_END_DECLS
