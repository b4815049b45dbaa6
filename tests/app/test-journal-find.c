/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/journal-view-fixture.h"
#include "app/journal/swb-filter-bar.h"
#include "app/journal/swb-journal-clause.h"
#include "app/journal/swb-journal-marks.h"
#include "app/journal/swb-journal-view-private.h"

#include <adwaita.h>

#define get_child journal_view_test_get_child
#define get_rows journal_view_test_get_rows
#define count_rows journal_view_test_count_rows
#define publish journal_view_test_publish
#define activate journal_view_test_activate
#define wait_for_rows journal_view_test_wait_for_rows

typedef JournalViewTest Test;

static void
append_sends (Test *test, int n_records)
{
  for (int i = 0; i < n_records; i++)
    journal_fixture_append_send (&test->fixture, 1 + i % 2,
                                 i % 10 == 0 ? "GET / HTTP/1.1\r\n" : "hello\n");
}

static SwbFilterBar *
get_bar (Test *test)
{
  return SWB_FILTER_BAR (get_child (test, "filter_bar"));
}

static GObject *
get_bar_child (Test *test, const char *name)
{
  return gtk_widget_get_template_child (get_child (test, "filter_bar"), SWB_TYPE_FILTER_BAR,
                                        name);
}

static void
wait_for_place (Test *test, const char *text)
{
  journal_view_test_wait_for_label (test, GTK_LABEL (get_bar_child (test, "place")), text);
}

static void
test_find (Test *test, gconstpointer data)
{
  g_autoptr (GBytes) marks = NULL;
  GObject *entry = get_bar_child (test, "entry");
  const guint8 *marked;

  g_test_summary ("Hits are gone through without hiding a row, and are marked");
  append_sends (test, 100);
  publish (test);
  wait_for_rows (test, 100);
  swb_filter_bar_set_finds (get_bar (test), TRUE);
  journal_view_test_filter (test, "GET");
  wait_for_place (test, "10 hits");
  g_assert_cmpuint (count_rows (test), ==, 100);
  marks = swb_journal_marks_compute (test->view->marks, 50);
  marked = g_bytes_get_data (marks, NULL);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpuint (marked[i], ==, i % 5 == 0);

  g_signal_emit_by_name (entry, "activate");
  wait_for_place (test, "hit 1 of 10");
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 0));
  g_signal_emit_by_name (entry, "activate");
  wait_for_place (test, "hit 2 of 10");
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 10));
  g_signal_emit_by_name (get_bar_child (test, "previous"), "clicked");
  g_signal_emit_by_name (get_bar_child (test, "previous"), "clicked");
  wait_for_place (test, "hit 10 of 10");
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 90));
  gtk_selection_model_select_item (get_rows (test), 55, TRUE);
  wait_for_place (test, "10 hits");
  g_signal_emit_by_name (get_bar_child (test, "next"), "clicked");
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 60));

  append_sends (test, 1);
  publish (test);
  wait_for_place (test, "hit 7 of 11");
  journal_view_test_filter (test, "no such thing");
  wait_for_place (test, "No hit");
  swb_filter_bar_set_finds (get_bar (test), FALSE);
  wait_for_rows (test, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_bar_child (test, "steps"))));
  journal_view_test_filter (test, "");
  wait_for_rows (test, 101);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *data)
{
  if (GTK_IS_BUTTON (widget) && g_object_get_data (G_OBJECT (widget), data) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_entry (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_entry (child);
  return found;
}

static void
test_saved (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autofree char *printed = NULL;
  g_autoptr (GVariant) saved = NULL;
  GtkWidget *popover = GTK_WIDGET (
      gtk_menu_button_get_popover (GTK_MENU_BUTTON (get_bar_child (test, "saved_button"))));
  GtkWidget *name = find_entry (popover);

  g_test_summary ("A filter is saved under a name, chosen again and deleted");
  gtk_editable_set_text (GTK_EDITABLE (name), "nothing");
  g_signal_emit_by_name (name, "activate");
  g_assert_null (find_button (popover, "swb-filter"));

  journal_view_test_filter (test, "len > 7");
  gtk_editable_set_text (GTK_EDITABLE (name), " Long ones ");
  g_signal_emit_by_name (name, "activate");
  journal_view_test_filter (test, "len > 8");
  gtk_editable_set_text (GTK_EDITABLE (name), "Long ones");
  g_signal_emit_by_name (name, "activate");
  saved = g_settings_get_value (settings, "journal-filters");
  printed = g_variant_print (saved, FALSE);
  g_assert_cmpstr (printed, ==, "[('Long ones', 'len > 8')]");

  journal_view_test_filter (test, "");
  g_signal_emit_by_name (find_button (popover, "swb-filter"), "clicked");
  g_assert_cmpstr (swb_filter_bar_get_text (get_bar (test)), ==, "len > 8");
  g_signal_emit_by_name (find_button (popover, "swb-name"), "clicked");
  g_assert_null (find_button (popover, "swb-filter"));
}

static void
test_many_saved (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  GtkMenuButton *button = GTK_MENU_BUTTON (get_bar_child (test, "saved_button"));
  GtkWidget *box = gtk_popover_get_child (gtk_menu_button_get_popover (button));
  GVariantBuilder builder;
  int height;

  g_test_summary ("Of many saved filters some are scrolled to, and none is off the screen");
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("Filter %u", i);

      g_variant_builder_add (&builder, "(ss)", name, "len > 7");
    }
  g_settings_set_value (settings, "journal-filters", g_variant_builder_end (&builder));
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, >, 200);
  g_assert_cmpint (height, <, 500);
  g_settings_reset (settings, "journal-filters");
}

