/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-segment.h"

#include <string.h>

#include <glib/gi18n.h>

#define FLOWS_MAX 32768

/* Of memory, for what came too early in all flows. */
#define HELD_MAX (4u * 1024 * 1024)

/* --- ends --- */

/* With a key of its own in every run: who writes a capture must not choose what collides.
 */
static guint
hash_ends (gconstpointer ends)
{
  static gsize key;
  guint64 words[sizeof (SwbFlowEnds) / 8 + 1] = { 0 };
  guint64 hash;

  if (g_once_init_enter (&key))
    g_once_init_leave (&key, (gsize)((guint64)g_random_int () << 32 | g_random_int () | 1));

  hash = key;
  memcpy (words, ends, sizeof (SwbFlowEnds));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      hash = (hash ^ words[i]) * key;
      hash ^= hash >> 29;
    }
  return (guint)(hash >> 32);
}

static gboolean
equal_ends (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (SwbFlowEnds)) == 0;
}

static void
set_ends (SwbFlowEnds *self, guint protocol, const SwbEndpoint *client,
          const SwbEndpoint *server)
{
  memset (self, 0, sizeof *self);
  self->protocol = protocol;
  self->client = *client;
  self->server = *server;
}

/* The key of a service: the same without a client. */
static void
set_service (SwbFlowEnds *self, guint protocol, const SwbEndpoint *server)
{
  static const SwbEndpoint nobody;

  set_ends (self, protocol, &nobody, server);
}

static SwbAddress
make_address (const SwbEndpoint *end)
{
  SwbAddress address = { 0 };

  address.family = end->family;
  if (end->family == AF_INET)
    {
      address.length = sizeof address.in;
      address.in.sin_port = g_htons (end->port);
      memcpy (&address.in.sin_addr, end->ip, 4);
    }
  else
    {
      address.length = sizeof address.in6;
      address.in6.sin6_port = g_htons (end->port);
      memcpy (&address.in6.sin6_addr, end->ip, 16);
    }
  return address;
}

/* --- making and freeing --- */

struct _SwbImportFlows
{
  SwbImport *import;
  GHashTable *flows;     /* SwbFlowEnds to SwbSeenFlow */
  GHashTable *services;  /* SwbFlowEnds without client to the pane's number */
  GArray *n_connections; /* of pane n at n - 1 */
  GQueue recent;         /* SwbSeenFlow, the latest at the head */
  gsize n_held;          /* bytes of memory of what came too early */
  guint64 n_cut;         /* bytes that were on the wire and not captured */
  gint64 last_ns;
};

SwbImportFlows *
swb_import_flows_new (SwbImport *import)
{
  SwbImportFlows *self = g_new0 (SwbImportFlows, 1);

  self->import = import;
  self->flows = g_hash_table_new_full (hash_ends, equal_ends, NULL, swb_seen_flow_free);
  self->services = g_hash_table_new_full (hash_ends, equal_ends, g_free, NULL);
  self->n_connections = g_array_new (FALSE, TRUE, sizeof (guint));
  return self;
}

void
swb_import_flows_free (SwbImportFlows *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->flows);
  g_hash_table_unref (self->services);
  g_array_unref (self->n_connections);
  g_free (self);
}

/* --- panes --- */

static gboolean
append_flow_note (SwbImportFlows *self, gint64 wall_ns, guint pane, guint connection,
                  const SwbEndpoint *end, const char *text, GError **error)
{
  SwbRecord record = {
    .time_ns = wall_ns,
    .kind = SWB_RECORD_NOTE,
    .origin = SWB_ORIGIN_ENGINE,
    .note = SWB_NOTE_FLOW,
    .pane = pane,
    .connection = connection,
    .fd = -1,
    .address = make_address (end),
    .data = (const guint8 *)text,
    .n_data = strlen (text),
  };

  return swb_import_append (self->import, &record, error);
}

static char *
dup_text (const SwbEndpoint *end)
{
  SwbAddress address = make_address (end);

  return swb_address_print (&address);
}

