/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include <errno.h>

#include "engine/swb-descriptors.h"
#include "engine/swb-lookup.h"
#include "engine/swb-queue.h"
#include "engine/swb-responder.h"
#include "engine/swb-station.h"
#include "engine/swb-summary.h"

/* One function a verb. Each takes the first share of the task and gives it back, now or
 * when the answer is there. None judges whether the call makes sense: that is the kernel's
 * to say. */

static void
finish (SwbTask *task, int result)
{
  swb_task_done (task, result < 0 ? errno : 0);
}

static SwbWho
who_commands (SwbSocket *socket)
{
  return swb_socket_who (socket, SWB_ORIGIN_COMMAND);
}

/* Ports of 0 and unnamed unix sockets get their address from the kernel. */
static gboolean
is_chosen_by_kernel (const SwbAddress *address)
{
  if (address->family == AF_UNIX)
    return address->length <= sizeof (sa_family_t);
  return swb_address_get_port (address) == 0;
}

static void
do_socket (SwbStation *station, SwbTask *task)
{
  if (station->own != NULL)
    {
      swb_engine_note (station->engine, station->pane, SWB_CONNECTION_NONE,
                       SWB_NOTE_PROBLEM, 0,
                       "this pane has a socket already: close it first");
      swb_task_done (task, EALREADY);
      return;
    }
  swb_task_done (task,
                 swb_station_ensure_socket (station, SWB_ORIGIN_COMMAND, TRUE) ? 0 : errno);
}

static void
do_bind (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  const SwbAddress *address = &task->order->address;

  if (swb_sys_bind (station->engine->journal, who_commands (socket), socket->fd, address)
      != 0)
    {
      if (errno == EADDRINUSE)
        swb_lookup_holder (station, task, EADDRINUSE);
      else
        swb_task_done (task, errno);
      return;
    }

  socket->is_bound = TRUE;
  socket->is_refused = FALSE;
  if (address->family == AF_UNIX && address->length > sizeof (sa_family_t)
      && address->un.sun_path[0] != '\0')
    socket->bound_path = g_strndup (address->un.sun_path, SWB_ADDRESS_PATH_MAX);
  if (is_chosen_by_kernel (address))
    swb_socket_ask_local (socket);
  swb_task_done (task, 0);
}

static void
do_listen (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  int result = swb_sys_listen (station->engine->journal, who_commands (socket), socket->fd,
                               task->order->numbers[0]);

  if (result == 0)
    {
      /* One-to-many SCTP has nothing to accept: what comes is received at once. */
      if (!socket->is_datagram)
        socket->state = SWB_SOCKET_LISTENING;
      if (!socket->is_bound)
        swb_socket_ask_local (socket);
      swb_socket_update (socket);
      swb_task_done (task, 0);
    }
  else if (errno == EADDRINUSE)
    swb_lookup_holder (station, task, EADDRINUSE);
  else
    swb_task_done (task, errno);
}

static void
do_accept (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  SwbAddress peer;

  if (socket->state != SWB_SOCKET_LISTENING)
    {
      /* accept(2) has ECONNABORTED where a socket has no address to tell. */
      SwbAddress *asked = station->domain == AF_ALG ? NULL : &peer;
      int fd = swb_sys_accept (station->engine->journal, who_commands (socket), socket->fd,
                               asked);

      if (fd >= 0)
        swb_station_welcome (station, fd, task);
      else
        finish (task, fd);
      return;
    }
  if (station->accept_auto && station->n_unclaimed > 0)
    {
      station->n_unclaimed--;
      swb_task_done (task, 0);
      return;
    }
  g_queue_push_tail (&station->accept_tasks, task);
  swb_task_start_timer (task);
  swb_socket_update (socket);
}

static void
connected (SwbSocket *socket, SwbTask *task)
{
  SwbTask *first = g_steal_pointer (&socket->connect_task);

  socket->state = SWB_SOCKET_OPEN;
  socket->is_refused = FALSE;
  socket->has_peer = task->order->address.family != AF_UNSPEC;
  if (task->order->address.family != AF_UNIX)
    swb_socket_ask_local (socket);
  swb_socket_update (socket);
  /* The kernel tells of the end of a connect that is under way in the answer to another;
   * AF_UNSPEC ended it. */
  if (first != NULL)
    swb_task_done (first, socket->has_peer ? 0 : ECANCELED);
  swb_task_done (task, 0);
}

static void
do_connect (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  int result = swb_sys_connect (station->engine->journal, who_commands (socket), socket->fd,
                                &task->order->address);

  if (result == 0)
    connected (socket, task);
  else if ((errno == EINPROGRESS || errno == EINTR) && socket->connect_task == NULL)
    {
      socket->state = SWB_SOCKET_CONNECTING;
      socket->connect_task = task;
      swb_task_start_timer (task);
      swb_socket_update (socket);
    }
  else
    swb_task_done (task, errno);
}

/* The kernel now answers every recv with 0, and says for ever that there is something to
 * read; what lies in the queue can still be had by hand. */
