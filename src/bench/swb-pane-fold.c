/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

#include <errno.h>
#include <string.h>

#include "net/swb-catalog.h"

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

static void
set_done (SwbPane *self, SwbConnection *connection, SwbCall call)
{
  if (connection == self->socket)
    self->done |= 1u << call;
}

static void
clear_failure (SwbPane *self)
{
  g_clear_pointer (&self->failure.detail, g_free);
  self->failure = (SwbFailure){ 0 };
}

static void
set_failure (SwbPane *self, SwbCall call, int error, const SwbAddress *address,
             const SwbRecord *record, guint64 position)
{
  clear_failure (self);
  self->failure.call = call;
  self->failure.error = error;
  self->failure.connection = record->connection;
  self->failure.position = position;
  self->failure.address = *address;
}

/* A socket without a connection: what is left when connect failed or was taken back. */
static SwbState
unconnected_state (SwbPane *self)
{
  return self->done & (1u << SWB_CALL_BIND) ? SWB_STATE_BOUND : SWB_STATE_CREATED;
}

static void
begin_socket (SwbPane *self, int fd, SwbState state)
{
  SwbConnection *socket = self->socket;

  socket->fd = fd;
  socket->state = state;
  socket->local = (SwbAddress){ 0 };
  socket->peer = (SwbAddress){ 0 };
  socket->n_sent = socket->n_received = socket->n_waiting = 0;
  self->v6only = -1;
  self->done = 0;
  g_ptr_array_set_size (self->options, 0);
}

static void
take_role (SwbPane *self, SwbRole role)
{
  if (!self->has_role)
    self->role = role;
}

/* --- calls --- */

static void
fold_accept (SwbPane *self, const SwbRecord *record)
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
      set_failure (self, SWB_CALL_CONNECT, value, &peer, record, position);
    }
  else if (swb_pane_has_connections (self) && breaks_connection (value))
    connection->state = SWB_STATE_RESET;
}

