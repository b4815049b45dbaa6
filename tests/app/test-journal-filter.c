/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/journal-view-fixture.h"
#include "app/journal/swb-filter-bar.h"
#include "app/journal/swb-filter-completion.h"
#include "app/journal/swb-journal-clause.h"
#include "app/journal/swb-journal-row.h"
#include "journal/filter/swb-filter.h"

#include <adwaita.h>
#include <errno.h>

typedef JournalViewTest Test;

static GtkEditable *
get_entry (Test *test)
{
  GObject *entry = gtk_widget_get_template_child (
      journal_view_test_get_child (test, "filter_bar"), SWB_TYPE_FILTER_BAR, "entry");

  return GTK_EDITABLE (entry);
}

static const char *
get_count (Test *test)
{
  return journal_view_test_get_label (test, "count_label");
}

static void
wait_for_count (Test *test, const char *count)
{
  journal_view_test_wait_for_label (
      test, GTK_LABEL (journal_view_test_get_child (test, "count_label")), count);
}

static void
type (Test *test, const char *text)
{
  gtk_editable_set_text (get_entry (test), text);
}

/* Every tenth is a GET, of two panes by turns. */
static void
append (Test *test, int n_records)
{
  for (int i = 0; i < n_records; i++)
    journal_fixture_append_send (&test->fixture, 1 + i / 10 % 2,
                                 i % 10 == 0 ? "GET / HTTP/1.1\r\n" : "hello\n");
  journal_view_test_publish (test);
}

static void
test_type (Test *test, gconstpointer data)
{
  g_test_summary (
      "What is typed filters after a moment, and the count tells how many of all");
  append (test, 1430);
  journal_view_test_wait_for_rows (test, 1430);
  type (test, "data ~ \"GET\"");
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 1430);
  wait_for_count (test, "143 of 1,430 events");
  journal_view_test_wait_for_rows (test, 143);
  type (test, "len > 100");
  wait_for_count (test, "0 of 1,430 events");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (
                       GTK_STACK (journal_view_test_get_child (test, "stack"))),
                   ==, "empty");
  g_assert_cmpstr (
      gtk_label_get_text (GTK_LABEL (journal_view_test_get_child (test, "empty_label"))),
      ==, "No record passes the filter");
  type (test, "hello");
  journal_view_test_wait_for_rows (test, 1287);
  g_assert_cmpstr (get_count (test), ==, "1,287 of 1,430 events");
}

static gboolean
is_marked (gpointer data)
{
  return gtk_revealer_get_reveal_child (
      GTK_REVEALER (journal_view_test_get_child (data, "mistake")));
}

static gboolean
is_not_marked (gpointer data)
{
  return !is_marked (data);
}

/* Where the text is underlined; G_MAXUINT: nowhere. */
static guint
get_mark (Test *test)
{
  GtkEditable *text = gtk_editable_get_delegate (get_entry (test));
  PangoAttrList *attributes = gtk_text_get_attributes (GTK_TEXT (text));
  GSList *list = attributes != NULL ? pango_attr_list_get_attributes (attributes) : NULL;
  guint start = list != NULL ? ((PangoAttribute *)list->data)->start_index : G_MAXUINT;

  g_slist_free_full (list, (GDestroyNotify)pango_attribute_destroy);
  return start;
}

static void
test_mistake (Test *test, gconstpointer data)
{
  g_test_summary ("A mistake is marked with its place, and the old result stays");
  append (test, 20);
  type (test, "GET");
  wait_for_count (test, "2 of 20 events");
  type (test, "len > and");
  journal_fixture_wait (is_marked, test);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_entry (test)), "error"));
  g_assert_true (g_str_has_prefix (
      gtk_label_get_text (GTK_LABEL (journal_view_test_get_child (test, "mistake_label"))),
      "Character 7: "));
  g_assert_cmpuint (get_mark (test), ==, 6);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 2);
  type (test, "len > 6");
  journal_fixture_wait (is_not_marked, test);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (get_entry (test)), "error"));
  g_assert_cmpuint (get_mark (test), ==, G_MAXUINT);
  type (test, "len >");
  journal_fixture_wait (is_marked, test);
  g_assert_cmpuint (get_mark (test), ==, 4);
  type (test, ") or (");
  journal_fixture_wait (is_marked, test);
}

static void
test_ways (Test *test, gconstpointer data)
{
  SwbFilterBar *bar = SWB_FILTER_BAR (journal_view_test_get_child (test, "filter_bar"));

  g_test_summary ("Finding hides no row, filtering does; both begin with their key");
  append (test, 20);
  swb_journal_view_find (test->view);
  g_assert_true (swb_filter_bar_get_finds (bar));
  journal_view_test_filter (test, "GET");
  journal_view_test_draw (test, 3);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 20);
  swb_journal_view_filter (test->view);
  g_assert_false (swb_filter_bar_get_finds (bar));
  journal_view_test_wait_for_rows (test, 2);
  swb_journal_view_find (test->view);
  journal_view_test_wait_for_rows (test, 20);
}

