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
order_socketpair (Bench *bench, guint pane, guint other)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SOCKETPAIR, pane, 0);

  order->other_pane = other;
  return bench_order (bench, order);
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
  bench_pane (&bench, 1, AF_UNIX, SOCK_STREAM);
  bench_pane (&bench, 2, AF_UNIX, SOCK_STREAM);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 2, 0, FALSE));
  g_assert_cmpint (bench_wait (&bench, order_socketpair (&bench, 1, 2)), ==, 0);
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

static void
send_descriptors (const SwbAddress *to, const int *fds, guint n_fds)
{
  guint8 room[CMSG_SPACE (8 * sizeof (int))] = { 0 };
  struct iovec piece = { (char *)"hi", 2 };
  struct msghdr message = { .msg_name = (void *)&to->storage,
                            .msg_namelen = to->length,
                            .msg_iov = &piece,
                            .msg_iovlen = 1,
                            .msg_control = room,
                            .msg_controllen = CMSG_SPACE (n_fds * sizeof (int)) };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (n_fds * sizeof (int));
  memcpy (CMSG_DATA (header), fds, n_fds * sizeof (int));
  g_assert_cmpint (sendmsg (fd, &message, 0), ==, 2);
  close (fd);
}

static void
test_descriptors (void)
{
  SwbAddress address = { .length = sizeof (sa_family_t) + 1 + 24 };
  int fds[] = { 0, 1 };
  SwbRecord record;
  Bench bench;

  g_test_summary ("descriptors that come with a message are told of and closed again");
  address.un.sun_family = AF_UNIX;
  g_snprintf (address.un.sun_path + 1, 25, "swb-test-%015d", (int)getpid ());
  bench_init (&bench);
  bench_pane (&bench, 1, AF_UNIX, SOCK_DGRAM);
  bench_wait (&bench, receive_with (&bench, 1, SWB_CALL_RECVMSG, 0));
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address)),
                   ==, 0);
  send_descriptors (&address, fds, 2);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_CLOSE, 0 }, 2, NULL);
  g_assert_cmpuint (
      bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECVMSG, 0 }, &record), ==, 1);
  g_assert_cmpmem (record.data, record.n_data, "hi", 2);
  g_assert_cmpuint (record.n_control, ==, CMSG_SPACE (2 * sizeof (int)));
  bench_clear (&bench);
}

/* Panes 1 and 2 are a pair, 3 has a bound datagram socket; 4 has none. */
static void
bench_init_pair (Bench *bench, int domain_of_heir, int type_of_heir)
{
  SwbAddress address;

  bench_init (bench);
  bench_pane (bench, 1, AF_UNIX, SOCK_STREAM);
  bench_pane (bench, 2, AF_UNIX, SOCK_STREAM);
  bench_pane (bench, 3, AF_INET, SOCK_DGRAM);
  bench_pane (bench, 4, domain_of_heir, type_of_heir);
  g_assert_cmpint (bench_wait (bench, order_socketpair (bench, 1, 2)), ==, 0);
  bench_wait (bench, bench_number (bench, SWB_VERB_RECV_MODE, 2, 0, FALSE));
  loopback (&address, 0);
  g_assert_cmpint (bench_wait (bench, bench_address (bench, SWB_VERB_BIND, 3, &address)),
                   ==, 0);
}

static int
send_socket (Bench *bench, guint other)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SENDMSG, 1, 0);
  int error;

  order->bytes = g_bytes_new_static ("x", 1);
  order->other_pane = other;
  error = bench_wait (bench, bench_order (bench, order));
  return error == EAGAIN ? send_socket (bench, other) : error;
}

static int
receive_socket (Bench *bench, guint heir)
{
  SwbOrder *order = swb_order_new (SWB_VERB_RECVMSG, 2, 0);

  order->other_pane = heir;
  return bench_wait (bench, bench_order (bench, order));
}

static void
test_handed_on (void)
{
  SwbAddress before, after;
  SwbRecord record;
  Bench bench;

  g_test_summary ("a socket that comes with a message becomes another pane's");
  bench_init_pair (&bench, AF_INET, SOCK_DGRAM);
  g_assert_cmpint (send_socket (&bench, 3), ==, 0);
  g_assert_cmpint (receive_socket (&bench, 4), ==, 0);
  bench_get_local (&bench, 3, &before);
  bench_get_local (&bench, 4, &after);
  g_assert_cmpmem (&before.storage, before.length, &after.storage, after.length);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 3, 0));
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 4, &after)),
                   ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_send (&bench, 4, 0, "me")), ==, 0);
  bench_wait_for (&bench, is_call, &(CallOf){ 4, SWB_CALL_RECVFROM, 0 }, 1, &record);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 4, 0)), ==, 0);
  bench_clear (&bench);
}

