/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-recording-private.h"

#include <errno.h>
#include <string.h>

/* How many senders without a known address are looked for among the receivers. */
#define MAX_STRANGERS 16

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

struct _SwbFlows
{
  GArray *flows;        /* of SwbFlow, in the order they began */
  guint n_begun;        /* of them, in this turn */
  GHashTable *current;  /* pane and connection to number + 1 */
  GHashTable *accepted; /* pane to how many it accepted */
  GHashTable *kinds;    /* pane to SwbFlowKind + 1 */
  GHashTable *sources;  /* EndKey: where the written datagrams come from */
  GArray *strangers;    /* numbers of flows that sent before they had a known port */
  guint64 closing;      /* the flow to forget with the next record, or 0 */
};

/* An end, or the one that connected and the port it connected to. */
typedef struct
{
  SwbEndpoint end;
  guint16 port;
} EndKey;

static guint
hash_end (gconstpointer key)
{
  const guint8 *bytes = key;
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < sizeof (EndKey); i++)
    hash = (hash ^ bytes[i]) * 16777619u;

  return hash;
}

static gboolean
ends_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (EndKey)) == 0;
}

static EndKey
make_key (const SwbEndpoint *end, guint16 port)
{
  EndKey key;

  memset (&key, 0, sizeof key);
  key.end = *end;
  key.port = port;
  return key;
}

static guint64
make_id (guint pane, guint connection)
{
  return (guint64)(pane + 1) << 32 | connection;
}

SwbFlows *
swb_flows_new (void)
{
  SwbFlows *self = g_new0 (SwbFlows, 1);

  self->flows = g_array_new (FALSE, TRUE, sizeof (SwbFlow));
  self->current = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->accepted = g_hash_table_new (NULL, NULL);
  self->kinds = g_hash_table_new (NULL, NULL);
  self->sources = g_hash_table_new_full (hash_end, ends_equal, g_free, NULL);
  self->strangers = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
swb_flows_free (SwbFlows *self)
{
  g_array_unref (self->flows);
  g_array_unref (self->strangers);
  g_hash_table_unref (self->current);
  g_hash_table_unref (self->accepted);
  g_hash_table_unref (self->kinds);
  g_hash_table_unref (self->sources);
  g_free (self);
}

static SwbFlow *
get_flow (SwbFlows *self, guint number)
{
  return &g_array_index (self->flows, SwbFlow, number);
}

static SwbFlow *
find_flow (SwbFlows *self, guint pane, guint connection)
{
  guint64 id = make_id (pane, connection);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->current, &id));

  return number > 0 ? get_flow (self, number - 1) : NULL;
}

/* In the second turn the flow is there already. May move those of before. */
static SwbFlow *
begin_flow (SwbFlows *self, guint pane, guint connection)
{
  guint number = self->n_begun++;
  guint64 id = make_id (pane, connection);

  if (number >= self->flows->len)
    {
      g_array_set_size (self->flows, number + 1);
      get_flow (self, number)->twin = SWB_FLOW_NONE;
    }

  g_hash_table_insert (self->current, g_memdup2 (&id, sizeof id),
                       GUINT_TO_POINTER (number + 1));
  return get_flow (self, number);
}

/* --- what both turns do alike: know which flow a record belongs to --- */

static SwbFlow *
begin_accepted (SwbFlows *self, const SwbRecord *record)
{
  gpointer pane = GUINT_TO_POINTER (record->pane);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->accepted, pane)) + 1;

  g_hash_table_insert (self->accepted, pane, GUINT_TO_POINTER (n));
  return begin_flow (self, record->pane, n);
}

/* Of the connections that were accepted before, the records have gone. */
static void
skip_accepted (SwbFlows *self, const SwbRecord *record)
{
  gpointer pane = GUINT_TO_POINTER (record->pane);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->accepted, pane));
  guint n_told = (guint)CLAMP (record->ints[0], 0, G_MAXINT32);

  g_hash_table_insert (self->accepted, pane, GUINT_TO_POINTER (MAX (n, n_told)));
}

static gboolean
tries_to_connect (const SwbRecord *record)
{
  return record->error != EALREADY && record->error != EISCONN && record->error != EBADF
         && record->error != ENOTSOCK && record->error != EFAULT && record->error != EINVAL
         && record->error != EAFNOSUPPORT;
}

/* A socket that connects a second time: its failed attempt was another flow. */
static SwbFlow *
begin_again (SwbFlows *self, const SwbRecord *record, const SwbFlow *before)
{
  SwbFlow old = *before;
  SwbFlow *flow = begin_flow (self, record->pane, record->connection);

  if (flow->kind == SWB_FLOW_OTHER)
    flow->local = old.local;
  flow->kind = old.kind;
  flow->domain = old.domain;
  flow->has_tried = TRUE;
  return flow;
}

