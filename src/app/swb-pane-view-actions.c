/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-pane-view-private.h"

#include "app/swb-multicast-popover.h"
#include "app/swb-pane-calls.h"
#include "net/swb-payload.h"

#include <glib/gi18n.h>

#define BACKLOG 128

static SwbPane *
get_pane (SwbPaneView *self)
{
  return swb_pane_runner_get_pane (self->runner);
}

static SwbCommand *
make_command (SwbPaneView *self, SwbVerb verb)
{
  SwbCommand *command = swb_pane_runner_command (self->runner, verb);

  if (verb == SWB_VERB_BIND)
    command->address = swb_address_row_dup_text (self->bind_row);
  else if (verb == SWB_VERB_CONNECT)
    command->address = swb_address_row_dup_text (self->connect_row);
  else if (verb == SWB_VERB_LISTEN)
    command->numbers[0] = BACKLOG;
  else if (verb == SWB_VERB_SHUTDOWN)
    command->numbers[0] = SHUT_WR;
  return command;
}

/* A wrong address is explained below its entry: the person is taken there instead. */
static gboolean
check_row (SwbPaneView *self, SwbVerb verb)
{
  SwbAddressRow *row = verb == SWB_VERB_BIND ? self->bind_row : self->connect_row;

  if (verb != SWB_VERB_BIND && verb != SWB_VERB_CONNECT)
    return TRUE;
  if (!gtk_widget_get_visible (GTK_WIDGET (row)))
    {
      swb_pane_view_show_connect_row (self);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return FALSE;
    }
  if (!swb_address_row_is_valid (row))
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return swb_address_row_is_valid (row);
}

static void
run_command (SwbPaneView *self, SwbCommand *command)
{
  swb_failure_bar_set_problem (self->failure, NULL);
  swb_pane_runner_run (self->runner, command);
}

static void
run_verb (SwbPaneView *self, SwbVerb verb)
{
  if (check_row (self, verb))
    run_command (self, make_command (self, verb));
}

static SwbVerb
find_verb (const char *name)
{
  for (int verb = SWB_VERB_SOCKET; verb < SWB_VERB_PANE; verb++)
    if (g_str_equal (swb_verb_get_name ((SwbVerb)verb), name))
      return (SwbVerb)verb;
  return SWB_VERB_NONE;
}

static void
call_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  run_verb (user_data, find_verb (g_action_get_name (G_ACTION (action))));
}

static void
call_anyway_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbVerb verb = find_verb (g_variant_get_string (parameter, NULL));

  if (verb != SWB_VERB_NONE)
    run_verb (user_data, verb);
}

static void
shutdown_how_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  const char *how = g_variant_get_string (parameter, NULL);
  SwbCommand *command = make_command (self, SWB_VERB_SHUTDOWN);

  if (g_str_equal (how, "SHUT_RD"))
    command->numbers[0] = SHUT_RD;
  else if (g_str_equal (how, "SHUT_RDWR"))
    command->numbers[0] = SHUT_RDWR;
  run_command (self, command);
}

static void
run_chain (SwbPaneView *self, GPtrArray *chain)
{
  swb_failure_bar_set_problem (self->failure, NULL);
  swb_pane_runner_chain (self->runner, chain);
}

/* Whether the chain ends in connect. */
static gboolean
reaches_out (SwbPaneView *self)
{
  return swb_pane_get_role (get_pane (self)) == SWB_ROLE_CLIENT
         && swb_pane_calls_can_connect (get_pane (self));
}

/* Whether the chain has to bind: a client does only when its person said where. */
static gboolean
has_to_bind (SwbPaneView *self)
{
  SwbState state = swb_pane_get_state (get_pane (self));

  return state != SWB_STATE_BOUND
         && (!reaches_out (self) || !swb_address_row_is_empty (self->bind_row));
}

static gboolean
serves (SwbPaneView *self)
{
  SwbVerb verbs[SWB_PANE_CALLS_MAX];
  guint n = swb_pane_calls_list (get_pane (self), verbs);

  for (guint i = 0; i < n; i++)
    if (verbs[i] == SWB_VERB_LISTEN)
      return swb_pane_get_role (get_pane (self)) == SWB_ROLE_SERVER;
  return FALSE;
}

