/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include <glib/gstdio.h>

#include "app/conversation/swb-conversation.h"
#include "app/journal/swb-journal-view.h"

static gboolean
shows (Shell *shell, const char *page)
{
  GtkWidget *paned = shell_find (GTK_WIDGET (shell->window), GTK_TYPE_PANED, 0);
  GtkWidget *stack = shell_find (paned, GTK_TYPE_STACK, 0);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), page) == 0;
}

static guint64
get_n_records (Shell *shell)
{
  return swb_journal_get_n_records (swb_bench_get_journal (shell->bench));
}

static void
undo_last (Shell *shell, guint32 id)
{
  shell_activate (shell, "undo", g_variant_new_uint32 (id));
}

static void
test_empty (Shell *shell, gconstpointer data)
{
  g_test_summary ("A new window offers what to begin with, and nothing that needs a pane");
  g_assert_true (shows (shell, "empty"));
  g_assert_cmpuint (shell_get_n_panes (shell), ==, 0);
  g_assert_true (shell_is_enabled (shell, "new-socket"));
  g_assert_true (shell_is_enabled (shell, "open"));
  g_assert_false (shell_is_enabled (shell, "save"));
  g_assert_false (shell_is_enabled (shell, "close-pane"));
  g_assert_false (shell_can_run (shell));
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "");
}

static void
test_pair (Shell *shell, gconstpointer data)
{
  g_autoptr (GPtrArray) drafts = NULL;
  const char *const pairs[] = { "tcp", "udp", "unix" };

  g_test_summary ("One click makes two panes with their entries filled, and calls nothing");
  shell_activate (shell, "pair", g_variant_new_string (pairs[GPOINTER_TO_UINT (data)]));
  shell_wait (shell_get_n_panes (shell) == 2);
  g_assert_true (shows (shell, "panes"));
  g_assert_cmpuint (swb_pane_strip_get_n_views (shell_get_strip (shell)), ==, 2);
  drafts = swb_pane_view_dup_drafts (swb_pane_strip_get_view (shell_get_strip (shell), 0),
                                     FALSE);
  g_assert_cmpuint (drafts->len, >, 0);
  g_assert_true (g_str_has_prefix (drafts->pdata[0], "server bind "));
  shell_wait (swb_pane_strip_get_current (shell_get_strip (shell)) != NULL);
  g_assert_true (swb_pane_strip_get_current (shell_get_strip (shell))
                 == swb_pane_strip_get_view (shell_get_strip (shell), 0));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SwbPane) pane
          = g_list_model_get_item (swb_bench_get_panes (shell->bench), i);

      g_assert_cmpuint (swb_pane_get_n_calls (pane), ==, 0);
    }
}

static void
test_close_pane (Shell *shell, gconstpointer data)
{
  g_test_summary ("A closed pane comes back by undo, with title, role and address");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  shell_wait (swb_pane_strip_get_current (shell_get_strip (shell)) != NULL);
  g_signal_emit_by_name (swb_pane_strip_get_view (shell_get_strip (shell), 0),
                         "close-requested");
  shell_wait (shell_get_n_panes (shell) == 1);
  g_assert_null (swb_bench_find_pane (shell->bench, "server"));

  undo_last (shell, 1);
  shell_wait (shell_get_n_panes (shell) == 2);
  g_assert_cmpstr (swb_pane_get_title (swb_bench_find_pane (shell->bench, "server")), ==,
                   "TCP server");
  {
    g_autoptr (GPtrArray) drafts = swb_pane_view_dup_drafts (
        swb_pane_strip_get_view (shell_get_strip (shell), 0), FALSE);

    g_assert_cmpstr (drafts->pdata[0], ==, "server bind 127.0.0.1:7000");
  }
  undo_last (shell, 1);
}

