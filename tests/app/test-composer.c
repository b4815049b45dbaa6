/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/composer/swb-compose-text.h"
#include "app/composer/swb-composer.h"
#include "app/composer/swb-history.h"
#include "composer-fixture.h"

#include <glib/gstdio.h>
#include <sys/socket.h>

static gboolean
press_key (GtkWidget *composer, guint keyval)
{
  g_autoptr (GListModel) controllers
      = gtk_widget_observe_controllers (pane_find (composer, GTK_TYPE_TEXT_VIEW, 0));
  guint n = g_list_model_get_n_items (controllers);
  gboolean taken = FALSE;

  for (guint i = 0; i < n && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &taken);
    }
  return taken;
}

static void
assert_selected (GtkWidget *composer, int from, int to)
{
  GtkWidget *view = pane_find (composer, GTK_TYPE_TEXT_VIEW, 0);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start;
  GtkTextIter end;

  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, from);
  g_assert_cmpint (gtk_text_iter_get_offset (&end), ==, to);
}

static void
test_text (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;

  g_test_summary ("Text goes out with escapes, line end and encoding");
  composer_desk_set_up (&desk, fixture);
  composer_assert_sends (fixture, desk.composer, "hello\\x00", "hello\0\n", 7);
  gtk_widget_activate_action (desk.composer, "format.line-end", "s", "3");
  composer_assert_sends (fixture, desk.composer, "a", "a\r\n", 3);
  gtk_widget_activate_action (desk.composer, "format.line-end", "s", "0");
  gtk_widget_activate_action (desk.composer, "format.encoding", "s", "1");
  composer_assert_sends (fixture, desk.composer, "\303\244", "\344", 1);
  composer_desk_tear_down (&desk, fixture);
}

static void
test_lines (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;

  g_test_summary ("Lines end as was chosen; a mistake in the second is found there");
  composer_desk_set_up (&desk, fixture);
  composer_assert_sends (fixture, desk.composer, "a\nb", "a\nb\n", 4);
  gtk_widget_activate_action (desk.composer, "format.line-end", "s", "3");
  composer_assert_sends (fixture, desk.composer, "a\n\nb", "a\r\n\r\nb\r\n", 8);

  pane_write (desk.composer, "a\n\\q");
  g_assert_true (press_key (desk.composer, GDK_KEY_Return));
  g_assert_true (composer_is_wrong (desk.composer));
  assert_selected (desk.composer, 2, 3);
  composer_desk_tear_down (&desk, fixture);
}

static void
test_hex (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;

  g_test_summary ("Hex goes out as bytes; a stray digit is shown where it stands");
  composer_desk_set_up (&desk, fixture);
  composer_choose_mode (desk.composer, 1);
  composer_assert_sends (fixture, desk.composer, "00 ff,0a", "\0\377\n", 3);

  pane_write (desk.composer, "00 g1");
  pane_press (desk.composer, "send");
  g_assert_true (composer_is_wrong (desk.composer));
  assert_selected (desk.composer, 3, 4);
  composer_assert_text (desk.composer, "00 g1");
  pane_write (desk.composer, "00");
  g_assert_false (composer_is_wrong (desk.composer));
  composer_desk_tear_down (&desk, fixture);
}

static void
test_file (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;
  g_autofree char *path = g_build_filename (fixture->folder, "payload", NULL);

  g_test_summary ("A file goes out whole");
  g_assert_true (g_file_set_contents (path, "one\0two", 7, NULL));
  composer_desk_set_up (&desk, fixture);
  composer_choose_mode (desk.composer, 2);
  composer_assert_sends (fixture, desk.composer, path, "one\0two", 7);
  composer_desk_tear_down (&desk, fixture);
  g_unlink (path);
}

static void
problem_cb (SwbPaneRunner *runner, const char *message, char **kept)
{
  g_free (*kept);
  *kept = g_strdup (message);
}

