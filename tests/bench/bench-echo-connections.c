/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/swb-bench.h"
#include "clients/many-clients.h"

/* An echo server pane with 10,000 connections, 1 % of them active, against one with 10: CPU
 * of the engine's thread for one message received and echoed, and the same with the fold of
 * a bench that catches up each frame. Both in one run, interleaved; the clients are a
 * process of their own. Prints medians and ratios.
 *
 * What is ready together is dispatched together, and the more there is, the less each
 * costs. So that this does not flatter the many, both have ten messages under way at a
 * time; a second line lets each of the 100 have one. */

#define N_RUNS 5
#define N_MESSAGES 40000
#define FRAME_US 16667

typedef struct
{
  const char *name;
  guint n_connections;
  guint n_active;
  guint window;
  double engine_us[N_RUNS]; /* a message */
  double fold_us[N_RUNS];
} Case;

typedef struct
{
  SwbBench *bench;
  guint64 last_id;
  gboolean ended;
} Server;

static gint64
get_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
outcome_cb (SwbBench *bench, guint64 id, int error, const char *message, Server *server)
{
  if (error != 0)
    g_error ("%s", message);
  server->ended = id == server->last_id;
}

static void
run_line (Server *server, const char *line)
{
  g_autoptr (GError) error = NULL;

  server->last_id = swb_bench_run_text (server->bench, &error, "%s", line);
  g_assert_no_error (error);
}

static guint
serve (Server *server)
{
  static const char *const lines[]
      = { "pane server AF_INET SOCK_STREAM 0", "server bind 127.0.0.1:0",
          "server reply echo", "server listen" };
  SwbConnection *own;

  g_signal_connect (server->bench, "outcome", G_CALLBACK (outcome_cb), server);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    run_line (server, lines[i]);
  while (!server->ended)
    g_main_context_iteration (NULL, TRUE);
  own = swb_pane_get_socket (swb_bench_find_pane (server->bench, "server"));
  return swb_address_get_port (swb_connection_get_local (own));
}

static guint
count_open (Server *server)
{
  SwbPane *pane = swb_bench_find_pane (server->bench, "server");

  return g_list_model_get_n_items (swb_pane_get_connections (pane));
}

static void
measure (Case *what, guint run, Server *server, ManyClients *clients)
{
  guint port = serve (server);
  gint64 engine, fold;

  many_clients_tell (clients, "open %u %u %u", port, what->n_connections, run);
  many_clients_await (clients, NULL);
  while (count_open (server) < what->n_connections)
    g_main_context_iteration (NULL, TRUE);
  many_clients_tell (clients, "echo %u %u %u", N_MESSAGES / 10, what->window,
                     what->n_active);
  many_clients_await (clients, NULL);

  engine = many_clients_get_thread_cpu_ns ("swb-engine");
  fold = get_cpu_ns ();
  many_clients_tell (clients, "echo %u %u %u", N_MESSAGES, what->window, what->n_active);
  many_clients_await (clients, NULL);
  swb_bench_catch_up (server->bench);
  what->engine_us[run]
      = (double)(many_clients_get_thread_cpu_ns ("swb-engine") - engine) / N_MESSAGES / 1e3;
  what->fold_us[run] = (double)(get_cpu_ns () - fold) / N_MESSAGES / 1e3;
}

static void
run_case (Case *what, guint run, const char *program)
{
  g_autofree char *parent = g_dir_make_tmp ("swb-echo-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (parent, "journal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, &error);
  Server server = { 0 };
  ManyClients clients;

  g_assert_no_error (error);
  server.bench = swb_bench_new (journal, FRAME_US, &error);
  g_assert_no_error (error);
  many_clients_start (&clients, program);
  measure (what, run, &server, &clients);
  many_clients_stop (&clients);
  swb_bench_stop (server.bench);
  g_object_unref (server.bench);
  swb_journal_delete (journal);
  g_rmdir (parent);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
median (double *values)
{
  qsort (values, N_RUNS, sizeof *values, compare);
  return values[N_RUNS / 2];
}

static void
print_case (Case *what, Case *base)
{
  double engine = median (what->engine_us), fold = median (what->fold_us);
  double few = median (base->engine_us), few_fold = median (base->fold_us);

  printf ("%-42s engine %6.2f µs, ratio %.2f; with the fold %6.2f µs, ratio %.2f\n",
          what->name, engine, engine / few, engine + fold,
          (engine + fold) / (few + few_fold));
}

int
main (int argc, char *argv[])
{
  Case cases[] = {
    { .name = "10 connections", .n_connections = 10, .n_active = 10, .window = 10 },
    { .name = "10,000, 100 active, 10 at a time",
      .n_connections = 10000,
      .n_active = 100,
      .window = 10 },
    { .name = "10,000, 100 active, 100 at a time",
      .n_connections = 10000,
      .n_active = 100,
      .window = 100 },
  };

  g_assert_cmpint (argc, ==, 2);
  for (guint run = 0; run < N_RUNS; run++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      run_case (&cases[i], run, argv[1]);

  printf ("CPU of one message echoed, medians of %d interleaved runs (ratio to reach: 2)\n",
          N_RUNS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    print_case (&cases[i], &cases[0]);
  return EXIT_SUCCESS;
}