static void
fold_recv (SwbPane *self, SwbConnection *connection, const SwbRecord *record)
{
  if (record->ints[1] & MSG_PEEK)
    return;

  /* The log of another program may have fewer bytes than came; of a datagram, MSG_TRUNC
   * gives more than came. */
  guint64 n = record->ints[1] & MSG_TRUNC
                  ? record->n_data
                  : MAX (record->n_data, (guint64)MAX (record->result, 0));
  connection->n_received += n;
  self->n_received += n;
  if (record->result != 0 || !swb_pane_has_connections (self) || record->ints[0] == 0)
    return;

  if (connection->state == SWB_STATE_CONNECTED)
    connection->state = SWB_STATE_PEER_CLOSED;
  else if (connection->state == SWB_STATE_SHUT)
    connection->state = SWB_STATE_CLOSED;
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
fold_listening (SwbConnection *connection, const SwbRecord *record)
{
  int value = 0;

  if (record->n_data >= sizeof value)
    memcpy (&value, record->data, sizeof value);
  if (value == 1)
    connection->state = SWB_STATE_LISTENING;
}

static void
fold_close (SwbPane *self, SwbConnection *connection)
{
  if (connection == self->socket)
    self->done = 0;
  else if (connection->fd >= 0)
    swb_connection_list_note_closed (self->open, connection);
  connection->state = SWB_STATE_CLOSED;
  connection->fd = -1;
  connection->n_waiting = 0;
}

static void
fold_success (SwbPane *self, SwbConnection *connection, const SwbRecord *record,
              guint64 position)
{
  switch (record->call)
    {
    case SWB_CALL_SOCKET:
      begin_socket (self, record->result, SWB_STATE_CREATED);
      break;
    case SWB_CALL_SOCKETPAIR:
      if (record->n_data >= 2 * sizeof (int))
        {
          int fd;

          memcpy (&fd, record->data, sizeof fd);
          begin_socket (self, fd, SWB_STATE_CONNECTED);
        }
      break;
    case SWB_CALL_BIND:
      connection->local = record->address;
      if (connection->state <= SWB_STATE_CREATED)
        connection->state = SWB_STATE_BOUND;
      break;
    case SWB_CALL_LISTEN:
      if (swb_pane_has_connections (self))
        connection->state = SWB_STATE_LISTENING;
      take_role (self, SWB_ROLE_SERVER);
      break;
    case SWB_CALL_ACCEPT:
      fold_accept (self, record);
      break;
    case SWB_CALL_CONNECT:
      fold_connect (self, connection, record);
      break;
    case SWB_CALL_GETSOCKNAME:
      if (is_taken (self, connection, record))
        begin_socket (self, record->fd, SWB_STATE_CREATED);
      fold_local (self, connection, record);
      break;
    case SWB_CALL_GETPEERNAME:
      connection->peer = record->address;
      if (record->origin == SWB_ORIGIN_ENGINE && connection->state <= SWB_STATE_BOUND)
        connection->state = SWB_STATE_CONNECTED;
      break;
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
    case SWB_CALL_WRITE:
    case SWB_CALL_SENDMSG:
      connection->n_sent += (guint64)MAX (record->result, 0);
      self->n_sent += (guint64)MAX (record->result, 0);
      break;
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
    case SWB_CALL_READ:
    case SWB_CALL_RECVMSG:
      fold_recv (self, connection, record);
      break;
    case SWB_CALL_SHUTDOWN:
      fold_shutdown (self, connection, record);
      break;
    case SWB_CALL_CLOSE:
      fold_close (self, connection);
      break;
    case SWB_CALL_SETSOCKOPT:
      if (connection == self->socket && is_asked_for (record))
        swb_pane_keep_option (self, record);
      if (connection == self->socket)
        swb_pane_fold_option (self, record);
      break;
    case SWB_CALL_GETSOCKOPT:
      if (record->ints[0] == SOL_SOCKET && record->ints[1] == SO_ERROR)
        fold_socket_error (self, connection, record, position);
      else if (record->origin == SWB_ORIGIN_ENGINE && record->ints[0] == SOL_SOCKET
               && record->ints[1] == SO_ACCEPTCONN)
        fold_listening (connection, record);
      else if (connection == self->socket)
        swb_pane_fold_option (self, record);
      break;
    default:
      break;
    }

  set_done (self, connection, record->call);
  if (self->failure.call == record->call && is_asked_for (record))
    clear_failure (self);
}

static void
fold_refusal (SwbPane *self, SwbConnection *connection, const SwbRecord *record,
              guint64 position)
{
  SwbDataUse use = swb_call_get_info (record->call)->data;
  gboolean carries = use == SWB_DATA_IN || use == SWB_DATA_OUT;

  if (record->call == SWB_CALL_CLOSE) /* the descriptor is gone all the same: close(2) */
    fold_close (self, connection);
  else if (record->call == SWB_CALL_CONNECT && !is_no_failure (record->error)
           && connection->state == SWB_STATE_CONNECTING && record->error != EALREADY)
    connection->state = unconnected_state (self);
  else if (record->call == SWB_CALL_CONNECT)
    fold_connect (self, connection, record);
  else if (carries && swb_pane_has_connections (self) && breaks_connection (record->error)
           && connection->state >= SWB_STATE_CONNECTING)
    connection->state = SWB_STATE_RESET;

  if (!is_no_failure (record->error)
      && (is_asked_for (record) || record->call == SWB_CALL_CONNECT
          || record->call == SWB_CALL_SOCKET))
    set_failure (self, record->call, record->error, &record->address, record, position);
}

static void
fold_call (SwbPane *self, const SwbRecord *record, guint64 position)
{
  SwbConnection *connection = swb_pane_find_connection (self, record->connection);

  self->n_calls++;
  if (connection == NULL)
    return;
  if (record->call == SWB_CALL_CONNECT && connection == self->socket)
    swb_pane_fold_tried (self, &record->address);
  if (record->error == 0)
    fold_success (self, connection, record, position);
  else
    fold_refusal (self, connection, record, position);
}

/* --- commands, outcomes, notes --- */

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* An empty title is none: the pane is then called by its name. */
static void
set_title (SwbPane *self, const char *title)
{
  set_text (&self->title, title != NULL && title[0] != '\0' ? title : NULL);
}

/* The pane command of one that was removed: it is as a new one, but has its past. */
static void
bring_back (SwbPane *self, const SwbCommand *command)
{
  self->removed = FALSE;
  set_text (&self->name, command->pane);
  set_title (self, command->title);
  self->accept_auto = self->recv_auto = TRUE;
  self->reply = SWB_REPLY_NONE;
  set_text (&self->reply_line, NULL);
  begin_socket (self, -1, SWB_STATE_NONE);
}

static void
fold_parsed (SwbPane *self, const SwbCommand *command)
{
  switch (command->verb)
    {
    case SWB_VERB_PANE:
      if (self->removed)
        bring_back (self, command);
      break;
    case SWB_VERB_TITLE:
      set_title (self, command->title);
      break;
    case SWB_VERB_ACCEPT_MODE:
      self->accept_auto = command->numbers[0];
      break;
    case SWB_VERB_RECV_MODE:
      self->recv_auto = command->numbers[0] != FALSE;
      if (self->recv_auto)
        memcpy (self->recv_mode, command->numbers, sizeof self->recv_mode);
      break;
    case SWB_VERB_REPLY:
      self->reply = (SwbReply)command->numbers[0];
      break;
    case SWB_VERB_BIND:
      set_text (&self->bind_text, command->address);
      break;
    case SWB_VERB_CONNECT:
      set_text (&self->connect_text, command->address);
      break;
    case SWB_VERB_SOCKETPAIR:
      set_text (&self->pair, command->other);
      break;
    default:
      break;
    }
}

/* Most commands that stream by are sends, of which the verb is all that matters here. */
static void
fold_command (SwbPane *self, const SwbRecord *record)
{
  g_autofree char *text = g_strndup ((const char *)record->data, record->n_data);
  SwbPending pending = { (guint64)record->ints[0], swb_command_peek_verb (text) };

  clear_failure (self);
  if (pending.verb == SWB_VERB_REPLY)
    {
      self->reply = SWB_REPLY_FIXED;
      set_text (&self->reply_line, NULL);
    }
  if (pending.verb != SWB_VERB_SEND && pending.verb != SWB_VERB_SENDTO)
    {
      g_autoptr (SwbCommand) command = swb_command_parse (text, NULL, NULL);

      if (command != NULL)
        {
          pending.verb = command->verb;
          fold_parsed (self, command);
          if (command->verb == SWB_VERB_REPLY)
            set_text (&self->reply_line, text);
          if (swb_command_is_receive_buffer (command))
            set_text (&self->rcvbuf_line, text);
        }
    }
  g_array_append_val (self->pending, pending);
}

static void
fold_outcome (SwbPane *self, const SwbRecord *record)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      SwbPending pending = g_array_index (self->pending, SwbPending, i);

      if (pending.id != (guint64)record->ints[0])
        continue;
      g_array_remove_index (self->pending, i);
      if (pending.verb == SWB_VERB_REMOVE && record->error == 0)
        self->removed = TRUE;
      return;
    }
}