static guint
count_turns (Shell *shell, guint view)
{
  GtkWidget *card = GTK_WIDGET (swb_pane_strip_get_view (shell_get_strip (shell), view));
  GtkWidget *list
      = shell_find (shell_find (card, SWB_TYPE_CONVERSATION, 0), GTK_TYPE_LIST_VIEW, 0);

  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

static void
run_line (Shell *shell, const char *line)
{
  g_autoptr (GError) error = NULL;

  swb_bench_run_text (shell->bench, &error, "%s", line);
  g_assert_no_error (error);
}

static void
test_undo_whole (Shell *shell, gconstpointer data)
{
  SwbPane *server;
  guint id, n_turns;

  g_test_summary ("Undo brings the same pane back: its place, its number and colour, its "
                  "conversation, its settings; and the toast goes");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  run_line (shell, "server bind 127.0.0.1:0");
  run_line (shell, "server listen");
  run_line (shell, "server reply echo");
  run_line (shell, "client connect server");
  run_line (shell, "client send \"hello\"");
  server = swb_bench_find_pane (shell->bench, "server");
  id = swb_pane_get_id (server);
  shell_wait (count_turns (shell, 0) == 3);
  n_turns = count_turns (shell, 0);

  g_signal_emit_by_name (swb_pane_strip_get_view (shell_get_strip (shell), 0),
                         "close-requested");
  shell_wait (shell_get_n_panes (shell) == 1);
  shell_wait (shell_shows (shell, "Closed “TCP server”"));
  undo_last (shell, 1);
  shell_wait (shell_get_n_panes (shell) == 2);
  server = swb_bench_find_pane (shell->bench, "server");
  g_assert_cmpuint (swb_pane_get_id (server), ==, id);
  g_assert_true (
      swb_pane_view_get_pane (swb_pane_strip_get_view (shell_get_strip (shell), 0))
      == server);
  shell_wait (count_turns (shell, 0) > n_turns);
  shell_wait (swb_pane_get_reply (server) == SWB_REPLY_ECHO);
  shell_wait (!shell_shows (shell, "Closed “TCP server”"));

  /* It works as before, and its connections are numbered on. */
  run_line (shell, "server bind 127.0.0.1:0");
  run_line (shell, "server listen");
  run_line (shell, "client close");
  run_line (shell, "client connect server");
  shell_wait (swb_pane_get_n_accepted (server) == 2);
  shell_wait (swb_connection_get_fd (swb_pane_find_connection (server, 2)) >= 0);
}

static void
test_undo_named (Shell *shell, gconstpointer data)
{
  g_test_summary ("A pane whose name another has by now comes back under a free one");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  g_signal_emit_by_name (swb_pane_strip_get_view (shell_get_strip (shell), 0),
                         "close-requested");
  shell_wait (shell_get_n_panes (shell) == 1);
  run_line (shell, "pane server AF_UNIX SOCK_DGRAM 0");
  shell_wait (shell_get_n_panes (shell) == 2);
  undo_last (shell, 1);
  shell_wait (swb_bench_find_pane (shell->bench, "server2") != NULL);
  g_assert_cmpint (swb_pane_get_domain (swb_bench_find_pane (shell->bench, "server2")), ==,
                   AF_INET);
  g_assert_cmpint (swb_pane_get_domain (swb_bench_find_pane (shell->bench, "server")), ==,
                   AF_UNIX);
}

static void
test_undo_stalled (Shell *shell, gconstpointer data)
{
  g_test_summary (
      "A display that stands still while a toast slides in and out is survived");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  g_signal_emit_by_name (swb_pane_strip_get_view (shell_get_strip (shell), 0),
                         "close-requested");
  shell_wait (shell_shows (shell, "Closed “TCP server”"));
  undo_last (shell, 1);
  for (guint i = 0; i < 8; i++)
    {
      g_usleep (450 * 1000);
      g_main_context_iteration (NULL, FALSE);
    }
  shell_wait (!shell_shows (shell, "Closed “TCP server”"));
}

static void
test_arrival (Shell *shell, gconstpointer data)
{
  GtkWidget *view;

  g_test_summary (
      "A pane that a peer made, by sending a socket, takes the focus from nobody");
  run_line (shell, "pane p AF_UNIX SOCK_DGRAM 0");
  shell_wait (swb_pane_strip_get_current (shell_get_strip (shell)) != NULL);
  run_line (shell, "pane q AF_UNIX SOCK_DGRAM 0");
  shell_wait (shell_get_n_panes (shell) == 2);
  view = GTK_WIDGET (swb_pane_strip_get_view (shell_get_strip (shell), 1));
  shell_wait (GTK_WIDGET (swb_pane_strip_get_current (shell_get_strip (shell))) == view);
  run_line (shell, "p socketpair q");
  run_line (shell, "q recv manual");
  run_line (shell, "p sendmsg fd p \"x\"");
  run_line (shell, "q recvmsg");
  shell_wait (shell_get_n_panes (shell) == 3);
  for (guint i = 0; i < 20; i++)
    shell_turn ();
  g_assert_true (swb_pane_strip_get_current (shell_get_strip (shell))
                 == SWB_PANE_VIEW (view));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (shell->window)), view));
}

