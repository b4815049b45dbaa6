/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "net/swb-address.h"

/* An order: one thing for the engine to do, with everything decided: numbers, a sockaddr,
 * bytes. Commands (bench/swb-command.h) are what people write; the bench resolves their
 * names and makes orders of them. An order belongs to whoever holds it and is handed over
 * to the engine by swb_engine_submit(). */

G_BEGIN_DECLS

/* The vocabulary that commands and orders share. */
typedef enum
{
  SWB_VERB_NONE,
  /* system calls */
  SWB_VERB_SOCKET,
  SWB_VERB_SOCKETPAIR,
  SWB_VERB_BIND,
  SWB_VERB_LISTEN,
  SWB_VERB_ACCEPT,
  SWB_VERB_CONNECT,
  SWB_VERB_SEND,
  SWB_VERB_SENDTO,
  SWB_VERB_RECV,
  SWB_VERB_RECVFROM,
  SWB_VERB_RECVMSG,
  SWB_VERB_SENDMSG,
  SWB_VERB_RECVMMSG,
  SWB_VERB_SENDMMSG,
  SWB_VERB_SHUTDOWN,
  SWB_VERB_CLOSE,
  SWB_VERB_SETSOCKOPT,
  SWB_VERB_GETSOCKOPT,
  SWB_VERB_IOCTL,
  SWB_VERB_GETSOCKNAME,
  SWB_VERB_GETPEERNAME,
  SWB_VERB_UNLINK,
  /* the bench's own, carried out by the engine */
  SWB_VERB_PANE,        /* make a pane; one that was removed comes back */
  SWB_VERB_REMOVE,      /* close all that a pane has and forget it */
  SWB_VERB_ACCEPT_MODE, /* accept auto, accept manual */
  SWB_VERB_RECV_MODE,   /* recv auto, recv manual; with which call */
  SWB_VERB_REPLY,       /* choose a responder */
  SWB_VERB_TITLE,       /* give a pane another title */
  SWB_VERB_NOTE,        /* append a note record */
  SWB_VERB_QUEUE,       /* tell how many connections wait to be accepted */
  SWB_VERB_NEXT,        /* connect to the next address of the name; an order has CONNECT */
  SWB_VERB_TAKE,        /* give a pane a socket that came with a message; without a pane: close it */
  /* the bench's own, carried out by a script */
  SWB_VERB_WAIT,
  SWB_VERB_EXPECT,
  SWB_N_VERBS
} SwbVerb;

typedef enum
{
  SWB_REPLY_NONE,
  SWB_REPLY_ECHO,    /* RFC 862 */
  SWB_REPLY_DISCARD, /* RFC 863 */
  SWB_REPLY_FIXED,   /* the same bytes to everything that comes */
  SWB_REPLY_DAYTIME, /* RFC 867 */
  SWB_REPLY_CHARGEN, /* RFC 864 */
  SWB_N_REPLIES
} SwbReply;

typedef struct
{
  SwbVerb verb;
  guint64
      id; /* the command's id, put into its COMMAND and OUTCOME records; 0: none are made */
  guint pane; /* 1…65535 */
  guint
      connection; /* 0: the pane's own socket, n: its nth connection, SWB_CONNECTION_ALL */
  char *text;     /* the command as text, for the COMMAND record; nullable */
  int numbers[3]; /* pane, socketpair: domain, type, protocol; listen: backlog; shutdown:
                   * how; send…: flags; recv…: room (0: default), flags, for recvmsg
                   * room for control messages (0: default, -1: none), for recvmmsg (and
                   * sendmmsg) how many messages; take: the descriptor; setsockopt,
                   * getsockopt: level, name (SWB_OPTION_ALL), room (0: the option's);
                   * ioctl: request; accept mode: TRUE for auto; recv mode: FALSE for manual, TRUE for
                   * auto with the usual call, or the SwbCall that receives, then room
                   * and flags of auto; note: SwbNote; reply:
                   * SwbReply */
  guint other_pane;   /* socketpair: where the second descriptor goes; sendmsg: whose socket goes
                         along; recvmsg: the pane that takes one that comes along; take without a
                         pane: where the descriptor came; 0: none */
  SwbAddress address; /* bind, connect, sendto, unlink */
  SwbAddress *addresses; /* (nullable): sendto, to each of these instead of to @address */
  guint n_addresses;
  char *path;            /* (nullable): sendmsg: of a file whose descriptor goes along */
  int path_flags;        /* O_RDONLY, O_WRONLY or O_RDWR */
  int credentials[3];    /* sendmsg: process, user and group, if has_credentials */
  gboolean has_credentials;
  GBytes
      *bytes; /* send, sendto, setsockopt, fixed reply, the sentence of a note; nullable */
  gint64 within_ns; /* how long a waiting verb may wait; -1: for ever */
} SwbOrder;

SwbOrder *swb_order_new (SwbVerb verb, guint pane, guint connection);
void swb_order_free (SwbOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbOrder, swb_order_free)

/* Names of verbs ("accept" for both accept and its mode) and responders. (transfer none),
 * never NULL. */
const char *swb_verb_get_name (SwbVerb verb);
const char *swb_reply_get_name (
    SwbReply reply); /* "none", "echo", "discard", "fixed", "daytime", "chargen" */

G_END_DECLS
