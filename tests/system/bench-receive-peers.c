/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

/* Receiving a stream of TCP with everything kept on disk: `swb run`, a bare loop that keeps
 * nothing, and the peers, all of them processes of their own, in turn. The clock runs from
 * the connection until the receiver has closed it, having taken all. SWB_BENCH_BYTES is how
 * much is sent (1 GiB); socat, which takes a byte in hundreds of nanoseconds, gets at most
 * 8 MiB, and its figures are scaled to the same number of bytes. */

#define SLOW_BYTES ((guint64)8 * 1024 * 1024)
#define CHUNK 65536

typedef enum
{
  BARE,
  SWB,
  NCAT,
  SOCAT,
  N_RECEIVERS
} Receiver;

static const char *const names[] = { "bare loop, keeps nothing", "swb run, journal on disk",
                                     "ncat -l -o FILE", "socat -u -x -v (log to a file)" };

static char *folder;

static struct sockaddr_in
make_address (guint16 port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = htons (port),
                               .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
}

/* A port that was free a moment ago: peers cannot be told to choose one. */
static guint16
find_port (void)
{
  struct sockaddr_in address = make_address (0);
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &length), ==, 0);
  close (fd);
  return ntohs (address.sin_port);
}

/* --- receivers --- */

static void
receive_bare (guint16 port)
{
  struct sockaddr_in address = make_address (port);
  g_autofree char *room = g_malloc (CHUNK);
  int listener = socket (AF_INET, SOCK_STREAM, 0);
  int fd;

  if (bind (listener, (struct sockaddr *)&address, sizeof address) != 0
      || listen (listener, 1) != 0)
    _exit (1);
  fd = accept (listener, NULL, NULL);
  while (recv (fd, room, CHUNK, 0) > 0)
    ;
  close (fd);
  _exit (0);
}

/* A responder that discards (RFC 863) closes when its peer has said its last. */
static char *
write_bench (guint16 port)
{
  char *path = g_build_filename (folder, "receive.bench", NULL);
  g_autofree char *text = g_strdup_printf ("pane server AF_INET SOCK_STREAM 0\n"
                                           "server reply discard\n"
                                           "server bind 127.0.0.1:%u\n"
                                           "server listen 1\n"
                                           "server expect accept within 60s\n"
                                           "server#1 expect state CLOSED within 600s\n",
                                           port);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
start_program (Receiver receiver, guint16 port)
{
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autofree char *log = g_build_filename (folder, "log", NULL);
  g_autofree char *listen_on
      = g_strdup_printf ("TCP4-LISTEN:%u,bind=127.0.0.1,reuseaddr", port);
  g_autofree char *bench = receiver == SWB ? write_bench (port) : NULL;

  if (freopen ("/dev/null", "w", stdout) == NULL || freopen (log, "w", stderr) == NULL)
    _exit (1);
  if (receiver == SWB)
    execl (g_getenv ("SWB"), "swb", "run", "--journal=none", bench, NULL);
  else if (receiver == NCAT)
    execlp ("ncat", "ncat", "-l", "127.0.0.1", number, "-o", log, NULL);
  else
    execlp ("socat", "socat", "-u", "-x", "-v", listen_on, "OPEN:/dev/null", NULL);
  _exit (127);
}

static pid_t
start_receiver (Receiver receiver, guint16 port)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0 && receiver == BARE)
    receive_bare (port);
  if (pid == 0)
    start_program (receiver, port);
  return pid;
}

/* --- the sender --- */

