/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-pane.h"
#include "bench/swb-peer-list.h"

/* What the fold writes and the getters read. Private to swb-connection, swb-pane, swb-pane-fold and swb-fold. */

G_BEGIN_DECLS

struct _SwbConnection
{
  GObject parent_instance;
  guint number;
  int fd;
  SwbState state;
  SwbAddress local;
  SwbAddress peer;
  guint64 n_sent;
  guint64 n_received;
  char *process;    /* nullable: as swb_connection_get_process() */
  gboolean is_seen; /* from outside: without a descriptor, and always listed */
};

SwbConnection *swb_connection_new (guint number, int fd, SwbState state);

/* The open connections, as a model that announces a turn's comings and goings in one go. */
#define SWB_TYPE_CONNECTION_LIST (swb_connection_list_get_type ())
G_DECLARE_FINAL_TYPE (SwbConnectionList, swb_connection_list, SWB, CONNECTION_LIST, GObject)

SwbConnectionList *swb_connection_list_new (void);
void swb_connection_list_append (SwbConnectionList *self, SwbConnection *connection);
/* @connection, which was appended and not said to be closed before, has fd -1 now. */
void swb_connection_list_note_closed (SwbConnectionList *self, SwbConnection *connection);
guint swb_connection_list_find (SwbConnectionList *self, guint number); /* its index, or G_MAXUINT */
void swb_connection_list_flush (SwbConnectionList *self);

/* For arrays with gaps. */
static inline void
swb_unref_nullable (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

/* An order that has begun and has no outcome yet. */
typedef struct
{
  guint64 id;
  SwbVerb verb;
} SwbPending;

struct _SwbPane
{
  GObject parent_instance;

  guint id;
  guint64 first_position; /* of its pane command */
  char *name;
  char *title;
  int domain;
  int type;
  int protocol;
  SwbRole role;
  gboolean has_role;
  gboolean accept_auto;
  gboolean recv_auto;
  int recv_mode[3];    /* numbers of the last recv auto */
  char *rcvbuf_line;   /* the command that asked for a receive buffer; nullable */
  int rcvbuf_asked;    /* bytes, of the last setsockopt; 0: none was asked for */
  int rcvbuf_given;    /* as the kernel said; 0: unknown */
  SwbReply reply;
  gboolean removed;

  SwbConnection *socket;
  GPtrArray *accepted; /* SwbConnection, all of them; number n at n - 1; NULL where the journal has forgotten it */
  SwbConnectionList *open;
  SwbPeerList *peers;
  gint64 n_queued;    /* connections that wait for accept, as last told; -1: unknown */
  gint64 queue_limit;
  guint32 done;        /* a bit per SwbCall that succeeded on the present socket */

  guint64 n_calls;
  guint64 n_sent;
  guint64 n_received;
  SwbFailure failure;
  GPtrArray *options; /* SwbCommand: what was set on the present socket */
  char *resolved;     /* the sentence of the RESOLVED note that they come from; nullable */
  GArray *candidates; /* the addresses of the name that was resolved last, in the resolver's order */
  guint16 candidates_port;
  int v6only;         /* IPV6_V6ONLY of the present socket, as set or read; -1: unknown */
  GArray *pending; /* SwbPending, oldest first */
  char *bind_text;
  char *connect_text;
  char *reply_line; /* the command that chose the responder; nullable */
  char *pair;       /* the other pane of the last socketpair command; nullable */
  gboolean dirty;
};

/* @command: a pane command, at @position */
SwbPane *swb_pane_new (guint id, const SwbCommand *command, guint64 position);

/* A record of this pane. Nothing is announced before swb_pane_flush(). */
void swb_pane_fold (SwbPane *self, const SwbRecord *record, guint64 position);

/* A setsockopt() of a command on the own socket succeeded. The last value of each option is kept, in the
 * order in which they were first set. */
void swb_pane_keep_option (SwbPane *self, const SwbRecord *record);

/* The second descriptor of another pane's socketpair(). */
void swb_pane_fold_pair (SwbPane *self, int fd);

/* A new own socket: what was known of the one before goes. */
void swb_pane_begin_socket (SwbPane *self, int fd, SwbState state);

void swb_pane_clear_failure (SwbPane *self);
void swb_pane_set_failure (SwbPane *self, SwbCall call, int error, const SwbAddress *address, const SwbRecord *record, guint64 position);

/* swb-pane-fold-call.c */
void swb_pane_fold_call (SwbPane *self, const SwbRecord *record, guint64 position);

/* swb-pane-fold-seen.c */
void swb_pane_fold_packet (SwbPane *self, const SwbRecord *record);
void swb_pane_fold_flow (SwbPane *self, const SwbRecord *record);

/* swb-pane-peers.c: @n_bytes came, or went. */
void swb_pane_fold_heard (SwbPane *self, const SwbRecord *record, guint64 n_bytes);
void swb_pane_fold_told (SwbPane *self, const SwbRecord *record, guint64 n_bytes);

/* An option of its own socket that was set or read. */
void swb_pane_fold_option (SwbPane *self, const SwbRecord *record);

/* A RESOLVED note, and the address that a connect was given: swb-pane-candidates.c. */
GArray *swb_pane_candidates_new (void);
void swb_pane_fold_resolved (SwbPane *self, const SwbRecord *record);
void swb_pane_fold_tried (SwbPane *self, const SwbAddress *address);

/* swb-pane-fold-summary.c: whether this record can make a pane by the first line of its text; what else the note says;
 * (nullable) (transfer none): a connection from before that is open, by what the engine asked it */
gboolean swb_pane_begins_with (const SwbRecord *record);
void swb_pane_fold_summary (SwbPane *self, const SwbRecord *record, guint64 position);
SwbConnection *swb_pane_reopen (SwbPane *self, const SwbRecord *record);

/* What a command says of the pane, whether it was carried out or not. Returns: its verb */
SwbVerb swb_pane_fold_line (SwbPane *self, const char *text);

void swb_pane_flush (SwbPane *self);

G_END_DECLS
