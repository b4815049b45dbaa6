/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/composer/swb-compose-text.h"
#include "app/composer/swb-composer.h"
#include "app/composer/swb-history.h"
#include "pane-fixture.h"

#include <glib/gstdio.h>
#include <sys/socket.h>

/* A composer on a client that is connected to a server. */
typedef struct
{
  SwbPane *server;
  SwbPane *client;
  SwbPaneRunner *runner;
  GtkWidget *composer;
} Desk;

static void
desk_set_up (Desk *desk, PaneFixture *fixture)
{
  desk->server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  desk->client = pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");
  pane_listen (fixture, desk->server);
  pane_connect (fixture, desk->client, desk->server);

  desk->runner = swb_pane_runner_new (fixture->bench, desk->client);
  desk->composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  swb_composer_set_runner (SWB_COMPOSER (desk->composer), desk->runner);
  pane_show (fixture, desk->composer);
}

static void
desk_tear_down (Desk *desk, PaneFixture *fixture)
{
  pane_unshow (fixture, desk->composer);
  g_assert_finalize_object (desk->runner);
}

static SwbComposeText *
find_text (GtkWidget *composer)
{
  return SWB_COMPOSE_TEXT (pane_find (composer, SWB_TYPE_COMPOSE_TEXT, 0));
}

static void
assert_text (GtkWidget *composer, const char *expected)
{
  g_autofree char *text = swb_compose_text_dup_text (find_text (composer));

  g_assert_cmpstr (text, ==, expected);
}

static void
choose_mode (GtkWidget *composer, guint mode)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pane_find (composer, GTK_TYPE_DROP_DOWN, 0)),
                              mode);
}

/* The bytes of the last send or sendto in the journal. (transfer full) (nullable) */
static GBytes *
dup_last_sent (PaneFixture *fixture)
{
  SwbJournal *journal = swb_bench_get_journal (fixture->bench);
  SwbRecord record;

  for (guint64 i = swb_journal_get_n_records (journal); i > 0; i--)
    if (swb_journal_read (journal, i - 1, &record) && record.kind == SWB_RECORD_CALL
        && (record.call == SWB_CALL_SEND || record.call == SWB_CALL_SENDTO))
      return g_bytes_new (record.data, record.n_data);
  return NULL;
}

static void
assert_sends (PaneFixture *fixture, GtkWidget *composer, const char *text,
              const void *expected, gsize n_expected)
{
  SwbPane *client = swb_bench_find_pane (fixture->bench, "client");
  guint64 before = swb_pane_get_n_sent (client);
  g_autoptr (GBytes) sent = NULL;

  pane_write (composer, text);
  pane_press (composer, "send");
  pane_wait (swb_pane_get_n_sent (client) >= before + n_expected);
  sent = dup_last_sent (fixture);
  g_assert_cmpmem (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent), expected,
                   n_expected);
  assert_text (composer, "");
}

static gboolean
press_key (GtkWidget *composer, guint keyval)
{
  g_autoptr (GListModel) controllers
      = gtk_widget_observe_controllers (pane_find (composer, GTK_TYPE_TEXT_VIEW, 0));
  guint n = g_list_model_get_n_items (controllers);
  gboolean taken = FALSE;

  for (guint i = 0; i < n && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &taken);
    }
  return taken;
}

static gboolean
is_wrong (GtkWidget *composer)
{
  return gtk_widget_has_css_class (GTK_WIDGET (find_text (composer)), "error");
}

static void
assert_selected (GtkWidget *composer, int from, int to)
{
  GtkWidget *view = pane_find (composer, GTK_TYPE_TEXT_VIEW, 0);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start;
  GtkTextIter end;

  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, from);
  g_assert_cmpint (gtk_text_iter_get_offset (&end), ==, to);
}

static void
test_text (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;

  g_test_summary ("Text goes out with escapes, line end and encoding");
  desk_set_up (&desk, fixture);
  assert_sends (fixture, desk.composer, "hello\\x00", "hello\0\n", 7);
  gtk_widget_activate_action (desk.composer, "format.line-end", "s", "3");
  assert_sends (fixture, desk.composer, "a", "a\r\n", 3);
  gtk_widget_activate_action (desk.composer, "format.line-end", "s", "0");
  gtk_widget_activate_action (desk.composer, "format.encoding", "s", "1");
  assert_sends (fixture, desk.composer, "\303\244", "\344", 1);
  desk_tear_down (&desk, fixture);
}

