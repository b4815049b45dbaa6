/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/pane/swb-address-row.h"
#include "app/conversation/swb-bubble.h"
#include "app/pane/swb-call-bar.h"
#include "app/conversation/swb-chip.h"
#include "app/composer/swb-composer.h"
#include "app/conversation/swb-connection-strip.h"
#include "app/conversation/swb-conversation.h"
#include "app/pane/swb-failure-bar.h"
#include "app/pane/swb-spec-row.h"
#include "bench/swb-bench-file.h"
#include "pane-fixture.h"

#include <glib/gstdio.h>
#include <sys/socket.h>
#include <unistd.h>

static void
test_classes (PaneFixture *fixture, gconstpointer data)
{
  const GType types[] = {
    SWB_TYPE_SPEC_ROW,     SWB_TYPE_ADDRESS_ROW, SWB_TYPE_CALL_BAR,
    SWB_TYPE_CHIP,         SWB_TYPE_BUBBLE,      SWB_TYPE_CONNECTION_STRIP,
    SWB_TYPE_CONVERSATION, SWB_TYPE_COMPOSER,    SWB_TYPE_FAILURE_BAR,
  };

  g_test_summary ("Every class of the card can be made, shown and let go");
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_new (types[i], "visible", TRUE, NULL);
      pane_show (fixture, widget);
      pane_unshow (fixture, widget);
    }
}

static gboolean
can_press (GtkWidget *card, const char *label)
{
  GtkWidget *button = pane_find_button (card, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

static void
test_press (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  SwbPane *pane = pane_of_card (card);

  g_test_summary ("Each button makes its call, and the journal has it");
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "127.0.0.1:0");
  pane_show (fixture, card);
  pane_press (card, "socket");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CREATED);
  pane_press (card, "bind");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_BOUND);
  pane_press (card, "listen");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_LISTENING);
  g_assert_cmpuint (pane_count_calls (fixture, SWB_CALL_SOCKET, -1), ==, 1);
  g_assert_cmpuint (pane_count_calls (fixture, SWB_CALL_BIND, -1), ==, 1);
  g_assert_cmpuint (pane_count_calls (fixture, SWB_CALL_LISTEN, -1), ==, 1);
  g_assert_false (gtk_widget_is_sensitive (pane_find_button (card, "bind")));
  g_assert_true (gtk_widget_has_css_class (pane_find_button (card, "bind"), "done"));
  pane_press (card, "close");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CLOSED);
  g_assert_true (gtk_widget_is_sensitive (pane_find_button (card, "bind")));
  pane_unshow (fixture, card);
}

static void
test_pair (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *server = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  GtkWidget *client = pane_make_card (fixture, "client AF_INET SOCK_STREAM 0 as client");
  GtkWidget *composer;

  g_test_summary (
      "Start on both sides, a reply chosen from the menu, bytes typed and echoed");
  gtk_box_append (GTK_BOX (box), server);
  gtk_box_append (GTK_BOX (box), client);
  pane_show (fixture, box);
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (server), "127.0.0.1:0");
  pane_press (server, "_Start");
  pane_wait (swb_pane_get_state (pane_of_card (server)) == SWB_STATE_LISTENING);
  g_assert_null (pane_find_button (server, "_Start"));
  gtk_widget_activate_action (server, "pane.reply", "s", "echo");
  pane_wait (swb_pane_get_reply (pane_of_card (server)) == SWB_REPLY_ECHO);

  swb_pane_view_set_connect_text (SWB_PANE_VIEW (client), "server");
  gtk_widget_grab_focus (pane_find_button (client, "_Start"));
  pane_press (client, "_Start");
  pane_wait (swb_pane_get_state (pane_of_card (client)) == SWB_STATE_CONNECTED);
  composer = pane_find (client, SWB_TYPE_COMPOSER, 0);
  /* What was pressed is gone: the focus is where one goes on. */
  pane_wait (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                     composer));
  pane_write (composer, "hello");
  pane_press (client, "send");
  pane_wait (swb_pane_get_n_received (pane_of_card (client)) == 6);
  pane_wait (pane_count (client, SWB_TYPE_BUBBLE) == 3);
  pane_wait (pane_count (server, SWB_TYPE_CHIP) == 1);

  /* Of the connection, not of the socket that listens: it has no peer. */
  gtk_widget_activate_action (server, "pane.getpeername", NULL);
  pane_wait (pane_count_calls (fixture, SWB_CALL_GETPEERNAME, -1) == 1);
  g_assert_cmpuint (pane_count_calls (fixture, SWB_CALL_GETPEERNAME, 0), ==, 1);
  pane_press (server, "shutdown");
  pane_wait (swb_pane_get_state (pane_of_card (client)) == SWB_STATE_PEER_CLOSED);
  pane_unshow (fixture, box);
}

