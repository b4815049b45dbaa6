/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/window/swb-text-size.h"

#define KEY "text-size"
#define DPI "gtk-xft-dpi"
#define USUAL_DPI (96 * 1024) /* where the system has none */

/* From the system's resolution, which comes back first: it may have changed. */
static void
apply (GSettings *settings)
{
  GtkSettings *gtk = gtk_settings_get_default ();
  guint percent = g_settings_get_uint (settings, KEY);
  int dpi;

  gtk_settings_reset_property (gtk, DPI);
  if (percent == 100)
    return;

  g_object_get (gtk, DPI, &dpi, NULL);
  g_object_set (gtk, DPI, (int)((dpi > 0 ? dpi : USUAL_DPI) * (gint64)percent / 100), NULL);
}

static void
changed_cb (GSettings *settings, const char *key, gpointer user_data)
{
  apply (settings);
}

/* Beyond the ends of the range nothing happens. */
static void
set_percent (GSettings *settings, int percent)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_uint32 ((guint)percent));

  g_object_get (settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, KEY);
  if (g_settings_schema_key_range_check (key, value))
    g_settings_set_value (settings, KEY, value);
}

static void
larger_action (GSimpleAction *action, GVariant *parameter, gpointer settings)
{
  set_percent (settings, (int)g_settings_get_uint (settings, KEY) + SWB_TEXT_SIZE_STEP);
}

static void
smaller_action (GSimpleAction *action, GVariant *parameter, gpointer settings)
{
  set_percent (settings, (int)g_settings_get_uint (settings, KEY) - SWB_TEXT_SIZE_STEP);
}

static void
normal_action (GSimpleAction *action, GVariant *parameter, gpointer settings)
{
  g_settings_reset (settings, KEY);
}

void
swb_text_size_add (GtkApplication *application, GSettings *settings)
{
  static const GActionEntry entries[] = {
    { "text-larger", larger_action },
    { "text-smaller", smaller_action },
    { "text-normal", normal_action },
  };
  static const char *const larger[]
      = { "<Control>plus", "<Control>equal", "<Control>KP_Add", NULL };
  static const char *const smaller[] = { "<Control>minus", "<Control>KP_Subtract", NULL };
  static const char *const normal[] = { "<Control>0", "<Control>KP_0", NULL };

  g_return_if_fail (GTK_IS_APPLICATION (application));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries,
                                   G_N_ELEMENTS (entries), settings);
  gtk_application_set_accels_for_action (application, "app.text-larger", larger);
  gtk_application_set_accels_for_action (application, "app.text-smaller", smaller);
  gtk_application_set_accels_for_action (application, "app.text-normal", normal);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (changed_cb), application,
                           0);
  apply (settings);
}
