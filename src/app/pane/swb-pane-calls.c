/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-calls.h"

#include "net/swb-catalog.h"

#include <glib/gi18n.h>

static gboolean
is_stream (SwbPane *pane)
{
  return swb_pane_has_connections (pane);
}

/* Frames go where each says: packet(7). */
gboolean
swb_pane_calls_can_connect (SwbPane *pane)
{
  return swb_pane_get_domain (pane) != AF_PACKET
         && swb_pane_get_socket_type (pane) != SOCK_PACKET;
}

/* Netlink has one whom everybody writes to. */
gboolean
swb_pane_calls_wants_peer (SwbPane *pane)
{
  return swb_pane_calls_can_connect (pane) && swb_pane_get_domain (pane) != AF_NETLINK;
}

static gboolean
belongs (SwbPane *pane, SwbVerb verb)
{
  SwbRole role = swb_pane_get_role (pane);

  switch (verb)
    {
    case SWB_VERB_LISTEN:
      return swb_catalog_has_listen (swb_pane_get_domain (pane),
                                     swb_pane_get_socket_type (pane))
             && role != SWB_ROLE_CLIENT;
    case SWB_VERB_ACCEPT:
      return is_stream (pane) && role != SWB_ROLE_CLIENT;
    case SWB_VERB_CONNECT:
      return swb_pane_calls_can_connect (pane)
             && (!is_stream (pane) || role != SWB_ROLE_SERVER);
    case SWB_VERB_SHUTDOWN:
      return is_stream (pane);
    case SWB_VERB_RECV:
      return is_stream (pane) && !swb_pane_get_recv_auto (pane);
    case SWB_VERB_RECVFROM:
      return !is_stream (pane) && !swb_pane_get_recv_auto (pane);
    default:
      return TRUE;
    }
}

/* A plain stream that is connected has no use for the calls of servers and clients any
 * more, and one that listens none for those of clients: seven buttons would not fit beside
 * each other. */
static gboolean
is_past (SwbPane *pane, SwbVerb verb)
{
  SwbState state = swb_pane_get_state (pane);
  gboolean of_others = state >= SWB_STATE_CONNECTED
                           ? verb >= SWB_VERB_BIND && verb <= SWB_VERB_CONNECT
                           : verb == SWB_VERB_CONNECT || verb == SWB_VERB_SHUTDOWN;

  return swb_pane_get_role (pane) == SWB_ROLE_PLAIN && is_stream (pane)
         && (state == SWB_STATE_LISTENING || state >= SWB_STATE_CONNECTED) && of_others
         && swb_pane_calls_get_standing (pane, verb) == SWB_STANDING_IMPOSSIBLE;
}

