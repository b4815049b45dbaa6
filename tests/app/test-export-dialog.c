/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal-view-fixture.h"
#include "app/sessions/swb-export-dialog.h"

#include <adwaita.h>
#include <errno.h>

typedef JournalViewTest Test;

static void
append_receive (Test *test, const char *data, int result)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_RECV,
                       .pane = 1,
                       .fd = 5,
                       .result = result,
                       .ints = { 4096 },
                       .data = (const guint8 *)data,
                       .n_data = strlen (data) };

  swb_journal_append (test->fixture.journal, &record);
}

static void
test_unkept (Test *test, gconstpointer data)
{
  SwbExportDialog *dialog;
  GtkLabel *label;

  g_test_summary ("Before raw bytes are saved, it is said how many of them are missing");
  append_receive (test, "head", 1000);
  append_receive (test, "whole", 5);
  journal_view_test_publish (test);
  journal_view_test_wait_for_rows (test, 2);
  gtk_selection_model_select_item (journal_view_test_get_rows (test), 0, TRUE);
  dialog
      = SWB_EXPORT_DIALOG (swb_export_dialog_new (test->window, test->bench, test->view));
  label = GTK_LABEL (gtk_widget_get_template_child (
      GTK_WIDGET (dialog), SWB_TYPE_EXPORT_DIALOG, "unkept_label"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));

  swb_export_dialog_choose (dialog, SWB_RANGE_ALL, SWB_EXPORT_RAW);
  journal_view_test_wait_for_label (
      test, label, "996 bytes were not kept, and will not be in the file.");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  swb_export_dialog_choose (dialog, SWB_RANGE_ALL, SWB_EXPORT_CSV);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
assert_positions (SwbExportDialog *dialog, SwbExportRange range, guint64 first, guint64 n)
{
  SwbExportSource source;

  swb_export_dialog_choose (dialog, range, SWB_EXPORT_TEXT);
  swb_export_dialog_get_source (dialog, &source);
  g_assert_cmpuint (source.n_records, ==, n);
  for (guint64 i = 0; i < n; i++)
    g_assert_cmpuint (source.positions[i], ==, first + i);
}

static void
test_repeats (Test *test, gconstpointer data)
{
  SwbExportDialog *dialog;

  g_test_summary ("A row of repeats hands on all of its records, not only the first");
  journal_fixture_append_send (&test->fixture, 2, "other");
  journal_fixture_append_send (&test->fixture, 1, "x");
  for (guint i = 0; i < 5; i++)
    journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_RECV, EAGAIN);
  journal_view_test_publish (test);
  journal_view_test_wait_for_rows (test, 3);
  gtk_selection_model_select_item (journal_view_test_get_rows (test), 2, TRUE);
  dialog
      = SWB_EXPORT_DIALOG (swb_export_dialog_new (test->window, test->bench, test->view));
  assert_positions (dialog, SWB_RANGE_SELECTED, 2, 5);
  gtk_window_destroy (GTK_WINDOW (dialog));

  gtk_selection_model_select_item (journal_view_test_get_rows (test), 1, FALSE);
  dialog
      = SWB_EXPORT_DIALOG (swb_export_dialog_new (test->window, test->bench, test->view));
  assert_positions (dialog, SWB_RANGE_SELECTED, 1, 6);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/export-dialog/unkept", Test, NULL, journal_view_test_set_up, test_unkept,
              journal_view_test_tear_down);
  g_test_add ("/export-dialog/repeats", Test, NULL, journal_view_test_set_up, test_repeats,
              journal_view_test_tear_down);
  return g_test_run ();
}