static SwbCall
call_of_verb (SwbVerb verb)
{
  return verb > SWB_VERB_NONE && verb < SWB_VERB_PANE
             ? swb_call_from_name (swb_verb_get_name (verb))
             : SWB_CALL_NONE;
}

static void
set_detail (SwbPane *self, const SwbRecord *record)
{
  g_free (self->failure.detail);
  self->failure.detail = g_strndup ((const char *)record->data, record->n_data);
}

/* The command never came to a call, so its verb stands for one. */
static void
fold_problem (SwbPane *self, const SwbRecord *record, guint64 position)
{
  SwbVerb verb = SWB_VERB_NONE;

  if (self->failure.call == SWB_CALL_NONE && self->pending->len > 0)
    {
      verb = g_array_index (self->pending, SwbPending, self->pending->len - 1).verb;
      set_failure (self, call_of_verb (verb), 0, &record->address, record, position);
    }
  set_detail (self, record);
}

static void
fold_note (SwbPane *self, const SwbRecord *record, guint64 position)
{
  SwbConnection *connection = swb_pane_find_connection (self, record->connection);

  switch (record->note)
    {
    case SWB_NOTE_WAITING:
      if (connection != NULL)
        connection->n_waiting = (guint64)record->ints[0];
      break;
    case SWB_NOTE_DRAINED:
      if (connection != NULL)
        connection->n_waiting = 0;
      break;
    case SWB_NOTE_RESOLVED:
      swb_pane_fold_resolved (self, record);
      break;
    case SWB_NOTE_HOLDER:
    case SWB_NOTE_STALE:
    case SWB_NOTE_CAUSE:
      if (self->failure.call != SWB_CALL_NONE)
        {
          set_detail (self, record);
          self->failure.stale = record->note == SWB_NOTE_STALE;
        }
      break;
    case SWB_NOTE_PROBLEM:
      fold_problem (self, record, position);
      break;
    case SWB_NOTE_FLOW:
      swb_pane_fold_flow (self, record);
      break;
    default:
      break;
    }
}

void
swb_pane_fold (SwbPane *self, const SwbRecord *record, guint64 position)
{
  self->dirty = TRUE;
  switch (record->kind)
    {
    case SWB_RECORD_CALL:
      fold_call (self, record, position);
      break;
    case SWB_RECORD_COMMAND:
      fold_command (self, record);
      break;
    case SWB_RECORD_OUTCOME:
      fold_outcome (self, record);
      break;
    case SWB_RECORD_NOTE:
      fold_note (self, record, position);
      break;
    case SWB_RECORD_PACKET:
      swb_pane_fold_packet (self, record);
      break;
    }
}

void
swb_pane_fold_pair (SwbPane *self, int fd)
{
  self->dirty = TRUE;
  begin_socket (self, fd, SWB_STATE_CONNECTED);
  self->done |= 1u << SWB_CALL_SOCKETPAIR;
}
