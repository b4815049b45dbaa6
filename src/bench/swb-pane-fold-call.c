/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

#include <errno.h>
#include <string.h>

/* What calls make of a pane. */

/* An answer that only means "not now". */
static gboolean
is_no_failure (int error)
{
  return error == 0 || error == EAGAIN || error == EINPROGRESS || error == EINTR;
}

/* A survey asks what there is: no option's absence is a failure. */
static gboolean
is_asked_for (const SwbRecord *record)
{
  return record->origin != SWB_ORIGIN_ENGINE && record->origin != SWB_ORIGIN_SURVEY;
}

static gboolean
breaks_connection (int error)
{
  return error == ECONNRESET || error == EPIPE || error == ETIMEDOUT
         || error == ECONNABORTED || error == ENETRESET || error == EHOSTUNREACH
         || error == ENETUNREACH;
}

/* EPIPE after one's own shutdown is told of that: the other direction is as it was. */
static gboolean
breaks (const SwbConnection *connection, int error)
{
  gboolean has_shut
      = connection->state == SWB_STATE_SHUT || connection->state == SWB_STATE_CLOSED;

  return breaks_connection (error) && !(error == EPIPE && has_shut);
}

/* A recording may have calls of other numbers. */
static void
set_done (SwbPane *self, SwbConnection *connection, SwbCall call)
{
  if (connection == self->socket && (guint)call < SWB_N_CALLS)
    self->done |= 1u << call;
}

/* A socket without a connection: what is left when connect failed or was taken back. */
static SwbState
unconnected_state (SwbPane *self)
{
  return self->done & (1u << SWB_CALL_BIND) ? SWB_STATE_BOUND : SWB_STATE_CREATED;
}

static void
take_role (SwbPane *self, SwbRole role)
{
  if (!self->has_role)
    self->role = role;
}

static void
fold_accept (SwbPane *self, SwbConnection *listener, const SwbRecord *record)
{
  SwbConnection *connection
      = swb_connection_new (self->accepted->len + 1, record->result, SWB_STATE_CONNECTED);

  connection->peer = record->address;
  connection->local = self->socket->local;
  g_ptr_array_add (self->accepted, connection);
  swb_connection_list_append (self->open, connection);
}

static void
fold_connect (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  take_role (self, SWB_ROLE_CLIENT);
  if (record->error == EINPROGRESS || record->error == EINTR)
    {
      connection->state = SWB_STATE_CONNECTING;
      connection->peer = record->address;
    }
  else if (record->error == 0 && record->address.length >= sizeof (sa_family_t)
           && record->address.family == AF_UNSPEC)
    {
      connection->state = unconnected_state (self);
      connection->peer = (SwbAddress){ 0 };
    }
  else if (record->error == 0)
    {
      connection->state = SWB_STATE_CONNECTED;
      connection->peer = record->address;
    }
}

/* How the kernel tells the end of a connect() that was under way: connect(2), EINPROGRESS.
 */
static void
fold_socket_error (SwbPane *self, SwbConnection *connection, const SwbRecord *record,
                   guint64 position)
{
  SwbAddress peer = connection->peer;
  int value = 0;

  if (record->n_data < sizeof value)
    return;
  memcpy (&value, record->data, sizeof value);

  if (connection->state == SWB_STATE_CONNECTING && value == 0)
    {
      connection->state = SWB_STATE_CONNECTED;
      set_done (self, connection, SWB_CALL_CONNECT);
    }
  else if (connection->state == SWB_STATE_CONNECTING && value != EINPROGRESS)
    {
      connection->state = unconnected_state (self);
      connection->peer = (SwbAddress){ 0 };
      swb_pane_set_failure (self, SWB_CALL_CONNECT, value, &peer, record, position);
    }
  else if (swb_pane_has_connections (self) && breaks_connection (value))
    connection->state = SWB_STATE_RESET;
}

