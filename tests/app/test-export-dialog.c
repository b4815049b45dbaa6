/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal-view-fixture.h"
#include "app/sessions/swb-export-dialog.h"

#include <adwaita.h>

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

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/export-dialog/unkept", Test, NULL, journal_view_test_set_up, test_unkept,
              journal_view_test_tear_down);
  return g_test_run ();
}
