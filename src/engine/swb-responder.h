/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-socket.h"

/* What a pane answers by itself: echo (RFC 862), discard (863), chargen (864), daytime
 * (867), fixed bytes. */

G_BEGIN_DECLS

#define SWB_RESPONDER_LIMIT                                                                \
  (1024u * 1024) /* bytes of answers that may wait; then the socket is read no more */

/* A connection was accepted, or the responder was chosen. */
void swb_responder_greet (SwbSocket *socket);

/* Bytes came. @from: (nullable): of an unconnected datagram socket */
void swb_responder_answer (SwbSocket *socket, const guint8 *data, gsize length,
                           const SwbAddress *from);

/* The peer has said its last. */
void swb_responder_end (SwbSocket *socket);

/* There is room to send: chargen goes on. */
void swb_responder_refill (SwbSocket *socket);

gboolean swb_responder_wants_to_send (SwbSocket *socket);

G_END_DECLS
