/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-view-private.h"

#include "app/pane/swb-multicast-popover.h"
#include "net/swb-payload.h"

#include <glib/gi18n.h>

static void
mode_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbPaneView *self = user_data;
  gboolean accepts = g_str_equal (g_action_get_name (G_ACTION (action)), "accept-auto");
  SwbCommand *command = swb_pane_view_make_command (self, accepts ? SWB_VERB_ACCEPT_MODE
                                                                  : SWB_VERB_RECV_MODE);

  /* The action's state follows the journal, not the click. */
  if (!accepts && g_variant_get_boolean (value))
    swb_pane_get_recv_mode (swb_pane_view_get_pane (self), command->numbers);
  else
    command->numbers[0] = g_variant_get_boolean (value);
  swb_pane_view_run (self, command);
}

static SwbReply
find_reply (const char *name)
{
  for (int reply = SWB_REPLY_NONE; reply < SWB_N_REPLIES; reply++)
    if (g_str_equal (swb_reply_get_name ((SwbReply)reply), name))
      return (SwbReply)reply;
  return SWB_REPLY_NONE;
}

static void
reply_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbReply reply = find_reply (g_variant_get_string (value, NULL));
  SwbCommand *command;

  if (reply == SWB_REPLY_FIXED)
    {
      gtk_popover_popup (self->reply_popover);
      return;
    }
  command = swb_pane_view_make_command (self, SWB_VERB_REPLY);
  command->numbers[0] = reply;
  swb_pane_view_run (self, command);
}

static void
fixed_reply_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->reply_entry));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = swb_payload_from_text (text, SWB_ENCODING_UTF8, SWB_LINE_END_NONE, NULL, &error);
  SwbCommand *command;

  gtk_popover_popdown (self->reply_popover);
  if (bytes == NULL)
    {
      swb_failure_bar_set_problem (self->failure, error->message);
      return;
    }
  command = swb_pane_view_make_command (self, SWB_VERB_REPLY);
  command->numbers[0] = SWB_REPLY_FIXED;
  command->bytes = g_steal_pointer (&bytes);
  swb_pane_view_run (self, command);
}

static void
receive_buffer_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  swb_receive_buffer_present (self->receive_buffer, swb_pane_view_get_pane (self));
}

static void
asked_cb (SwbPaneView *self, int bytes)
{
  SwbCommand *command = swb_pane_view_make_command (self, SWB_VERB_SETSOCKOPT);

  command->numbers[0] = SOL_SOCKET;
  command->numbers[1] = SO_RCVBUF;
  command->bytes = g_bytes_new (&bytes, sizeof bytes);
  swb_pane_view_run (self, command);
}

/* What the engine asks a receive buffer for: datagram sockets of the internet domains. */
static gboolean
has_receive_buffer (SwbPane *pane)
{
  int domain = swb_pane_get_domain (pane);

  return swb_pane_get_socket_type (pane) == SOCK_DGRAM
         && (domain == AF_INET || domain == AF_INET6);
}

static void
multicast_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  swb_multicast_popover_present (GTK_WIDGET (self->menu_button), self->runner);
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  gtk_editable_set_text (GTK_EDITABLE (self->title_entry),
                         swb_pane_get_title (swb_pane_view_get_pane (self)));
  gtk_popover_popup (self->title_popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->title_entry));
}

static void
set_title_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbCommand *command = swb_pane_view_make_command (self, SWB_VERB_TITLE);

  gtk_popover_popdown (self->title_popover);
  command->title = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_entry)));
  swb_pane_view_run (self, command);
}

static void
copy_address_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbConnection *own = swb_pane_get_socket (swb_pane_view_get_pane (self));
  g_autofree char *text = swb_address_print (swb_connection_get_local (own));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  swb_pane_view_toast (self, _ ("Address copied"));
}

guint
swb_pane_view_find_connection (SwbPaneView *self, gboolean newest)
{
  GListModel *connections = swb_pane_get_connections (swb_pane_view_get_pane (self));
  guint n = g_list_model_get_n_items (connections);
  guint chosen = swb_connection_strip_get_chosen (self->strip);
  g_autoptr (SwbConnection) last
      = newest && n > 0 ? g_list_model_get_item (connections, n - 1) : NULL;

  if (chosen != SWB_CONNECTION_ALL)
    return chosen;
  return last != NULL ? swb_connection_get_number (last) : SWB_CONNECTION_NONE;
}

static void
follow_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.follow", "(uu)",
                              swb_pane_get_id (swb_pane_view_get_pane (self)),
                              swb_pane_view_find_connection (self, TRUE));
}

static void
options_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.options", "(uu)",
                              swb_pane_get_id (swb_pane_view_get_pane (self)),
                              swb_pane_view_find_connection (self, FALSE));
}

static void
close_pane_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_pane_view_request_close (user_data);
}

void
swb_pane_view_add_actions (SwbPaneView *self)
{
  static const GActionEntry entries[] = {
    { .name = "accept-auto", .state = "true", .change_state = mode_cb },
    { .name = "recv-auto", .state = "true", .change_state = mode_cb },
    { .name = "reply", .parameter_type = "s", .state = "'none'", .change_state = reply_cb },
    { .name = "fixed-reply", .activate = fixed_reply_cb },
    { .name = "receive-buffer", .activate = receive_buffer_cb },
    { .name = "multicast", .activate = multicast_cb },
    { .name = "rename", .activate = rename_cb },
    { .name = "set-title", .activate = set_title_cb },
    { .name = "copy-address", .activate = copy_address_cb },
    { .name = "follow", .activate = follow_cb },
    { .name = "options", .activate = options_cb },
    { .name = "close-pane", .activate = close_pane_cb },
  };

  g_signal_connect_object (self->receive_buffer, "asked", G_CALLBACK (asked_cb), self,
                           G_CONNECT_SWAPPED);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  swb_pane_view_add_calls (self);
  swb_pane_view_add_remedies (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "pane",
                                  G_ACTION_GROUP (self->actions));
}

static GSimpleAction *
find_action (SwbPaneView *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

void
swb_pane_view_enable (SwbPaneView *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (find_action (self, name), enabled);
}

static void
update_modes (SwbPaneView *self, SwbPane *pane)
{
  const char *reply = swb_reply_get_name (swb_pane_get_reply (pane));

  g_simple_action_set_state (find_action (self, "accept-auto"),
                             g_variant_new_boolean (swb_pane_get_accept_auto (pane)));
  g_simple_action_set_state (find_action (self, "recv-auto"),
                             g_variant_new_boolean (swb_pane_get_recv_auto (pane)));
  g_simple_action_set_state (find_action (self, "reply"), g_variant_new_string (reply));
}

void
swb_pane_view_update_actions (SwbPaneView *self)
{
  SwbPane *pane = swb_pane_view_get_pane (self);
  SwbConnection *own = swb_pane_get_socket (pane);

  swb_pane_view_update_calls (self);
  swb_pane_view_update_remedies (self);
  swb_pane_view_enable (self, "copy-address", swb_connection_get_local (own)->length > 0);
  swb_pane_view_enable (self, "receive-buffer", has_receive_buffer (pane));
  swb_pane_view_enable (self, "multicast", swb_multicast_popover_suits (pane));
  update_modes (self, pane);
}
