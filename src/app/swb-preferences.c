/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-preferences.h"

struct _SwbPreferences
{
  AdwWindow parent_instance;

  AdwComboRow *scheme_row;
  AdwComboRow *time_row;
  GtkSwitch *reopen_switch;
  GtkAdjustment *keep_adjustment;
};

G_DEFINE_FINAL_TYPE (SwbPreferences, swb_preferences, ADW_TYPE_WINDOW)

/* In the order of the rows' lists in the template. */
static const char *const schemes[] = { "default", "light", "dark", NULL };
static const char *const time_formats[] = { "absolute", "relative", "delta", NULL };

static gboolean
index_from_name (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *names = user_data;
  const char *name = g_variant_get_string (variant, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
name_from_index (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const char *const *names = user_data;
  guint index = g_value_get_uint (value);

  if (index >= g_strv_length ((char **)names))
    return NULL;
  return g_variant_new_string (names[index]);
}

static void
bind_row (GSettings *settings, const char *key, AdwComboRow *row, const char *const *names)
{
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                index_from_name, name_from_index, (gpointer)names, NULL);
}

/* The key is unsigned, an adjustment's value is a double. */
static gboolean
double_from_uint (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_double (value, g_variant_get_uint32 (variant));
  return TRUE;
}

static GVariant *
uint_from_double (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_uint32 ((guint32)CLAMP (g_value_get_double (value), 0, 1000));
}

static void
swb_preferences_class_init (SwbPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, time_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, reopen_switch);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, keep_adjustment);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
swb_preferences_init (SwbPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
swb_preferences_new (GSettings *settings, GtkWindow *parent)
{
  SwbPreferences *self = g_object_new (SWB_TYPE_PREFERENCES, "transient-for", parent, NULL);

  bind_row (settings, "color-scheme", self->scheme_row, schemes);
  bind_row (settings, "time-format", self->time_row, time_formats);
  g_settings_bind (settings, "reopen-last-bench", self->reopen_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "keep-journals", self->keep_adjustment, "value",
                                G_SETTINGS_BIND_DEFAULT, double_from_uint, uint_from_double,
                                NULL, NULL);
  return GTK_WIDGET (self);
}
