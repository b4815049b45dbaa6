/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-script.h"

/* A bench with a real engine on a journal in a temporary folder, and what to wait for on it. A test that
 * waits in vain aborts after ten seconds. */

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  SwbJournal *journal;
  SwbBench *bench;
  GString *outcomes;  /* "id:error " of each, in order */
  guint64 last_outcome;
  int last_error;
  char *last_message;
} BenchFixture;

void bench_fixture_set_up (BenchFixture *self, gconstpointer data);
void bench_fixture_tear_down (BenchFixture *self, gconstpointer data);

/* Runs a command and waits for its outcome, which it returns. */
int bench_fixture_run (BenchFixture *self, const char *text);

/* Waits until the command has its outcome. */
void bench_fixture_wait (BenchFixture *self, guint64 id);

/* Runs a script until it ends. (transfer full) */
SwbScript *bench_fixture_script (BenchFixture *self, const char *text);

/* (transfer full): the last note of this kind; NULL when there is none */
char *bench_fixture_find_note (BenchFixture *self, SwbNote note);

G_END_DECLS
