/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-outlet.h"

#include <glib/gi18n.h>
#include <sys/socket.h>

void
swb_outlet_clear (SwbOutlet *self)
{
  g_clear_pointer (&self->address, g_free);
}

/* NULL when the state lets bytes out. */
static const char *
find_reason (SwbState state)
{
  switch (state)
    {
    case SWB_STATE_CONNECTED:
    case SWB_STATE_PEER_CLOSED:
      return NULL;
    case SWB_STATE_SHUT:
      return _ ("This side was shut down: it can only receive");
    case SWB_STATE_RESET:
      return _ ("The connection is broken: close it and connect again");
    case SWB_STATE_CONNECTING:
      return _ ("Not connected yet");
    case SWB_STATE_LISTENING:
      return _ ("No client is connected yet");
    default:
      return _ ("Not connected: nobody would receive this");
    }
}

static void
find_stream (SwbPane *pane, guint chosen, SwbOutlet *outlet)
{
  GListModel *connections = swb_pane_get_connections (pane);
  SwbConnection *connection = NULL;

  outlet->verb = SWB_VERB_SEND;
  if (chosen == SWB_CONNECTION_ALL && g_list_model_get_n_items (connections) > 0)
    {
      outlet->connection = SWB_CONNECTION_ALL;
      return;
    }
  if (chosen != SWB_CONNECTION_ALL)
    connection = swb_pane_find_connection (pane, chosen);
  if (connection == NULL)
    connection = swb_pane_get_socket (pane);
  outlet->connection = swb_connection_get_number (connection);
  outlet->reason = find_reason (swb_connection_get_state (connection));
}

/* packet(7), can(7): what is bound to an interface sends there. */
static gboolean
has_interface (SwbPane *pane)
{
  int domain = swb_pane_get_domain (pane);

  return (domain == AF_PACKET || domain == AF_CAN)
         && swb_pane_get_state (pane) == SWB_STATE_BOUND;
}

static void
find_datagram (SwbPane *pane, const char *destination, const char *last_peer,
               SwbOutlet *outlet)
{
  outlet->verb = SWB_VERB_SENDTO;
  if (destination[0] != '\0')
    outlet->address = g_strdup (destination);
  else if (swb_pane_get_state (pane) == SWB_STATE_CONNECTED || has_interface (pane))
    outlet->verb = SWB_VERB_SEND;
  else if (last_peer != NULL)
    outlet->address = g_strdup (last_peer);
  else
    outlet->reason = _ ("Say where the datagram goes, or connect the socket");
}

void
swb_outlet_find (SwbPane *pane, guint chosen, const char *destination,
                 const char *last_peer, SwbOutlet *outlet)
{
  *outlet = (SwbOutlet){ 0 };
  if (swb_pane_has_connections (pane))
    find_stream (pane, chosen, outlet);
  else
    find_datagram (pane, destination, last_peer, outlet);
}

static gboolean
brought_sender (const SwbEntry *entry, guint pane)
{
  return entry->pane == pane && entry->kind == SWB_RECORD_CALL && entry->result >= 0
         && (entry->what == SWB_CALL_RECVFROM || entry->what == SWB_CALL_RECVMSG
             || entry->what == SWB_CALL_RECVMMSG);
}

gboolean
swb_outlet_find_sender (SwbJournal *journal, guint pane, guint64 first, guint64 n_records,
                        char **sender)
{
  for (guint64 i = first + n_records; i > first; i--)
    {
      g_autofree char *text = NULL;
      SwbRecord record;

      if (!brought_sender (swb_journal_peek_entry (journal, i - 1), pane))
        continue;
      if (!swb_journal_read (journal, i - 1, &record))
        return FALSE;
      /* What comes back from the queue of errors has the address that it was sent to. */
      if ((record.ints[1] & MSG_ERRQUEUE) != 0)
        continue;
      text = swb_address_show (&record.address);
      g_free (*sender);
      *sender = text[0] != '\0' ? g_steal_pointer (&text) : NULL;
      return TRUE;
    }
  return FALSE;
}
