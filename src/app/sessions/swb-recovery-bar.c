/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-recovery-bar.h"

#include <glib/gi18n.h>

#include "app/sessions/swb-session-text.h"
#include "app/sessions/swb-session.h"

/* How long a deletion can be taken back. */
#define UNDO_SECONDS 10

struct _SwbRecoveryBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkWidget *offer_buttons;
  GtkWidget *undo_button;

  char *folder;
  char *offer;    /* the sentence */
  guint deletion; /* source: until it is deleted */
};

static guint open_signal;

G_DEFINE_FINAL_TYPE (SwbRecoveryBar, swb_recovery_bar, GTK_TYPE_WIDGET)

static void
hide (SwbRecoveryBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
set_deleting (SwbRecoveryBar *self, gboolean deleting)
{
  gtk_widget_set_visible (self->offer_buttons, !deleting);
  gtk_widget_set_visible (self->undo_button, deleting);
  gtk_label_set_label (self->label,
                       deleting ? _ ("The recorded session was deleted.") : self->offer);
}

/* What is still there is offered again, with the reason. */
static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbRecoveryBar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (swb_session_remove_finish (result, &error) || self->revealer == NULL)
    return;
  set_deleting (self, FALSE);
  gtk_label_set_label (self->label, error->message);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static gboolean
delete_cb (gpointer user_data)
{
  SwbRecoveryBar *self = user_data;

  self->deletion = 0;
  swb_session_remove_async (self->folder, removed_cb, g_object_ref (self));
  hide (self);
  return G_SOURCE_REMOVE;
}

static void
open_clicked_cb (SwbRecoveryBar *self)
{
  hide (self);
  g_signal_emit (self, open_signal, 0, self->folder);
}

static void
delete_clicked_cb (SwbRecoveryBar *self)
{
  set_deleting (self, TRUE);
  self->deletion = g_timeout_add_seconds (UNDO_SECONDS, delete_cb, self);
}

static void
undo_clicked_cb (SwbRecoveryBar *self)
{
  g_clear_handle_id (&self->deletion, g_source_remove);
  set_deleting (self, FALSE);
}

static void
not_now_clicked_cb (SwbRecoveryBar *self)
{
  hide (self);
}

static void
swb_recovery_bar_dispose (GObject *object)
{
  SwbRecoveryBar *self = SWB_RECOVERY_BAR (object);

  if (self->deletion != 0)
    {
      g_clear_handle_id (&self->deletion, g_source_remove);
      swb_journal_remove (self->folder, NULL);
    }
  g_clear_pointer ((GtkWidget **)&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (swb_recovery_bar_parent_class)->dispose (object);
}

static void
swb_recovery_bar_finalize (GObject *object)
{
  SwbRecoveryBar *self = SWB_RECOVERY_BAR (object);

  g_free (self->folder);
  g_free (self->offer);
  G_OBJECT_CLASS (swb_recovery_bar_parent_class)->finalize (object);
}

static void
swb_recovery_bar_class_init (SwbRecoveryBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_recovery_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_recovery_bar_finalize;
  open_signal = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/recovery-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbRecoveryBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, SwbRecoveryBar, label);
  gtk_widget_class_bind_template_child (widget_class, SwbRecoveryBar, offer_buttons);
  gtk_widget_class_bind_template_child (widget_class, SwbRecoveryBar, undo_button);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, not_now_clicked_cb);
}

static void
swb_recovery_bar_init (SwbRecoveryBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
swb_recovery_bar_offer (SwbRecoveryBar *self, const SwbJournalInfo *info)
{
  g_autofree char *records = NULL;
  g_autofree char *when = NULL;

  g_return_if_fail (SWB_IS_RECOVERY_BAR (self));
  g_return_if_fail (info != NULL);

  records = swb_session_text_dup_records (info->n_records);
  when = swb_session_text_dup_when_now (info->begin_wall_ns);
  g_free (self->folder);
  self->folder = g_strdup (info->folder);
  g_free (self->offer);
  /* Translators: the first %s is “12,480 records” or “1 record”, the second “today 14:02”
   */
  self->offer = g_strdup_printf (
      ngettext ("The last session ended unexpectedly: %s of %s is safe.",
                "The last session ended unexpectedly: %s of %s are safe.", info->n_records),
      records, when);
  set_deleting (self, FALSE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

const char *
swb_recovery_bar_get_text (SwbRecoveryBar *self)
{
  g_return_val_if_fail (SWB_IS_RECOVERY_BAR (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_label (self->label)
                                                        : NULL;
}
