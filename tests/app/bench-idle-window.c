/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "measure.h"
#include "shell-fixture.h"

/* What the window does while nothing comes: a server pane with connections open, and how
 * often any thread of the process woke in ten seconds. SWB_BENCH_SECONDS is another time.
 */

#define N_CONNECTIONS 20
#define SETTLE_S 3 /* without a turn: then what the connections stirred up is over */

static void
run (Shell *shell, const char *line)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (swb_bench_run_text (shell->bench, &error, "%s", line), >, 0);
  g_assert_no_error (error);
}

static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  shell_wait (connect (fd, (struct sockaddr *)&address, sizeof address) == 0);
  return fd;
}

/* Each says a word and hears it. */
static void
open_connections (Shell *shell, const char *path, int *fds)
{
  g_autofree char *bind = g_strdup_printf ("server bind %s", path);
  char byte = 'x';

  run (shell, "pane server AF_UNIX SOCK_STREAM 0");
  run (shell, "server reply echo");
  run (shell, bind);
  run (shell, "server listen 64");
  for (guint i = 0; i < N_CONNECTIONS; i++)
    {
      fds[i] = connect_to (path);
      g_assert_cmpint (send (fds[i], &byte, 1, 0), ==, 1);
      shell_wait (recv (fds[i], &byte, 1, MSG_DONTWAIT) == 1);
    }
}

static gboolean
end_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Returns: how often the main loop turned, without the turn that ends the waiting. */
static guint
wait_for (guint seconds)
{
  gboolean ended = FALSE;
  guint n_turns = 0;

  g_timeout_add (seconds * 1000, end_cb, &ended);
  while (!ended)
    {
      g_main_context_iteration (NULL, TRUE);
      n_turns++;
    }
  return n_turns - 1;
}

int
main (int argc, char **argv)
{
  guint seconds = (guint)measure_get_number ("SWB_BENCH_SECONDS", 10);
  g_autofree char *folder = g_dir_make_tmp ("swb-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  int fds[N_CONNECTIONS];
  guint64 n_sleeps;
  guint n_turns;
  Shell shell;

  shell_init (&argc, &argv);
  shell_set_up (&shell, NULL);
  open_connections (&shell, path, fds);
  while (wait_for (SETTLE_S) > 0)
    ;
  n_sleeps = measure_sleeps (0);
  n_turns = wait_for (seconds);
  n_sleeps = measure_sleeps (0) - n_sleeps;
  printf ("idle window with %d connections open, %u s\n", N_CONNECTIONS, seconds);
  measure_print_at_most ("turns of the window's main loop", n_turns, "", 0);
  /* One is that of the benchmark's own timer. */
  measure_print_at_most ("wake-ups of all threads", (double)MAX (n_sleeps, 1) - 1, "", 0);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    close (fds[i]);
  shell_tear_down (&shell, NULL);
  rmdir (folder);
  return 0;
}
