/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine-fixture.h"

/* Bursts of datagrams: what was received and what the notes say was lost are together what
 * was sent, to the last one. */

#define BURST 200000u
#define TRICKLE 1500u

/* --- the sender --- */

typedef struct
{
  SwbAddress to;
  guint n_datagrams;
  gsize n_bytes;
  guint pause_every; /* 0: never */
  gint n_sent;       /* atomic */
} Burst;

/* Each datagram begins with its number. */
static gpointer
send_burst (gpointer data)
{
  Burst *burst = data;
  g_autofree guint8 *bytes = g_malloc0 (MAX (burst->n_bytes, 4));
  int fd = socket (burst->to.family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (connect (fd, &burst->to.sa, burst->to.length), ==, 0);
  for (guint32 i = 0; i < burst->n_datagrams; i++)
    {
      memcpy (bytes, &i, sizeof (i));
      /* A pane that closes in the middle answers with ECONNREFUSED. */
      if (send (fd, bytes, burst->n_bytes, 0) == (gssize)burst->n_bytes)
        g_atomic_int_inc (&burst->n_sent);
      if (burst->pause_every > 0 && i % burst->pause_every == 0)
        g_usleep (2000);
    }
  close (fd);
  return NULL;
}

/* --- what the journal says of it --- */

typedef struct
{
  guint pane;
  guint64 next; /* record to look at */
  guint64 n_kept;
  guint64 n_lost;
  guint n_asked;
  guint n_again;
  guint32 expected; /* number of the next datagram, if what was lost is told in place */
  gboolean in_place;
  gboolean is_closed;
} Account;

static void
take_received (Account *account, const SwbRecord *record)
{
  guint32 number = 0;

  account->n_kept++;
  memcpy (&number, record->data, MIN (record->n_data, sizeof (number)));
  if (account->in_place)
    g_assert_cmpuint (number, ==, account->expected);
  account->expected = number + 1;
}

static void
take_call (Account *account, const SwbRecord *record)
{
  if (swb_call_get_info (record->call)->data == SWB_DATA_IN)
    {
      if (record->error == 0)
        take_received (account, record);
      account->n_again += record->error == EAGAIN;
    }
  if (record->call == SWB_CALL_GETSOCKOPT && record->ints[1] == 55)
    account->n_asked++;
  if (record->call == SWB_CALL_CLOSE)
    account->is_closed = TRUE;
}

static void
look (Bench *bench, Account *account)
{
  guint64 n_records = swb_journal_get_n_records (bench->journal);

  for (; account->next < n_records; account->next++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (bench->journal, account->next, &record));
      if (record.pane != account->pane)
        continue;
      if (record.kind == SWB_RECORD_CALL)
        take_call (account, &record);
      if (record.kind == SWB_RECORD_NOTE && record.note == SWB_NOTE_LOST)
        {
          account->n_lost += (guint64)record.ints[0];
          account->expected += (guint32)record.ints[0];
        }
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until (Bench *bench, Account *account, guint64 n_sent)
{
  g_autoptr (GSource) ticker = g_timeout_source_new (5);
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  g_source_set_callback (ticker, tick_cb, NULL, NULL);
  g_source_attach (ticker, bench->context);
  for (look (bench, account); account->n_kept + account->n_lost < n_sent;
       look (bench, account))
    {
      if (g_get_monotonic_time () > deadline)
        break;
      g_main_context_iteration (bench->context, TRUE);
    }
  g_source_destroy (ticker);
}

/* Waits until all is accounted for. */
static void
wait_for_sum (Bench *bench, Account *account, guint64 n_sent)
{
  wait_until (bench, account, n_sent);
  g_test_message ("sent %" G_GUINT64_FORMAT ", kept %" G_GUINT64_FORMAT
                  ", lost %" G_GUINT64_FORMAT ", asked %u times",
                  n_sent, account->n_kept, account->n_lost, account->n_asked);
  g_assert_cmpuint (account->n_kept + account->n_lost, ==, n_sent);
}

/* --- panes --- */

static guint64
set_option (Bench *bench, guint pane, int name, int value)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SETSOCKOPT, pane, 0);

  order->numbers[0] = SOL_SOCKET;
  order->numbers[1] = name;
  order->bytes = g_bytes_new (&value, sizeof (value));
  return bench_order (bench, order);
}

