/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-summary.h"

#include <string.h>

#include "journal/store/swb-journal-health.h"

/* What one connection takes in the journal's files, and their share of its limit. */
#define CONNECTION_BYTES 128
#define SHARE_OF_LIMIT 8

/* A fixed reply may be a megabyte: it is not told again and again. */
#define STANDING_MAX 4096

/* A pane is what the last commands of these made of it. The first one makes it. */
static const SwbVerb standing_verbs[]
    = { SWB_VERB_PANE,    SWB_VERB_TITLE,       SWB_VERB_SOCKETPAIR, SWB_VERB_BIND,
        SWB_VERB_CONNECT, SWB_VERB_ACCEPT_MODE, SWB_VERB_RECV_MODE,  SWB_VERB_REPLY };

GPtrArray *
swb_summary_new_standing (void)
{
  GPtrArray *standing = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (standing, G_N_ELEMENTS (standing_verbs));
  return standing;
}

void
swb_summary_remember (SwbStation *station, const SwbOrder *order)
{
  if (order->text == NULL || order->id == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (standing_verbs); i++)
    if (order->verb == standing_verbs[i])
      {
        g_free (station->standing->pdata[i]);
        station->standing->pdata[i]
            = strlen (order->text) <= STANDING_MAX ? g_strdup (order->text) : NULL;
      }
}

static char *
dup_lines (const SwbStation *station)
{
  GString *text = g_string_new (station->standing->pdata[0]);

  for (guint i = 1; i < station->standing->len; i++)
    if (station->standing->pdata[i] != NULL)
      g_string_append_printf (text, "\n%s", (const char *)station->standing->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
ask_peer (SwbSocket *socket)
{
  SwbAddress peer;

  swb_sys_getpeername (socket->station->engine->journal,
                       swb_socket_who (socket, SWB_ORIGIN_ENGINE), socket->fd, &peer);
}

static void
ask_own (SwbSocket *socket)
{
  SwbJournal *journal = socket->station->engine->journal;
  SwbWho who = swb_socket_who (socket, SWB_ORIGIN_ENGINE);
  SwbAddress local;
  int value = 0;
  gsize length = sizeof (value);

  swb_sys_getsockname (journal, who, socket->fd, &local);
  if (socket->state == SWB_SOCKET_LISTENING)
    swb_sys_getsockopt (journal, who, socket->fd, SOL_SOCKET, SO_ACCEPTCONN, &value,
                        &length);
  else if (socket->has_peer)
    ask_peer (socket);
}

static void
append_connections (SwbStation *station, guint n_max)
{
  g_autoptr (GList) connections = swb_station_list_connections (station);
  guint n = g_hash_table_size (station->connections);

  for (GList *l = g_list_nth (connections, n - MIN (n, n_max)); l != NULL; l = l->next)
    ask_peer (l->data);
}

static void
append_pane (SwbStation *station, guint n_max)
{
  g_autofree char *text = NULL;

  if (station->standing->pdata[0] == NULL)
    return;
  text = dup_lines (station);
  swb_engine_append_note (station->engine,
                          (SwbRecord){ .note = SWB_NOTE_PANE,
                                       .pane = station->pane,
                                       .ints = { station->n_accepted } },
                          text);
  if (station->own != NULL)
    ask_own (station->own);
  append_connections (station, n_max);
}

static guint
get_max_connections (SwbEngine *engine)
{
  guint n_panes = MAX (g_hash_table_size (engine->stations), 1);
  SwbHealth health;

  swb_journal_get_health (engine->journal, &health);
  return (guint)(health.limit / SHARE_OF_LIMIT / CONNECTION_BYTES / n_panes);
}

/* It has to be there still when what stands before it has gone. */
static gboolean
is_due (SwbEngine *engine, guint64 n_records)
{
  guint64 first = swb_journal_get_first (engine->journal);

  if (G_LIKELY (first == engine->first))
    return FALSE;
  engine->first = first;
  return engine->summarized_at <= first + (n_records - first) / 2;
}

gboolean
swb_summary_renew (SwbEngine *engine)
{
  guint64 n_records = swb_journal_get_n_records (engine->journal);
  GHashTableIter iter;
  gpointer station;
  guint n_max;

  if (G_LIKELY (!is_due (engine, n_records)))
    return FALSE;
  engine->summarized_at = n_records;
  n_max = get_max_connections (engine);
  g_hash_table_iter_init (&iter, engine->stations);
  while (g_hash_table_iter_next (&iter, NULL, &station))
    append_pane (station, n_max);
  return TRUE;
}
