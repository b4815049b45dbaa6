/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include <glib/gstdio.h>

#include "app/sessions/swb-export-dialog.h"
#include "app/journal/swb-filter-bar.h"
#include "app/sessions/swb-hand-on.h"
#include "app/journal/swb-journal-selection.h"
#include "app/widgets/swb-save-bar.h"
#include "bench/swb-script.h"
#include "journal/recording/swb-load.h"
#include "journal/recording/swb-recording.h"

#define SESSION                                                                            \
  "pane a AF_UNIX SOCK_STREAM 0\n"                                                         \
  "pane b AF_UNIX SOCK_STREAM 0\n"                                                         \
  "a socketpair b\n"                                                                       \
  "a send \"one\"\n"                                                                       \
  "a send \"two\"\n"                                                                       \
  "b expect recv \"onetwo\" within 60s\n"

#define N_MANY 2000000

static void
run_session (Shell *shell)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbScript) script = swb_script_new_from_text (shell->bench, SESSION, &error);

  g_assert_no_error (error);
  swb_script_start (script);
  shell_wait (swb_script_get_state (script) != SWB_SCRIPT_RUNNING);
  g_assert_cmpint (swb_script_get_state (script), ==, SWB_SCRIPT_DONE);
  swb_bench_catch_up (shell->bench);
  shell_wait (shell_is_enabled (shell, "export"));
}

static SwbJournalView *
get_view (Shell *shell)
{
  return SWB_JOURNAL_VIEW (
      shell_find (GTK_WIDGET (shell->window), SWB_TYPE_JOURNAL_VIEW, 0));
}

static SwbSaveBar *
get_bar (Shell *shell)
{
  return SWB_SAVE_BAR (shell_find (GTK_WIDGET (shell->window), SWB_TYPE_SAVE_BAR, 0));
}

static SwbExportDialog *
make_dialog (Shell *shell)
{
  return SWB_EXPORT_DIALOG (
      swb_export_dialog_new (GTK_WINDOW (shell->window), shell->bench, get_view (shell)));
}

/* (transfer full): what the dialog's choice comes to in a file */
static char *export(Shell *shell, SwbExportDialog *dialog, gsize *length)
{
  g_autoptr (GFile) file = shell_write ("exported", "old");
  SwbExportSource source;
  char *text;

  swb_export_dialog_get_source (dialog, &source);
  swb_save_bar_run (get_bar (shell), &source, swb_export_dialog_get_format (dialog), file);
  g_assert_true (swb_save_bar_is_busy (get_bar (shell)));
  g_assert_false (shell_is_enabled (shell, "export"));
  shell_wait (!swb_save_bar_is_busy (get_bar (shell)));
  g_assert_false (swb_save_bar_has_failed (get_bar (shell)));
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, length, NULL));
  return text;
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

/* The position of the nth call. */
static guint64
find_call (Shell *shell, SwbCall call, guint nth)
{
  SwbJournal *journal = swb_bench_get_journal (shell->bench);

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (journal, i);

      if (entry->kind == SWB_RECORD_CALL && entry->what == call && nth-- == 0)
        return i;
    }
  g_assert_not_reached ();
}

