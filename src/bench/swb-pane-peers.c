/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

/* Who sends to a socket without connections. */

gboolean
swb_pane_has_peers (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);

  /* What a packet or CAN socket has from a message is where it came by, not whom one could
   * answer. */
  return (self->type == SOCK_DGRAM || self->type == SOCK_RDM) && self->domain != AF_PACKET
         && self->domain != AF_CAN && self->domain != AF_NETLINK;
}

static gboolean
is_a_peers (SwbPane *self, const SwbRecord *record)
{
  return record->connection == SWB_CONNECTION_NONE
         && record->address.length > sizeof (sa_family_t)
         && (record->ints[1] & (MSG_PEEK | MSG_ERRQUEUE)) == 0 && swb_pane_has_peers (self);
}

void
swb_pane_fold_heard (SwbPane *self, const SwbRecord *record, guint64 n_bytes)
{
  if (is_a_peers (self, record))
    swb_peer_list_heard (self->peers, &record->address, n_bytes, record->time_ns);
}

void
swb_pane_fold_told (SwbPane *self, const SwbRecord *record, guint64 n_bytes)
{
  if (is_a_peers (self, record))
    swb_peer_list_told (self->peers, &record->address, n_bytes);
}

GListModel *
swb_pane_get_peers (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), NULL);
  return G_LIST_MODEL (self->peers);
}

gboolean
swb_pane_get_peer (SwbPane *self, guint number, SwbPeerState *state)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);
  return swb_peer_list_get (self->peers, number, state);
}

guint64
swb_pane_get_n_peers_forgotten (SwbPane *self)
{
  g_return_val_if_fail (SWB_IS_PANE (self), 0);
  return swb_peer_list_get_n_forgotten (self->peers);
}

gboolean
swb_pane_get_queue (SwbPane *self, guint *n_queued, guint *limit)
{
  g_return_val_if_fail (SWB_IS_PANE (self), FALSE);

  if (self->n_queued < 0 || self->socket->state != SWB_STATE_LISTENING)
    return FALSE;
  if (n_queued != NULL)
    *n_queued = (guint)self->n_queued;
  if (limit != NULL)
    *limit = (guint)self->queue_limit;
  return TRUE;
}
