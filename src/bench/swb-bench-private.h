/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"
#include "bench/swb-fold.h"

/* What the bench and its queue of jobs share. */

G_BEGIN_DECLS

/* What a command needs to know of a pane. Kept from the moment a pane command is taken, since the next command may name the pane
 * before the journal has told of it. */
typedef struct
{
  guint id;
  char *name;
  int domain;
  int type;
  int protocol;
  guint n_binding; /* orders under way after which its local address may be another */
  guint64 came_over; /* pane and, in the lower half, connection that brought its socket with a message; 0: nobody sent it one */
} SwbSpec;

struct _SwbBench
{
  GObject parent_instance;
  SwbJournal *journal;
  SwbEngine *engine;
  SwbFold *fold;
  GMainContext *context;
  GSource *follower;
  GSource *health;       /* (nullable) follows that of the journal */
  GSource *rest;         /* (nullable) when a turn left records for the next */
  guint64 n_folded;      /* records */
  guint64 last_id;
  GPtrArray *specs;      /* SwbSpec; pane n at n - 1 */
  GHashTable *names;     /* name → SwbSpec, of panes that are there or are being made */
  GQueue jobs;           /* SwbJob, in the order they were given */
  GHashTable *flights;   /* id → verb and pane of orders that were submitted */
  GHashTable *problems;  /* id → why the bench could not carry it out */
  gboolean stopped;
  GHashTable *recorded; /* (nullable) names of panes by number, as a recording has them */
  gboolean is_recording; /* no engine: what is there was recorded */
};

typedef struct _SwbJob SwbJob;

/* Checks @command, which has its pane, and makes its order; starts what has to be waited for. %NULL with @error. */
SwbJob *swb_job_new (SwbBench *bench, const SwbCommand *command, SwbSpec *spec, SwbSpec *other, guint64 id, GError **error);

/* %TRUE when the job was ended: it is still in the queue. */
gboolean swb_job_cancel (SwbBench *bench, guint64 id);

/* Submits jobs from the head of the queue, as long as they are ready. */
void swb_job_pump (SwbBench *bench);

/* Throws all jobs away; theirs is the outcome -1. */
void swb_job_drop_all (SwbBench *bench);

/* Whether one pane more may be there. */
gboolean swb_bench_has_room (SwbBench *self, GError **error);

void swb_bench_emit_outcome (SwbBench *self, guint64 id, int error, const char *message);

/* Tells that a command that was taken has ended; nothing when that was told already. */
void swb_bench_end_command (SwbBench *self, guint64 id, int error);

/* swb-bench-unrecorded.c: ends the commands whose OUTCOME could not be written, now and whenever there are more. */
void swb_bench_end_unrecorded (SwbBench *self);
void swb_bench_watch_health (SwbBench *self, gint64 interval_us);

/* Folds what is left, some at a time, after what else the loop has to do. */
void swb_bench_fold_later (SwbBench *self);

/* swb-bench-recording.c (transfer none): of a pane of a recording; "bench" for what has no name */
const char *swb_bench_get_recorded_name (SwbBench *self, guint id);

/* swb-bench-aim.c: put an address into @order, or several: of a peer (or SWB_CONNECTION_ALL), the next of the name.
 * (transfer full) (nullable): why there is none */
char *swb_bench_aim_at_peer (SwbBench *self, guint number, SwbOrder *order);
char *swb_bench_aim_at_next (SwbBench *self, SwbOrder *order);

/* swb-bench-arrivals.c: a socket that came with a message and is not taken yet gets a pane of its own, or is closed. */
void swb_bench_welcome (SwbBench *self, const SwbRecord *note);

SwbSpec *swb_bench_find_spec (SwbBench *self, const char *name);
SwbSpec *swb_bench_get_spec (SwbBench *self, guint id);

/* After an order of this verb the local address may be another. */
gboolean swb_job_may_move (SwbVerb verb);

G_END_DECLS
