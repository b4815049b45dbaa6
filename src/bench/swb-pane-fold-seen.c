/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

/* What a capture shows: packets and connections that were seen from outside, without calls.
 */

/* As in the header of TCP. */
#define TCP_FIN 0x01
#define TCP_RST 0x04

/* Both ends are seen from outside: what goes in has been sent by the peer. */
void
swb_pane_fold_packet (SwbPane *self, const SwbRecord *record)
{
  SwbConnection *connection = swb_pane_find_connection (self, record->connection);
  gboolean is_out = (record->packet & SWB_PACKET_OUT) != 0;
  gboolean is_tcp = (record->packet & SWB_PACKET_PROTOCOL) == IPPROTO_TCP;
  guint64 n = (guint64)MAX (record->result, 0);

  if (connection == NULL)
    return;

  *(is_out ? &connection->n_sent : &connection->n_received) += n;
  *(is_out ? &self->n_sent : &self->n_received) += n;
  if (is_tcp && (record->ints[0] & TCP_RST) != 0)
    connection->state = SWB_STATE_RESET;
  else if (is_tcp && (record->ints[0] & TCP_FIN) != 0)
    {
      SwbState other = is_out ? SWB_STATE_PEER_CLOSED : SWB_STATE_SHUT;
      SwbState own = is_out ? SWB_STATE_SHUT : SWB_STATE_PEER_CLOSED;

      connection->state
          = connection->state == other || connection->state == SWB_STATE_CLOSED
                ? SWB_STATE_CLOSED
                : own;
    }
}

/* A connection that was seen from outside, or with number 0 where its pane is. */
void
swb_pane_fold_flow (SwbPane *self, const SwbRecord *record)
{
  if (record->connection == SWB_CONNECTION_NONE)
    {
      self->socket->local = record->address;
      self->socket->state
          = self->type == SOCK_STREAM ? SWB_STATE_LISTENING : SWB_STATE_BOUND;
      if (!self->has_role)
        self->role = SWB_ROLE_SERVER;
      return;
    }
  if (record->connection != self->accepted->len + 1)
    return;

  SwbConnection *connection
      = swb_connection_new (self->accepted->len + 1, -1, SWB_STATE_CONNECTED);
  connection->is_seen = TRUE;
  connection->peer = record->address;
  connection->local = self->socket->local;
  g_ptr_array_add (self->accepted, connection);
  swb_connection_list_append (self->open, connection);
}
