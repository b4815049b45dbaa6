/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/journal-view-fixture.h"
#include "app/journal/swb-journal-view-private.h"
#include "net/swb-error.h"

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
append_sends (Test *test, int n_records)
{
  for (int i = 0; i < n_records; i++)
    journal_fixture_append_send (&test->fixture, 1 + i % 2,
                                 i % 10 == 0 ? "GET / HTTP/1.1\r\n" : "hello\n");
}

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
  append_sends (test, 2);
  append_repeats (test, 5);
  append_sends (test, 1);
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
  append_sends (test, 100);
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

  append_sends (test, 30000);
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
  append_sends (test, 10020);
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
assert_goes (Test *test, const char *text, guint row)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_journal_goto_run (test->view, text, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (swb_row_selection_get_lead (SWB_ROW_SELECTION (get_rows (test))), ==,
                    row);
}

static void
assert_goes_nowhere (Test *test, const char *text, const char *sentence)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (swb_journal_goto_run (test->view, text, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, sentence);
}

/* With its day: the records are from when the machine started, and that may be yesterday.
 */
static char *
print_moment (Test *test, SwbJournalRow *row)
{
  gint64 wall_ns = swb_journal_to_wall_ns (test->fixture.journal,
                                           swb_journal_row_get_record (row)->time_ns);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (wall_ns / 1000000000);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06d", seconds, (int)(wall_ns / 1000 % 1000000));
}

static void
test_goto (Test *test, gconstpointer data)
{
  const char *neither = "Neither a record’s number nor a time";
  g_autofree char *moment = NULL;
  g_autoptr (SwbJournalRow) row = NULL;

  g_test_summary ("A number or a time is gone to; what is wrong is told in place");
  append_sends (test, 2000);
  publish (test);
  wait_for_rows (test, 2000);
  assert_goes (test, "1", 0);
  assert_goes (test, " 1,234 ", 1233);
  assert_goes (test, "+1ms", 1000);
  assert_goes (test, "0.5ms", 500);
  assert_goes (test, "-1ms", 999);
  assert_goes (test, "-1h", 0);
  row = g_list_model_get_item (G_LIST_MODEL (get_rows (test)), 700);
  moment = print_moment (test, row);
  assert_goes (test, moment, 700);
  assert_goes_nowhere (test, "2001", "There are only 2,000 records");
  assert_goes_nowhere (test, "0", neither);
  assert_goes_nowhere (test, "soon", neither);
  assert_goes_nowhere (test, "", neither);
  assert_goes_nowhere (test, "+-1s", neither);
  assert_goes_nowhere (test, "1s or len > 1)", neither);
  assert_goes_nowhere (test, "+1h", "All records shown are before that");

  activate (test, "journal.go-to");
  gtk_editable_set_text (GTK_EDITABLE (get_child (test, "goto_entry")), "never");
  g_signal_emit_by_name (get_child (test, "goto_entry"), "activate");
  g_assert_cmpstr (get_label (test, "goto_mistake"), ==, neither);
  gtk_editable_set_text (GTK_EDITABLE (get_child (test, "goto_entry")), "7");
  g_assert_false (gtk_widget_get_visible (get_child (test, "goto_mistake")));
  g_signal_emit_by_name (get_child (test, "goto_entry"), "activate");
  g_assert_true (gtk_selection_model_is_selected (get_rows (test), 6));
}

static void
test_goto_filtered (Test *test, gconstpointer data)
{
  g_test_summary ("Where a filter hides the record, the next row is gone to");
  append_sends (test, 100);
  publish (test);
  wait_for_rows (test, 100);
  journal_view_test_filter (test, "GET");
  wait_for_rows (test, 10);
  assert_goes (test, "11", 1);
  assert_goes (test, "12", 2);
  assert_goes_nowhere (test, "99", "All records shown are before that");
}

static char *
dup_moment (Test *test, guint index, const char *format)
{
  g_autoptr (SwbJournalRow) row
      = g_list_model_get_item (G_LIST_MODEL (get_rows (test)), index);
  gint64 wall_ns = swb_journal_to_wall_ns (test->fixture.journal,
                                           swb_journal_row_get_record (row)->time_ns);
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (wall_ns / 1000000000);
  g_autofree char *seconds = g_date_time_format (moment, format);

  return g_strdup_printf ("%s.%06d %03d", seconds, (int)(wall_ns / 1000 % 1000000),
                          (int)(wall_ns % 1000));
}

static void
test_goto_utc (Test *test, gconstpointer data)
{
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autofree char *clock = NULL;
  g_autofree char *date = NULL;

  g_test_summary (
      "A moment is meant as the rows show it: in UTC, with a date and with spaces");
  g_setenv ("TZ", "JST-9", TRUE);
  append_sends (test, 2000);
  publish (test);
  wait_for_rows (test, 2000);
  clock = dup_moment (test, 700, "%T");
  date = dup_moment (test, 900, "%F %T");
  activate (test, "journal.utc");
  assert_goes (test, clock, 700);
  assert_goes (test, date, 900);
  assert_goes (test, "0.5ms", 500);
  activate (test, "journal.utc");
  assert_goes (test, "-1ms", 999);
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
}

