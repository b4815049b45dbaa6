/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-view-private.h"

#include "app/pane/swb-pane-calls.h"
#include "app/widgets/swb-widget.h"
#include "bench/swb-constants.h"

#include <glib/gi18n.h>
#include <sys/socket.h>

#define BACKLOG 128

static gboolean
is_receive (SwbVerb verb)
{
  return verb == SWB_VERB_RECV || verb == SWB_VERB_RECVFROM || verb == SWB_VERB_RECVMSG
         || verb == SWB_VERB_RECVMMSG;
}

/* Calls that a listener's connections can have, too. */
static gboolean
is_of_own_socket (SwbVerb verb)
{
  return !is_receive (verb) && verb != SWB_VERB_SHUTDOWN && verb != SWB_VERB_IOCTL
         && verb != SWB_VERB_GETSOCKNAME && verb != SWB_VERB_GETPEERNAME;
}

/* A socket that listens has no peer and no bytes: of such questions its newest connection
 * is meant. */
static gboolean
is_of_connection (SwbVerb verb)
{
  return is_receive (verb) || verb == SWB_VERB_IOCTL || verb == SWB_VERB_GETPEERNAME
         || verb == SWB_VERB_SHUTDOWN;
}

SwbCommand *
swb_pane_view_make_command (SwbPaneView *self, SwbVerb verb)
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
  else if (is_receive (verb))
    swb_receive_way_fill (self->receive_way, command);
  if (!is_of_own_socket (verb))
    command->connection = swb_pane_view_find_connection (self, is_of_connection (verb));
  return command;
}

/* A wrong address is explained below its entry: the person is taken there instead. */
gboolean
swb_pane_view_check_row (SwbPaneView *self, SwbVerb verb)
{
  SwbAddressRow *row = verb == SWB_VERB_BIND ? self->bind_row : self->connect_row;

  if (verb != SWB_VERB_BIND && verb != SWB_VERB_CONNECT)
    return TRUE;
  if (row == self->bind_row ? self->folds_bind_row
                            : !gtk_widget_get_visible (GTK_WIDGET (row)))
    {
      swb_pane_view_show_row (self, row);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return FALSE;
    }
  if (!swb_address_row_is_valid (row))
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return swb_address_row_is_valid (row);
}

void
swb_pane_view_run (SwbPaneView *self, SwbCommand *command)
{
  swb_failure_bar_set_problem (self->failure, NULL);
  swb_pane_runner_run (self->runner, command);
}

void
swb_pane_view_run_verb (SwbPaneView *self, SwbVerb verb)
{
  if (swb_pane_view_check_row (self, verb))
    swb_pane_view_run (self, swb_pane_view_make_command (self, verb));
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
  swb_pane_view_run_verb (user_data, find_verb (g_action_get_name (G_ACTION (action))));
}

static void
call_anyway_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbVerb verb = find_verb (g_variant_get_string (parameter, NULL));

  if (verb != SWB_VERB_NONE)
    swb_pane_view_run_verb (user_data, verb);
}

static void
shutdown_how_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  const char *how = g_variant_get_string (parameter, NULL);
  SwbCommand *command = swb_pane_view_make_command (self, SWB_VERB_SHUTDOWN);

  if (g_str_equal (how, "SHUT_RD"))
    command->numbers[0] = SHUT_RD;
  else if (g_str_equal (how, "SHUT_RDWR"))
    command->numbers[0] = SHUT_RDWR;
  swb_pane_view_run (self, command);
}

void
swb_pane_view_run_chain (SwbPaneView *self, GPtrArray *chain)
{
  swb_failure_bar_set_problem (self->failure, NULL);
  swb_pane_runner_chain (self->runner, chain);
}

/* Whether the chain ends in connect. */
static gboolean
reaches_out (SwbPaneView *self)
{
  return swb_pane_get_role (swb_pane_view_get_pane (self)) == SWB_ROLE_CLIENT
         && swb_pane_calls_wants_peer (swb_pane_view_get_pane (self));
}

/* Whether the chain has to bind: a client does only when its person said where. */
static gboolean
has_to_bind (SwbPaneView *self)
{
  SwbState state = swb_pane_get_state (swb_pane_view_get_pane (self));

  return state != SWB_STATE_BOUND
         && (!reaches_out (self) || !swb_address_row_is_empty (self->bind_row));
}

