/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-engine-private.h"

/* What the kernel threw away of the datagrams for a socket, because its receive buffer was
 * full: told by LOST notes, so that what was received and what was lost are together what
 * was sent. The kernel keeps a counter for each socket, and asking for it is a call
 * (SO_MEMINFO); so it is asked only when something can have been lost.
 *
 * Why that can be known: whatever lies in the queue at the moment of a loss is drained
 * afterwards. So between two moments at which nothing was lost or all of it is known (the
 * queue was empty, the counter was asked), a loss needs a full buffer to be drained. How
 * much the kernel counts for a datagram is not known to us, so more is taken for it; and a
 * quarter of the buffer is enough for suspicion, since the kernel frees late and queues in
 * two places. What is lost is lost behind what lies in the queue, so a note waits until
 * that has been read; its place is right to within a buffer, and exact with SO_RXQ_OVFL. A
 * slow trickle never drains so much in one spell and makes no calls. */

G_BEGIN_DECLS

typedef struct
{
  gboolean counts;    /* a datagram socket of the internet domains: unix ones lose nothing */
  gboolean is_exact;  /* SO_RXQ_OVFL: each message says how much was lost before it */
  guint32 n_told;     /* the kernel's counter, as far as it has been told of */
  guint64 room;       /* bytes of the receive buffer, as the kernel gave them */
  guint64 n_drained;  /* of them, at most, since nothing was lost or all of it known */
  guint32 n_held;      /* lost behind what still lies in the queue: told when that is read */
  guint64 held_bytes;  /* of it, as the kernel counts */
  gboolean is_watched; /* in the engine's list: its queue will be seen empty soon */
} SwbDrops;

/* The buffer has another size now. */
void swb_drops_set_room (SwbSocket *socket, guint64 room);

/* A datagram of @n_bytes was taken out of the queue. */
void swb_drops_drained (SwbSocket *socket, gsize n_bytes);

/* The queue of a socket that is read turn after turn: asks where something may be lost. */
void swb_drops_pause (SwbSocket *socket);

/* Nobody will read on: what was lost until now is told of. @is_last: what lies unread goes
 * with the socket. */
void swb_drops_settle (SwbSocket *socket, gboolean is_last);

/* The kernel's counter stood at @n_dropped when a message came that began at @time_ns.
 * Returns: whether a note was appended (and the journal's hot buffer overwritten). */
gboolean swb_drops_heard (SwbSocket *socket, guint32 n_dropped, gint64 time_ns);

/* After each turn of the engine: whose queue has run empty is asked where something may be
 * lost. As long as sockets wait for that, the engine must not sleep. A socket that is read at
 * a beat is asked as its reading goes on, and waits until epoll has it again. */
gboolean swb_drops_may_sleep (SwbEngine *engine);
void swb_drops_look (SwbEngine *engine);

void swb_drops_forget (SwbSocket *socket);

G_END_DECLS
