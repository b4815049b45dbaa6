/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-sessions.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-compat.h"
#include "app/window/swb-opener.h"
#include "app/widgets/swb-save-bar.h"
#include "app/sessions/swb-session-row.h"
#include "app/sessions/swb-session-save.h"
#include "app/sessions/swb-session-text.h"
#include "app/sessions/swb-session.h"
#include "net/swb-payload.h"

#define TOAST_MAX_CHARS 200

struct _SwbSessions
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListBox *list;
  SwbSaveBar *save_bar;

  SwbApplication *application; /* weak: lives longer */
  GHashTable *deleted;         /* folder → its row, hidden, as long as it can come back */
  char *saving;                /* the folder of the one that is to be saved */
};

G_DEFINE_FINAL_TYPE (SwbSessions, swb_sessions, ADW_TYPE_WINDOW)

static AdwToast *
make_toast (const char *text)
{
  g_autofree char *shown = swb_payload_display ((const guint8 *)text, strlen (text),
                                                SWB_ENCODING_UTF8, TOAST_MAX_CHARS);
  g_autofree char *title = g_markup_escape_text (shown, -1);

  return adw_toast_new (title);
}

static void
tell (SwbSessions *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, make_toast (text));
}

static void
update_page (SwbSessions *self)
{
  const char *page = "empty";

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i))))
      page = "list";
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* --- deleting --- */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbSessions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!swb_session_remove_finish (result, &error))
    tell (self, error->message);
}

static void
toast_dismissed_cb (AdwToast *toast, SwbSessions *self)
{
  const char *folder
      = g_variant_get_string (adw_toast_get_action_target_value (toast), NULL);
  SwbSessionRow *row = NULL;

  /* A dialog that goes has seen to it itself. */
  if (self->deleted != NULL)
    row = g_hash_table_lookup (self->deleted, folder);
  if (row == NULL)
    return;
  swb_session_remove_async (folder, removed_cb, g_object_ref (self));
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_hash_table_remove (self->deleted, folder);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SwbSessions *self = SWB_SESSIONS (widget);
  const char *folder = g_variant_get_string (parameter, NULL);
  GtkWidget *row = g_hash_table_lookup (self->deleted, folder);

  if (row == NULL)
    return;
  gtk_widget_set_visible (row, TRUE);
  g_hash_table_remove (self->deleted, folder);
  update_page (self);
  gtk_widget_grab_focus (row);
}

static GtkWidget *
find_neighbour (SwbSessions *self, GtkWidget *row)
{
  GtkWidget *next = row;

  do
    next = gtk_widget_get_next_sibling (next);
  while (next != NULL && !gtk_widget_get_visible (next));
  if (next != NULL)
    return next;

  next = row;
  do
    next = gtk_widget_get_prev_sibling (next);
  while (next != NULL && !gtk_widget_get_visible (next));
  return next;
}

static void
delete_cb (SwbSessionRow *row, SwbSessions *self)
{
  const SwbJournalInfo *info = swb_session_row_get_info (row);
  GtkWidget *neighbour = find_neighbour (self, GTK_WIDGET (row));
  g_autofree char *text = NULL;
  AdwToast *toast;

  /* Translators: %s is a point in time, “Today 14:02” */
  text = g_strdup_printf (_ ("Deleted the session “%s”"),
                          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  g_hash_table_insert (self->deleted, g_strdup (info->folder), row);
  if (neighbour != NULL)
    gtk_widget_grab_focus (neighbour);
  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
  update_page (self);

  toast = make_toast (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "sessions.undo");
  adw_toast_set_action_target (toast, "s", info->folder);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* --- opening and saving --- */

static void
activated_cb (SwbSessions *self, GtkListBoxRow *row)
{
  const SwbJournalInfo *info = swb_session_row_get_info (SWB_SESSION_ROW (row));

  swb_opener_open_session (self->application, info->folder);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbSessions) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!swb_session_save_finish (self->save_bar, result, &error))
    tell (self, error->message);
}

void
swb_sessions_save (SwbSessions *self, const char *folder, GFile *file)
{
  g_return_if_fail (SWB_IS_SESSIONS (self));

  swb_session_save_async (folder, file, save_begun_cb, g_object_ref (self));
}