static void
end_datagrams (SwbSocket *socket)
{
  SwbTask *task;

  swb_drops_settle (socket, FALSE);
  if (!socket->is_datagram || socket->state != SWB_SOCKET_OPEN)
    return;

  socket->state = SWB_SOCKET_ENDED;
  while ((task = g_queue_pop_head (&socket->recv_tasks)) != NULL)
    swb_socket_recv_now (socket, task);
  swb_socket_update (socket);
}

static void
do_shutdown (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  int result = swb_sys_shutdown (station->engine->journal, who_commands (socket),
                                 socket->fd, task->order->numbers[0]);
  int error = result < 0 ? errno : 0;

  if (result == 0 && task->order->numbers[0] != SHUT_WR)
    end_datagrams (socket);
  swb_task_done (task, error);
}

static void
do_close (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  finish (task, swb_socket_close (socket, SWB_ORIGIN_COMMAND));
}

static void
do_getsockname (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  SwbAddress address;

  finish (task, swb_sys_getsockname (station->engine->journal, who_commands (socket),
                                     socket->fd, &address));
}

static void
do_getpeername (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  SwbAddress address;

  finish (task, swb_sys_getpeername (station->engine->journal, who_commands (socket),
                                     socket->fd, &address));
}

typedef void (*SocketVerb) (SwbStation *station, SwbSocket *socket, SwbTask *task);

static const SocketVerb socket_verbs[SWB_N_VERBS] = {
  [SWB_VERB_BIND] = do_bind,
  [SWB_VERB_LISTEN] = do_listen,
  [SWB_VERB_ACCEPT] = do_accept,
  [SWB_VERB_CONNECT] = do_connect,
  [SWB_VERB_SEND] = swb_engine_do_send,
  [SWB_VERB_SENDTO] = swb_engine_do_send,
  [SWB_VERB_RECV] = swb_engine_do_recv,
  [SWB_VERB_RECVFROM] = swb_engine_do_recv,
  [SWB_VERB_RECVMSG] = swb_engine_do_recv,
  [SWB_VERB_SENDMSG] = swb_engine_do_sendmsg,
  [SWB_VERB_RECVMMSG] = swb_engine_do_recv,
  [SWB_VERB_SENDMMSG] = swb_engine_do_sendmmsg,
  [SWB_VERB_SHUTDOWN] = do_shutdown,
  [SWB_VERB_CLOSE] = do_close,
  [SWB_VERB_SETSOCKOPT] = swb_engine_do_setsockopt,
  [SWB_VERB_GETSOCKOPT] = swb_engine_do_getsockopt,
  [SWB_VERB_IOCTL] = swb_engine_do_ioctl,
  [SWB_VERB_GETSOCKNAME] = do_getsockname,
  [SWB_VERB_GETPEERNAME] = do_getpeername,
};

static void
do_for_all (SwbStation *station, SwbTask *task, SocketVerb verb)
{
  g_autoptr (GList) sockets = g_hash_table_get_values (station->connections);

  for (GList *l = sockets; l != NULL; l = l->next)
    verb (station, l->data, swb_task_share (task));
  swb_task_done (task, 0);
}

static void
complain_of_socket (SwbStation *station, SwbTask *task)
{
  guint number = task->order->connection;
  g_autofree char *text
      = number == SWB_CONNECTION_NONE
            ? g_strdup ("there is no socket to close")
            : g_strdup_printf ("there is no connection #%u (any more)", number);

  swb_engine_note (station->engine, station->pane, number, SWB_NOTE_PROBLEM, EBADF, text);
  swb_task_done (task, EBADF);
}

/* A verb of a socket: the own one is made when first needed, but not to be closed again. */
static void
do_socket_verb (SwbStation *station, SwbTask *task, SocketVerb verb)
{
  guint number = task->order->connection;
  SwbSocket *socket;

  if (number == SWB_CONNECTION_ALL)
    {
      do_for_all (station, task, verb);
      return;
    }

  socket = swb_station_get_socket (station, number);
  if (socket == NULL && number == SWB_CONNECTION_NONE && verb != do_close)
    {
      socket = swb_station_ensure_socket (station, SWB_ORIGIN_COMMAND,
                                          !swb_engine_is_rcvbuf (task->order));
      if (socket == NULL)
        {
          swb_task_done (task, errno);
          return;
        }
    }

  if (socket != NULL)
    verb (station, socket, task);
  else
    complain_of_socket (station, task);
}

