/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/composer/swb-outlet.h"
#include "app/pane/swb-pane-calls.h"
#include "pane-fixture.h"

/* (transfer full): "socket:done bind:next" */
static char *
dup_standings (SwbPane *pane)
{
  static const char letters[] = "xpnwad"; /* in the order of SwbStanding */
  SwbVerb verbs[SWB_PANE_CALLS_MAX];
  guint n = swb_pane_calls_list (pane, verbs);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s:%c", i > 0 ? " " : "", swb_verb_get_name (verbs[i]),
                            letters[swb_pane_calls_get_standing (pane, verbs[i])]);
  return g_string_free (text, FALSE);
}

#define assert_standings(pane, expected)                                                   \
  G_STMT_START                                                                             \
  {                                                                                        \
    g_autofree char *standings_ = dup_standings (pane);                                    \
    g_assert_cmpstr (standings_, ==, expected);                                            \
  }                                                                                        \
  G_STMT_END

/* Whether an entry of @menu, or of what lies in it, has this action and target. */
static gboolean
offers (GMenuModel *menu, const char *action, const char *target)
{
  static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *its_action = NULL, *its_target = NULL;

      g_menu_model_get_item_attribute (menu, i, "action", "s", &its_action);
      g_menu_model_get_item_attribute (menu, i, "target", "s", &its_target);
      if (g_strcmp0 (its_action, action) == 0
          && (target == NULL || g_strcmp0 (its_target, target) == 0))
        return TRUE;
      for (guint link = 0; link < G_N_ELEMENTS (links); link++)
        {
          g_autoptr (GMenuModel) inner = g_menu_model_get_item_link (menu, i, links[link]);

          if (inner != NULL && offers (inner, action, target))
            return TRUE;
        }
    }
  return FALSE;
}

/* The pane's menu, as letters of what it offers: accept, reply, shutdown, getpeername,
 * queues, mark */
static char *
dup_offers (GtkWidget *card)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (pane_find (card, GTK_TYPE_MENU_BUTTON, 0));
  GMenuModel *menu = gtk_menu_button_get_menu_model (button);
  GString *found = g_string_new (NULL);

  g_assert_true (offers (menu, "pane.getsockname", NULL));
  g_string_append (found, offers (menu, "pane.accept-auto", NULL) ? "a" : "");
  g_string_append (found, offers (menu, "pane.reply", "echo") ? "r" : "");
  g_string_append (found, offers (menu, "pane.shutdown-how", NULL) ? "s" : "");
  g_string_append (found, offers (menu, "pane.getpeername", NULL) ? "p" : "");
  g_string_append (found, offers (menu, "pane.ioctl", "SIOCOUTQ") ? "q" : "");
  g_string_append (found, offers (menu, "pane.ioctl", "SIOCATMARK") ? "m" : "");
  return g_string_free (found, FALSE);
}

static void
test_menu (PaneFixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "a AF_INET SOCK_STREAM 0", "arspqm" },   { "b AF_INET SOCK_DGRAM 0", "rspq" },
    { "c AF_UNIX SOCK_SEQPACKET 0", "arspq" }, { "d AF_NETLINK SOCK_RAW 0", "p" },
    { "e AF_PACKET SOCK_RAW 0", "q" },         { "f AF_INET SOCK_RAW IPPROTO_ICMP", "spq" },
  };

  g_test_summary ("The menu has what makes sense for the kind of socket, and no more");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *card = pane_make_card (fixture, cases[i][0]);
      g_autofree char *found = NULL;

      pane_show (fixture, card);
      found = dup_offers (card);
      g_assert_cmpstr (found, ==, cases[i][1]);
      pane_unshow (fixture, card);
    }
}

