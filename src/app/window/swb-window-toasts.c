/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/window/swb-window-private.h"

#include <glib/gi18n.h>

#include "net/swb-payload.h"

#define TOAST_MAX_CHARS 200

/* A toast has slid in, also in the place of another. */
#define SHOWN_US (600 * 1000)

/* A toast's title is markup, and the text quotes names that a person, a file or the network
 * gave. */
static char *
dup_toast_title (const char *text)
{
  g_autofree char *shown = swb_payload_display ((const guint8 *)text, strlen (text),
                                                SWB_ENCODING_UTF8, TOAST_MAX_CHARS);

  return g_markup_escape_text (shown, -1);
}

void
swb_window_toast (SwbWindow *self, const char *text)
{
  g_autofree char *title = NULL;

  g_return_if_fail (SWB_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  title = dup_toast_title (text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

typedef struct
{
  SwbSnapshot *snapshot;
  AdwToast *toast;
} Undo;

static void
undo_free (Undo *undo)
{
  swb_snapshot_free (undo->snapshot);
  g_object_unref (undo->toast);
  g_free (undo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

GHashTable *
swb_window_new_undos (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)undo_free);
}

static void
toast_dismissed_cb (AdwToast *toast, SwbWindow *self)
{
  GVariant *id = adw_toast_get_action_target_value (toast);

  g_hash_table_remove (self->undos, GUINT_TO_POINTER (g_variant_get_uint32 (id)));
}

void
swb_window_toast_with_undo (SwbWindow *self, const char *text, SwbSnapshot *snapshot)
{
  g_autofree char *title = dup_toast_title (text);
  AdwToast *toast = adw_toast_new (title);
  Undo *undo = g_new0 (Undo, 1);

  undo->snapshot = snapshot;
  undo->toast = g_object_ref (toast);
  self->last_undo++;
  g_hash_table_insert (self->undos, GUINT_TO_POINTER (self->last_undo), undo);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_action_target (toast, "u", self->last_undo);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* A toast that is to go when it has slid in. */
typedef struct
{
  AdwToast *toast;
  gint64 first_us; /* the time of the first frame; 0: there was none yet */
  gboolean is_shown;
} Dismissal;

static void
dismissal_free (gpointer data)
{
  Dismissal *dismissal = data;

  g_object_unref (dismissal->toast);
  g_free (dismissal);
}

static gboolean
dismiss_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer user_data)
{
  Dismissal *dismissal = user_data;
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (dismissal->is_shown)
    {
      adw_toast_dismiss (dismissal->toast);
      return G_SOURCE_REMOVE;
    }

  if (dismissal->first_us == 0)
    dismissal->first_us = now_us;
  dismissal->is_shown = now_us - dismissal->first_us >= SHOWN_US;
  return G_SOURCE_CONTINUE;
}

/* libadwaita 1.2 tells a toast that it has slid in after it freed it, when the frame that
 * ends that animation is also the one that ends its sliding out. So a frame has to lie
 * between the two, however late frames are. */
static void
dismiss_later (SwbWindow *self, AdwToast *toast)
{
  Dismissal *dismissal = g_new0 (Dismissal, 1);

  dismissal->toast = g_object_ref (toast);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->toasts), dismiss_cb, dismissal,
                                dismissal_free);
}

void
swb_window_undo (SwbWindow *self, guint id)
{
  g_autoptr (Undo) undo = NULL;

  if (!g_hash_table_steal_extended (self->undos, GUINT_TO_POINTER (id), NULL,
                                    (gpointer *)&undo))
    return;

  dismiss_later (self, undo->toast);
  swb_document_restore (self->document, undo->snapshot);
}

void
swb_window_close_pane (SwbWindow *self, SwbPaneView *view)
{
  SwbPane *pane = swb_pane_view_get_pane (view);
  g_autoptr (SwbSnapshot) snapshot = swb_document_snapshot_pane (self->document, pane);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  /* Translators: %s is a pane's title */
  text = g_strdup_printf (_ ("Closed “%s”"), swb_pane_get_title (pane));
  if (swb_bench_run_text (self->bench, &error, "%s remove", swb_pane_get_name (pane)) == 0)
    swb_window_toast (self, error->message);
  else if (snapshot != NULL)
    swb_window_toast_with_undo (self, text, g_steal_pointer (&snapshot));
  else
    swb_window_toast (self, text);
}
