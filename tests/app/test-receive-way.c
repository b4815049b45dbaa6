/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/journal/swb-journal-format.h"
#include "app/conversation/swb-bubble.h"
#include "app/composer/swb-compose-text.h"
#include "app/conversation/swb-connection-strip.h"
#include "app/conversation/swb-peer-strip.h"
#include "app/pane/swb-receive-way.h"
#include "bench/swb-fold.h"
#include "pane-fixture.h"

#include <string.h>
#include <sys/socket.h>

/* How a card receives, and what it shows of whom and how. */

static void
assert_described (const int numbers[3], SwbCall usual, gboolean by_itself,
                  const char *expected)
{
  g_autofree char *text = swb_receive_way_describe (numbers, usual, by_itself);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  g_test_summary ("The button says call, length and flags where they are not usual");
  assert_described ((int[3]){ 0 }, SWB_CALL_RECV, FALSE, "recv · by hand");
  assert_described ((int[3]){ TRUE }, SWB_CALL_RECVFROM, TRUE, "recvfrom · automatic");
  assert_described ((int[3]){ SWB_CALL_RECVMSG, 4, MSG_PEEK | MSG_OOB }, SWB_CALL_RECV,
                    FALSE, "recvmsg · 4 B · MSG_OOB|MSG_PEEK · by hand");
}

static SwbReceiveWay *
find_way (GtkWidget *card)
{
  return SWB_RECEIVE_WAY (pane_find (card, SWB_TYPE_RECEIVE_WAY, 0));
}

static GtkWidget *
open_way (GtkWidget *card)
{
  GtkMenuButton *button
      = GTK_MENU_BUTTON (pane_find (GTK_WIDGET (find_way (card)), GTK_TYPE_MENU_BUTTON, 0));
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));

  gtk_menu_button_popup (button);
  pane_wait (gtk_widget_get_mapped (popover));
  return popover;
}

static GtkCheckButton *
find_check (GtkWidget *root, const char *label)
{
  GtkWidget *check;

  for (guint i = 0; (check = pane_find (root, GTK_TYPE_CHECK_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (check)), label) == 0)
      return GTK_CHECK_BUTTON (check);
  return NULL;
}

static void
set_room (GtkWidget *popover, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (pane_find (popover, GTK_TYPE_ENTRY, 0)), text);
}

static void
bind_both (PaneFixture *fixture, SwbPane *pane, SwbPane *peer)
{
  g_autofree char *line = NULL;

  line = g_strdup_printf ("%s bind 127.0.0.1:0", swb_pane_get_name (pane));
  pane_run (fixture, line);
  pane_run (fixture, "peer bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_BOUND
             && swb_pane_get_state (peer) == SWB_STATE_BOUND);
}

