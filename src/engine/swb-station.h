/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-socket.h"

/* What the engine keeps of a pane: its spec, its standing orders and its sockets. */

G_BEGIN_DECLS

struct _SwbStation
{
  SwbEngine *engine;
  guint pane;
  int domain;
  int type;
  int protocol;
  SwbSocket *own;          /* (nullable) */
  GHashTable *connections; /* number → SwbSocket */
  guint n_accepted;        /* so far; numbers are never used twice */
  gboolean accept_auto;
  gboolean recv_auto;
  SwbCall recv_call; /* of automatic receives; NONE: the usual one */
  int recv_room;     /* of them; 0: the usual one */
  int recv_flags;
  int rcvbuf_option; /* SO_RCVBUF or SO_RCVBUFFORCE: what datagram sockets ask for */
  int rcvbuf;        /* bytes of it */
  SwbReply reply;
  GBytes *reply_bytes; /* of a fixed reply */
  guint n_unclaimed;   /* connections that no accept order has claimed yet */
  GQueue accept_tasks; /* shares */
  GPtrArray *standing; /* char *, by swb-summary.c: the last command of each verb that holds */
};

SwbStation *swb_station_new (SwbEngine *engine, const SwbOrder *order);

/* Whether the kernel throws datagrams away when its sockets' receive buffers are full. */
gboolean swb_station_loses_datagrams (const SwbStation *self);

/* recv auto, recv manual: how it receives from now on. */
void swb_station_set_recv (SwbStation *self, const SwbOrder *order);

/* How a new socket of it asks for its receive buffer. */
void swb_station_set_rcvbuf (SwbStation *self, int option, int asked);

/* What the kernel gave: for the journal, and for knowing when datagrams can be lost. */
void swb_station_ask_given (SwbStation *self, SwbSocket *socket);

/* (transfer container): its connections that are open, in the order of their numbers */
GList *swb_station_list_connections (SwbStation *self);

/* Closes all its sockets, ends its tasks with ECANCELED. */
void swb_station_free (SwbStation *self);

/* The own socket, made now if there is none. @asks: a new datagram socket asks for its
 * receive buffer. %NULL: socket() failed, errno says why. */
SwbSocket *swb_station_ensure_socket (SwbStation *self, SwbRecordOrigin origin,
                                      gboolean asks);

/* Gives it a descriptor that came by other ways (socketpair). */
SwbSocket *swb_station_adopt (SwbStation *self, int fd);

/* Gives @pane a descriptor that came with a message, and asks the kernel what it is.
 * Returns: whether it was taken; not where @pane is 0 or unknown, has a socket, or is for
 * sockets of another type (a note says so) */
gboolean swb_station_take (SwbEngine *engine, guint pane, int fd);

/* (nullable) */
SwbSocket *swb_station_get_socket (SwbStation *self, guint number);

/* The standing orders changed: every socket waits for something else now. */
void swb_station_update (SwbStation *self);

/* Takes in an accepted connection. @task: (nullable) (transfer full): the accept that asked for it; without one, the
 * next accept claims it. */
void swb_station_welcome (SwbStation *self, int fd, SwbTask *task);

/* Accepts as many as the budget allows. */
void swb_station_accept (SwbStation *self);

/* A socket that was closed leaves. */
void swb_station_forget (SwbStation *self, SwbSocket *socket);

void swb_station_drop_task (SwbStation *self, SwbTask *task, int error);

G_END_DECLS