static void
test_lines (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;

  g_test_summary ("Lines end as was chosen; a mistake in the second is found there");
  desk_set_up (&desk, fixture);
  assert_sends (fixture, desk.composer, "a\nb", "a\nb\n", 4);
  gtk_widget_activate_action (desk.composer, "format.line-end", "s", "3");
  assert_sends (fixture, desk.composer, "a\n\nb", "a\r\n\r\nb\r\n", 8);

  pane_write (desk.composer, "a\n\\q");
  g_assert_true (press_key (desk.composer, GDK_KEY_Return));
  g_assert_true (is_wrong (desk.composer));
  assert_selected (desk.composer, 2, 3);
  desk_tear_down (&desk, fixture);
}

static void
test_hex (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;

  g_test_summary ("Hex goes out as bytes; a stray digit is shown where it stands");
  desk_set_up (&desk, fixture);
  choose_mode (desk.composer, 1);
  assert_sends (fixture, desk.composer, "00 ff,0a", "\0\377\n", 3);

  pane_write (desk.composer, "00 g1");
  pane_press (desk.composer, "send");
  g_assert_true (is_wrong (desk.composer));
  assert_selected (desk.composer, 3, 4);
  assert_text (desk.composer, "00 g1");
  pane_write (desk.composer, "00");
  g_assert_false (is_wrong (desk.composer));
  desk_tear_down (&desk, fixture);
}

static void
test_file (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;
  g_autofree char *path = g_build_filename (fixture->folder, "payload", NULL);

  g_test_summary ("A file goes out whole");
  g_assert_true (g_file_set_contents (path, "one\0two", 7, NULL));
  desk_set_up (&desk, fixture);
  choose_mode (desk.composer, 2);
  assert_sends (fixture, desk.composer, path, "one\0two", 7);
  desk_tear_down (&desk, fixture);
  g_unlink (path);
}

static void
problem_cb (SwbPaneRunner *runner, const char *message, char **kept)
{
  g_free (*kept);
  *kept = g_strdup (message);
}

static void
test_missing_file (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;
  g_autofree char *problem = NULL;
  SwbCall failed;

  g_test_summary ("A file that is not there is told, and nothing is sent");
  desk_set_up (&desk, fixture);
  g_signal_connect (desk.runner, "problem", G_CALLBACK (problem_cb), &problem);
  choose_mode (desk.composer, 2);
  pane_write (desk.composer, "/nonexistent/payload");
  pane_press (desk.composer, "send");
  pane_wait ((failed = swb_pane_get_failure (desk.client)->call) != SWB_CALL_NONE
             || problem != NULL);
  g_assert_cmpuint (swb_pane_get_n_sent (desk.client), ==, 0);
  desk_tear_down (&desk, fixture);
}

static void
test_history (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;

  g_test_summary ("Up and Down walk through what was sent, and back to the draft");
  desk_set_up (&desk, fixture);
  g_assert_false (press_key (desk.composer, GDK_KEY_Up));
  assert_sends (fixture, desk.composer, "one", "one\n", 4);
  choose_mode (desk.composer, 1);
  assert_sends (fixture, desk.composer, "02", "\2", 1);
  pane_write (desk.composer, "draft");
  g_assert_true (press_key (desk.composer, GDK_KEY_Up));
  assert_text (desk.composer, "02");
  g_assert_true (press_key (desk.composer, GDK_KEY_Up));
  assert_text (desk.composer, "one");
  g_assert_false (press_key (desk.composer, GDK_KEY_Up));
  g_assert_true (press_key (desk.composer, GDK_KEY_Down));
  g_assert_true (press_key (desk.composer, GDK_KEY_Down));
  assert_text (desk.composer, "draft");
  g_assert_false (press_key (desk.composer, GDK_KEY_Down));
  desk_tear_down (&desk, fixture);
}

static void
test_history_limit (void)
{
  SwbHistory *history = swb_history_new ();
  const SwbHistoryEntry *entry = NULL;

  g_test_summary ("The history keeps its limit and forgets the oldest");
  g_assert_null (swb_history_walk (history, -1, 0, "draft"));
  for (guint i = 0; i <= SWB_HISTORY_MAX; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      swb_history_add (history, i, text);
    }
  for (guint i = 0; i < SWB_HISTORY_MAX; i++)
    entry = swb_history_walk (history, -1, 0, "draft");
  g_assert_cmpstr (entry->text, ==, "1");
  g_assert_null (swb_history_walk (history, -1, 0, ""));
  for (guint i = 0; i < SWB_HISTORY_MAX; i++)
    entry = swb_history_walk (history, 1, 0, "");
  g_assert_cmpstr (entry->text, ==, "draft");
  g_assert_null (swb_history_walk (history, 1, 0, ""));
  swb_history_free (history);
}

