/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "shell-fixture.h"

#include "app/window/swb-opener.h"

#define OTHER "pane other AF_UNIX SOCK_DGRAM 0\nother socket\n"
#define LONG "pane a AF_INET SOCK_STREAM 0\na socket\nwait 60s\na close\n"
#define WRONG "pane a AF_INET SOCK_STREAM 0\na bind 127.0.0.1:65536\n"

static const char *
get_told (Shell *shell)
{
  return swb_bench_bar_get_text (shell_get_bar (shell));
}

/* As a file, with this text so far. */
static char *
read_text (const char *name)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
open_and_wait (Shell *shell, const char *name, const char *text)
{
  shell_open_text (shell, name, text);
  shell_wait (shell_can_run (shell) && g_str_has_prefix (get_told (shell), name));
}

static void
add_pane (Shell *shell)
{
  g_assert_cmpuint (
      swb_bench_run_text (shell->bench, NULL, "pane extra AF_UNIX SOCK_DGRAM 0"), !=, 0);
}

/* --- the key that runs --- */

static void
test_early_run (Shell *shell, gconstpointer data)
{
  g_test_summary ("F5 that is pressed while the file is being opened runs it then");
  shell_open_text (shell, "echo.bench", SHELL_ECHO);
  g_assert_false (shell_can_run (shell));
  g_assert_true (shell_is_enabled (shell, "run-bench"));
  shell_activate (shell, "run-bench", NULL);
  shell_wait (g_str_equal (get_told (shell), "echo.bench: all 6 steps were carried out"));
}

static void
test_earlier_run (Shell *shell, gconstpointer data)
{
  g_autoptr (GFile) file = shell_write ("echo.bench", SHELL_ECHO);

  g_test_summary ("Also when it is not known yet what kind of file it is; and what was "
                  "there before is not run instead");
  open_and_wait (shell, "other.bench", OTHER);
  swb_opener_open (shell_get_application (), shell->window, file);
  shell_activate (shell, "run-bench", NULL);
  shell_wait (g_str_equal (get_told (shell), "echo.bench: all 6 steps were carried out"));
}

static void
test_early_mistaken (Shell *shell, gconstpointer data)
{
  g_test_summary ("Pressed before a file that has mistakes, it runs nothing else instead");
  open_and_wait (shell, "other.bench", OTHER);
  shell_open_text (shell, "wrong.bench", WRONG);
  shell_activate (shell, "run-bench", NULL);
  shell_wait (
      g_str_equal (get_told (shell), "wrong.bench was not opened: it has 1 mistake"));
  g_assert_true (shell_can_run (shell));
  g_assert_false (shell_is_enabled (shell, "stop-bench"));
}

static void
test_nothing_to_run (Shell *shell, gconstpointer data)
{
  g_test_summary ("Where there is nothing to run, the key says so");
  g_assert_true (shell_is_enabled (shell, "run-bench"));
  shell_activate (shell, "run-bench", NULL);
  shell_wait (shell_shows (shell, "There is nothing to run: open a bench that has steps"));
}

static void
test_run_again (Shell *shell, gconstpointer data)
{
  g_test_summary ("What runs or was run is said to");
  open_and_wait (shell, "long.bench", LONG);
  shell_activate (shell, "run-bench", NULL);
  shell_activate (shell, "run-bench", NULL);
  shell_wait (shell_shows (shell, "long.bench is running already"));
  shell_activate (shell, "stop-bench", NULL);
  shell_activate (shell, "run-bench", NULL);
  shell_wait (
      shell_shows (shell, "long.bench was run already: open it again to run it anew"));
}

/* --- one file after another --- */

static void
test_mistakes_beside (Shell *shell, gconstpointer data)
{
  GtkWidget *close;

  g_test_summary ("A file with mistakes leaves alone what runs, which is shown again");
  open_and_wait (shell, "long.bench", LONG);
  shell_activate (shell, "run-bench", NULL);
  shell_wait (g_str_has_prefix (get_told (shell), "Step 2 of 3"));
  shell_open_text (shell, "wrong.bench", WRONG);
  shell_wait (g_str_has_prefix (get_told (shell), "wrong.bench"));
  g_assert_true (shell_is_enabled (shell, "stop-bench"));

  close = shell_find (GTK_WIDGET (shell_get_bar (shell)), GTK_TYPE_BUTTON, 3);
  g_signal_emit_by_name (close, "clicked");
  g_assert_true (g_str_has_prefix (get_told (shell), "Step 2 of 3"));
  shell_activate (shell, "stop-bench", NULL);
  g_assert_cmpstr (get_told (shell), ==, "long.bench was stopped at step 2 of 3");
}

