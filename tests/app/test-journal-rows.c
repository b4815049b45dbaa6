/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/journal-view-fixture.h"
#include "app/journal/swb-journal-view-private.h"

#include <adwaita.h>
#include <errno.h>

#define get_child journal_view_test_get_child
#define get_rows journal_view_test_get_rows
#define count_rows journal_view_test_count_rows
#define get_label journal_view_test_get_label
#define publish journal_view_test_publish
#define activate journal_view_test_activate
#define wait_for_rows journal_view_test_wait_for_rows

typedef JournalViewTest Test;

static void
append_repeats (Test *test, int n_records)
{
  for (int i = 0; i < n_records; i++)
    journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_RECV, EAGAIN);
}

static gboolean
find_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_INSCRIPTION (widget)
      && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_text (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
shows (Test *test, const char *text)
{
  return find_text (get_child (test, "column_view"), text);
}

static void
test_fold (Test *test, gconstpointer data)
{
  g_test_summary ("Repeats are one row, which opens and closes and grows while live");
  journal_fixture_append_traffic (&test->fixture, 2);
  append_repeats (test, 5);
  journal_fixture_append_traffic (&test->fixture, 1);
  publish (test);
  wait_for_rows (test, 4);
  g_assert_cmpstr (get_label (test, "count_label"), ==, "8 events · 38 B");
  journal_view_test_draw (test, 3);
  g_assert_true (shows (test, "⊞"));
  g_assert_true (shows (test, "× 5 in 4 µs"));

  gtk_selection_model_select_item (get_rows (test), 2, TRUE);
  activate (test, "journal.toggle-repeats");
  g_assert_cmpuint (count_rows (test), ==, 8);
  journal_view_test_draw (test, 3);
  g_assert_true (shows (test, "⊟"));
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 2));
  g_signal_emit_by_name (get_child (test, "column_view"), "activate", 4);
  g_assert_cmpuint (count_rows (test), ==, 4);

  append_repeats (test, 1);
  publish (test);
  wait_for_rows (test, 5);
  append_repeats (test, 2);
  publish (test);
  journal_view_test_draw (test, 3);
  g_assert_cmpuint (count_rows (test), ==, 5);
  swb_journal_view_show_record (test->view, 9);
  g_assert_cmpuint (count_rows (test), ==, 7);
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 5));

  activate (test, "journal.folds");
  g_assert_cmpuint (count_rows (test), ==, 11);
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 9));
  activate (test, "journal.folds");
  g_assert_cmpuint (count_rows (test), ==, 5);
}

static void
test_select (Test *test, gconstpointer data)
{
  g_test_summary ("Several rows are added up, and all of many by a worker");
  journal_fixture_append_traffic (&test->fixture, 100);
  append_repeats (test, 10);
  publish (test);
  wait_for_rows (test, 101);
  gtk_selection_model_select_item (get_rows (test), 10, TRUE);
  g_assert_false (gtk_widget_get_visible (get_child (test, "status_label")));
  gtk_selection_model_select_range (get_rows (test), 10, 11, TRUE);
  g_assert_true (gtk_widget_get_visible (get_child (test, "status_label")));
  g_assert_cmpstr (
      get_label (test, "status_label"), ==,
      "11 records · 86 B out · 0 B in · span 10 µs · 1,100,000/s · 8.6\u00a0MB/s");
  /* A folded row stands for all of its records. */
  gtk_selection_model_select_range (get_rows (test), 99, 2, TRUE);
  g_assert_true (
      g_str_has_prefix (get_label (test, "status_label"), "11 records · 6 B out"));
  gtk_selection_model_unselect_item (get_rows (test), 99);
  g_assert_false (gtk_widget_get_visible (get_child (test, "status_label")));

  journal_fixture_append_traffic (&test->fixture, 30000);
  publish (test);
  wait_for_rows (test, 30101);
  gtk_selection_model_select_all (get_rows (test));
  g_assert_cmpuint (swb_row_selection_get_n_selected (SWB_ROW_SELECTION (get_rows (test))),
                    ==, 30101);
  g_assert_cmpstr (get_label (test, "status_label"), ==, "Adding up…");
  journal_view_test_wait_for_label (
      test, GTK_LABEL (get_child (test, "status_label")),
      "30,110 records · 210.7\u00a0kB out · 0 B in · span 30.1 ms · 1,000,033/s · "
      "7.0\u00a0MB/s");
}

static void
test_copy (Test *test, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *bounded = NULL;
  g_auto (GStrv) lines = NULL;

  g_test_summary ("Selected rows are copied a line each, and no more than fit");
  journal_fixture_append_traffic (&test->fixture, 10020);
  publish (test);
  wait_for_rows (test, 10020);
  gtk_selection_model_select_range (get_rows (test), 3, 3, TRUE);
  gtk_selection_model_select_item (get_rows (test), 9, FALSE);
  text = swb_journal_copy_print (test->view);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_nonnull (strstr (lines[3], "sendto(5, \"hello\\n\""));
  gtk_selection_model_select_all (get_rows (test));
  bounded = swb_journal_copy_print (test->view);
  g_assert_true (g_str_has_suffix (bounded, "\n# 20 more rows are selected than fit here"));
}

