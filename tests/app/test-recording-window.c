/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include <glib/gstdio.h>

#include "app/bytes/swb-follow-window.h"
#include "app/pane/swb-address-row.h"
#include "app/pane/swb-call-bar.h"
#include "app/composer/swb-composer.h"
#include "app/widgets/swb-file-kind.h"
#include "app/journal/swb-journal-selection.h"
#include "app/window/swb-opener.h"
#include "app/pane/swb-pane-strip.h"
#include "app/sessions/swb-recording-window.h"
#include "bench/swb-script.h"
#include "journal/recording/swb-recording.h"
#include "support.h"

/* Two panes that have talked: where it does not matter what they are, since drawing panes
 * is what takes the time. */
#define SESSION                                                                            \
  "pane u AF_INET SOCK_DGRAM 0\n"                                                          \
  "pane v AF_INET SOCK_DGRAM 0\n"                                                          \
  "u bind 127.0.0.1:0\n"                                                                   \
  "v sendto u \"dgram\"\n"                                                                 \
  "u expect recv \"dgram\" within 60s\n"

#define SESSION_OF_ALL                                                                     \
  "pane server AF_INET SOCK_STREAM 0 \"Echo <server>\"\n"                                  \
  "pane client AF_INET SOCK_STREAM 0\n"                                                    \
  "pane u AF_INET SOCK_DGRAM 0\n"                                                          \
  "pane a AF_UNIX SOCK_STREAM 0\n"                                                         \
  "pane b AF_UNIX SOCK_STREAM 0\n"                                                         \
  "server bind 127.0.0.1:0\n"                                                              \
  "server listen 128\n"                                                                    \
  "server reply echo\n"                                                                    \
  "client connect server\n"                                                                \
  "client send \"hello\"\n"                                                                \
  "client expect recv \"hello\" within 60s\n"                                              \
  "u bind 127.0.0.1:0\n"                                                                   \
  "u sendto u \"dgram\"\n"                                                                 \
  "u expect recv \"dgram\" within 60s\n"                                                   \
  "a socketpair b\n"                                                                       \
  "a send \"pair\"\n"                                                                      \
  "b expect recv \"pair\" within 60s\n"

static void
run_session (Shell *shell, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbScript) script = swb_script_new_from_text (shell->bench, text, &error);

  g_assert_no_error (error);
  swb_script_start (script);
  shell_wait (swb_script_get_state (script) != SWB_SCRIPT_RUNNING);
  g_assert_cmpint (swb_script_get_state (script), ==, SWB_SCRIPT_DONE);
}

/* (transfer full): what is on the bench, as a recording */
static GFile *
save (Shell *shell, const char *name)
{
  GFile *file = shell_write (name, "");
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  swb_bench_catch_up (shell->bench);
  swb_export_source_init (&source, swb_bench_get_journal (shell->bench),
                          swb_bench_get_pane_name, shell->bench);
  g_assert_true (swb_export_save (&source, SWB_EXPORT_PCAPNG, g_file_peek_path (file), NULL,
                                  NULL, NULL, &error));
  g_assert_no_error (error);
  return file;
}

/* (transfer full): with a reference, to see it finalized */
static SwbRecordingWindow *
make_window (void)
{
  SwbRecordingWindow *window
      = SWB_RECORDING_WINDOW (swb_recording_window_new (shell_get_application ()));

  gtk_window_present (GTK_WINDOW (window));
  return g_object_ref (window);
}

static gboolean
is_on (SwbRecordingWindow *window, const char *page)
{
  return g_strcmp0 (swb_recording_window_get_page (window), page) == 0;
}

static void
close_window (SwbRecordingWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  support_finalize (window);
}

static GtkWidget *
find (SwbRecordingWindow *window, GType type, guint nth)
{
  return shell_find (GTK_WIDGET (window), type, nth);
}

static gboolean
is_seen (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget);
}

static const char *
get_failure (SwbRecordingWindow *window)
{
  return adw_status_page_get_description (
      ADW_STATUS_PAGE (find (window, ADW_TYPE_STATUS_PAGE, 0)));
}