static void
do_socketpair (SwbStation *station, SwbTask *task)
{
  SwbStation *other = swb_engine_get_station (station->engine, task->order->other_pane);
  SwbWho who = { station->pane, SWB_CONNECTION_NONE, SWB_ORIGIN_COMMAND };
  SwbStation *ends[2] = { station, other };
  int fds[2];

  if (other == NULL || other == station || station->own != NULL || other->own != NULL)
    {
      swb_engine_note (station->engine, station->pane, 0, SWB_NOTE_PROBLEM, 0,
                       "socketpair needs two panes without sockets");
      swb_task_done (task, EALREADY);
      return;
    }
  if (swb_sys_socketpair (station->engine->journal, who, station->domain,
                          station->type | SOCK_CLOEXEC | SOCK_NONBLOCK, station->protocol,
                          fds)
      != 0)
    {
      swb_task_done (task, errno);
      return;
    }

  for (guint i = 0; i < 2; i++)
    {
      SwbSocket *socket = swb_station_adopt (ends[i], fds[i]);

      socket->state = SWB_SOCKET_OPEN;
      socket->has_peer = TRUE;
      swb_socket_update (socket);
    }
  swb_task_done (task, 0);
}

static void
do_reply (SwbStation *station, SwbTask *task)
{
  GHashTableIter iter;
  gpointer socket;

  station->reply = task->order->numbers[0];
  g_clear_pointer (&station->reply_bytes, g_bytes_unref);
  if (station->reply == SWB_REPLY_FIXED)
    station->reply_bytes
        = task->order->bytes ? g_bytes_ref (task->order->bytes) : g_bytes_new (NULL, 0);

  g_hash_table_iter_init (&iter, station->connections);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    swb_socket_update (socket);
  swb_task_done (task, 0);
}

static void
do_mode (SwbStation *station, SwbTask *task)
{
  gboolean is_auto = task->order->numbers[0] != 0;

  if (task->order->verb == SWB_VERB_ACCEPT_MODE)
    station->accept_auto = is_auto;
  else
    swb_station_set_recv (station, task->order);
  swb_station_update (station);
  swb_task_done (task, 0);
}

/* The numbers of connections are never used twice, also when a pane comes back. */
static void
do_pane (SwbEngine *engine, SwbTask *task)
{
  gpointer pane = GUINT_TO_POINTER (task->order->pane);
  SwbStation *station;

  if (!g_hash_table_contains (engine->stations, pane))
    {
      station = swb_station_new (engine, task->order);
      station->n_accepted = GPOINTER_TO_UINT (g_hash_table_lookup (engine->removed, pane));
      g_hash_table_insert (engine->stations, pane, station);
      swb_summary_remember (station, task->order);
    }
  swb_task_done (task, 0);
}

static void
do_remove (SwbStation *station, SwbTask *task)
{
  SwbEngine *engine = station->engine;
  gpointer pane = GUINT_TO_POINTER (station->pane);

  g_hash_table_insert (engine->removed, pane, GUINT_TO_POINTER (station->n_accepted));
  g_hash_table_remove (engine->stations, pane);
  swb_task_done (task, 0);
}

static void
do_note (SwbEngine *engine, SwbTask *task)
{
  const SwbOrder *order = task->order;
  gsize length = 0;
  const char *text = order->bytes ? g_bytes_get_data (order->bytes, &length) : NULL;
  g_autofree char *sentence = g_strndup (text ? text : "", length);

  swb_engine_note (engine, order->pane, order->connection,
                   order->numbers[0] ? order->numbers[0] : SWB_NOTE_TEXT, order->numbers[1],
                   sentence);
  /* A command that never became a call was not carried out. */
  swb_task_done (task, order->numbers[0] == SWB_NOTE_PROBLEM ? ECANCELED : 0);
}

static void
do_station_verb (SwbStation *station, SwbTask *task)
{
  switch (task->order->verb)
    {
    case SWB_VERB_SOCKET:
      do_socket (station, task);
      break;
    case SWB_VERB_SOCKETPAIR:
      do_socketpair (station, task);
      break;
    case SWB_VERB_REPLY:
      do_reply (station, task);
      break;
    case SWB_VERB_ACCEPT_MODE:
    case SWB_VERB_RECV_MODE:
      do_mode (station, task);
      break;
    case SWB_VERB_UNLINK:
      swb_lookup_and_unlink (station, task);
      break;
    case SWB_VERB_QUEUE:
      swb_queue_do (station, task);
      break;
    case SWB_VERB_REMOVE:
      do_remove (station, task);
      break;
    case SWB_VERB_TITLE:
      swb_task_done (task, 0);
      break;
    default:
      swb_task_done (task, EINVAL);
      break;
    }
}

void
swb_engine_perform (SwbEngine *self, SwbOrder *order)
{
  SwbTask *task = swb_task_new (self, order);
  SwbStation *station = swb_engine_get_station (self, order->pane);

  if (station != NULL)
    swb_summary_remember (station, order);
  if (order->verb == SWB_VERB_PANE)
    do_pane (self, task);
  else if (order->verb == SWB_VERB_NOTE)
    do_note (self, task);
  else if (order->verb == SWB_VERB_TAKE)
    swb_descriptors_do_take (self, station, task);
  else if (station == NULL)
    swb_task_done (task, EBADF);
  else if (socket_verbs[order->verb] != NULL)
    do_socket_verb (station, task, socket_verbs[order->verb]);
  else
    do_station_verb (station, task);
}
