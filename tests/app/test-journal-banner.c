/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "app/journal/swb-journal-banner.h"
#include "app/window/swb-preferences.h"
#include "faults.h"
#include "journal/store/swb-journal-list.h"

static SwbJournalBanner *
get_banner (Shell *shell)
{
  return SWB_JOURNAL_BANNER (
      shell_find (GTK_WIDGET (shell->window), SWB_TYPE_JOURNAL_BANNER, 0));
}

static gboolean
is_shown (Shell *shell)
{
  return gtk_widget_get_visible (GTK_WIDGET (get_banner (shell)));
}

/* The title, the text or the answer. */
static const char *
get_text (Shell *shell, guint nth)
{
  return gtk_label_get_text (
      GTK_LABEL (shell_find (GTK_WIDGET (get_banner (shell)), GTK_TYPE_LABEL, nth)));
}

static GtkWidget *
get_button (Shell *shell)
{
  return shell_find (GTK_WIDGET (get_banner (shell)), GTK_TYPE_BUTTON, 0);
}

static void
assert_remedy (Shell *shell, const char *label, const char *action)
{
  GtkWidget *button = get_button (shell);

  g_assert_true (gtk_widget_get_visible (button));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, label);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, action);
  g_assert_true (gtk_widget_get_sensitive (button));
}

static void
dismiss (Shell *shell)
{
  g_signal_emit_by_name (shell_find (GTK_WIDGET (get_banner (shell)), GTK_TYPE_BUTTON, 1),
                         "clicked");
}

/* Commands, a line each. */
static void
run (Shell *shell, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;

      swb_bench_run_text (shell->bench, &error, "%s", lines[i]);
      g_assert_no_error (error);
    }
}

static gboolean
has_note (Shell *shell, SwbNote note)
{
  SwbJournal *journal = swb_bench_get_journal (shell->bench);
  SwbRecord record;

  for (guint64 i = 0; swb_journal_read (journal, i, &record); i++)
    if (record.kind == SWB_RECORD_NOTE && record.note == note)
      return TRUE;
  return FALSE;
}

static void
test_full (Shell *shell, gconstpointer data)
{
  g_test_summary (
      "On a full disk or a spent quota the banner offers to delete old journals; it "
      "goes when there is room again, and a note tells what is lost");
  g_assert_false (is_shown (shell));
  faults_set_write_error (GPOINTER_TO_INT (data));
  run (shell, "pane a AF_UNIX SOCK_STREAM 0\na socket\n");
  shell_wait (is_shown (shell));
  g_assert_cmpstr (get_text (shell, 0), ==, "The journal cannot be written");
  g_assert_true (
      g_str_has_prefix (get_text (shell, 1), g_strerror (GPOINTER_TO_INT (data))));
  assert_remedy (shell, "Delete _Old Journals…", "app.sessions");

  faults_set_write_error (0);
  run (shell, "pane b AF_UNIX SOCK_STREAM 0\nb socket\n");
  shell_wait (!is_shown (shell) && has_note (shell, SWB_NOTE_UNRECORDED));
}

static void
test_damaged (Shell *shell, gconstpointer data)
{
  g_test_summary (
      "What another folder helps against offers to choose one; dismissed it stays "
      "away until it happens again");
  faults_set_write_error (GPOINTER_TO_INT (data));
  run (shell, "pane a AF_UNIX SOCK_STREAM 0\na socket\n");
  shell_wait (is_shown (shell));
  assert_remedy (shell, "_Choose Another Folder…", "journal-banner.choose-folder");
  dismiss (shell);
  g_assert_false (is_shown (shell));

  faults_set_write_error (0);
  run (shell, "pane b AF_UNIX SOCK_STREAM 0\nb socket\n");
  shell_wait (has_note (shell, SWB_NOTE_UNRECORDED));
  swb_journal_banner_set_notice (get_banner (shell), NULL); /* looks at once */
  faults_set_write_error (GPOINTER_TO_INT (data));
  run (shell, "pane c AF_UNIX SOCK_STREAM 0\nc socket\n");
  shell_wait (is_shown (shell));
  faults_set_write_error (0);
}

static char *
get_setting (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (GVariant) value = g_settings_get_value (settings, "journals-folder");

  return g_strdup (g_variant_get_bytestring (value));
}

static void
test_folder (Shell *shell, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-journals-XXXXXX", NULL);
  g_autoptr (GFile) bad = g_file_new_for_path ("/proc/self");
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://there/journals");
  g_autoptr (GFile) good = g_file_new_for_path (folder);
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_test_summary ("A folder that takes files is where journals are from the next start on; "
                  "another is refused with a sentence");
  run (shell, "pane a AF_UNIX SOCK_STREAM 0\na socket\n");
  shell_wait (shell_is_enabled (shell, "save-recording"));
  swb_journal_banner_set_notice (get_banner (shell), "Why");
  g_assert_cmpstr (get_text (shell, 0), ==, "The journal of this run will not be kept");
  g_assert_cmpstr (get_text (shell, 1), ==, "Why");
  assert_remedy (shell, "_Choose Another Folder…", "journal-banner.choose-folder");

  swb_journal_banner_choose_folder (get_banner (shell), bad);
  g_assert_true (
      g_str_has_prefix (get_text (shell, 2), "Nothing can be written in /proc/self: "));
  swb_journal_banner_choose_folder (get_banner (shell), remote);
  g_assert_nonnull (strstr (get_text (shell, 2), "of this machine"));
  before = get_setting ();
  g_assert_cmpstr (before, ==, "");
  assert_remedy (shell, "_Choose Another Folder…", "journal-banner.choose-folder");

  swb_journal_banner_choose_folder (get_banner (shell), good);
  after = get_setting ();
  g_assert_cmpstr (after, ==, folder);
  g_assert_nonnull (strstr (get_text (shell, 2), folder));
  assert_remedy (shell, "Save _Recording…", "win.save-recording");
  g_settings_reset (settings, "journals-folder");
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing was left in it */
}

