/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/sessions/swb-recording-window.h"
#include "app/sessions/swb-recovery-bar.h"
#include "app/sessions/swb-session-row.h"
#include "app/sessions/swb-session-text.h"
#include "app/sessions/swb-sessions.h"
#include "journal/store/swb-journal-list.h"
#include "journal/recording/swb-load.h"
#include "journal/recording/swb-recording.h"
#include "support.h"

#define N_RECORDS 12480
#define WRITE "--write"

static void
append (SwbJournal *journal, guint n_records)
{
  static const char *const line = "pane server AF_INET SOCK_STREAM 0 \"Server\"";
  SwbRecord record = { .kind = SWB_RECORD_COMMAND,
                       .pane = 1,
                       .fd = -1,
                       .ints = { 1 },
                       .data = (const guint8 *)line,
                       .n_data = strlen (line) };

  for (guint i = 0; i < n_records; i++)
    {
      swb_journal_append (journal, &record);
      record = (SwbRecord){ .kind = SWB_RECORD_CALL,
                            .call = SWB_CALL_SEND,
                            .pane = 1,
                            .fd = 3,
                            .result = 1,
                            .data = (const guint8 *)"x",
                            .n_data = 1 };
    }
  g_assert_true (swb_journal_publish (journal, NULL));
}

static SwbJournal *
make_journal (guint n_records)
{
  g_autofree char *folder = swb_journal_dup_default_folder ("window");
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = swb_journal_new (folder, &error);

  g_assert_no_error (error);
  swb_journal_mark_running (journal);
  append (journal, n_records);
  return journal;
}

/* (transfer full): the folder of a session that ended as it should */
static char *
make_ended (guint n_records)
{
  g_autoptr (SwbJournal) journal = make_journal (n_records);

  swb_journal_mark_ended (journal);
  return g_strdup (swb_journal_get_folder (journal));
}

/* What make_killed() starts: writes, says so, and waits for its end. */
static int
write_and_wait (const char *n_records)
{
  make_journal ((guint)g_ascii_strtoull (n_records, NULL, 10));
  if (write (STDOUT_FILENO, "!", 1) == 1)
    for (;;)
      pause ();
  return 1;
}

/* A program of its own writes, and gets SIGKILL: not a fork, which would have the locks
 * that other threads held, and nobody to open them. */
static void
make_killed (guint n_records)
{
  g_autofree char *number = g_strdup_printf ("%u", n_records);
  char *argv[] = { (char *)"/proc/self/exe", (char *)WRITE, number, NULL };
  g_autoptr (GError) error = NULL;
  char ready;
  GPid child;
  int output;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child,
                            NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (output, &ready, 1), ==, 1);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  close (output);
}

static GPtrArray *
list (void)
{
  g_autofree char *folder = swb_journal_list_dup_folder ();

  return swb_journal_list (folder, NULL);
}

static guint
count_ended (void)
{
  g_autoptr (GPtrArray) all = list ();
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    n += ((SwbJournalInfo *)all->pdata[i])->fate != SWB_JOURNAL_RUNNING;
  return n;
}

static void
remove_all (void)
{
  g_autoptr (GPtrArray) all = list ();

  for (guint i = 0; i < all->len; i++)
    swb_journal_remove (((SwbJournalInfo *)all->pdata[i])->folder, NULL);
}

static void
set_up (Shell *shell, gconstpointer data)
{
  if (data != NULL)
    make_killed (GPOINTER_TO_UINT (data));
  shell_set_up (shell, NULL);
}

static void
tear_down (Shell *shell, gconstpointer data)
{
  shell_tear_down (shell, NULL);
  remove_all ();
}

static SwbRecoveryBar *
get_recovery (SwbWindow *window)
{
  return SWB_RECOVERY_BAR (shell_find (GTK_WIDGET (window), SWB_TYPE_RECOVERY_BAR, 0));
}

static GtkWidget *
get_button (GtkWidget *widget, const char *label)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = shell_find (widget, GTK_TYPE_BUTTON, i);

      g_assert_nonnull (button);
      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
        return button;
    }
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