static void
assert_same_panes (SwbBench *x, SwbBench *y)
{
  guint n = g_list_model_get_n_items (swb_bench_get_panes (x));

  g_assert_cmpuint (n, ==, g_list_model_get_n_items (swb_bench_get_panes (y)));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwbPane) one = g_list_model_get_item (swb_bench_get_panes (x), i);
      g_autoptr (SwbPane) other = g_list_model_get_item (swb_bench_get_panes (y), i);

      g_assert_cmpstr (swb_pane_get_title (one), ==, swb_pane_get_title (other));
      g_assert_cmpint (swb_pane_get_state (one), ==, swb_pane_get_state (other));
      g_assert_cmpuint (swb_pane_get_n_sent (one), ==, swb_pane_get_n_sent (other));
      g_assert_cmpuint (swb_pane_get_n_received (one), ==, swb_pane_get_n_received (other));
      g_assert_cmpuint (g_list_model_get_n_items (swb_pane_get_connections (one)), ==,
                        g_list_model_get_n_items (swb_pane_get_connections (other)));
    }
}

/* Without commands, as the window shows it at first. */
static gsize
count_rows (SwbJournal *journal)
{
  gsize n = 0;

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (journal, i);

      n += entry->kind == SWB_RECORD_CALL || entry->kind == SWB_RECORD_NOTE;
    }
  return n;
}

static void
test_round_trip (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file = NULL;
  SwbRecordingWindow *window = make_window ();
  AdwWindowTitle *title;
  SwbPaneStrip *strip;

  g_test_summary ("A session with TCP, UDP and unix panes, saved and opened: the same "
                  "panes, states, connections and rows");
  run_session (shell, SESSION_OF_ALL);
  file = save (shell, "round.pcapng");
  swb_recording_window_open_file (window, file);
  shell_wait (is_on (window, "content"));

  assert_same_panes (shell->bench, swb_recording_window_get_bench (window));
  strip = SWB_PANE_STRIP (find (window, SWB_TYPE_PANE_STRIP, 0));
  g_assert_cmpuint (swb_pane_strip_get_n_views (strip), ==, 5);
  shell_wait (swb_journal_view_get_n_shown (
                  SWB_JOURNAL_VIEW (find (window, SWB_TYPE_JOURNAL_VIEW, 0)))
              == count_rows (swb_bench_get_journal (shell->bench)));
  title = ADW_WINDOW_TITLE (find (window, ADW_TYPE_WINDOW_TITLE, 0));
  g_assert_cmpstr (adw_window_title_get_title (title), ==, "round.pcapng");
  g_assert_cmpstr (adw_window_title_get_subtitle (title), ==, "Recording, read-only");
  close_window (window);
}

static void
test_read_only (Shell *shell, gconstpointer data)
{
  const char *const calls[] = { "pane.socket", "pane.bind",       "pane.close",
                                "pane.start",  "pane.close-pane", "pane.call-anyway" };
  SwbRecordingWindow *window = make_window ();
  g_autoptr (GFile) file = NULL;
  GtkWidget *card;

  g_test_summary (
      "Nothing in the window of a recording can call anything: it is not there");
  run_session (shell, SESSION_OF_ALL);
  file = save (shell, "read-only.pcapng");
  swb_recording_window_open_file (window, file);
  shell_wait (is_on (window, "content"));
  shell_wait (is_seen (find (window, SWB_TYPE_PANE_VIEW, 0)));

  card = find (window, SWB_TYPE_PANE_VIEW, 0);
  g_assert_false (is_seen (shell_find (card, SWB_TYPE_CALL_BAR, 0)));
  g_assert_false (is_seen (shell_find (card, SWB_TYPE_COMPOSER, 0)));
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    g_assert_false (gtk_widget_activate_action (
        card, calls[i], g_str_has_suffix (calls[i], "anyway") ? "s" : NULL, "bind"));
  g_assert_true (is_seen (shell_find (card, SWB_TYPE_ADDRESS_ROW, 0)));
  for (guint i = 0;; i++)
    {
      GtkWidget *entry = shell_find (card, GTK_TYPE_ENTRY, i);

      if (entry == NULL)
        break;
      g_assert_true (!is_seen (entry) || !gtk_editable_get_editable (GTK_EDITABLE (entry)));
    }
  g_assert_false (g_action_group_has_action (G_ACTION_GROUP (window), "new-socket"));
  g_assert_false (g_action_group_has_action (G_ACTION_GROUP (window), "close-pane"));
  close_window (window);
}

static SwbFollowWindow *
find_follow_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SWB_IS_FOLLOW_WINDOW (window))
        return SWB_FOLLOW_WINDOW (window);
    }
  return NULL;
}

