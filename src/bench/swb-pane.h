/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "bench/swb-command.h"
#include "bench/swb-peer.h"
#include "bench/swb-state.h"
#include "journal/store/swb-journal.h"

/* A pane as the journal tells it: a fold over its records. It is never told anything in another way. Main thread. */

G_BEGIN_DECLS

/* The last call that failed (EAGAIN and EINPROGRESS are no failures). */
typedef struct
{
  SwbCall call;      /* SWB_CALL_NONE: no error */
  int error;
  guint connection;
  guint64 position;  /* of its record */
  SwbAddress address; /* of the call, if any */
  char *detail;      /* what a HOLDER, STALE, CAUSE or PROBLEM note said of it; nullable */
  gboolean stale;    /* a unix path that can be taken over */
} SwbFailure;

/* One socket of a pane: its own (number 0) or an accepted connection. */
#define SWB_TYPE_CONNECTION (swb_connection_get_type ())
G_DECLARE_FINAL_TYPE (SwbConnection, swb_connection, SWB, CONNECTION, GObject)

guint swb_connection_get_number (SwbConnection *self);
int swb_connection_get_fd (SwbConnection *self); /* -1 when closed */
SwbState swb_connection_get_state (SwbConnection *self);
const SwbAddress *swb_connection_get_local (SwbConnection *self);  /* length 0: unknown */
const SwbAddress *swb_connection_get_peer (SwbConnection *self);
const char *swb_connection_get_process (SwbConnection *self); /* (transfer none) (nullable): "swb (1234)", the peer's process as its credentials told last */
guint64 swb_connection_get_n_sent (SwbConnection *self);     /* bytes */
guint64 swb_connection_get_n_received (SwbConnection *self); /* bytes */

#define SWB_TYPE_PANE (swb_pane_get_type ())
G_DECLARE_FINAL_TYPE (SwbPane, swb_pane, SWB, PANE, GObject)

/* Signals: "changed" — once a follower's turn in which anything of the pane changed. */

guint swb_pane_get_id (SwbPane *self);
const char *swb_pane_get_name (SwbPane *self);
const char *swb_pane_get_title (SwbPane *self);      /* never NULL: the name where no title was given */
int swb_pane_get_domain (SwbPane *self);
int swb_pane_get_socket_type (SwbPane *self);
int swb_pane_get_protocol (SwbPane *self);
gboolean swb_pane_has_connections (SwbPane *self); /* swb_catalog_has_connections() of these */
SwbRole swb_pane_get_role (SwbPane *self);           /* as said, or by what it did: listen makes a server, connect a client */
SwbConnection *swb_pane_get_socket (SwbPane *self);  /* (transfer none): the pane's own, number 0; always there */
SwbState swb_pane_get_state (SwbPane *self);         /* of its own socket */
GListModel *swb_pane_get_connections (SwbPane *self); /* (transfer none): SwbConnection that are open, by number */
guint swb_pane_find_open (SwbPane *self, guint number); /* the index among the open connections of the one with this number, or G_MAXUINT */
SwbConnection *swb_pane_find_connection (SwbPane *self, guint number); /* (nullable) (transfer none): 0 is the own socket; closed ones stay findable while the journal lasts */
guint swb_pane_get_n_accepted (SwbPane *self);

/* Of a socket without connections: who sent to it. Cleared when the pane makes another socket. */
gboolean swb_pane_has_peers (SwbPane *self); /* whether its sockets are of a kind that has them: datagrams with a sender's address */
GListModel *swb_pane_get_peers (SwbPane *self); /* (transfer none): SwbPeer, by number */
gboolean swb_pane_get_peer (SwbPane *self, guint number, SwbPeerState *state); /* %FALSE: unknown or forgotten, @state untouched */
guint64 swb_pane_get_n_peers_forgotten (SwbPane *self); /* since the pane was made */

/**
 * swb_pane_get_queue:
 * @n_queued: (out) (optional): connections that wait to be accepted
 * @limit: (out) (optional): more than these the kernel does not take: it keeps up to @limit + 1
 *
 * The accept queue of a listening socket as it was told last: by the queue command, or by the engine itself, which looks
 * whenever something comes and after each accept as long as accept is manual.
 *
 * Returns: %FALSE when nothing is known: not listening, or of a kind whose queue cannot be seen
 */