static void
test_close_all (Shell *shell, gconstpointer data)
{
  g_test_summary ("Ctrl+W closes panes until the window is as it was in the beginning");
  shell_activate (shell, "pair", g_variant_new_string ("unix"));
  shell_wait (shell_get_n_panes (shell) == 2);
  shell_wait (swb_pane_strip_get_current (shell_get_strip (shell)) != NULL);
  while (shell_get_n_panes (shell) > 0)
    {
      guint n_panes = shell_get_n_panes (shell);
      SwbPaneView *view = swb_pane_strip_get_current (shell_get_strip (shell));

      g_object_add_weak_pointer (G_OBJECT (view), (gpointer *)&view);
      shell_activate (shell, "close-pane", NULL);
      shell_wait (shell_get_n_panes (shell) == n_panes - 1);
      shell_wait (view == NULL);
    }
  g_assert_true (shows (shell, "empty"));
  g_assert_false (shell_is_enabled (shell, "close-pane"));
}

static void
test_open (Shell *shell, gconstpointer data)
{
  guint64 n_records;

  g_test_summary (
      "Opening a file makes its panes and offers its steps; running carries them out");
  shell_open_text (shell, "echo.bench", SHELL_ECHO);
  shell_wait (shell_can_run (shell));
  g_assert_cmpuint (shell_get_n_panes (shell), ==, 2);
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "echo.bench");
  g_assert_cmpstr (swb_bench_bar_get_text (shell_get_bar (shell)), ==,
                   "echo.bench has 6 steps");
  g_assert_cmpint (swb_pane_get_role (swb_bench_find_pane (shell->bench, "server")), ==,
                   SWB_ROLE_SERVER);

  n_records = get_n_records (shell);
  shell_activate (shell, "run-bench", NULL);
  g_assert_true (shell_is_enabled (shell, "stop-bench"));
  shell_wait (!shell_is_enabled (shell, "stop-bench"));
  g_assert_cmpstr (swb_bench_bar_get_text (shell_get_bar (shell)), ==,
                   "echo.bench: all 6 steps were carried out");
  g_assert_cmpuint (get_n_records (shell), >, n_records);
  g_assert_cmpuint (swb_pane_get_n_received (swb_bench_find_pane (shell->bench, "client")),
                    ==, 5);
}

static void
test_failing (Shell *shell, gconstpointer data)
{
  g_test_summary (
      "A step that fails is told with its line, what was expected and what came");
  shell_open_text (shell, "fail.bench",
                   "pane a AF_UNIX SOCK_STREAM 0\npane b AF_UNIX SOCK_STREAM 0\n"
                   "a socketpair b\na send \"x\"\nb expect recv \"y\" within 1s\n");
  shell_wait (shell_can_run (shell));
  shell_activate (shell, "run-bench", NULL);
  shell_wait (!shell_is_enabled (shell, "stop-bench"));
  g_test_message ("%s", swb_bench_bar_get_text (shell_get_bar (shell)));
  g_assert_true (
      g_str_has_prefix (swb_bench_bar_get_text (shell_get_bar (shell)), "Line 5 failed"));
  g_assert_nonnull (strstr (swb_bench_bar_get_text (shell_get_bar (shell)), "\"y\""));
}

static void
test_stopped (Shell *shell, gconstpointer data)
{
  g_test_summary ("A run that waits can be stopped");
  shell_open_text (shell, "wait.bench",
                   "pane a AF_INET SOCK_STREAM 0\na socket\nwait 60s\na close\n");
  shell_wait (shell_can_run (shell));
  shell_activate (shell, "run-bench", NULL);
  shell_wait (
      g_str_has_prefix (swb_bench_bar_get_text (shell_get_bar (shell)), "Step 2 of 3"));
  shell_activate (shell, "stop-bench", NULL);
  g_assert_false (shell_is_enabled (shell, "stop-bench"));
  g_assert_cmpstr (swb_bench_bar_get_text (shell_get_bar (shell)), ==,
                   "wait.bench was stopped at step 2 of 3");
}

