/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/window/swb-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "app/window/swb-opener.h"
#include "app/sessions/swb-journals-folder.h"
#include "app/window/swb-preferences.h"
#include "app/window/swb-text-size.h"
#include "app/sessions/swb-sessions.h"
#include "app/window/swb-window.h"

struct _SwbApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  guint signal_sources[3];
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

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autolist (GtkWindow) windows
      = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* Some go with others. */
  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  /* Closing the window keeps the bench for the next start; leaving the main loop would not.
   */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

/* Who ends the program this way does not crash it. */
static gboolean
signal_cb (gpointer user_data)
{
  quit_action (NULL, NULL, user_data);
  return G_SOURCE_CONTINUE;
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (swb_preferences_new (self->settings, parent)));
}

static void
sessions_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;

  gtk_window_present (GTK_WINDOW (
      swb_sessions_new (user_data, gtk_application_get_active_window (application))));
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
  { "quit", quit_action },         { "preferences", preferences_action },
  { "sessions", sessions_action }, { "shortcuts", shortcuts_action },
  { "about", about_action },
};

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.sessions", { "<Control><Shift>o" } },
  { "app.shortcuts", { "<Control>question", "<Control>F1" } },
  { "win.new-socket", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.save-recording", { "<Control><Shift>r" } },
  { "win.export", { "<Control>e" } },
  { "win.find", { "<Control>f" } },
  { "win.filter", { "<Control><Shift>f" } },
  { "win.run-bench", { "F5" } },
  { "win.stop-bench", { "<Shift>F5" } },
  { "win.close-pane", { "<Control>w" } },
};

static void
swb_application_startup (GApplication *application)
{
  SwbApplication *self = SWB_APPLICATION (application);
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  G_APPLICATION_CLASS (swb_application_parent_class)->startup (application);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    self->signal_sources[i] = g_unix_signal_add (signals[i], signal_cb, self);

  self->settings = g_settings_new (APP_ID);
  g_settings_bind_with_mapping (self->settings, "color-scheme",
                                adw_style_manager_get_default (), "color-scheme",
                                G_SETTINGS_BIND_GET, scheme_from_setting, NULL, NULL, NULL);

  swb_text_size_add (GTK_APPLICATION (self), self->settings);
  swb_journals_folder_apply (self->settings);
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
  SwbWindow *window
      = swb_application_ensure_window (SWB_APPLICATION (application), &is_new);

  if (is_new)
    swb_window_reopen_last (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
swb_application_open (GApplication *application, GFile **files, int n_files,
                      const char *hint)
{
  swb_opener_open_files (SWB_APPLICATION (application), NULL, files, (guint)n_files);
}

static void
swb_application_dispose (GObject *object)
{
  SwbApplication *self = SWB_APPLICATION (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
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

SwbWindow *
swb_application_ensure_window (SwbApplication *self, gboolean *is_new)
{
  GList *windows;

  g_return_val_if_fail (SWB_IS_APPLICATION (self), NULL);

  windows = gtk_application_get_windows (GTK_APPLICATION (self));
  for (GList *l = windows; l != NULL; l = l->next)
    if (SWB_IS_WINDOW (l->data))
      {
        if (is_new != NULL)
          *is_new = FALSE;
        return l->data;
      }

  if (is_new != NULL)
    *is_new = TRUE;
  return SWB_WINDOW (swb_window_new (self));
}
