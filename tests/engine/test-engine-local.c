/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine-fixture.h"

/* Unix sockets, and datagrams. */

static void
unix_path (SwbAddress *address, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;

  swb_address_parse (AF_UNIX, SOCK_STREAM, path, address, &host, NULL, &error);
  g_assert_no_error (error);
}

static char *
make_path (Bench *bench, SwbAddress *address)
{
  char *path = g_build_filename (bench->folder, "..", "x.sock", NULL);

  unix_path (address, path);
  return path;
}

static void
test_udp (void)
{
  g_autoptr (GBytes) bytes = NULL;
  SwbAddress address, any_port;
  SwbRecord record;
  SwbOrder *order;
  Bench bench;

  g_test_summary (
      "a datagram comes with its sender's address, a full receive buffer is asked for");
  bench_init (&bench);
  loopback (&any_port, 0);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_pane (&bench, 2, AF_INET, SOCK_DGRAM);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &any_port)),
                   ==, 0);
  bench_get_local (&bench, 1, &address);
  order = swb_order_new (SWB_VERB_SENDTO, 2, 0);
  order->address = address;
  order->bytes = g_bytes_new_static ("datagram", 8);
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, 0);
  bytes = bench_wait_received (&bench, 1, 0, 8);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "datagram", 8);
  g_assert_cmpuint (
      bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECVFROM, 0 }, &record), ==, 1);
  g_assert_cmpint (record.address.family, ==, AF_INET);
  g_assert_cmpuint (
      bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_SETSOCKOPT, 0 }, NULL), ==, 1);
  bench_clear (&bench);
}

static void
test_udp_boundaries (void)
{
  SwbAddress address, any_port;
  SwbRecord record;
  CallOf received = { 1, SWB_CALL_RECVFROM, 0 };
  Bench bench;

  g_test_summary ("a datagram larger than the room is cut, and a note says how much is "
                  "gone; an empty one is no end");
  bench_init (&bench);
  loopback (&any_port, 0);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE);
  bench_pane (&bench, 2, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &any_port));
  bench_get_local (&bench, 1, &address);
  bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 2, &address));
  bench_wait (&bench, bench_send (&bench, 2, 0, "0123456789"));
  bench_wait (&bench, bench_send (&bench, 2, 0, ""));
  bench_wait (&bench, bench_send (&bench, 2, 0, "after"));

  g_assert_cmpint (bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV, 1, 0, 4)), ==,
                   0);
  g_assert_cmpuint (bench_count (&bench, is_call, &received, &record), ==, 1);
  g_assert_cmpmem (record.data, record.n_data, "0123", 4);
  g_assert_cmpint (record.result, ==, 10);
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_TRUNCATED), &record), ==, 1);
  g_assert_cmpint (record.ints[0], ==, 6);

  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECV, 1, 0)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECV, 1, 0)), ==, 0);
  g_assert_cmpuint (bench_count (&bench, is_call, &received, &record), ==, 3);
  g_assert_cmpmem (record.data, record.n_data, "after", 5);
  bench_clear (&bench);
}

static void
test_udp_refused (void)
{
  SwbAddress address, any_port;
  Bench bench;

  g_test_summary ("a connected datagram socket hears that its port is closed");
  bench_init (&bench);
  loopback (&any_port, 0);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_pane (&bench, 2, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &any_port));
  bench_get_local (&bench, 1, &address);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 1, 0));
  bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 2, &address));
  bench_wait (&bench, bench_send (&bench, 2, 0, "anyone?"));
  bench_wait_for (&bench, is_call, &(CallOf){ 2, SWB_CALL_RECVFROM, ECONNREFUSED }, 1,
                  NULL);
  bench_clear (&bench);
}

static void
run_unix (int type)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  SwbAddress address;
  Bench bench;

  bench_init (&bench);
  path = make_path (&bench, &address);
  bench_pane (&bench, 1, AF_UNIX, type);
  bench_pane (&bench, 2, AF_UNIX, type);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address)),
                   ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_number (&bench, SWB_VERB_LISTEN, 1, 0, 5)), ==,
                   0);
  g_assert_cmpint (
      bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 2, &address)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_ACCEPT, 1, 0)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 2, 0, "local")), ==, 0);
  bytes = bench_wait_received (&bench, 1, 1, 5);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "local", 5);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_REMOVE, 1, 0)), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  bench_clear (&bench);
}

static void
test_unix_stream (void)
{
  g_test_summary ("a unix stream carries bytes, and its path goes with the pane");
  run_unix (SOCK_STREAM);
}

static void
test_unix_seqpacket (void)
{
  g_test_summary ("a unix seqpacket carries messages, and its path goes with the pane");
  run_unix (SOCK_SEQPACKET);
}

static void
leave_stale_path (const SwbAddress *address)
{
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, &address->sa, address->length), ==, 0);
  close (fd);
}