static void
fold_recv (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  /* What comes back from the queue of errors is what this socket had sent. */
  if (record->ints[1] & (MSG_PEEK | MSG_ERRQUEUE))
    return;

  /* The log of another program may have fewer bytes than came; of a datagram, MSG_TRUNC
   * gives more than came. */
  guint64 n = record->ints[1] & MSG_TRUNC
                  ? record->n_data
                  : MAX (record->n_data, (guint64)MAX (record->result, 0));
  connection->n_received += n;
  self->n_received += n;
  swb_pane_fold_heard (self, record, n);
  if (record->result != 0 || !swb_pane_has_connections (self) || record->ints[0] == 0)
    return;

  if (connection->state == SWB_STATE_CONNECTED)
    connection->state = SWB_STATE_PEER_CLOSED;
  else if (connection->state == SWB_STATE_SHUT)
    connection->state = SWB_STATE_CLOSED;
}

static void
fold_send (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  guint64 n = (guint64)MAX (record->result, 0);

  connection->n_sent += n;
  self->n_sent += n;
  swb_pane_fold_told (self, record, n);
}

static void
fold_shutdown (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  if (record->ints[0] == SHUT_RD && connection->state != SWB_STATE_LISTENING)
    return;

  if (connection->state == SWB_STATE_CONNECTED)
    connection->state = SWB_STATE_SHUT;
  else if (connection->state == SWB_STATE_PEER_CLOSED)
    connection->state = SWB_STATE_CLOSED;
  else if (connection->state == SWB_STATE_LISTENING && record->ints[0] != SHUT_WR)
    connection->state = unconnected_state (self);
}

static void
fold_local (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  gboolean named = record->address.length > sizeof (sa_family_t);

  connection->local = record->address;
  if (connection->state == SWB_STATE_CREATED && named && !swb_pane_has_connections (self)
      && (record->address.family == AF_UNIX
          || swb_address_get_port (&record->address) != 0))
    connection->state = SWB_STATE_BOUND;
}

/* A socket that was made elsewhere and came with a message: the engine asks for its name
 * first. */
static gboolean
is_taken (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  return record->origin == SWB_ORIGIN_ENGINE && connection == self->socket
         && connection->fd < 0 && record->fd >= 0;
}

/* The engine asks for SO_ACCEPTCONN of such a socket alone. */
static void
fold_listening (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  int value = 0;

  if (record->n_data >= sizeof value)
    memcpy (&value, record->data, sizeof value);
  if (value != 1)
    return;
  connection->state = SWB_STATE_LISTENING;
  take_role (self, SWB_ROLE_SERVER);
}

/* A descriptor that came with a message and that the engine did not keep: the socket that
 * brought it stays. */
static gboolean
is_of_another (SwbConnection *connection, const SwbRecord *record)
{
  return record->origin == SWB_ORIGIN_ENGINE && connection->fd >= 0
         && record->fd != connection->fd;
}

static void
fold_close (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  if (is_of_another (connection, record))
    return;

  if (connection == self->socket)
    {
      self->done = 0;
      self->n_queued = -1;
    }
  else if (connection->fd >= 0)
    swb_connection_list_note_closed (self->open, connection);
  connection->state = SWB_STATE_CLOSED;
  connection->fd = -1;
}

static void
fold_socket (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  swb_pane_begin_socket (self, record->result, SWB_STATE_CREATED);
}

static void
fold_pair (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  int fd;

  if (record->n_data < 2 * sizeof fd)
    return;
  memcpy (&fd, record->data, sizeof fd);
  swb_pane_begin_socket (self, fd, SWB_STATE_CONNECTED);
}

static void
fold_bind (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  connection->local = record->address;
  if (connection->state <= SWB_STATE_CREATED)
    connection->state = SWB_STATE_BOUND;
}

static void
fold_listen (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  if (swb_pane_has_connections (self))
    connection->state = SWB_STATE_LISTENING;
  take_role (self, SWB_ROLE_SERVER);
}

static void
fold_getsockname (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  if (is_taken (self, connection, record))
    swb_pane_begin_socket (self, record->fd, SWB_STATE_CREATED);
  fold_local (self, connection, record);
}

static void
fold_getpeername (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  connection->peer = record->address;
  if (record->origin != SWB_ORIGIN_ENGINE || connection->state > SWB_STATE_BOUND)
    return;
  connection->state = SWB_STATE_CONNECTED;
  take_role (self, SWB_ROLE_CLIENT);
}

static void
fold_setsockopt (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  if (connection != self->socket)
    return;
  if (is_asked_for (record))
    swb_pane_keep_option (self, record);
  swb_pane_fold_option (self, record);
}