static void
test_in_use (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *first = pane_make (fixture, "first AF_INET SOCK_STREAM 0 as server");
  GtkWidget *card = pane_make_card (fixture, "second AF_INET SOCK_STREAM 0 as server");
  g_autofree char *local = NULL;

  g_test_summary ("EADDRINUSE is explained, and a free port can be had by a button");
  pane_listen (fixture, first);
  local = pane_dup_local (first);
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), local);
  pane_show (fixture, card);
  pane_press (card, "bind");
  pane_wait (pane_has_label (card, "bind: EADDRINUSE"));
  pane_press (card, "Set SO__REUSEADDR");
  pane_wait (pane_count_calls (fixture, SWB_CALL_SETSOCKOPT, -1) > 0);
  /* No other remedy until this one is over. */
  pane_wait (can_press (card, "Use a _free port"));
  g_assert_true (pane_has_label (card, "bind: EADDRINUSE"));
  pane_press (card, "Use a _free port");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_BOUND);
  pane_wait (pane_find (card, SWB_TYPE_FAILURE_BAR, 0) == NULL);
  pane_unshow (fixture, card);
}

/* Leaves a path that nobody listens on. */
static void
make_stale (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  close (fd);
}

static void
test_stale (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_UNIX SOCK_STREAM 0 as server");
  g_autofree char *path = g_build_filename (fixture->folder, "stale.sock", NULL);

  g_test_summary ("A left-over path can be taken over");
  make_stale (path);
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), path);
  pane_show (fixture, card);
  pane_press (card, "bind");
  pane_wait (pane_has_label (card, "bind: EADDRINUSE"));
  pane_press (card, "_Take over the path");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_BOUND);
  pane_unshow (fixture, card);
  pane_run (fixture, "server close");
  pane_wait (!g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_anyway (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  guint64 position = G_MAXUINT64;

  g_test_summary ("What is not possible can be called on purpose, and shows its errno");
  pane_show (fixture, card);
  g_assert_false (gtk_widget_is_sensitive (pane_find_button (card, "shutdown")));
  gtk_widget_activate_action (card, "pane.call-anyway", "s", "shutdown");
  pane_wait (pane_has_label (card, "shutdown: ENOTCONN"));
  position = swb_pane_get_failure (pane_of_card (card))->position;
  g_assert_cmpuint (position, <,
                    swb_journal_get_n_records (swb_bench_get_journal (fixture->bench)));
  pane_unshow (fixture, card);
}

static void
test_manual (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  SwbPane *pane = pane_of_card (card);

  g_test_summary ("With accept by hand the button waits, and Cancel ends the waiting");
  pane_show (fixture, card);
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "127.0.0.1:0");
  pane_press (card, "_Start");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_LISTENING);
  gtk_widget_activate_action (card, "pane.accept-auto", NULL);
  gtk_widget_activate_action (card, "pane.recv-auto", NULL);
  pane_wait (!swb_pane_get_accept_auto (pane) && pane_find_button (card, "recv") != NULL);
  pane_press (card, "accept");
  pane_wait (swb_pane_is_waiting (pane, SWB_VERB_ACCEPT, NULL));
  pane_press (card, "_Cancel");
  pane_wait (!swb_pane_is_waiting (pane, SWB_VERB_ACCEPT, NULL));
  pane_wait (pane_find_button (card, "_Cancel") == NULL);
  g_assert_null (pane_find (card, SWB_TYPE_FAILURE_BAR, 0));
  pane_unshow (fixture, card);
}

