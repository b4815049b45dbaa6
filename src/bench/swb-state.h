/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Where a socket stands, as its calls and their answers say, and the words for it. Constant data, any thread. */

G_BEGIN_DECLS

typedef enum
{
  SWB_STATE_NONE,        /* no socket yet */
  SWB_STATE_CREATED,     /* socket() */
  SWB_STATE_BOUND,
  SWB_STATE_LISTENING,
  SWB_STATE_CONNECTING,
  SWB_STATE_CONNECTED,
  SWB_STATE_PEER_CLOSED, /* recv returned 0: we can still send */
  SWB_STATE_SHUT,        /* we shut our side down: we can still receive */
  SWB_STATE_RESET,       /* ECONNRESET, EPIPE and their like */
  SWB_STATE_CLOSED,      /* close(), or both sides have shut down and only close() is left */
} SwbState;

/* "CLOSED", "BOUND", "LISTEN", "SYN_SENT" (stream over inet; else "CONNECTING"), "ESTABLISHED" ("CONNECTED"), "CLOSE_WAIT", "FIN_WAIT"…: the word of the pill */
const char *swb_state_get_name (SwbState state, int domain, int type);
/* A sentence for a learner, translated. */
const char *swb_state_explain (SwbState state);
/* Either word of a state; %FALSE and @state untouched when @name is none. */
gboolean swb_state_from_name (const char *name, SwbState *state);

G_END_DECLS
