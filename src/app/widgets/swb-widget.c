/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-widget.h"

void
swb_widget_set_tooltip (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

void
swb_widget_set_classes (GtkWidget *widget, const char *const *classes)
{
  g_auto (GStrv) present = gtk_widget_get_css_classes (widget);
  gboolean same = g_strv_length (present) == g_strv_length ((char **)(gpointer)classes);

  for (guint i = 0; same && classes[i] != NULL; i++)
    same = gtk_widget_has_css_class (widget, classes[i]);
  if (!same)
    gtk_widget_set_css_classes (widget, (const char **)(gpointer)classes);
}

double
swb_widget_get_text_scale (GtkWidget *widget)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * PANGO_SCALE) : 1;
}

void
swb_widget_mark_wrong (GtkWidget *entry, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
      wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void
swb_widget_set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

char *
swb_widget_escape_label (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("__", parts);
}

void
swb_widget_add_choice (GMenu *menu, const char *label, const char *action,
                       const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

void
swb_widget_name_row (GtkWidget *child, const char *name)
{
  GtkWidget *row = gtk_widget_get_parent (child);

  if (row != NULL)
    swb_widget_set_label (row, name);
}

/* The blocks of Unicode whose letters run from right to left. */
static gboolean
runs_from_right (gunichar c)
{
  return (c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00)
         || (c >= 0xfe70 && c < 0xff00) || (c >= 0x10800 && c < 0x11000)
         || (c >= 0x1e800 && c < 0x1f000);
}

static gboolean
has_from_right (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if ((guchar)*text >= 0x80 && runs_from_right (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

void
swb_inscription_set_data (GtkInscription *inscription, const char *text)
{
  g_autofree char *marked = NULL;

  /* LEFT-TO-RIGHT MARK: an inscription has no other way. */
  if (has_from_right (text))
    marked = g_strconcat ("\u200e", text, NULL);
  gtk_inscription_set_text (inscription, marked != NULL ? marked : text);
}
