/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "burst-fixture.h"

/* The call that receives is the pane's choice: recvmsg with what it tells besides the
 * bytes. */

typedef struct
{
  const char *path;
  SwbCall call;
  guint pause_every;
} InPlace;

static void
test_in_place (gconstpointer data)
{
  const InPlace *in = data;
  Burst burst = { .n_datagrams = BURST / 4, .n_bytes = 64, .pause_every = in->pause_every };
  Account account = { .pane = 1, .in_place = TRUE };
  GThread *sender;
  Bench bench;

  g_test_summary (
      "with control messages each gap stands where the numbers of the datagrams "
      "jump");
  bench_init (&bench);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, receive_with (&bench, 1, in->call, 0));
  open_pane (&bench, 1, AF_INET, 4096, &burst.to);
  sender = g_thread_new ("sender", send_burst, &burst);
  g_thread_join (sender);
  wait_for_sum (&bench, &account, (guint64)burst.n_sent);
  g_assert_cmpuint (bench_count (&bench, is_call, &(CallOf){ 1, in->call, 0 }, NULL), ==,
                    account.n_kept);
  bench_clear (&bench);
}

/* The records of @call of a pane: each knows its place. */
static void
assert_places (Bench *bench, SwbCall call, guint n_calls, guint n_messages)
{
  guint64 n_records = swb_journal_get_n_records (bench->journal);
  guint n_seen = 0, n_begun = 0;
  SwbRecord record;

  for (guint64 i = 0; i < n_records; i++)
    {
      SwbBatch batch;

      g_assert_true (swb_journal_read (bench->journal, i, &record));
      if (record.kind != SWB_RECORD_CALL || record.call != call || record.error != 0)
        continue;
      batch = swb_record_get_batch (&record);
      n_begun += batch.index == 0;
      g_assert_cmpuint (batch.index, <, batch.n_messages);
      g_assert_cmpuint (batch.n_messages, <=, batch.n_offered);
      n_seen++;
    }
  g_assert_cmpuint (n_begun, ==, n_calls);
  g_assert_cmpuint (n_seen, ==, n_messages);
}

static guint64
order_many (Bench *bench, SwbVerb verb, guint pane, guint n_messages, int room)
{
  SwbOrder *order = swb_order_new (verb, pane, 0);

  order->numbers[0] = verb == SWB_VERB_RECVMMSG ? room : 0;
  order->numbers[2] = (int)n_messages;
  order->bytes = g_bytes_new_static ("datagram", 8);
  return bench_order (bench, order);
}

static void
test_many (void)
{
  SwbAddress to;
  SwbRecord record;
  Bench bench;

  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    {
      g_test_skip ("counts calls, of which faults make others");
      return;
    }
  g_test_summary ("one call sends three messages, another brings two of them, four bytes "
                  "each, with a note of what is gone; the third stays");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 0, &to);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  bench_pane (&bench, 2, AF_INET, SOCK_DGRAM);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 2, &to)),
                   ==, 0);
  g_assert_cmpint (bench_wait (&bench, order_many (&bench, SWB_VERB_SENDMMSG, 2, 3, 0)), ==,
                   0);
  assert_places (&bench, SWB_CALL_SENDMMSG, 1, 3);
  g_assert_cmpint (bench_wait (&bench, order_many (&bench, SWB_VERB_RECVMMSG, 1, 2, 4)), ==,
                   0);
  assert_places (&bench, SWB_CALL_RECVMMSG, 1, 2);
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_TRUNCATED), &record), ==, 2);
  g_assert_cmpint (bench_wait (&bench, order_many (&bench, SWB_VERB_RECVMMSG, 1, 64, 0)),
                   ==, 0);
  assert_places (&bench, SWB_CALL_RECVMMSG, 2, 3);
  bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECVMMSG, 0 }, &record);
  g_assert_cmpmem (record.data, record.n_data, "datagram", 8);
  g_assert_cmpint (record.address.family, ==, AF_INET);
  bench_clear (&bench);
}

static void
test_many_fail (void)
{
  SwbRecord record;
  Bench bench;

  g_test_summary ("a call that sends no message is one record with its errno");
  bench_init (&bench);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  g_assert_cmpint (bench_wait (&bench, order_many (&bench, SWB_VERB_SENDMMSG, 1, 3, 0)), ==,
                   EDESTADDRREQ);
  g_assert_cmpuint (bench_count (&bench, is_call,
                                 &(CallOf){ 1, SWB_CALL_SENDMMSG, EDESTADDRREQ }, &record),
                    ==, 1);
  g_assert_cmpint (record.result, ==, -1);
  g_assert_cmpuint (swb_record_get_batch (&record).n_offered, ==, 3);
  g_assert_cmpuint (swb_record_get_batch (&record).n_messages, ==, 0);
  bench_clear (&bench);
}

/* A byte for each place of the stream, so that one that is missing is found. */
static GBytes *
make_pattern (gsize length)
{
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8)(i % 251);
  return g_bytes_new_take (bytes, length);
}

