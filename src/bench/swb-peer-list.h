/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-peer.h"

/* The peers of a pane, as a model that announces a turn's newcomers in one go. Private to the fold and the pane. */

G_BEGIN_DECLS

#define SWB_TYPE_PEER_LIST (swb_peer_list_get_type ())
G_DECLARE_FINAL_TYPE (SwbPeerList, swb_peer_list, SWB, PEER_LIST, GObject)

SwbPeerList *swb_peer_list_new (void);

/* A datagram of @n_bytes came from @from; one that is not known yet becomes a peer. */
void swb_peer_list_heard (SwbPeerList *self, const SwbAddress *from, guint64 n_bytes, gint64 time_ns);

/* A datagram was sent to @to, which need not be known. */
void swb_peer_list_told (SwbPeerList *self, const SwbAddress *to, guint64 n_bytes);

/* Another socket: it has heard of nobody. The numbers go on. */
void swb_peer_list_clear (SwbPeerList *self);

gboolean swb_peer_list_get (SwbPeerList *self, guint number, SwbPeerState *state);
guint64 swb_peer_list_get_n_forgotten (SwbPeerList *self);
void swb_peer_list_flush (SwbPeerList *self);

G_END_DECLS
