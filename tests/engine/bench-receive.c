/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine-fixture.h"
#include "journal/store/swb-follower.h"

/* Receiving with the whole journal on disk, against a bare loop that keeps nothing: both in
 * one run, interleaved, each sender a process of its own. Prints medians and ratios. */

#define N_RUNS 5
#define STREAM_BYTES (G_GUINT64_CONSTANT (1) << 30)
#define N_DATAGRAMS 1000000u
#define DATAGRAM_BYTES 64

typedef struct
{
  double wall_s;
  double cpu_s;
  guint64 n_received; /* bytes, or datagrams */
} Run;

static double
now_s (void)
{
  return (double)g_get_monotonic_time () / 1e6;
}

static double
cpu_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* --- senders: they end by themselves --- */

static pid_t
start_sender (const SwbAddress *to, int type, gsize n_bytes, guint64 n_sends)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      g_autofree guint8 *bytes = g_malloc0 (n_bytes);
      int fd = socket (AF_INET, type, 0);

      if (connect (fd, &to->sa, to->length) != 0)
        _exit (1);
      for (guint64 i = 0; i < n_sends; i++)
        if (send (fd, bytes, n_bytes, 0) < 0)
          _exit (2);
      _exit (0);
    }
  return pid;
}

static void
wait_for_sender (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

/* --- the bare loop --- */

static int
bare_bind (int type, SwbAddress *address)
{
  int fd = socket (AF_INET, type | SOCK_CLOEXEC, 0);
  int room = SWB_ENGINE_RCVBUF;
  SwbAddress any_port;

  loopback (&any_port, 0);
  if (type == SOCK_DGRAM)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof (room));
  g_assert_cmpint (bind (fd, &any_port.sa, any_port.length), ==, 0);
  address->length = sizeof (address->storage);
  g_assert_cmpint (getsockname (fd, &address->sa, &address->length), ==, 0);
  return fd;
}

static Run
receive_bare (void)
{
  g_autofree guint8 *room = g_malloc (SWB_ENGINE_RECV_ROOM);
  SwbAddress address;
  int listener = bare_bind (SOCK_STREAM, &address);
  Run run = { 0 };
  double began, cpu;
  pid_t sender;
  gssize n;
  int fd;

  listen (listener, 1);
  began = now_s ();
  cpu = cpu_s ();
  sender = start_sender (&address, SOCK_STREAM, 65536, STREAM_BYTES / 65536);
  fd = accept (listener, NULL, NULL);
  while ((n = recv (fd, room, SWB_ENGINE_RECV_ROOM, 0)) > 0)
    run.n_received += (guint64)n;
  run.wall_s = now_s () - began;
  run.cpu_s = cpu_s () - cpu;
  wait_for_sender (sender);
  close (fd);
  close (listener);
  return run;
}

/* --- the engine --- */

typedef struct
{
  guint64 next;
  guint64 n_bytes;
  guint64 n_datagrams;
  gboolean is_over;
} Tally;

/* Only what is new is looked at, as a window would. */
static gboolean
tally_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  Tally *tally = user_data;

  for (guint64 i = first; i < first + n_records; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (journal, i);

      if (entry->kind != SWB_RECORD_CALL || entry->result < 0)
        continue;
      if (entry->what == SWB_CALL_RECVFROM)
        tally->n_datagrams++;
      if (entry->what != SWB_CALL_RECV)
        continue;
      tally->n_bytes += (guint64)entry->result;
      if (entry->result == 0)
        tally->is_over = TRUE;
    }
  return G_SOURCE_CONTINUE;
}

static GSource *
follow (Bench *bench, Tally *tally)
{
  GSource *follower = swb_follower_new (bench->journal, 0, 16667);

  g_source_set_callback (follower, G_SOURCE_FUNC (tally_cb), tally, NULL);
  g_source_attach (follower, bench->context);
  return follower;
}