static gboolean
has_details (GtkWidget *card, const char *text)
{
  GtkWidget *bubble;

  for (guint i = 0; (bubble = pane_find (card, SWB_TYPE_BUBBLE, i)) != NULL; i++)
    {
      SwbSpeech *speech = swb_bubble_get_speech (SWB_BUBBLE (bubble));
      g_autofree char *details = speech != NULL ? swb_speech_dup_details (speech) : NULL;

      if (details != NULL && strstr (details, text) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_short (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0 as server");
  SwbPane *peer = pane_make (fixture, "peer AF_INET SOCK_DGRAM 0");
  SwbPane *pane = pane_of_card (card);
  GtkWidget *popover;
  int numbers[3];

  g_test_summary ("A length of 4 is asked for by itself; the bubble says what is gone");
  pane_show (fixture, card);
  bind_both (fixture, pane, peer);
  popover = open_way (card);
  set_room (popover, "4");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pane_find (popover, GTK_TYPE_DROP_DOWN, 0)),
                              2);
  pane_press (popover, "_Use");
  pane_wait ((swb_pane_get_recv_mode (pane, numbers), numbers[1]) == 4);
  g_assert_cmpint (numbers[0], ==, SWB_CALL_RECVMSG);
  pane_wait (pane_has_label (card, "recvmsg · 4 B · automatic"));

  pane_run (fixture, "peer sendto u \"0123456789\"");
  pane_wait (has_details (card, "cut short: 6 B are gone · length 4"));
  pane_unshow (fixture, card);
}

static void
test_by_hand (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0 as server");
  SwbPane *peer = pane_make (fixture, "peer AF_INET SOCK_DGRAM 0");
  SwbPane *pane = pane_of_card (card);
  GtkWidget *popover;

  g_test_summary ("By hand, with MSG_PEEK: the same datagram comes twice");
  pane_show (fixture, card);
  bind_both (fixture, pane, peer);
  popover = open_way (card);
  gtk_check_button_set_active (find_check (popover, "By _hand"), TRUE);
  gtk_check_button_set_active (find_check (popover, "MSG_PEEK"), TRUE);
  pane_press (popover, "_Use");
  pane_wait (!swb_pane_get_recv_auto (pane));
  pane_wait (pane_has_label (card, "recvfrom · MSG_PEEK · by hand"));
  pane_run (fixture, "peer sendto u \"twice\"");
  pane_press (card, "recvfrom");
  pane_wait (pane_count_calls (fixture, SWB_CALL_RECVFROM, 0) == 1);
  pane_press (card, "recvfrom");
  pane_wait (pane_count_calls (fixture, SWB_CALL_RECVFROM, 0) == 2);
  pane_wait (has_details (card, "MSG_PEEK"));
  pane_unshow (fixture, card);
}

static void
test_wrong_room (PaneFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "0", "-1", "four", "16777217" };
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0 as server");
  GtkWidget *popover;
  int numbers[3];

  g_test_summary ("A length that is none is said where it was typed, and nothing changes");
  pane_show (fixture, card);
  popover = open_way (card);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      set_room (popover, wrong[i]);
      pane_press (popover, "_Use");
      g_assert_true (
          gtk_widget_has_css_class (pane_find (popover, GTK_TYPE_ENTRY, 0), "error"));
      g_assert_true (pane_has_label (popover, "from 1 to 16777216"));
    }
  swb_pane_get_recv_mode (pane_of_card (card), numbers);
  g_assert_cmpint (numbers[1], ==, 0);
  gtk_popover_popdown (GTK_POPOVER (popover));
  pane_unshow (fixture, card);
}

static void
test_peer (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0 as server");
  SwbPane *peer = pane_make (fixture, "peer AF_INET SOCK_DGRAM 0");
  SwbPane *pane = pane_of_card (card);
  g_autofree char *local = NULL;

  g_test_summary ("Who sent is a chip; chosen, the next datagram goes there");
  pane_show (fixture, card);
  g_assert_null (pane_find (card, SWB_TYPE_PEER_STRIP, 0));
  bind_both (fixture, pane, peer);
  local = pane_dup_local (peer);
  pane_run (fixture, "peer sendto u \"hello\"");
  pane_wait (pane_find (card, SWB_TYPE_PEER_STRIP, 0) != NULL);
  g_assert_true (pane_has_label (card, "1 peer"));
  pane_wait (pane_find (pane_find (card, SWB_TYPE_PEER_STRIP, 0), GTK_TYPE_LABEL, 1)
             != NULL);
  g_signal_emit_by_name (
      pane_find (pane_find (card, SWB_TYPE_PEER_STRIP, 0), GTK_TYPE_LIST_VIEW, 0),
      "activate", 0);
  pane_write (card, "answer");
  pane_press (card, "sendto");
  pane_wait (swb_pane_get_n_received (peer) == 7);
  pane_unshow (fixture, card);
}

/* One more than are kept send to pane 1. */
static void
fold_too_many (SwbFold *fold)
{
  const char *made = "pane u AF_INET SOCK_DGRAM 0";
  SwbRecord record = { .kind = SWB_RECORD_COMMAND,
                       .pane = 1,
                       .data = (const guint8 *)made,
                       .n_data = strlen (made) };

  swb_fold_record (fold, &record, 0);
  record = (SwbRecord){ .kind = SWB_RECORD_CALL,
                        .call = SWB_CALL_RECVFROM,
                        .pane = 1,
                        .fd = 3,
                        .address = { .length = sizeof (struct sockaddr_in) } };
  record.address.in.sin_family = AF_INET;
  for (guint i = 0; i <= SWB_PEERS_MAX; i++)
    {
      record.address.in.sin_addr.s_addr = i;
      swb_fold_record (fold, &record, i + 1);
    }
  swb_fold_flush (fold);
}

