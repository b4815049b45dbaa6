/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clients/many-clients.h"
#include "shell-fixture.h"

/* A window with an echo server pane that 10,000 clients connect to, 1 % of them send to,
 * and all of them leave at once: the time of each frame, from before-paint to after-paint,
 * the longest time in which the main loop answered nothing, and the memory of a connection.
 * The clients are a process of their own. */

#define N_CONNECTIONS 10000
#define N_MESSAGES 40000
#define TICK_MS 2
#define LIMIT_MS 50.0

typedef struct
{
  GArray *frames; /* double, ms */
  GArray *cpu;    /* the same of this thread's CPU: what a busy machine adds is not in it */
  gint64 paint_began;
  gint64 cpu_began;
  gint64 last_tick;
  gint64 last_cpu;
  double stall;     /* ms */
  double stall_cpu; /* the most CPU between two answers */
} Watch;

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000) + now.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, Watch *watch)
{
  watch->paint_began = g_get_monotonic_time ();
  watch->cpu_began = get_cpu_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, Watch *watch)
{
  double took = (double)(g_get_monotonic_time () - watch->paint_began) / 1000;

  double cpu = (double)(get_cpu_us () - watch->cpu_began) / 1000;

  if (watch->paint_began == 0)
    return;
  g_array_append_val (watch->frames, took);
  g_array_append_val (watch->cpu, cpu);
}

static gboolean
tick_cb (gpointer user_data)
{
  Watch *watch = user_data;
  gint64 now = g_get_monotonic_time (), cpu = get_cpu_us ();

  if (watch->last_tick != 0)
    {
      double cpu_ms = (double)(cpu - watch->last_cpu) / 1000;

      watch->stall = MAX (watch->stall, (double)(now - watch->last_tick) / 1000 - TICK_MS);
      watch->stall_cpu = MAX (watch->stall_cpu, cpu_ms);
    }
  watch->last_tick = now;
  watch->last_cpu = cpu;
  return G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
pick (GArray *sorted, guint percent)
{
  return g_array_index (sorted, double, (sorted->len - 1) * percent / 100);
}

static void
print_watch (const char *name, Watch *watch, double seconds)
{
  guint n_over = 0;

  g_array_sort (watch->frames, compare);
  g_array_sort (watch->cpu, compare);
  for (guint i = 0; i < watch->frames->len; i++)
    n_over += g_array_index (watch->frames, double, i) > LIMIT_MS;
  printf ("%-8s %4.1f s, %3u frames: median %4.1f ms, p95 %4.1f, max %4.1f, %u over %.0f; "
          "CPU of a frame %4.1f, %4.1f, %4.1f; longest stall of the main loop %.1f ms, CPU "
          "%.1f\n",
          name, seconds, watch->frames->len, pick (watch->frames, 50),
          pick (watch->frames, 95), pick (watch->frames, 100), n_over, LIMIT_MS,
          pick (watch->cpu, 50), pick (watch->cpu, 95), pick (watch->cpu, 100),
          watch->stall, watch->stall_cpu);
}

/* kB of memory that is not a file's. */
static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, "RssAnon:");
  return line != NULL ? g_ascii_strtod (line + strlen ("RssAnon:"), NULL) : 0;
}

static guint
count_open (Shell *shell)
{
  SwbPane *pane = swb_bench_find_pane (shell->bench, "server");

  return g_list_model_get_n_items (swb_pane_get_connections (pane));
}

typedef struct
{
  Shell *shell;
  ManyClients *clients;
  const char *name;
  guint n_open; /* at the end */
} Phase;

static void
run_phase (Phase phase, const char *line)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (phase.shell->window));
  Watch watch = { .frames = g_array_new (FALSE, FALSE, sizeof (double)),
                  .cpu = g_array_new (FALSE, FALSE, sizeof (double)) };
  gint64 began = g_get_monotonic_time ();
  double seconds;
  guint source = g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, tick_cb, &watch, NULL);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &watch);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &watch);
  many_clients_tell (phase.clients, "%s", line);
  many_clients_await (phase.clients, NULL);
  shell_wait (count_open (phase.shell) == phase.n_open);
  seconds = (double)(g_get_monotonic_time () - began) / 1e6;
  for (guint i = 0; i < 30; i++)
    shell_turn ();
  g_source_remove (source);
  g_signal_handlers_disconnect_by_data (clock, &watch);
  print_watch (phase.name, &watch, seconds);
  g_array_unref (watch.frames);
  g_array_unref (watch.cpu);
}

static guint
serve (Shell *shell)
{
  static const char *const lines[]
      = { "pane server AF_INET SOCK_STREAM 0 as server", "server bind 127.0.0.1:0",
          "server reply echo", "server listen" };
  SwbPane *pane;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpuint (swb_bench_run_text (shell->bench, NULL, "%s", lines[i]), !=, 0);
  shell_wait ((pane = swb_bench_find_pane (shell->bench, "server")) != NULL
              && swb_pane_get_state (pane) == SWB_STATE_LISTENING);
  for (guint i = 0; i < 30; i++)
    shell_turn ();
  return swb_address_get_port (swb_connection_get_local (swb_pane_get_socket (pane)));
}

int
main (int argc, char *argv[])
{
  g_autofree char *open_line = NULL;
  g_autofree char *echo_line = NULL;
  ManyClients clients;
  double memory;
  Shell shell;

  shell_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  many_clients_start (&clients, argv[1]);
  shell_set_up (&shell, NULL);
  gtk_window_set_default_size (GTK_WINDOW (shell.window), 1280, 860);
  open_line = g_strdup_printf ("open %u %u 0", serve (&shell), N_CONNECTIONS);
  echo_line = g_strdup_printf ("echo %u 100 %u", N_MESSAGES, N_CONNECTIONS / 100);

  printf ("%d connections in one server pane, a window of 1280 by 860\n", N_CONNECTIONS);
  memory = get_memory ();
  run_phase ((Phase){ &shell, &clients, "opening", N_CONNECTIONS }, open_line);
  printf ("memory     %.1f kB a connection\n", (get_memory () - memory) / N_CONNECTIONS);
  run_phase ((Phase){ &shell, &clients, "echoing", N_CONNECTIONS }, echo_line);
  run_phase ((Phase){ &shell, &clients, "closing", 0 }, "close 0");
  printf ("memory     %.1f MB more than before the first\n",
          (get_memory () - memory) / 1024);
  many_clients_stop (&clients);
  shell_tear_down (&shell, NULL);
  return EXIT_SUCCESS;
}