static SwbFlow *
step (SwbFlows *self, const SwbRecord *record)
{
  if (self->closing != 0)
    g_hash_table_remove (self->current, &self->closing);
  self->closing = 0;

  if (record->kind == SWB_RECORD_NOTE && record->note == SWB_NOTE_PANE)
    skip_accepted (self, record);
  if (record->kind != SWB_RECORD_CALL)
    return NULL;
  if (record->call == SWB_CALL_SOCKET && record->error == 0)
    return begin_flow (self, record->pane, record->connection);
  if (record->call == SWB_CALL_ACCEPT && record->error == 0)
    return begin_accepted (self, record);

  SwbFlow *flow = find_flow (self, record->pane, record->connection);
  if (record->call == SWB_CALL_CLOSE)
    self->closing = make_id (record->pane, record->connection);
  else if (flow != NULL && record->call == SWB_CALL_CONNECT && flow->kind == SWB_FLOW_TCP
           && tries_to_connect (record))
    {
      if (flow->has_tried)
        return begin_again (self, record, flow);
      flow->has_tried = TRUE;
    }

  return flow;
}

/* --- the first turn --- */

static SwbFlowKind
kind_of_socket (const SwbRecord *record)
{
  gint64 type = record->ints[1] & 0xf; /* SOCK_TYPE_MASK of the kernel */
  gint64 protocol = record->ints[2];

  if (record->ints[0] != AF_INET && record->ints[0] != AF_INET6)
    return SWB_FLOW_OTHER;
  if (type == SOCK_STREAM
      && (protocol == 0 || protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP))
    return SWB_FLOW_TCP;
  if (type == SOCK_DGRAM && (protocol == 0 || protocol == IPPROTO_UDP))
    return SWB_FLOW_UDP;

  return SWB_FLOW_OTHER;
}

static void
learn_socket (SwbFlows *self, SwbFlow *flow, const SwbRecord *record)
{
  gpointer pane = GUINT_TO_POINTER (record->pane);

  flow->kind = kind_of_socket (record);
  flow->domain = (gint32)record->ints[0];
  if (!g_hash_table_contains (self->kinds, pane))
    g_hash_table_insert (self->kinds, pane, GUINT_TO_POINTER (flow->kind + 1));
}

static void
learn_accept (SwbFlows *self, SwbFlow *flow, const SwbRecord *record)
{
  const SwbFlow *listener = find_flow (self, record->pane, record->connection);

  flow->is_server = TRUE;
  swb_endpoint_from_address (&flow->peer, &record->address);
  if (listener == NULL)
    return;

  flow->kind = listener->kind;
  flow->domain = listener->domain;
  flow->local = listener->local;
}

/* A datagram from nobody known, to where one without a known port had sent: that one it is,
 * if it came from this machine. */
static void
learn_stranger (SwbFlows *self, const SwbFlow *receiver, const SwbEndpoint *source)
{
  EndKey key = make_key (source, 0);

  if (!swb_endpoint_is_loopback (source) || g_hash_table_contains (self->sources, &key))
    return;

  for (guint i = 0; i < self->strangers->len; i++)
    {
      SwbFlow *flow = get_flow (self, g_array_index (self->strangers, guint, i));

      if (flow->local.port != 0 || flow->peer.port != receiver->local.port)
        continue;
      flow->local = *source;
      g_hash_table_add (self->sources, g_memdup2 (&key, sizeof key));
      g_array_remove_index (self->strangers, i);
      return;
    }
}

static void
learn_datagram (SwbFlows *self, SwbFlow *flow, const SwbRecord *record)
{
  guint number = (guint)(flow - get_flow (self, 0));
  SwbEndpoint other;

  if (!swb_endpoint_from_address (&other, &record->address))
    return;
  if (swb_call_get_info (record->call)->data == SWB_DATA_IN)
    {
      if (self->strangers->len > 0 && flow->local.port != 0)
        learn_stranger (self, flow, &other);
      return;
    }

  if (flow->local.port != 0 || self->strangers->len == MAX_STRANGERS)
    return;
  for (guint i = 0; i < self->strangers->len; i++)
    if (g_array_index (self->strangers, guint, i) == number)
      return;
  flow->peer = other;
  g_array_append_val (self->strangers, number);
}

static void
learn_moved (SwbFlows *self, SwbFlow *flow, const SwbRecord *record)
{
  if (swb_call_get_info (record->call)->data == SWB_DATA_OUT)
    flow->is_sender = TRUE;
  if (flow->kind == SWB_FLOW_UDP)
    learn_datagram (self, flow, record);
}

void
swb_flows_learn (SwbFlows *self, const SwbRecord *record, gboolean is_selected)
{
  SwbFlow *flow = step (self, record);

  if (flow == NULL || (record->error != 0 && record->call != SWB_CALL_CONNECT))
    return;

  switch (record->call)
    {
    case SWB_CALL_SOCKET:
      learn_socket (self, flow, record);
      break;
    case SWB_CALL_ACCEPT:
      learn_accept (self, flow, record);
      break;
    case SWB_CALL_BIND:
    case SWB_CALL_GETSOCKNAME:
      swb_endpoint_from_address (&flow->local, &record->address);
      break;
    case SWB_CALL_CONNECT:
      if (tries_to_connect (record))
        swb_endpoint_from_address (&flow->peer, &record->address);
      break;
    default:
      if (is_selected && swb_call_moves_bytes (record->call))
        learn_moved (self, flow, record);
      break;
    }
}