/* What it shows of a conversation in which as much was sent as came. */
static void
assert_follows (guint64 n_bytes)
{
  SwbFollowWindow *window = find_follow_window ();

  g_assert_nonnull (window);
  shell_wait (swb_conversation_index_get_n_bytes (swb_follow_window_get_index (window),
                                                  SWB_CONVERSATION_BOTH)
              == n_bytes);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_follow (Shell *shell, gconstpointer data)
{
  SwbRecordingWindow *window = make_window ();
  g_autoptr (GFile) file = NULL;
  GtkWidget *journal;
  guint64 sent = 0;
  SwbJournal *recorded;

  g_test_summary (
      "A conversation of a recording is followed from its pane, and from a row");
  run_session (shell, SESSION_OF_ALL);
  file = save (shell, "follow.pcapng");
  swb_recording_window_open_file (window, file);
  shell_wait (is_on (window, "content"));
  shell_wait (is_seen (find (window, SWB_TYPE_PANE_VIEW, 1)));

  g_assert_true (gtk_widget_activate_action (find (window, SWB_TYPE_PANE_VIEW, 1),
                                             "pane.follow", NULL));
  assert_follows (2 * strlen ("hello"));

  journal = find (window, SWB_TYPE_JOURNAL_VIEW, 0);
  recorded = swb_bench_get_journal (swb_recording_window_get_bench (window));
  while (swb_journal_peek_entry (recorded, sent)->what != SWB_CALL_SEND)
    sent++;
  swb_journal_view_show_record (SWB_JOURNAL_VIEW (journal), sent);
  g_assert_true (gtk_widget_activate_action (journal, "journal.follow", NULL));
  assert_follows (2 * strlen ("hello"));
  close_window (window);
}

static void
assert_refused (const char *name, const char *text, const char *told)
{
  SwbRecordingWindow *window = make_window ();
  g_autoptr (GFile) file = shell_write (name, text);

  swb_recording_window_open_file (window, file);
  shell_wait (is_on (window, "failed"));
  g_test_message ("%s", get_failure (window));
  g_assert_nonnull (strstr (get_failure (window), told));
  g_assert_null (swb_recording_window_get_bench (window));
  close_window (window);
}

static void
test_bad_files (Shell *shell, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) gone = NULL;
  SwbRecordingWindow *window;
  gsize length;

  g_test_summary ("What is no recording, cut off, or gone is told of in the window");
  assert_refused ("not.pcapng", "this is <b>not</b> a recording at all\n", "not.pcapng");
  assert_refused ("empty.pcapng", "", "empty.pcapng");

  run_session (shell, SESSION);
  file = save (shell, "cut.pcapng");
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (g_file_peek_path (file), bytes,
                                      (gssize)(length - length / 3 - 1), NULL));
  window = make_window ();
  swb_recording_window_open_file (window, file);
  shell_wait (is_on (window, "failed"));
  g_test_message ("%s", get_failure (window));
  g_assert_nonnull (strstr (get_failure (window), "cut.pcapng"));
  g_assert_true (g_regex_match_simple ("[0-9]{3,}", get_failure (window), 0, 0));
  close_window (window);

  gone = g_file_new_build_filename (g_get_user_data_dir (), "nowhere.pcapng", NULL);
  window = make_window ();
  swb_recording_window_open_file (window, gone);
  shell_wait (is_on (window, "failed"));
  g_assert_nonnull (strstr (get_failure (window), "nowhere.pcapng"));
  close_window (window);
}

static void
test_cancel (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file = NULL;

  g_test_summary ("A window that is closed while it reads leaves nothing behind");
  run_session (shell, SESSION);
  file = save (shell, "cancel.pcapng");
  for (guint turns = 0; turns < 4; turns++)
    {
      SwbRecordingWindow *window = make_window ();

      swb_recording_window_open_file (window, file);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      gtk_window_close (GTK_WINDOW (window));
      support_finalize (window);
    }
}

static void
test_session (Shell *shell, gconstpointer data)
{
  SwbRecordingWindow *window = make_window ();

  g_test_summary ("The journal of a session that goes on opens as it is by now");
  run_session (shell, SESSION);
  swb_bench_catch_up (shell->bench);
  swb_recording_window_open_session (
      window, swb_journal_get_folder (swb_bench_get_journal (shell->bench)));
  shell_wait (is_on (window, "content"));
  assert_same_panes (shell->bench, swb_recording_window_get_bench (window));
  g_assert_true (
      g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (window)), "Session of"));
  close_window (window);

  window = make_window ();
  swb_recording_window_open_session (window, g_get_user_data_dir ());
  shell_wait (is_on (window, "failed"));
  close_window (window);
}

