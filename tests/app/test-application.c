/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include "app/widgets/swb-pane-colour.h"
#include "app/window/swb-preferences.h"
#include "support.h"

static void
test_shortcuts (Shell *shell, gconstpointer data)
{
  const char *const wanted[][2] = {
    { "win.new-socket", "<Control>n" }, { "win.open", "<Control>o" },
    { "win.save", "<Control>s" },       { "win.save-as", "<Shift><Control>s" },
    { "win.close-pane", "<Control>w" }, { "app.quit", "<Control>q" },
  };

  g_test_summary ("Commands have the keys that people expect");
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (
          GTK_APPLICATION (shell_get_application ()), wanted[i][0]);

      g_assert_cmpstr (accels[0], ==, wanted[i][1]);
    }
}

static guint
count_toplevels (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

/* The window that an action of the application opened; closed again. */
static void
assert_opens (const char *action)
{
  guint before = count_toplevels ();
  g_autoptr (GtkWindow) window = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (shell_get_application ()), action, NULL);
  shell_wait (count_toplevels () > before);
  for (guint i = 0; i < count_toplevels () && window == NULL; i++)
    {
      g_autoptr (GtkWindow) candidate
          = g_list_model_get_item (gtk_window_get_toplevels (), i);

      if (!SWB_IS_WINDOW (candidate))
        window = g_object_ref (candidate);
    }
  g_assert_nonnull (window);
  shell_wait (gtk_widget_get_mapped (GTK_WIDGET (window)));
  gtk_window_destroy (window);
}

static void
test_dialogs (Shell *shell, gconstpointer data)
{
  g_test_summary ("Preferences, shortcuts and about open");
  assert_opens ("preferences");
  assert_opens ("shortcuts");
  assert_opens ("about");
}

static void
test_preferences (Shell *shell, gconstpointer data)
{
  GSettings *settings = swb_application_get_settings (shell_get_application ());
  GtkWidget *window = swb_preferences_new (settings, GTK_WINDOW (shell->window));
  AdwComboRow *scheme = ADW_COMBO_ROW (shell_find (window, ADW_TYPE_COMBO_ROW, 0));
  AdwComboRow *time = ADW_COMBO_ROW (shell_find (window, ADW_TYPE_COMBO_ROW, 1));
  GtkSpinButton *keep = GTK_SPIN_BUTTON (shell_find (window, GTK_TYPE_SPIN_BUTTON, 0));

  g_test_summary ("What is chosen is set, and the colour scheme follows at once");
  adw_combo_row_set_selected (scheme, 2);
  g_assert_cmpint (adw_style_manager_get_color_scheme (adw_style_manager_get_default ()),
                   ==, ADW_COLOR_SCHEME_FORCE_DARK);
  adw_combo_row_set_selected (scheme, 0);
  g_assert_cmpint (adw_style_manager_get_color_scheme (adw_style_manager_get_default ()),
                   ==, ADW_COLOR_SCHEME_DEFAULT);

  adw_combo_row_set_selected (time, 1);
  {
    g_autofree char *format = g_settings_get_string (settings, "time-format");

    g_assert_cmpstr (format, ==, "relative");
  }
  g_settings_reset (settings, "time-format");
  g_assert_cmpuint (adw_combo_row_get_selected (time), ==, 0);

  gtk_spin_button_set_value (keep, 12);
  g_assert_cmpuint (g_settings_get_uint (settings, "keep-journals"), ==, 12);
  g_settings_reset (settings, "keep-journals");

  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  support_finalize (window);
}

static void
test_quit (Shell *shell, gconstpointer data)
{
  GtkApplication *application = GTK_APPLICATION (shell_get_application ());

  g_test_summary ("The program ends also when the window goes first, and others with it");
  shell_activate (shell, "pair", g_variant_new_string ("tcp"));
  shell_wait (shell_get_n_panes (shell) == 2);
  for (guint id = 1; id <= 2; id++)
    shell_activate (shell, "options", g_variant_new ("(uu)", id, 0));
  shell_wait (g_list_length (gtk_application_get_windows (application)) == 3);
  /* The window that had the focus last is the first. */
  gtk_window_set_application (GTK_WINDOW (shell->window), NULL);
  gtk_window_set_application (GTK_WINDOW (shell->window), application);
  g_assert_true (gtk_application_get_windows (application)->data == shell->window);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  g_assert_null (gtk_application_get_windows (application));
}

static int
get_dpi (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi;
}

static void
resize_text (const char *action, guint n_times)
{
  for (guint i = 0; i < n_times; i++)
    g_action_group_activate_action (G_ACTION_GROUP (shell_get_application ()), action,
                                    NULL);
}

static void
test_text_size (Shell *shell, gconstpointer data)
{
  GSettings *settings = swb_application_get_settings (shell_get_application ());
  int usual = get_dpi ();

  g_test_summary ("Text grows and shrinks in steps, within bounds, and back to the usual");
  resize_text ("text-larger", 5);
  g_assert_cmpuint (g_settings_get_uint (settings, "text-size"), ==, 150);
  g_assert_cmpint (ABS (get_dpi () - usual * 3 / 2), <=, 1);
  resize_text ("text-smaller", 7);
  g_assert_cmpuint (g_settings_get_uint (settings, "text-size"), ==, 80);
  g_assert_cmpint (get_dpi (), <, usual);
  resize_text ("text-larger", 100);
  g_assert_cmpuint (g_settings_get_uint (settings, "text-size"), ==, 300);
  resize_text ("text-smaller", 100);
  g_assert_cmpuint (g_settings_get_uint (settings, "text-size"), ==, 50);
  resize_text ("text-normal", 1);
  g_assert_cmpuint (g_settings_get_uint (settings, "text-size"), ==, 100);
  g_assert_cmpint (get_dpi (), ==, usual);
}

static void
test_colours (Shell *shell, gconstpointer data)
{
  g_test_summary ("Eight panes have eight colours, the ninth begins again");
  g_assert_cmpstr (swb_pane_colour_get_class (1), ==, "swb-pane-1");
  g_assert_cmpstr (swb_pane_colour_get_class (8), ==, "swb-pane-8");
  g_assert_cmpstr (swb_pane_colour_get_class (9), ==, "swb-pane-1");
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);

#define ADD(name)                                                                          \
  g_test_add ("/application/" #name, Shell, NULL, shell_set_up, test_##name,               \
              shell_tear_down)
  ADD (shortcuts);
  ADD (dialogs);
  ADD (preferences);
  ADD (quit);
  ADD (text_size);
  ADD (colours);
#undef ADD

  return g_test_run ();
}