static SwbRecordingWindow *
find_recording (void)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (shell_get_application ()));

  for (GList *l = windows; l != NULL; l = l->next)
    if (SWB_IS_RECORDING_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
close_recording (void)
{
  SwbRecordingWindow *window = g_object_ref (find_recording ());

  gtk_window_destroy (GTK_WINDOW (window));
  support_finalize (window);
}

static void
test_recovered (Shell *shell, gconstpointer data)
{
  SwbRecoveryBar *bar = get_recovery (shell->window);
  SwbBench *bench;

  g_test_summary ("A session whose program was killed is offered with its records, and "
                  "opens as a recording");
  shell_wait (swb_recovery_bar_get_text (bar) != NULL);
  g_assert_true (g_str_has_prefix (swb_recovery_bar_get_text (bar),
                                   "The last session ended unexpectedly: 12,480 records of "
                                   "today "));
  shell_wait (gtk_widget_get_mapped (get_button (GTK_WIDGET (bar), "Op_en")));
  click (get_button (GTK_WIDGET (bar), "Op_en"));
  g_assert_null (swb_recovery_bar_get_text (bar));
  shell_wait (
      find_recording () != NULL
      && g_str_equal (swb_recording_window_get_page (find_recording ()), "content"));
  bench = swb_recording_window_get_bench (find_recording ());
  g_assert_cmpuint (swb_journal_get_n_records (swb_bench_get_journal (bench)), ==,
                    N_RECORDS);
  g_assert_cmpuint (swb_pane_get_n_sent (swb_bench_find_pane (bench, "server")), ==,
                    N_RECORDS - 1);
  close_recording ();
}

static void
test_once (Shell *shell, gconstpointer data)
{
  Shell second = { 0 };

  g_test_summary ("It is offered once, and stays among the sessions");
  shell_wait (swb_recovery_bar_get_text (get_recovery (shell->window)) != NULL);
  make_killed (0);
  shell_set_up (&second, NULL);
  /* The second is swept of what has no records: then it has looked. */
  shell_wait (count_ended () == 1);
  for (guint i = 0; i < 5; i++)
    shell_turn ();
  g_assert_null (swb_recovery_bar_get_text (get_recovery (second.window)));
  shell_tear_down (&second, NULL);
}

static void
test_deleted (Shell *shell, gconstpointer data)
{
  SwbRecoveryBar *bar = get_recovery (shell->window);

  g_test_summary (
      "Its deletion can be taken back, and is done with the window at the latest");
  shell_wait (swb_recovery_bar_get_text (bar) != NULL);
  shell_wait (gtk_widget_get_mapped (get_button (GTK_WIDGET (bar), "_Delete")));
  click (get_button (GTK_WIDGET (bar), "_Delete"));
  shell_wait (gtk_widget_get_mapped (get_button (GTK_WIDGET (bar), "_Undo")));
  click (get_button (GTK_WIDGET (bar), "_Undo"));
  g_assert_true (g_str_has_prefix (swb_recovery_bar_get_text (bar), "The last session"));
  g_assert_cmpuint (count_ended (), ==, 1);
  shell_wait (gtk_widget_get_mapped (get_button (GTK_WIDGET (bar), "_Delete")));
  click (get_button (GTK_WIDGET (bar), "_Delete"));
  gtk_window_destroy (GTK_WINDOW (shell->window));
  shell_wait (count_ended () == 0);
}

static void
test_not_offered (Shell *shell, gconstpointer data)
{
  g_autofree char *folder = make_ended (3);
  Shell second = { 0 };

  g_test_summary ("A session that ended as it should is not offered");
  make_killed (0);
  shell_set_up (&second, NULL);
  shell_wait (count_ended () == 1);
  for (guint i = 0; i < 5; i++)
    shell_turn ();
  g_assert_null (swb_recovery_bar_get_text (get_recovery (second.window)));
  shell_tear_down (&second, NULL);
}

/* --- the dialog --- */

static SwbSessions *
open_dialog (Shell *shell)
{
  SwbSessions *dialog = SWB_SESSIONS (
      swb_sessions_new (shell_get_application (), GTK_WINDOW (shell->window)));

  gtk_window_present (GTK_WINDOW (dialog));
  shell_wait (!g_str_equal (swb_sessions_get_page (dialog), "loading"));
  return g_object_ref (dialog);
}

static void
close_dialog (SwbSessions *dialog)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  support_finalize (dialog);
}

static SwbSessionRow *
get_row (SwbSessions *dialog, guint nth)
{
  return SWB_SESSION_ROW (shell_find (GTK_WIDGET (dialog), SWB_TYPE_SESSION_ROW, nth));
}

static void
test_empty (Shell *shell, gconstpointer data)
{
  SwbSessions *dialog = open_dialog (shell);

  g_test_summary ("Without sessions the dialog says what will be there");
  g_assert_cmpstr (swb_sessions_get_page (dialog), ==, "empty");
  close_dialog (dialog);
}

static void
test_rows (Shell *shell, gconstpointer data)
{
  g_autofree char *folder = make_ended (3);
  g_autoptr (SwbJournalInfo) info = NULL;
  SwbSessions *dialog = open_dialog (shell);
  SwbSessionRow *row = get_row (dialog, 0);
  GtkWidget *pin = shell_find (GTK_WIDGET (row), GTK_TYPE_TOGGLE_BUTTON, 0);

  g_test_summary ("A row says when and how much; its pin keeps the session for good");
  g_assert_cmpstr (swb_sessions_get_page (dialog), ==, "list");
  g_assert_null (get_row (dialog, 1));
  g_assert_true (g_str_has_prefix (
      adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "Today "));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "3 records · "));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (pin), TRUE);
  info = swb_journal_info_new (folder, NULL);
  g_assert_true (info->is_kept);
  g_assert_true (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   " · kept for good"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (pin), FALSE);
  g_assert_null (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "kept for good"));
  g_clear_pointer (&info, swb_journal_info_free);
  info = swb_journal_info_new (folder, NULL);
  g_assert_false (info->is_kept);
  close_dialog (dialog);
}

