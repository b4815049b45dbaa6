/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-order.h"

static const char *const verb_names[SWB_N_VERBS] = {
  [SWB_VERB_NONE] = "",
  [SWB_VERB_SOCKET] = "socket",
  [SWB_VERB_SOCKETPAIR] = "socketpair",
  [SWB_VERB_BIND] = "bind",
  [SWB_VERB_LISTEN] = "listen",
  [SWB_VERB_ACCEPT] = "accept",
  [SWB_VERB_CONNECT] = "connect",
  [SWB_VERB_SEND] = "send",
  [SWB_VERB_SENDTO] = "sendto",
  [SWB_VERB_RECV] = "recv",
  [SWB_VERB_RECVFROM] = "recvfrom",
  [SWB_VERB_RECVMSG] = "recvmsg",
  [SWB_VERB_SENDMSG] = "sendmsg",
  [SWB_VERB_RECVMMSG] = "recvmmsg",
  [SWB_VERB_SENDMMSG] = "sendmmsg",
  [SWB_VERB_SHUTDOWN] = "shutdown",
  [SWB_VERB_CLOSE] = "close",
  [SWB_VERB_SETSOCKOPT] = "setsockopt",
  [SWB_VERB_GETSOCKOPT] = "getsockopt",
  [SWB_VERB_IOCTL] = "ioctl",
  [SWB_VERB_GETSOCKNAME] = "getsockname",
  [SWB_VERB_GETPEERNAME] = "getpeername",
  [SWB_VERB_UNLINK] = "unlink",
  [SWB_VERB_PANE] = "pane",
  [SWB_VERB_REMOVE] = "remove",
  [SWB_VERB_ACCEPT_MODE] = "accept",
  [SWB_VERB_RECV_MODE] = "recv",
  [SWB_VERB_REPLY] = "reply",
  [SWB_VERB_TITLE] = "title",
  [SWB_VERB_NOTE] = "note",
  [SWB_VERB_QUEUE] = "queue",
  [SWB_VERB_NEXT] = "next",
  [SWB_VERB_TAKE] = "take",
  [SWB_VERB_WAIT] = "wait",
  [SWB_VERB_EXPECT] = "expect",
};

static const char *const reply_names[SWB_N_REPLIES] = {
  [SWB_REPLY_NONE] = "none",       [SWB_REPLY_ECHO] = "echo",
  [SWB_REPLY_DISCARD] = "discard", [SWB_REPLY_FIXED] = "fixed",
  [SWB_REPLY_DAYTIME] = "daytime", [SWB_REPLY_CHARGEN] = "chargen",
};

const char *
swb_verb_get_name (SwbVerb verb)
{
  return verb < SWB_N_VERBS ? verb_names[verb] : "";
}

const char *
swb_reply_get_name (SwbReply reply)
{
  return reply < SWB_N_REPLIES ? reply_names[reply] : "";
}

SwbOrder *
swb_order_new (SwbVerb verb, guint pane, guint connection)
{
  SwbOrder *order = g_new0 (SwbOrder, 1);

  order->verb = verb;
  order->pane = pane;
  order->connection = connection;
  order->within_ns = -1;
  return order;
}

void
swb_order_free (SwbOrder *order)
{
  if (order == NULL)
    return;

  g_free (order->text);
  g_free (order->addresses);
  g_free (order->path);
  g_clear_pointer (&order->bytes, g_bytes_unref);
  g_free (order);
}
