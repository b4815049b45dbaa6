/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-pcap.h"

#include <string.h>

#include <glib/gi18n.h>

#define LINK_NULL 0u
#define LINK_ETHERNET 1u
#define LINK_RAW_BSD 12u
#define LINK_RAW_OPENBSD 14u
#define LINK_LOOP 108u
#define LINK_SLL 113u
#define LINK_IPV4 228u
#define LINK_IPV6 229u
#define LINK_SLL2 276u

#define ETHER_IPV4 0x0800u
#define ETHER_IPV6 0x86ddu

#define FRAGMENTED_MAX 64 /* datagrams of which fragments wait for others */
#define DATAGRAM_MAX 65536u
#define UNIT 8u /* fragments begin at multiples of it */

typedef struct
{
  SwbEndpoint from;
  SwbEndpoint to;
  guint32 id;
  guint32 protocol;
} Key;

typedef struct
{
  Key key;
  GByteArray *bytes;
  guint8 has[DATAGRAM_MAX / UNIT / 8 + 1]; /* a bit for each unit */
  gsize n_has;
  gsize length; /* 0 until the last fragment came */
  guint n_fragments;
  gint64 wall_ns;
} Fragmented;

struct _SwbImportFrames
{
  SwbImport *import;
  SwbImportFlows *flows;
  GHashTable *fragmented; /* Key to Fragmented */
};

static guint
be16 (const guint8 *at)
{
  return (guint)at[0] << 8 | at[1];
}

static guint32
be32 (const guint8 *at)
{
  return (guint32)be16 (at) << 16 | be16 (at + 2);
}

/* --- TCP and UDP --- */

static gboolean
add_tcp (SwbImportFrames *self, SwbSeen *seen, const guint8 *bytes, gsize n, gsize length,
         GError **error)
{
  gsize n_header = n >= 20 ? (gsize)(bytes[12] >> 4) * 4 : 0;

  if (n_header < 20 || n_header > n || n_header > length)
    return swb_import_flows_add_other (self->flows, seen, error);

  seen->from.port = (guint16)be16 (bytes);
  seen->to.port = (guint16)be16 (bytes + 2);
  seen->seq = be32 (bytes + 4);
  seen->ack = be32 (bytes + 8);
  seen->flags = bytes[13] | (bytes[12] & 1u) << 8;
  seen->window = be16 (bytes + 14);
  seen->data = bytes + n_header;
  seen->length = length - n_header;
  seen->n_data = MIN (n - n_header, seen->length);
  return swb_import_flows_add (self->flows, seen, error);
}

static gboolean
add_udp (SwbImportFrames *self, SwbSeen *seen, const guint8 *bytes, gsize n, gsize length,
         GError **error)
{
  gsize n_udp = n >= 8 ? be16 (bytes + 4) : 0;

  if (n_udp < 8 || n_udp > length)
    return swb_import_flows_add_other (self->flows, seen, error);

  seen->from.port = (guint16)be16 (bytes);
  seen->to.port = (guint16)be16 (bytes + 2);
  seen->data = bytes + 8;
  seen->length = n_udp - 8;
  seen->n_data = MIN (n - 8, seen->length);
  return swb_import_flows_add (self->flows, seen, error);
}

/* @n of @length bytes behind the headers of IP. */
static gboolean
add_transport (SwbImportFrames *self, SwbSeen *seen, const guint8 *bytes, gsize n,
               gsize length, GError **error)
{
  if (seen->protocol == IPPROTO_TCP)
    return add_tcp (self, seen, bytes, n, length, error);
  if (seen->protocol == IPPROTO_UDP)
    return add_udp (self, seen, bytes, n, length, error);
  return swb_import_flows_add_other (self->flows, seen, error);
}

/* --- fragments --- */

static guint
hash_key (gconstpointer key)
{
  const guint8 *at = key;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (Key); i++)
    hash = hash * 33 + at[i];
  return hash;
}

static gboolean
equal_key (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Key)) == 0;
}

static void
fragmented_free (gpointer data)
{
  Fragmented *self = data;

  g_byte_array_unref (self->bytes);
  g_free (self);
}

static gboolean
tell_incomplete (SwbImportFrames *self, const Fragmented *fragmented, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: fragments of an IP datagram */
      ngettext ("%u fragment of a datagram came without the others.",
                "%u fragments of a datagram came without the others.",
                fragmented->n_fragments),
      fragmented->n_fragments);

  /* How many bytes are missing is known where the last fragment is there. */
  gint64 n_missing = (gint64)fragmented->length - (gint64)(fragmented->n_has * UNIT);

  return swb_import_append_note (self->import, SWB_NOTE_GAP, fragmented->wall_ns, 0, 0,
                                 MAX (n_missing, 0), text, -1, error);
}

static gboolean
make_space (SwbImportFrames *self, GError **error)
{
  Fragmented *oldest = NULL;
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (self->fragmented) < FRAGMENTED_MAX)
    return TRUE;

  g_hash_table_iter_init (&iter, self->fragmented);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (oldest == NULL || ((Fragmented *)value)->wall_ns < oldest->wall_ns)
      oldest = value;

  gboolean told = tell_incomplete (self, oldest, error);
  g_hash_table_remove (self->fragmented, &oldest->key);
  return told;
}