/* @room: 0 leaves the default */
static void
open_pane (Bench *bench, guint pane, int domain, int room, SwbAddress *address)
{
  SwbAddress any_port;

  loopback (&any_port, 0);
  if (domain == AF_INET6)
    {
      any_port = (SwbAddress){ .length = sizeof (struct sockaddr_in6) };
      any_port.in6.sin6_family = AF_INET6;
      any_port.in6.sin6_addr = in6addr_loopback;
    }
  bench_pane (bench, pane, domain, SOCK_DGRAM);
  if (room > 0)
    g_assert_cmpint (bench_wait (bench, set_option (bench, pane, SO_RCVBUF, room)), ==, 0);
  g_assert_cmpint (
      bench_wait (bench, bench_address (bench, SWB_VERB_BIND, pane, &any_port)), ==, 0);
  bench_get_local (bench, pane, address);
}

/* --- cases --- */

typedef struct
{
  int room;
  gsize n_bytes;
  int domain;
  guint pause_every;
  guint n_datagrams;
} Case;

static void
test_burst (gconstpointer data)
{
  const Case *c = data;
  Burst burst = { .n_datagrams = c->n_datagrams, .n_bytes = c->n_bytes };
  Account account = { .pane = 1 };
  GThread *sender;
  Bench bench;

  bench_init (&bench);
  open_pane (&bench, 1, c->domain, c->room, &burst.to);
  burst.pause_every = c->pause_every;
  sender = g_thread_new ("sender", send_burst, &burst);
  g_thread_join (sender);
  wait_for_sum (&bench, &account, (guint64)burst.n_sent);
  g_assert_cmpuint (account.n_kept, >, 0);
  if (c->room > 0 && c->pause_every == 0)
    g_assert_cmpuint (account.n_lost, >, 0);
  bench_clear (&bench);
}

static void
test_two_panes (void)
{
  Burst bursts[2] = { { .n_datagrams = BURST / 4, .n_bytes = 64 },
                      { .n_datagrams = BURST / 4, .n_bytes = 1400 } };
  Account accounts[2] = { { .pane = 1 }, { .pane = 2 } };
  GThread *senders[2];
  Bench bench;

  g_test_summary ("what two panes lose at the same time is not mixed up");
  bench_init (&bench);
  for (guint i = 0; i < 2; i++)
    open_pane (&bench, i + 1, AF_INET, 8192, &bursts[i].to);
  for (guint i = 0; i < 2; i++)
    senders[i] = g_thread_new ("sender", send_burst, &bursts[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (senders[i]);
  for (guint i = 0; i < 2; i++)
    wait_for_sum (&bench, &accounts[i], (guint64)bursts[i].n_sent);
  bench_clear (&bench);
}

static void
test_manual (void)
{
  Burst burst = { .n_datagrams = 1000, .n_bytes = 64 };
  Account account = { .pane = 1 };
  Bench bench;

  g_test_summary ("what was lost while nobody read is told when somebody does");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 4096, &burst.to);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  send_burst (&burst);
  look (&bench, &account);
  g_assert_cmpuint (account.n_kept, ==, 0);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, TRUE));
  account.in_place = TRUE;
  wait_for_sum (&bench, &account, 1000);
  g_assert_cmpuint (account.n_lost, >, 900);
  bench_clear (&bench);
}

static void
test_grown (void)
{
  Burst burst = { .n_datagrams = 1000, .n_bytes = 64 };
  Account account = { .pane = 1 };
  Bench bench;

  g_test_summary ("a buffer that is enlarged afterwards hides nothing");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 4096, &burst.to);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  send_burst (&burst);
  bench_wait (&bench, set_option (&bench, 1, SO_RCVBUF, SWB_ENGINE_RCVBUF));
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, TRUE));
  wait_for_sum (&bench, &account, 1000);
  g_assert_cmpuint (account.n_lost, >, 900);
  bench_clear (&bench);
}

