/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <linux/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine-fixture.h"
#include "measure.h"

/* What recording every call costs: the same engine with it and without, in turn. Two loops,
 * each of messages of 64 bytes: a ping-pong, in which a client of the benchmark waits for
 * each echo of a server pane; and a pair loop, in which both ends are panes that echo, so
 * that the engine's thread does nothing but recv and send. */

#define MESSAGE_BYTES 64
#define PINGS_AT_ONCE 100
#define LOOP_S                                                                             \
  1.0 /* of each run: so the machine's speed doesn't decide how long all takes */

typedef Measured (*Loop) (gboolean recorded); /* figures of one message in wall_s, cpu_s */

static void
reply_echo (Bench *bench, guint pane)
{
  bench_wait (bench, bench_number (bench, SWB_VERB_REPLY, pane, 0, SWB_REPLY_ECHO));
}

static int
connect_to (const SwbAddress *address)
{
  int fd = socket (AF_INET, SOCK_STREAM, 0);
  int on = 1;

  g_assert_cmpint (connect (fd, &address->sa, address->length), ==, 0);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

/* Returns: how many echoes came in that time */
static guint
ping (int fd, double seconds)
{
  double end = measure_wall_s () + seconds;
  char bytes[MESSAGE_BYTES] = { 0 };
  guint n = 0;

  do
    for (guint i = 0; i < PINGS_AT_ONCE; i++, n++)
      {
        g_assert_cmpint (send (fd, bytes, sizeof bytes, 0), ==, sizeof bytes);
        g_assert_cmpint (recv (fd, bytes, sizeof bytes, MSG_WAITALL), ==, sizeof bytes);
      }
  while (measure_wall_s () < end);
  return n;
}

static Measured
run_ping_pong (gboolean recorded)
{
  SwbAddress address;
  Bench bench;
  Measured run;
  guint n;
  int fd;

  bench_init (&bench);
  bench_serve (&bench, &address);
  reply_echo (&bench, 1);
  fd = connect_to (&address);
  ping (fd, 0);
  swb_sys_set_recorded (recorded);
  run = (Measured){ -measure_wall_s (), -measure_cpu_s (RUSAGE_SELF) };
  n = ping (fd, LOOP_S);
  run.wall_s = (run.wall_s + measure_wall_s ()) / n;
  run.cpu_s = (run.cpu_s + measure_cpu_s (RUSAGE_SELF)) / n;
  swb_sys_set_recorded (TRUE);
  close (fd);
  bench_clear (&bench);
  return run;
}

/* How many bytes came in at the engine's descriptor, which the kernel counts also where the
 * journal doesn't. */
static guint64
count_bytes (int fd)
{
  struct tcp_info info;
  socklen_t length = sizeof info;

  g_assert_cmpint (getsockopt (fd, IPPROTO_TCP, TCP_INFO, &info, &length), ==, 0);
  return info.tcpi_bytes_received;
}

static int
find_fd (Bench *bench)
{
  CallOf connected = { 2, SWB_CALL_SOCKET, 0 };
  SwbRecord record;

  bench_wait_for (bench, is_call, &connected, 1, &record);
  return record.result;
}

static Measured
run_pair (gboolean recorded)
{
  char text[MESSAGE_BYTES + 1] = { 0 };
  Bench bench;
  Measured run;
  guint64 n;
  int fd;

  memset (text, 'x', MESSAGE_BYTES);
  bench_init (&bench);
  bench_connect (&bench);
  fd = find_fd (&bench);
  reply_echo (&bench, 1);
  swb_sys_set_recorded (recorded);
  bench_wait (&bench, bench_send (&bench, 2, 0, text));
  reply_echo (&bench, 2);
  bench_wait (&bench, bench_send (&bench, 2, 0, text));
  g_usleep (20000);
  n = count_bytes (fd);
  run = (Measured){ -measure_wall_s (), -measure_cpu_s (RUSAGE_SELF) };
  while (run.wall_s + measure_wall_s () < LOOP_S)
    g_usleep (10000);
  run.wall_s += measure_wall_s ();
  run.cpu_s += measure_cpu_s (RUSAGE_SELF);
  n = count_bytes (fd) - n;
  swb_sys_set_recorded (TRUE);
  bench_clear (&bench);

  /* Each message that comes in here was sent and received by the other end as well. */
  run.wall_s /= (double)n / MESSAGE_BYTES * 2;
  run.cpu_s /= (double)n / MESSAGE_BYTES * 2;
  return run;
}

static void
compare (const char *what, Loop loop)
{
  Measured with[MEASURE_RUNS], without[MEASURE_RUNS], w, o;

  for (guint i = 0; i < MEASURE_RUNS; i++)
    {
      without[i] = loop (FALSE);
      with[i] = loop (TRUE);
    }
  w = measure_median (with, MEASURE_RUNS);
  o = measure_median (without, MEASURE_RUNS);
  printf ("%s, medians of %d interleaved runs\n", what, MEASURE_RUNS);
  printf ("  recorded      %8.2f us wall %8.2f us cpu\n", w.wall_s * 1e6, w.cpu_s * 1e6);
  printf ("  not recorded  %8.2f us wall %8.2f us cpu\n", o.wall_s * 1e6, o.cpu_s * 1e6);
  measure_print_at_most ("recorded to not recorded, wall", w.wall_s / o.wall_s, " x", 1.15);
  measure_print_at_most ("recorded to not recorded, cpu", w.cpu_s / o.cpu_s, " x", 1.15);
}

int
main (void)
{
  compare ("ping-pong of 64 bytes", run_ping_pong);
  compare ("recv and send of 64 bytes, both ends in the engine", run_pair);
  return 0;
}
