/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"
#include "net/swb-catalog.h"

#include <string.h>

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbPane, swb_pane, G_TYPE_OBJECT)

static void
swb_pane_finalize (GObject *object)
{
  SwbPane *self = SWB_PANE (object);

  g_free (self->name);
  g_free (self->title);
  g_free (self->bind_text);
  g_free (self->connect_text);
  g_free (self->reply_line);
  g_ptr_array_unref (self->options);
  g_free (self->rcvbuf_line);
  g_free (self->pair);
  g_free (self->failure.detail);
  g_array_unref (self->pending);
  g_array_unref (self->candidates);
  g_free (self->resolved);
  g_ptr_array_unref (self->accepted);
  g_object_unref (self->open);
  g_object_unref (self->peers);
  g_object_unref (self->socket);
  G_OBJECT_CLASS (swb_pane_parent_class)->finalize (object);
}

static void
swb_pane_class_init (SwbPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_pane_finalize;
  signals[CHANGED] = g_signal_new ("changed", SWB_TYPE_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
swb_pane_init (SwbPane *self)
{
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);
  self->accept_auto = TRUE;
  self->recv_auto = TRUE;
  self->recv_mode[0] = TRUE;
  self->socket = swb_connection_new (SWB_CONNECTION_NONE, -1, SWB_STATE_NONE);
  self->accepted = g_ptr_array_new_with_free_func (swb_unref_nullable);
  self->open = swb_connection_list_new ();
  self->peers = swb_peer_list_new ();
  self->n_queued = -1;
  self->v6only = -1;
  self->candidates = swb_pane_candidates_new ();
  self->pending = g_array_new (FALSE, FALSE, sizeof (SwbPending));
}

SwbPane *
swb_pane_new (guint id, const SwbCommand *command, guint64 position)
{
  SwbPane *self = g_object_new (SWB_TYPE_PANE, NULL);

  self->id = id;
  self->first_position = position;
  self->name = g_strdup (command->pane);
  self->title = g_strdup (command->title);
  self->domain = command->numbers[0];
  self->type = command->numbers[1];
  self->protocol = command->numbers[2];
  self->role = command->role;
  self->has_role = command->has_role;
  return self;
}

void
swb_pane_flush (SwbPane *self)
{
  if (!self->dirty)
    return;

  self->dirty = FALSE;
  swb_connection_list_flush (self->open);
  swb_peer_list_flush (self->peers);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
swb_pane_get_id (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->id;
}

const char *
swb_pane_get_name (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return self->name;
}

const char *
swb_pane_get_title (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return self->title ? self->title : self->name;
}

int
swb_pane_get_domain (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->domain;
}

int
swb_pane_get_socket_type (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->type;
}

int
swb_pane_get_protocol (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->protocol;
}

gboolean
swb_pane_has_connections (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);
  return swb_catalog_has_connections (self->domain, self->type);
}

SwbRole
swb_pane_get_role (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), SWB_ROLE_PLAIN);
  return self->role;
}

SwbConnection *
swb_pane_get_socket (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return self->socket;
}

SwbState
swb_pane_get_state (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), SWB_STATE_NONE);
  return self->socket->state;
}

GListModel *
swb_pane_get_connections (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return G_LIST_MODEL (self->open);
}

guint
swb_pane_find_open (SwbPane *self, guint number)
{
  g_return_val_if_fail (SWB_IS_PANE (self), G_MAXUINT);
  return swb_connection_list_find (self->open, number);
}

SwbConnection *
swb_pane_find_connection (SwbPane *self, guint number)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);

  if (number == SWB_CONNECTION_NONE)
    return self->socket;
  return number <= self->accepted->len ? self->accepted->pdata[number - 1] : NULL;
}

guint
swb_pane_get_n_accepted (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->accepted->len;
}

guint64
swb_pane_get_n_calls (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->n_calls;
}

guint64
swb_pane_get_n_sent (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->n_sent;
}

guint64
swb_pane_get_n_received (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->n_received;
}

const SwbFailure *
swb_pane_get_failure (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return &self->failure;
}

gboolean
swb_pane_get_accept_auto (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);
  return self->accept_auto;
}

gboolean
swb_pane_get_recv_auto (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);
  return self->recv_auto;
}

void
swb_pane_get_recv_mode (SwbPane *self, int numbers[3])
{
  g_return_if_fail (SWB_IS_PANE (self));
  memcpy (numbers, self->recv_mode, sizeof self->recv_mode);
}

void
swb_pane_fold_option (SwbPane *self, const SwbRecord *record)
{
  int *place
      = record->call == SWB_CALL_SETSOCKOPT ? &self->rcvbuf_asked : &self->rcvbuf_given;

  if (record->ints[0] == SOL_SOCKET && record->n_data == sizeof *place
      && (record->ints[1] == SO_RCVBUF || record->ints[1] == SO_RCVBUFFORCE))
    memcpy (place, record->data, sizeof *place);
  if (record->ints[0] == IPPROTO_IPV6 && record->ints[1] == IPV6_V6ONLY
      && record->n_data == sizeof self->v6only)
    {
      memcpy (&self->v6only, record->data, sizeof self->v6only);
      self->v6only = self->v6only != 0;
    }
}

int
swb_pane_get_v6only (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), -1);
  return self->v6only;
}

int
swb_pane_get_receive_asked (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->rcvbuf_asked;
}

int
swb_pane_get_receive_given (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->rcvbuf_given;
}

char *
swb_pane_dup_receive_line (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return g_strdup (self->rcvbuf_line);
}

SwbReply
swb_pane_get_reply (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), SWB_REPLY_NONE);
  return self->reply;
}

gboolean
swb_pane_has_done (SwbPane *self, SwbCall call)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);
  return call < SWB_N_CALLS && (self->done & (1u << call)) != 0;
}

gboolean
swb_pane_is_removed (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);
  return self->removed;
}

gboolean
swb_pane_is_waiting (SwbPane *self, SwbVerb verb, guint64 *command_id)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);

  for (guint i = 0; i < self->pending->len; i++)
    {
      const SwbPending *pending = &g_array_index (self->pending, SwbPending, i);

      if (pending->verb != verb)
        continue;
      if (command_id != NULL)
        *command_id = pending->id;
      return TRUE;
    }
  return FALSE;
}

guint64
swb_pane_get_first_position (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return self->first_position;
}

char *
swb_pane_dup_bind_text (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return g_strdup (self->bind_text);
}

char *
swb_pane_dup_connect_text (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return g_strdup (self->connect_text);
}

char *
swb_pane_dup_reply_line (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return g_strdup (self->reply_line);
}

SwbCommand *
swb_pane_new_command (SwbPane *self, const char *name)
{
  SwbCommand *command = swb_command_new (SWB_VERB_PANE, name, SWB_CONNECTION_NONE);

  command->numbers[0] = self->domain;
  command->numbers[1] = self->type;
  command->numbers[2] = self->protocol;
  command->title = g_strdup (self->title);
  command->role = self->role;
  command->has_role = command->role != SWB_ROLE_PLAIN;
  return command;
}