static void
test_copy_too_much (Test *test, gconstpointer data)
{
  g_autofree char *bytes = g_strnfill (SWB_PAYLOAD_COPY_MAX + 1, 'x');
  GObject *told = gtk_widget_get_template_child (GTK_WIDGET (test->view->payload),
                                                 SWB_TYPE_PAYLOAD_VIEW, "selection");

  g_test_summary ("Data that is too much for the clipboard is refused beside the row");
  journal_fixture_append_send (&test->fixture, 1, bytes);
  publish (test);
  wait_for_rows (test, 1);
  gtk_selection_model_select_item (get_rows (test), 0, TRUE);
  activate (test, "journal.copy-hex");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (told)),
                                   "Not copied: 4,194,305 bytes are too many"));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (told)));
}

static gboolean
is_wide (Test *test, int width)
{
  journal_view_test_draw (test, 1);
  return gtk_widget_get_width (GTK_WIDGET (test->view)) == width;
}

static void
test_count (Test *test, gconstpointer data)
{
  static const int widths[] = { 1250, 880, 630 };

  g_test_summary ("How many there are is told whole, however narrow the window is");
  journal_fixture_append_traffic (&test->fixture, 2000);
  publish (test);
  wait_for_rows (test, 2000);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkLabel *label = GTK_LABEL (get_child (test, "count_label"));

      gtk_window_set_default_size (test->window, widths[i], 500);
      while (!is_wide (test, widths[i]))
        ;
      journal_view_test_draw (test, 3);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (label)));
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (label)));
    }
}

static const char *
get_time (Test *test, guint index)
{
  SwbJournalView *view = test->view;
  static char *text;
  g_autoptr (SwbJournalRow) row
      = g_list_model_get_item (G_LIST_MODEL (get_rows (test)), index);

  g_clear_pointer (&text, g_free);
  text = swb_journal_format_interval (swb_journal_row_get_record (row)->time_ns
                                      - view->columns.reference_ns);
  return text;
}

static void
test_times (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  g_test_summary ("Times count from the selected row, and the clock can be UTC");
  journal_fixture_append_traffic (&test->fixture, 20);
  publish (test);
  wait_for_rows (test, 20);
  g_object_set (test->view, "time-format", "selected", NULL);
  gtk_selection_model_select_item (get_rows (test), 5, TRUE);
  journal_view_test_draw (test, 3);
  g_assert_cmpstr (get_time (test, 0), ==, "−0.000 005");
  g_assert_true (shows (test, "−0.000 005"));
  g_assert_true (shows (test, "+0.000 000"));
  g_assert_true (shows (test, "+0.000 014"));
  gtk_selection_model_select_item (get_rows (test), 6, TRUE);
  g_assert_true (shows (test, "−0.000 006"));

  g_object_set (test->view, "time-format", "absolute", NULL);
  activate (test, "journal.utc");
  g_assert_true (g_settings_get_boolean (settings, "journal-utc"));
  g_assert_true (test->view->columns.utc);
  activate (test, "journal.utc");
  g_assert_false (g_settings_get_boolean (settings, "journal-utc"));
}

/* The list of rows within the column view. */
static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  while (child != NULL && !GTK_IS_LIST_BASE (child))
    child = gtk_widget_get_next_sibling (child);
  g_assert_nonnull (child);
  return child;
}

static void
assert_told (Test *test, guint n_rows)
{
  GtkWidget *list = find_list (journal_view_test_get_child (test, "column_view"));
  GtkWidget *widget = gtk_widget_get_first_child (list);

  for (guint i = 0; i < n_rows; i++, widget = gtk_widget_get_next_sibling (widget))
    {
      g_autoptr (SwbJournalRow) row
          = g_list_model_get_item (G_LIST_MODEL (get_rows (test)), i);
      g_autofree char *name = swb_journal_format_row (test->bench, row);

      g_assert_nonnull (strstr (name, ", send, "));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL, name);
    }
}

static void
test_told (Test *test, gconstpointer data)
{
  g_test_summary ("A screen reader hears all of each row, also when a column is hidden");
  journal_fixture_append_traffic (&test->fixture, 3);
  publish (test);
  wait_for_rows (test, 3);
  journal_view_test_draw (test, 3);
  assert_told (test, 3);
  gtk_column_view_column_set_visible (test->view->columns.columns[SWB_JOURNAL_TIME], FALSE);
  journal_fixture_append_traffic (&test->fixture, 2);
  publish (test);
  wait_for_rows (test, 5);
  journal_view_test_draw (test, 3);
  assert_told (test, 5);
}

static void
test_many (Test *test, gconstpointer data)
{
  g_test_summary ("A worker looks through a long journal, also when the rule is another");
  journal_fixture_append_traffic (&test->fixture, 150000);
  append_repeats (test, 1000);
  publish (test);
  g_assert_cmpuint (count_rows (test), ==, 0);
  wait_for_rows (test, 150001);
  gtk_selection_model_select_item (get_rows (test), 77777, TRUE);
  activate (test, "journal.folds");
  g_assert_cmpuint (count_rows (test), ==, 150001);
  wait_for_rows (test, 151000);
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 77777));
  swb_journal_view_show_record (test->view, 150500);
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 150500));
  activate (test, "journal.folds");
  activate (test, "journal.commands");
  activate (test, "journal.commands");
  wait_for_rows (test, 150001);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/journal-rows/" #name, Test, NULL, journal_view_test_set_up, test_##name,   \
              journal_view_test_tear_down)
  ADD (fold);
  ADD (select);
  ADD (copy);
  ADD (copy_too_much);
  ADD (count);
  ADD (times);
  ADD (told);
  ADD (many);
#undef ADD
  return g_test_run ();
}
