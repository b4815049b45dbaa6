/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-save-bar.h"

#include <glib/gi18n.h>

#include "net/swb-payload.h"

/* What is done sooner needs no bar. */
#define PATIENCE_MS 1000
#define TEXT_MAX_CHARS 400

struct _SwbSaveBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;
  GtkProgressBar *progress;
  GtkWidget *cancel_button;
  GtkWidget *close_button;

  GCancellable *cancellable; /* while busy */
  GFile *file;
  guint patience;
  guint64 n_unkept;
  gboolean has_failed;
};

enum
{
  SIGNAL_SAVED,
  SIGNAL_BUSY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbSaveBar, swb_save_bar, GTK_TYPE_WIDGET)

static char *
dup_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

/* The text quotes names of files, which may hold anything. */
static void
set_text (SwbSaveBar *self, const char *text)
{
  g_autofree char *shown = swb_payload_display ((const guint8 *)text, strlen (text),
                                                SWB_ENCODING_UTF8, TEXT_MAX_CHARS);

  gtk_label_set_label (self->label, shown);
}

static void
set_failed (SwbSaveBar *self, gboolean has_failed)
{
  self->has_failed = has_failed;
  gtk_widget_set_visible (GTK_WIDGET (self->icon), has_failed);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !has_failed);
  gtk_widget_set_visible (self->cancel_button, !has_failed);
  gtk_widget_set_visible (self->close_button, has_failed);
  if (has_failed)
    gtk_widget_add_css_class (GTK_WIDGET (self), "alarming");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "alarming");
}

static gboolean
patience_cb (gpointer user_data)
{
  SwbSaveBar *self = user_data;

  self->patience = 0;
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  SwbSaveBar *self = user_data;

  if (self->cancellable != NULL && total > 0)
    gtk_progress_bar_set_fraction (self->progress, (double)done / (double)total);
}

static void
tell_failure (SwbSaveBar *self, GFile *file, const char *reason)
{
  g_autofree char *name = dup_name (file);
  /* Translators: a file's name, and why it could not be saved */
  g_autofree char *text = g_strdup_printf (_ ("%s was not saved: %s"), name, reason);

  set_text (self, text);
  set_failed (self, TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
end (SwbSaveBar *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbSaveBar) self = user_data;
  g_autoptr (GFile) file = g_steal_pointer (&self->file);
  g_autoptr (GError) error = NULL;
  gboolean saved = swb_export_save_finish (result, &error);

  if (self->cancellable == NULL)
    return;

  end (self);
  self->n_unkept = swb_export_save_get_n_unkept (result);
  if (!saved && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell_failure (self, file, error->message);
  g_signal_emit (self, signals[SIGNAL_BUSY_CHANGED], 0);
  if (saved)
    g_signal_emit (self, signals[SIGNAL_SAVED], 0, file);
}

static void
cancel_clicked_cb (SwbSaveBar *self)
{
  swb_save_bar_cancel (self);
}

static void
close_clicked_cb (SwbSaveBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  self->has_failed = FALSE;
}

static void
swb_save_bar_dispose (GObject *object)
{
  SwbSaveBar *self = SWB_SAVE_BAR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_pointer ((GtkWidget **)&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (swb_save_bar_parent_class)->dispose (object);
}

static void
swb_save_bar_finalize (GObject *object)
{
  g_clear_object (&SWB_SAVE_BAR (object)->file);
  G_OBJECT_CLASS (swb_save_bar_parent_class)->finalize (object);
}

static void
swb_save_bar_class_init (SwbSaveBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_save_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_save_bar_finalize;
  signals[SIGNAL_SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[SIGNAL_BUSY_CHANGED] = g_signal_new ("busy-changed", type, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/save-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbSaveBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, SwbSaveBar, icon);
  gtk_widget_class_bind_template_child (widget_class, SwbSaveBar, label);
  gtk_widget_class_bind_template_child (widget_class, SwbSaveBar, progress);
  gtk_widget_class_bind_template_child (widget_class, SwbSaveBar, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SwbSaveBar, close_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
}

static void
swb_save_bar_init (SwbSaveBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
begin (SwbSaveBar *self, GFile *file)
{
  g_autofree char *name = dup_name (file);
  /* Translators: %s is a file's name */
  g_autofree char *text = g_strdup_printf (_ ("Saving %s…"), name);

  set_text (self, text);
  set_failed (self, FALSE);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  g_set_object (&self->file, file);
  self->cancellable = g_cancellable_new ();
  self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

void
swb_save_bar_run (SwbSaveBar *self, const SwbExportSource *source, SwbExportFormat format,
                  GFile *file)
{
  const char *path;

  g_return_if_fail (SWB_IS_SAVE_BAR (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->cancellable != NULL)
    return;
  path = g_file_peek_path (file);
  if (path == NULL)
    {
      tell_failure (self, file, _ ("it would not be on a disk of this computer"));
      return;
    }

  begin (self, file);
  swb_export_save_async (source, format, path, progress_cb, self, self->cancellable,
                         saved_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_BUSY_CHANGED], 0);
}

void
swb_save_bar_cancel (SwbSaveBar *self)
{
  g_return_if_fail (SWB_IS_SAVE_BAR (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

gboolean
swb_save_bar_is_busy (SwbSaveBar *self)
{
  g_return_val_if_fail (SWB_IS_SAVE_BAR (self), FALSE);

  return self->cancellable != NULL;
}

guint64
swb_save_bar_get_n_unkept (SwbSaveBar *self)
{
  g_return_val_if_fail (SWB_IS_SAVE_BAR (self), 0);

  return self->n_unkept;
}

const char *
swb_save_bar_get_text (SwbSaveBar *self)
{
  g_return_val_if_fail (SWB_IS_SAVE_BAR (self), NULL);

  return gtk_label_get_label (self->label);
}

gboolean
swb_save_bar_has_failed (SwbSaveBar *self)
{
  g_return_val_if_fail (SWB_IS_SAVE_BAR (self), FALSE);

  return self->has_failed;
}
