/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-command.h"
#include "bench/swb-words.h"

/* The parser of one command line, shared by its files: words become arguments (swb-command-parser.c), arguments the fields of a verb
 * (swb-command-verbs.c), verbs a command (swb-command-parse.c). Every function leaves the parser behind what it read, or returns %FALSE with @error
 * set and the parser at the mistake. */

G_BEGIN_DECLS

typedef struct
{
  SwbWords words;
  SwbCommand *command;
  gsize offset; /* of the mistake, within the present word */
} SwbParser;

typedef gboolean (*SwbParseFunc) (SwbParser *self, GError **error);

/* Both return FALSE; the second shows the present word. */
gboolean swb_parser_fail (GError **error, int code, const char *message);
gboolean swb_parser_fail_word (SwbParser *self, GError **error, int code, const char *message);

/* --- arguments --- */

gboolean swb_parser_need_word (SwbParser *self, const char *missing, GError **error);
gboolean swb_parser_at_clause (SwbParser *self); /* at the end, `within` or `expect` */
gboolean swb_parser_text (SwbParser *self, const char *missing, char **text, GError **error);
gboolean swb_parser_bytes (SwbParser *self, GError **error);
gboolean swb_parser_number (SwbParser *self, int min, int max, int *number, GError **error);
gboolean swb_parser_flags (SwbParser *self, int *flags, GError **error);
gboolean swb_parser_time (SwbParser *self, gint64 *duration_ns, GError **error);

/* --- what stands behind a verb --- */

gboolean swb_parse_nothing (SwbParser *self, GError **error);
gboolean swb_parse_address (SwbParser *self, GError **error);
gboolean swb_parse_listen (SwbParser *self, GError **error);
gboolean swb_parse_accept (SwbParser *self, GError **error);
gboolean swb_parse_recvfrom (SwbParser *self, GError **error);
gboolean swb_parse_recv (SwbParser *self, GError **error);
gboolean swb_parse_send (SwbParser *self, GError **error);
gboolean swb_parse_sendmsg (SwbParser *self, GError **error);
gboolean swb_parse_ioctl (SwbParser *self, GError **error);
gboolean swb_parse_recvmmsg (SwbParser *self, GError **error);
gboolean swb_parse_recvmsg (SwbParser *self, GError **error);
gboolean swb_parse_sendmmsg (SwbParser *self, GError **error);
gboolean swb_parse_take (SwbParser *self, GError **error);
gboolean swb_parse_sendto (SwbParser *self, GError **error);
gboolean swb_parse_shutdown (SwbParser *self, GError **error);
gboolean swb_parse_getsockopt (SwbParser *self, GError **error);
gboolean swb_parse_setsockopt (SwbParser *self, GError **error);
gboolean swb_parse_pane_name (SwbParser *self, char **name, GError **error);
gboolean swb_parse_socketpair (SwbParser *self, GError **error);
gboolean swb_parse_reply (SwbParser *self, GError **error);
gboolean swb_parse_title (SwbParser *self, GError **error);
gboolean swb_parse_pane (SwbParser *self, GError **error);
gboolean swb_parse_wait (SwbParser *self, GError **error);
gboolean swb_parse_note (SwbParser *self, GError **error);
gboolean swb_parse_expect (SwbParser *self, GError **error);
gboolean swb_parse_errno (SwbParser *self, GError **error);

G_END_DECLS
