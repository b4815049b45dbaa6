/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-pcap.h"

#include <string.h>

#include <glib/gi18n.h>

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)
#define PACKET_MAX (16u * 1024 * 1024)
#define INTERFACES_MAX 65536

#define BLOCK_OBSOLETE_PACKET 2u
#define BLOCK_SIMPLE_PACKET 3u
#define OPT_TSOFFSET 14u

typedef struct
{
  guint link;
  guint resolution; /* if_tsresol */
  gint64 offset_s;
  guint32 snaplen;
} Interface;

typedef struct
{
  SwbImport *import;
  SwbImportFrames *frames;
  gboolean is_swapped; /* against this machine */
  GByteArray *block;
  GArray *interfaces;
  guint64 n_packets;
  gint64 last_ns; /* wall-clock time of the packet before */
} Reader;

static guint16
get16 (const Reader *self, const guint8 *at)
{
  guint16 value;

  memcpy (&value, at, sizeof value);
  return self->is_swapped ? GUINT16_SWAP_LE_BE (value) : value;
}

static guint32
get32 (const Reader *self, const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return self->is_swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

/* A frame's length on the wire is whatever the file says. */
static gboolean
take_packet (Reader *self, guint link, gint64 wall_ns, const guint8 *bytes, gsize n_bytes,
             gsize n_wire, GError **error)
{
  self->last_ns = wall_ns;
  return swb_import_frames_add (self->frames, link, self->is_swapped, wall_ns, bytes,
                                n_bytes, MAX (n_bytes, MIN (n_wire, G_MAXINT32)), error)
         && swb_import_look (self->import, ++self->n_packets, error);
}

static gboolean
read_body (Reader *self, gsize length, GError **error)
{
  if (length > PACKET_MAX)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("a packet is larger than any can be"));

  g_byte_array_set_size (self->block, (guint)length);
  return length == 0
         || swb_import_read (self->import, self->block->data, length, FALSE, error) > 0;
}

/* --- pcap --- */

/* The four bits above the link type are about the frame's checksum. */
#define LINK_MASK 0x03ffffffu

static gboolean
read_pcap_packets (Reader *self, guint link, gboolean has_ns, GError **error)
{
  SwbImport *import = self->import;
  guint8 head[16];
  int got;

  for (;;)
    {
      import->item_offset = import->offset;
      got = swb_import_read (import, head, sizeof head, TRUE, error);
      if (got <= 0)
        return got == 0;

      gsize length = get32 (self, head + 8);
      gint64 wall_ns = get32 (self, head) * NS_PER_SECOND
                       + (gint64)get32 (self, head + 4) * (has_ns ? 1 : 1000);
      if (!read_body (self, length, error)
          || !take_packet (self, link, wall_ns, self->block->data, length,
                           get32 (self, head + 12), error))
        return FALSE;
    }
}

static gboolean
read_pcap (Reader *self, GError **error)
{
  guint8 head[24];

  if (swb_import_read (self->import, head, sizeof head, FALSE, error) <= 0)
    return FALSE;

  guint32 magic = get32 (self, head);
  self->is_swapped = magic != 0xa1b2c3d4 && magic != 0xa1b23c4d;
  gboolean has_ns = get32 (self, head) == 0xa1b23c4d;
  if (get16 (self, head + 4) != 2)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("this version of pcap is not known"));
  return read_pcap_packets (self, get32 (self, head + 20) & LINK_MASK, has_ns, error);
}

/* --- pcapng --- */

static gboolean
fail_short (Reader *self, GError **error)
{
  return swb_import_fail_at_offset (self->import, error,
                                    _ ("a block is shorter than what it says"));
}

static gboolean
take_interface (Reader *self, const guint8 *body, gsize length, GError **error)
{
  Interface made = { .resolution = 6 };
  gsize at = 8;

  if (length < 8)
    return fail_short (self, error);
  if (self->interfaces->len >= INTERFACES_MAX)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("there are more interfaces than can be"));

  made.link = get16 (self, body);
  made.snaplen = get32 (self, body + 4);
  while (length - at >= 4)
    {
      guint code = get16 (self, body + at);
      gsize n = get16 (self, body + at + 2);

      at += 4;
      if (code == 0 || n > length - at)
        break;
      if (code == SWB_PCAPNG_OPT_IF_TSRESOL && n >= 1)
        made.resolution = body[at];
      if (code == OPT_TSOFFSET && n >= 8)
        {
          memcpy (&made.offset_s, body + at, 8);
          if (self->is_swapped)
            made.offset_s = (gint64)GUINT64_SWAP_LE_BE ((guint64)made.offset_s);
        }
      at += MIN ((n + 3) & ~(gsize)3, length - at);
    }

  g_array_append_val (self->interfaces, made);
  return TRUE;
}

/* Units of 10^-n or 2^-n in a second; of finer ones than 64 bits can count, as many as they
 * can. */
static guint64
count_units (guint resolution)
{
  guint64 base = (resolution & 0x80) != 0 ? 2 : 10;
  guint64 units = 1;

  for (guint i = 0; i < (resolution & 0x7f) && units <= G_MAXUINT64 / base; i++)
    units *= base;
  return units;
}

/* What @rest of @per_second are: without a step in which they would be too many for 64
 * bits. */
static guint64
to_ns (guint64 rest, guint64 per_second)
{
  if (per_second % NS_PER_SECOND == 0)
    return rest / (per_second / NS_PER_SECOND);

  /* Of powers of two the finest are no nanoseconds. */
  for (; per_second > (guint64)1 << 34; per_second >>= 1)
    rest >>= 1;
  return rest * NS_PER_SECOND / per_second;
}

