/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-engine-private.h"

/* Sockets into which datagrams pour faster than the engine can sleep. Woken for each, it
 * would make three calls and two changes of thread for every one or two of them; so such a
 * socket leaves epoll and is read at a beat, of which each finds many. The kernel's buffer
 * holds what comes in between (of a network card, that is called interrupt coalescing).
 *
 * Only sockets whose senders wait for nothing are read so: of the internet domains, and
 * without a responder. All others stay with epoll and are as quick as ever, as is a socket
 * into which fewer come: it is back in epoll after a few beats. Without such a socket the
 * timer stands still. */

G_BEGIN_DECLS

/* Longest that a datagram of such a socket lies unread. */
#define SWB_PACE_BEAT_US 200

typedef struct
{
  gboolean is_paced; /* in the engine's list: read at the beat, not by epoll */
  guint n_reads;     /* calls that brought something since @since_ns */
  guint n_spells;    /* and the wake-ups in which they were made */
  gint64 since_ns;
  guint n_idle_beats; /* in a row */
} SwbPace;

/* A spell of reading is over: @n_read datagrams came, and @is_dry: the queue was seen
 * empty. The caller updates @socket afterwards. */
void swb_pace_took (SwbSocket *socket, guint n_read, gboolean is_dry);

/* Reads what is paced. */
void swb_pace_beat (SwbEngine *engine);

/* To be called before @socket closes. */
void swb_pace_forget (SwbSocket *socket);

/* %FALSE: errno says why. */
gboolean swb_pace_init (SwbEngine *engine);
void swb_pace_clear (SwbEngine *engine);

G_END_DECLS