static void
test_unconnected (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, pane);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  GtkWidget *button;

  g_test_summary ("Without a peer send cannot be pressed and says why");
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  button = pane_find_button (composer, "send");
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_nonnull (gtk_widget_get_tooltip_text (
      gtk_widget_get_ancestor (button, ADW_TYPE_SPLIT_BUTTON)));

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

static void
test_netlink (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "n AF_NETLINK SOCK_RAW NETLINK_ROUTE");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, pane);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  GtkEntry *to;

  g_test_summary (
      "What goes through netlink goes to the kernel, and the hint is of netlink");
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  to = GTK_ENTRY (pane_find (composer, GTK_TYPE_ENTRY, 0));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (to)), ==, "netlink 0");
  g_assert_true (pane_has_label (composer, "Layers: rtnetlink type=RTM_GETLINK"));

  gtk_widget_activate_action (composer, "template.use", "u", 0);
  pane_press (composer, "sendto");
  pane_wait (swb_pane_get_n_received (pane) > 0);

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

static void
test_datagram (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_INET SOCK_DGRAM 0");
  SwbPane *b = pane_make (fixture, "b AF_INET SOCK_DGRAM 0");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, a);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);

  g_test_summary ("A datagram has a destination; its receiver answers who wrote last");
  pane_run (fixture, "a bind 127.0.0.1:0");
  pane_run (fixture, "b bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (a) == SWB_STATE_BOUND
             && swb_pane_get_state (b) == SWB_STATE_BOUND);
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  g_assert_cmpuint (pane_count (composer, GTK_TYPE_ENTRY), ==, 1);
  g_assert_false (gtk_widget_is_sensitive (pane_find_button (composer, "sendto")));

  gtk_editable_set_text (GTK_EDITABLE (pane_find (composer, GTK_TYPE_ENTRY, 0)),
                         "127.0.0.1:65536");
  pane_write (composer, "nowhere");
  pane_press (composer, "sendto");
  g_assert_true (
      gtk_widget_has_css_class (pane_find (composer, GTK_TYPE_ENTRY, 0), "error"));
  g_assert_cmpuint (swb_pane_get_n_sent (a), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (pane_find (composer, GTK_TYPE_ENTRY, 0)), "b");
  pane_write (composer, "to b");
  pane_press (composer, "sendto");
  pane_wait (swb_pane_get_n_received (b) == 5);

  gtk_editable_set_text (GTK_EDITABLE (pane_find (composer, GTK_TYPE_ENTRY, 0)), "");
  pane_run (fixture, "b sendto a \"hello\"");
  pane_wait (swb_pane_get_n_received (a) == 5);
  pane_write (composer, "answer");
  pane_press (composer, "sendto");
  pane_wait (swb_pane_get_n_received (b) == 12);

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

static void
test_packet (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;

  g_test_summary ("A packet goes out as its layers' bytes; a mistake is shown");
  desk_set_up (&desk, fixture);
  choose_mode (desk.composer, 3);
  assert_sends (fixture, desk.composer, "icmp-echo id=7 / \"ab\"",
                "\x08\x00\x96\x95\x00\x07\x00\x01"
                "ab",
                10);
  pane_write (desk.composer, "icmp-echo id=x");
  pane_press (desk.composer, "send");
  g_assert_true (is_wrong (desk.composer));
  desk_tear_down (&desk, fixture);
}

static void
test_templates (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;
  SwbPane *route = pane_make (fixture, "route AF_NETLINK SOCK_RAW 0 as client");
  g_autoptr (SwbPaneRunner) runner = swb_pane_runner_new (fixture->bench, route);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  g_autofree char *text = NULL;
  GtkWidget *mode;

  g_test_summary ("Templates come into the entry in the mode that they are written in");
  desk_set_up (&desk, fixture);
  mode = pane_find (desk.composer, GTK_TYPE_DROP_DOWN, 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (mode)), ==, 0);
  gtk_widget_activate_action (desk.composer, "template.use", "u", 0);
  text = swb_compose_text_dup_text (find_text (desk.composer));
  g_assert_true (g_str_has_prefix (text, "GET / HTTP/1.1"));
  gtk_widget_activate_action (desk.composer, "template.use", "u", 99);
  desk_tear_down (&desk, fixture);

  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  mode = pane_find (composer, GTK_TYPE_DROP_DOWN, 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (mode)), ==, 3);
  gtk_widget_activate_action (composer, "template.use", "u", 0);
  assert_text (composer, "rtnetlink type=RTM_GETLINK seq=1");
  pane_unshow (fixture, composer);
}

