/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-view-private.h"

#include "app/pane/swb-pane-calls.h"
#include "app/widgets/swb-pane-colour.h"
#include "app/pane/swb-pane-menu.h"
#include "app/widgets/swb-widget.h"
#include "app/widgets/swb-tall.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (SwbPaneView, swb_pane_view, GTK_TYPE_WIDGET)

enum
{
  CLOSE_REQUESTED,
  SHOW_RECORD,
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static SwbPane *
get_pane (SwbPaneView *self)
{
  return swb_pane_runner_get_pane (self->runner);
}

static void
update (SwbPaneView *self)
{
  SwbPane *pane = get_pane (self);

  swb_pane_view_update_header (self, pane);
  swb_failure_bar_update (self->failure, pane);
  if (swb_pane_view_is_recorded (self))
    {
      swb_pane_view_update_recorded (self, pane);
      return;
    }

  swb_pane_view_update_form (self, pane);
  swb_pane_view_update_actions (self);
}

static void
problem_cb (SwbPaneView *self, const char *message)
{
  swb_failure_bar_set_problem (self->failure, message);
}

static void
show_record_cb (SwbPaneView *self, guint64 position)
{
  g_signal_emit (self, signals[SHOW_RECORD], 0, position);
}

static void
chosen_cb (SwbPaneView *self)
{
  guint chosen = swb_connection_strip_get_chosen (self->strip);

  swb_conversation_set_connection (self->conversation, chosen);
  if (!swb_pane_view_is_recorded (self))
    swb_composer_set_connection (self->composer, chosen);
}

/* Where the card is too low for all of the form, its last part is what there is to see:
 * what failed, and the calls. Not at once: the form is being laid out. */
static gboolean
reveal_failure_cb (gpointer user_data)
{
  SwbPaneView *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->form);

  self->reveal = 0;
  if (gtk_widget_get_visible (GTK_WIDGET (self->failure)))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

static void
form_resized_cb (SwbPaneView *self)
{
  if (self->reveal == 0)
    self->reveal
        = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 25, reveal_failure_cb, self, NULL);
}

static void
answer_cb (SwbPaneView *self, const char *address)
{
  if (!swb_pane_view_is_recorded (self))
    swb_composer_set_destination (self->composer, address);
}

static void
bind_activate_cb (SwbPaneView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "pane.bind", NULL);
}

static void
connect_activate_cb (SwbPaneView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "pane.connect", NULL);
}

static void
reply_activate_cb (SwbPaneView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "pane.fixed-reply", NULL);
}

static void
title_activate_cb (SwbPaneView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "pane.set-title", NULL);
}

static gboolean
rename_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_widget_activate_action (widget, "pane.rename", NULL);
  return TRUE;
}

static gboolean
close_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  /* In a recording the key is the window's. */
  if (swb_pane_view_is_recorded (SWB_PANE_VIEW (widget)))
    return FALSE;
  swb_pane_view_request_close (SWB_PANE_VIEW (widget));
  return TRUE;
}

static gboolean
find_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return swb_connection_strip_find (SWB_PANE_VIEW (widget)->strip);
}

static void
swb_pane_view_dispose (GObject *object)
{
  SwbPaneView *self = SWB_PANE_VIEW (object);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "pane", NULL);
  g_clear_handle_id (&self->reveal, g_source_remove);
  g_clear_object (&self->actions);
  g_clear_object (&self->runner);
  if (self->title_popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->title_popover)));
  if (self->reply_popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->reply_popover)));
  if (self->receive_buffer != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->receive_buffer)));
  gtk_widget_dispose_template (GTK_WIDGET (self), SWB_TYPE_PANE_VIEW);

  G_OBJECT_CLASS (swb_pane_view_parent_class)->dispose (object);
}

static void
swb_pane_view_finalize (GObject *object)
{
  SwbPaneView *self = SWB_PANE_VIEW (object);

  g_free (self->bind_text);
  g_free (self->connect_text);

  G_OBJECT_CLASS (swb_pane_view_parent_class)->finalize (object);
}

static void
make_signals (void)
{
  signals[CLOSE_REQUESTED]
      = g_signal_new ("close-requested", SWB_TYPE_PANE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW_RECORD] = g_signal_new ("show-record", SWB_TYPE_PANE_VIEW, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[TOAST] = g_signal_new ("toast", SWB_TYPE_PANE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ensure_types (void)
{
  g_type_ensure (SWB_TYPE_TALL);
  g_type_ensure (SWB_TYPE_SPEC_ROW);
  g_type_ensure (SWB_TYPE_ADDRESS_ROW);
  g_type_ensure (SWB_TYPE_CALL_BAR);
  g_type_ensure (SWB_TYPE_FAILURE_BAR);
  g_type_ensure (SWB_TYPE_CONNECTION_STRIP);
  g_type_ensure (SWB_TYPE_PEER_STRIP);
  g_type_ensure (SWB_TYPE_RECEIVE_WAY);
  g_type_ensure (SWB_TYPE_CONVERSATION);
  g_type_ensure (SWB_TYPE_COMPOSER);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, card);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, icon);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, title);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, pill);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, start);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, cancel);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, close);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, journal_section);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, unix_section);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, title_popover);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, title_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, reply_popover);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, reply_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, form);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, spec);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, bind_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, connect_row);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, calls);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, failure);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, strip);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, peers);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, receive_way);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, conversation);
  gtk_widget_class_bind_template_child (widget_class, SwbPaneView, composer);
  gtk_widget_class_bind_template_callback (widget_class, show_record_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, reply_activate_cb);
}

