/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-application.h"

#include <glib/gi18n.h>

#include "app/swb-preferences.h"
#include "app/swb-window.h"

struct _SwbApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (SwbApplication, swb_application, ADW_TYPE_APPLICATION)

static gboolean
scheme_from_setting (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *name = g_variant_get_string (variant, NULL);
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (name, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (name, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;

  g_value_set_enum (value, scheme);
  return TRUE;
}

static SwbWindow *
ensure_window (SwbApplication *self, gboolean *is_new)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (SWB_IS_WINDOW (l->data))
      {
        *is_new = FALSE;
        return l->data;
      }

  *is_new = TRUE;
  return SWB_WINDOW (swb_window_new (self));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gboolean is_new;

  /* Closing the window keeps the bench for the next start; leaving the main loop would not.
   */
  gtk_window_close (GTK_WINDOW (ensure_window (user_data, &is_new)));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (swb_preferences_new (self->settings, parent)));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  builder = gtk_builder_new_from_resource (
      "/io/github/socketworkbench/SocketWorkbench/ui/shortcuts.ui");
  window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  gtk_window_set_transient_for (
      window, gtk_application_get_active_window (GTK_APPLICATION (user_data)));
  gtk_window_present (window);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *authors[] = { _ ("The Socket Workbench authors"), NULL };

  gtk_show_about_dialog (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                         "program-name", _ ("Socket Workbench"), "logo-icon-name", APP_ID,
                         "version", PACKAGE_VERSION, "comments",
                         _ ("Open sockets side by side and see every call and every byte"),
                         "license-type", GTK_LICENSE_GPL_3_0, "authors", authors, NULL);
}

static const GActionEntry action_entries[] = {
  { "quit", quit_action },
  { "preferences", preferences_action },
  { "shortcuts", shortcuts_action },
  { "about", about_action },
};

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question", "<Control>F1" } },
  { "win.new-socket", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.find", { "<Control>f" } },
  { "win.run-bench", { "F5" } },
  { "win.stop-bench", { "<Shift>F5" } },
  { "win.close-pane", { "<Control>w" } },
};

static void
swb_application_startup (GApplication *application)
{
  SwbApplication *self = SWB_APPLICATION (application);

  G_APPLICATION_CLASS (swb_application_parent_class)->startup (application);

  self->settings = g_settings_new (APP_ID);
  g_settings_bind_with_mapping (self->settings, "color-scheme",
                                adw_style_manager_get_default (), "color-scheme",
                                G_SETTINGS_BIND_GET, scheme_from_setting, NULL, NULL, NULL);

  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           shortcuts[i].accels);

  gtk_window_set_default_icon_name (APP_ID);
}

static void
swb_application_activate (GApplication *application)
{
  gboolean is_new;
  SwbWindow *window = ensure_window (SWB_APPLICATION (application), &is_new);

  if (is_new)
    swb_window_reopen_last (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
swb_application_open (GApplication *application, GFile **files, int n_files,
                      const char *hint)
{
  gboolean is_new;
  SwbWindow *window = ensure_window (SWB_APPLICATION (application), &is_new);

  swb_window_open (window, files[0]);
  if (n_files > 1)
    swb_window_toast (window, _ ("Only the first bench file was opened"));
  gtk_window_present (GTK_WINDOW (window));
}

static void
swb_application_dispose (GObject *object)
{
  SwbApplication *self = SWB_APPLICATION (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (swb_application_parent_class)->dispose (object);
}

static void
swb_application_class_init (SwbApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_application_dispose;
  G_APPLICATION_CLASS (klass)->startup = swb_application_startup;
  G_APPLICATION_CLASS (klass)->activate = swb_application_activate;
  G_APPLICATION_CLASS (klass)->open = swb_application_open;
}

static void
swb_application_init (SwbApplication *self)
{
}

SwbApplication *
swb_application_new (void)
{
  return g_object_new (SWB_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/socketworkbench/SocketWorkbench", NULL);
}

GSettings *
swb_application_get_settings (SwbApplication *self)
{
  g_return_val_if_fail (SWB_IS_APPLICATION (self), NULL);

  return self->settings;
}