guint
swb_pane_calls_list (SwbPane *pane, SwbVerb verbs[SWB_PANE_CALLS_MAX])
{
  static const SwbVerb order[] = {
    SWB_VERB_SOCKET,   SWB_VERB_BIND,     SWB_VERB_LISTEN,
    SWB_VERB_ACCEPT,   SWB_VERB_CONNECT,  SWB_VERB_RECV,
    SWB_VERB_RECVFROM, SWB_VERB_SHUTDOWN, SWB_VERB_CLOSE,
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (belongs (pane, order[i]) && !is_past (pane, order[i]))
      verbs[n++] = order[i];
  return n;
}

static gboolean
has_socket (SwbState state)
{
  return state != SWB_STATE_NONE && state != SWB_STATE_CLOSED;
}

/* Ended in both directions, but with its descriptor still open: there is close to call, as
 * after a reset. */
static SwbState
get_state (SwbPane *pane)
{
  SwbState state = swb_pane_get_state (pane);
  gboolean is_held = state == SWB_STATE_CLOSED
                     && swb_connection_get_fd (swb_pane_get_socket (pane)) >= 0;

  return is_held ? SWB_STATE_RESET : state;
}

static gboolean
has_peer (SwbState state)
{
  return state == SWB_STATE_CONNECTED || state == SWB_STATE_PEER_CLOSED
         || state == SWB_STATE_SHUT;
}

static SwbStanding
judge_bind (SwbPane *pane, SwbState state)
{
  gboolean wanted = swb_pane_get_role (pane) != SWB_ROLE_CLIENT;

  if (state == SWB_STATE_CREATED)
    return wanted ? SWB_STANDING_NEXT : SWB_STANDING_POSSIBLE;
  return has_socket (state) ? SWB_STANDING_IMPOSSIBLE : SWB_STANDING_POSSIBLE;
}

static SwbStanding
judge_connect (SwbPane *pane, SwbState state)
{
  gboolean fresh = state == SWB_STATE_CREATED || state == SWB_STATE_BOUND;

  if (!has_socket (state))
    return SWB_STANDING_POSSIBLE;
  if (fresh && swb_pane_get_role (pane) == SWB_ROLE_CLIENT
      && swb_pane_calls_wants_peer (pane))
    return SWB_STANDING_NEXT;
  /* A datagram socket may be connected again, to another peer: connect(2). */
  if (fresh || (!is_stream (pane) && state != SWB_STATE_CONNECTING))
    return SWB_STANDING_POSSIBLE;
  return SWB_STANDING_IMPOSSIBLE;
}

static SwbStanding
judge_listen (SwbPane *pane, SwbState state)
{
  if (state == SWB_STATE_BOUND)
    return swb_pane_get_role (pane) == SWB_ROLE_PLAIN ? SWB_STANDING_POSSIBLE
                                                      : SWB_STANDING_NEXT;
  return SWB_STANDING_IMPOSSIBLE;
}

static SwbStanding
judge_accept (SwbPane *pane, SwbState state)
{
  if (state != SWB_STATE_LISTENING)
    return SWB_STANDING_IMPOSSIBLE;
  return swb_pane_get_accept_auto (pane) ? SWB_STANDING_AUTOMATIC : SWB_STANDING_NEXT;
}

/* What needs a peer: a server has it in its connections. */
static SwbStanding
judge_moving (SwbPane *pane, SwbState state)
{
  gboolean any = g_list_model_get_n_items (swb_pane_get_connections (pane)) > 0;

  if (has_peer (state) || any || (!is_stream (pane) && has_socket (state)))
    return SWB_STANDING_POSSIBLE;
  return SWB_STANDING_IMPOSSIBLE;
}

static SwbStanding
judge_close (SwbState state)
{
  if (state == SWB_STATE_PEER_CLOSED || state == SWB_STATE_RESET)
    return SWB_STANDING_NEXT;
  return has_socket (state) ? SWB_STANDING_POSSIBLE : SWB_STANDING_IMPOSSIBLE;
}

static SwbStanding
judge (SwbPane *pane, SwbVerb verb, SwbState state)
{
  switch (verb)
    {
    case SWB_VERB_SOCKET:
      return has_socket (state) ? SWB_STANDING_DONE : SWB_STANDING_NEXT;
    case SWB_VERB_BIND:
      return judge_bind (pane, state);
    case SWB_VERB_LISTEN:
      return judge_listen (pane, state);
    case SWB_VERB_ACCEPT:
      return judge_accept (pane, state);
    case SWB_VERB_CONNECT:
      return judge_connect (pane, state);
    case SWB_VERB_RECV:
    case SWB_VERB_RECVFROM:
    case SWB_VERB_RECVMSG:
    case SWB_VERB_RECVMMSG:
    case SWB_VERB_SHUTDOWN:
      return judge_moving (pane, state);
    case SWB_VERB_CLOSE:
      return judge_close (state);
    default:
      return SWB_STANDING_POSSIBLE;
    }
}

SwbStanding
swb_pane_calls_get_standing (SwbPane *pane, SwbVerb verb)
{
  SwbState state = get_state (pane);
  gboolean done
      = has_socket (state) && swb_pane_has_done (pane, swb_pane_calls_from_verb (verb));
  SwbStanding standing;

  if (swb_pane_is_waiting (pane, verb, NULL)
      || (verb == SWB_VERB_CONNECT && state == SWB_STATE_CONNECTING))
    return SWB_STANDING_WAITING;

  standing = judge (pane, verb, state);
  if (done && standing == SWB_STANDING_IMPOSSIBLE)
    return SWB_STANDING_DONE;
  return standing;
}

SwbVerb
swb_pane_calls_get_chain_begin (SwbPane *pane)
{
  SwbState state = get_state (pane);
  SwbRole role = swb_pane_get_role (pane);
  gboolean fresh = !has_socket (state) || state == SWB_STATE_CREATED;

  if (role == SWB_ROLE_CLIENT && swb_pane_calls_wants_peer (pane))
    return fresh || state == SWB_STATE_BOUND ? SWB_VERB_CONNECT : SWB_VERB_NONE;
  if (fresh)
    return SWB_VERB_BIND;
  if (state == SWB_STATE_BOUND && role == SWB_ROLE_SERVER && is_stream (pane))
    return SWB_VERB_LISTEN;
  return SWB_VERB_NONE;
}

const char *
swb_standing_get_word (SwbStanding standing)
{
  switch (standing)
    {
    case SWB_STANDING_POSSIBLE:
      /* Translators: how a system call of a socket stands: it can be made now */
      return _ ("possible");
    case SWB_STANDING_NEXT:
      /* Translators: how a system call of a socket stands: it is the usual next one */
      return _ ("next");
    case SWB_STANDING_WAITING:
      return _ ("waiting for its answer");
    case SWB_STANDING_AUTOMATIC:
      return _ ("made by itself as needed");
    case SWB_STANDING_DONE:
      return _ ("done");
    case SWB_STANDING_IMPOSSIBLE:
    default:
      return _ ("not possible now");
    }
}

const char *
swb_pane_calls_explain (SwbVerb verb)
{
  switch (verb)
    {
    case SWB_VERB_SOCKET:
      return _ ("Makes the socket");
    case SWB_VERB_BIND:
      return _ ("Gives the socket its own address");
    case SWB_VERB_LISTEN:
      return _ ("Lets the kernel queue connections that clients make");
    case SWB_VERB_ACCEPT:
      return _ ("Takes the next connection out of the queue");
    case SWB_VERB_CONNECT:
      return _ ("Reaches out to the peer’s address");
    case SWB_VERB_RECV:
    case SWB_VERB_RECVFROM:
    case SWB_VERB_RECVMSG:
    case SWB_VERB_RECVMMSG:
      return _ ("Takes bytes that have arrived");
    case SWB_VERB_SHUTDOWN:
      return _ ("Says “no more from me” (SHUT_WR); the menu has the other directions");
    case SWB_VERB_CLOSE:
      return _ ("Gives the socket back to the kernel");
    default:
      return "";
    }
}

SwbCall
swb_pane_calls_from_verb (SwbVerb verb)
{
  return swb_call_from_name (swb_verb_get_name (verb));
}