static void
test_live (Test *test, gconstpointer data)
{
  g_test_summary ("New records are filtered as they come, and kept back while paused");
  type (test, "GET");
  append (test, 20);
  wait_for_count (test, "2 of 20 events");
  append (test, 20);
  wait_for_count (test, "4 of 40 events");
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 4);

  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.paused", NULL);
  append (test, 20);
  type (test, "hello");
  wait_for_count (test, "36 of 40 events");
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.paused", NULL);
  wait_for_count (test, "54 of 60 events");
  journal_view_test_wait_for_rows (test, 54);
}

static void
select_row (Test *test, guint index)
{
  gtk_selection_model_select_item (journal_view_test_get_rows (test), index, TRUE);
}

static void
test_clear (Test *test, gconstpointer data)
{
  g_test_summary ("Clearing shows everything again, with the same record selected");
  append (test, 1000);
  journal_view_test_wait_for_rows (test, 1000);
  select_row (test, 500);
  type (test, "GET");
  journal_view_test_wait_for_rows (test, 100);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 50));
  select_row (test, 60);
  g_signal_emit_by_name (get_entry (test), "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (test)), ==, "");
  journal_view_test_wait_for_rows (test, 1000);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 600));
  g_assert_cmpstr (get_count (test), ==, "1,000 events · 7.0\u00a0kB");

  select_row (test, 601);
  type (test, "GET");
  journal_view_test_wait_for_rows (test, 100);
  g_assert_false (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 60));
  type (test, "");
  journal_view_test_wait_for_rows (test, 1000);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 601));

  type (test, "GET");
  journal_view_test_wait_for_rows (test, 100);
  swb_journal_view_show_record (test->view, 333);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 1000);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 333));
}

static void
run (Test *test, const char *line)
{
  g_autoptr (GError) error = NULL;

  swb_bench_run_text (test->bench, &error, "%s", line);
  g_assert_no_error (error);
}

static gboolean
has_two_sockets (gpointer data)
{
  SwbPane *server = swb_bench_find_pane (data, "server");
  SwbPane *client = swb_bench_find_pane (data, "client");

  return server != NULL && client != NULL
         && swb_pane_get_state (server) == SWB_STATE_LISTENING
         && swb_pane_has_done (client, SWB_CALL_SOCKET);
}

static gboolean
all_of_pane_cb (gpointer data)
{
  Test *test = data;
  GListModel *rows = G_LIST_MODEL (journal_view_test_get_rows (test));
  guint server = swb_pane_get_id (swb_bench_find_pane (test->bench, "server"));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwbJournalRow) row = g_list_model_get_item (rows, i);

      if (swb_journal_row_get_record (row)->pane != server)
        return FALSE;
    }
  return g_list_model_get_n_items (rows) > 0;
}

static void
test_toggles (Test *test, gconstpointer data)
{
  SwbPane *server;
  guint n_all;

  g_test_summary ("The filter knows panes by name and title, and goes with the toggles");
  run (test, "pane server AF_INET SOCK_STREAM 0 \"Echo server\"");
  run (test, "pane client AF_INET SOCK_STREAM 0");
  run (test, "client socket");
  run (test, "server bind 127.0.0.1:0");
  run (test, "server listen 5");
  journal_fixture_wait (has_two_sockets, test->bench);
  server = swb_bench_find_pane (test->bench, "server");

  type (test, "pane = \"Echo server\" and kind = call");
  journal_fixture_wait (all_of_pane_cb, test);
  n_all = journal_view_test_count_rows (test);
  type (test, "kind = call");
  journal_view_test_wait_for_rows (test, 5);
  g_assert_cmpuint (n_all, ==, 4);
  swb_journal_view_set_pane (test->view, server);
  journal_view_test_wait_for_rows (test, 4);
  g_assert_true (all_of_pane_cb (test));
  type (test, "kind = command or kind = call");
  journal_view_test_wait_for_rows (test, 4);
  swb_journal_view_set_pane (test->view, NULL);
  journal_view_test_wait_for_rows (test, 5);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.commands", NULL);
  journal_view_test_wait_for_rows (test, 10);
  type (test, "local ~ 127.0.0.1: and call = listen");
  journal_view_test_wait_for_rows (test, 1);
}

static void
test_menu (Test *test, gconstpointer data)
{
  g_test_summary ("A row's menu adds to the filter");
  append (test, 20);
  journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_CONNECT, ECONNREFUSED);
  journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_RECV, EAGAIN);
  journal_view_test_publish (test);
  journal_view_test_wait_for_rows (test, 22);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.only-errors", NULL);
  journal_view_test_wait_for_rows (test, 1);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.clear-filter", NULL);
  journal_view_test_wait_for_rows (test, 22);
  select_row (test, 21);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.filter-call", NULL);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (test)), ==, "call = recv");
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.filter-pane", NULL);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (test)), ==,
                   "call = recv and pane = 1");
  journal_view_test_wait_for_rows (test, 1);
}

/* A packet of an import, from before the first record. */
static void
append_packet (Test *test)
{
  SwbRecord record = { .kind = SWB_RECORD_PACKET, .pane = 1, .fd = -1, .result = 3 };

  record.time_ns = swb_journal_peek_entry (test->fixture.journal, 0)->time_ns - 2500;
  record.data = (const guint8 *)"ACK";
  record.n_data = strlen ("ACK");
  swb_journal_append (test->fixture.journal, &record);
}