static void
test_mistakes (Shell *shell, gconstpointer data)
{
  GtkWidget *list;

  g_test_summary (
      "A file with mistakes is not opened, they are listed, and nothing is lost");
  shell_activate (shell, "pair", g_variant_new_string ("udp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  shell_open_text (shell, "bad.bench",
                   "pane x AF_INET SOCK_STREAM 0\nx bind 127.0.0.1:65536\nz listen\n");
  shell_wait (
      g_str_has_prefix (swb_bench_bar_get_text (shell_get_bar (shell)), "bad.bench"));
  g_assert_cmpstr (swb_bench_bar_get_text (shell_get_bar (shell)), ==,
                   "bad.bench was not opened: it has 2 mistakes");
  list = shell_find (GTK_WIDGET (shell_get_bar (shell)), GTK_TYPE_LIST_BOX, 0);
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2));
  g_assert_cmpuint (shell_get_n_panes (shell), ==, 2);
  g_assert_nonnull (swb_bench_find_pane (shell->bench, "server"));
  g_assert_cmpstr (shell_get_subtitle (shell), !=, "bad.bench");
}

static void
test_hostile (Shell *shell, gconstpointer data)
{
  g_autoptr (GString) long_line = g_string_new ("pane x AF_INET ");
  const char *const texts[] = {
    "\x01\xff\xfe\x80 pane\n\xe2\x80\xae <b>x</b>\n",
    "<span foreground='red'>pane</span> x\n",
    NULL,
  };

  g_test_summary (
      "Bytes that are no text, markup and endless lines end in a list of mistakes");
  for (guint i = 0; i < 2 * 1024 * 1024; i++)
    g_string_append_c (long_line, 'A');
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      swb_bench_bar_dismiss (shell_get_bar (shell));
      shell_open_text (shell,
                       i == 0   ? "a.bench"
                       : i == 1 ? "b.bench"
                                : "c.bench",
                       texts[i] != NULL ? texts[i] : long_line->str);
      shell_wait (strstr (swb_bench_bar_get_text (shell_get_bar (shell)),
                          i == 0   ? "a.bench was not opened"
                          : i == 1 ? "b.bench was not opened"
                                   : "c.bench was not opened")
                  != NULL);
    }
  g_assert_cmpuint (shell_get_n_panes (shell), ==, 0);
}

static void
test_replace (Shell *shell, gconstpointer data)
{
  g_test_summary ("Opening over panes closes them, and undo brings them back");
  shell_activate (shell, "pair", g_variant_new_string ("unix"));
  shell_wait (shell_get_n_panes (shell) == 2);
  shell_open_text (shell, "echo.bench", SHELL_ECHO);
  shell_wait (shell_can_run (shell));
  g_assert_cmpint (swb_pane_get_domain (swb_bench_find_pane (shell->bench, "server")), ==,
                   AF_INET);
  g_assert_cmpuint (shell_get_n_panes (shell), ==, 2);

  undo_last (shell, 1);
  shell_wait (swb_bench_find_pane (shell->bench, "server") != NULL
              && swb_pane_get_domain (swb_bench_find_pane (shell->bench, "server"))
                     == AF_UNIX);
  shell_wait (shell_get_n_panes (shell) == 2);
  shell_wait (strstr (shell_get_subtitle (shell), "echo.bench") == NULL);
}

static void
test_save (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file = shell_write ("kept.bench", SHELL_ECHO);
  g_autofree char *text = NULL;

  g_test_summary ("A change marks the title until it is saved; comments survive");
  swb_window_open (shell->window, file);
  shell_wait (shell_can_run (shell));
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "kept.bench");
  g_assert_cmpuint (
      swb_bench_run_text (shell->bench, NULL, "pane extra AF_UNIX SOCK_DGRAM 0"), !=, 0);
  shell_wait (g_str_equal (shell_get_subtitle (shell), "• kept.bench"));
  shell_activate (shell, "save", NULL);
  shell_wait (g_str_equal (shell_get_subtitle (shell), "kept.bench"));

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "# an echo\n"));
  g_assert_nonnull (strstr (text, "pane extra AF_UNIX SOCK_DGRAM 0"));
}

