/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-composer-private.h"

#include "app/widgets/swb-compat.h"

#include <glib/gi18n.h>

/* The pane may be closed while the dialog is open: the window keeps a weak reference for
 * it. */
static void
file_chosen_cb (GFile *file, gpointer user_data)
{
  GWeakRef *ref = g_object_get_data (G_OBJECT (user_data), "swb-composer-asking");
  g_autoptr (SwbComposer) self = ref != NULL ? g_weak_ref_get (ref) : NULL;
  g_autofree char *path = g_file_get_path (file);

  if (self == NULL)
    return;
  if (path == NULL)
    swb_composer_show_error (self, _ ("Only files of this computer can be sent"));
  else if (self->chooses_along)
    swb_send_way_set_file (self->way, path);
  else
    {
      gtk_drop_down_set_selected (self->mode, MODE_FILE);
      swb_compose_text_set_text (self->text, path);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

void
swb_composer_choose_file (SwbComposer *self, gboolean along)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));
  GWeakRef *ref;

  if (!GTK_IS_WINDOW (window))
    return;
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  g_object_set_data_full (G_OBJECT (window), "swb-composer-asking", ref, weak_ref_free);
  self->chooses_along = along;
  swb_compat_choose_file (GTK_WINDOW (window),
                          along ? _ ("Choose a File to Hand On")
                                : _ ("Choose a File to Send"),
                          file_chosen_cb, window);
}
