/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine-fixture.h"

static void
test_echo (void)
{
  g_autoptr (GBytes) back = NULL;
  Bench bench;

  g_test_summary ("what a client sends to an echo server comes back");
  bench_init (&bench);
  bench_connect (&bench);
  bench_number (&bench, SWB_VERB_REPLY, 1, 0, SWB_REPLY_ECHO);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 2, 0, "hello, bench\n")), ==, 0);
  back = bench_wait_received (&bench, 2, 0, 13);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), "hello, bench\n",
                   13);

  /* The end of the client's bytes ends the connection. */
  g_assert_cmpint (
      bench_wait (&bench, bench_number (&bench, SWB_VERB_SHUTDOWN, 2, 0, SHUT_WR)), ==, 0);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_CLOSE, 0 }, 1, NULL);
  bench_clear (&bench);
}

static void
test_calls_in_order (void)
{
  static const struct
  {
    guint pane;
    SwbCall call;
    int error;
  } expected[] = {
    { 1, SWB_CALL_SOCKET, 0 },
    { 1, SWB_CALL_BIND, 0 },
    { 1, SWB_CALL_GETSOCKNAME, 0 },
    { 1, SWB_CALL_LISTEN, 0 },
  };
  SwbAddress address;
  guint next = 0;
  Bench bench;

  g_test_summary ("a server's calls stand in the journal as they were made");
  bench_init (&bench);
  bench_serve (&bench, &address);
  for (guint64 i = 0; i < swb_journal_get_n_records (bench.journal); i++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (bench.journal, i, &record));
      if (record.kind != SWB_RECORD_CALL)
        continue;
      g_assert_cmpuint (next, <, G_N_ELEMENTS (expected));
      g_assert_cmpuint (record.pane, ==, expected[next].pane);
      g_assert_cmpint (record.call, ==, expected[next].call);
      g_assert_cmpint (record.error, ==, expected[next].error);
      next++;
    }
  g_assert_cmpuint (next, ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (swb_address_get_port (&address), >, 0);
  bench_clear (&bench);
}

static void
test_refused (void)
{
  SwbAddress address;
  Bench bench;

  g_test_summary ("a port that nobody listens on refuses, with its errno");
  bench_init (&bench);
  bench_serve (&bench, &address);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 1, 0)), ==, 0);
  bench_pane (&bench, 2, AF_INET, SOCK_STREAM);
  g_assert_cmpint (
      bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 2, &address)), ==,
      ECONNREFUSED);
  bench_clear (&bench);
}

static void
test_in_use (void)
{
  SwbAddress address;
  SwbRecord note;
  Bench bench;

  g_test_summary ("an address in use is told with its holder: this process");
  bench_init (&bench);
  bench_serve (&bench, &address);
  bench_pane (&bench, 2, AF_INET, SOCK_STREAM);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 2, &address)),
                   ==, EADDRINUSE);
  g_assert_cmpuint (bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_HOLDER), &note),
                    ==, 1);
  g_assert_nonnull (g_strstr_len ((const char *)note.data, note.n_data, "process"));
  bench_clear (&bench);
}

/* The kernel may deliver later than send returns, also on loopback. */
static void
wait_for_bytes (int fd, int n_bytes)
{
  for (int n = 0; n < n_bytes; g_usleep (1000))
    g_assert_cmpint (ioctl (fd, FIONREAD, &n), ==, 0);
}

