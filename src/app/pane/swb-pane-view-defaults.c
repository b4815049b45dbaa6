/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-view-private.h"

#include <netinet/in.h>

#include "net/swb-catalog.h"

#define FIRST_PORT 7000
#define LAST_PORT 7999

static gboolean
is_same_kind (SwbPane *a, SwbPane *b)
{
  return a != b && swb_pane_get_domain (a) == swb_pane_get_domain (b)
         && swb_pane_get_socket_type (a) == swb_pane_get_socket_type (b);
}

/* The other panes of the same domain and type, newest last. (transfer full) */
static GPtrArray *
dup_neighbours (SwbPaneView *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *panes = swb_bench_get_panes (swb_pane_runner_get_bench (self->runner));
  SwbPane *pane = swb_pane_runner_get_pane (self->runner);
  guint n = g_list_model_get_n_items (panes);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwbPane) other = g_list_model_get_item (panes, i);
      if (is_same_kind (pane, other))
        g_ptr_array_add (found, g_steal_pointer (&other));
    }
  return found;
}

static gboolean
is_port_taken (GPtrArray *neighbours, guint16 port)
{
  for (guint i = 0; i < neighbours->len; i++)
    {
      SwbPane *other = g_ptr_array_index (neighbours, i);
      SwbConnection *own = swb_pane_get_socket (other);

      if (swb_pane_get_role (other) != SWB_ROLE_CLIENT
          && swb_address_get_port (swb_connection_get_local (own)) == port)
        return TRUE;
    }
  return FALSE;
}

static char *
dup_unix_path (SwbPane *pane)
{
  g_autofree char *name = g_strdup_printf ("swb-%s.sock", swb_pane_get_name (pane));

  return g_build_filename (g_get_user_runtime_dir (), name, NULL);
}

/* Raw sockets have no ports: what stands there is left alone. Of a ping socket it is the
 * identifier, which the kernel chooses. */
static char *
dup_loopback (SwbPane *pane, guint16 port)
{
  gboolean is_ipv6 = swb_pane_get_domain (pane) == AF_INET6;
  int protocol = swb_pane_get_protocol (pane);

  if (swb_pane_get_socket_type (pane) == SOCK_RAW || protocol == IPPROTO_ICMP
      || protocol == IPPROTO_ICMPV6)
    return g_strdup (is_ipv6 ? "::1" : "127.0.0.1");
  return g_strdup_printf (is_ipv6 ? "[::1]:%u" : "127.0.0.1:%u", port);
}

/* Of other domains, where this machine alone is reached, or which the kernel fills in. */
static char *
dup_local (SwbPane *pane, guint16 port)
{
  switch (swb_pane_get_domain (pane))
    {
    case AF_INET:
    case AF_INET6:
      return dup_loopback (pane, port);
    case AF_UNIX:
      return dup_unix_path (pane);
    case AF_NETLINK:
      return g_strdup ("netlink 0:0");
    case AF_PACKET:
      return g_strdup ("packet lo:ETH_P_ALL");
    case AF_VSOCK:
      return g_strdup_printf ("vsock local:%u", port);
    case AF_RDS:
    case AF_SMC:
      return g_strdup_printf ("127.0.0.1:%u", port);
    default:
      return g_strdup ("");
    }
}

/* Loopback, or nobody but this user: reaching further is a decision. A client needs no
 * address of its own. */
char *
swb_pane_view_dup_default_bind (SwbPaneView *self)
{
  SwbPane *pane = swb_pane_runner_get_pane (self->runner);
  g_autoptr (GPtrArray) neighbours = dup_neighbours (self);
  guint16 port = FIRST_PORT;

  if (swb_pane_get_role (pane) == SWB_ROLE_CLIENT)
    return g_strdup ("");
  while (port < LAST_PORT && is_port_taken (neighbours, port))
    port++;
  return dup_local (pane, port);
}

/* Where a neighbour listens or means to. Only a client is sure to want that. */
char *
swb_pane_view_dup_default_connect (SwbPaneView *self)
{
  SwbPane *pane = swb_pane_runner_get_pane (self->runner);
  g_autoptr (GPtrArray) neighbours = dup_neighbours (self);

  for (guint i = neighbours->len; i > 0; i--)
    {
      SwbPane *other = g_ptr_array_index (neighbours, i - 1);
      const SwbAddress *local = swb_connection_get_local (swb_pane_get_socket (other));
      g_autofree char *typed = swb_pane_dup_bind_text (other);

      if (swb_pane_get_role (other) == SWB_ROLE_CLIENT)
        continue;
      if (local->length > 0)
        return swb_address_print (local);
      if (typed != NULL)
        return g_steal_pointer (&typed);
      if (swb_pane_get_domain (pane) == AF_UNIX)
        return dup_unix_path (other);
    }
  if (swb_pane_get_domain (pane) == AF_UNIX || swb_pane_get_role (pane) != SWB_ROLE_CLIENT)
    return g_strdup ("");
  return dup_local (pane, FIRST_PORT);
}

/* What was carried out is no draft any more, unless the file has another address. */
static gboolean
is_draft (SwbPaneView *self, SwbAddressRow *row, SwbVerb verb, gboolean in_file)
{
  SwbCall call = verb == SWB_VERB_BIND ? SWB_CALL_BIND : SWB_CALL_CONNECT;

  return gtk_widget_get_visible (GTK_WIDGET (row)) && swb_address_row_is_valid (row)
         && !swb_address_row_is_empty (row)
         && (in_file ? swb_address_row_is_typed (row)
                     : !swb_pane_has_done (swb_pane_runner_get_pane (self->runner), call));
}

static void
add_draft (SwbPaneView *self, GPtrArray *drafts, SwbAddressRow *row, SwbVerb verb,
           gboolean in_file)
{
  g_autoptr (SwbCommand) command = swb_pane_runner_command (self->runner, verb);

  if (!is_draft (self, row, verb, in_file))
    return;
  command->address = swb_address_row_dup_text (row);
  g_ptr_array_add (drafts, swb_command_print (command));
}

GPtrArray *
swb_pane_view_dup_drafts (SwbPaneView *self, gboolean in_file)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (SWB_IS_PANE_VIEW (self), drafts);

  add_draft (self, drafts, self->bind_row, SWB_VERB_BIND, in_file);
  if (swb_pane_get_role (swb_pane_runner_get_pane (self->runner)) == SWB_ROLE_CLIENT)
    add_draft (self, drafts, self->connect_row, SWB_VERB_CONNECT, in_file);
  return drafts;
}
