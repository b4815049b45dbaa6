/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-station.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "engine/swb-queue.h"
#include "engine/swb-responder.h"
#include "engine/swb-summary.h"

/* Where not even the spare descriptor helps (ENFILE), the kernel is asked again after this
 * time. */
#define TURNED_AWAY_REST_MS 100

void
swb_station_set_rcvbuf (SwbStation *self, int option, int asked)
{
  self->rcvbuf_option = option;
  self->rcvbuf = asked;
}

SwbStation *
swb_station_new (SwbEngine *engine, const SwbOrder *order)
{
  SwbStation *self = g_new0 (SwbStation, 1);

  self->engine = engine;
  self->pane = order->pane;
  self->domain = order->numbers[0];
  self->type = order->numbers[1];
  self->protocol = order->numbers[2];
  self->accept_auto = TRUE;
  self->recv_auto = TRUE;
  swb_station_set_rcvbuf (self, SO_RCVBUF, SWB_ENGINE_RCVBUF);
  self->connections = g_hash_table_new (NULL, NULL);
  self->standing = swb_summary_new_standing ();
  g_queue_init (&self->accept_tasks);
  return self;
}

static void
end_accept_tasks (SwbStation *self, int error)
{
  SwbTask *task;

  while ((task = g_queue_pop_head (&self->accept_tasks)) != NULL)
    swb_task_done (task, error);
}

/* A copy, since closing takes out of the table. In the order of their numbers, so that a
 * run tells the same twice. */
static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint left = ((const SwbSocket *)a)->number;
  guint right = ((const SwbSocket *)b)->number;

  return left < right ? -1 : left > right;
}

GList *
swb_station_list_connections (SwbStation *self)
{
  return g_list_sort (g_hash_table_get_values (self->connections), compare_numbers);
}

void
swb_station_free (SwbStation *self)
{
  g_autoptr (GList) connections = swb_station_list_connections (self);

  for (GList *l = connections; l != NULL; l = l->next)
    swb_socket_close (l->data, SWB_ORIGIN_ENGINE);
  if (self->own != NULL)
    swb_socket_close (self->own, SWB_ORIGIN_ENGINE);
  end_accept_tasks (self, ECANCELED);
  g_hash_table_unref (self->connections);
  g_ptr_array_unref (self->standing);
  g_clear_pointer (&self->reply_bytes, g_bytes_unref);
  /* Its closed sockets lie in the graveyard until the round ends and still point here. */
  for (guint i = 0; i < self->engine->graveyard->len; i++)
    {
      SwbSocket *dead = g_ptr_array_index (self->engine->graveyard, i);

      if (dead->station == self)
        dead->station = NULL;
    }
  g_free (self);
}

SwbSocket *
swb_station_adopt (SwbStation *self, int fd)
{
  self->own = swb_socket_new (self, SWB_CONNECTION_NONE, fd);
  return self->own;
}

gboolean
swb_station_loses_datagrams (const SwbStation *self)
{
  return self->type == SOCK_DGRAM && (self->domain == AF_INET || self->domain == AF_INET6);
}

void
swb_station_ask_given (SwbStation *self, SwbSocket *socket)
{
  int given = 0;
  gsize length = sizeof (given);

  if (swb_sys_getsockopt (self->engine->journal, swb_socket_who (socket, SWB_ORIGIN_ENGINE),
                          socket->fd, SOL_SOCKET, SO_RCVBUF, &given, &length)
      == 0)
    swb_drops_set_room (socket, (guint64)MAX (given, 0));
}

/* A burst of datagrams must survive until the thread runs: the kernel gives twice what is
 * asked for, but no more than twice net.core.rmem_max. */
static void
ask_for_room (SwbStation *self, SwbSocket *socket)
{
  SwbWho who = swb_socket_who (socket, SWB_ORIGIN_ENGINE);

  if (!swb_station_loses_datagrams (self))
    return;

  swb_sys_setsockopt (self->engine->journal, who, socket->fd, SOL_SOCKET,
                      self->rcvbuf_option, &self->rcvbuf, sizeof (self->rcvbuf));
  swb_station_ask_given (self, socket);
}