static void
test_clauses (Test *test, gconstpointer data)
{
  g_test_summary ("What a cell's filter finds, its own record passes");
  append (test, 1);
  journal_fixture_append_failure (&test->fixture, 2, SWB_CALL_CONNECT, ECONNREFUSED);
  journal_fixture_append_note (&test->fixture, 2, "a \"note\"\n");
  journal_fixture_append_command (&test->fixture, 1, "client send \"x\"");
  journal_view_test_publish (test);
  append_packet (test);
  journal_view_test_publish (test);
  for (guint64 position = 0; position < 5; position++)
    for (SwbJournalColumn column = 0; column < SWB_JOURNAL_N_COLUMNS; column++)
      {
        g_autoptr (SwbJournalRow) row
            = swb_journal_row_new (test->fixture.journal, position, position);
        g_autofree char *clause = swb_journal_clause_new (
            test->bench, test->fixture.journal, swb_journal_row_get_record (row), column);
        g_autofree char *both
            = clause != NULL ? swb_journal_clause_add ("len < 100 or nothing", clause)
                             : NULL;
        g_autoptr (SwbFilter) filter = NULL;
        g_autoptr (GError) error = NULL;

        if (clause == NULL)
          continue;
        filter = swb_filter_parse (both, NULL, NULL, &error);
        g_assert_no_error (error);
        g_assert_true (swb_filter_match (filter, test->fixture.journal, position));
      }
}

static void
assert_completes (const char *text, const char *first, guint n_words)
{
  gsize n_typed;
  g_autoptr (GPtrArray) words = swb_filter_completion_list (text, &n_typed);

  g_assert_cmpuint (words->len, ==, n_words);
  if (n_words > 0)
    g_assert_cmpstr (words->pdata[0], ==, first);
}

static void
test_completion (Test *test, gconstpointer data)
{
  g_test_summary ("Fields are completed, and behind an operator their values");
  assert_completes ("", NULL, 0);
  assert_completes ("pe", "peer", 1);
  assert_completes ("len > 100 and da", "data", 1);
  assert_completes ("dir = ", "out", 3);
  assert_completes ("dir=i", "in", 1);
  assert_completes ("errno = ECONNREF", "ECONNREFUSED", 1);
  assert_completes ("data ~ \"pe", NULL, 0);
  assert_completes ("len > 1", NULL, 0);
  assert_completes ("nothing = ", NULL, 0);
}

static void
test_bench (Test *test, gconstpointer data)
{
  g_test_summary ("The filter goes on with another bench, and waits while there is none");
  append (test, 20);
  type (test, "GET");
  journal_view_test_wait_for_rows (test, 2);
  swb_journal_view_set_bench (test->view, NULL);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 0);
  append (test, 20);
  swb_journal_view_set_bench (test->view, test->bench);
  wait_for_count (test, "4 of 40 events");
}

static void
test_narrow (Test *test, gconstpointer data)
{
  int minimum;

  g_test_summary ("With two lines the toolbar fits into a narrow window");
  append (test, 20);
  gtk_widget_measure (GTK_WIDGET (test->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_test_message ("at least %d pixels wide", minimum);
  g_assert_cmpint (minimum, <=, 560);
  type (test, "GET");
  /* Torn down while the entry waits. */
}

static void
test_saved_focus (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  GtkWidget *bar = journal_view_test_get_child (test, "filter_bar");
  GtkMenuButton *button = GTK_MENU_BUTTON (
      gtk_widget_get_template_child (bar, SWB_TYPE_FILTER_BAR, "saved_button"));
  GtkWidget *focus;

  g_test_summary ("Return in the list of saved filters uses one, and deletes none");
  g_settings_set_value (settings, "journal-filters",
                        g_variant_new_parsed ("[('long', 'len > 9')]"));
  journal_view_test_draw (test, 3);
  gtk_menu_button_popup (button);
  journal_view_test_draw (test, 3);
  focus = gtk_window_get_focus (test->window);
  g_assert_cmpstr (g_object_get_data (G_OBJECT (focus), "swb-filter"), ==, "len > 9");
  gtk_menu_button_popdown (button);
  journal_view_test_filter (test, "len > 3");
  gtk_menu_button_popup (button);
  journal_view_test_draw (test, 3);
  focus = gtk_window_get_focus (test->window);
  g_assert_true (GTK_IS_TEXT (focus));
  gtk_menu_button_popdown (button);
  g_settings_reset (settings, "journal-filters");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/journal-filter/" #name, Test, NULL, journal_view_test_set_up, test_##name, \
              journal_view_test_tear_down)
  ADD (type);
  ADD (mistake);
  ADD (ways);
  ADD (live);
  ADD (clear);
  ADD (toggles);
  ADD (menu);
  ADD (clauses);
  ADD (completion);
  ADD (bench);
  ADD (narrow);
  ADD (saved_focus);
#undef ADD
  return g_test_run ();
}