static void
count_cb (GtkWidget *card, guint *n)
{
  (*n)++;
}

static void
test_close (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  guint n = 0;

  g_test_summary ("The card asks to be closed; the window decides");
  g_signal_connect (card, "close-requested", G_CALLBACK (count_cb), &n);
  pane_show (fixture, card);
  gtk_widget_activate_action (card, "pane.close-pane", NULL);
  g_assert_cmpuint (n, ==, 1);
  pane_run (fixture, "server remove");
  pane_wait (swb_pane_is_removed (pane_of_card (card)));
  pane_unshow (fixture, card);
}

/* Whether all of @widget is within @frame. */
static gboolean
is_within (GtkWidget *widget, GtkWidget *frame)
{
  graphene_rect_t bounds;
  graphene_rect_t room = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (frame),
                                             (float)gtk_widget_get_height (frame));

  return gtk_widget_get_height (widget) > 0
         && gtk_widget_compute_bounds (widget, frame, &bounds)
         && graphene_rect_contains_rect (&room, &bounds);
}

static void
test_low (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *first = pane_make (fixture, "first AF_INET SOCK_DGRAM 0");
  GtkWidget *card = pane_make_card (fixture, "other AF_INET SOCK_DGRAM 0");
  g_autofree char *local = NULL;
  GtkWidget *failure, *form;

  g_test_summary ("In a low card what failed and the composer stay in sight");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 620, 416);
  pane_show (fixture, card);
  g_assert_cmpint (gtk_widget_get_height (card), <, 440);
  pane_run (fixture, "first bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (first) == SWB_STATE_BOUND);
  local = pane_dup_local (first);
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), local);
  pane_press (card, "bind");
  pane_wait ((failure = pane_find (card, SWB_TYPE_FAILURE_BAR, 0)) != NULL);
  form = gtk_widget_get_ancestor (failure, GTK_TYPE_SCROLLED_WINDOW);
  pane_wait (is_within (failure, form));
  g_assert_true (is_within (pane_find (card, SWB_TYPE_COMPOSER, 0), card));
  g_assert_true (is_within (pane_find (card, SWB_TYPE_CONVERSATION, 0), card));
  g_assert_false (is_within (pane_find (card, SWB_TYPE_SPEC_ROW, 0), form));
  pane_unshow (fixture, card);
}

static void
test_rename (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card
      = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 \"Old\" as server");
  g_autofree char *text = NULL;
  GtkWidget *entry;

  g_test_summary (
      "A pane is renamed from its menu; the name is in the journal and is saved");
  pane_show (fixture, card);
  gtk_widget_activate_action (card, "pane.rename", NULL);
  pane_wait ((entry = pane_find (card, GTK_TYPE_POPOVER, 0)) != NULL);
  entry = pane_find (entry, GTK_TYPE_ENTRY, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Old");
  gtk_editable_set_text (GTK_EDITABLE (entry), "New & <better>");
  g_signal_emit_by_name (entry, "activate");
  pane_wait (pane_has_label (card, "New & <better>"));
  pane_wait (pane_find (card, GTK_TYPE_POPOVER, 0) == NULL);
  text = swb_bench_file_compose (fixture->bench, NULL, NULL);
  g_assert_nonnull (strstr (text, "\"New & <better>\" as server\n"));
  pane_unshow (fixture, card);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/pane-view/classes", test_classes);
  pane_test_add ("/pane-view/press", test_press);
  pane_test_add ("/pane-view/pair", test_pair);
  pane_test_add ("/pane-view/in-use", test_in_use);
  pane_test_add ("/pane-view/stale", test_stale);
  pane_test_add ("/pane-view/anyway", test_anyway);
  pane_test_add ("/pane-view/manual", test_manual);
  pane_test_add ("/pane-view/close", test_close);
  pane_test_add ("/pane-view/rename", test_rename);
  pane_test_add ("/pane-view/low", test_low);

  return g_test_run ();
}