static void
file_chosen_cb (GFile *file, gpointer user_data)
{
  SwbSessions *self = user_data;

  swb_sessions_save (self, self->saving, file);
}

static void
save_cb (SwbSessionRow *row, SwbSessions *self)
{
  const SwbJournalInfo *info = swb_session_row_get_info (row);
  g_autofree char *name = swb_session_text_dup_file_name (info->begin_wall_ns);

  g_free (self->saving);
  self->saving = g_strdup (info->folder);
  swb_compat_choose_save (GTK_WINDOW (self), _ ("Save Recording"), name, _ ("Recordings"),
                          "*.pcapng", file_chosen_cb, self);
}

static void
saved_cb (SwbSaveBar *bar, GFile *file, SwbSessions *self)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  /* Translators: %s is a file's name */
  g_autofree char *text = g_strdup_printf (_ ("Saved %s"), name);

  tell (self, text);
}

/* --- the list --- */

static void
problem_cb (SwbSessionRow *row, const char *text, SwbSessions *self)
{
  tell (self, text);
}

static void
add_row (SwbSessions *self, SwbJournalInfo *info)
{
  GtkWidget *row = swb_session_row_new (info);

  g_signal_connect_object (row, "save", G_CALLBACK (save_cb), self, 0);
  g_signal_connect_object (row, "delete", G_CALLBACK (delete_cb), self, 0);
  g_signal_connect_object (row, "problem", G_CALLBACK (problem_cb), self, 0);
  gtk_list_box_append (self->list, row);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbSessions) self = user_data;
  g_autoptr (GPtrArray) all = swb_journal_list_finish (result, NULL);

  if (all == NULL || self->deleted == NULL)
    return;
  while (all->len > 0)
    {
      SwbJournalInfo *info = g_ptr_array_steal_index (all, 0);

      /* A window that has just been opened has nothing to see yet. */
      if (info->n_records > 0)
        add_row (self, info);
      else
        swb_journal_info_free (info);
    }
  update_page (self);
  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

/* The program stays until the files are gone. */
static void
gone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (GError) error = NULL;

  if (!swb_session_remove_finish (result, &error))
    g_message ("%s", error->message);
  g_application_release (application);
}

static void
remove_at_last (SwbSessions *self, const char *folder)
{
  g_application_hold (G_APPLICATION (self->application));
  swb_session_remove_async (folder, gone_cb, g_object_ref (self->application));
}

static void
swb_sessions_dispose (GObject *object)
{
  SwbSessions *self = SWB_SESSIONS (object);
  GHashTableIter iter;
  gpointer folder;

  /* What was deleted and not taken back goes now. */
  if (self->deleted != NULL)
    {
      g_hash_table_iter_init (&iter, self->deleted);
      while (g_hash_table_iter_next (&iter, &folder, NULL))
        remove_at_last (self, folder);
    }
  g_clear_pointer (&self->deleted, g_hash_table_unref);
  G_OBJECT_CLASS (swb_sessions_parent_class)->dispose (object);
}

static void
swb_sessions_finalize (GObject *object)
{
  g_free (SWB_SESSIONS (object)->saving);
  G_OBJECT_CLASS (swb_sessions_parent_class)->finalize (object);
}

static void
swb_sessions_class_init (SwbSessionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_sessions_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_sessions_finalize;
  g_type_ensure (SWB_TYPE_SAVE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/sessions.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbSessions, toasts);
  gtk_widget_class_bind_template_child (widget_class, SwbSessions, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbSessions, list);
  gtk_widget_class_bind_template_child (widget_class, SwbSessions, save_bar);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, saved_cb);
  gtk_widget_class_install_action (widget_class, "sessions.undo", "s", undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
swb_sessions_init (SwbSessions *self)
{
  self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
swb_sessions_new (SwbApplication *application, GtkWindow *parent)
{
  SwbSessions *self = g_object_new (SWB_TYPE_SESSIONS, "transient-for", parent, NULL);
  g_autofree char *folder = swb_journal_list_dup_folder ();

  self->application = application;
  swb_journal_list_async (folder, NULL, listed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

const char *
swb_sessions_get_page (SwbSessions *self)
{
  g_return_val_if_fail (SWB_IS_SESSIONS (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
