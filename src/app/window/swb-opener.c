/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/window/swb-opener.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-file-kind.h"
#include "app/sessions/swb-recording-window.h"

/* Files that were opened together. They are looked at at once, and opened in their order.
 */
typedef struct
{
  SwbApplication *application;
  SwbWindow *window; /* nullable */
  GPtrArray *files;  /* GFile */
  SwbFileKind *kinds;
  guint n_unknown; /* of the kinds */
  gboolean has_bench;
} Batch;

static void
batch_free (Batch *batch)
{
  g_application_release (G_APPLICATION (batch->application));
  g_object_unref (batch->application);
  g_clear_object (&batch->window);
  g_ptr_array_unref (batch->files);
  g_free (batch->kinds);
  g_free (batch);
}

static SwbWindow *
find_window (Batch *batch)
{
  if (batch->window != NULL
      && gtk_window_get_application (GTK_WINDOW (batch->window)) != NULL)
    return batch->window;
  return swb_application_ensure_window (batch->application, NULL);
}

static void
open_bench (Batch *batch, GFile *file)
{
  SwbWindow *window = find_window (batch);

  if (batch->has_bench)
    {
      swb_window_toast (window, _ ("Only the first bench file was opened"));
      return;
    }

  batch->has_bench = TRUE;
  swb_window_open (window, file);
  gtk_window_present (GTK_WINDOW (window));
}

static SwbRecordingWindow *
make_window (SwbApplication *application)
{
  GtkWidget *window = swb_recording_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  return SWB_RECORDING_WINDOW (window);
}

static void
open_all (Batch *batch)
{
  for (guint i = 0; i < batch->files->len; i++)
    if (batch->kinds[i] == SWB_FILE_RECORDING)
      swb_recording_window_open_file (make_window (batch->application),
                                      batch->files->pdata[i]);
    else
      open_bench (batch, batch->files->pdata[i]);
  if (batch->window != NULL)
    swb_window_expect (batch->window, FALSE);
  batch_free (batch);
}

static void
guessed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Batch *batch = user_data;
  SwbFileKind kind = swb_file_kind_guess_finish (result);

  for (guint i = 0; i < batch->files->len; i++)
    if (batch->files->pdata[i] == source)
      batch->kinds[i] = kind;
  if (--batch->n_unknown == 0)
    open_all (batch);
}

void
swb_opener_open_files (SwbApplication *application, SwbWindow *window, GFile **files,
                       guint n_files)
{
  Batch *batch;

  g_return_if_fail (SWB_IS_APPLICATION (application));

  if (n_files == 0)
    return;
  /* Without a window nothing else keeps the program until it knows what the file is. */
  g_application_hold (G_APPLICATION (application));
  batch = g_new0 (Batch, 1);
  batch->application = g_object_ref (application);
  g_set_object (&batch->window, window);
  if (window != NULL)
    swb_window_expect (window, TRUE);
  batch->files = g_ptr_array_new_with_free_func (g_object_unref);
  batch->kinds = g_new0 (SwbFileKind, n_files);
  batch->n_unknown = n_files;
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (batch->files, g_object_ref (files[i]));
  for (guint i = 0; i < n_files; i++)
    swb_file_kind_guess_async (files[i], NULL, guessed_cb, batch);
}

void
swb_opener_open (SwbApplication *application, SwbWindow *window, GFile *file)
{
  swb_opener_open_files (application, window, &file, 1);
}

GtkWindow *
swb_opener_open_session (SwbApplication *application, const char *folder)
{
  SwbRecordingWindow *window;

  g_return_val_if_fail (SWB_IS_APPLICATION (application), NULL);

  window = make_window (application);
  swb_recording_window_open_session (window, folder);
  return GTK_WINDOW (window);
}

/* --- drops --- */

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (root));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_ptr_array_add (files, l->data);
  if (files->len == 0 || !SWB_IS_APPLICATION (application))
    return FALSE;

  swb_opener_open_files (SWB_APPLICATION (application),
                         SWB_IS_WINDOW (root) ? SWB_WINDOW (root) : NULL,
                         (GFile **)files->pdata, files->len);
  return TRUE;
}

void
swb_opener_accept_drops (GtkWidget *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), NULL);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