static SwbRecordingWindow *
find_window (void)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (shell_get_application ()));

  for (GList *l = windows; l != NULL; l = l->next)
    if (SWB_IS_RECORDING_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
test_opener (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) bench = shell_write ("opened.bench", "pane x AF_UNIX SOCK_DGRAM 0\n");
  g_autoptr (GFile) recording = NULL;
  GFile *files[2];
  SwbRecordingWindow *window;

  g_test_summary ("Opened together, a bench goes to the window, a recording gets its own");
  run_session (shell, SESSION);
  recording = save (shell, "opened.any");
  files[0] = recording;
  files[1] = bench;
  swb_opener_open_files (shell_get_application (), shell->window, files, 2);
  shell_wait (find_window () != NULL && is_on (find_window (), "content"));
  shell_wait (swb_bench_find_pane (shell->bench, "x") != NULL);
  g_assert_cmpuint (shell_get_n_panes (shell), ==, 1);
  window = g_object_ref (find_window ());
  close_window (window);
}

static void
test_folder (Shell *shell, gconstpointer data)
{
  SwbRecordingWindow *window;
  g_autoptr (GFile) folder = NULL;

  g_test_summary ("The folder of a journal opens as a recording, too");
  run_session (shell, SESSION);
  folder
      = g_file_new_for_path (swb_journal_get_folder (swb_bench_get_journal (shell->bench)));
  swb_opener_open (shell_get_application (), shell->window, folder);
  shell_wait (find_window () != NULL && is_on (find_window (), "content"));
  window = g_object_ref (find_window ());
  close_window (window);
}

static GtkDropTarget *
find_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static void
test_drop (Shell *shell, gconstpointer data)
{
  GtkWidget *toasts = shell_find (GTK_WIDGET (shell->window), ADW_TYPE_TOAST_OVERLAY, 0);
  g_autoptr (GFile) recording = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  SwbRecordingWindow *window;
  gboolean taken = FALSE;
  GSList files = { 0 };

  g_test_summary ("A recording that is dropped on the window opens");
  run_session (shell, SESSION);
  recording = save (shell, "dropped.pcapng");
  files.data = recording;
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &files);
  g_signal_emit_by_name (find_target (toasts), "drop", &value, 1.0, 1.0, &taken);
  g_assert_true (taken);
  shell_wait (find_window () != NULL && is_on (find_window (), "content"));
  window = g_object_ref (find_window ());
  close_window (window);
}

static SwbFileKind
guess (const char *name, const char *text)
{
  return swb_file_kind_guess (name, (const guint8 *)text, strlen (text));
}

static void
test_kinds (Shell *shell, gconstpointer data)
{
  g_test_summary ("A file is told by its ending, or else by its first bytes");
  g_assert_cmpint (guess ("x.bench", "{\"json\": 1}"), ==, SWB_FILE_BENCH);
  g_assert_cmpint (guess ("x.pcapng", "pane a"), ==, SWB_FILE_RECORDING);
  g_assert_cmpint (guess (NULL, ""), ==, SWB_FILE_BENCH);
  g_assert_cmpint (guess ("x", "# a bench\npane a AF_INET SOCK_STREAM 0 \"x (y)\"\n"), ==,
                   SWB_FILE_BENCH);
  g_assert_cmpint (guess ("x", " \n{\"position\":0}\n"), ==, SWB_FILE_RECORDING);
  g_assert_cmpint (guess ("x", "\x0a\x0d\x0d\x0a"), ==, SWB_FILE_RECORDING);
  g_assert_cmpint (guess ("x", "\xd4\xc3\xb2\xa1"), ==, SWB_FILE_RECORDING);
  g_assert_cmpint (guess ("x", "\xa1\xb2\x3c\x4d"), ==, SWB_FILE_RECORDING);
  g_assert_cmpint (guess ("x", "\xd4\xc3\xb2"), ==, SWB_FILE_BENCH);
  g_assert_cmpint (
      guess ("x", "12 1700000000.123456 socket(AF_INET, SOCK_STREAM, 0) = 3 <0.1>\n"), ==,
      SWB_FILE_RECORDING);
  g_assert_cmpint (guess ("x", "[pid  12] 14:02:03.5 close(3) = 0\n"), ==,
                   SWB_FILE_RECORDING);
  g_assert_cmpint (guess ("x", "connect(3, {sa_family=AF_UNIX}, 110) = 0\n"), ==,
                   SWB_FILE_RECORDING);
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);

#define ADD(name)                                                                          \
  g_test_add ("/recording-window/" #name, Shell, NULL, shell_set_up, test_##name,          \
              shell_tear_down)
  ADD (round_trip);
  ADD (read_only);
  ADD (follow);
  ADD (bad_files);
  ADD (cancel);
  ADD (session);
  ADD (opener);
  ADD (folder);
  ADD (drop);
  ADD (kinds);
#undef ADD

  return g_test_run ();
}