static Fragmented *
get_fragmented (SwbImportFrames *self, const SwbSeen *seen, guint32 id, GError **error)
{
  Key key;

  memset (&key, 0, sizeof key);
  key.from = seen->from;
  key.to = seen->to;
  key.id = id;
  key.protocol = seen->protocol;

  Fragmented *fragmented = g_hash_table_lookup (self->fragmented, &key);
  if (fragmented != NULL)
    return fragmented;
  if (!make_space (self, error))
    return NULL;

  fragmented = g_new0 (Fragmented, 1);
  fragmented->key = key;
  fragmented->bytes = g_byte_array_new ();
  fragmented->wall_ns = seen->wall_ns;
  g_hash_table_insert (self->fragmented, &fragmented->key, fragmented);
  return fragmented;
}

static void
put_fragment (Fragmented *self, gsize offset, const guint8 *bytes, gsize n)
{
  if (self->bytes->len < offset + n)
    {
      gsize before = self->bytes->len;

      g_byte_array_set_size (self->bytes, (guint)(offset + n));
      memset (self->bytes->data + before, 0, offset + n - before);
    }
  memcpy (self->bytes->data + offset, bytes, n);
  for (gsize unit = offset / UNIT; unit * UNIT < offset + n; unit++)
    if ((self->has[unit / 8] & 1u << unit % 8) == 0)
      {
        self->has[unit / 8] |= (guint8)(1u << unit % 8);
        self->n_has++;
      }
}

static gboolean
can_be_joined (const SwbSeen *seen, gsize offset, gboolean is_last, gsize n, gsize length)
{
  return (seen->protocol == IPPROTO_TCP || seen->protocol == IPPROTO_UDP) && n >= length
         && length > 0 && offset + length <= DATAGRAM_MAX
         && (is_last || length % UNIT == 0);
}

/* The frame is kept beside the datagram that it helps to make: each is a packet that was
 * seen. */
static gboolean
add_fragment (SwbImportFrames *self, SwbSeen *seen, guint32 id, gsize offset,
              gboolean is_last, const guint8 *bytes, gsize n, gsize length, GError **error)
{
  Fragmented *fragmented;

  if (!swb_import_flows_add_other (self->flows, seen, error))
    return FALSE;
  if (!can_be_joined (seen, offset, is_last, n, length))
    return TRUE;

  fragmented = get_fragmented (self, seen, id, error);
  if (fragmented == NULL)
    return FALSE;

  put_fragment (fragmented, offset, bytes, n);
  fragmented->n_fragments++;
  if (is_last)
    fragmented->length = offset + n;
  if (fragmented->length == 0 || fragmented->n_has < (fragmented->length + UNIT - 1) / UNIT
      || fragmented->bytes->len < fragmented->length)
    return TRUE;

  gboolean added = add_transport (self, seen, fragmented->bytes->data, fragmented->length,
                                  fragmented->length, error);
  g_hash_table_remove (self->fragmented, &fragmented->key);
  return added;
}

/* --- IP --- */

static void
set_endpoint (SwbEndpoint *self, int family, const guint8 *ip)
{
  memset (self, 0, sizeof *self);
  self->family = (guint16)family;
  memcpy (self->ip, ip, family == AF_INET ? 4 : 16);
}

static gboolean
add_ipv4 (SwbImportFrames *self, SwbSeen *seen, const guint8 *bytes, gsize n,
          GError **error)
{
  gsize n_header = n >= 20 ? (gsize)(bytes[0] & 0xf) * 4 : 0;
  gsize length = n >= 20 ? be16 (bytes + 2) : 0;

  if (n_header < 20 || n_header > n)
    return swb_import_flows_add_other (self->flows, seen, error);
  /* The sending machine's card cuts large segments; their length is not written yet. */
  if (length == 0)
    length = n + (seen->n_wire - seen->n_frame);
  if (length < n_header)
    return swb_import_flows_add_other (self->flows, seen, error);

  guint fragment = be16 (bytes + 6);
  gsize offset = (gsize)(fragment & 0x1fff) * UNIT;
  gboolean is_last = (fragment & 0x2000) == 0;
  gsize n_here = MIN (n, length) - n_header;
  seen->protocol = bytes[9] <= SWB_PACKET_PROTOCOL ? bytes[9] : 0;
  set_endpoint (&seen->from, AF_INET, bytes + 12);
  set_endpoint (&seen->to, AF_INET, bytes + 16);
  if (offset > 0 || !is_last)
    return add_fragment (self, seen, be16 (bytes + 4), offset, is_last, bytes + n_header,
                         n_here, length - n_header, error);

  return add_transport (self, seen, bytes + n_header, n_here, length - n_header, error);
}

static gboolean
is_extension (guint next)
{
  return next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING || next == IPPROTO_DSTOPTS
         || next == IPPROTO_AH;
}