static void
test_manual (void)
{
  g_autoptr (GBytes) bytes = NULL;
  SwbAddress address;
  SwbRecord record;
  guint64 accepting, receiving;
  CallOf accepted = { 1, SWB_CALL_ACCEPT, 0 };
  CallOf received = { 1, SWB_CALL_RECV, 0 };
  Bench bench;

  g_test_summary (
      "with accept and recv manual the kernel keeps what comes until it is asked for");
  bench_init (&bench);
  bench_serve (&bench, &address);
  bench_number (&bench, SWB_VERB_ACCEPT_MODE, 1, 0, FALSE);
  bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE);
  bench_pane (&bench, 2, AF_INET, SOCK_STREAM);
  g_assert_cmpint (
      bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 2, &address)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 2, 0, "one")), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 2, 0, "two")), ==, 0);
  g_assert_cmpuint (bench_count (&bench, is_call, &accepted, NULL), ==, 0);

  accepting = bench_verb (&bench, SWB_VERB_ACCEPT, 1, 0);
  g_assert_cmpint (bench_wait (&bench, accepting), ==, 0);
  g_assert_cmpuint (bench_count (&bench, is_call, &received, NULL), ==, 0);
  g_assert_cmpuint (bench_count (&bench, is_call, &accepted, &record), ==, 1);
  wait_for_bytes (record.result, strlen ("onetwo"));

  receiving = bench_number (&bench, SWB_VERB_RECV, 1, 1, 4);
  g_assert_cmpint (bench_wait (&bench, receiving), ==, 0);
  g_assert_cmpuint (bench_count (&bench, is_call, &received, &record), ==, 1);
  g_assert_cmpmem (record.data, record.n_data, "onet", 4);
  g_assert_cmpint (record.ints[0], ==, 4);
  bench_clear (&bench);
}

static void
test_within (void)
{
  SwbAddress address;
  SwbOrder *order;
  Bench bench;

  g_test_summary ("a wait ends at its time, and when it is cancelled");
  bench_init (&bench);
  bench_serve (&bench, &address);
  order = swb_order_new (SWB_VERB_ACCEPT, 1, 0);
  order->within_ns = 20 * 1000 * 1000;
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, ETIMEDOUT);

  order = swb_order_new (SWB_VERB_ACCEPT, 1, 0);
  bench_order (&bench, order);
  swb_engine_cancel (bench.engine, bench.last_id);
  g_assert_cmpint (bench_wait (&bench, bench.last_id), ==, ECANCELED);

  /* Closing the pane ends its waiting calls. */
  bench_verb (&bench, SWB_VERB_ACCEPT, 1, 0);
  bench_verb (&bench, SWB_VERB_REMOVE, 1, 0);
  g_assert_cmpint (bench_wait (&bench, bench.last_id - 1), ==, ECANCELED);
  g_assert_cmpint (bench_wait (&bench, bench.last_id), ==, 0);
  bench_clear (&bench);
}

static void
test_large (void)
{
  const gsize length = 8 * 1024 * 1024;
  g_autofree guint8 *pattern = g_malloc (length);
  g_autoptr (GBytes) received = NULL;
  SwbOrder *order;
  guint64 sending;
  Bench bench;

  g_test_summary (
      "more bytes than the kernel takes at once wait in the outbox, and a note says so");
  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    {
      g_test_skip ("one byte at a time this would take too long");
      return;
    }
  for (gsize i = 0; i < length; i++)
    pattern[i] = (guint8)(i * 2654435761u >> 13);

  bench_init (&bench);
  bench_connect (&bench);
  bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE);
  order = swb_order_new (SWB_VERB_SEND, 2, 0);
  order->bytes = g_bytes_new (pattern, length);
  sending = bench_order (&bench, order);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_WAITING), 1, NULL);
  bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, TRUE);
  g_assert_cmpint (bench_wait (&bench, sending), ==, 0);
  received = bench_wait_received (&bench, 1, 1, length);
  g_assert_cmpmem (g_bytes_get_data (received, NULL), g_bytes_get_size (received), pattern,
                   length);
  bench_clear (&bench);
}

static void
test_connect_twice (void)
{
  SwbAddress address;
  guint64 ids[2];
  Bench bench;
  int error;

  g_test_summary ("a second connect, which hears that the first is over, ends both");
  bench_init (&bench);
  bench_serve (&bench, &address);
  bench_pane (&bench, 2, AF_INET, SOCK_STREAM);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = bench_address (&bench, SWB_VERB_CONNECT, 2, &address);
  g_assert_cmpint (bench_wait (&bench, ids[0]), ==, 0);
  error = bench_wait (&bench, ids[1]);
  g_assert_true (error == 0 || error == EISCONN);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 2, 0, "x")), ==, 0);
  bench_clear (&bench);
}

