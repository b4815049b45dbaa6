/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-view-private.h"

#include "app/pane/swb-pane-calls.h"
#include "app/widgets/swb-widget.h"
#include "net/swb-catalog.h"

#include <glib/gi18n.h>

static gboolean
is_open (SwbState state)
{
  return state != SWB_STATE_NONE && state != SWB_STATE_CLOSED;
}

static const char *
get_icon_name (SwbRole role)
{
  switch (role)
    {
    case SWB_ROLE_SERVER:
      return "swb-server-symbolic";
    case SWB_ROLE_CLIENT:
      return "swb-client-symbolic";
    case SWB_ROLE_PLAIN:
    default:
      return "swb-socket-symbolic";
    }
}

static const char *
get_pill_class (SwbState state)
{
  switch (state)
    {
    case SWB_STATE_LISTENING:
    case SWB_STATE_CONNECTED:
      return "good";
    case SWB_STATE_CONNECTING:
    case SWB_STATE_PEER_CLOSED:
    case SWB_STATE_SHUT:
      return "busy";
    case SWB_STATE_RESET:
      return "bad";
    default:
      return "idle";
    }
}

void
swb_pane_view_update_header (SwbPaneView *self, SwbPane *pane)
{
  SwbState state = swb_pane_get_state (pane);
  const char *classes[] = { "swb-pill", get_pill_class (state), NULL };
  const char *icon = get_icon_name (swb_pane_get_role (pane));

  if (g_strcmp0 (gtk_image_get_icon_name (self->icon), icon) != 0)
    gtk_image_set_from_icon_name (self->icon, icon);
  if (!g_str_equal (gtk_label_get_text (self->title), swb_pane_get_title (pane)))
    {
      gtk_label_set_text (self->title, swb_pane_get_title (pane));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      swb_pane_get_title (pane), -1);
    }
  swb_widget_set_tooltip (GTK_WIDGET (self->title), swb_pane_get_name (pane));
  gtk_label_set_text (self->pill, swb_state_get_name (state, swb_pane_get_domain (pane),
                                                      swb_pane_get_socket_type (pane)));
  gtk_widget_set_visible (GTK_WIDGET (self->pill), state != SWB_STATE_NONE);
  swb_widget_set_classes (GTK_WIDGET (self->pill), classes);
  swb_widget_set_tooltip (GTK_WIDGET (self->pill), swb_state_explain (state));
}

static void
update_rows (SwbPaneView *self, SwbPane *pane)
{
  gboolean connects = self->wants_connect_row
                      || (swb_pane_get_role (pane) != SWB_ROLE_SERVER
                          && swb_pane_get_state (pane) != SWB_STATE_LISTENING
                          && swb_pane_calls_wants_peer (pane));
  gboolean binds = self->wants_bind_row || !connects
                   || swb_pane_get_role (pane) != SWB_ROLE_CLIENT
                   || !swb_address_row_is_empty (self->bind_row);

  gtk_widget_set_visible (GTK_WIDGET (self->connect_row), connects);
  self->folds_bind_row = !binds;
  swb_address_row_set_folded (self->bind_row, !binds);
  swb_address_row_set_call (self->bind_row, "bind", connects);
  swb_address_row_set_call (self->connect_row, "connect", connects && binds);
  swb_address_row_set_optional (self->bind_row, swb_pane_get_role (pane) == SWB_ROLE_CLIENT
                                                    ? _ ("Chosen by the kernel")
                                                    : NULL);
  swb_address_row_set_optional (
      self->connect_row,
      swb_pane_get_role (pane) != SWB_ROLE_CLIENT ? _ ("Not connected") : NULL);
}

/* What a command of a bench file or a script said stands in the entry as if it had been
 * typed. */
static void
follow_text (SwbAddressRow *row, char **last, char *now)
{
  g_autofree char *text = now;

  if (text == NULL || g_strcmp0 (text, *last) == 0)
    return;
  swb_address_row_set_text (row, text);
  g_free (*last);
  *last = g_steal_pointer (&text);
}

/* Nobody typed the name of a socket that came from another process. (transfer full) */
static char *
dup_own_text (SwbPane *pane)
{
  const SwbAddress *local = swb_connection_get_local (swb_pane_get_socket (pane));
  char *typed = swb_pane_dup_bind_text (pane);

  /* Of a closed one, nobody knows any more how it came. */
  if (typed != NULL || local->length == 0 || !is_open (swb_pane_get_state (pane))
      || swb_pane_has_done (pane, SWB_CALL_SOCKET)
      || swb_pane_has_done (pane, SWB_CALL_SOCKETPAIR))
    return typed;
  return swb_address_print (local);
}

static void
update_addresses (SwbPaneView *self, SwbPane *pane)
{
  SwbConnection *own = swb_pane_get_socket (pane);
  SwbState state = swb_pane_get_state (pane);
  gboolean bound = is_open (state) && state != SWB_STATE_CREATED;
  gboolean connected = state == SWB_STATE_CONNECTED || state == SWB_STATE_SHUT
                       || state == SWB_STATE_PEER_CLOSED;
  gboolean connectable = !swb_pane_has_connections (pane);

  follow_text (self->bind_row, &self->bind_text, dup_own_text (pane));
  follow_text (self->connect_row, &self->connect_text, swb_pane_dup_connect_text (pane));
  swb_address_row_set_story (self->connect_row, swb_pane_get_resolved (pane));
  swb_address_row_set_v6only (self->bind_row, swb_pane_get_v6only (pane));
  swb_address_row_set_live (self->bind_row, bound ? swb_connection_get_local (own) : NULL);
  /* A datagram socket may be connected elsewhere at any time, so its entry stays open. */
  swb_address_row_set_live (
      self->connect_row, connected && !connectable ? swb_connection_get_peer (own) : NULL);
}

/* A button that goes while it has the focus would take it along: nobody would know where
 * Tab leads. Behind the last call one writes. */
static GtkWidget *
find_next_focus (SwbPaneView *self, gboolean busy, gboolean through)
{
  if (!gtk_widget_is_focus (self->start) && !gtk_widget_is_focus (self->cancel))
    return NULL;
  if (busy)
    return self->cancel;
  return through ? GTK_WIDGET (self->composer) : self->start;
}

static void
update_chain (SwbPaneView *self, SwbPane *pane)
{
  gboolean busy = swb_pane_runner_is_busy (self->runner);
  gboolean through = swb_pane_calls_get_chain_begin (pane) == SWB_VERB_NONE;
  GtkWidget *next = find_next_focus (self, busy, through);

  /* What comes is there before what goes, or the focus is nowhere in between. */
  if (busy || !through)
    gtk_widget_set_visible (busy ? self->cancel : self->start, TRUE);
  if (next != NULL && !gtk_widget_is_focus (next))
    gtk_widget_grab_focus (next);
  gtk_widget_set_visible (self->cancel, busy);
  gtk_widget_set_visible (self->start, !busy && !through);
}

void
swb_pane_view_update_form (SwbPaneView *self, SwbPane *pane)
{
  update_addresses (self, pane);
  update_rows (self, pane);
  swb_receive_way_update (self->receive_way);
  swb_call_bar_set_receive (self->calls, swb_receive_way_get_verb (self->receive_way));
  swb_call_bar_update (self->calls, pane);
  update_chain (self, pane);
}