static void
test_many_of_a_stream (void)
{
  const gsize length = 251 * 1000;
  g_autoptr (GBytes) expected = make_pattern (4 * length);
  g_autoptr (GBytes) came = NULL;
  SwbOrder *order;
  guint64 id;
  Bench bench;

  g_test_summary ("of messages into a stream that has no room for them no byte is missing");
  bench_init (&bench);
  bench_pair (&bench, SOCK_STREAM);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 2, 0, FALSE));
  order = swb_order_new (SWB_VERB_SENDMMSG, 1, 0);
  order->numbers[2] = 4;
  order->bytes = make_pattern (length);
  id = bench_order (&bench, order);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_WAITING), 1, NULL);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 2, 0, TRUE));
  g_assert_cmpint (bench_wait (&bench, id), ==, 0);
  came = bench_wait_received (&bench, 2, 0, 4 * length);
  g_assert_true (g_bytes_equal (came, expected));
  bench_clear (&bench);
}

/* The call is changed while datagrams are lost: none is told of twice. */
static void
test_changed_call (void)
{
  Burst burst = { .n_datagrams = BURST / 4, .n_bytes = 64 };
  Account account = { .pane = 1 };
  GThread *sender;
  Bench bench;

  g_test_summary ("a change of the receiving call in the middle of a burst counts nothing "
                  "twice");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 8192, &burst.to);
  sender = g_thread_new ("sender", send_burst, &burst);
  for (guint i = 0; i < 20; i++)
    bench_wait (&bench,
                receive_with (&bench, 1, i % 2 ? SWB_CALL_RECV : SWB_CALL_RECVMSG, 0));
  g_thread_join (sender);
  wait_for_sum (&bench, &account, (guint64)burst.n_sent);
  bench_clear (&bench);
}

static void
test_short_room (void)
{
  static const SwbCall calls[]
      = { SWB_CALL_RECV, SWB_CALL_RECVFROM, SWB_CALL_RECVMSG, SWB_CALL_RECVMMSG };

  g_test_summary ("four bytes of a datagram come with each call, and a note says how many "
                  "are gone");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      Burst burst = { .n_datagrams = 1, .n_bytes = 64 };
      SwbRecord record;
      Bench bench;

      bench_init (&bench);
      open_pane (&bench, 1, AF_INET, 0, &burst.to);
      bench_wait (&bench, receive_with (&bench, 1, calls[i], 4));
      send_burst (&burst);
      bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_TRUNCATED), 1, &record);
      g_assert_cmpint (record.ints[0], ==, 60);
      g_assert_cmpuint (bench_count (&bench, is_call, &(CallOf){ 1, calls[i], 0 }, &record),
                        ==, 1);
      g_assert_cmpuint (record.n_data, ==, 4);
      g_assert_cmpint (record.result, ==, 64);
      g_assert_cmpint (record.ints[0], ==, 4);
      if (swb_call_has_messages (calls[i]))
        g_assert_cmpint (record.ints[2] & (MSG_TRUNC | MSG_CTRUNC), ==, MSG_TRUNC);
      bench_clear (&bench);
    }
}

static void
test_peeked (void)
{
  Burst burst = { .n_datagrams = 1, .n_bytes = 64 };
  SwbOrder *order = swb_order_new (SWB_VERB_RECV, 1, 0);
  SwbRecord record;
  Bench bench;

  g_test_summary ("bytes that did not fit into a look are not said to be gone");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 0, &burst.to);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  send_burst (&burst);
  order->numbers[0] = 4;
  order->numbers[1] = MSG_PEEK;
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECV, 1, 0)), ==, 0);
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_TRUNCATED), &record), ==, 0);
  g_assert_cmpuint (
      bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECVFROM, 0 }, &record), ==, 2);
  g_assert_cmpuint (record.n_data, ==, 64);
  bench_clear (&bench);
}

static void
test_manual_message (void)
{
  Burst burst = { .n_datagrams = 1, .n_bytes = 8 };
  struct cmsghdr header;
  SwbRecord record;
  Bench bench;

  g_test_summary ("recvmsg by hand brings the control messages that were asked for");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 0, &burst.to);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  bench_wait (&bench, bench_option (&bench, 1, SOL_SOCKET, SO_TIMESTAMPNS, 1));
  send_burst (&burst);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECVMSG, 1, 0)), ==, 0);
  g_assert_cmpuint (
      bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECVMSG, 0 }, &record), ==, 1);
  g_assert_cmpuint (record.n_control, ==, CMSG_SPACE (sizeof (struct timespec)));
  memcpy (&header, record.control, sizeof (header));
  g_assert_cmpint (header.cmsg_type, ==, SO_TIMESTAMPNS);
  g_assert_cmpint (record.address.family, ==, AF_INET);
  g_assert_cmpuint (record.n_data, ==, 8);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  static const InPlace in_places[]
      = { { "/engine/message/in-place/recvmsg", SWB_CALL_RECVMSG, 0 },
          { "/engine/message/in-place/recvmsg/paced", SWB_CALL_RECVMSG, 50 },
          { "/engine/message/in-place/recvmmsg", SWB_CALL_RECVMMSG, 0 },
          { "/engine/message/in-place/recvmmsg/paced", SWB_CALL_RECVMMSG, 50 } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (in_places); i++)
    g_test_add_data_func (in_places[i].path, &in_places[i], test_in_place);
  g_test_add_func ("/engine/message/many", test_many);
  g_test_add_func ("/engine/message/many/fail", test_many_fail);
  g_test_add_func ("/engine/message/many/stream", test_many_of_a_stream);
  g_test_add_func ("/engine/message/changed-call", test_changed_call);
  g_test_add_func ("/engine/message/short-room", test_short_room);
  g_test_add_func ("/engine/message/peeked", test_peeked);
  g_test_add_func ("/engine/message/manual-message", test_manual_message);
  return g_test_run ();
}
