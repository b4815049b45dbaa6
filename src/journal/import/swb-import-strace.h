/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import-sockets.h"
#include "journal/import/swb-strace.h"

/* The reader of strace's logs, in three files: its lines, the calls in them, and what they mean for
 * sockets. */

G_BEGIN_DECLS

typedef struct
{
  SwbImport *import;
  SwbImportSockets *sockets;
  gint64 wall_ns;       /* of the line, or of the beginning of a call that was resumed */
  gint64 last_pid;
  gsize n_unfinished;   /* bytes */
  GQueue making;        /* SwbTracedProcess that are making another, the latest at the tail */
  guint64 n_missing;    /* bytes that the log says to have been, and does not show */
  GString *early;       /* what came before the first time */
  SwbStraceCall call;
  GString *scan;
  GByteArray *bytes;
} SwbImportStrace;

/* A note at the line's time; @traced: (nullable). */
gboolean swb_import_strace_note (SwbImportStrace *self, SwbTraced *traced, const char *text, gssize length,
                                 GError **error);

/* A whole call with its result. */
gboolean swb_import_strace_call (SwbImportStrace *self, SwbTracedProcess *process, const char *text,
                                 GError **error);

/* swb-import-strace-sockets.c; all of them %FALSE with @error */

/* The socket of the call's descriptor; one of before the log began is made, unless the descriptor @may_be_file and nothing says
 * that it is a socket. @traced: (out) (nullable) */
gboolean swb_import_strace_find_socket (SwbImportStrace *self, SwbTracedProcess *process, gboolean may_be_file,
                                        SwbTraced **traced, GError **error);

/* Names @traced after what @record is the first to say of it. */
gboolean swb_import_strace_set_title (SwbImportStrace *self, SwbTraced *traced, SwbTracedProcess *process,
                                      const SwbRecord *record, GError **error);

/* What a call that succeeded means for descriptors. @traced: (inout): the socket of the call; one that the call made */
gboolean swb_import_strace_follow (SwbImportStrace *self, SwbTracedProcess *process, const SwbRecord *record,
                                   SwbTraced **traced, GError **error);

/* A call of the family of dup() succeeded: its result is @traced too, or, where that is %NULL, no socket any more. */
gboolean swb_import_strace_duplicate (SwbImportStrace *self, SwbTracedProcess *process, SwbTraced *traced,
                                      gboolean closes_on_exec, GError **error);

G_END_DECLS