static void
test_stale (void)
{
  g_autofree char *path = NULL;
  SwbAddress address;
  Bench bench;

  g_test_summary ("a path that nobody listens on is told as stale and can be taken over; a "
                  "live one cannot");
  bench_init (&bench);
  path = make_path (&bench, &address);
  leave_stale_path (&address);
  bench_pane (&bench, 1, AF_UNIX, SOCK_STREAM);
  bench_pane (&bench, 2, AF_UNIX, SOCK_STREAM);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address)),
                   ==, EADDRINUSE);
  g_assert_cmpuint (bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_STALE), NULL),
                    ==, 1);
  g_assert_cmpint (
      bench_wait (&bench, bench_address (&bench, SWB_VERB_UNLINK, 1, &address)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address)),
                   ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_number (&bench, SWB_VERB_LISTEN, 1, 0, 1)), ==,
                   0);
  g_assert_cmpint (
      bench_wait (&bench, bench_address (&bench, SWB_VERB_UNLINK, 2, &address)), ==,
      EADDRINUSE);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  bench_clear (&bench);
}

static void
test_unix_datagram_flood (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SwbAddress address;
  guint64 id = 0;
  Bench bench;

  g_test_summary (
      "datagrams to a full queue wait without a busy loop and arrive when there is room");
  bench_init (&bench);
  path = make_path (&bench, &address);
  bench_pane (&bench, 1, AF_UNIX, SOCK_DGRAM);
  bench_pane (&bench, 2, AF_UNIX, SOCK_DGRAM);
  bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address)),
                   ==, 0);
  for (guint i = 0; i < 1000; i++)
    {
      SwbOrder *order = swb_order_new (SWB_VERB_SENDTO, 2, 0);

      order->address = address;
      order->bytes = g_bytes_new_static ("12345678", 8);
      id = bench_order (&bench, order);
    }
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_WAITING), 1, NULL);
  bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, TRUE);
  g_assert_cmpint (bench_wait (&bench, id), ==, 0);
  bytes = bench_wait_received (&bench, 1, 0, 8000);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 8000);
  bench_clear (&bench);
}

static void
test_socketpair (void)
{
  g_autoptr (GBytes) bytes = NULL;
  Bench bench;

  g_test_summary ("socketpair gives both panes an end");
  bench_init (&bench);
  bench_pair (&bench, SOCK_STREAM);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 1, 0, "pair")), ==, 0);
  bytes = bench_wait_received (&bench, 2, 0, 4);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "pair", 4);
  bench_clear (&bench);
}

static gboolean
is_survey (const SwbRecord *record, gpointer user_data)
{
  return record->kind == SWB_RECORD_CALL && record->origin == SWB_ORIGIN_SURVEY;
}

static gboolean
is_survey_of (const SwbRecord *record, gpointer name)
{
  return is_survey (record, NULL) && record->ints[0] == SOL_SOCKET
         && record->ints[1] == *(int *)name;
}

static void
test_survey (void)
{
  const int stream = SOCK_STREAM;
  const int type = SO_TYPE, error = SO_ERROR;
  SwbRecord record;
  SwbOrder *order;
  Bench bench;

  g_test_summary (
      "all options of a level are read by one order, each by a recorded call, but "
      "none whose reading has an effect");
  bench_init (&bench);
  bench_pane (&bench, 1, AF_UNIX, SOCK_STREAM);
  order = swb_order_new (SWB_VERB_GETSOCKOPT, 1, 0);
  order->numbers[0] = SOL_SOCKET;
  order->numbers[1] = SWB_OPTION_ALL;
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, 0);
  g_assert_cmpuint (bench_count (&bench, is_survey, NULL, NULL), >, 20);
  g_assert_cmpuint (bench_count (&bench, is_survey_of, (gpointer)&type, &record), ==, 1);
  g_assert_cmpint (record.result, ==, 0);
  g_assert_cmpuint (record.n_data, ==, sizeof (int));
  g_assert_cmpmem (record.data, record.n_data, &stream, sizeof stream);
  g_assert_cmpuint (bench_count (&bench, is_survey_of, (gpointer)&error, NULL), ==, 0);

  /* A level that nobody knows has none. */
  order = swb_order_new (SWB_VERB_GETSOCKOPT, 1, 0);
  order->numbers[0] = 4242;
  order->numbers[1] = SWB_OPTION_ALL;
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, 0);
  bench_clear (&bench);
}

static void
test_stop_closes (void)
{
  g_autofree char *path = NULL;
  SwbAddress address;
  Bench bench;

  g_test_summary ("stopping the engine closes and unlinks what is open");
  bench_init (&bench);
  path = make_path (&bench, &address);
  bench_pane (&bench, 1, AF_UNIX, SOCK_STREAM);
  bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address));
  bench_verb (&bench, SWB_VERB_ACCEPT, 1, 0);
  swb_engine_stop (bench.engine);
  g_assert_cmpuint (bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_CLOSE, 0 }, NULL),
                    ==, 1);
  g_assert_cmpuint (bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_UNLINK, 0 }, NULL),
                    ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  bench_clear (&bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/udp/sendto", test_udp);
  g_test_add_func ("/engine/udp/boundaries", test_udp_boundaries);
  g_test_add_func ("/engine/udp/refused", test_udp_refused);
  g_test_add_func ("/engine/unix/stream", test_unix_stream);
  g_test_add_func ("/engine/unix/seqpacket", test_unix_seqpacket);
  g_test_add_func ("/engine/unix/stale", test_stale);
  g_test_add_func ("/engine/unix/datagram-flood", test_unix_datagram_flood);
  g_test_add_func ("/engine/unix/socketpair", test_socketpair);
  g_test_add_func ("/engine/survey", test_survey);
  g_test_add_func ("/engine/unix/stop-closes", test_stop_closes);
  return g_test_run ();
}
