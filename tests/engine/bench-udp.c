/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine-fixture.h"
#include "journal/store/swb-follower.h"

/* A million datagrams as fast as another process sends them, one a call or many a call
 * (UDP_SEGMENT): received by the engine with its whole journal on disk, and by a loop that
 * does no more than receive and keep in memory, both in one run, interleaved. Every
 * datagram must be either kept or told of as lost. */

#define N_RUNS 5
#define N_DATAGRAMS 1000000u
#define DATAGRAM_BYTES 64
#define SEGMENTS 64
#define QUIET_MS 500

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

typedef struct
{
  double cpu_us; /* of each datagram kept */
  guint64 n_kept;
  guint64 n_lost;
} Run;

static double
cpu_us (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static pid_t
start_sender (const SwbAddress *to, gboolean is_segmented)
{
  guint8 bytes[DATAGRAM_BYTES * SEGMENTS] = { 0 };
  gsize n_bytes = is_segmented ? sizeof (bytes) : DATAGRAM_BYTES;
  int segment = DATAGRAM_BYTES;
  pid_t pid = fork ();
  int fd;

  g_assert_cmpint (pid, >=, 0);
  if (pid > 0)
    return pid;

  fd = socket (AF_INET, SOCK_DGRAM, 0);
  if (connect (fd, &to->sa, to->length) != 0
      || (is_segmented
          && setsockopt (fd, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof (segment)) != 0))
    _exit (1);
  for (guint i = 0; i < N_DATAGRAMS / (n_bytes / DATAGRAM_BYTES); i++)
    if (send (fd, bytes, n_bytes, 0) != (gssize)n_bytes)
      _exit (2);
  _exit (0);
}

static void
wait_for_sender (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

/* --- receive and keep --- */

static int
open_plain (SwbAddress *address)
{
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int room = SWB_ENGINE_RCVBUF;
  struct timeval quiet = { .tv_usec = QUIET_MS * 1000 };

  loopback (address, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof (room));
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &quiet, sizeof (quiet));
  g_assert_cmpint (bind (fd, &address->sa, address->length), ==, 0);
  g_assert_cmpint (getsockname (fd, &address->sa, &address->length), ==, 0);
  return fd;
}

static Run
receive_plain (gboolean is_segmented)
{
  g_autofree guint8 *kept = g_malloc (N_DATAGRAMS * DATAGRAM_BYTES + 65536);
  guint32 info[SK_MEMINFO_VARS] = { 0 };
  socklen_t length = sizeof (info);
  SwbAddress address, from;
  int fd = open_plain (&address);
  double began = cpu_us ();
  gsize used = 0;
  Run run = { 0 };
  pid_t sender = start_sender (&address, is_segmented);

  for (;;)
    {
      socklen_t n_from = sizeof (from.storage);
      gssize n = recvfrom (fd, kept + used, 65536, MSG_TRUNC, &from.sa, &n_from);

      if (n < 0)
        break;
      used += (gsize)n;
      run.n_kept++;
    }
  run.cpu_us = (cpu_us () - began) / (double)run.n_kept;
  getsockopt (fd, SOL_SOCKET, SO_MEMINFO, info, &length);
  run.n_lost = info[SK_MEMINFO_DROPS];
  wait_for_sender (sender);
  close (fd);
  return run;
}

/* --- the engine --- */

static gboolean
tally_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  Run *run = user_data;
  SwbRecord record;

  for (guint64 i = first; i < first + n_records; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (journal, i);

      if (entry->kind == SWB_RECORD_CALL && entry->what == SWB_CALL_RECVFROM
          && entry->result >= 0)
        run->n_kept++;
      else if (entry->kind == SWB_RECORD_NOTE && entry->what == SWB_NOTE_LOST
               && swb_journal_read (journal, i, &record))
        run->n_lost += (guint64)record.ints[0];
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Until all is accounted for, or nothing has been heard for a while. */
static void
wait_for_all (Bench *bench, Run *run)
{
  g_autoptr (GSource) ticker = g_timeout_source_new (QUIET_MS / 4);
  guint64 last = 0;
  gint64 last_us = 0;

  g_source_set_callback (ticker, tick_cb, NULL, NULL);
  g_source_attach (ticker, bench->context);
  while (run->n_kept + run->n_lost < N_DATAGRAMS
         && (last == 0 || g_get_monotonic_time () - last_us < QUIET_MS * 4000))
    {
      g_main_context_iteration (bench->context, TRUE);
      if (run->n_kept + run->n_lost != last)
        last_us = g_get_monotonic_time ();
      last = run->n_kept + run->n_lost;
    }
  g_source_destroy (ticker);
}

static Run
receive_journaled (gboolean is_segmented)
{
  g_autoptr (GSource) follower = NULL;
  SwbAddress any_port, address;
  Run run = { 0 };
  double began;
  pid_t sender;
  Bench bench;

  bench_init (&bench);
  loopback (&any_port, 0);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &any_port));
  bench_get_local (&bench, 1, &address);
  follower = swb_follower_new (bench.journal, 0, 16667);
  g_source_set_callback (follower, G_SOURCE_FUNC (tally_cb), &run, NULL);
  g_source_attach (follower, bench.context);
  began = cpu_us ();
  sender = start_sender (&address, is_segmented);
  wait_for_all (&bench, &run);
  run.cpu_us = (cpu_us () - began) / (double)run.n_kept;
  wait_for_sender (sender);
  g_source_destroy (follower);
  bench_clear (&bench);
  return run;
}

/* --- report --- */

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = ((const Run *)a)->cpu_us;
  double right = ((const Run *)b)->cpu_us;

  return left < right ? -1 : left > right;
}

static gint64
print_runs (const char *name, Run *runs)
{
  gint64 unaccounted = 0;
  Run median;

  for (guint i = 0; i < N_RUNS; i++)
    unaccounted += ABS ((gint64)N_DATAGRAMS - (gint64)(runs[i].n_kept + runs[i].n_lost));
  qsort (runs, N_RUNS, sizeof (Run), compare);
  median = runs[N_RUNS / 2];
  printf ("  %-10s %8u sent  %8" G_GUINT64_FORMAT " kept  %7" G_GUINT64_FORMAT
          " lost  %.2f µs cpu each  unaccounted in all runs: %" G_GINT64_FORMAT "\n",
          name, N_DATAGRAMS, median.n_kept, median.n_lost, median.cpu_us, unaccounted);
  return unaccounted;
}

int
main (void)
{
  gint64 unaccounted = 0;

  for (int is_segmented = FALSE; is_segmented <= TRUE; is_segmented++)
    {
      Run plain[N_RUNS], journaled[N_RUNS];

      for (guint i = 0; i < N_RUNS; i++)
        {
          plain[i] = receive_plain (is_segmented);
          journaled[i] = receive_journaled (is_segmented);
        }
      printf ("datagrams of %d bytes, %s, medians of %d interleaved runs\n", DATAGRAM_BYTES,
              is_segmented ? "64 a send (UDP_SEGMENT)" : "one a send", N_RUNS);
      print_runs ("plain", plain);
      unaccounted += print_runs ("journaled", journaled);
      printf ("  ratio      %.2f (to reach: 1.5)\n",
              journaled[N_RUNS / 2].cpu_us / plain[N_RUNS / 2].cpu_us);
    }
  return unaccounted == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