static void
test_closed_unread (void)
{
  Burst burst = { .n_datagrams = 1000, .n_bytes = 64 };
  Account account = { .pane = 1 };
  SwbRecord record;
  Bench bench;

  g_test_summary ("closing tells what was lost, and that bytes lay unread");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 4096, &burst.to);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  send_burst (&burst);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 1, 0));
  look (&bench, &account);
  g_assert_true (account.is_closed);
  g_assert_cmpuint (account.n_lost, >, 900);
  g_assert_cmpuint (bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_LOST), &record),
                    ==, 2);
  g_assert_cmpint (record.ints[0], ==, 0);
  g_assert_cmpint (record.ints[1], >, 0);
  bench_clear (&bench);
}

static void
test_closed_in_burst (void)
{
  Burst burst = { .n_datagrams = BURST, .n_bytes = 64 };
  Account account = { .pane = 1 };
  GThread *sender;
  SwbRecord last;
  Bench bench;

  g_test_summary ("a pane that closes in the middle of a burst accounts for no more than "
                  "was sent, and its last words stand before the close");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 4096, &burst.to);
  sender = g_thread_new ("sender", send_burst, &burst);
  while (g_atomic_int_get (&burst.n_sent) < (gint)BURST / 8)
    g_thread_yield ();
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 1, 0));
  g_thread_join (sender);
  look (&bench, &account);
  g_assert_true (account.is_closed);
  g_assert_cmpuint (account.n_kept, >, 0);
  /* Behind an eighth and before the end; what lay in the small buffer is some datagrams. */
  g_assert_cmpuint (account.n_kept + account.n_lost, >=, BURST / 8 - 64);
  g_assert_cmpuint (account.n_kept + account.n_lost, <=, BURST);
  bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_CLOSE, 0 }, &last);
  g_assert_cmpint (last.result, ==, 0);
  bench_clear (&bench);
}

static guint64
receive_with (Bench *bench, guint pane, SwbCall call, int room)
{
  SwbOrder *order = swb_order_new (SWB_VERB_RECV_MODE, pane, 0);

  order->numbers[0] = (int)call;
  order->numbers[1] = room;
  return bench_order (bench, order);
}

static void
test_in_place (gconstpointer data)
{
  Burst burst = { .n_datagrams = BURST / 4, .n_bytes = 64 };
  Account account = { .pane = 1, .in_place = TRUE };
  GThread *sender;
  Bench bench;

  g_test_summary ("with recvmsg each gap stands where the numbers of the datagrams jump");
  burst.pause_every = GPOINTER_TO_UINT (data);
  bench_init (&bench);
  bench_pane (&bench, 1, AF_INET, SOCK_DGRAM);
  bench_wait (&bench, receive_with (&bench, 1, SWB_CALL_RECVMSG, 0));
  open_pane (&bench, 1, AF_INET, 4096, &burst.to);
  sender = g_thread_new ("sender", send_burst, &burst);
  g_thread_join (sender);
  wait_for_sum (&bench, &account, (guint64)burst.n_sent);
  g_assert_cmpuint (account.n_lost, >, 0);
  g_assert_cmpuint (
      bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_RECVMSG, 0 }, NULL), ==,
      account.n_kept);
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
  static const SwbCall calls[] = { SWB_CALL_RECV, SWB_CALL_RECVFROM, SWB_CALL_RECVMSG };

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
      if (calls[i] == SWB_CALL_RECVMSG)
        g_assert_cmpint (record.ints[2] & (MSG_TRUNC | MSG_CTRUNC), ==, MSG_TRUNC);
      bench_clear (&bench);
    }
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
  bench_wait (&bench, set_option (&bench, 1, SO_TIMESTAMPNS, 1));
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

