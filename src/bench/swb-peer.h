/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "net/swb-address.h"

/* Who sent to a socket without connections (UDP, unix datagrams): each address is a peer with a number, from 1 in the order in which they
 * were first heard of, never used twice. `server#2 send "…"` answers the second one.
 *
 * Made by the fold, as connections are; swb_pane_get_peers() lists them. There may be a million senders and memory is bounded: at most
 * %SWB_PEERS_MAX are listed, and when that is reached the eighth that was silent longest is forgotten (swb_pane_get_n_peers_forgotten()).
 * Items are made when they are looked at; main thread. */

G_BEGIN_DECLS

#define SWB_PEERS_MAX 131072u

typedef struct
{
  guint number;              /* from 1 */
  SwbAddress address;
  guint64 n_received;        /* datagrams that came from it */
  guint64 n_received_bytes;
  guint64 n_sent;            /* datagrams that were sent to it */
  guint64 n_sent_bytes;
  gint64 last_ns;            /* when it was heard of last: CLOCK_MONOTONIC, as SwbRecord.time_ns */
} SwbPeerState;

#define SWB_TYPE_PEER (swb_peer_get_type ())
G_DECLARE_FINAL_TYPE (SwbPeer, swb_peer, SWB, PEER, GObject)

/* The same object is given for the same peer as long as somebody holds it. */
guint swb_peer_get_number (SwbPeer *self);

/* As it is now. %FALSE, with @state as it was last known: it has been forgotten. */
gboolean swb_peer_get_state (SwbPeer *self, SwbPeerState *state);

G_END_DECLS
