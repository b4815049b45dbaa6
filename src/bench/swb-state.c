/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-state.h"

#include <glib/gi18n.h>
#include <sys/socket.h>

typedef struct
{
  const char *tcp; /* as ss and netstat have it */
  const char *other;
  const char *sentence;
} StateRow;

static const StateRow rows[] = {
  [SWB_STATE_NONE] = { "NONE", "NONE", N_ ("There is no socket yet; socket makes one.") },
  [SWB_STATE_CREATED]
  = { "CREATED", "CREATED", N_ ("The socket exists, without an address.") },
  [SWB_STATE_BOUND] = { "BOUND", "BOUND", N_ ("The socket has a local address.") },
  [SWB_STATE_LISTENING]
  = { "LISTEN", "LISTEN",
      N_ ("The kernel completes connections and keeps them for accept.") },
  [SWB_STATE_CONNECTING] = { "SYN_SENT", "CONNECTING",
                             N_ ("connect has asked the peer and waits for its answer.") },
  [SWB_STATE_CONNECTED]
  = { "ESTABLISHED", "CONNECTED", N_ ("Both sides can send and receive.") },
  [SWB_STATE_PEER_CLOSED]
  = { "CLOSE_WAIT", "PEER_CLOSED",
      N_ ("The peer will send nothing more (recv returned 0); this side still can.") },
  [SWB_STATE_SHUT]
  = { "FIN_WAIT", "SHUT",
      N_ ("This side will send nothing more (shutdown); the peer still can.") },
  [SWB_STATE_RESET]
  = { "RESET", "RESET", N_ ("The connection was broken off; what was under way is lost.") },
  [SWB_STATE_CLOSED]
  = { "CLOSED", "CLOSED", N_ ("It has ended: nothing can be sent or received any more.") },
};

static const StateRow *
get_row (SwbState state)
{
  return &rows[(guint)state < G_N_ELEMENTS (rows) ? state : SWB_STATE_NONE];
}

const char *
swb_state_get_name (SwbState state, int domain, int type)
{
  gboolean tcp = type == SOCK_STREAM && (domain == AF_INET || domain == AF_INET6);

  return tcp ? get_row (state)->tcp : get_row (state)->other;
}

const char *
swb_state_explain (SwbState state)
{
  return _ (get_row (state)->sentence);
}

gboolean
swb_state_from_name (const char *name, SwbState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].tcp, name) || g_str_equal (rows[i].other, name))
      {
        *state = (SwbState)i;
        return TRUE;
      }
  return FALSE;
}