static gboolean
is_connected (gpointer data)
{
  SwbPane *client = swb_bench_find_pane (data, "client");
  SwbPane *server = swb_bench_find_pane (data, "server");

  return client != NULL && server != NULL && swb_pane_get_n_accepted (server) == 1
         && swb_pane_get_state (client) == SWB_STATE_CONNECTED;
}

static void
run (Test *test, const char *line)
{
  g_autoptr (GError) error = NULL;

  swb_bench_run_text (test->bench, &error, "%s", line);
  g_assert_no_error (error);
}

static void
test_conversation (Test *test, gconstpointer data)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_SEND };
  g_autofree char *of_client = NULL;
  g_autofree char *of_connection = NULL;
  g_autofree char *of_server = NULL;

  g_test_summary ("A conversation is both ends, where both are panes");
  run (test, "pane server AF_INET SOCK_STREAM 0");
  run (test, "pane client AF_INET SOCK_STREAM 0");
  run (test, "server bind 127.0.0.1:0");
  run (test, "server listen 5");
  run (test, "client connect server");
  journal_fixture_wait (is_connected, test->bench);
  record.pane = swb_pane_get_id (swb_bench_find_pane (test->bench, "client"));
  of_client = swb_journal_clause_new_conversation (test->bench, &record);
  g_assert_cmpstr (of_client, ==, "(socket = client or socket = server#1)");
  record.pane = swb_pane_get_id (swb_bench_find_pane (test->bench, "server"));
  of_server = swb_journal_clause_new_conversation (test->bench, &record);
  g_assert_cmpstr (of_server, ==, "socket = server");
  record.connection = 1;
  of_connection = swb_journal_clause_new_conversation (test->bench, &record);
  g_assert_cmpstr (of_connection, ==, "(socket = server#1 or socket = client)");

  gtk_selection_model_select_item (get_rows (test), count_rows (test) - 1, TRUE);
  activate (test, "journal.filter-conversation");
  g_assert_nonnull (strstr (swb_filter_bar_get_text (get_bar (test)), "socket = "));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/journal-find/" #name, Test, NULL, journal_view_test_set_up, test_##name,   \
              journal_view_test_tear_down)
  ADD (find);
  ADD (saved);
  ADD (many_saved);
  ADD (conversation);
#undef ADD
  return g_test_run ();
}