static void
test_small (Shell *shell, gconstpointer data)
{
  int width, height;

  g_test_summary ("With two panes and the journal the window still can be small");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_find (GTK_WIDGET (shell->window), SWB_TYPE_JOURNAL_VIEW, 0) != NULL);
  gtk_widget_measure (GTK_WIDGET (shell->window), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                      NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (shell->window), GTK_ORIENTATION_VERTICAL, width, &height,
                      NULL, NULL, NULL);
  g_test_message ("at least %d × %d pixels", width, height);
  g_assert_cmpint (width, <=, 400);
  g_assert_cmpint (height, <=, 480);
}

static void
test_unwritable (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file = shell_write ("gone/../gone.bench", SHELL_ECHO);
  GtkWidget *toast;

  g_test_summary ("A bench that cannot be saved is told of and stays marked");
  swb_window_open (shell->window, file);
  shell_wait (shell_can_run (shell));
  g_assert_cmpint (g_remove (g_file_peek_path (file)), ==, 0);
  g_assert_cmpint (g_mkdir (g_file_peek_path (file), 0700), ==, 0);
  shell_activate (shell, "save", NULL);
  toast = NULL;
  shell_wait ((toast = shell_find (GTK_WIDGET (shell->window),
                                   g_type_from_name ("AdwToastWidget"), 0))
              != NULL);
  g_assert_nonnull (toast);
}

static void
test_last_bench (Shell *shell, gconstpointer data)
{
  GSettings *settings = swb_application_get_settings (shell_get_application ());
  g_autofree char *path = NULL;
  Shell second = { 0 };

  g_test_summary (
      "What was on the bench when the window closed comes back, unless unwanted");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  gtk_window_close (GTK_WINDOW (shell->window));
  path = g_settings_get_string (settings, "last-bench");
  g_assert_true (g_str_has_suffix (path, "last.bench"));

  second.window = SWB_WINDOW (swb_window_new (shell_get_application ()));
  second.bench = swb_window_get_bench (second.window);
  g_object_ref (second.window);
  gtk_window_present (GTK_WINDOW (second.window));
  swb_window_reopen_last (second.window);
  shell_wait (shell_get_n_panes (&second) == 2);
  shell_wait (shell_can_run (&second));
  g_assert_cmpstr (shell_get_subtitle (&second), ==, "• Not saved");
  shell_tear_down (&second, NULL);

  g_settings_set_boolean (settings, "reopen-last-bench", FALSE);
  second.window = SWB_WINDOW (swb_window_new (shell_get_application ()));
  second.bench = swb_window_get_bench (second.window);
  g_object_ref (second.window);
  swb_window_reopen_last (second.window);
  for (guint i = 0; i < 10; i++)
    shell_turn ();
  g_assert_cmpuint (shell_get_n_panes (&second), ==, 0);
  shell_tear_down (&second, NULL);
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);

#define ADD(name)                                                                          \
  g_test_add ("/window/" #name, Shell, NULL, shell_set_up, test_##name, shell_tear_down)
  ADD (empty);
  g_test_add ("/window/pair/tcp", Shell, GUINT_TO_POINTER (0), shell_set_up, test_pair,
              shell_tear_down);
  g_test_add ("/window/pair/udp", Shell, GUINT_TO_POINTER (1), shell_set_up, test_pair,
              shell_tear_down);
  g_test_add ("/window/pair/unix", Shell, GUINT_TO_POINTER (2), shell_set_up, test_pair,
              shell_tear_down);
  ADD (close_pane);
  ADD (undo_whole);
  ADD (undo_named);
  ADD (undo_stalled);
  ADD (arrival);
  ADD (close_all);
  ADD (open);
  ADD (failing);
  ADD (stopped);
  ADD (mistakes);
  ADD (hostile);
  ADD (replace);
  ADD (save);
  ADD (small);
  ADD (unwritable);
  ADD (last_bench);
#undef ADD

  return g_test_run ();
}