static void
assert_stopped_cb (Shell *shell)
{
  g_assert_false (shell_is_enabled (shell, "stop-bench"));
}

static void
test_replaced_while_running (Shell *shell, gconstpointer data)
{
  gulong handler;

  g_test_summary ("No step of a bench is carried out on the panes of the next");
  open_and_wait (shell, "long.bench", LONG);
  shell_activate (shell, "run-bench", NULL);
  handler = g_signal_connect_swapped (swb_bench_get_panes (shell->bench), "items-changed",
                                      G_CALLBACK (assert_stopped_cb), shell);
  open_and_wait (shell, "other.bench", OTHER);
  g_signal_handler_disconnect (swb_bench_get_panes (shell->bench), handler);
}

static void
test_last_wins (Shell *shell, gconstpointer data)
{
  g_test_summary ("Of two files that are opened at once, the second stays");
  shell_open_text (shell, "echo.bench", SHELL_ECHO);
  shell_open_text (shell, "other.bench", OTHER);
  shell_wait (shell_can_run (shell));
  for (guint i = 0; i < 20; i++)
    shell_turn ();
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "other.bench");
  g_assert_cmpuint (shell_get_n_panes (shell), ==, 1);
}

static void
test_first_of_many (Shell *shell, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_test_summary ("Of bench files that are opened together the first is opened");
  g_ptr_array_add (files, shell_write ("first.bench", SHELL_ECHO));
  for (guint i = 0; i < 8; i++)
    g_ptr_array_add (files, shell_write ("other.bench", OTHER));
  swb_opener_open_files (shell_get_application (), shell->window, (GFile **)files->pdata,
                         files->len);
  shell_wait (shell_can_run (shell));
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "first.bench");
  shell_wait (shell_shows (shell, "Only the first bench file was opened"));
}

static void
test_undo_keeps_mark (Shell *shell, gconstpointer data)
{
  g_test_summary ("A changed bench that comes back by undo is still changed");
  open_and_wait (shell, "echo.bench", SHELL_ECHO);
  add_pane (shell);
  shell_wait (g_str_equal (shell_get_subtitle (shell), "• echo.bench"));
  open_and_wait (shell, "other.bench", OTHER);
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "other.bench");

  shell_activate (shell, "undo", g_variant_new_uint32 (1));
  shell_wait (shell_get_n_panes (shell) == 3 && shell_can_run (shell));
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "• echo.bench");
}

static void
test_saved_beside (Shell *shell, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_test_summary ("A bench that is still being written does not take the next one's name");
  open_and_wait (shell, "echo.bench", SHELL_ECHO);
  add_pane (shell);
  shell_wait (shell_get_n_panes (shell) == 3);
  shell_activate (shell, "save", NULL);
  open_and_wait (shell, "other.bench", OTHER);
  for (guint i = 0; i < 20; i++)
    shell_turn ();
  g_assert_cmpstr (shell_get_subtitle (shell), ==, "other.bench");
  text = read_text ("other.bench");
  g_assert_cmpstr (text, ==, OTHER);
}

/* --- the window closes --- */

static void
test_closed_early (Shell *shell, gconstpointer data)
{
  GSettings *settings = swb_application_get_settings (shell_get_application ());
  g_autofree char *after = NULL;

  g_test_summary ("A bench that comes back is not forgotten when the window closes before "
                  "it was read");
  g_settings_set_string (settings, "last-bench", "/nowhere/last.bench");
  swb_window_reopen_last (shell->window);
  gtk_window_close (GTK_WINDOW (shell->window));
  after = g_settings_get_string (settings, "last-bench");
  g_assert_cmpstr (after, ==, "/nowhere/last.bench");
}

static void
test_closed_half (Shell *shell, gconstpointer data)
{
  GSettings *settings = swb_application_get_settings (shell_get_application ());
  g_autoptr (GString) text = g_string_new ("# many\n");
  g_autofree char *before = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *contents = NULL;

  g_test_summary ("Nor is it cut when the window closes while its panes are being made");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "pane p%u AF_UNIX SOCK_DGRAM 0\n", i);
  shell_open_text (shell, "many.bench", text->str);
  shell_wait (shell_get_n_panes (shell) > 0);
  gtk_window_close (GTK_WINDOW (shell->window));
  kept = g_settings_get_string (settings, "last-bench");
  g_assert_true (g_file_get_contents (kept, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text->str);
}