static void
start_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain;

  if (has_to_bind (self) && !check_row (self, SWB_VERB_BIND))
    return;
  if (reaches_out (self) && !check_row (self, SWB_VERB_CONNECT))
    return;

  chain = swb_pane_runner_new_chain ();
  if (has_to_bind (self))
    g_ptr_array_add (chain, make_command (self, SWB_VERB_BIND));
  if (serves (self))
    g_ptr_array_add (chain, make_command (self, SWB_VERB_LISTEN));
  if (reaches_out (self))
    g_ptr_array_add (chain, make_command (self, SWB_VERB_CONNECT));
  run_chain (self, chain);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_pane_runner_cancel (SWB_PANE_VIEW (user_data)->runner);
}

static void
take_over_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain = swb_pane_runner_new_chain ();
  SwbCommand *command = swb_pane_runner_command (self->runner, SWB_VERB_UNLINK);

  command->address = swb_address_row_dup_text (self->bind_row);
  g_ptr_array_add (chain, command);
  g_ptr_array_add (chain, make_command (self, SWB_VERB_BIND));
  run_chain (self, chain);
}

/* As text: how an option's value becomes bytes is the command's business. */
static void
add_line (GPtrArray *chain, const char *line)
{
  SwbCommand *command = swb_command_parse (line, NULL, NULL);

  if (command != NULL)
    g_ptr_array_add (chain, command);
}

static void
reuse_address_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain = swb_pane_runner_new_chain ();
  g_autofree char *line = g_strdup_printf ("%s setsockopt SOL_SOCKET SO_REUSEADDR 1",
                                           swb_pane_get_name (get_pane (self)));

  add_line (chain, line);
  g_ptr_array_add (chain, make_command (self, SWB_VERB_BIND));
  run_chain (self, chain);
}

static void
free_port_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  swb_address_row_set_port (self->bind_row, "0");
  run_verb (self, SWB_VERB_BIND);
}

/* The lines of a remedy: see swb-remedy.h. */
static void
remedy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain = swb_pane_runner_new_chain ();
  g_autofree const char **lines = g_variant_get_strv (parameter, NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    add_line (chain, lines[i]);
  run_chain (self, chain);
}

static void
mode_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbPaneView *self = user_data;
  gboolean accepts = g_str_equal (g_action_get_name (G_ACTION (action)), "accept-auto");
  SwbCommand *command
      = make_command (self, accepts ? SWB_VERB_ACCEPT_MODE : SWB_VERB_RECV_MODE);

  /* The action's state follows the journal, not the click. */
  if (!accepts && g_variant_get_boolean (value))
    swb_pane_get_recv_mode (get_pane (self), command->numbers);
  else
    command->numbers[0] = g_variant_get_boolean (value);
  run_command (self, command);
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
  command = make_command (self, SWB_VERB_REPLY);
  command->numbers[0] = reply;
  run_command (self, command);
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
  command = make_command (self, SWB_VERB_REPLY);
  command->numbers[0] = SWB_REPLY_FIXED;
  command->bytes = g_steal_pointer (&bytes);
  run_command (self, command);
}

static void
receive_buffer_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  swb_receive_buffer_present (self->receive_buffer, get_pane (self));
}

static void
asked_cb (SwbPaneView *self, int bytes)
{
  SwbCommand *command = make_command (self, SWB_VERB_SETSOCKOPT);

  command->numbers[0] = SOL_SOCKET;
  command->numbers[1] = SO_RCVBUF;
  command->bytes = g_bytes_new (&bytes, sizeof bytes);
  run_command (self, command);
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
                         swb_pane_get_title (get_pane (self)));
  gtk_popover_popup (self->title_popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->title_entry));
}

static void
set_title_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbCommand *command = make_command (self, SWB_VERB_TITLE);

  gtk_popover_popdown (self->title_popover);
  command->title = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_entry)));
  run_command (self, command);
}

static void
copy_address_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbConnection *own = swb_pane_get_socket (get_pane (self));
  g_autofree char *text = swb_address_print (swb_connection_get_local (own));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  swb_pane_view_toast (self, _ ("Address copied"));
}