static void
swb_pane_view_class_init (SwbPaneViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = swb_pane_view_dispose;
  object_class->finalize = swb_pane_view_finalize;
  make_signals ();
  ensure_types ();
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, close_key_cb,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, rename_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, find_key_cb,
                                NULL);
}

static void
swb_pane_view_init (SwbPaneView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->form), "changed",
                           G_CALLBACK (form_resized_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->title_popover), GTK_WIDGET (self->menu_button));
  gtk_widget_set_parent (GTK_WIDGET (self->reply_popover), GTK_WIDGET (self->menu_button));
  self->receive_buffer = SWB_RECEIVE_BUFFER (swb_receive_buffer_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->receive_buffer), GTK_WIDGET (self->menu_button));
}

static void
add_journal_items (SwbPaneView *self, guint id)
{
  g_autoptr (GMenuItem) only
      = g_menu_item_new (_ ("Show only this pane in the _journal"), NULL);
  g_autoptr (GMenuItem) all = g_menu_item_new (_ ("Show all panes in the journal"), NULL);

  g_menu_item_set_action_and_target (only, "win.journal-pane", "u", id);
  g_menu_item_set_action_and_target (all, "win.journal-pane", "u", 0);
  g_menu_append_item (self->journal_section, only);
  g_menu_append_item (self->journal_section, all);
}

static gboolean
name_cb (const char *name, SwbAddress *address, gpointer user_data)
{
  SwbPaneView *self = user_data;

  return swb_bench_get_named_address (swb_pane_runner_get_bench (self->runner),
                                      swb_pane_get_domain (get_pane (self)), name, address);
}

/* Another pane may have been bound. */
static void
records_cb (SwbPaneView *self)
{
  swb_address_row_refresh (self->connect_row);
}

static void
fill_rows (SwbPaneView *self, SwbPane *pane)
{
  int domain = swb_pane_get_domain (pane);
  int type = swb_pane_get_socket_type (pane);
  g_autofree char *bind_text = NULL;
  g_autofree char *connect_text = NULL;

  swb_address_row_set_spec (self->bind_row, domain, type);
  swb_address_row_set_spec (self->connect_row, domain, type);
  if (swb_pane_view_is_recorded (self))
    return;

  bind_text = swb_pane_view_dup_default_bind (self);
  connect_text = swb_pane_view_dup_default_connect (self);
  swb_address_row_set_named (self->connect_row, name_cb, self);
  swb_address_row_set_warns (self->bind_row, TRUE);
  swb_address_row_set_text (self->bind_row, bind_text);
  swb_address_row_set_text (self->connect_row, connect_text);
}

GtkWidget *
swb_pane_view_new (SwbBench *bench, SwbPane *pane)
{
  SwbPaneView *self = g_object_new (SWB_TYPE_PANE_VIEW, NULL);

  self->runner = swb_pane_runner_new (bench, pane);
  g_signal_connect_object (self->runner, "problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runner, "busy-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (bench, "records", G_CALLBACK (records_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->card, swb_pane_colour_get_class (swb_pane_get_id (pane)));
  swb_failure_bar_set_bench (self->failure, bench);
  swb_receive_way_set_pane (self->receive_way, pane);
  swb_peer_strip_set_pane (self->peers, pane);
  swb_pane_view_add_actions (self);
  add_journal_items (self, swb_pane_get_id (pane));
  swb_pane_menu_trim (G_MENU (gtk_menu_button_get_menu_model (self->menu_button)),
                      swb_pane_get_domain (pane), swb_pane_get_socket_type (pane));
  swb_spec_row_set_pane (self->spec, pane);
  fill_rows (self, pane);
  swb_connection_strip_set_runner (self->strip, self->runner);
  swb_conversation_set_pane (self->conversation, bench, pane);
  if (swb_bench_is_recording (bench))
    swb_pane_view_make_recorded (self);
  else
    swb_composer_set_runner (self->composer, self->runner);
  update (self);
  return GTK_WIDGET (self);
}

SwbPane *
swb_pane_view_get_pane (SwbPaneView *self)
{
  g_return_val_if_fail (SWB_IS_PANE_VIEW (self), NULL);

  return get_pane (self);
}

void
swb_pane_view_set_bind_text (SwbPaneView *self, const char *address)
{
  g_return_if_fail (SWB_IS_PANE_VIEW (self));

  swb_address_row_set_text (self->bind_row, address);
  update (self);
}

void
swb_pane_view_set_connect_text (SwbPaneView *self, const char *address)
{
  g_return_if_fail (SWB_IS_PANE_VIEW (self));

  swb_address_row_set_text (self->connect_row, address);
}

void
swb_pane_view_show_row (SwbPaneView *self, SwbAddressRow *row)
{
  if (row == self->bind_row)
    self->wants_bind_row = TRUE;
  else
    self->wants_connect_row = TRUE;
  update (self);
}

void
swb_pane_view_toast (SwbPaneView *self, const char *text)
{
  g_signal_emit (self, signals[TOAST], 0, text);
}

void
swb_pane_view_request_close (SwbPaneView *self)
{
  g_signal_emit (self, signals[CLOSE_REQUESTED], 0);
}
