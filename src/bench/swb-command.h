/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-order.h"

/* A command: one thing to do, as people write it. One a line; the grammar is in swb-bench(5).
 *
 *   pane NAME DOMAIN TYPE PROTOCOL ["Title"] [as server|client|plain]
 *   NAME socket | bind ADDRESS | listen [BACKLOG] | accept [auto|manual] | connect ADDRESS
 *   NAME sendmsg [fd OTHER] [file PATH [r|w|rw]] [credentials [PID UID GID]] BYTES [FLAGS] | recvmsg [fd OTHER] [control BYTES] [ROOM]
 *   NAME send BYTES [FLAGS] | sendto ADDRESS BYTES [FLAGS] | recv [manual|ROOM] | recvfrom [ROOM]
 *   NAME recv auto [recv|recvfrom|recvmsg|recvmmsg] [ROOM] [FLAGS]
 *   NAME sendmmsg N BYTES [FLAGS] | recvmmsg N [ROOM]
 *   NAME shutdown SHUT_RD|SHUT_WR|SHUT_RDWR | close | remove | unlink PATH
 *   NAME setsockopt LEVEL NAME VALUE | getsockopt LEVEL NAME|all | ioctl FIONREAD|SIOCOUTQ|SIOCATMARK | getsockname | getpeername | socketpair OTHER
 *   NAME next | queue | take DESCRIPTOR
 *   NAME reply none|echo|discard|daytime|chargen|BYTES | title "Title"
 *   NAME expect recv BYTES | expect recv eof | expect recv N bytes | expect accept | expect state STATE | expect error ERRNO
 *   wait DURATION | note "text" | NAME note "text"
 *   … within DURATION | … expect ERRNO
 *
 * Where recv has a ROOM, FLAGS may follow; without it, as in `recv MSG_PEEK`, too. A LISTEN without BACKLOG has SOMAXCONN.
 * `within` belongs to verbs that wait, `expect ERRNO` to system calls.
 *
 * NAME is a pane, NAME#2 its second connection, NAME#all all of them; before send, of a pane without connections, the second who sent to it (swb-peer.h). Where ADDRESS stands, a pane's name means its local address. */

G_BEGIN_DECLS

#define SWB_COMMAND_LINE_MAX (1024 * 1024) /* bytes of a line that is parsed */

typedef enum
{
  SWB_ROLE_PLAIN,
  SWB_ROLE_SERVER,
  SWB_ROLE_CLIENT,
} SwbRole;

typedef enum
{
  SWB_EXPECT_NOTHING,
  SWB_EXPECT_RECV,     /* these bytes: of a stream the next ones, of datagrams the next one exactly */
  SWB_EXPECT_RECV_N,   /* so many bytes */
  SWB_EXPECT_EOF,
  SWB_EXPECT_ACCEPT,
  SWB_EXPECT_STATE,
  SWB_EXPECT_ERROR,    /* the pane's last error is this errno */
} SwbExpectKind;

typedef struct
{
  SwbVerb verb;
  char *pane;            /* nullable: wait, note */
  guint connection;      /* 0, n or SWB_CONNECTION_ALL */
  int numbers[3];        /* as in SwbOrder */
  SwbRole role;          /* pane */
  gboolean has_role;
  char *title;           /* pane (nullable), title */
  char *other;           /* socketpair, sendmsg, recvmsg: the other pane; nullable */
  char *address;         /* as written; nullable */
  GBytes *bytes;         /* nullable */
  char *file;            /* the path of file:PATH instead of bytes; nullable */
  char *sent_file;       /* sendmsg: of a file whose descriptor goes along; nullable */
  int sent_file_flags;   /* O_RDONLY, O_WRONLY or O_RDWR */
  gboolean has_credentials; /* sendmsg */
  int credentials[3];    /* process, user, group; 0, -1, -1: its own */
  SwbExpectKind expect;
  char *state;           /* expect state */
  gint64 duration_ns;    /* wait; -1 none */
  gint64 within_ns;      /* -1: not said */
  int expected_errno;    /* `expect ECONNREFUSED` behind a command; 0 none */
  guint line;            /* where it stood, from 1; 0 unknown */
} SwbCommand;

SwbCommand *swb_command_new (SwbVerb verb, const char *pane, guint connection);
SwbCommand *swb_command_copy (const SwbCommand *command);
void swb_command_free (SwbCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbCommand, swb_command_free)

/**
 * swb_command_parse:
 * @line: one line; without newline
 * @column: (out) (optional): on error the place, in characters from 1
 * @error: SWB_ERROR_SYNTAX, UNKNOWN, RANGE, TOO_LONG
 *
 * Returns: (transfer full) (nullable): the command; %NULL without @error for a blank line or a comment
 */
SwbCommand *swb_command_parse (const char *line, guint *column, GError **error);

/* (transfer full): the line that parses to the same command. */
char *swb_command_print (const SwbCommand *command);

/**
 * swb_command_describe:
 *
 * Returns: (transfer full): swb_command_print(), but where a payload is longer than 4 KiB the text has `<12345 bytes>` instead of it and
 *   does not parse; for COMMAND records, whose bytes follow in the CALL record
 */
char *swb_command_describe (const SwbCommand *command);

/* The verb of a line that swb_command_describe() made, without parsing the rest; %SWB_VERB_NONE when it has none. */
SwbVerb swb_command_peek_verb (const char *line);

/* "server", "server#2", "server#all" */
char *swb_command_print_target (const char *pane, guint connection);

/* Whether it asks for a receive buffer of the pane's own socket: SO_RCVBUF or SO_RCVBUFFORCE. */
gboolean swb_command_is_receive_buffer (const SwbCommand *command);

/* Whether the verb waits for something, so that `within` can stand behind it. */
gboolean swb_command_verb_waits (SwbVerb verb);

/* A pane's name: letters, digits, `-` and `_`, beginning with a letter, at most 32, and no verb. */
gboolean swb_command_is_pane_name (const char *name);

G_END_DECLS