static void
test_destroyed_early (Shell *shell, gconstpointer data)
{
  g_test_summary ("A file that is read when its window is gone makes no panes");
  shell_open_text (shell, "echo.bench", SHELL_ECHO);
  gtk_window_destroy (GTK_WINDOW (shell->window));
  for (guint i = 0; i < 20; i++)
    shell_turn ();
}

static void
test_closed_changed (Shell *shell, gconstpointer data)
{
  Shell second = { 0 };
  g_autofree char *text = NULL;

  g_test_summary ("What was not saved when the window closed comes back as a change of its "
                  "file, and is saved there");
  open_and_wait (shell, "mine.bench", OTHER);
  add_pane (shell);
  shell_wait (g_str_equal (shell_get_subtitle (shell), "• mine.bench"));
  gtk_window_close (GTK_WINDOW (shell->window));
  text = read_text ("mine.bench");
  g_assert_cmpstr (text, ==, OTHER);

  second.window = g_object_ref (SWB_WINDOW (swb_window_new (shell_get_application ())));
  second.bench = swb_window_get_bench (second.window);
  gtk_window_present (GTK_WINDOW (second.window));
  swb_window_reopen_last (second.window);
  shell_wait (shell_can_run (&second));
  g_assert_cmpuint (shell_get_n_panes (&second), ==, 2);
  g_assert_cmpstr (shell_get_subtitle (&second), ==, "• mine.bench");
  shell_activate (&second, "save", NULL);
  shell_wait (g_str_equal (shell_get_subtitle (&second), "mine.bench"));
  g_free (text);
  text = read_text ("mine.bench");
  g_assert_nonnull (strstr (text, "pane extra AF_UNIX SOCK_DGRAM 0"));
  shell_tear_down (&second, NULL);
}

/* --- the program ends --- */

static gboolean
save_and_quit_cb (gpointer user_data)
{
  Shell *shell = user_data;

  if (shell_can_run (shell) && swb_bench_find_pane (shell->bench, "extra") == NULL)
    swb_bench_run_text (shell->bench, NULL, "pane extra AF_UNIX SOCK_DGRAM 0");
  if (!g_str_equal (shell_get_subtitle (shell), "• kept.bench"))
    return G_SOURCE_CONTINUE;

  shell_activate (shell, "save", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (shell_get_application ()), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GApplication *application, Shell *shell)
{
  shell->window = SWB_WINDOW (swb_window_new (SWB_APPLICATION (application)));
  shell->bench = swb_window_get_bench (shell->window);
  shell_open_text (shell, "kept.bench", OTHER);
  gtk_window_present (GTK_WINDOW (shell->window));
  g_timeout_add (20, save_and_quit_cb, shell);
  g_signal_stop_emission_by_name (application, "activate");
}

static void
test_quit_while_saving (void)
{
  Shell shell = { 0 };
  g_autofree char *text = NULL;

  g_test_summary ("The program that is ended right after Save has saved");
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  g_signal_connect (shell_get_application (), "activate", G_CALLBACK (activate_cb), &shell);
  g_assert_cmpint (g_application_run (G_APPLICATION (shell_get_application ()), 0, NULL),
                   ==, 0);
  text = read_text ("kept.bench");
  g_assert_nonnull (strstr (text, "pane extra AF_UNIX SOCK_DGRAM 0"));
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);

#define ADD(name)                                                                          \
  g_test_add ("/document/" #name, Shell, NULL, shell_set_up, test_##name, shell_tear_down)
  ADD (early_run);
  ADD (earlier_run);
  ADD (early_mistaken);
  ADD (nothing_to_run);
  ADD (run_again);
  ADD (mistakes_beside);
  ADD (replaced_while_running);
  ADD (last_wins);
  ADD (first_of_many);
  ADD (undo_keeps_mark);
  ADD (saved_beside);
  ADD (closed_early);
  ADD (closed_half);
  ADD (closed_changed);
  ADD (destroyed_early);
#undef ADD
  g_test_add_func ("/document/quit_while_saving", test_quit_while_saving);

  return g_test_run ();
}
