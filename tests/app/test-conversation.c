/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/conversation/swb-bubble.h"
#include "app/conversation/swb-conversation.h"
#include "app/widgets/swb-text-ruler.h"
#include "pane-fixture.h"

static void
test_ruler (PaneFixture *fixture, gconstpointer data)
{
  static const char *const texts[]
      = { "", "hello, bench⏎", "127.0.0.1:40312 · 13 B · 10:42:12.004",
          "iiii WWWW -> == fi ␍⇥…" };
  GtkWidget *label = gtk_inscription_new (NULL);
  int width;
  int height;

  g_test_summary ("The ruler agrees with a layout, and leaves the rest to it");
  pane_show (fixture, label);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, texts[i]);
      int right_width;
      int right_height;

      g_assert_true (swb_text_ruler_measure (label, texts[i], &width, &height));
      pango_layout_get_pixel_size (layout, &right_width, &right_height);
      g_assert_cmpint (ABS (width - right_width), <=, 4);
      g_assert_cmpint (ABS (height - right_height), <=, 1);
    }
  g_assert_false (swb_text_ruler_recall (label, texts[0], 80, &height));
  swb_text_ruler_remember (label, texts[0], 80, 34);
  g_assert_false (swb_text_ruler_recall (label, texts[0], 81, &height));
  g_assert_true (swb_text_ruler_recall (label, texts[0], 80, &height));
  g_assert_cmpint (height, ==, 34);
  g_assert_false (swb_text_ruler_measure (label, "שלום", &width, &height));
  g_assert_false (swb_text_ruler_measure (label, "e\xcc\x81", &width, &height));
  g_assert_false (swb_text_ruler_measure (label, "漢字", &width, &height));
  pane_unshow (fixture, label);
}

static void
start_pair (PaneFixture *fixture, SwbPane **server, SwbPane **client)
{
  *server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  *client = pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");
  pane_listen (fixture, *server);
  pane_connect (fixture, *client, *server);
}

static void
test_size (void)
{
  g_autofree char *zero = swb_speech_print_size (0);
  g_autofree char *small = swb_speech_print_size (999);
  g_autofree char *large = swb_speech_print_size (65536);
  g_autofree char *huge = swb_speech_print_size (G_GUINT64_CONSTANT (1234567890));

  g_test_summary ("Sizes have their thousands apart");
  g_assert_cmpstr (zero, ==, "0 B");
  g_assert_cmpstr (small, ==, "999 B");
  g_assert_cmpstr (large, ==, "65,536 B");
  g_assert_cmpstr (huge, ==, "1,234,567,890 B");
}

static char *
dup_turn (GListModel *model, guint index)
{
  static const char *const sides[] = { "in", "out", "event" };
  g_autoptr (SwbSpeech) speech = g_list_model_get_item (model, index);
  g_autofree char *text = NULL;

  if (speech == NULL)
    return NULL;
  text = swb_speech_dup_text (speech);
  return g_strdup_printf ("%s %s", sides[swb_speech_get_side (speech)], text);
}

#define assert_turn(model, index, expected)                                                \
  G_STMT_START                                                                             \
  {                                                                                        \
    g_autofree char *turn_ = dup_turn (model, index);                                      \
    g_assert_cmpstr (turn_, ==, expected);                                                 \
  }                                                                                        \
  G_STMT_END

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static void
test_model (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server;
  SwbPane *client;
  g_autoptr (SwbSpeechModel) model = NULL;
  GListModel *list;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *caption = NULL;
  g_autoptr (SwbSpeech) speech = NULL;

  g_test_summary ("A client's conversation: connected, sent, echoed, shut down, ended");
  start_pair (fixture, &server, &client);
  pane_run (fixture, "server reply echo");
  model = swb_speech_model_new (fixture->bench, client);
  list = G_LIST_MODEL (model);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  g_signal_connect (model, "items-changed", G_CALLBACK (changed_cb), log);

  pane_run (fixture, "client send \"hi\\n\"");
  pane_wait (g_list_model_get_n_items (list) == 3);
  assert_turn (list, 1, "out hi⏎");
  assert_turn (list, 2, "in hi⏎");
  pane_run (fixture, "client shutdown SHUT_WR");
  pane_wait (g_list_model_get_n_items (list) >= 5);
  assert_turn (list, 3, "event shutdown SHUT_WR");
  assert_turn (list, 4, "event end of stream: the peer sends no more");
  assert_turn (list, 99, NULL);
  g_assert_true (g_str_has_prefix (log->str, "1-0+"));

  speech = g_list_model_get_item (list, 2);
  caption = swb_speech_dup_caption (speech);
  g_assert_true (g_str_has_prefix (caption, "127.0.0.1:"));
  g_assert_nonnull (strstr (caption, " · 3 B · "));
  g_assert_cmpuint (swb_speech_model_find (model, swb_speech_get_position (speech)), ==, 2);
  g_assert_cmpuint (swb_speech_model_find (model, G_MAXUINT64), ==, G_MAXUINT);
}

