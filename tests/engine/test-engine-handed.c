/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "burst-fixture.h"

/* Descriptors that come with a message: sockets become a pane's, others are closed. */

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
  bench_init (&bench);
  bench_pair_and_third (&bench);
  bench_pane (&bench, 4, AF_INET, SOCK_DGRAM);
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

  bench_init (&bench);
  bench_pair_and_third (&bench);
  bench_pane (&bench, 4, domain_of_heir, type_of_heir);
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
  bench_init (&bench);
  bench_pair_and_third (&bench);
  bench_pane (&bench, 4, AF_INET, SOCK_DGRAM);
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
  SwbOrder *order;
  Bench bench;

  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    {
      g_test_skip ("waits for one call, which a fault may end");
      return;
    }
  g_test_summary ("a socket that came with a message behind an empty one, which means the "
                  "end, is told of all the same");
  bench_init (&bench);
  bench_pair (&bench, SOCK_SEQPACKET);
  bench_pane (&bench, 3, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 2, 0, FALSE));
  bench_verb (&bench, SWB_VERB_SOCKET, 3, 0);
  bench_send (&bench, 1, 0, "");
  g_assert_cmpint (send_socket (&bench, 3), ==, 0);
  order = swb_order_new (SWB_VERB_RECVMMSG, 2, 0);
  order->numbers[2] = 2;
  g_assert_cmpint (bench_wait (&bench, bench_order (&bench, order)), ==, 0);
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTOR), NULL), ==, 1);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/handed/on", test_handed_on);
  g_test_add_func ("/engine/handed/on/room", test_room_of_handed_on);
  g_test_add_func ("/engine/handed/not-on", test_not_handed_on);
  g_test_add_func ("/engine/handed/descriptors", test_descriptors);
  g_test_add_func ("/engine/handed/descriptors/behind-end", test_descriptor_behind_end);
  return g_test_run ();
}
