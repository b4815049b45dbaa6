/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/swb-import-sockets.h"
#include "journal/swb-strace.h"

/* The reader of strace's logs, in two files: its lines, and the calls in them. */

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

G_END_DECLS
