/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-socket.h"

#include <errno.h>
#include <sys/epoll.h>

#include "engine/swb-queue.h"
#include "engine/swb-responder.h"
#include "engine/swb-station.h"
#include "journal/store/swb-source.h"
#include "net/swb-catalog.h"

/* How many turns in a row make a socket busy. */
#define BUSY_STREAK 4

/* Events with which there is something to receive. */
#define RECEIVING (EPOLLIN | EPOLLPRI | EPOLLRDHUP)

SwbSocket *
swb_socket_new (SwbStation *station, guint number, int fd)
{
  SwbSocket *self = g_new0 (SwbSocket, 1);

  self->station = station;
  self->number = number;
  self->fd = fd;
  self->is_stream = station->type == SOCK_STREAM;
  self->is_datagram = !swb_catalog_has_connections (station->domain, station->type);
  self->state = self->is_datagram ? SWB_SOCKET_OPEN : SWB_SOCKET_IDLE;
  self->queue_told = -1;
  self->sender.pid = -1;
  self->drops.counts = swb_station_loses_datagrams (station);
  swb_outbox_init (&self->outbox);
  g_queue_init (&self->recv_tasks);
  return self;
}

void
swb_socket_free (SwbSocket *self)
{
  g_assert (self->state == SWB_SOCKET_CLOSED);
  g_free (self->bound_path);
  g_free (self);
}

SwbWho
swb_socket_who (SwbSocket *self, SwbRecordOrigin origin)
{
  return (SwbWho){ self->station->pane, self->number, origin };
}

static void
end_tasks (SwbSocket *self, int error)
{
  SwbTask *connecting = g_steal_pointer (&self->connect_task);
  SwbTask *task;

  if (connecting != NULL)
    swb_task_done (connecting, error);
  while ((task = g_queue_pop_head (&self->recv_tasks)) != NULL)
    swb_task_done (task, error);
  swb_outbox_clear (&self->outbox, error);
}

int
swb_socket_close (SwbSocket *self, SwbRecordOrigin origin)
{
  SwbEngine *engine = self->station->engine;
  int result, error;

  g_return_val_if_fail (self->state != SWB_SOCKET_CLOSED, 0);

  swb_drops_settle (self, TRUE);
  swb_drops_forget (self);
  swb_pace_forget (self);
  swb_engine_watch (engine, self, 0);
  swb_source_clear (&self->retry);
  self->state = SWB_SOCKET_CLOSED;
  result = swb_sys_close (engine->journal, swb_socket_who (self, origin), self->fd);
  error = errno;
  if (self->bound_path != NULL)
    swb_sys_unlink (engine->journal, swb_socket_who (self, SWB_ORIGIN_ENGINE),
                    self->bound_path);
  end_tasks (self, ECANCELED);
  swb_station_forget (self->station, self);
  g_ptr_array_add (engine->graveyard, self);
  errno = error;
  return result;
}

guint
swb_socket_get_budget (SwbSocket *self, guint most)
{
  guint64 round = self->station->engine->round;

  self->streak = round == self->last_round + 1 ? self->streak + 1 : 0;
  self->last_round = round;
  if (self->pace.is_paced)
    return most;
  if (self->streak < BUSY_STREAK)
    return 1;
  return MIN (most, 2u << MIN (self->streak - BUSY_STREAK, 8));
}

gboolean
swb_socket_receives_alone (SwbSocket *self)
{
  return self->station->recv_auto && !self->is_refused;
}

static gboolean
wants_to_receive (SwbSocket *self)
{
  return !self->is_paused && !self->closes_when_drained && !self->pace.is_paced
         && (swb_socket_receives_alone (self) || !g_queue_is_empty (&self->recv_tasks));
}

/* tcp(7): an urgent byte alone does not make a socket readable. */
static gboolean
wants_urgent (SwbSocket *self)
{
  SwbTask *task = g_queue_peek_head (&self->recv_tasks);

  return task != NULL && !self->station->recv_auto
         && (task->order->numbers[1] & MSG_OOB) != 0;
}

static gboolean
wants_to_send (SwbSocket *self)
{
  return self->retry == NULL
         && (!g_queue_is_empty (&self->outbox.parcels)
             || swb_responder_wants_to_send (self));
}

/* Where a person receives by hand, the queue of errors is theirs to read; until then epoll
 * tells of it for ever, unless it is asked for what is new. */
