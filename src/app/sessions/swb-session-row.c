/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-session-row.h"

#include <glib/gi18n.h>

#include "app/sessions/swb-session-text.h"

struct _SwbSessionRow
{
  AdwActionRow parent_instance;

  SwbJournalInfo *info;
  GtkToggleButton *pin;
};

enum
{
  SIGNAL_SAVE,
  SIGNAL_DELETE,
  SIGNAL_PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbSessionRow, swb_session_row, ADW_TYPE_ACTION_ROW)

static gboolean
can_delete (SwbSessionRow *self)
{
  return self->info->fate != SWB_JOURNAL_RUNNING;
}

static void
tell_details (SwbSessionRow *self)
{
  g_autofree char *details = swb_session_text_dup_details (self->info);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), details);
}

static void
pin_toggled_cb (SwbSessionRow *self)
{
  gboolean kept = gtk_toggle_button_get_active (self->pin);
  g_autoptr (GError) error = NULL;

  if (kept == self->info->is_kept)
    return;
  if (swb_journal_set_kept (self->info->folder, kept, &error))
    {
      self->info->is_kept = kept;
      tell_details (self);
      return;
    }
  gtk_toggle_button_set_active (self->pin, self->info->is_kept);
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error->message);
}

static void
save_clicked_cb (SwbSessionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}

static void
delete_clicked_cb (SwbSessionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_DELETE], 0);
}

static gboolean
delete_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (!can_delete (SWB_SESSION_ROW (widget)))
    return FALSE;
  delete_clicked_cb (SWB_SESSION_ROW (widget));
  return TRUE;
}

static void
swb_session_row_finalize (GObject *object)
{
  swb_journal_info_free (SWB_SESSION_ROW (object)->info);
  G_OBJECT_CLASS (swb_session_row_parent_class)->finalize (object);
}

static void
swb_session_row_class_init (SwbSessionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = swb_session_row_finalize;
  signals[SIGNAL_SAVE]
      = g_signal_new ("save", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DELETE] = g_signal_new ("delete", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_key_cb, NULL);
}

static void
swb_session_row_init (SwbSessionRow *self)
{
}

/* @what: what the button does, @title: to which session */
static void
add_button (SwbSessionRow *self, GtkWidget *button, const char *icon, const char *what,
            const char *title)
{
  g_autofree char *label = g_strdup_printf ("%s: %s", what, title);

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, what);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static void
add_buttons (SwbSessionRow *self, const char *title)
{
  GtkWidget *pin = gtk_toggle_button_new ();
  GtkWidget *save = gtk_button_new ();
  GtkWidget *remove = gtk_button_new ();

  self->pin = GTK_TOGGLE_BUTTON (pin);
  gtk_toggle_button_set_active (self->pin, self->info->is_kept);
  add_button (self, pin, "view-pin-symbolic", _ ("Keep for good"), title);
  add_button (self, save, "document-save-symbolic", _ ("Save as recording"), title);
  add_button (self, remove, "user-trash-symbolic", _ ("Delete"), title);
  gtk_widget_set_visible (remove, can_delete (self));
  gtk_widget_set_sensitive (save, self->info->n_records > 0);
  g_signal_connect_swapped (pin, "toggled", G_CALLBACK (pin_toggled_cb), self);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_clicked_cb), self);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (delete_clicked_cb), self);
}

/* "Today 14:02": what stands first has a capital letter. */
static char *
dup_title (const SwbJournalInfo *info)
{
  g_autofree char *when = swb_session_text_dup_when_now (info->begin_wall_ns);
  g_autofree char *first = g_utf8_substring (when, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);

  return g_strconcat (capital, when + strlen (first), NULL);
}

GtkWidget *
swb_session_row_new (SwbJournalInfo *info)
{
  SwbSessionRow *self = g_object_new (SWB_TYPE_SESSION_ROW, NULL);
  g_autofree char *title = dup_title (info);

  self->info = info;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  tell_details (self);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  add_buttons (self, title);
  return GTK_WIDGET (self);
}

const SwbJournalInfo *
swb_session_row_get_info (SwbSessionRow *self)
{
  g_return_val_if_fail (SWB_IS_SESSION_ROW (self), NULL);

  return self->info;
}
