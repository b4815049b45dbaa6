/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-engine.h"
#include "engine/swb-sys.h"

/* The inside of the engine, shared by its files. All of it belongs to the engine's thread.
 *
 *   SwbEngine ── SwbStation (one a pane) ── SwbSocket (its own, and one a connection) ──
 * SwbOutbox SwbTask: an order on its way; waiting places hold it until they have their part
 * of the answer */

G_BEGIN_DECLS

typedef struct _SwbStation SwbStation;
typedef struct _SwbSocket SwbSocket;
typedef struct _SwbTask SwbTask;

/* --- the engine, as its parts see it --- */

struct _SwbEngine
{
  SwbJournal *journal;
  GMainContext *context;
  GThread *thread;
  GAsyncQueue *requests; /* of SwbRequest, from any thread */
  GSource *request_source;
  GSource *poll_source;
  int epoll_fd;
  int spare_fd;         /* given up for a moment when descriptors run out */
  gboolean stopping;    /* set by a request, read by the thread's loop */
  GHashTable *stations; /* pane id → SwbStation (owned) */
  GHashTable *removed;  /* pane id → how many connections it had accepted */
  GHashTable *parked;   /* descriptors that came with a message and wait for a pane */
  GHashTable *tasks;    /* SwbTask (owned by its holders): all on their way */
  GPtrArray *graveyard; /* sockets closed during a round of events, freed after it */
  GPtrArray *flushing;  /* sockets that send when what came in this turn has been published */
  guint n_lookups;      /* worker look-ups under way */
  guint64 round; /* counts the turns of epoll, so that a socket knows whether it is busy */
  GPtrArray *drained;  /* sockets of which much was read: their queues will be seen empty */
  gboolean has_polled; /* epoll was asked in this turn, */
  gboolean is_crowded; /* and may have had more to tell */
  GPtrArray *paced;    /* sockets that are read at a beat: swb-pace.h */
  int pace_fd;         /* its timer, in epoll */
  SwbSysBatch *batch;  /* (nullable): of recvmmsg, once it was called */
  guint64 n_unrecorded; /* lost records that a note has told of */
  int write_error;      /* errno of the last publish that failed */
  guint64 first;         /* that the journal had when it was looked at: swb-summary.h */
  guint64 summarized_at; /* position of the panes' last summary */
};

/* Appends a note on a pane's socket. */
void swb_engine_note (SwbEngine *self, guint pane, guint connection, SwbNote note,
                      gint64 number, const char *text);

/* The same with more numbers: the kind, origin, time and text are filled in. */
void swb_engine_append_note (SwbEngine *self, SwbRecord note, const char *text);

/* Writes what has been recorded, and tells of what could not be. */
void swb_engine_publish (SwbEngine *self);

/* Registers what a socket waits for; 0 takes it out. */
void swb_engine_watch (SwbEngine *self, SwbSocket *socket, guint32 events);

SwbStation *swb_engine_get_station (SwbEngine *self, guint pane);

/* Carries @order out, or puts it where it waits. Takes it. */
void swb_engine_perform (SwbEngine *self, SwbOrder *order);

/* The orders that set and read options. */
void swb_engine_do_setsockopt (SwbStation *station, SwbSocket *socket, SwbTask *task);
void swb_engine_do_getsockopt (SwbStation *station, SwbSocket *socket, SwbTask *task);
void swb_engine_do_ioctl (SwbStation *station, SwbSocket *socket, SwbTask *task);

/* Whether it asks for a receive buffer. */
gboolean swb_engine_is_rcvbuf (const SwbOrder *order);

/* The orders that move bytes: they take a share of @task. */
void swb_engine_do_send (SwbStation *station, SwbSocket *socket, SwbTask *task);
void swb_engine_do_sendmsg (SwbStation *station, SwbSocket *socket, SwbTask *task);
void swb_engine_do_sendmmsg (SwbStation *station, SwbSocket *socket, SwbTask *task);
void swb_engine_do_recv (SwbStation *station, SwbSocket *socket, SwbTask *task);

G_END_DECLS