static int
connect_to (guint16 port, pid_t receiver)
{
  struct sockaddr_in address = make_address (port);

  for (;;)
    {
      int fd = socket (AF_INET, SOCK_STREAM, 0);

      if (connect (fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
      close (fd);
      if (waitpid (receiver, NULL, WNOHANG) != 0)
        g_error ("a receiver ended before it listened");
      g_usleep (2000);
    }
}

static void
send_all (int fd, guint64 n_bytes)
{
  g_autofree char *bytes = g_malloc (CHUNK);
  char last;

  for (gsize i = 0; i < CHUNK; i++)
    bytes[i] = (char)('a' + i % 26);
  while (n_bytes > 0)
    {
      gssize n = send (fd, bytes, MIN (n_bytes, CHUNK), MSG_NOSIGNAL);

      if (n < 0)
        g_error ("send: %s", g_strerror (errno));
      n_bytes -= (guint64)n;
    }
  shutdown (fd, SHUT_WR);
  while (recv (fd, &last, 1, 0) > 0)
    ;
}

static Measured
measure (Receiver receiver, guint64 n_bytes)
{
  guint64 n_sent = receiver == SOCAT ? MIN (n_bytes, SLOW_BYTES) : n_bytes;
  double scale = (double)n_bytes / (double)n_sent;
  guint16 port = find_port ();
  pid_t pid = start_receiver (receiver, port);
  int fd = connect_to (port, pid);
  double began = measure_wall_s ();
  struct rusage usage;
  Measured run;
  int status;

  send_all (fd, n_sent);
  run.wall_s = (measure_wall_s () - began) * scale;
  close (fd);
  g_assert_cmpint (wait4 (pid, &status, 0, &usage), ==, pid);
  if (status != 0)
    g_error ("%s ended with status %d", names[receiver], status);
  run.cpu_s = ((double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
               + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6)
              * scale;
  return run;
}

/* --- the whole --- */

static gboolean
is_there (Receiver receiver)
{
  g_autofree char *path = receiver == NCAT    ? g_find_program_in_path ("ncat")
                          : receiver == SOCAT ? g_find_program_in_path ("socat")
                                              : g_strdup ("");

  return path != NULL;
}

static void
print (const Measured *medians, guint64 n_bytes)
{
  printf ("receive %.0f MiB of TCP, medians of %d interleaved runs\n",
          (double)n_bytes / 1048576, MEASURE_RUNS);
  for (Receiver i = BARE; i < N_RECEIVERS; i++)
    if (is_there (i))
      printf ("  %-34s %9.3f s wall %9.3f s cpu %9.1f MB/s%s\n", names[i],
              medians[i].wall_s, medians[i].cpu_s,
              (double)n_bytes / 1e6 / medians[i].wall_s,
              i == SOCAT && n_bytes > SLOW_BYTES ? "  (scaled from 8 MiB)" : "");
    else
      printf ("  %-34s is not installed\n", names[i]);
  measure_print_at_most ("swb run to the bare loop, wall",
                         medians[SWB].wall_s / medians[BARE].wall_s, " x", 2.5);
  if (is_there (NCAT))
    measure_print_at_least ("ncat -o to swb run, wall",
                            medians[NCAT].wall_s / medians[SWB].wall_s, " x", 1.5);
  if (is_there (SOCAT))
    measure_print_at_least ("socat -x -v to swb run, wall",
                            medians[SOCAT].wall_s / medians[SWB].wall_s, " x", 100);
}

static void
remove_folder (void)
{
  static const char *const left[]
      = { "receive.bench",          "log",   "state/socket-workbench/journals",
          "state/socket-workbench", "state", "." };

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *path = g_build_filename (folder, left[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (void)
{
  guint64 n_bytes = measure_get_number ("SWB_BENCH_BYTES", (guint64)1 << 30);
  Measured runs[N_RECEIVERS][MEASURE_RUNS], medians[N_RECEIVERS] = { 0 };
  g_autofree char *state = NULL;

  signal (SIGPIPE, SIG_IGN);
  folder = g_dir_make_tmp ("swb-bench-XXXXXX", NULL);
  state = g_build_filename (folder, "state", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  for (guint i = 0; i < MEASURE_RUNS; i++)
    for (Receiver r = BARE; r < N_RECEIVERS; r++)
      if (is_there (r))
        runs[r][i] = measure (r, n_bytes);
  for (Receiver r = BARE; r < N_RECEIVERS; r++)
    if (is_there (r))
      medians[r] = measure_median (runs[r], MEASURE_RUNS);
  print (medians, n_bytes);
  remove_folder ();
  return 0;
}