static gboolean
make_pane (SwbImportFlows *self, const SwbFlowEnds *ends, gint64 wall_ns, guint pane,
           GError **error)
{
  gboolean is_tcp = ends->protocol == IPPROTO_TCP;
  g_autofree char *address = dup_text (&ends->server);
  g_autofree char *name = g_strdup_printf ("%s-%s", is_tcp ? "tcp" : "udp", address);
  g_autofree char *title = g_strdup_printf ("%s %s", is_tcp ? "TCP" : "UDP", address);
  gboolean is_rest = pane == SWB_IMPORT_PANES_MAX;

  return swb_import_append_pane (self->import, wall_ns, pane, is_rest ? "others" : name,
                                 ends->server.family, is_tcp ? SOCK_STREAM : SOCK_DGRAM, 0,
                                 is_rest ? _ ("All further flows") : title, error)
         && (is_rest
             || append_flow_note (self, wall_ns, pane, 0, &ends->server, title, error));
}

static gboolean
get_pane (SwbImportFlows *self, const SwbFlowEnds *ends, gint64 wall_ns, guint *pane,
          GError **error)
{
  SwbFlowEnds service;

  set_service (&service, ends->protocol, &ends->server);
  *pane = GPOINTER_TO_UINT (g_hash_table_lookup (self->services, &service));
  if (*pane != 0)
    return TRUE;

  if (self->n_connections->len >= SWB_IMPORT_PANES_MAX)
    {
      *pane = SWB_IMPORT_PANES_MAX;
      return TRUE;
    }

  *pane = self->n_connections->len + 1;
  g_array_set_size (self->n_connections, *pane);
  g_hash_table_insert (self->services, g_memdup2 (&service, sizeof service),
                       GUINT_TO_POINTER (*pane));
  return make_pane (self, ends, wall_ns, *pane, error);
}

/* --- flows --- */

static gboolean
end_flow (SwbImportFlows *self, SwbSeenFlow *flow, GError **error)
{
  self->n_held -= swb_seen_flow_get_n_held (flow);
  gboolean told = swb_seen_flow_end (flow, self->import, self->last_ns, error);

  g_queue_unlink (&self->recent, &flow->link);
  g_hash_table_remove (self->flows, &flow->ends);
  return told;
}

static SwbSeenFlow *
begin_flow (SwbImportFlows *self, const SwbFlowEnds *ends, gint64 wall_ns, GError **error)
{
  g_autofree char *client = dup_text (&ends->client);
  g_autofree char *server = dup_text (&ends->server);
  g_autofree char *text = g_strdup_printf (
      "%s %s → %s", ends->protocol == IPPROTO_TCP ? "TCP" : "UDP", client, server);
  SwbSeenFlow *flow;
  guint pane;

  if (g_hash_table_size (self->flows) >= FLOWS_MAX
      && !end_flow (self, self->recent.tail->data, error))
    return NULL;
  if (!get_pane (self, ends, wall_ns, &pane, error))
    return NULL;

  flow = g_new0 (SwbSeenFlow, 1);
  flow->ends = *ends;
  flow->pane = pane;
  flow->connection = ++g_array_index (self->n_connections, guint, pane - 1);
  flow->address = make_address (&ends->client);
  flow->link.data = flow;
  g_hash_table_insert (self->flows, &flow->ends, flow);
  g_queue_push_head_link (&self->recent, &flow->link);
  if (!append_flow_note (self, wall_ns, pane, flow->connection, &ends->client, text, error))
    return NULL;
  return flow;
}

static gboolean
serves (SwbImportFlows *self, guint protocol, const SwbEndpoint *end)
{
  SwbFlowEnds service;

  set_service (&service, protocol, end);
  return g_hash_table_contains (self->services, &service);
}

/* Who of two that were not heard of is the one that serves: who is asked, who is known to
 * serve, or whose port is the lower one. */
static gboolean
sender_serves (SwbImportFlows *self, const SwbSeen *seen)
{
  if (seen->protocol == IPPROTO_TCP && (seen->flags & SWB_TCP_SYN) != 0)
    return (seen->flags & SWB_TCP_ACK) != 0;
  if (serves (self, seen->protocol, &seen->to))
    return FALSE;
  if (serves (self, seen->protocol, &seen->from))
    return TRUE;
  return seen->from.port < seen->to.port && seen->from.port < 1024;
}