/* The connection that is chosen, else the newest, else the pane's own socket. */
static guint
find_conversation (SwbPaneView *self)
{
  GListModel *connections = swb_pane_get_connections (get_pane (self));
  guint n = g_list_model_get_n_items (connections);
  guint chosen = swb_connection_strip_get_chosen (self->strip);
  g_autoptr (SwbConnection) newest
      = n > 0 ? g_list_model_get_item (connections, n - 1) : NULL;

  if (chosen != SWB_CONNECTION_ALL)
    return chosen;
  return newest != NULL ? swb_connection_get_number (newest) : SWB_CONNECTION_NONE;
}

static void
follow_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.follow", "(uu)",
                              swb_pane_get_id (get_pane (self)), find_conversation (self));
}

/* Of the connection that is chosen, else of the pane's own socket. */
static void
options_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  guint chosen = swb_connection_strip_get_chosen (self->strip);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.options", "(uu)",
                              swb_pane_get_id (get_pane (self)),
                              chosen != SWB_CONNECTION_ALL ? chosen : SWB_CONNECTION_NONE);
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
    { .name = "socket", .activate = call_cb },
    { .name = "bind", .activate = call_cb },
    { .name = "listen", .activate = call_cb },
    { .name = "accept", .activate = call_cb },
    { .name = "connect", .activate = call_cb },
    { .name = "recv", .activate = call_cb },
    { .name = "recvfrom", .activate = call_cb },
    { .name = "shutdown", .activate = call_cb },
    { .name = "close", .activate = call_cb },
    { .name = "getsockname", .activate = call_cb },
    { .name = "getpeername", .activate = call_cb },
    { .name = "call-anyway", .activate = call_anyway_cb, .parameter_type = "s" },
    { .name = "shutdown-how", .activate = shutdown_how_cb, .parameter_type = "s" },
    { .name = "start", .activate = start_cb },
    { .name = "cancel", .activate = cancel_cb },
    { .name = "take-over", .activate = take_over_cb },
    { .name = "reuse-address", .activate = reuse_address_cb },
    { .name = "free-port", .activate = free_port_cb },
    { .name = "remedy", .activate = remedy_cb, .parameter_type = "as" },
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
  gtk_widget_insert_action_group (GTK_WIDGET (self), "pane",
                                  G_ACTION_GROUP (self->actions));
}

static GSimpleAction *
find_action (SwbPaneView *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static void
set_enabled (SwbPaneView *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (find_action (self, name), enabled);
}

static gboolean
can_press (SwbStanding standing)
{
  return standing == SWB_STANDING_POSSIBLE || standing == SWB_STANDING_NEXT;
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
  static const SwbVerb calls[] = {
    SWB_VERB_SOCKET,   SWB_VERB_BIND,     SWB_VERB_LISTEN,
    SWB_VERB_ACCEPT,   SWB_VERB_CONNECT,  SWB_VERB_RECV,
    SWB_VERB_RECVFROM, SWB_VERB_SHUTDOWN, SWB_VERB_CLOSE,
  };
  SwbPane *pane = get_pane (self);
  SwbConnection *own = swb_pane_get_socket (pane);
  gboolean open = swb_connection_get_fd (own) >= 0;
  gboolean busy = swb_pane_runner_is_busy (self->runner);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    set_enabled (self, swb_verb_get_name (calls[i]),
                 can_press (swb_pane_calls_get_standing (pane, calls[i])));
  set_enabled (self, "getsockname", open);
  set_enabled (self, "getpeername", open);
  set_enabled (self, "start", swb_pane_calls_get_chain_begin (pane) != SWB_VERB_NONE);
  /* A remedy that is on its way is not overtaken by another. */
  set_enabled (self, "take-over", swb_pane_get_failure (pane)->stale && !busy);
  set_enabled (self, "reuse-address", !busy);
  set_enabled (self, "free-port", !busy);
  set_enabled (self, "remedy", !busy);
  set_enabled (self, "copy-address", swb_connection_get_local (own)->length > 0);
  set_enabled (self, "receive-buffer", has_receive_buffer (pane));
  set_enabled (self, "multicast", swb_multicast_popover_suits (pane));
  update_modes (self, pane);
}
