/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

/* How far a script's expectations have claimed what came, per socket: a place in the journal, never bytes. So memory does not
 * grow with what comes; records are looked at when an expectation asks. */

G_BEGIN_DECLS

typedef struct _SwbCursors SwbCursors;

typedef enum
{
  SWB_MATCH_MORE,   /* not yet: more has to come */
  SWB_MATCH_HELD,   /* what was expected came, and is claimed now */
  SWB_MATCH_FAILED, /* it can no longer come */
} SwbMatch;

/* Nothing that came before @first is looked at. */
SwbCursors *swb_cursors_new (SwbJournal *journal, guint64 first);
void swb_cursors_free (SwbCursors *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbCursors, swb_cursors_free)

/* Records up to @end are there to be looked at. */
void swb_cursors_advance (SwbCursors *self, guint64 end);

/* @datagrams: the next message exactly, else bytes across records. @expected: (nullable): any bytes */
SwbMatch swb_cursors_match (SwbCursors *self, guint pane, guint connection, gboolean datagrams, const guint8 *expected, gsize n_expected);
SwbMatch swb_cursors_match_eof (SwbCursors *self, guint pane, guint connection);

/* A connection of @pane that no expectation has claimed. */
SwbMatch swb_cursors_match_accept (SwbCursors *self, guint pane);

/* (transfer full): what is unclaimed, for a message: `"hello…"`, `nothing` or `the end of the stream`; at most 200 characters */
char *swb_cursors_describe (SwbCursors *self, guint pane, guint connection, gboolean datagrams);

/* (transfer full): bytes for a message, at most 200 characters. */
char *swb_cursors_print_shortened (const guint8 *data, gsize length);

G_END_DECLS