static void
test_all (Shell *shell, gconstpointer data)
{
  SwbExportDialog *dialog;
  g_autofree char *text = NULL;
  gsize length;

  g_test_summary ("All records are what is offered where nothing is filtered or selected");
  g_assert_false (shell_is_enabled (shell, "export"));
  g_assert_false (shell_is_enabled (shell, "save-recording"));
  run_session (shell);
  g_assert_true (shell_is_enabled (shell, "save-recording"));
  dialog = make_dialog (shell);
  g_assert_cmpint (swb_export_dialog_get_range (dialog), ==, SWB_RANGE_ALL);
  g_assert_false (swb_export_dialog_offers (dialog, SWB_RANGE_SHOWN));
  g_assert_false (swb_export_dialog_offers (dialog, SWB_RANGE_SELECTED));
  swb_export_dialog_choose (dialog, SWB_RANGE_SELECTED, SWB_EXPORT_RAW);
  g_assert_cmpint (swb_export_dialog_get_format (dialog), ==, SWB_EXPORT_TEXT);
  text = export(shell, dialog, &length);
  g_assert_cmpuint (count_lines (text), ==,
                    swb_journal_get_n_records (swb_bench_get_journal (shell->bench)));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_selected (Shell *shell, gconstpointer data)
{
  SwbExportDialog *dialog;
  g_autofree guint64 *positions = NULL;
  g_autofree char *text = NULL;
  g_autofree char *raw = NULL;
  gsize length;

  g_test_summary ("The selected row is a range of its own, and its socket has raw bytes");
  run_session (shell);
  g_assert_null (swb_journal_view_get_selected_positions (get_view (shell), &length));
  g_assert_cmpuint (length, ==, 0);
  swb_journal_view_show_record (get_view (shell), find_call (shell, SWB_CALL_SEND, 1));
  shell_wait (swb_journal_view_get_n_selected (get_view (shell)) == 1);
  positions = swb_journal_view_get_selected_positions (get_view (shell), &length);
  g_assert_cmpuint (positions[0], ==, find_call (shell, SWB_CALL_SEND, 1));

  dialog = make_dialog (shell);
  g_assert_cmpint (swb_export_dialog_get_range (dialog), ==, SWB_RANGE_ALL);
  swb_export_dialog_choose (dialog, SWB_RANGE_SELECTED, SWB_EXPORT_TEXT);
  text = export(shell, dialog, &length);
  g_assert_cmpuint (count_lines (text), ==, 1);
  g_assert_nonnull (strstr (text, "two"));

  swb_export_dialog_choose (dialog, SWB_RANGE_ALL, SWB_EXPORT_RAW);
  raw = export(shell, dialog, &length);
  g_assert_cmpstr (raw, ==, "onetwo");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_shown (Shell *shell, gconstpointer data)
{
  SwbExportDialog *dialog;
  g_autofree guint64 *positions = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_test_summary ("What the filter shows is chosen at first where there is a filter");
  run_session (shell);
  swb_journal_view_set_pane (get_view (shell), swb_bench_find_pane (shell->bench, "b"));
  g_assert_true (swb_journal_view_is_filtered (get_view (shell)));
  positions = swb_journal_view_get_shown_positions (get_view (shell), &length);
  g_assert_cmpuint (length, >, 0);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpuint (
        swb_journal_peek_entry (swb_bench_get_journal (shell->bench), positions[i])->pane,
        ==, 2);
  dialog = make_dialog (shell);
  g_assert_cmpint (swb_export_dialog_get_range (dialog), ==, SWB_RANGE_SHOWN);
  text = export(shell, dialog, &length);
  g_assert_cmpuint (count_lines (text), ==,
                    swb_journal_view_get_n_shown (get_view (shell)));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_formats (Shell *shell, gconstpointer data)
{
  SwbExportDialog *dialog;

  g_test_summary ("Every format comes to a file with its ending");
  run_session (shell);
  swb_journal_view_show_record (get_view (shell), find_call (shell, SWB_CALL_SEND, 0));
  dialog = make_dialog (shell);
  for (int format = 0; format < SWB_N_EXPORTS; format++)
    {
      g_autofree char *text = NULL;
      g_autofree char *name = NULL;
      gsize length;

      swb_export_dialog_choose (dialog, SWB_RANGE_ALL, (SwbExportFormat)format);
      g_assert_cmpint (swb_export_dialog_get_format (dialog), ==, format);
      name = swb_export_dialog_dup_file_name (dialog);
      g_assert_nonnull (strchr (name, '.'));
      text = export(shell, dialog, &length);
      g_assert_cmpuint (length, >, 0);
    }
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_save_recording (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file = shell_write ("saved.pcapng", "");
  g_autoptr (SwbJournal) journal = NULL;
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  g_test_summary ("A saved recording has every record, and a toast tells of it");
  run_session (shell);
  swb_export_source_init (&source, swb_bench_get_journal (shell->bench),
                          swb_bench_get_pane_name, shell->bench);
  swb_save_bar_run (get_bar (shell), &source, SWB_EXPORT_PCAPNG, file);
  shell_wait (
      shell_find (GTK_WIDGET (shell->window), g_type_from_name ("AdwToastWidget"), 0)
      != NULL);
  journal = swb_load_open (swb_recording_load, g_file_peek_path (file), NULL, NULL, NULL,
                           NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, source.n_records);
}

static void
test_failure (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file
      = g_file_new_build_filename (g_get_user_data_dir (), "no", "folder", "x.txt", NULL);
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://127.0.0.1/x.txt");
  SwbExportSource source;

  g_test_summary ("What cannot be saved is told of and stays until it is dismissed");
  run_session (shell);
  swb_export_source_init (&source, swb_bench_get_journal (shell->bench),
                          swb_bench_get_pane_name, shell->bench);
  swb_save_bar_run (get_bar (shell), &source, SWB_EXPORT_TEXT, file);
  shell_wait (swb_save_bar_has_failed (get_bar (shell)));
  g_test_message ("%s", swb_save_bar_get_text (get_bar (shell)));
  g_assert_true (
      g_str_has_prefix (swb_save_bar_get_text (get_bar (shell)), "x.txt was not saved: "));
  g_assert_true (shell_is_enabled (shell, "export"));

  swb_save_bar_run (get_bar (shell), &source, SWB_EXPORT_TEXT, remote);
  g_assert_true (swb_save_bar_has_failed (get_bar (shell)));
  g_assert_false (swb_save_bar_is_busy (get_bar (shell)));
}

static void
test_cancel (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file
      = g_file_new_build_filename (g_get_user_data_dir (), "cancelled.txt", NULL);
  g_autofree guint64 *positions = g_new0 (guint64, N_MANY);
  SwbExportSource source;

  g_test_summary ("A saving that is cancelled leaves no file and tells no failure");
  run_session (shell);
  swb_export_source_init (&source, swb_bench_get_journal (shell->bench),
                          swb_bench_get_pane_name, shell->bench);
  /* So many that no machine is through before the next line. */
  source.positions = positions;
  source.n_records = N_MANY;
  swb_save_bar_run (get_bar (shell), &source, SWB_EXPORT_TEXT, file);
  swb_save_bar_cancel (get_bar (shell));
  shell_wait (!swb_save_bar_is_busy (get_bar (shell)));
  g_assert_false (swb_save_bar_has_failed (get_bar (shell)));
  g_assert_false (g_file_test (g_file_peek_path (file), G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);

#define ADD(name)                                                                          \
  g_test_add ("/hand-on/" #name, Shell, NULL, shell_set_up, test_##name, shell_tear_down)
  ADD (all);
  ADD (selected);
  ADD (shown);
  ADD (formats);
  ADD (save_recording);
  ADD (failure);
  ADD (cancel);
#undef ADD

  return g_test_run ();
}