/* The last call of this kind in the journal. */
static gboolean
read_last (PaneFixture *fixture, SwbCall call, SwbRecord *record)
{
  SwbJournal *journal = swb_bench_get_journal (fixture->bench);

  for (guint64 i = swb_journal_get_n_records (journal); i > 0; i--)
    if (swb_journal_read (journal, i - 1, record) && record->kind == SWB_RECORD_CALL
        && record->call == call)
      return TRUE;
  return FALSE;
}

static void
test_flags (PaneFixture *fixture, gconstpointer data)
{
  Desk desk;
  SwbRecord record;

  g_test_summary ("Flags of the menu go with each send, stay, and can be cleared");
  desk_set_up (&desk, fixture);
  gtk_widget_activate_action (desk.composer, "way.MSG_OOB", NULL);
  gtk_widget_activate_action (desk.composer, "way.MSG_DONTROUTE", NULL);
  g_assert_nonnull (pane_find_button (desk.composer, "MSG_OOB|MSG_DONTROUTE"));
  assert_sends (fixture, desk.composer, "a", "a\n", 2);
  assert_sends (fixture, desk.composer, "b", "b\n", 2);
  g_assert_true (read_last (fixture, SWB_CALL_SEND, &record));
  g_assert_cmpint (record.ints[1] & (MSG_OOB | MSG_DONTROUTE), ==, MSG_OOB | MSG_DONTROUTE);
  pane_press (desk.composer, "MSG_OOB|MSG_DONTROUTE");
  assert_sends (fixture, desk.composer, "c", "c\n", 2);
  g_assert_true (read_last (fixture, SWB_CALL_SEND, &record));
  g_assert_cmpint (record.ints[1] & (MSG_OOB | MSG_DONTROUTE), ==, 0);
  desk_tear_down (&desk, fixture);
}

static void
test_descriptor (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *a = pane_make (fixture, "a AF_UNIX SOCK_STREAM 0");
  SwbPane *b = pane_make (fixture, "b AF_UNIX SOCK_STREAM 0");
  SwbPane *carried = pane_make (fixture, "carried AF_INET SOCK_DGRAM 0");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, a);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  SwbRecord record;

  g_test_summary ("Another pane's descriptor goes along once, by sendmsg");
  pane_run (fixture, "a socketpair b");
  pane_run (fixture, "carried socket");
  pane_wait (swb_pane_get_state (b) == SWB_STATE_CONNECTED
             && swb_pane_get_state (carried) == SWB_STATE_CREATED);
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  gtk_widget_activate_action (composer, "way.along", "s", "carried");
  g_assert_nonnull (pane_find_button (composer, "fd of carried"));
  pane_write (composer, "take it");
  pane_press (composer, "sendmsg");
  pane_wait (swb_pane_get_n_received (b) == 8);
  g_assert_true (read_last (fixture, SWB_CALL_SENDMSG, &record));
  g_assert_cmpuint (record.n_control, >, 0);
  g_assert_null (pane_find_button (composer, "fd of carried"));
  g_assert_nonnull (pane_find_button (composer, "send"));

  gtk_widget_activate_action (composer, "way.credentials", NULL);
  pane_write (composer, "it is me");
  pane_press (composer, "sendmsg");
  pane_wait (swb_pane_get_n_received (b) == 17);
  g_assert_true (read_last (fixture, SWB_CALL_SENDMSG, &record));
  g_assert_cmpuint (record.n_control, >, 0);
  pane_press (composer, "SCM_CREDENTIALS");
  g_assert_nonnull (pane_find_button (composer, "send"));

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/composer/text", test_text);
  pane_test_add ("/composer/lines", test_lines);
  pane_test_add ("/composer/hex", test_hex);
  pane_test_add ("/composer/file", test_file);
  pane_test_add ("/composer/missing-file", test_missing_file);
  pane_test_add ("/composer/history", test_history);
  g_test_add_func ("/composer/history-limit", test_history_limit);
  pane_test_add ("/composer/unconnected", test_unconnected);
  pane_test_add ("/composer/datagram", test_datagram);
  pane_test_add ("/composer/netlink", test_netlink);
  pane_test_add ("/composer/packet", test_packet);
  pane_test_add ("/composer/templates", test_templates);
  pane_test_add ("/composer/flags", test_flags);
  pane_test_add ("/composer/descriptor", test_descriptor);

  return g_test_run ();
}