static GtkColumnViewColumn *
get_column (Test *test, guint i)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (GTK_COLUMN_VIEW (get_child (test, "column_view"))), i);

  return column;
}

static gboolean
is_kept (gpointer data)
{
  g_autoptr (GVariant) kept = g_settings_get_user_value (data, "journal-columns");

  return kept != NULL;
}

static void
test_columns (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (GVariant) kept = NULL;
  GtkWidget *other;
  GtkColumnView *view;

  g_test_summary ("Columns that somebody moved, hid or resized come back as they were");
  g_settings_reset (settings, "journal-columns");
  append_sends (test, 3);
  publish (test);
  journal_view_test_draw (test, 4);
  g_assert_true (gtk_column_view_column_get_visible (get_column (test, 6)));
  g_assert_false (gtk_column_view_column_get_visible (get_column (test, 7)));
  activate (test, "columns.took");
  g_assert_false (gtk_column_view_column_get_visible (get_column (test, 6)));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 6)), ==, -1);
  activate (test, "columns.number");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 7)), ==, 96);
  gtk_column_view_column_set_fixed_width (get_column (test, 1), 222);
  gtk_column_view_insert_column (GTK_COLUMN_VIEW (get_child (test, "column_view")), 0,
                                 get_column (test, 3));
  journal_fixture_wait (is_kept, settings);
  test->view = SWB_JOURNAL_VIEW (swb_journal_view_new ());
  gtk_window_set_child (test->window, GTK_WIDGET (test->view));
  swb_journal_view_set_bench (test->view, test->bench);
  journal_view_test_draw (test, 4);
  g_assert_cmpstr (gtk_column_view_column_get_title (get_column (test, 0)), ==, "Call");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 2)), ==, 222);
  g_assert_false (gtk_column_view_column_get_visible (get_column (test, 6)));
  activate (test, "columns.took");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 6)), ==, 70);

  activate (test, "columns.reset");
  g_assert_cmpstr (gtk_column_view_column_get_title (get_column (test, 0)), ==, "Time");
  g_assert_true (gtk_column_view_column_get_visible (get_column (test, 6)));
  kept = g_settings_get_user_value (settings, "journal-columns");
  g_assert_null (kept);
  other = get_child (test, "column_view");
  view = GTK_COLUMN_VIEW (other);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (view)), ==,
                    SWB_JOURNAL_N_COLUMNS);
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
  append_sends (test, 2000);
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

static void
test_clicks (Test *test, gconstpointer data)
{
  g_test_summary (
      "A click belongs to the row: with a cell that takes it too, Ctrl+click did nothing");
  for (guint i = 0; i < SWB_JOURNAL_N_COLUMNS; i++)
    {
      g_autoptr (GtkListItem) item = g_object_new (GTK_TYPE_LIST_ITEM, NULL);

      g_signal_emit_by_name (gtk_column_view_column_get_factory (get_column (test, i)),
                             "setup", item);
      g_assert_false (gtk_list_item_get_selectable (item));
      g_assert_false (gtk_list_item_get_activatable (item));
      gtk_list_item_set_child (item, NULL);
    }
}

static void
test_columns_bad (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  GtkWidget *view;

  g_test_summary ("Settings with nonsense in them do no harm");
  g_settings_set_value (
      settings, "journal-columns",
      g_variant_new_parsed (
          "[('what', 5, true), ('time', -77, true), ('time', 99999999, true)]"));
  view = g_object_ref_sink (swb_journal_view_new ());
  g_settings_reset (settings, "journal-columns");
  g_assert_finalize_object (view);
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
  append_sends (test, 20);
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
  append_sends (test, 3);
  publish (test);
  wait_for_rows (test, 3);
  journal_view_test_draw (test, 3);
  assert_told (test, 3);
  gtk_column_view_column_set_visible (test->view->columns.columns[SWB_JOURNAL_TIME], FALSE);
  append_sends (test, 2);
  publish (test);
  wait_for_rows (test, 5);
  journal_view_test_draw (test, 3);
  assert_told (test, 5);
}

static void
test_many (Test *test, gconstpointer data)
{
  g_test_summary ("A worker looks through a long journal, also when the rule is another");
  append_sends (test, 150000);
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
  ADD (goto);
  ADD (goto_filtered);
  ADD (goto_utc);
  ADD (columns);
  ADD (count);
  ADD (clicks);
  ADD (columns_bad);
  ADD (times);
  ADD (told);
  ADD (many);
#undef ADD
  return g_test_run ();
}
