/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-drops.h"
#include "engine/swb-outbox.h"
#include "engine/swb-pace.h"
#include "engine/swb-sys.h"

/* One descriptor: what it waits for, its outbox, and who waits for it. Belongs to its
 * station. */

G_BEGIN_DECLS

typedef enum
{
  SWB_SOCKET_IDLE, /* a stream's before connect or listen: nothing to wait for */
  SWB_SOCKET_LISTENING,
  SWB_SOCKET_CONNECTING,
  SWB_SOCKET_OPEN,   /* bytes may come and go */
  SWB_SOCKET_ENDED,  /* nothing more will come: eof or a fatal error; sending may still be
                        possible */
  SWB_SOCKET_CLOSED, /* the descriptor is gone; the struct waits for the end of the round */
} SwbSocketState;

struct _SwbSocket
{
  SwbStation *station;
  guint number; /* 0: the pane's own */
  int fd;
  SwbSocketState state;
  gboolean is_stream;   /* bytes without boundaries */
  gboolean is_datagram; /* no connection needed: recv 0 is an empty datagram */
  gboolean is_refused;  /* the kernel will not receive as it is asked to: not asked again */
  gboolean has_peer;    /* connected: send and recv rather than sendto and recvfrom */
  gboolean is_bound;    /* has a local address: asked for or given by the kernel */
  guint32 events;       /* as registered with epoll; 0: not registered */
  SwbOutbox outbox;
  gboolean is_paused; /* the responder's answers wait: read no more until they are gone */
  gboolean closes_when_drained; /* a responder has said its last */
  gboolean is_flushing;         /* sends at the end of the turn */
  guint streak;                 /* turns in a row in which it was ready */
  guint64 last_round;           /* the turn in which it was ready last */
  GSource *retry;               /* (nullable): try again, where epoll cannot tell when */
  SwbDrops drops;
  gboolean has_errors;   /* IP_RECVERR: what a receive fails with is in the queue of errors, too */
  gboolean is_erring;    /* epoll tells of an error, and no receive had it: it is in that queue */
  struct ucred sender;   /* as told of last; of another namespace all may be 0 */
  gint64 queue_told;     /* of a listener: connections that wait, and from bit 32 down their limit; -1: nothing told */
  SwbPace pace;
  guint n_unclaimed;     /* receives (or an end) that no recv order has claimed yet */
  GQueue recv_tasks;     /* shares */
  SwbTask *connect_task; /* (nullable): a share */
  char *bound_path;      /* of a unix socket: to be unlinked when it closes */
  guint64 chargen_line;  /* RFC 864: which line comes next */
};

/* Takes @fd, which is open. */
SwbSocket *swb_socket_new (SwbStation *station, guint number, int fd);

/* close() with its record; tasks end with ECANCELED; a bound path is unlinked. The struct
 * is freed after the round. */
int swb_socket_close (SwbSocket *self, SwbRecordOrigin origin);

void swb_socket_free (SwbSocket *self);

SwbWho swb_socket_who (SwbSocket *self, SwbRecordOrigin origin);

/* How many reads, or accepts, this turn may make. An idle socket makes one, so that no call
 * is made only to hear EAGAIN; one that is ready turn after turn makes up to @most. */
guint swb_socket_get_budget (SwbSocket *self, guint most);

/* Tells epoll what this socket waits for now. To be called whenever anything of that
 * changed. */
void swb_socket_update (SwbSocket *self);

/* Epoll says @events. */
void swb_socket_dispatch (SwbSocket *self, guint32 events);

/* Whether it receives without being told to each time. */
gboolean swb_socket_receives_alone (SwbSocket *self);

/* Reads for whoever wants to read. */
void swb_socket_receive (SwbSocket *self);

/* Reads what the queue of errors has: recvmsg with MSG_ERRQUEUE until it is empty. As long as it is not, epoll tells of it. */
void swb_socket_receive_errors (SwbSocket *self);

/* Sends what the kernel takes of the outbox. */
void swb_socket_flush (SwbSocket *self);

/**
 * swb_socket_send:
 * @to: (nullable): destination of a datagram
 * @task: (nullable): a share, given back when the kernel has all bytes
 *
 * Sends now what the kernel takes now; the rest waits in the outbox.
 */
void swb_socket_send (SwbSocket *self, GBytes *bytes, int flags, const SwbAddress *to,
                      SwbRecordOrigin origin, SwbTask *task);

/* The same, but at the end of the turn, when what it answers is in the journal's files. */
void swb_socket_answer (SwbSocket *self, GBytes *bytes, const SwbAddress *to);

/* Sends what the kernel takes of the outbox at the end of the turn. */
void swb_socket_flush_later (SwbSocket *self);

/* Neither sends nor accepts for so long, then tries again. */
void swb_socket_rest (SwbSocket *self, guint delay_ms);

/* Asks the kernel which local address it gave, for the journal. */
void swb_socket_ask_local (SwbSocket *self);

/* Receives once, for @task, although nothing says that there is anything (to see the
 * errno). */
void swb_socket_recv_now (SwbSocket *self, SwbTask *task);

/* Whether @task's receive asks for what recv auto never takes, and whose failure says
 * nothing of the stream: the urgent byte, the queue of errors. @task: (nullable) */
gboolean swb_socket_is_apart (const SwbTask *task);

void swb_socket_drop_task (SwbSocket *self, SwbTask *task, int error);

G_END_DECLS