/* Then each message says how many datagrams were lost before it. */
static void
ask_for_overflows (SwbStation *self, SwbSocket *socket)
{
  int on = 1;

  if (swb_call_has_messages (self->recv_call) && socket->drops.counts
      && !socket->drops.is_exact)
    socket->drops.is_exact
        = swb_sys_setsockopt (self->engine->journal,
                              swb_socket_who (socket, SWB_ORIGIN_ENGINE), socket->fd,
                              SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof (on))
          == 0;
}

void
swb_station_set_recv (SwbStation *self, const SwbOrder *order)
{
  const int *numbers = order->numbers;

  self->recv_auto = numbers[0] != FALSE;
  self->recv_call = numbers[0] > TRUE ? (SwbCall)numbers[0] : SWB_CALL_NONE;
  self->recv_room = numbers[1];
  self->recv_flags = numbers[2];
  if (self->own == NULL)
    return;
  self->own->is_refused = FALSE;
  if (swb_call_has_messages (self->recv_call))
    ask_for_overflows (self, self->own);
  else
    self->own->drops.is_exact = FALSE;
}

SwbSocket *
swb_station_ensure_socket (SwbStation *self, SwbRecordOrigin origin, gboolean asks)
{
  SwbWho who = { self->pane, SWB_CONNECTION_NONE, origin };
  int fd;

  if (self->own != NULL)
    return self->own;

  fd = swb_sys_socket (self->engine->journal, who, self->domain,
                       self->type | SOCK_CLOEXEC | SOCK_NONBLOCK, self->protocol);
  if (fd < 0)
    return NULL;

  swb_station_adopt (self, fd);
  if (asks)
    ask_for_room (self, self->own);
  ask_for_overflows (self, self->own);
  swb_socket_update (self->own);
  return self->own;
}

SwbSocket *
swb_station_get_socket (SwbStation *self, guint number)
{
  if (number == SWB_CONNECTION_NONE)
    return self->own;
  return g_hash_table_lookup (self->connections, GUINT_TO_POINTER (number));
}

void
swb_station_update (SwbStation *self)
{
  GHashTableIter iter;
  gpointer socket;

  if (self->own != NULL)
    swb_socket_update (self->own);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    swb_socket_update (socket);
}

static int
ask_int (SwbStation *self, int fd, int option)
{
  SwbWho who = { self->pane, SWB_CONNECTION_NONE, SWB_ORIGIN_ENGINE };
  int value = -1;
  gsize length = sizeof (value);

  return swb_sys_getsockopt (self->engine->journal, who, fd, SOL_SOCKET, option, &value,
                             &length)
                 == 0
             ? value
             : -1;
}

/* What it is, a socket that was made elsewhere has to be asked. */
static void
find_state (SwbStation *self, SwbSocket *socket)
{
  SwbAddress peer;

  swb_socket_ask_local (socket);
  if (self->type != SOCK_DGRAM && ask_int (self, socket->fd, SO_ACCEPTCONN) == 1)
    socket->state = SWB_SOCKET_LISTENING;
  else if (swb_sys_getpeername (self->engine->journal,
                                swb_socket_who (socket, SWB_ORIGIN_ENGINE), socket->fd,
                                &peer)
           == 0)
    {
      socket->state = SWB_SOCKET_OPEN;
      socket->has_peer = TRUE;
    }
}

gboolean
swb_station_take (SwbEngine *engine, guint pane, int fd)
{
  SwbStation *self = swb_engine_get_station (engine, pane);
  const char *problem = NULL;

  if (self == NULL)
    return FALSE;
  if (self->own != NULL)
    problem = "this pane has a socket already: what came for it was closed";
  else if (ask_int (self, fd, SO_TYPE) != self->type
           || ask_int (self, fd, SO_DOMAIN) != self->domain)
    problem = "the descriptor that came is no socket of this pane's domain and type: it "
              "was closed";
  if (problem != NULL)
    {
      swb_engine_note (engine, pane, SWB_CONNECTION_NONE, SWB_NOTE_PROBLEM, 0, problem);
      return FALSE;
    }

  fcntl (fd, F_SETFL, O_NONBLOCK | fcntl (fd, F_GETFL));
  swb_station_adopt (self, fd);
  /* Before its name is known: what it lost until now is not this pane's. */
  if (swb_station_loses_datagrams (self))
    swb_station_ask_given (self, self->own);
  find_state (self, self->own);
  swb_socket_update (self->own);
  return TRUE;
}