static SwbSeenFlow *
find_flow (SwbImportFlows *self, const SwbSeen *seen, gboolean *is_out)
{
  SwbFlowEnds ends;
  SwbSeenFlow *flow;

  set_ends (&ends, seen->protocol, &seen->from, &seen->to);
  flow = g_hash_table_lookup (self->flows, &ends);
  *is_out = flow == NULL;
  if (flow == NULL)
    {
      set_ends (&ends, seen->protocol, &seen->to, &seen->from);
      flow = g_hash_table_lookup (self->flows, &ends);
    }
  return flow;
}

static SwbSeenFlow *
get_flow (SwbImportFlows *self, const SwbSeen *seen, gboolean *is_out, GError **error)
{
  SwbSeenFlow *flow = find_flow (self, seen, is_out);
  SwbFlowEnds ends;

  if (flow != NULL && swb_seen_flow_is_over (flow, seen, *is_out))
    {
      if (!end_flow (self, flow, error))
        return NULL;
      flow = NULL;
    }
  if (flow != NULL)
    {
      g_queue_unlink (&self->recent, &flow->link);
      g_queue_push_head_link (&self->recent, &flow->link);
      return flow;
    }

  *is_out = sender_serves (self, seen);
  set_ends (&ends, seen->protocol, *is_out ? &seen->to : &seen->from,
            *is_out ? &seen->from : &seen->to);
  return begin_flow (self, &ends, seen->wall_ns, error);
}

/* Those that were not heard of for the longest time wait no longer. */
static gboolean
make_space (SwbImportFlows *self, GError **error)
{
  if (self->n_held <= HELD_MAX)
    return TRUE;

  for (GList *at = self->recent.tail; at != NULL && self->n_held > HELD_MAX / 2;
       at = at->prev)
    {
      self->n_held -= swb_seen_flow_get_n_held (at->data);
      if (!swb_seen_flow_flush (at->data, self->import, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_to_flow (SwbImportFlows *self, SwbSeenFlow *flow, const SwbSeen *seen, gboolean is_out,
             GError **error)
{
  gsize n_before = swb_seen_flow_get_n_held (flow);
  gboolean added
      = seen->protocol == IPPROTO_TCP
            ? swb_seen_flow_add_segment (flow, self->import, seen, is_out, error)
            : swb_seen_flow_add_datagram (flow, self->import, seen, is_out, error);

  self->n_held += swb_seen_flow_get_n_held (flow) - n_before;
  return added && make_space (self, error);
}

gboolean
swb_import_flows_add (SwbImportFlows *self, const SwbSeen *seen, GError **error)
{
  gboolean is_out;
  SwbSeenFlow *flow = get_flow (self, seen, &is_out, error);

  if (flow == NULL)
    return FALSE;

  self->last_ns = seen->wall_ns;
  self->n_cut += seen->length - seen->n_data;
  return add_to_flow (self, flow, seen, is_out, error);
}

gboolean
swb_import_flows_add_other (SwbImportFlows *self, const SwbSeen *seen, GError **error)
{
  guint protocol = seen->protocol;
  SwbRecord record = {
    .time_ns = seen->wall_ns,
    .kind = SWB_RECORD_PACKET,
    .fd = -1,
    .ints = { 0, 0, (gint64)seen->n_wire },
    .data = seen->frame,
    .n_data = seen->n_frame,
  };

  /* One whose headers are not whole is told as a frame. */
  if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP)
    record.packet = (guint8)protocol;
  self->last_ns = seen->wall_ns;
  self->n_cut += seen->n_wire - seen->n_frame;
  return swb_import_append (self->import, &record, error);
}

gboolean
swb_import_flows_end (SwbImportFlows *self, GError **error)
{
  while (self->recent.tail != NULL)
    if (!end_flow (self, self->recent.tail->data, error))
      return FALSE;
  if (self->n_cut == 0)
    return TRUE;

  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_cut);
  g_autofree char *text = g_strdup_printf (
      _ ("%s bytes were on the wire and not captured: the capture's limit was too small."),
      number);
  return swb_import_append_note (self->import, SWB_NOTE_GAP, self->last_ns, 0, 0,
                                 (gint64)self->n_cut, text, -1, error);
}
