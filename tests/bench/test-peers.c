/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "bench-fixture.h"
#include "bench/swb-peer-list.h"

/* Who sends to a socket without connections: the list, and answers by number. */

static SwbAddress
make_address (guint number)
{
  SwbAddress address = { .length = sizeof address.in };

  address.in.sin_family = AF_INET;
  address.in.sin_port = htons (7000);
  address.in.sin_addr.s_addr = htonl (0x0a000000 + number);
  return address;
}

static void
hear (SwbPeerList *list, guint number, gint64 time_ns)
{
  SwbAddress address = make_address (number);

  swb_peer_list_heard (list, &address, 10, time_ns);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, GString *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, removed, added);
}

static void
test_counts (void)
{
  g_autoptr (SwbPeerList) list = swb_peer_list_new ();
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (SwbPeer) peer = NULL, again = NULL;
  SwbAddress address = make_address (2), unknown = make_address (3);
  SwbPeerState state;

  g_test_summary (
      "a peer is known by its address; its items are one object and up to date");
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), changes);
  hear (list, 1, 100);
  hear (list, 2, 200);
  hear (list, 1, 300);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  swb_peer_list_flush (list);
  g_assert_cmpstr (changes->str, ==, "0-0+2 ");

  peer = g_list_model_get_item (G_LIST_MODEL (list), 0);
  again = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (peer == again);
  g_assert_cmpuint (swb_peer_get_number (peer), ==, 1);
  hear (list, 1, 400);
  g_assert_true (swb_peer_get_state (peer, &state));
  g_assert_cmpuint (state.n_received, ==, 3);
  g_assert_cmpuint (state.n_received_bytes, ==, 30);
  g_assert_cmpint (state.last_ns, ==, 400);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 2));

  swb_peer_list_told (list, &address, 7);
  swb_peer_list_told (list, &unknown, 7);
  g_assert_true (swb_peer_list_get (list, 2, &state));
  g_assert_cmpuint (state.n_sent, ==, 1);
  g_assert_cmpuint (state.n_sent_bytes, ==, 7);
  g_assert_false (swb_peer_list_get (list, 3, &state));

  swb_peer_list_clear (list);
  swb_peer_list_flush (list);
  g_assert_cmpstr (changes->str, ==, "0-0+2 0-2+0 ");
  g_assert_false (swb_peer_get_state (peer, &state));
  g_assert_cmpuint (state.n_received, ==, 3);
  hear (list, 1, 500);
  g_assert_true (swb_peer_list_get (list, 3, &state));
}

/* One that goes on talking among a million that talk once. */
static void
test_million (void)
{
  g_autoptr (SwbPeerList) list = swb_peer_list_new ();
  SwbPeerState state;
  guint n;

  g_test_summary (
      "a million senders: the list is bounded, those heard of last are in it, and "
      "so is one that was never silent long");
  for (guint i = 1; i <= 1000000; i++)
    {
      hear (list, i, i);
      if (i % 1000 == 0)
        hear (list, 1, i);
      if (i % 10000 == 0)
        swb_peer_list_flush (list);
    }
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n, <=, SWB_PEERS_MAX);
  g_assert_cmpuint (n, >=, SWB_PEERS_MAX / 8 * 7);
  g_assert_cmpuint (swb_peer_list_get_n_forgotten (list), ==, 1000000 - n);
  g_assert_true (swb_peer_list_get (list, 1, &state));
  g_assert_cmpuint (state.n_received, ==, 1001);
  g_assert_false (swb_peer_list_get (list, 2, &state));
  for (guint i = 1000000 - 100000; i <= 1000000; i++)
    g_assert_true (swb_peer_list_get (list, i, &state) && state.number == i);
}

/* At the limit nobody is forgotten, one above it an eighth is. */
static void
test_limit (void)
{
  g_autoptr (SwbPeerList) list = swb_peer_list_new ();
  SwbPeerState state;

  for (guint i = 1; i <= SWB_PEERS_MAX; i++)
    hear (list, i, i);
  g_assert_cmpuint (swb_peer_list_get_n_forgotten (list), ==, 0);
  hear (list, SWB_PEERS_MAX + 1, 1);
  g_assert_cmpuint (swb_peer_list_get_n_forgotten (list), ==, SWB_PEERS_MAX / 8);
  g_assert_false (swb_peer_list_get (list, SWB_PEERS_MAX / 8, &state));
  g_assert_true (swb_peer_list_get (list, SWB_PEERS_MAX / 8 + 1, &state));
}

