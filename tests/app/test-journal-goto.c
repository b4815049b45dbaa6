/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/journal-view-fixture.h"
#include "app/journal/swb-journal-view-private.h"
#include "net/swb-error.h"

#include <adwaita.h>

#define get_child journal_view_test_get_child
#define get_rows journal_view_test_get_rows
#define get_label journal_view_test_get_label
#define publish journal_view_test_publish
#define activate journal_view_test_activate
#define wait_for_rows journal_view_test_wait_for_rows

typedef JournalViewTest Test;

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
test_places (Test *test, gconstpointer data)
{
  const char *neither = "Neither a record’s number nor a time";
  g_autofree char *moment = NULL;
  g_autoptr (SwbJournalRow) row = NULL;

  g_test_summary ("A number or a time is gone to; what is wrong is told in place");
  journal_fixture_append_traffic (&test->fixture, 2000);
  publish (test);
  wait_for_rows (test, 2000);
  assert_goes (test, "1", 0);
  assert_goes (test, " 1,234 ", 1233);
  assert_goes (test, "1'234", 1233);
  assert_goes_nowhere (test, "1,23", neither);
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
test_filtered (Test *test, gconstpointer data)
{
  g_test_summary ("Where a filter hides the record, the next row is gone to");
  journal_fixture_append_traffic (&test->fixture, 100);
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
test_utc (Test *test, gconstpointer data)
{
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autofree char *clock = NULL;
  g_autofree char *date = NULL;

  g_test_summary (
      "A moment is meant as the rows show it: in UTC, with a date and with spaces");
  g_setenv ("TZ", "JST-9", TRUE);
  journal_fixture_append_traffic (&test->fixture, 2000);
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

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/journal-goto/" #name, Test, NULL, journal_view_test_set_up, test_##name,   \
              journal_view_test_tear_down)
  ADD (places);
  ADD (filtered);
  ADD (utc);
#undef ADD
  return g_test_run ();
}
