/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/window/swb-preferences.h"

#include "app/widgets/swb-compat.h"
#include "app/journal/swb-journal-format.h"
#include "app/sessions/swb-journals-folder.h"
#include "app/sessions/swb-session.h"

#include <glib/gi18n.h>

struct _SwbPreferences
{
  AdwWindow parent_instance;

  AdwComboRow *scheme_row;
  AdwComboRow *time_row;
  GtkSwitch *reopen_switch;
  GtkAdjustment *keep_adjustment;
  AdwPreferencesGroup *journal_group;
  AdwComboRow *limit_row;
  AdwComboRow *at_limit_row;
  AdwActionRow *folder_row;
  GtkWidget *folder_reset;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (SwbPreferences, swb_preferences, ADW_TYPE_WINDOW)

/* In the order of the rows' lists in the template. */
static const char *const schemes[] = { "default", "light", "dark", NULL };
static const char *const time_formats[] = { "absolute", "relative", "delta", NULL };
static const char *const at_limits[] = { "oldest", "payload", NULL };

/* In MiB; the first is chosen by the free room. */
static const guint limits[] = { 0, 64, 256, 1024, 4096, 16384, 65536, 262144 };

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
fill_limits (AdwComboRow *row)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("Automatic"));
  for (guint i = 1; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *size
          = g_format_size_full ((guint64)limits[i] << 20, G_FORMAT_SIZE_IEC_UNITS);

      gtk_string_list_append (list, size);
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

/* A number that somebody set by other ways is shown as the next larger one. */
static gboolean
index_from_limit (GValue *value, GVariant *variant, gpointer user_data)
{
  guint limit = g_variant_get_uint32 (variant);
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (limits) && limits[i] < limit)
    i++;
  g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
limit_from_index (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint index = g_value_get_uint (value);

  return index < G_N_ELEMENTS (limits) ? g_variant_new_uint32 (limits[index]) : NULL;
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (SwbPreferences) self = g_weak_ref_get (weak);
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  guint n_journals;
  guint64 n_bytes;

  g_weak_ref_clear (weak);
  g_free (weak);
  if (!swb_session_measure_finish (result, &n_journals, &n_bytes) || self == NULL)
    return;
  size = swb_journal_format_size (n_bytes);
  /* Translators: a number, and bytes such as "1.3 kB" */
  text = g_strdup_printf (ngettext ("%u journal is kept, with this run’s; it takes %s",
                                    "%u journals are kept, with this run’s; they take %s",
                                    n_journals),
                          n_journals, size);
  adw_preferences_group_set_description (self->journal_group, text);
}

static void
show_folder (SwbPreferences *self, const GError *error)
{
  g_autofree char *folder = swb_journals_folder_dup_text (self->settings);
  g_autofree char *text
      = g_markup_escape_text (error != NULL ? error->message : folder, -1);

  adw_action_row_set_subtitle (self->folder_row, text);
  gtk_widget_set_visible (self->folder_reset,
                          !swb_journals_folder_is_default (self->settings));
}

void
swb_preferences_choose_folder (SwbPreferences *self, GFile *folder)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SWB_IS_PREFERENCES (self));

  swb_journals_folder_set (self->settings, folder, &error);
  show_folder (self, error);
}

static void
folder_chosen_cb (GFile *folder, gpointer user_data)
{
  swb_preferences_choose_folder (user_data, folder);
}

static void
folder_row_cb (SwbPreferences *self)
{
  swb_compat_choose_folder (GTK_WINDOW (self), _ ("Folder for Journals"), folder_chosen_cb,
                            self);
}

static void
folder_reset_cb (SwbPreferences *self)
{
  swb_preferences_choose_folder (self, NULL);
}

static void
swb_preferences_dispose (GObject *object)
{
  SwbPreferences *self = SWB_PREFERENCES (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (swb_preferences_parent_class)->dispose (object);
}

static void
swb_preferences_class_init (SwbPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_preferences_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, time_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, reopen_switch);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, keep_adjustment);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, journal_group);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, limit_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, at_limit_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, folder_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPreferences, folder_reset);
  gtk_widget_class_bind_template_callback (widget_class, folder_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_reset_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
swb_preferences_init (SwbPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_limits (self->limit_row);
}

GtkWidget *
swb_preferences_new (GSettings *settings, GtkWindow *parent)
{
  SwbPreferences *self = g_object_new (SWB_TYPE_PREFERENCES, "transient-for", parent, NULL);
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  self->settings = g_object_ref (settings);
  show_folder (self, NULL);
  bind_row (settings, "color-scheme", self->scheme_row, schemes);
  bind_row (settings, "time-format", self->time_row, time_formats);
  bind_row (settings, "journal-at-limit", self->at_limit_row, at_limits);
  g_settings_bind_with_mapping (settings, "journal-limit", self->limit_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, index_from_limit, limit_from_index,
                                NULL, NULL);
  g_weak_ref_init (weak, self);
  swb_session_measure_async (measured_cb, weak);
  g_settings_bind (settings, "reopen-last-bench", self->reopen_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "keep-journals", self->keep_adjustment, "value",
                                G_SETTINGS_BIND_DEFAULT, double_from_uint, uint_from_double,
                                NULL, NULL);
  return GTK_WIDGET (self);
}
