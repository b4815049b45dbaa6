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
  SwbReply reply;
  GBytes *reply_bytes; /* of a fixed reply */
  guint n_unclaimed;   /* connections that no accept order has claimed yet */
  GQueue accept_tasks; /* shares */
};

SwbStation *swb_station_new (SwbEngine *engine, const SwbOrder *order);

/* Closes all its sockets, ends its tasks with ECANCELED. */
void swb_station_free (SwbStation *self);

/* The own socket, made now if there is none. %NULL: socket() failed, errno says why. */
SwbSocket *swb_station_ensure_socket (SwbStation *self, SwbRecordOrigin origin);

/* Gives it a descriptor that came by other ways (socketpair). */
SwbSocket *swb_station_adopt (SwbStation *self, int fd);

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
