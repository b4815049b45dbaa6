/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include <glib/gstdio.h>

#include "support.h"

static SwbApplication *application;
static char *home;

static void
remove_home (void)
{
  support_remove_tree (home);
  g_free (home);
}

/* Not G_TEST_OPTION_ISOLATE_DIRS: that hides the system's data, and with it the types of
 * files by which GTK knows an icon. */
void
shell_isolate (void)
{
  const char *const variables[]
      = { "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR" };
  g_autoptr (GError) error = NULL;

  home = g_dir_make_tmp ("swb-test-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *folder = g_build_filename (home, variables[i], NULL);

      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
      g_setenv (variables[i], folder, TRUE);
    }
  atexit (remove_home);
}

void
shell_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  shell_isolate ();
  gtk_test_init (argc, argv, NULL);
  application = swb_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

SwbApplication *
shell_get_application (void)
{
  return application;
}

void
shell_turn (void)
{
  support_turn (20);
}

void
shell_set_up (Shell *shell, gconstpointer data)
{
  GSettings *settings = swb_application_get_settings (application);

  g_settings_reset (settings, "last-bench");
  g_settings_reset (settings, "last-bench-source");
  g_settings_reset (settings, "reopen-last-bench");
  shell->window = SWB_WINDOW (swb_window_new (application));
  g_object_ref (shell->window);
  shell->bench = swb_window_get_bench (shell->window);
  g_assert_true (SWB_IS_BENCH (shell->bench));
  gtk_window_present (GTK_WINDOW (shell->window));
  shell_wait (gtk_widget_get_mapped (GTK_WIDGET (shell->window)));
}

void
shell_tear_down (Shell *shell, gconstpointer data)
{
  if (gtk_window_get_application (GTK_WINDOW (shell->window)) != NULL)
    gtk_window_destroy (GTK_WINDOW (shell->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  support_finalize (shell->window);
}

guint
shell_get_n_panes (Shell *shell)
{
  return g_list_model_get_n_items (swb_bench_get_panes (shell->bench));
}

void
shell_activate (Shell *shell, const char *action, GVariant *parameter)
{
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (shell->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (shell->window), action, parameter);
}

gboolean
shell_is_enabled (Shell *shell, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (shell->window), action);
}

static GtkWidget *
find (GtkWidget *widget, GType type, guint *nth)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*nth)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, nth);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
shell_find (GtkWidget *widget, GType type, guint nth)
{
  return find (widget, type, &nth);
}

SwbPaneStrip *
shell_get_strip (Shell *shell)
{
  return SWB_PANE_STRIP (shell_find (GTK_WIDGET (shell->window), SWB_TYPE_PANE_STRIP, 0));
}

SwbBenchBar *
shell_get_bar (Shell *shell)
{
  return SWB_BENCH_BAR (shell_find (GTK_WIDGET (shell->window), SWB_TYPE_BENCH_BAR, 0));
}

gboolean
shell_can_run (Shell *shell)
{
  return swb_bench_bar_can_run (shell_get_bar (shell));
}

const char *
shell_get_subtitle (Shell *shell)
{
  return adw_window_title_get_subtitle (
      ADW_WINDOW_TITLE (shell_find (GTK_WIDGET (shell->window), ADW_TYPE_WINDOW_TITLE, 0)));
}

gboolean
shell_shows (Shell *shell, const char *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = shell_find (GTK_WIDGET (shell->window), GTK_TYPE_LABEL, i));
       i++)
    if (gtk_widget_get_mapped (label)
        && g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
      return TRUE;
  return FALSE;
}

GFile *
shell_write (const char *name, const char *text)
{
  GFile *file = g_file_new_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_file_set_contents (g_file_peek_path (file), text, -1, &error);
  g_assert_no_error (error);
  return file;
}

void
shell_open_text (Shell *shell, const char *name, const char *text)
{
  g_autoptr (GFile) file = shell_write (name, text);

  swb_window_open (shell->window, file);
}