static gboolean
serves (SwbPaneView *self)
{
  SwbVerb verbs[SWB_PANE_CALLS_MAX];
  guint n = swb_pane_calls_list (swb_pane_view_get_pane (self), verbs);

  for (guint i = 0; i < n; i++)
    if (verbs[i] == SWB_VERB_LISTEN)
      return swb_pane_get_role (swb_pane_view_get_pane (self)) == SWB_ROLE_SERVER;
  return FALSE;
}

static void
start_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain;

  if (has_to_bind (self) && !swb_pane_view_check_row (self, SWB_VERB_BIND))
    return;
  if (reaches_out (self) && !swb_pane_view_check_row (self, SWB_VERB_CONNECT))
    return;

  chain = swb_pane_runner_new_chain ();
  if (has_to_bind (self))
    g_ptr_array_add (chain, swb_pane_view_make_command (self, SWB_VERB_BIND));
  if (serves (self))
    g_ptr_array_add (chain, swb_pane_view_make_command (self, SWB_VERB_LISTEN));
  if (reaches_out (self))
    g_ptr_array_add (chain, swb_pane_view_make_command (self, SWB_VERB_CONNECT));
  swb_pane_view_run_chain (self, chain);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_pane_runner_cancel (SWB_PANE_VIEW (user_data)->runner);
}

static void
ioctl_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbCommand *command = swb_pane_view_make_command (self, SWB_VERB_IOCTL);

  if (swb_constants_parse_request (g_variant_get_string (parameter, NULL),
                                   &command->numbers[0], NULL))
    swb_pane_view_run (self, command);
  else
    swb_command_free (command);
}

static void
ask_peer_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbCommand *command = swb_pane_view_make_command (self, SWB_VERB_GETSOCKOPT);

  command->connection = swb_pane_view_find_connection (self, TRUE);
  command->numbers[0] = SOL_SOCKET;
  command->numbers[1] = SO_PEERCRED;
  swb_pane_view_run (self, command);
}

static void
recv_once_cb (SwbPaneView *self)
{
  swb_pane_view_run_verb (self, swb_receive_way_get_verb (self->receive_way));
}

static void
way_used_cb (SwbPaneView *self, SwbCommand *command)
{
  swb_pane_view_run (self, swb_command_copy (command));
}

/* The command that makes @name like this pane. */
static SwbCommand *
make_twin (SwbPaneView *self, const char *name)
{
  return swb_pane_new_command (swb_pane_view_get_pane (self), name);
}

/* For the second descriptor, a pane that is there, or (an empty name) one that is made. */
static void
with_other (SwbPaneView *self, const char *name, SwbVerb verb)
{
  SwbPane *pane = swb_pane_view_get_pane (self);
  GPtrArray *chain = swb_pane_runner_new_chain ();
  g_autofree char *other = g_strdup (name);
  SwbCommand *command = swb_pane_view_make_command (self, verb);

  if (other[0] == '\0')
    {
      g_free (other);
      other = swb_bench_dup_free_name (swb_pane_runner_get_bench (self->runner),
                                       swb_pane_get_name (pane));
      g_ptr_array_add (chain, make_twin (self, other));
    }
  command->other = g_steal_pointer (&other);
  g_ptr_array_add (chain, command);
  swb_pane_view_run_chain (self, chain);
}

static void
socketpair_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  with_other (user_data, g_variant_get_string (parameter, NULL), SWB_VERB_SOCKETPAIR);
}

static void
take_descriptor_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  with_other (user_data, g_variant_get_string (parameter, NULL), SWB_VERB_RECVMSG);
}

/* --- the part of the menu that depends on the other panes --- */

static gboolean
is_free (SwbPane *pane)
{
  return swb_connection_get_fd (swb_pane_get_socket (pane)) < 0;
}

/* Panes without a socket, which a descriptor can go to. */
static GMenu *
make_others (SwbPaneView *self, const char *action, gboolean alike)
{
  SwbPane *pane = swb_pane_view_get_pane (self);
  GListModel *panes = swb_bench_get_panes (swb_pane_runner_get_bench (self->runner));
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (panes); i++)
    {
      g_autoptr (SwbPane) other = g_list_model_get_item (panes, i);
      g_autofree char *label = swb_widget_escape_label (swb_pane_get_title (other));

      if (other != pane && is_free (other)
          && (!alike
              || swb_pane_get_socket_type (other) == swb_pane_get_socket_type (pane)))
        swb_widget_add_choice (menu, label, action, swb_pane_get_name (other));
    }
  swb_widget_add_choice (menu, _ ("_New pane like this one"), action, "");
  return menu;
}

