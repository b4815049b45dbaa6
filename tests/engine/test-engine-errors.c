/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>

#include "burst-fixture.h"

/* What the kernel puts into a socket's queue of errors: as long as it is not empty, epoll
 * says so. Pane 1 sends, pane 2 is there to receive. */

static gboolean
is_queued_error (const SwbRecord *record, gpointer unused)
{
  return record->kind == SWB_RECORD_CALL && record->call == SWB_CALL_RECVMSG
         && (record->ints[1] & MSG_ERRQUEUE) != 0 && record->error == 0;
}

/* Orders have their turn, of three records each, and little else is recorded. */
static void
assert_rests (Bench *bench)
{
  guint64 n_before;

  bench_wait (bench, bench_verb (bench, SWB_VERB_GETSOCKNAME, 1, 0));
  n_before = swb_journal_get_n_records (bench->journal);
  for (guint i = 0; i < 20; i++)
    bench_wait (bench, bench_verb (bench, SWB_VERB_GETSOCKNAME, 1, 0));
  g_assert_cmpuint (swb_journal_get_n_records (bench->journal) - n_before, <=, 20 * 3 + 4);
}

/* A port where nobody is: one that was ours. */
static void
find_closed_port (SwbAddress *address)
{
  socklen_t length = sizeof address->in;
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  loopback (address, 0);
  g_assert_cmpint (bind (fd, &address->sa, address->length), ==, 0);
  g_assert_cmpint (getsockname (fd, &address->sa, &length), ==, 0);
  close (fd);
}

static void
send_to (Bench *bench, const SwbAddress *to, const char *text)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SENDTO, 1, 0);

  order->address = *to;
  order->bytes = g_bytes_new_static (text, strlen (text));
  g_assert_cmpint (bench_wait (bench, bench_order (bench, order)), ==, 0);
}

static void
test_icmp (void)
{
  struct sock_extended_err error;
  struct cmsghdr header;
  SwbAddress address;
  SwbRecord record;
  Bench bench;

  g_test_summary (
      "an ICMP error is read from the queue when it comes, and the engine rests then");
  bench_init (&bench);
  find_closed_port (&address);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_option (&bench, 1, IPPROTO_IP, IP_RECVERR, 1));
  send_to (&bench, &address, "nobody");
  bench_wait_for (&bench, is_queued_error, NULL, 1, &record);
  memcpy (&header, record.control, sizeof header);
  memcpy (&error, record.control + CMSG_LEN (0), sizeof error);
  g_assert_cmpint (header.cmsg_type, ==, IP_RECVERR);
  g_assert_cmpint (error.ee_errno, ==, ECONNREFUSED);
  g_assert_cmpint (error.ee_origin, ==, SO_EE_ORIGIN_ICMP);
  g_assert_cmpint (error.ee_type, ==, 3);
  g_assert_cmpint (error.ee_code, ==, 3);
  g_assert_cmpmem (record.data, record.n_data, "nobody", 6);
  assert_rests (&bench);
  bench_clear (&bench);
}

/* Times of sending come by way of the queue of errors. */
static void
send_timed (Bench *bench, SwbAddress *from)
{
  SwbAddress to;

  open_pane (bench, 2, AF_INET, 0, &to);
  open_pane (bench, 1, AF_INET, 0, from);
  g_assert_cmpint (bench_wait (bench, bench_option (bench, 1, SOL_SOCKET, SO_TIMESTAMPING,
                                                    SOF_TIMESTAMPING_TX_SOFTWARE
                                                        | SOF_TIMESTAMPING_SOFTWARE)),
                   ==, 0);
  send_to (bench, &to, "when?");
}

static void
test_timestamp (void)
{
  struct cmsghdr header;
  SwbAddress from;
  SwbRecord record;
  Bench bench;

  g_test_summary ("the time of sending is read from the queue although no option says that "
                  "there is one, and the engine rests then");
  bench_init (&bench);
  send_timed (&bench, &from);
  bench_wait_for (&bench, is_queued_error, NULL, 1, &record);
  memcpy (&header, record.control, sizeof header);
  g_assert_cmpint (header.cmsg_type, ==, SO_TIMESTAMPING);
  assert_rests (&bench);
  bench_clear (&bench);
}

static void
test_by_hand (void)
{
  Burst burst = { .n_datagrams = 1, .n_bytes = 8 };
  Bench bench;
  guint64 id;

  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    {
      g_test_skip ("an EAGAIN that is not true is followed by no event");
      return;
    }
  g_test_summary ("while a receive by hand waits, a queue of errors that nobody reads does "
                  "not keep the engine turning");
  bench_init (&bench);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  send_timed (&bench, &burst.to);
  id = bench_verb (&bench, SWB_VERB_RECV, 1, 0);
  assert_rests (&bench);
  g_assert_cmpuint (bench_count (&bench, is_queued_error, NULL, NULL), ==, 0);
  send_burst (&burst);
  g_assert_cmpint (bench_wait (&bench, id), ==, 0);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/errors/icmp", test_icmp);
  g_test_add_func ("/engine/errors/timestamp", test_timestamp);
  g_test_add_func ("/engine/errors/by-hand", test_by_hand);
  return g_test_run ();
}