static void
test_missing_file (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;
  g_autofree char *problem = NULL;
  SwbCall failed;

  g_test_summary ("A file that is not there is told, and nothing is sent");
  composer_desk_set_up (&desk, fixture);
  g_signal_connect (desk.runner, "problem", G_CALLBACK (problem_cb), &problem);
  composer_choose_mode (desk.composer, 2);
  pane_write (desk.composer, "/nonexistent/payload");
  pane_press (desk.composer, "send");
  pane_wait ((failed = swb_pane_get_failure (desk.client)->call) != SWB_CALL_NONE
             || problem != NULL);
  g_assert_cmpuint (swb_pane_get_n_sent (desk.client), ==, 0);
  composer_desk_tear_down (&desk, fixture);
}

static void
test_history (PaneFixture *fixture, gconstpointer data)
{
  ComposerDesk desk;

  g_test_summary ("Up and Down walk through what was sent, and back to the draft");
  composer_desk_set_up (&desk, fixture);
  g_assert_false (press_key (desk.composer, GDK_KEY_Up));
  composer_assert_sends (fixture, desk.composer, "one", "one\n", 4);
  composer_choose_mode (desk.composer, 1);
  composer_assert_sends (fixture, desk.composer, "02", "\2", 1);
  pane_write (desk.composer, "draft");
  g_assert_true (press_key (desk.composer, GDK_KEY_Up));
  composer_assert_text (desk.composer, "02");
  g_assert_true (press_key (desk.composer, GDK_KEY_Up));
  composer_assert_text (desk.composer, "one");
  g_assert_false (press_key (desk.composer, GDK_KEY_Up));
  g_assert_true (press_key (desk.composer, GDK_KEY_Down));
  g_assert_true (press_key (desk.composer, GDK_KEY_Down));
  composer_assert_text (desk.composer, "draft");
  g_assert_false (press_key (desk.composer, GDK_KEY_Down));
  composer_desk_tear_down (&desk, fixture);
}

static void
test_history_limit (void)
{
  SwbHistory *history = swb_history_new ();
  const SwbHistoryEntry *entry = NULL;

  g_test_summary ("The history keeps its limit and forgets the oldest");
  g_assert_null (swb_history_walk (history, -1, 0, "draft"));
  for (guint i = 0; i <= SWB_HISTORY_MAX; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      swb_history_add (history, i, text);
    }
  for (guint i = 0; i < SWB_HISTORY_MAX; i++)
    entry = swb_history_walk (history, -1, 0, "draft");
  g_assert_cmpstr (entry->text, ==, "1");
  g_assert_null (swb_history_walk (history, -1, 0, ""));
  for (guint i = 0; i < SWB_HISTORY_MAX; i++)
    entry = swb_history_walk (history, 1, 0, "");
  g_assert_cmpstr (entry->text, ==, "draft");
  g_assert_null (swb_history_walk (history, 1, 0, ""));
  swb_history_free (history);
}

static void
test_unconnected (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *pane = pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");
  SwbPaneRunner *runner = swb_pane_runner_new (fixture->bench, pane);
  GtkWidget *composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  GtkWidget *button;

  g_test_summary ("Without a peer send cannot be pressed and says why");
  swb_composer_set_runner (SWB_COMPOSER (composer), runner);
  pane_show (fixture, composer);
  button = pane_find_button (composer, "send");
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_nonnull (gtk_widget_get_tooltip_text (
      gtk_widget_get_ancestor (button, ADW_TYPE_SPLIT_BUTTON)));

  pane_unshow (fixture, composer);
  g_assert_finalize_object (runner);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/composer/text", test_text);
  pane_test_add ("/composer/lines", test_lines);
  pane_test_add ("/composer/hex", test_hex);
  pane_test_add ("/composer/file", test_file);
  pane_test_add ("/composer/missing-file", test_missing_file);
  pane_test_add ("/composer/history", test_history);
  g_test_add_func ("/composer/history-limit", test_history_limit);
  pane_test_add ("/composer/unconnected", test_unconnected);

  return g_test_run ();
}