/* Since 1970. */
static gint64
to_wall_ns (const Interface *interface, guint64 units)
{
  guint64 per_second = count_units (interface->resolution);
  guint64 seconds = units / per_second;
  guint64 ns = to_ns (units % per_second, per_second);

  if (seconds > G_MAXUINT32 || interface->offset_s > G_MAXINT32
      || interface->offset_s < -G_MAXINT32)
    return G_MAXINT64; /* told as impossible */
  return ((gint64)seconds + interface->offset_s) * NS_PER_SECOND + (gint64)ns;
}

/* An enhanced packet, or the obsolete one, whose interface has 16 bits. */
static gboolean
take_enhanced (Reader *self, guint32 type, const guint8 *body, gsize length, GError **error)
{
  if (length < 20)
    return fail_short (self, error);

  guint number = type == SWB_PCAPNG_PACKET ? get32 (self, body) : get16 (self, body);
  gsize n_captured = get32 (self, body + 12);
  guint64 units = (guint64)get32 (self, body + 4) << 32 | get32 (self, body + 8);
  if (number >= self->interfaces->len)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("a packet is of an interface that there is not"));
  if (n_captured > length - 20)
    return fail_short (self, error);

  const Interface *interface = &g_array_index (self->interfaces, Interface, number);
  return take_packet (self, interface->link, to_wall_ns (interface, units), body + 20,
                      n_captured, get32 (self, body + 16), error);
}

/* It has no time: that of the packet before it is the nearest. */
static gboolean
take_simple (Reader *self, const guint8 *body, gsize length, GError **error)
{
  if (length < 4 || self->interfaces->len == 0)
    return fail_short (self, error);

  const Interface *interface = &g_array_index (self->interfaces, Interface, 0);
  gsize n_wire = get32 (self, body);
  gsize n_captured = MIN (n_wire, length - 4);
  if (interface->snaplen != 0)
    n_captured = MIN (n_captured, interface->snaplen);
  return take_packet (self, interface->link, self->last_ns, body + 4, n_captured, n_wire,
                      error);
}

static gboolean
take_block (Reader *self, guint32 type, gsize length, GError **error)
{
  const guint8 *body = self->block->data;

  switch (type)
    {
    case SWB_PCAPNG_INTERFACE:
      return take_interface (self, body, length, error);
    case SWB_PCAPNG_PACKET:
    case BLOCK_OBSOLETE_PACKET:
      return take_enhanced (self, type, body, length, error);
    case BLOCK_SIMPLE_PACKET:
      return take_simple (self, body, length, error);
    default:
      return TRUE;
    }
}

/* A section's first word behind its length says in which byte order it is. */
static gboolean
begin_section (Reader *self, guint8 *head, GError **error)
{
  guint8 magic[4];

  if (swb_import_read (self->import, magic, sizeof magic, FALSE, error) <= 0)
    return FALSE;

  self->is_swapped = FALSE;
  if (get32 (self, magic) != 0x1a2b3c4d)
    self->is_swapped = TRUE;
  if (get32 (self, magic) != 0x1a2b3c4d)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("the byte order of a section is none"));

  g_array_set_size (self->interfaces, 0);
  guint32 length = get32 (self, head + 4);
  if (length < 28 || length % 4 != 0)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("the length of a block is impossible"));
  return swb_import_skip (self->import, length - 12, error);
}

static gboolean
read_block (Reader *self, const guint8 *head, GError **error)
{
  guint32 type = get32 (self, head);
  guint32 length = get32 (self, head + 4);
  gboolean is_wanted = type == SWB_PCAPNG_INTERFACE || type == SWB_PCAPNG_PACKET
                       || type == BLOCK_OBSOLETE_PACKET || type == BLOCK_SIMPLE_PACKET;

  if (length < 12 || length % 4 != 0)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("the length of a block is impossible"));
  if (!is_wanted)
    return swb_import_skip (self->import, length - 8, error);
  if (!read_body (self, length - 8, error))
    return FALSE;
  if (get32 (self, self->block->data + length - 12) != length)
    return swb_import_fail_at_offset (self->import, error,
                                      _ ("the two lengths of a block differ"));
  return take_block (self, type, length - 12, error);
}

static gboolean
read_pcapng (Reader *self, GError **error)
{
  SwbImport *import = self->import;
  guint8 head[8];
  int got;

  for (;;)
    {
      import->item_offset = import->offset;
      got = swb_import_read (import, head, sizeof head, TRUE, error);
      if (got <= 0)
        return got == 0;

      /* The number of a section reads the same in both byte orders. */
      if (!(swb_get_u32 (head) == SWB_PCAPNG_SECTION ? begin_section (self, head, error)
                                                     : read_block (self, head, error)))
        return FALSE;
    }
}

gboolean
swb_import_capture (SwbImport *import, gboolean is_pcapng, GError **error)
{
  g_autoptr (SwbImportFlows) flows = swb_import_flows_new (import);
  g_autoptr (SwbImportFrames) frames = swb_import_frames_new (import, flows);
  Reader self = {
    .import = import,
    .frames = frames,
    .block = g_byte_array_new (),
    .interfaces = g_array_new (FALSE, FALSE, sizeof (Interface)),
  };
  gboolean read = (is_pcapng ? read_pcapng (&self, error) : read_pcap (&self, error))
                  && swb_import_frames_end (frames, error)
                  && swb_import_flows_end (flows, error);

  g_byte_array_unref (self.block);
  g_array_unref (self.interfaces);
  return read;
}
