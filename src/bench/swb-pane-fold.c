/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"
#include "journal/notation/swb-note-text.h"

#include <string.h>

/* What commands, their outcomes and notes make of a pane. */

void
swb_pane_clear_failure (SwbPane *self)
{
  g_clear_pointer (&self->failure.detail, g_free);
  self->failure = (SwbFailure){ 0 };
}

void
swb_pane_set_failure (SwbPane *self, SwbCall call, int error, const SwbAddress *address,
                      const SwbRecord *record, guint64 position)
{
  swb_pane_clear_failure (self);
  self->failure.call = call;
  self->failure.error = error;
  self->failure.connection = record->connection;
  self->failure.position = position;
  self->failure.address = *address;
}

void
swb_pane_begin_socket (SwbPane *self, int fd, SwbState state)
{
  SwbConnection *socket = self->socket;

  socket->fd = fd;
  socket->state = state;
  socket->local = (SwbAddress){ 0 };
  socket->peer = (SwbAddress){ 0 };
  socket->n_sent = socket->n_received = 0;
  self->v6only = -1;
  self->n_queued = -1;
  swb_peer_list_clear (self->peers);
  self->done = 0;
  g_ptr_array_set_size (self->options, 0);
}

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
  swb_pane_begin_socket (self, -1, SWB_STATE_NONE);
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
SwbVerb
swb_pane_fold_line (SwbPane *self, const char *text)
{
  SwbVerb verb = swb_command_peek_verb (text);
  g_autoptr (SwbCommand) command = NULL;

  if (verb == SWB_VERB_REPLY)
    {
      self->reply = SWB_REPLY_FIXED;
      set_text (&self->reply_line, NULL);
    }
  if (verb == SWB_VERB_SEND || verb == SWB_VERB_SENDTO)
    return verb;

  command = swb_command_parse (text, NULL, NULL);
  if (command == NULL)
    return verb;

  fold_parsed (self, command);
  if (command->verb == SWB_VERB_REPLY)
    set_text (&self->reply_line, text);
  if (swb_command_is_receive_buffer (command))
    set_text (&self->rcvbuf_line, text);
  return command->verb == SWB_VERB_NEXT ? SWB_VERB_CONNECT : command->verb;
}

static void
fold_command (SwbPane *self, const SwbRecord *record)
{
  g_autofree char *text = g_strndup ((const char *)record->data, record->n_data);
  SwbPending pending = { .id = (guint64)record->ints[0] };

  swb_pane_clear_failure (self);
  pending.verb = swb_pane_fold_line (self, text);
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
      swb_pane_set_failure (self, call_of_verb (verb), 0, &record->address, record,
                            position);
    }
  set_detail (self, record);
}

static void
fold_note (SwbPane *self, const SwbRecord *record, guint64 position)
{
  SwbConnection *connection = swb_pane_find_connection (self, record->connection);

  switch (record->note)
    {
    case SWB_NOTE_PEER:
    case SWB_NOTE_SENDER:
      if (connection != NULL)
        {
          g_free (connection->process);
          connection->process = swb_note_dup_process (record);
        }
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
    case SWB_NOTE_QUEUE:
      self->n_queued = record->ints[0];
      self->queue_limit = record->ints[1];
      break;
    case SWB_NOTE_FLOW:
      swb_pane_fold_flow (self, record);
      break;
    case SWB_NOTE_PANE:
      swb_pane_fold_summary (self, record, position);
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
      swb_pane_fold_call (self, record, position);
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
  swb_pane_begin_socket (self, fd, SWB_STATE_CONNECTED);
  self->done |= 1u << SWB_CALL_SOCKETPAIR;
}