static void
test_server (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");

  g_test_summary ("A stream server's calls stand as its socket does");
  assert_standings (pane, "socket:n bind:p listen:x accept:x shutdown:x close:x");
  g_assert_cmpint (swb_pane_calls_get_chain_begin (pane), ==, SWB_VERB_BIND);

  pane_run (fixture, "server socket");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CREATED);
  assert_standings (pane, "socket:d bind:n listen:x accept:x shutdown:x close:p");

  pane_run (fixture, "server bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_BOUND);
  assert_standings (pane, "socket:d bind:d listen:n accept:x shutdown:x close:p");
  g_assert_cmpint (swb_pane_calls_get_chain_begin (pane), ==, SWB_VERB_LISTEN);

  pane_run (fixture, "server listen");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_LISTENING);
  assert_standings (pane, "socket:d bind:d listen:d accept:a shutdown:x close:p");
  g_assert_cmpint (swb_pane_calls_get_chain_begin (pane), ==, SWB_VERB_NONE);

  pane_run (fixture, "server accept manual");
  pane_wait (!swb_pane_get_accept_auto (pane));
  assert_standings (pane, "socket:d bind:d listen:d accept:n shutdown:x close:p");

  pane_run (fixture, "server accept");
  pane_wait (swb_pane_is_waiting (pane, SWB_VERB_ACCEPT, NULL));
  assert_standings (pane, "socket:d bind:d listen:d accept:w shutdown:x close:p");

  pane_run (fixture, "server close");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CLOSED);
  g_assert_cmpint (swb_pane_calls_get_chain_begin (pane), ==, SWB_VERB_BIND);
}

static void
test_client (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  SwbPane *pane = pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");

  g_test_summary ("A stream client's calls, with the peer closing first");
  assert_standings (pane, "socket:n bind:p connect:p shutdown:x close:x");
  g_assert_cmpint (swb_pane_calls_get_chain_begin (pane), ==, SWB_VERB_CONNECT);

  pane_listen (fixture, server);
  pane_run (fixture, "client socket");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CREATED);
  assert_standings (pane, "socket:d bind:p connect:n shutdown:x close:p");

  pane_connect (fixture, pane, server);
  assert_standings (pane, "socket:d bind:x connect:d shutdown:p close:p");
  g_assert_cmpint (swb_pane_calls_get_chain_begin (pane), ==, SWB_VERB_NONE);

  pane_wait (g_list_model_get_n_items (swb_pane_get_connections (server)) == 1);
  pane_run (fixture, "server#1 close");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_PEER_CLOSED);
  assert_standings (pane, "socket:d bind:x connect:d shutdown:p close:n");

  pane_run (fixture, "client recv manual");
  pane_wait (!swb_pane_get_recv_auto (pane));
  assert_standings (pane, "socket:d bind:x connect:d recv:p shutdown:p close:n");
}

static void
test_datagram (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "udp AF_INET SOCK_DGRAM 0");

  g_test_summary ("A datagram socket has neither listen nor accept, and may connect again");
  assert_standings (pane, "socket:n bind:p connect:p close:x");
  pane_run (fixture, "udp bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_BOUND);
  assert_standings (pane, "socket:d bind:d connect:p close:p");
  pane_run (fixture, "udp connect 127.0.0.1:9");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CONNECTED);
  assert_standings (pane, "socket:d bind:d connect:p close:p");
}

static void
test_outlet_datagram (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "udp AF_INET SOCK_DGRAM 0");
  g_auto (SwbOutlet) nowhere = { 0 };
  g_auto (SwbOutlet) typed = { 0 };
  g_auto (SwbOutlet) answer = { 0 };

  g_test_summary ("A datagram goes where was typed, else to who wrote last, else nowhere");
  swb_outlet_find (pane, SWB_CONNECTION_ALL, "", NULL, &nowhere);
  g_assert_nonnull (nowhere.reason);
  swb_outlet_find (pane, SWB_CONNECTION_ALL, "127.0.0.1:9", "127.0.0.1:10", &typed);
  g_assert_null (typed.reason);
  g_assert_cmpint (typed.verb, ==, SWB_VERB_SENDTO);
  g_assert_cmpstr (typed.address, ==, "127.0.0.1:9");
  swb_outlet_find (pane, SWB_CONNECTION_ALL, "", "127.0.0.1:10", &answer);
  g_assert_cmpstr (answer.address, ==, "127.0.0.1:10");
}

