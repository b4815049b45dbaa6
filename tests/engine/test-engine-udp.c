/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "burst-fixture.h"

/* Bursts of datagrams: what was received and what the notes say was lost are together what
 * was sent, to the last one. */

#define TRICKLE 1500u

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
  /* Whether any is lost is the machine's business; that losses are told, the next cases
   * say. */
  g_assert_cmpuint (account.n_kept, >, 0);
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
  bench_wait (&bench, bench_option (&bench, 1, SOL_SOCKET, SO_RCVBUF, SWB_ENGINE_RCVBUF));
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

/* In a buffer that holds many beats, a burst is read at a beat; orders come between. */
static void
test_steered (void)
{
  Burst burst = { .n_datagrams = BURST, .n_bytes = 64 };
  Account account = { .pane = 1 };
  GThread *sender;
  Bench bench;

  g_test_summary ("a burst into a pane that stops receiving, goes on, answers and does not "
                  "is accounted for to the last datagram");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 0, &burst.to);
  sender = g_thread_new ("sender", send_burst, &burst);
  while (g_atomic_int_get (&burst.n_sent) < (gint)BURST)
    {
      bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
      bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, TRUE));
      bench_wait (&bench, bench_number (&bench, SWB_VERB_REPLY, 1, 0, SWB_REPLY_DISCARD));
      bench_wait (&bench, bench_number (&bench, SWB_VERB_REPLY, 1, 0, SWB_REPLY_NONE));
      look (&bench, &account);
    }
  g_thread_join (sender);
  wait_for_sum (&bench, &account, BURST);
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

static void
test_shut (void)
{
  Burst burst = { .n_datagrams = 1000, .n_bytes = 64 };
  Account account = { .pane = 1 };
  Bench bench;

  g_test_summary ("after shutdown what was lost is told, and nothing is read for ever");
  bench_init (&bench);
  open_pane (&bench, 1, AF_INET, 4096, &burst.to);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, FALSE));
  send_burst (&burst);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECV, 1, 0));
  g_assert_cmpint (
      bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 1, &burst.to)), ==, 0);
  g_assert_cmpint (
      bench_wait (&bench, bench_number (&bench, SWB_VERB_SHUTDOWN, 1, 0, SHUT_RD)), ==, 0);
  look (&bench, &account);
  g_assert_cmpuint (account.n_kept, ==, 1);
  g_assert_cmpuint (account.n_lost, >, 900);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_RECV_MODE, 1, 0, TRUE));
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_GETSOCKNAME, 1, 0));
  look (&bench, &account);
  g_assert_cmpuint (account.n_kept, ==, 1);
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
  g_test_add_func ("/engine/udp/steered", test_steered);
  g_test_add_func ("/engine/udp/closed-in-burst", test_closed_in_burst);
  g_test_add_func ("/engine/udp/shut", test_shut);
  g_test_add_func ("/engine/udp/trickle", test_trickle);
  g_test_add_func ("/engine/udp/room", test_room);
  return g_test_run ();
}