gboolean swb_pane_get_queue (SwbPane *self, guint *n_queued, guint *limit);
guint64 swb_pane_get_n_calls (SwbPane *self);
guint64 swb_pane_get_n_sent (SwbPane *self);     /* bytes, all connections */
guint64 swb_pane_get_n_received (SwbPane *self);
const SwbFailure *swb_pane_get_failure (SwbPane *self); /* (transfer none): call NONE after a later success of the same call or a new command */
/* One of the addresses of the name that was resolved last. */
typedef struct
{
  SwbAddress address;    /* of its own domain, with the port that stood behind the name */
  gboolean is_tried;     /* connect was called with it since */
  gboolean is_chosen;    /* it was tried last */
  gboolean is_reachable; /* by a socket of the pane's domain */
} SwbCandidate;

/**
 * swb_pane_get_candidate:
 * @index: from 0, in the order in which they are tried: RFC 8305 takes the two domains in turns, each in the
 *   order in which the resolver gave them (RFC 6724)
 *
 * Returns: %FALSE when there are no more
 */
gboolean swb_pane_get_candidate (SwbPane *self, guint index, SwbCandidate *candidate);

/**
 * swb_pane_get_next_address:
 * @address: (out): with the port that stood behind the name; IPv4 for an IPv6 socket as ::ffff:a.b.c.d
 *
 * After a connect to a name that failed: the next candidate that was not tried since and that a socket
 * of this domain reaches. The command "NAME next" connects to it.
 *
 * Returns: %FALSE when there is none
 */
gboolean swb_pane_get_next_address (SwbPane *self, SwbAddress *address);

/* (transfer none) (nullable): what the resolver said of the name that the last connect was given: every address, and which was
 * chosen and why; NULL: it was given an address */
const char *swb_pane_get_resolved (SwbPane *self);

int swb_pane_get_v6only (SwbPane *self); /* IPV6_V6ONLY of its socket as set or read; -1: unknown, so net.ipv6.bindv6only */
gboolean swb_pane_get_accept_auto (SwbPane *self);
gboolean swb_pane_get_recv_auto (SwbPane *self);
SwbReply swb_pane_get_reply (SwbPane *self);
void swb_pane_get_recv_mode (SwbPane *self, int numbers[3]); /* as in a recv auto command; see SwbOrder */
int swb_pane_get_receive_asked (SwbPane *self); /* bytes of SO_RCVBUF that its socket was last given to ask for; 0: none */
int swb_pane_get_receive_given (SwbPane *self); /* bytes of SO_RCVBUF as the kernel said; 0: unknown */
gboolean swb_pane_has_done (SwbPane *self, SwbCall call); /* this call succeeded on the present own socket */
gboolean swb_pane_is_removed (SwbPane *self);
gboolean swb_pane_is_waiting (SwbPane *self, SwbVerb verb, guint64 *command_id); /* an order of this verb has begun and has no outcome yet */

/* (transfer full): the command that makes a pane like this one, by @name */
SwbCommand *swb_pane_new_command (SwbPane *self, const char *name);

/* Where the command that made it stands in the journal: nothing of it is before. */
guint64 swb_pane_get_first_position (SwbPane *self);

/**
 * swb_pane_dup_target: (the address texts that its last bind and connect commands were given, as typed; nullable)
 */
char *swb_pane_dup_bind_text (SwbPane *self);
char *swb_pane_dup_connect_text (SwbPane *self);

/* (transfer full) (element-type utf8): the setsockopt commands that made the options of the present own socket what they are */
GPtrArray *swb_pane_dup_option_lines (SwbPane *self);
/* (nullable) (transfer full): the command line that asked for the present receive buffer; NULL: the default */
char *swb_pane_dup_receive_line (SwbPane *self);

/* (nullable) (transfer full): the command line that chose the present responder; NULL also when its bytes were too many for a record */
char *swb_pane_dup_reply_line (SwbPane *self);

G_END_DECLS