static guint32
open_events (SwbSocket *self)
{
  guint32 events = 0;

  if (wants_to_receive (self))
    events |= wants_urgent (self) ? EPOLLPRI | EPOLLRDHUP : EPOLLIN;
  if (wants_to_send (self))
    events |= EPOLLOUT;
  else if (events != 0 && self->is_erring && !self->station->recv_auto)
    events |= EPOLLET;
  return events;
}

static guint32
wanted_events (SwbSocket *self)
{
  SwbStation *station = self->station;

  switch (self->state)
    {
    case SWB_SOCKET_LISTENING:
      if (self->retry != NULL)
        return 0;
      if (station->accept_auto || !g_queue_is_empty (&station->accept_tasks))
        return EPOLLIN;
      /* Nobody accepts: each newcomer wakes once, so that the queue can be shown. */
      return swb_queue_can_be_seen (self) ? EPOLLIN | EPOLLET : 0;
    case SWB_SOCKET_CONNECTING:
      return EPOLLOUT;
    case SWB_SOCKET_OPEN:
      return open_events (self);
    case SWB_SOCKET_ENDED:
      return wants_to_send (self) ? EPOLLOUT : 0;
    case SWB_SOCKET_IDLE:
    case SWB_SOCKET_CLOSED:
    default:
      return 0;
    }
}

/* Nothing wanted means not registered at all: epoll tells of EPOLLHUP whether it is asked
 * to or not, and a hung-up socket that nobody reads would keep the thread turning. */
void
swb_socket_update (SwbSocket *self)
{
  guint32 events = wanted_events (self);

  if (events != self->events)
    swb_engine_watch (self->station->engine, self, events);
}

void
swb_socket_ask_local (SwbSocket *self)
{
  SwbAddress local;

  self->is_bound = TRUE;
  swb_sys_getsockname (self->station->engine->journal,
                       swb_socket_who (self, SWB_ORIGIN_ENGINE), self->fd, &local);
}

/* connect(2): EPOLLOUT says that it is over, SO_ERROR how. */
static void
conclude_connect (SwbSocket *self)
{
  SwbTask *task = g_steal_pointer (&self->connect_task);
  int error = 0;
  gsize length = sizeof (error);

  if (swb_sys_getsockopt (self->station->engine->journal,
                          swb_socket_who (self, SWB_ORIGIN_ENGINE), self->fd, SOL_SOCKET,
                          SO_ERROR, &error, &length)
      != 0)
    error = errno;

  self->state = error == 0 ? SWB_SOCKET_OPEN : SWB_SOCKET_IDLE;
  if (error == 0)
    {
      self->has_peer = TRUE;
      swb_socket_ask_local (self);
    }
  if (task != NULL)
    swb_task_done (task, error);
  swb_socket_update (self);
}

void
swb_socket_dispatch (SwbSocket *self, guint32 events)
{
  switch (self->state)
    {
    case SWB_SOCKET_LISTENING:
      if ((self->events & EPOLLET) != 0)
        swb_queue_look (self);
      else
        swb_station_accept (self->station);
      break;
    case SWB_SOCKET_CONNECTING:
      conclude_connect (self);
      break;
    case SWB_SOCKET_OPEN:
    case SWB_SOCKET_ENDED:
      self->is_erring = (events & EPOLLERR) != 0
                        && (self->has_errors || (self->events & RECEIVING) != 0);
      if ((self->events & RECEIVING) && (events & (RECEIVING | EPOLLHUP | EPOLLERR)))
        swb_socket_receive (self);
      if (self->is_erring && self->state == SWB_SOCKET_OPEN && self->station->recv_auto)
        swb_socket_receive_errors (self);
      if ((self->events & EPOLLOUT) && (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)))
        swb_socket_flush_later (self);
      break;
    case SWB_SOCKET_IDLE:
    case SWB_SOCKET_CLOSED:
    default:
      break;
    }
}

void
swb_socket_drop_task (SwbSocket *self, SwbTask *task, int error)
{
  while (g_queue_remove (&self->recv_tasks, task))
    swb_task_done (task, error);
  swb_outbox_drop_task (&self->outbox, task, error);
  if (self->connect_task == task)
    {
      self->connect_task = NULL;
      swb_task_done (task, error);
      swb_socket_close (self, SWB_ORIGIN_ENGINE);
      return;
    }
  swb_socket_update (self);
}