static void
test_random (void)
{
  enum
  {
    N = 500
  };
  g_autoptr (SwbPeerList) list = swb_peer_list_new ();
  guint numbers[N] = { 0 }, counts[N] = { 0 }, n_numbers = 0;

  for (guint i = 0; i < 20000; i++)
    {
      guint who = (guint)g_test_rand_int_range (0, N);

      hear (list, who, i);
      if (counts[who]++ == 0)
        numbers[who] = ++n_numbers;
    }
  for (guint i = 0; i < N; i++)
    {
      SwbAddress address = make_address (i);
      SwbPeerState state = { 0 };

      g_assert_cmpint (swb_peer_list_get (list, numbers[i], &state), ==, counts[i] > 0);
      g_assert_cmpuint (state.n_received, ==, counts[i]);
      if (counts[i] > 0)
        g_assert_cmpmem (&state.address.storage, state.address.length, &address.storage,
                         address.length);
    }
}

static SwbPane *
run_script (BenchFixture *self, const char *text)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, text);

  g_assert_no_error (swb_script_get_error (script));
  return swb_bench_find_pane (self->bench, "s");
}

#define SERVER                                                                             \
  "pane s AF_INET SOCK_DGRAM 0\npane a AF_INET SOCK_DGRAM 0\npane b AF_INET SOCK_DGRAM "   \
  "0\ns bind 127.0.0.1:0\n"

static void
test_answer (BenchFixture *self, gconstpointer data)
{
  SwbPane *pane = run_script (
      self, SERVER "a sendto s \"one\"\ns expect recv \"one\"\nb sendto s \"two\"\n"
                   "s expect recv \"two\"\ns#2 send \"to b\"\nb expect recv \"to b\"\n"
                   "s#1 send \"to a\"\na expect recv \"to a\"\ns#all send \"to all\"\n"
                   "a expect recv \"to all\"\nb expect recv \"to all\"\n");
  SwbPeerState state;

  g_test_summary ("peers are answered by number, one or all, from the pane's own socket");
  g_assert_true (swb_pane_has_peers (pane));
  g_assert_cmpuint (g_list_model_get_n_items (swb_pane_get_peers (pane)), ==, 2);
  g_assert_true (swb_pane_get_peer (pane, 2, &state));
  g_assert_cmpuint (state.n_received, ==, 1);
  g_assert_cmpuint (state.n_sent, ==, 2);
  g_assert_cmpuint (state.n_sent_bytes, ==, strlen ("to b") + strlen ("to all"));
  g_assert_cmpuint (swb_pane_get_n_accepted (pane), ==, 0);

  g_assert_cmpint (bench_fixture_run (self, "s#3 send \"nobody\""), ==, -1);
  g_assert_nonnull (strstr (self->last_message, "3"));
  run_script (self, "s close\ns socket\n");
  g_assert_cmpuint (g_list_model_get_n_items (swb_pane_get_peers (pane)), ==, 0);
  g_assert_cmpint (bench_fixture_run (self, "s#all send \"nobody\""), ==, -1);
}

static void
test_not_peers (BenchFixture *self, gconstpointer data)
{
  SwbPane *pane = run_script (
      self, "pane s AF_UNIX SOCK_DGRAM 0\npane a AF_UNIX SOCK_DGRAM 0\n"
            "s bind \"\"\na sendto s \"unnamed\"\ns expect recv \"unnamed\"\n"
            "s recv manual\na bind \"\"\na sendto s \"named\"\ns recvfrom 100 MSG_PEEK\n");

  g_test_summary ("one without an address is no peer, nor is a look a datagram");
  g_assert_cmpuint (g_list_model_get_n_items (swb_pane_get_peers (pane)), ==, 0);
  run_script (self, "s recvfrom\ns#1 send \"hello\"\na expect recv \"hello\"\n");
  g_assert_cmpuint (g_list_model_get_n_items (swb_pane_get_peers (pane)), ==, 1);
}

#define ADD(path, func)                                                                    \
  g_test_add ("/peers/" path, BenchFixture, NULL, bench_fixture_set_up, func,              \
              bench_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/peers/counts", test_counts);
  g_test_add_func ("/peers/million", test_million);
  g_test_add_func ("/peers/limit", test_limit);
  g_test_add_func ("/peers/random", test_random);
  ADD ("answer", test_answer);
  ADD ("not-peers", test_not_peers);
  return g_test_run ();
}
