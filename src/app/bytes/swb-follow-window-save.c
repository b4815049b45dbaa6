/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-follow-window-private.h"

#include "app/widgets/swb-compat.h"
#include "journal/export/swb-export.h"
#include "journal/notation/swb-notation.h"

#include <glib/gi18n.h>

static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  SwbFollowWindow *self = user_data;
  g_autofree char *text = NULL;

  if (self->saving == NULL || g_cancellable_is_cancelled (self->saving))
    return;
  text = g_strdup_printf (_ ("Saving… %d %%"), (int)(done * 100 / MAX (total, 1)));
  swb_follow_window_say (self, text, FALSE);
}

/* What was not kept is in no file. */
static void
say_saved (SwbFollowWindow *self)
{
  guint64 n_unkept = swb_conversation_index_get_n_unkept (
      self->index, swb_follow_window_get_side (self));
  g_autofree char *unkept = swb_notation_dup_unkept (n_unkept);
  g_autofree char *text = NULL;

  /* Translators: %s is "1000 bytes were not kept" */
  text = n_unkept > 0 ? g_strdup_printf (_ ("Saved. %s, and are not in the file."), unkept)
                      : g_strdup (_ ("Saved."));
  swb_follow_window_say (self, text, FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbFollowWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = swb_export_save_finish (result, &error);

  g_clear_object (&self->saving);
  gtk_widget_set_visible (self->cancel, FALSE);
  if (saved)
    say_saved (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    swb_follow_window_say (self, _ ("Not saved: cancelled."), FALSE);
  else
    swb_follow_window_say (self, error->message, TRUE);
}

void
swb_follow_window_save (SwbFollowWindow *self, GFile *file)
{
  SwbConversationSide side = swb_follow_window_get_side (self);
  g_autofree char *path = g_file_get_path (file);
  g_autofree guint64 *positions = NULL;
  SwbExportSource source;

  g_return_if_fail (SWB_IS_FOLLOW_WINDOW (self));

  if (self->saving != NULL)
    return;
  if (path == NULL)
    {
      swb_follow_window_say (self, _ ("Not saved: the file is not on this machine."), TRUE);
      return;
    }
  swb_export_source_init (&source, swb_bench_get_journal (self->bench), NULL, NULL);
  positions = swb_conversation_index_dup_positions (self->index, side, &source.n_records);
  source.positions = positions;
  source.pane = self->pane;
  source.connection = self->connection;
  source.direction = side;
  self->saving = g_cancellable_new ();
  gtk_widget_set_visible (self->cancel, TRUE);
  swb_follow_window_say (self, _ ("Saving…"), FALSE);
  swb_export_save_async (&source, SWB_EXPORT_RAW, path, progress_cb, self, self->saving,
                         saved_cb, g_object_ref (self));
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  swb_follow_window_save (user_data, file);
}

static void
save_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbFollowWindow *self = SWB_FOLLOW_WINDOW (widget);
  SwbPane *pane = swb_bench_get_pane_by_id (self->bench, self->pane);
  const char *name = pane != NULL ? swb_pane_get_name (pane) : "conversation";
  g_autofree char *suggestion = g_strdup_printf ("%s.bin", name);

  swb_compat_choose_save (GTK_WINDOW (self), _ ("Save Bytes"), suggestion, NULL, NULL,
                          chosen_cb, self);
}

static void
cancel_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbFollowWindow *self = SWB_FOLLOW_WINDOW (widget);

  if (self->saving != NULL)
    g_cancellable_cancel (self->saving);
}

void
swb_follow_window_install_save (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "window.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "window.cancel", NULL, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK,
                                       "window.save", NULL);
}
