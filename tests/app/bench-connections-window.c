/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/frame-watch.h"
#include "clients/many-clients.h"
#include "shell-fixture.h"

/* A window with an echo server pane that 10,000 clients connect to, 1 % of them send to,
 * and all of them leave at once: the time of each frame, from before-paint to after-paint,
 * the longest time in which the main loop answered nothing, and the memory of a connection.
 * The clients are a process of their own. */

#define N_CONNECTIONS 10000
#define N_MESSAGES 40000
#define LIMIT_MS 50.0

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
  g_autofree char *name = NULL;
  FrameWatch watch;
  gint64 began = g_get_monotonic_time ();
  double seconds;

  frame_watch_init (&watch);
  frame_watch_start (&watch, GTK_WIDGET (phase.shell->window));
  many_clients_tell (phase.clients, "%s", line);
  many_clients_await (phase.clients, NULL);
  shell_wait (count_open (phase.shell) == phase.n_open);
  seconds = (double)(g_get_monotonic_time () - began) / 1e6;
  for (guint i = 0; i < 30; i++)
    shell_turn ();
  frame_watch_stop (&watch);
  name = g_strdup_printf ("%s, %.1f s", phase.name, seconds);
  frame_watch_print (&watch, name, LIMIT_MS);
  frame_watch_clear (&watch);
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

  g_print ("%d connections in one server pane, a window of 1280 by 860\n", N_CONNECTIONS);
  memory = get_memory ();
  run_phase ((Phase){ &shell, &clients, "opening", N_CONNECTIONS }, open_line);
  g_print ("memory     %.1f kB a connection\n", (get_memory () - memory) / N_CONNECTIONS);
  run_phase ((Phase){ &shell, &clients, "echoing", N_CONNECTIONS }, echo_line);
  run_phase ((Phase){ &shell, &clients, "closing", 0 }, "close 0");
  g_print ("memory     %.1f MB more than before the first\n",
           (get_memory () - memory) / 1024);
  many_clients_stop (&clients);
  shell_tear_down (&shell, NULL);
  return EXIT_SUCCESS;
}