/* --- between the turns --- */

static void
pair (SwbFlows *self, guint client_number, guint server_number)
{
  SwbFlow *client = get_flow (self, client_number);
  SwbFlow *server = get_flow (self, server_number);

  client->twin = server_number;
  server->twin = client_number;
  if (swb_endpoint_is_wildcard (&client->peer))
    {
      client->peer = client->local;
      client->peer.port = server->local.port;
    }
  server->local = client->peer;
}

void
swb_flows_pair (SwbFlows *self)
{
  g_autoptr (GHashTable) clients
      = g_hash_table_new_full (hash_end, ends_equal, g_free, NULL);

  for (guint i = 0; i < self->flows->len; i++)
    {
      SwbFlow *flow = get_flow (self, i);
      EndKey key = flow->is_server ? make_key (&flow->peer, flow->local.port)
                                   : make_key (&flow->local, flow->peer.port);

      if (flow->kind == SWB_FLOW_TCP && flow->has_tried && flow->local.port != 0)
        g_hash_table_insert (clients, g_memdup2 (&key, sizeof key),
                             GUINT_TO_POINTER (i + 1));
      else if (flow->kind == SWB_FLOW_TCP && flow->is_server)
        {
          guint client = GPOINTER_TO_UINT (g_hash_table_lookup (clients, &key));

          if (client > 0 && get_flow (self, client - 1)->twin == SWB_FLOW_NONE)
            pair (self, client - 1, i);
        }
      else if (flow->kind == SWB_FLOW_UDP && flow->is_sender && flow->local.port != 0)
        {
          key.port = 0;
          g_hash_table_add (self->sources, g_memdup2 (&key, sizeof key));
        }

      swb_endpoint_complete (&flow->local, &flow->peer);
    }

  g_hash_table_remove_all (self->current);
  g_hash_table_remove_all (self->accepted);
  self->n_begun = 0;
  self->closing = 0;
  for (guint i = 0; i < self->flows->len; i++)
    get_flow (self, i)->has_tried = FALSE;
}

/* --- the second turn --- */

SwbFlow *
swb_flows_follow (SwbFlows *self, const SwbRecord *record)
{
  SwbFlow *flow = step (self, record);

  /* The one address that changes without a new flow. */
  if (flow != NULL && flow->kind == SWB_FLOW_UDP && record->call == SWB_CALL_CONNECT
      && record->error == 0)
    swb_endpoint_from_address (&flow->peer, &record->address);

  return flow;
}

gboolean
swb_flows_needs (const SwbEntry *entry)
{
  if (entry->kind != SWB_RECORD_CALL)
    return entry->kind == SWB_RECORD_NOTE && entry->what == SWB_NOTE_PANE;

  switch ((SwbCall)entry->what)
    {
    case SWB_CALL_SOCKET:
    case SWB_CALL_BIND:
    case SWB_CALL_ACCEPT:
    case SWB_CALL_CONNECT:
    case SWB_CALL_GETSOCKNAME:
    case SWB_CALL_CLOSE:
      return TRUE;
    default:
      return FALSE;
    }
}

SwbFlowKind
swb_flows_get_kind_of_pane (SwbFlows *self, guint pane)
{
  guint kind
      = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, GUINT_TO_POINTER (pane)));

  return kind > 0 ? (SwbFlowKind)(kind - 1) : SWB_FLOW_OTHER;
}

SwbFlow *
swb_flows_get_twin (SwbFlows *self, const SwbFlow *flow)
{
  return flow->twin != SWB_FLOW_NONE ? get_flow (self, flow->twin) : NULL;
}

SwbTcpState *
swb_flows_get_tcp (SwbFlows *self, SwbFlow *flow, int *side)
{
  SwbFlow *twin = swb_flows_get_twin (self, flow);

  *side = flow->is_server ? 1 : 0;
  return flow->is_server && twin != NULL ? &twin->tcp : &flow->tcp;
}

gboolean
swb_flows_sends_from (SwbFlows *self, const SwbEndpoint *source)
{
  EndKey key = make_key (source, 0);

  if (g_hash_table_contains (self->sources, &key))
    return TRUE;
  if (!swb_endpoint_is_loopback (source))
    return FALSE;

  /* A sender that is bound to any address; one of IPv6 may send IPv4, too. */
  SwbEndpoint any = { .family = source->family, .port = source->port };
  key = make_key (&any, 0);
  if (g_hash_table_contains (self->sources, &key))
    return TRUE;
  any.family = AF_INET6;
  key = make_key (&any, 0);
  return g_hash_table_contains (self->sources, &key);
}