static Run
receive_journaled (void)
{
  Tally tally = { 0 };
  g_autoptr (GSource) follower = NULL;
  SwbAddress address;
  Bench bench;
  double began, cpu;
  pid_t sender;
  Run run;

  bench_init (&bench);
  bench_serve (&bench, &address);
  follower = follow (&bench, &tally);
  began = now_s ();
  cpu = cpu_s ();
  sender = start_sender (&address, SOCK_STREAM, 65536, STREAM_BYTES / 65536);
  while (!tally.is_over)
    g_main_context_iteration (bench.context, TRUE);
  run = (Run){ now_s () - began, cpu_s () - cpu, tally.n_bytes };
  wait_for_sender (sender);
  g_source_destroy (follower);
  bench_clear (&bench);
  return run;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Ends when the sender is done and nothing has come for a fifth of a second. */
static Run
burst_journaled (void)
{
  g_autoptr (GSource) follower = NULL;
  g_autoptr (GSource) ticker = g_timeout_source_new (20);
  Tally tally = { 0 };
  SwbAddress any_port, address;
  Bench bench;
  double began, cpu, last_s;
  guint64 last = 0;
  pid_t sender;
  Run run;

  bench_init (&bench);
  loopback (&any_port, 0);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &any_port));
  bench_get_local (&bench, 1, &address);
  follower = follow (&bench, &tally);
  g_source_set_callback (ticker, wake_cb, NULL, NULL);
  g_source_attach (ticker, bench.context);
  began = last_s = now_s ();
  cpu = cpu_s ();
  sender = start_sender (&address, SOCK_DGRAM, DATAGRAM_BYTES, N_DATAGRAMS);
  while (tally.n_datagrams < N_DATAGRAMS && (last == 0 || now_s () - last_s < 0.5))
    {
      g_main_context_iteration (bench.context, TRUE);
      if (tally.n_datagrams != last)
        last_s = now_s ();
      last = tally.n_datagrams;
    }
  run = (Run){ last_s - began, cpu_s () - cpu, tally.n_datagrams };
  wait_for_sender (sender);
  g_source_destroy (follower);
  g_source_destroy (ticker);
  bench_clear (&bench);
  return run;
}

static int
compare_wall (gconstpointer a, gconstpointer b)
{
  double left = ((const Run *)a)->wall_s;
  double right = ((const Run *)b)->wall_s;

  return left < right ? -1 : left > right;
}

static Run
median (Run *runs)
{
  qsort (runs, N_RUNS, sizeof (Run), compare_wall);
  return runs[N_RUNS / 2];
}

int
main (void)
{
  Run bare[N_RUNS], journaled[N_RUNS], burst[N_RUNS];
  guint64 n_lost = 0;
  Run b, j, u;

  for (guint i = 0; i < N_RUNS; i++)
    {
      bare[i] = receive_bare ();
      journaled[i] = receive_journaled ();
      burst[i] = burst_journaled ();
      g_assert_cmpuint (journaled[i].n_received, ==, STREAM_BYTES);
      n_lost += N_DATAGRAMS - burst[i].n_received;
    }

  b = median (bare);
  j = median (journaled);
  u = median (burst);
  printf ("receive 1 GiB of TCP, medians of %d interleaved runs\n", N_RUNS);
  printf ("  bare loop    %.3f s wall  %.3f s cpu\n", b.wall_s, b.cpu_s);
  printf ("  journaled    %.3f s wall  %.3f s cpu\n", j.wall_s, j.cpu_s);
  printf ("  ratio        %.2f (to reach: 2.5)\n", j.wall_s / b.wall_s);
  printf ("receive 1,000,000 datagrams of 64 bytes at full speed\n");
  printf ("  journaled    %.3f s wall  %.2f µs cpu a datagram\n", u.wall_s,
          u.cpu_s * 1e6 / u.n_received);
  printf ("  lost         %.3f %% of %u\n", 100.0 * n_lost / (N_RUNS * (double)N_DATAGRAMS),
          N_RUNS * N_DATAGRAMS);
  return EXIT_SUCCESS;
}
