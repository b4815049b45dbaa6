/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-private.h"

#include <glib/gi18n.h>

/* Addresses that a command means without naming them: of a peer by its number, the next one
 * of a name. What a pane knows decides, when the command's turn has come. */

/* Returns: whether there are any. */
static gboolean
use_all_peers (SwbPane *pane, SwbOrder *order)
{
  GListModel *peers = swb_pane_get_peers (pane);
  guint n = g_list_model_get_n_items (peers);

  order->addresses = g_new0 (SwbAddress, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwbPeer) peer = g_list_model_get_item (peers, i);
      SwbPeerState state;

      swb_peer_get_state (peer, &state);
      order->addresses[order->n_addresses++] = state.address;
    }
  return n > 0;
}

char *
swb_bench_aim_at_peer (SwbBench *self, guint number, SwbOrder *order)
{
  SwbPane *pane = swb_fold_get_pane (self->fold, order->pane);
  SwbPeerState state;

  if (pane == NULL || (number == SWB_CONNECTION_ALL && !use_all_peers (pane, order)))
    return g_strdup (_ ("Nobody has sent anything to this socket yet"));
  if (number == SWB_CONNECTION_ALL)
    return NULL;
  if (!swb_pane_get_peer (pane, number, &state))
    return g_strdup_printf (
        _ ("Nobody with the number %u has sent anything to this socket (any more)"),
        number);

  order->address = state.address;
  return NULL;
}

/* What is left of a name, and no socket of this domain reaches. */
static char *
explain_other_domain (SwbPane *pane)
{
  SwbCandidate candidate;

  for (guint i = 0; swb_pane_get_candidate (pane, i, &candidate); i++)
    if (!candidate.is_reachable)
      {
        g_autofree char *shown = swb_address_print (&candidate.address);

        return candidate.address.family == AF_INET6
                   /* Translators: an address */
                   ? g_strdup_printf (
                       _ ("No IPv4 address is left to try; a pane of AF_INET6 could "
                          "try %s"),
                       shown)
                   : g_strdup_printf (
                       _ ("No IPv6 address is left to try; a pane of AF_INET could "
                          "try %s"),
                       shown);
      }
  return g_strdup (_ ("Every address of the name has been tried"));
}

char *
swb_bench_aim_at_next (SwbBench *self, SwbOrder *order)
{
  SwbPane *pane = swb_fold_get_pane (self->fold, order->pane);
  SwbCandidate first;

  if (pane == NULL || !swb_pane_get_candidate (pane, 0, &first))
    return g_strdup (_ ("No name was resolved for this pane: there is no next address"));
  if (swb_pane_get_failure (pane)->call != SWB_CALL_CONNECT)
    return g_strdup (_ ("No connect to the name has failed: there is nothing to try next"));
  if (!swb_pane_get_next_address (pane, &order->address))
    return explain_other_domain (pane);
  return NULL;
}