static void
test_open (Shell *shell, gconstpointer data)
{
  g_autofree char *folder = make_ended (7);
  SwbSessions *dialog = open_dialog (shell);

  g_test_summary ("Activating a row opens the session read-only");
  g_signal_emit_by_name (shell_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX, 0),
                         "row-activated", get_row (dialog, 0));
  shell_wait (
      find_recording () != NULL
      && g_str_equal (swb_recording_window_get_page (find_recording ()), "content"));
  support_finalize (dialog);
  close_recording ();
}

static void
test_delete (Shell *shell, gconstpointer data)
{
  g_autofree char *folder = make_ended (3);
  SwbSessions *dialog = open_dialog (shell);

  g_test_summary ("A deleted session comes back by undo, and is gone with the dialog");
  g_signal_emit_by_name (get_row (dialog, 0), "delete");
  g_assert_cmpstr (swb_sessions_get_page (dialog), ==, "empty");
  g_assert_true (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (dialog), "sessions.undo", "s", folder));
  g_assert_cmpstr (swb_sessions_get_page (dialog), ==, "list");

  g_signal_emit_by_name (get_row (dialog, 0), "delete");
  close_dialog (dialog);
  shell_wait (!g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_save (Shell *shell, gconstpointer data)
{
  g_autofree char *folder = make_ended (7);
  g_autoptr (GFile) file = shell_write ("session.pcapng", "");
  SwbSessions *dialog = open_dialog (shell);
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (SwbJournal) journal = NULL;

  g_test_summary ("A session is saved as a recording with the names of its panes");
  swb_sessions_save (dialog, folder, file);
  shell_wait (shell_find (GTK_WIDGET (dialog), g_type_from_name ("AdwToastWidget"), 0)
              != NULL);
  journal = swb_load_open (swb_recording_load, g_file_peek_path (file), NULL, &names, NULL,
                           NULL, NULL, NULL);
  g_assert_nonnull (journal);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, 7);
  g_assert_cmpstr (swb_recording_get_pane_name (1, names), ==, "server");
  close_dialog (dialog);
}

static void
test_running (Shell *shell, gconstpointer data)
{
  SwbSessions *dialog;
  GtkWidget *remove;

  g_test_summary ("The session that goes on is listed and cannot be deleted");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  dialog = open_dialog (shell);
  g_assert_nonnull (strstr (
      adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (dialog, 0))), "goes on"));
  remove = shell_find (GTK_WIDGET (get_row (dialog, 0)), GTK_TYPE_BUTTON, 2);
  g_assert_false (gtk_widget_get_visible (remove));
  close_dialog (dialog);
}

static void
test_when (Shell *shell, gconstpointer data)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 3, 3, 12, 0, 0);
  gint64 now = g_date_time_to_unix (noon) * 1000000000;
  const gint64 hour = G_GINT64_CONSTANT (3600000000000);
  g_autofree char *today = swb_session_text_dup_when (now - hour, now);
  g_autofree char *yesterday = swb_session_text_dup_when (now - 24 * hour, now);
  g_autofree char *before = swb_session_text_dup_when (now - 96 * hour, now);
  g_autofree char *file = swb_session_text_dup_file_name (now);

  g_test_summary ("Near days have names, others a date");
  g_assert_cmpstr (today, ==, "today 11:00");
  g_assert_cmpstr (yesterday, ==, "yesterday 12:00");
  g_assert_cmpstr (before, ==, "27 Feb 2026, 12:00");
  g_assert_cmpstr (file, ==, "Recording 2026-03-03 12.00.pcapng");
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], WRITE))
    return write_and_wait (argv[2]);
  shell_init (&argc, &argv);

#define ADD(name, killed)                                                                  \
  g_test_add ("/sessions/" #name, Shell, GUINT_TO_POINTER (killed), set_up, test_##name,   \
              tear_down)
  ADD (recovered, N_RECORDS);
  ADD (once, N_RECORDS);
  ADD (deleted, N_RECORDS);
  ADD (not_offered, 0);
  ADD (empty, 0);
  ADD (rows, 0);
  ADD (open, 0);
  ADD (delete, 0);
  ADD (save, 0);
  ADD (running, 0);
  ADD (when, 0);
#undef ADD

  return g_test_run ();
}