static void
test_reset (void)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  SwbOrder *order;
  Bench bench;

  g_test_summary (
      "SO_LINGER 0 makes close a reset, and sending afterwards EPIPE, not a signal");
  bench_init (&bench);
  bench_connect (&bench);
  order = swb_order_new (SWB_VERB_SETSOCKOPT, 2, 0);
  order->numbers[0] = SOL_SOCKET;
  order->numbers[1] = SO_LINGER;
  order->bytes = g_bytes_new (&linger, sizeof (linger));
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 2, 0)), ==, 0);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECV, ECONNRESET }, 1, NULL);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 1, 1, "too late")), ==, EPIPE);
  bench_clear (&bench);
}

static guint64
recv_flags (Bench *bench, int room, int flags)
{
  SwbOrder *order = swb_order_new (SWB_VERB_RECV, 1, 1);

  order->numbers[0] = room;
  order->numbers[1] = flags;
  return bench_order (bench, order);
}

static void
send_urgent (Bench *bench)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SEND, 2, 0);

  order->bytes = g_bytes_new_static ("!", 1);
  order->numbers[0] = MSG_OOB;
  g_assert_cmpint (bench_wait (bench, bench_order (bench, order)), ==, 0);
}

static void
test_urgent (void)
{
  SwbRecord record;
  guint64 waiting;
  Bench bench;
  int error;

  g_test_summary ("recv MSG_OOB waits for the urgent byte alone; where recv is automatic "
                  "the kernel is asked now");
  bench_init (&bench);
  bench_connect (&bench);
  do
    error = bench_wait (&bench, recv_flags (&bench, 8, MSG_OOB));
  while (error == EAGAIN || error == EINTR);
  g_assert_cmpint (error, ==, EINVAL);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  waiting = recv_flags (&bench, 8, MSG_OOB);
  send_urgent (&bench);
  g_assert_cmpint (bench_wait (&bench, waiting), ==, 0);
  g_assert_cmpuint (
      bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECV, 0 }, &record), ==, 1);
  g_assert_cmpmem (record.data, record.n_data, "!", 1);

  waiting = recv_flags (&bench, 8, MSG_OOB);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 2, 0));
  g_assert_cmpint (bench_wait (&bench, waiting), ==, EINVAL);
  bench_clear (&bench);
}

static void
test_option_room (void)
{
  SwbOrder *order = swb_order_new (SWB_VERB_GETSOCKOPT, 2, 0);
  SwbRecord record;
  Bench bench;

  g_test_summary ("getsockopt has room for the whole of an option's struct");
  bench_init (&bench);
  bench_connect (&bench);
  order->numbers[0] = SOL_SOCKET;
  order->numbers[1] = SO_LINGER;
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, 0);
  bench_wait_for (&bench, is_call, &(CallOf){ 2, SWB_CALL_GETSOCKOPT, 0 }, 1, &record);
  bench_count (&bench, is_call, &(CallOf){ 2, SWB_CALL_GETSOCKOPT, 0 }, &record);
  g_assert_cmpuint (record.n_data, ==, sizeof (struct linger));
  bench_clear (&bench);
}

static void
test_half_close (void)
{
  g_autoptr (GBytes) bytes = NULL;
  SwbRecord record;
  Bench bench;

  g_test_summary ("after shutdown of one direction the other still carries bytes");
  bench_init (&bench);
  bench_connect (&bench);
  g_assert_cmpint (
      bench_wait (&bench, bench_number (&bench, SWB_VERB_SHUTDOWN, 2, 0, SHUT_WR)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECV, 1, 1)), ==, 0);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECV, 0 }, 1, &record);
  g_assert_cmpint (record.result, ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 1, 1, "still here")), ==, 0);
  bytes = bench_wait_received (&bench, 2, 0, 10);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "still here",
                   10);
  bench_clear (&bench);
}