static gboolean
has_call (SwbJournal *journal, SwbCall call)
{
  guint64 n = swb_journal_get_n_records (journal);

  for (guint64 i = 0; i < n; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (journal, i);

      if (entry->kind == SWB_RECORD_CALL && entry->what == call && entry->result >= 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_sender_of_error (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "udp AF_INET SOCK_DGRAM 0");
  SwbJournal *journal = swb_bench_get_journal (fixture->bench);
  g_autofree char *sender = NULL;

  g_test_summary ("What comes back from the queue of errors was written by nobody");
  pane_run (fixture, "udp recv manual");
  pane_run (fixture, "udp setsockopt IPPROTO_IP IP_RECVERR 1");
  pane_run (fixture, "udp sendto 127.0.0.1:1 \"nobody there\"");
  pane_run (fixture, "udp recvmsg MSG_ERRQUEUE");
  pane_wait (has_call (journal, SWB_CALL_RECVMSG));
  g_assert_false (swb_outlet_find_sender (journal, swb_pane_get_id (pane), 0,
                                          swb_journal_get_n_records (journal), &sender));
  g_assert_null (sender);
}

static void
test_outlet_frames (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "p AF_PACKET SOCK_RAW 0");
  g_auto (SwbOutlet) before = { 0 };
  g_auto (SwbOutlet) after = { 0 };

  g_test_summary ("Frames go to the interface that their socket is bound to");
  if (geteuid () != 0)
    {
      g_test_skip ("AF_PACKET needs CAP_NET_RAW");
      return;
    }
  swb_outlet_find (pane, SWB_CONNECTION_ALL, "", NULL, &before);
  g_assert_nonnull (before.reason);
  pane_run (fixture, "p bind \"packet lo:ETH_P_ALL\"");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_BOUND);
  swb_outlet_find (pane, SWB_CONNECTION_ALL, "", "packet 1:ETH_P_IP", &after);
  g_assert_null (after.reason);
  g_assert_cmpint (after.verb, ==, SWB_VERB_SEND);
}

static void
test_outlet_stream (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  SwbPane *client = pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");
  g_auto (SwbOutlet) before = { 0 };
  g_auto (SwbOutlet) all = { 0 };
  g_auto (SwbOutlet) one = { 0 };
  g_auto (SwbOutlet) own = { 0 };
  g_auto (SwbOutlet) shut = { 0 };

  g_test_summary ("A stream sends to its peer, a server to one or to all");
  swb_outlet_find (server, SWB_CONNECTION_ALL, "", NULL, &before);
  g_assert_nonnull (before.reason);
  pane_listen (fixture, server);
  pane_connect (fixture, client, server);

  swb_outlet_find (server, SWB_CONNECTION_ALL, "", NULL, &all);
  g_assert_null (all.reason);
  g_assert_cmpuint (all.connection, ==, SWB_CONNECTION_ALL);
  swb_outlet_find (server, 1, "", NULL, &one);
  g_assert_null (one.reason);
  g_assert_cmpuint (one.connection, ==, 1);
  swb_outlet_find (client, SWB_CONNECTION_ALL, "", NULL, &own);
  g_assert_null (own.reason);
  g_assert_cmpuint (own.connection, ==, 0);

  pane_run (fixture, "client shutdown SHUT_WR");
  pane_wait (swb_pane_get_state (client) != SWB_STATE_CONNECTED);
  swb_outlet_find (client, SWB_CONNECTION_ALL, "", NULL, &shut);
  g_assert_nonnull (shut.reason);
}

static void
test_pair (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "a AF_UNIX SOCK_STREAM 0");

  g_test_summary ("A connected pair has done with the calls of servers and clients");
  (void)pane_make (fixture, "b AF_UNIX SOCK_STREAM 0");
  assert_standings (pane, "socket:n bind:p listen:x accept:x connect:p shutdown:x close:x");
  pane_run (fixture, "a socketpair b");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CONNECTED);
  assert_standings (pane, "socket:d shutdown:p close:p");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/pane-calls/server", test_server);
  pane_test_add ("/pane-calls/menu", test_menu);
  pane_test_add ("/pane-calls/pair", test_pair);
  pane_test_add ("/pane-calls/client", test_client);
  pane_test_add ("/pane-calls/datagram", test_datagram);
  pane_test_add ("/pane-calls/outlet-datagram", test_outlet_datagram);
  pane_test_add ("/pane-calls/sender-of-error", test_sender_of_error);
  pane_test_add ("/pane-calls/outlet-frames", test_outlet_frames);
  pane_test_add ("/pane-calls/outlet-stream", test_outlet_stream);

  return g_test_run ();
}