static void
fill_unix_section (GtkMenuButton *button, gpointer user_data)
{
  SwbPaneView *self = user_data;
  SwbPane *pane = swb_pane_view_get_pane (self);
  g_autoptr (GMenu) pair = NULL;
  g_autoptr (GMenu) rights = NULL;

  if (swb_pane_get_domain (pane) != AF_UNIX)
    return;
  g_menu_remove_all (self->unix_section);
  if (is_free (pane))
    {
      pair = make_others (self, "pane.socketpair", TRUE);
      g_menu_append_submenu (self->unix_section, "socketpair", G_MENU_MODEL (pair));
      return;
    }
  g_menu_append (self->unix_section, _ ("SO__PEERCRED · who the peer is"), "pane.ask-peer");
  rights = make_others (self, "pane.take-descriptor", FALSE);
  g_menu_append_submenu (self->unix_section, _ ("recvmsg, _descriptor to"),
                         G_MENU_MODEL (rights));
}

void
swb_pane_view_add_calls (SwbPaneView *self)
{
  static const GActionEntry entries[] = {
    { .name = "socket", .activate = call_cb },
    { .name = "bind", .activate = call_cb },
    { .name = "listen", .activate = call_cb },
    { .name = "accept", .activate = call_cb },
    { .name = "connect", .activate = call_cb },
    { .name = "recv", .activate = call_cb },
    { .name = "recvfrom", .activate = call_cb },
    { .name = "recvmsg", .activate = call_cb },
    { .name = "recvmmsg", .activate = call_cb },
    { .name = "shutdown", .activate = call_cb },
    { .name = "close", .activate = call_cb },
    { .name = "getsockname", .activate = call_cb },
    { .name = "getpeername", .activate = call_cb },
    { .name = "ask-peer", .activate = ask_peer_cb },
    { .name = "ioctl", .activate = ioctl_cb, .parameter_type = "s" },
    { .name = "socketpair", .activate = socketpair_cb, .parameter_type = "s" },
    { .name = "take-descriptor", .activate = take_descriptor_cb, .parameter_type = "s" },
    { .name = "call-anyway", .activate = call_anyway_cb, .parameter_type = "s" },
    { .name = "shutdown-how", .activate = shutdown_how_cb, .parameter_type = "s" },
    { .name = "start", .activate = start_cb },
    { .name = "cancel", .activate = cancel_cb },
  };

  g_signal_connect_object (self->receive_way, "once", G_CALLBACK (recv_once_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->receive_way, "used", G_CALLBACK (way_used_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->menu_button, fill_unix_section, self, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

static gboolean
can_press (SwbStanding standing)
{
  return standing == SWB_STANDING_POSSIBLE || standing == SWB_STANDING_NEXT;
}

void
swb_pane_view_update_calls (SwbPaneView *self)
{
  static const SwbVerb calls[] = {
    SWB_VERB_SOCKET,   SWB_VERB_BIND,     SWB_VERB_LISTEN,   SWB_VERB_ACCEPT,
    SWB_VERB_CONNECT,  SWB_VERB_RECV,     SWB_VERB_RECVFROM, SWB_VERB_RECVMSG,
    SWB_VERB_RECVMMSG, SWB_VERB_SHUTDOWN, SWB_VERB_CLOSE,
  };
  static const char *const asking[] = { "getsockname", "getpeername", "ioctl", "ask-peer" };
  SwbPane *pane = swb_pane_view_get_pane (self);
  gboolean open = swb_connection_get_fd (swb_pane_get_socket (pane)) >= 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    swb_pane_view_enable (self, swb_verb_get_name (calls[i]),
                          can_press (swb_pane_calls_get_standing (pane, calls[i])));
  for (guint i = 0; i < G_N_ELEMENTS (asking); i++)
    swb_pane_view_enable (self, asking[i], open);
  swb_pane_view_enable (self, "start",
                        swb_pane_calls_get_chain_begin (pane) != SWB_VERB_NONE);
}
