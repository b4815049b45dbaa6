/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-filter-saved.h"

#include <glib/gi18n.h>

#define KEY "journal-filters"

/* More rows are scrolled. */
#define MAX_HEIGHT 320

typedef struct
{
  SwbFilterBar *bar; /* borrowed */
  GSettings *settings;
  GtkWidget *popover;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *name;
  GtkWidget *save;
} Saved;

static void
saved_free (gpointer data)
{
  Saved *self = data;

  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_object_unref (self->settings);
  g_free (self);
}

/* The saved filters without the one called @name, and with @filter under it (nullable) at
 * the end. */
static void
replace (Saved *self, const char *name, const char *filter)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *old_name, *old_filter;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  g_settings_get (self->settings, KEY, "a(ss)", &iter);
  while (g_variant_iter_next (iter, "(&s&s)", &old_name, &old_filter))
    if (!g_str_equal (old_name, name))
      g_variant_builder_add (&builder, "(ss)", old_name, old_filter);
  if (filter != NULL)
    g_variant_builder_add (&builder, "(ss)", name, filter);
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

static void
chosen_cb (GtkButton *button, Saved *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  swb_filter_bar_set_text (self->bar, g_object_get_data (G_OBJECT (button), "swb-filter"));
  gtk_widget_grab_focus (GTK_WIDGET (self->bar));
}

static void
delete_cb (GtkButton *button, Saved *self)
{
  replace (self, g_object_get_data (G_OBJECT (button), "swb-name"), NULL);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_delete_button (Saved *self, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: the name of a saved filter */
  g_autofree char *label = g_strdup_printf (_ ("Delete “%s”"), name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_object_set_data_full (G_OBJECT (button), "swb-name", g_strdup (name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (delete_cb), self);
  return button;
}

static GtkWidget *
make_row (Saved *self, const char *name, const char *filter)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new ();

  gtk_box_append (GTK_BOX (texts), make_label (name, "swb-saved-name"));
  gtk_box_append (GTK_BOX (texts), make_label (filter, "swb-saved-filter"));
  gtk_button_set_child (GTK_BUTTON (button), texts);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data_full (G_OBJECT (button), "swb-filter", g_strdup (filter), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (chosen_cb), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), make_delete_button (self, name));
  return row;
}

static void
fill (Saved *self)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *name, *filter;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  g_settings_get (self->settings, KEY, "a(ss)", &iter);
  while (g_variant_iter_next (iter, "(&s&s)", &name, &filter))
    gtk_box_append (GTK_BOX (self->list), make_row (self, name, filter));
  gtk_widget_set_visible (self->empty, gtk_widget_get_first_child (self->list) == NULL);
}

static void
update_save (Saved *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));

  gtk_widget_set_sensitive (self->save,
                            *name != '\0' && *swb_filter_bar_get_text (self->bar) != '\0');
}

/* One is to be used, or the present one to be saved: by itself the focus would go to a
 * button that deletes. */
static void
shown_cb (Saved *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->list);

  update_save (self);
  if (first != NULL && *swb_filter_bar_get_text (self->bar) == '\0')
    gtk_widget_grab_focus (gtk_widget_get_first_child (first));
  else
    gtk_widget_grab_focus (self->name);
}

static void
save_cb (Saved *self)
{
  g_autofree char *name
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (*name == '\0' || *swb_filter_bar_get_text (self->bar) == '\0')
    return;
  replace (self, name, swb_filter_bar_get_text (self->bar));
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
}

static GtkWidget *
make_entry (Saved *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = gtk_entry_new ();
  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name),
                                  _ ("Name for the present filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name for the present filter"), -1);
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->name), 28);
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), self->save);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (update_save), self);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  return box;
}

static GtkWidget *
make_scroller (GtkWidget *list)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (scroller);

  gtk_scrolled_window_set_policy (scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (scrolled, TRUE);
  gtk_scrolled_window_set_max_content_height (scrolled, MAX_HEIGHT);
  gtk_scrolled_window_set_child (scrolled, list);
  return scroller;
}

GtkWidget *
swb_filter_saved_new (SwbFilterBar *bar)
{
  Saved *self = g_new0 (Saved, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->bar = bar;
  self->settings = g_settings_new (APP_ID);
  self->popover = gtk_popover_new ();
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->empty = make_label (_ ("No filter is saved yet"), "dim-label");
  gtk_widget_add_css_class (box, "swb-filter-help");
  gtk_box_append (GTK_BOX (box), make_label (_ ("Saved filters"), "heading"));
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), make_scroller (self->list));
  gtk_box_append (GTK_BOX (box), make_entry (self));
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  g_object_set_data_full (G_OBJECT (self->popover), "swb-saved", self, saved_free);
  g_signal_connect_swapped (self->settings, "changed::" KEY, G_CALLBACK (fill), self);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (shown_cb), self);
  fill (self);
  update_save (self);
  return self->popover;
}