static void
test_forgotten_peers (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *strip = g_object_new (SWB_TYPE_PEER_STRIP, NULL);
  SwbFold *fold = swb_fold_new ();
  g_autofree char *left = swb_journal_format_number (SWB_PEERS_MAX / 8 * 7 + 1);
  g_autofree char *gone = swb_journal_format_number (SWB_PEERS_MAX / 8);
  g_autofree char *expected
      = g_strdup_printf ("%s peers (%s others were forgotten), the newest:", left, gone);

  g_test_summary ("Of too many senders it says how many were forgotten");
  fold_too_many (fold);
  swb_peer_strip_set_pane (SWB_PEER_STRIP (strip), swb_fold_get_pane (fold, 1));
  pane_show (fixture, strip);
  g_assert_true (pane_has_label (strip, expected));
  pane_unshow (fixture, strip);
  swb_fold_free (fold);
}

static void
test_queue (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  SwbPane *pane = pane_of_card (card);

  g_test_summary ("Connections that wait for accept are counted, until they are taken");
  pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");
  pane_show (fixture, card);
  pane_run (fixture, "server accept manual");
  pane_run (fixture, "server bind 127.0.0.1:0");
  pane_run (fixture, "server listen 5");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_LISTENING);
  pane_run (fixture, "client connect server");
  pane_wait (pane_has_label (card, "1 of 5 waits"));
  pane_press (card, "accept");
  pane_wait (pane_has_label (card, "0 of 5 wait"));
  pane_unshow (fixture, card);
}

static void
test_asked (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "a AF_UNIX SOCK_STREAM 0");
  SwbPane *pane = pane_of_card (card);
  SwbPane *other;

  g_test_summary ("socketpair with a new pane; ioctl and SO_PEERCRED by the menu");
  pane_show (fixture, card);
  gtk_widget_activate_action (card, "pane.socketpair", "s", "");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CONNECTED);
  pane_wait ((other = swb_bench_find_pane (fixture->bench, "a2")) != NULL
             && swb_pane_get_state (other) == SWB_STATE_CONNECTED);
  gtk_widget_activate_action (card, "pane.ioctl", "s", "FIONREAD");
  pane_wait (pane_count_calls (fixture, SWB_CALL_IOCTL, 0) == 1);
  gtk_widget_activate_action (card, "pane.ask-peer", NULL);
  pane_wait (swb_connection_get_process (swb_pane_get_socket (pane)) != NULL);
  pane_unshow (fixture, card);
}

static void
test_resolved (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "c AF_INET SOCK_STREAM 0 as client");

  g_test_summary ("Below a name stands what it is, until something else is typed");
  pane_show (fixture, card);
  swb_pane_view_set_connect_text (SWB_PANE_VIEW (card), "localhost:1");
  pane_press (card, "connect");
  pane_wait (pane_has_label (card, "127.0.0.1 chosen"));
  swb_pane_view_set_connect_text (SWB_PANE_VIEW (card), "127.0.0.1:1");
  pane_wait (!pane_has_label (card, "127.0.0.1 chosen"));
  pane_unshow (fixture, card);
}

static void
test_batch_by_hand (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0");
  SwbPane *pane = pane_of_card (card);
  GtkWidget *popover, *button;

  g_test_summary ("recvmmsg that was chosen for receiving by hand can be pressed");
  pane_make (fixture, "peer AF_INET SOCK_DGRAM 0");
  pane_show (fixture, card);
  bind_both (fixture, pane, swb_bench_find_pane (fixture->bench, "peer"));
  popover = open_way (card);
  gtk_check_button_set_active (find_check (popover, "By _hand"), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pane_find (popover, GTK_TYPE_DROP_DOWN, 0)),
                              3);
  pane_press (popover, "_Use");
  pane_wait ((button = pane_find_button (card, "recvmmsg")) != NULL);
  pane_wait (gtk_widget_is_sensitive (button));
  pane_run (fixture, "peer sendto u \"x\"");
  pane_press (card, "recvmmsg");
  pane_wait (pane_count_calls (fixture, SWB_CALL_RECVMMSG, 0) > 0);
  pane_unshow (fixture, card);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/receive-way/describe", test_describe);
  pane_test_add ("/receive-way/short", test_short);
  pane_test_add ("/receive-way/by-hand", test_by_hand);
  pane_test_add ("/receive-way/batch-by-hand", test_batch_by_hand);
  pane_test_add ("/receive-way/wrong-room", test_wrong_room);
  pane_test_add ("/receive-way/peer", test_peer);
  pane_test_add ("/receive-way/peer/forgotten", test_forgotten_peers);
  pane_test_add ("/receive-way/queue", test_queue);
  pane_test_add ("/receive-way/asked", test_asked);
  pane_test_add ("/receive-way/resolved", test_resolved);

  return g_test_run ();
}
