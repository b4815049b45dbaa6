/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include "app/bytes/swb-follow-window.h"
#include "app/journal/swb-journal-view.h"
#include "app/pane/swb-pane-view.h"

/* @found: (out): the last of them */
static guint
count_windows (SwbFollowWindow **found)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!SWB_IS_FOLLOW_WINDOW (window))
        continue;
      *found = SWB_FOLLOW_WINDOW (window);
      n++;
    }
  return n;
}

static void
close_window (void)
{
  SwbFollowWindow *window = NULL;

  g_assert_cmpuint (count_windows (&window), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpuint (count_windows (&window), ==, 0);
}

static void
run (Shell *shell, const char *line)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (swb_bench_run_text (shell->bench, &error, "%s", line), >, 0);
  g_assert_no_error (error);
}

static void
start (Shell *shell)
{
  SwbPane *server;

  run (shell, "pane server AF_UNIX SOCK_STREAM 0");
  run (shell, "pane client AF_UNIX SOCK_STREAM 0");
  run (shell, "server bind \"\"");
  run (shell, "server listen");
  shell_wait (shell_get_n_panes (shell) == 2);
  server = swb_bench_find_pane (shell->bench, "server");
  shell_wait (swb_pane_get_state (server) == SWB_STATE_LISTENING);
  run (shell, "client connect server");
  shell_wait (swb_pane_find_connection (server, 1) != NULL);
  run (shell, "server#1 send \"hello\"");
  shell_wait (swb_pane_get_n_sent (server) == 5);
}

static SwbFollowWindow *
wait_window (guint64 n_sent)
{
  SwbFollowWindow *window = NULL;

  g_assert_cmpuint (count_windows (&window), ==, 1);
  shell_wait (swb_conversation_index_get_n_bytes (swb_follow_window_get_index (window),
                                                  SWB_CONVERSATION_SENT)
              == n_sent);
  return window;
}

static void
test_ways (Shell *shell, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (shell->window);
  GtkWidget *journal;
  guint64 n_records;

  g_test_summary (
      "A conversation is followed from its pane, and from a row of the journal");
  start (shell);
  gtk_widget_activate_action (shell_find (root, SWB_TYPE_PANE_VIEW, 0), "pane.follow",
                              NULL);
  wait_window (5);
  close_window ();

  gtk_widget_activate_action (shell_find (root, SWB_TYPE_PANE_VIEW, 1), "pane.follow",
                              NULL);
  wait_window (0);
  close_window ();

  journal = shell_find (root, SWB_TYPE_JOURNAL_VIEW, 0);
  n_records = swb_journal_get_n_records (swb_bench_get_journal (shell->bench));
  for (guint64 i = 0; i < n_records; i++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (swb_bench_get_journal (shell->bench), i, &record));
      if (record.kind == SWB_RECORD_CALL && record.call == SWB_CALL_SEND)
        swb_journal_view_show_record (SWB_JOURNAL_VIEW (journal), i);
    }
  gtk_widget_activate_action (journal, "journal.follow", NULL);
  wait_window (5);
}

static void
test_goes_along (Shell *shell, gconstpointer data)
{
  SwbFollowWindow *window;

  g_test_summary ("A conversation's window goes with the window of its bench");
  start (shell);
  gtk_widget_activate_action (
      shell_find (GTK_WIDGET (shell->window), SWB_TYPE_PANE_VIEW, 0), "pane.follow", NULL);
  g_assert_cmpuint (count_windows (&window), ==, 1);
  gtk_window_destroy (GTK_WINDOW (shell->window));
  g_assert_cmpuint (count_windows (&window), ==, 0);
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);
  g_test_add ("/follow/ways", Shell, NULL, shell_set_up, test_ways, shell_tear_down);
  g_test_add ("/follow/goes-along", Shell, NULL, shell_set_up, test_goes_along,
              shell_tear_down);
  return g_test_run ();
}
