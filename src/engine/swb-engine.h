/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-order.h"
#include "journal/store/swb-journal.h"

/* The engine: one thread with one GMainContext that owns every descriptor, all of them
 * behind one epoll descriptor in one GSource, and is the journal's only writer. It takes
 * orders from any thread and answers through the journal alone: a COMMAND record when it
 * begins an order, a CALL record for each system call, an OUTCOME record when the order has
 * its answer.
 *
 * Which orders wait: connect until connected or refused; accept and recv until one
 * connection or some bytes came (with accept or recv auto they take what was taken and not
 * claimed by an earlier accept or recv, or wait for the next); send until the kernel has
 * all bytes. The others end at once.
 *
 * A socket is made when first needed: an order for a pane without one makes the socket()
 * call first. */

G_BEGIN_DECLS

#define SWB_ENGINE_OUTBOX_LIMIT                                                            \
  (16u * 1024 * 1024) /* bytes of one socket that may wait; then sends fail with ENOBUFS,  \
                         responders stop reading */
#define SWB_ENGINE_RECV_ROOM (64u * 1024) /* default room of a stream's recv */
#define SWB_ENGINE_DATAGRAM_ROOM                                                           \
  (256u * 1024) /* default room of a datagram's; MSG_TRUNC tells of longer ones */
#define SWB_ENGINE_READS_PER_WAKE                                                          \
  64 /* per socket and wake-up, then others have their turn */
#define SWB_ENGINE_ACCEPTS_PER_WAKE 16
#define SWB_ENGINE_RCVBUF                                                                  \
  (4 * 1024 * 1024) /* asked for on datagram sockets of the internet domains */

typedef struct _SwbEngine SwbEngine;

/**
 * swb_engine_new:
 * @journal: an empty journal; the engine's thread becomes its writer
 * @error: SWB_ERRNO, when there is no epoll descriptor or thread to be had
 *
 * Returns: (transfer full) (nullable): a running engine
 */
SwbEngine *swb_engine_new (SwbJournal *journal, GError **error);

/**
 * swb_engine_submit:
 * @order: (transfer full): an order
 *
 * Queues @order and wakes the engine. Any thread. Orders are begun in the order they were
 * submitted.
 */
void swb_engine_submit (SwbEngine *self, SwbOrder *order);

/**
 * swb_engine_cancel:
 * @id: the id of an order that waits
 *
 * Ends the waiting order with ECANCELED (a connect under way closes its socket, since the
 * kernel has no other way). Nothing happens if it has ended already.
 */
void swb_engine_cancel (SwbEngine *self, guint64 id);

/**
 * swb_engine_stop:
 *
 * Ends every waiting order with ECANCELED, closes every descriptor, unlinks bound unix
 * paths, publishes and joins the thread. Called by swb_engine_free() when it was not.
 */
void swb_engine_stop (SwbEngine *self);
void swb_engine_free (SwbEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbEngine, swb_engine_free)

G_END_DECLS