static gboolean
add_ipv6 (SwbImportFrames *self, SwbSeen *seen, const guint8 *bytes, gsize n,
          GError **error)
{
  if (n < 40)
    return swb_import_flows_add_other (self->flows, seen, error);

  gsize length = be16 (bytes + 4);
  guint next = bytes[6];
  set_endpoint (&seen->from, AF_INET6, bytes + 8);
  set_endpoint (&seen->to, AF_INET6, bytes + 24);
  bytes += 40;
  n -= 40;
  if (length == 0)
    length = n + (seen->n_wire - seen->n_frame);
  n = MIN (n, length);

  while (is_extension (next) && n >= 8)
    {
      gsize n_header
          = next == IPPROTO_AH ? ((gsize)bytes[1] + 2) * 4 : ((gsize)bytes[1] + 1) * 8;

      if (n_header > n)
        break;
      next = bytes[0];
      bytes += n_header;
      n -= n_header;
      length -= n_header;
    }

  seen->protocol = next <= SWB_PACKET_PROTOCOL ? next : 0;
  if (next != IPPROTO_FRAGMENT || n < 8)
    return add_transport (self, seen, bytes, n, length, error);

  seen->protocol = bytes[0] <= SWB_PACKET_PROTOCOL ? bytes[0] : 0;
  return add_fragment (self, seen, be32 (bytes + 4), be16 (bytes + 2) & ~7u,
                       (bytes[3] & 1) == 0, bytes + 8, n - 8, length - 8, error);
}

static gboolean
add_ip (SwbImportFrames *self, SwbSeen *seen, const guint8 *bytes, gsize n, GError **error)
{
  if (n > 0 && bytes[0] >> 4 == 4)
    return add_ipv4 (self, seen, bytes, n, error);
  if (n > 0 && bytes[0] >> 4 == 6)
    return add_ipv6 (self, seen, bytes, n, error);
  return swb_import_flows_add_other (self->flows, seen, error);
}

/* --- link layers --- */

static gboolean
is_vlan (guint type)
{
  return type == 0x8100 || type == 0x88a8 || type == 0x9100;
}

/* Where IP begins; 0 for what is not IP. @at: where the type stands */
static gsize
find_behind_type (const guint8 *frame, gsize n, gsize at, gsize header)
{
  guint type;

  if (n < header)
    return 0;

  type = be16 (frame + at);
  while (is_vlan (type) && n >= header + 4)
    {
      type = be16 (frame + header + 2);
      header += 4;
    }
  return type == ETHER_IPV4 || type == ETHER_IPV6 ? header : 0;
}

static gboolean
is_family (guint32 family)
{
  return family == 2 || family == 10 || family == 24 || family == 28 || family == 30;
}

static gsize
find_behind_family (const guint8 *frame, gsize n, gboolean is_big)
{
  guint32 family;

  if (n < 4)
    return 0;
  family = is_big ? be32 (frame) : swb_get_u32 (frame);
  return is_family (family) ? 4 : 0;
}

static gboolean
find_ip (guint link, gboolean is_swapped, const guint8 *frame, gsize n, gsize *offset)
{
  switch (link)
    {
    case LINK_ETHERNET:
      *offset = find_behind_type (frame, n, 12, 14);
      break;
    case LINK_SLL:
      *offset = find_behind_type (frame, n, 14, 16);
      break;
    case LINK_SLL2:
      *offset = find_behind_type (frame, n, 0, 20);
      break;
    case LINK_NULL:
      *offset
          = find_behind_family (frame, n, is_swapped == (G_BYTE_ORDER == G_LITTLE_ENDIAN));
      break;
    case LINK_LOOP:
      *offset = find_behind_family (frame, n, TRUE);
      break;
    case LINK_RAW_BSD:
    case LINK_RAW_OPENBSD:
    case SWB_PCAPNG_LINK_RAW:
    case LINK_IPV4:
    case LINK_IPV6:
      *offset = 0;
      return n > 0;
    default:
      return FALSE;
    }
  return *offset > 0;
}

/* --- the whole --- */

SwbImportFrames *
swb_import_frames_new (SwbImport *import, SwbImportFlows *flows)
{
  SwbImportFrames *self = g_new0 (SwbImportFrames, 1);

  self->import = import;
  self->flows = flows;
  self->fragmented = g_hash_table_new_full (hash_key, equal_key, NULL, fragmented_free);
  return self;
}

void
swb_import_frames_free (SwbImportFrames *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->fragmented);
  g_free (self);
}

gboolean
swb_import_frames_add (SwbImportFrames *self, guint link, gboolean is_swapped,
                       gint64 wall_ns, const guint8 *frame, gsize n_frame, gsize n_wire,
                       GError **error)
{
  SwbSeen seen
      = { .wall_ns = wall_ns, .frame = frame, .n_frame = n_frame, .n_wire = n_wire };
  gsize offset;

  if (!find_ip (link, is_swapped, frame, n_frame, &offset))
    return swb_import_flows_add_other (self->flows, &seen, error);
  return add_ip (self, &seen, frame + offset, n_frame - offset, error);
}

gboolean
swb_import_frames_end (SwbImportFrames *self, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->fragmented);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!tell_incomplete (self, value, error))
      return FALSE;
  return TRUE;
}