static void
fold_getsockopt (SwbPane *self, SwbConnection *connection, const SwbRecord *record,
                 guint64 position)
{
  gboolean is_general = record->ints[0] == SOL_SOCKET;

  if (is_general && record->ints[1] == SO_ERROR)
    fold_socket_error (self, connection, record, position);
  else if (is_general && record->ints[1] == SO_ACCEPTCONN
           && record->origin == SWB_ORIGIN_ENGINE)
    fold_listening (self, connection, record);
  else if (connection == self->socket)
    swb_pane_fold_option (self, record);
}

typedef void (*FoldFunc) (SwbPane *self, SwbConnection *connection,
                          const SwbRecord *record);

static const FoldFunc fold_funcs[SWB_N_CALLS] = {
  [SWB_CALL_SOCKET] = fold_socket,
  [SWB_CALL_SOCKETPAIR] = fold_pair,
  [SWB_CALL_BIND] = fold_bind,
  [SWB_CALL_LISTEN] = fold_listen,
  [SWB_CALL_ACCEPT] = fold_accept,
  [SWB_CALL_CONNECT] = fold_connect,
  [SWB_CALL_GETSOCKNAME] = fold_getsockname,
  [SWB_CALL_GETPEERNAME] = fold_getpeername,
  [SWB_CALL_SEND] = fold_send,
  [SWB_CALL_SENDTO] = fold_send,
  [SWB_CALL_WRITE] = fold_send,
  [SWB_CALL_SENDMSG] = fold_send,
  [SWB_CALL_SENDMMSG] = fold_send,
  [SWB_CALL_RECV] = fold_recv,
  [SWB_CALL_RECVFROM] = fold_recv,
  [SWB_CALL_READ] = fold_recv,
  [SWB_CALL_RECVMSG] = fold_recv,
  [SWB_CALL_RECVMMSG] = fold_recv,
  [SWB_CALL_SHUTDOWN] = fold_shutdown,
  [SWB_CALL_CLOSE] = fold_close,
  [SWB_CALL_SETSOCKOPT] = fold_setsockopt,
};

static void
fold_success (SwbPane *self, SwbConnection *connection, const SwbRecord *record,
              guint64 position)
{
  FoldFunc fold = record->call < SWB_N_CALLS ? fold_funcs[record->call] : NULL;

  if (fold != NULL)
    fold (self, connection, record);
  else if (record->call == SWB_CALL_GETSOCKOPT)
    fold_getsockopt (self, connection, record, position);

  set_done (self, connection, record->call);
  if (self->failure.call == record->call && is_asked_for (record))
    swb_pane_clear_failure (self);
}

static void
fold_refusal (SwbPane *self, SwbConnection *connection, const SwbRecord *record,
              guint64 position)
{
  gboolean carries = swb_call_moves_bytes (record->call);

  if (record->call == SWB_CALL_CLOSE) /* the descriptor is gone all the same: close(2) */
    fold_close (self, connection, record);
  else if (record->call == SWB_CALL_CONNECT && !is_no_failure (record->error)
           && connection->state == SWB_STATE_CONNECTING && record->error != EALREADY)
    connection->state = unconnected_state (self);
  else if (record->call == SWB_CALL_CONNECT)
    fold_connect (self, connection, record);
  else if (carries && swb_pane_has_connections (self) && breaks (connection, record->error)
           && connection->state >= SWB_STATE_CONNECTING)
    connection->state = SWB_STATE_RESET;

  if (!is_no_failure (record->error)
      && (is_asked_for (record) || record->call == SWB_CALL_CONNECT
          || record->call == SWB_CALL_SOCKET))
    swb_pane_set_failure (self, record->call, record->error, &record->address, record,
                          position);
}

void
swb_pane_fold_call (SwbPane *self, const SwbRecord *record, guint64 position)
{
  SwbConnection *connection = swb_pane_find_connection (self, record->connection);

  self->n_calls++;
  if (connection == NULL)
    connection = swb_pane_reopen (self, record);
  if (connection == NULL)
    return;
  if (record->call == SWB_CALL_CONNECT && connection == self->socket)
    swb_pane_fold_tried (self, &record->address);
  if (record->error == 0)
    fold_success (self, connection, record, position);
  else
    fold_refusal (self, connection, record, position);
}