static void
test_connection (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server;
  SwbPane *client;
  g_autoptr (SwbSpeechModel) model = NULL;
  GListModel *list;
  guint n;

  g_test_summary ("One connection's turns, then all of them again");
  start_pair (fixture, &server, &client);
  model = swb_speech_model_new (fixture->bench, server);
  list = G_LIST_MODEL (model);
  pane_run (fixture, "client send \"one\"");
  pane_wait (swb_pane_get_n_received (server) == 3);
  n = g_list_model_get_n_items (list);
  g_assert_cmpuint (n, ==, 2);

  swb_speech_model_set_connection (model, 1);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  assert_turn (list, 0, "in one");
  pane_run (fixture, "server#1 send \"two\"");
  pane_wait (g_list_model_get_n_items (list) == 2);
  assert_turn (list, 1, "out two");
  swb_speech_model_set_connection (model, 7);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  swb_speech_model_set_connection (model, SWB_CONNECTION_ALL);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n + 1);
}

static void
test_reply (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server;
  SwbPane *client;
  g_autoptr (SwbSpeechModel) model = NULL;
  g_autoptr (SwbSpeech) first = NULL;
  g_autoptr (SwbSpeech) second = NULL;
  g_autofree char *first_caption = NULL;
  g_autofree char *second_caption = NULL;

  g_test_summary ("An answer keeps the name of the responder that made it");
  start_pair (fixture, &server, &client);
  model = swb_speech_model_new (fixture->bench, server);
  pane_run (fixture, "server reply echo");
  pane_run (fixture, "client send \"one\"");
  pane_wait (swb_pane_get_n_received (client) == 3);
  pane_run (fixture, "server reply \"two\"");
  pane_run (fixture, "client send \"one\"");
  pane_wait (swb_pane_get_n_received (client) == 6);
  pane_wait (g_list_model_get_n_items (G_LIST_MODEL (model)) == 5);
  first = g_list_model_get_item (G_LIST_MODEL (model), 2);
  second = g_list_model_get_item (G_LIST_MODEL (model), 4);
  first_caption = swb_speech_dup_caption (first);
  second_caption = swb_speech_dup_caption (second);
  g_assert_true (g_str_has_prefix (first_caption, "echo · 3 B · "));
  g_assert_true (g_str_has_prefix (second_caption, "fixed · 3 B · "));
}

static void
test_hostile (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_INET SOCK_DGRAM 0");
  g_autoptr (SwbSpeechModel) model = swb_speech_model_new (fixture->bench, a);
  GListModel *list = G_LIST_MODEL (model);

  g_test_summary ("Markup, escapes and an empty datagram are shown as what they are");
  pane_run (fixture, "a bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (a) == SWB_STATE_BOUND);
  pane_run (fixture, "a sendto a \"<b>\\x1b\\xff\"");
  pane_run (fixture, "a sendto a \"\"");
  pane_wait (g_list_model_get_n_items (list) == 4);
  assert_turn (list, 0, "out <b>␛\\xff");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *turn = dup_turn (list, i);
      g_assert_true (g_str_has_suffix (turn, "<b>␛\\xff")
                     || g_str_has_suffix (turn, "(empty)"));
    }
}

static void
test_gone (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_UNIX SOCK_STREAM 0");
  g_autoptr (SwbSpeech) speech
      = swb_speech_new (fixture->bench, a, G_MAXUINT32, SWB_REPLY_NONE);
  g_autofree char *text = swb_speech_dup_text (speech);
  g_autofree char *caption = swb_speech_dup_caption (speech);

  g_test_summary ("A turn that the journal forgot says that, and no moment");
  g_assert_cmpstr (text, ==, "no longer in the journal");
  g_assert_cmpstr (caption, ==, "");
}

static void
show_cb (SwbConversation *conversation, guint64 position, guint64 *kept)
{
  *kept = position;
}