void
swb_station_welcome (SwbStation *self, int fd, SwbTask *task)
{
  SwbSocket *connection = swb_socket_new (self, ++self->n_accepted, fd);

  connection->state = SWB_SOCKET_OPEN;
  connection->has_peer = TRUE;
  connection->is_bound = TRUE;
  g_hash_table_insert (self->connections, GUINT_TO_POINTER (connection->number),
                       connection);
  if (task != NULL)
    swb_task_done (task, 0);
  else
    self->n_unclaimed++;
  swb_responder_greet (connection);
  if (connection->state != SWB_SOCKET_CLOSED)
    swb_socket_update (connection);
}

/* No descriptor is left (EMFILE, ENFILE), and the connection would make the listening
 * socket readable for ever. The spare descriptor lets it in for a moment, to be turned away
 * in order. Where another thread, or the whole system, has taken that one too, the kernel
 * is asked again later. */
static void
turn_away (SwbStation *self)
{
  SwbEngine *engine = self->engine;
  SwbWho who = swb_socket_who (self->own, SWB_ORIGIN_ENGINE);
  SwbAddress peer;
  int fd, error;

  if (engine->spare_fd >= 0)
    close (engine->spare_fd);
  fd = swb_sys_accept (engine->journal, who, self->own->fd, &peer);
  error = errno;
  if (fd >= 0)
    {
      who.connection = ++self->n_accepted;
      swb_sys_close (engine->journal, who, fd);
      swb_engine_note (
          engine, self->pane, SWB_CONNECTION_NONE, SWB_NOTE_DESCRIPTORS, 0,
          "no descriptor is left in this process: a connection was closed at once");
    }
  else if (error == EMFILE || error == ENFILE)
    swb_socket_rest (self->own, TURNED_AWAY_REST_MS);
  engine->spare_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* Returns: whether another accept may be tried now. */
static gboolean
accept_failed (SwbStation *self, int error)
{
  switch (error)
    {
    case EMFILE:
    case ENFILE:
      turn_away (self);
      return FALSE;
    case EAGAIN:
      return FALSE;
    /* accept(2): errors of the new connection, not of the listening socket. */
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENETDOWN:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case ENETUNREACH:
      return TRUE;
    default:
      self->own->state = SWB_SOCKET_IDLE;
      end_accept_tasks (self, error);
      return FALSE;
    }
}

void
swb_station_accept (SwbStation *self)
{
  guint budget = swb_socket_get_budget (self->own, SWB_ENGINE_ACCEPTS_PER_WAKE);
  SwbRecordOrigin origin = self->accept_auto ? SWB_ORIGIN_AUTO : SWB_ORIGIN_COMMAND;

  while (budget-- > 0 && (self->accept_auto || !g_queue_is_empty (&self->accept_tasks)))
    {
      SwbAddress peer;
      int fd = swb_sys_accept (self->engine->journal, swb_socket_who (self->own, origin),
                               self->own->fd, &peer);

      if (fd >= 0)
        swb_station_welcome (self, fd, g_queue_pop_head (&self->accept_tasks));
      else if (!accept_failed (self, errno))
        {
          self->own->streak = 0;
          break;
        }
    }
  /* What is left in the queue is told of when epoll finds it there; that nothing is left,
   * it cannot tell. */
  if (!self->accept_auto && g_queue_is_empty (&self->accept_tasks)
      && self->own->queue_told >> 32 == 1)
    swb_queue_look (self->own);
  swb_socket_update (self->own);
}

void
swb_station_forget (SwbStation *self, SwbSocket *socket)
{
  if (socket != self->own)
    {
      g_hash_table_remove (self->connections, GUINT_TO_POINTER (socket->number));
      return;
    }
  self->own = NULL;
  end_accept_tasks (self, ECANCELED);
}

void
swb_station_drop_task (SwbStation *self, SwbTask *task, int error)
{
  g_autoptr (GList) connections = swb_station_list_connections (self);

  while (g_queue_remove (&self->accept_tasks, task))
    swb_task_done (task, error);
  for (GList *l = connections; l != NULL; l = l->next)
    swb_socket_drop_task (l->data, task, error);
  if (self->own != NULL)
    swb_socket_drop_task (self->own, task, error);
}
