/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-engine.h"
#include "engine/swb-sys.h"

/* A running engine with a journal in a folder of its own, and ways to look at what it did.
 */

typedef struct
{
  char *folder;
  SwbJournal *journal;
  SwbEngine *engine;
  GMainContext *context; /* for waiting */
  guint64 last_id;
} Bench;

void bench_init (Bench *bench);
void bench_init_at (Bench *bench, const char *folder);
void bench_clear (Bench *bench); /* stops the engine first */

/* Orders; each returns its id. */
guint64 bench_order (Bench *bench, SwbOrder *order);
guint64 bench_pane (Bench *bench, guint pane, int domain, int type);
guint64 bench_verb (Bench *bench, SwbVerb verb, guint pane, guint connection);
guint64 bench_number (Bench *bench, SwbVerb verb, guint pane, guint connection, int number);
guint64 bench_address (Bench *bench, SwbVerb verb, guint pane, const SwbAddress *address);
guint64 bench_option (Bench *bench, guint pane, int level, int name, int value);
guint64 bench_send (Bench *bench, guint pane, guint connection, const char *text);

/* Waits for the OUTCOME of @id. Returns: its errno. */
int bench_wait (Bench *bench, guint64 id);

/* Whether @record is the one that is looked for. */
typedef gboolean (*RecordFunc) (const SwbRecord *record, gpointer user_data);

/* Waits until the journal has @count such records; @last: (out) (nullable): the last of
 * them. */
void bench_wait_for (Bench *bench, RecordFunc is_it, gpointer user_data, guint count,
                     SwbRecord *last);
guint bench_count (Bench *bench, RecordFunc is_it, gpointer user_data, SwbRecord *last);

/* Calls of a pane that succeeded. */
typedef struct
{
  guint pane;
  SwbCall call;
  int error;
} CallOf;
gboolean is_call (const SwbRecord *record, gpointer call_of);
gboolean is_note (const SwbRecord *record, gpointer note);
gboolean is_outcome (const SwbRecord *record, gpointer id); /* of a guint64 */

/* Waits until the receives of @pane's @connection, one after the other, hold @length bytes,
 * and returns them. */
GBytes *bench_wait_received (Bench *bench, guint pane, guint connection, gsize length);

/* The local address that the kernel gave to @pane: of its last getsockname(). */
void bench_get_local (Bench *bench, guint pane, SwbAddress *address);

void loopback (SwbAddress *address, guint16 port);

/* A server pane 1 on a free port, listening, and where it listens. */
void bench_serve (Bench *bench, SwbAddress *address);

/* The same with a client pane 2 connected; accepted as connection 1. */
void bench_connect (Bench *bench);

/* Panes 1 and 2 are the ends of a unix socketpair of this type. */
void bench_pair (Bench *bench, int type);

/* The same of streams, pane 2 receives by hand, and pane 3 has a bound UDP socket, to be
 * sent along. */
void bench_pair_and_third (Bench *bench);