/* The row is what has the focus. */
static void
assert_named (SwbBubble *bubble)
{
  SwbSpeech *speech = swb_bubble_get_speech (bubble);
  gboolean came = swb_speech_get_side (speech) == SWB_SPEECH_IN;
  g_autofree char *caption = swb_speech_dup_caption (speech);
  g_autofree char *name
      = g_strdup_printf ("%s: some words, %s", came ? "Received" : "Sent", caption);

  gtk_test_accessible_assert_property (gtk_widget_get_parent (GTK_WIDGET (bubble)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_view (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_INET SOCK_DGRAM 0");
  GtkWidget *view = g_object_new (SWB_TYPE_CONVERSATION, NULL);
  GtkWidget *list;
  guint64 shown = 0;

  g_test_summary ("A thousand turns have few bubbles, the end is in sight, a turn leads "
                  "to its record");
  swb_conversation_set_pane (SWB_CONVERSATION (view), fixture->bench, a);
  g_signal_connect (view, "show-record", G_CALLBACK (show_cb), &shown);
  pane_show (fixture, view);
  g_assert_cmpuint (pane_count (view, SWB_TYPE_BUBBLE), ==, 0);

  pane_run (fixture, "a bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (a) == SWB_STATE_BOUND);
  for (guint i = 0; i < 1000; i++)
    pane_run (fixture, "a sendto a \"some words\"");
  pane_wait (swb_pane_get_n_sent (a) == 10000);
  pane_wait ((list = pane_find (view, GTK_TYPE_LIST_VIEW, 0)) != NULL);
  pane_wait (pane_count (view, SWB_TYPE_BUBBLE) > 0);
  g_assert_cmpuint (pane_count (view, SWB_TYPE_BUBBLE), <, 400);
  {
    GtkAdjustment *end = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
    pane_wait (gtk_adjustment_get_value (end) + gtk_adjustment_get_page_size (end)
               >= gtk_adjustment_get_upper (end) - 8);
  }

  assert_named (SWB_BUBBLE (pane_find (view, SWB_TYPE_BUBBLE, 0)));
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpuint (shown, >, 0);
  gtk_widget_activate_action (view, "bubble.copy-text", NULL);
  gtk_widget_activate_action (view, "bubble.copy-hex", NULL);
  pane_unshow (fixture, view);
}

static int
measure_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
test_long_event (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_UNIX SOCK_STREAM 0");
  GtkWidget *view = g_object_new (SWB_TYPE_CONVERSATION, NULL);
  GtkWidget *bubble;

  g_test_summary ("The sentence of an event wraps where the pane is narrow");
  (void)pane_make (fixture, "b AF_UNIX SOCK_STREAM 0");
  swb_conversation_set_pane (SWB_CONVERSATION (view), fixture->bench, a);
  pane_show (fixture, view);
  pane_run (fixture, "a socketpair b");
  pane_wait ((bubble = pane_find (view, SWB_TYPE_BUBBLE, 0)) != NULL);
  g_assert_cmpint (measure_height (bubble, 150), >=, 2 * measure_height (bubble, 2000));
  pane_unshow (fixture, view);
}

/* Rows that are still measured take the list to its end once more. */
static void
scroll_up (GtkAdjustment *place)
{
  guint n_stayed = 0;

  while (n_stayed < 20)
    {
      n_stayed = gtk_adjustment_get_value (place) > 0 ? 0 : n_stayed + 1;
      gtk_adjustment_set_value (place, 0);
      pane_fixture_turn ();
    }
}

static void
test_scrolled_away (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_INET SOCK_DGRAM 0");
  GtkWidget *view = g_object_new (SWB_TYPE_CONVERSATION, NULL);
  GtkAdjustment *place;

  g_test_summary ("Whoever scrolled up stays there when more comes");
  swb_conversation_set_pane (SWB_CONVERSATION (view), fixture->bench, a);
  pane_show (fixture, view);
  pane_run (fixture, "a bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (a) == SWB_STATE_BOUND);
  for (guint i = 0; i < 100; i++)
    pane_run (fixture, "a sendto a \"0123456789\"");
  pane_wait (swb_pane_get_n_received (a) == 1000);
  pane_wait (pane_find (view, GTK_TYPE_LIST_VIEW, 0) != NULL);
  place = gtk_scrollable_get_vadjustment (
      GTK_SCROLLABLE (pane_find (view, GTK_TYPE_LIST_VIEW, 0)));
  pane_wait (gtk_adjustment_get_value (place) > 1000);
  scroll_up (place);
  pane_run (fixture, "a sendto a \"more\"");
  pane_wait (swb_pane_get_n_received (a) == 1004);
  for (guint i = 0; i < 20; i++)
    pane_fixture_turn ();
  g_assert_cmpfloat (gtk_adjustment_get_value (place), <, 100);
  pane_unshow (fixture, view);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/conversation/size", test_size);
  pane_test_add ("/conversation/ruler", test_ruler);
  pane_test_add ("/conversation/model", test_model);
  pane_test_add ("/conversation/connection", test_connection);
  pane_test_add ("/conversation/reply", test_reply);
  pane_test_add ("/conversation/hostile", test_hostile);
  pane_test_add ("/conversation/gone", test_gone);
  pane_test_add ("/conversation/view", test_view);
  pane_test_add ("/conversation/long-event", test_long_event);
  pane_test_add ("/conversation/scrolled-away", test_scrolled_away);

  return g_test_run ();
}