static void
assert_not_handed_on (int domain_of_heir, int type_of_heir)
{
  SwbRecord record;
  Bench bench;

  bench_init_pair (&bench, domain_of_heir, type_of_heir);
  g_assert_cmpint (send_socket (&bench, 4), ==, EBADF);
  for (guint heir = 3; heir <= 4; heir++)
    {
      g_assert_cmpint (send_socket (&bench, 3), ==, 0);
      g_assert_cmpint (receive_socket (&bench, heir), ==, 0);
      bench_wait_for (&bench, is_call, &(CallOf){ 2, SWB_CALL_CLOSE, 0 }, heir - 2, NULL);
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_PROBLEM), &record);
      g_assert_cmpuint (record.pane, ==, heir);
    }
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_PROBLEM), &record), ==, 3);
  bench_clear (&bench);
}

static void
test_not_handed_on (void)
{
  g_test_summary ("one of another type or domain is closed, with a note, as is one for a "
                  "pane that has a "
                  "socket; a pane without one has none to send");
  assert_not_handed_on (AF_INET, SOCK_STREAM);
  assert_not_handed_on (AF_INET6, SOCK_DGRAM);
}

static gboolean
is_question_of_drops (const SwbRecord *record, gpointer pane)
{
  return record->kind == SWB_RECORD_CALL && record->pane == GPOINTER_TO_UINT (pane)
         && record->call == SWB_CALL_GETSOCKOPT && record->ints[1] == SO_MEMINFO;
}

static void
test_room_of_handed_on (void)
{
  Burst burst = { .n_datagrams = 20, .n_bytes = 8 };
  Bench bench;

  g_test_summary (
      "a few datagrams into a socket that was handed on make nobody ask for lost "
      "ones: the room of its buffer is known");
  bench_init_pair (&bench, AF_INET, SOCK_DGRAM);
  g_assert_cmpint (send_socket (&bench, 3), ==, 0);
  g_assert_cmpint (receive_socket (&bench, 4), ==, 0);
  bench_get_local (&bench, 4, &burst.to);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 3, 0));
  send_burst (&burst);
  bench_wait_for (&bench, is_call, &(CallOf){ 4, SWB_CALL_RECVFROM, 0 }, 20, NULL);
  g_assert_cmpuint (bench_count (&bench, is_question_of_drops, GUINT_TO_POINTER (4), NULL),
                    ==, 0);
  bench_clear (&bench);
}

static void
test_descriptor_behind_end (void)
{
  Bench bench;

  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    {
      g_test_skip ("waits for one call, which a fault may end");
      return;
    }
  g_test_summary ("a socket that came with a message behind an empty one, which means the "
                  "end, is told of all the same");
  bench_init (&bench);
  bench_pane (&bench, 1, AF_UNIX, SOCK_SEQPACKET);
  bench_pane (&bench, 2, AF_UNIX, SOCK_SEQPACKET);
  bench_pane (&bench, 3, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 2, 0, FALSE));
  bench_verb (&bench, SWB_VERB_SOCKET, 3, 0);
  g_assert_cmpint (bench_wait (&bench, order_socketpair (&bench, 1, 2)), ==, 0);
  bench_send (&bench, 1, 0, "");
  g_assert_cmpint (send_socket (&bench, 3), ==, 0);
  g_assert_cmpint (bench_wait (&bench, order_many (&bench, SWB_VERB_RECVMMSG, 2, 2, 0)), ==,
                   0);
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTOR), NULL), ==, 1);
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
  g_test_add_func ("/engine/message/handed-on", test_handed_on);
  g_test_add_func ("/engine/message/handed-on/room", test_room_of_handed_on);
  g_test_add_func ("/engine/message/not-handed-on", test_not_handed_on);
  g_test_add_func ("/engine/message/descriptors", test_descriptors);
  g_test_add_func ("/engine/message/descriptors/behind-end", test_descriptor_behind_end);
  return g_test_run ();
}