static void
test_limit (Shell *shell, gconstpointer data)
{
  g_autofree char *bytes = g_strnfill (60000, 'x');
  g_autoptr (GFile) file = shell_write ("bytes", bytes);
  g_autofree char *send = g_strdup_printf ("a send file:%s\n", g_file_peek_path (file));
  g_autofree char *before = NULL;
  gboolean keeps_calls = GPOINTER_TO_INT (data);

  g_test_summary ("At the limit the banner says that bytes are not kept; where the oldest "
                  "records go, there is no trouble to tell of but a note");
  run (shell, "pane a AF_UNIX SOCK_STREAM 0\npane b AF_UNIX SOCK_STREAM 0\n"
              "a socketpair b\n");
  swb_journal_set_limit (swb_bench_get_journal (shell->bench), SWB_JOURNAL_LIMIT_MIN,
                         keeps_calls ? SWB_LIMIT_PAYLOAD : SWB_LIMIT_OLDEST);
  for (guint i = 0; i < 60; i++)
    {
      guint64 n = swb_journal_get_n_records (swb_bench_get_journal (shell->bench));

      run (shell, send);
      shell_wait (swb_journal_get_n_records (swb_bench_get_journal (shell->bench))
                  >= n + 4);
    }
  if (keeps_calls)
    {
      shell_wait (is_shown (shell));
      g_assert_cmpstr (get_text (shell, 0), ==, "The journal has reached its limit");
      assert_remedy (shell, "_Preferences", "app.preferences");
      before = g_strdup (get_text (shell, 1));
      run (shell, send);
      shell_wait (!g_str_equal (get_text (shell, 1), before));
    }
  else
    shell_wait (swb_journal_get_first (swb_bench_get_journal (shell->bench)) > 0);
  g_assert_cmpint (is_shown (shell), ==, keeps_calls);
}

/* --- preferences --- */

static AdwActionRow *
find_folder_row (GtkWidget *window)
{
  GtkWidget *row;

  for (guint i = 0; (row = shell_find (window, ADW_TYPE_ACTION_ROW, i)) != NULL; i++)
    if (g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                          "_Folder"))
      return ADW_ACTION_ROW (row);
  g_assert_not_reached ();
}

static void
test_preferences (Shell *shell, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-journals-XXXXXX", NULL);
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  GtkWidget *window = swb_preferences_new (settings, GTK_WINDOW (shell->window));
  g_autoptr (GFile) bad = g_file_new_for_path ("/proc/self");
  g_autoptr (GFile) good = g_file_new_for_path (folder);
  g_autofree char *kept_in = swb_journal_list_dup_folder ();
  g_autofree char *chosen = NULL;
  g_autofree char *reset = NULL;
  AdwActionRow *row = find_folder_row (window);
  GtkWidget *button = shell_find (GTK_WIDGET (row), GTK_TYPE_BUTTON, 0);

  g_test_summary ("The folder of journals can be changed and set back");
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, kept_in);
  g_assert_false (gtk_widget_get_visible (button));

  swb_preferences_choose_folder (SWB_PREFERENCES (window), bad);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "Nothing can be written"));
  swb_preferences_choose_folder (SWB_PREFERENCES (window), good);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, folder);
  g_assert_true (gtk_widget_get_visible (button));
  chosen = get_setting ();
  g_assert_cmpstr (chosen, ==, folder);

  g_signal_emit_by_name (button, "clicked");
  reset = get_setting ();
  g_assert_cmpstr (reset, ==, "");
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, kept_in);
  gtk_window_destroy (GTK_WINDOW (window));
  g_rmdir (folder);
}

#define ADD(name, number, function)                                                        \
  g_test_add ("/journal-banner/" name, Shell, GINT_TO_POINTER (number), shell_set_up,      \
              function, shell_tear_down)

int
main (int argc, char **argv)
{
  shell_init (&argc, &argv);

  ADD ("full", ENOSPC, test_full);
  ADD ("quota", EDQUOT, test_full);
  ADD ("damaged", EIO, test_damaged);
  ADD ("read-only", EROFS, test_damaged);
  ADD ("folder", 0, test_folder);
  ADD ("limit-oldest", FALSE, test_limit);
  ADD ("limit-payload", TRUE, test_limit);
  ADD ("preferences", 0, test_preferences);
  return g_test_run ();
}