static void
test_trickle (void)
{
  Burst burst = { .n_datagrams = 1, .n_bytes = 64 };
  Account account = { .pane = 1 };
  Bench bench;

  g_test_summary ("a trickle of datagrams makes no call besides its receives");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 0, &burst.to);
  for (guint i = 0; i < TRICKLE; i++)
    {
      send_burst (&burst);
      if (i % 3 == 0)
        wait_until (&bench, &account, i + 1);
    }
  wait_for_sum (&bench, &account, TRICKLE);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 1, 0));
  look (&bench, &account);
  g_assert_cmpuint (account.n_lost, ==, 0);
  g_assert_cmpuint (account.n_asked, ==, 0);
  bench_clear (&bench);
}

static int
count_asked (Bench *bench, int room)
{
  guint64 n_records = swb_journal_get_n_records (bench->journal);
  int count = 0;

  for (guint64 i = 0; i < n_records; i++)
    {
      SwbRecord record;
      int value;

      g_assert_true (swb_journal_read (bench->journal, i, &record));
      if (record.kind != SWB_RECORD_CALL || record.call != SWB_CALL_SETSOCKOPT
          || record.ints[1] != SO_RCVBUF)
        continue;
      memcpy (&value, record.data, sizeof (value));
      count += value == room;
    }
  return count;
}

static void
test_room (void)
{
  SwbAddress address;
  Bench bench;

  g_test_summary ("the receive buffer that was asked for is asked for again by the pane's "
                  "next socket, and the default is not");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 0, &address);
  g_assert_cmpint (count_asked (&bench, SWB_ENGINE_RCVBUF), ==, 1);
  open_pane (&bench, 2, AF_INET, 12345, &address);
  g_assert_cmpint (count_asked (&bench, SWB_ENGINE_RCVBUF), ==, 1);
  g_assert_cmpint (count_asked (&bench, 12345), ==, 1);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_CLOSE, 2, 0));
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_SOCKET, 2, 0));
  g_assert_cmpint (count_asked (&bench, 12345), ==, 2);
  g_assert_cmpint (count_asked (&bench, SWB_ENGINE_RCVBUF), ==, 1);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { 4096, 64, AF_INET, 0, BURST },       { 0, 64, AF_INET, 0, BURST },
    { 2304, 4, AF_INET, 0, BURST / 4 },    { 65536, 64, AF_INET, 0, BURST / 4 },
    { 4096, 1400, AF_INET, 0, BURST / 4 }, { 65536, 64, AF_INET6, 0, BURST / 4 },
    { 8192, 64, AF_INET, 40, BURST / 8 },  { 65536, 1400, AF_INET, 100, BURST / 8 },
    { 0, 1400, AF_INET6, 0, BURST / 4 },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/engine/udp/burst/%s/%d/%" G_GSIZE_FORMAT "%s",
                             cases[i].domain == AF_INET ? "v4" : "v6", cases[i].room,
                             cases[i].n_bytes, cases[i].pause_every > 0 ? "/paced" : "");

      g_test_add_data_func (path, &cases[i], test_burst);
    }
  g_test_add_func ("/engine/udp/two-panes", test_two_panes);
  g_test_add_func ("/engine/udp/manual", test_manual);
  g_test_add_func ("/engine/udp/grown", test_grown);
  g_test_add_func ("/engine/udp/closed-unread", test_closed_unread);
  g_test_add_func ("/engine/udp/closed-in-burst", test_closed_in_burst);
  g_test_add_data_func ("/engine/udp/in-place", GUINT_TO_POINTER (0), test_in_place);
  g_test_add_data_func ("/engine/udp/in-place/paced", GUINT_TO_POINTER (50), test_in_place);
  g_test_add_func ("/engine/udp/changed-call", test_changed_call);
  g_test_add_func ("/engine/udp/short-room", test_short_room);
  g_test_add_func ("/engine/udp/manual-message", test_manual_message);
  g_test_add_func ("/engine/udp/descriptors", test_descriptors);
  g_test_add_func ("/engine/udp/trickle", test_trickle);
  g_test_add_func ("/engine/udp/room", test_room);
  return g_test_run ();
}
