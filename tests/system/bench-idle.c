/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

/* What `swb run` does while nothing comes: a server pane with connections open, and how
 * often any thread of it woke in ten seconds, as the kernel counts it. SWB_BENCH_SECONDS is
 * another time. */

#define N_CONNECTIONS 20
#define SETTLE_US (500 * 1000)

static pid_t
start_swb (const char *bench)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      if (freopen ("/dev/null", "w", stdout) != NULL)
        execl (g_getenv ("SWB"), "swb", "run", "--journal=none", bench, NULL);
      _exit (127);
    }
  return pid;
}

static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  for (guint i = 0; connect (fd, (struct sockaddr *)&address, sizeof address) != 0; i++)
    {
      if (i > 5000)
        g_error ("swb does not listen");
      g_usleep (2000);
    }
  return fd;
}

/* Each says a word and hears it, so that every connection is known to be up. */
static void
open_connections (const char *path, int *fds)
{
  for (guint i = 0; i < N_CONNECTIONS; i++)
    {
      char byte = 'x';

      fds[i] = connect_to (path);
      g_assert_cmpint (send (fds[i], &byte, 1, 0), ==, 1);
      g_assert_cmpint (recv (fds[i], &byte, 1, 0), ==, 1);
    }
}

int
main (void)
{
  guint64 seconds = measure_get_number ("SWB_BENCH_SECONDS", 10);
  g_autofree char *folder = g_dir_make_tmp ("swb-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  g_autofree char *bench = g_build_filename (folder, "idle.bench", NULL);
  g_autofree char *state = g_build_filename (folder, "state", NULL);
  g_autofree char *text = g_strdup_printf ("pane server AF_UNIX SOCK_STREAM 0\n"
                                           "server reply echo\n"
                                           "server bind %s\n"
                                           "server listen 64\n"
                                           "wait 60min\n",
                                           path);
  int fds[N_CONNECTIONS];
  guint64 n;
  pid_t pid;

  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_assert_true (g_file_set_contents (bench, text, -1, NULL));
  pid = start_swb (bench);
  open_connections (path, fds);
  g_usleep (SETTLE_US);
  n = measure_sleeps (pid);
  g_usleep (seconds * G_USEC_PER_SEC);
  n = measure_sleeps (pid) - n;
  for (guint i = 0; i < N_CONNECTIONS; i++)
    close (fds[i]);
  kill (pid, SIGTERM);
  waitpid (pid, NULL, 0);

  printf ("idle with %d connections open, %" G_GUINT64_FORMAT " s\n", N_CONNECTIONS,
          seconds);
  measure_print_at_most ("swb run: wake-ups of all its threads", (double)n, "", 0);
  g_unlink (bench);
  return 0;
}