static void
test_on_purpose (void)
{
  Bench bench;

  g_test_summary ("calls that make no sense reach the kernel, and its errno comes back");
  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    {
      g_test_skip ("an injected errno would stand in for the kernel's");
      return;
    }
  bench_init (&bench);
  bench_pane (&bench, 1, AF_INET, SOCK_STREAM);
  bench_pane (&bench, 2, AF_INET, SOCK_STREAM | 0x700);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_ACCEPT, 1, 0)), ==,
                   EINVAL);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECV, 1, 0)), ==,
                   ENOTCONN);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_GETPEERNAME, 1, 0)), ==,
                   ENOTCONN);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 1, 0, "x")), ==, EPIPE);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_SOCKET, 2, 0)), ==,
                   EINVAL);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 1, 7)), ==,
                   EBADF);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_SOCKET, 99, 0)), ==,
                   EBADF);
  bench_clear (&bench);
}

/* Descriptors up to the limit, all in use. */
static GArray *
use_up_descriptors (guint limit)
{
  GArray *fds = g_array_new (FALSE, FALSE, sizeof (int));
  struct rlimit small;
  int fd;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &small), ==, 0);
  small.rlim_cur = limit;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &small), ==, 0);
  while ((fd = dup (STDERR_FILENO)) >= 0)
    g_array_append_val (fds, fd);
  g_assert_cmpint (errno, ==, EMFILE);
  return fds;
}

static void
give_back_descriptors (GArray *fds)
{
  for (guint i = 0; i < fds->len; i++)
    close (g_array_index (fds, int, i));
  g_array_unref (fds);
}

static void
test_descriptors (void)
{
  CallOf turned_away = { 1, SWB_CALL_ACCEPT, EMFILE };
  CallOf accepted = { 1, SWB_CALL_ACCEPT, 0 };
  SwbAddress address;
  GArray *fds;
  Bench bench;

  g_test_summary ("without descriptors a connection is turned away with a note, and the "
                  "server goes on");
  bench_init (&bench);
  bench_serve (&bench, &address);
  bench_pane (&bench, 2, AF_INET, SOCK_STREAM);
  bench_pane (&bench, 3, AF_INET, SOCK_STREAM);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_SOCKET, 2, 0)), ==, 0);

  fds = use_up_descriptors (128);
  bench_address (&bench, SWB_VERB_CONNECT, 2, &address);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTORS), 1, NULL);
  give_back_descriptors (fds);
  g_assert_cmpuint (bench_count (&bench, is_call, &turned_away, NULL), >=, 1);

  g_assert_cmpint (
      bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 3, &address)), ==, 0);
  bench_wait_for (&bench, is_call, &accepted, 2, NULL);
  bench_clear (&bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/tcp/echo", test_echo);
  g_test_add_func ("/engine/tcp/calls-in-order", test_calls_in_order);
  g_test_add_func ("/engine/tcp/refused", test_refused);
  g_test_add_func ("/engine/tcp/in-use", test_in_use);
  g_test_add_func ("/engine/tcp/manual", test_manual);
  g_test_add_func ("/engine/tcp/within", test_within);
  g_test_add_func ("/engine/tcp/large", test_large);
  g_test_add_func ("/engine/tcp/connect-twice", test_connect_twice);
  g_test_add_func ("/engine/tcp/reset", test_reset);
  g_test_add_func ("/engine/tcp/urgent", test_urgent);
  g_test_add_func ("/engine/tcp/option-room", test_option_room);
  g_test_add_func ("/engine/tcp/half-close", test_half_close);
  g_test_add_func ("/engine/tcp/on-purpose", test_on_purpose);
  g_test_add_func ("/engine/tcp/descriptors", test_descriptors);
  return g_test_run ();
}
