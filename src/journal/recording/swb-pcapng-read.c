/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-pcapng.h"

#include "net/swb-error.h"

#include <string.h>

#include <glib/gi18n.h>

#define BUFFER_BYTES (256 * 1024)
#define HEAD_BYTES 8
#define TAIL_BYTES 4

static guint64
get_number (const guint8 *at, guint n_bytes)
{
  guint64 value = 0;

  for (guint i = n_bytes; i > 0; i--)
    value = value << 8 | at[i - 1];
  return value;
}

guint16
swb_get_u16 (const guint8 *at)
{
  return (guint16)get_number (at, sizeof (guint16));
}

guint32
swb_get_u32 (const guint8 *at)
{
  return (guint32)get_number (at, sizeof (guint32));
}

guint64
swb_get_u64 (const guint8 *at)
{
  return get_number (at, sizeof (guint64));
}

gboolean
swb_pcapng_is_pcap (const guint8 *bytes)
{
  static const guint32 magics[] = { 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1 };

  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (swb_get_u32 (bytes) == magics[i])
      return TRUE;
  return FALSE;
}

void
swb_pcapng_reader_init (SwbPcapngReader *self, GInputStream *stream)
{
  memset (self, 0, sizeof *self);
  self->stream = g_buffered_input_stream_new_sized (stream, BUFFER_BYTES);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->stream), FALSE);
  self->buffer = g_byte_array_new ();
}

void
swb_pcapng_reader_clear (SwbPcapngReader *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->buffer, g_byte_array_unref);
}

void
swb_pcapng_reader_set_error (SwbPcapngReader *self, GError **error, const char *reason)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GUINT64_FORMAT, self->block_offset);

  g_set_error (error, SWB_ERROR, SWB_ERROR_FORMAT,
               /* Translators: the first is a reason, such as "the file ends too early" */
               _ ("%s, in the block at offset %s"), reason, offset);
}

static gboolean
read_all (SwbPcapngReader *self, guint8 *bytes, gsize length, GCancellable *cancellable,
          GError **error)
{
  gsize n;

  if (!g_input_stream_read_all (self->stream, bytes, length, &n, cancellable, error))
    return FALSE;

  self->offset += n;
  if (n < length)
    swb_pcapng_reader_set_error (self, error, _ ("the file ends too early"));
  return n == length;
}

static gboolean
pass_over (SwbPcapngReader *self, gsize length, GCancellable *cancellable, GError **error)
{
  guint8 scrap[4096];

  while (length > 0)
    {
      gsize n = MIN (length, sizeof scrap);

      if (!read_all (self, scrap, n, cancellable, error))
        return FALSE;
      length -= n;
    }

  return TRUE;
}

static gboolean
is_known (guint32 type)
{
  return type == SWB_PCAPNG_SECTION || type == SWB_PCAPNG_INTERFACE
         || type == SWB_PCAPNG_PACKET || type == SWB_PCAPNG_JOURNAL;
}

/* The length stands behind the block, too, so that files can be read backwards. */
static gboolean
read_block (SwbPcapngReader *self, guint32 length, GCancellable *cancellable,
            GError **error)
{
  gsize n = length - HEAD_BYTES;

  if (length > SWB_PCAPNG_BLOCK_MAX)
    {
      /* A section of the other byte order looks like that, too. */
      swb_pcapng_reader_set_error (
          self, error,
          self->block_offset == 0
              ? _ ("this is a pcapng file of another program, not a recording of this one")
              : _ ("a block is larger than any of a recording"));
      return FALSE;
    }

  g_byte_array_set_size (self->buffer, (guint)n);
  if (!read_all (self, self->buffer->data, n, cancellable, error))
    return FALSE;

  self->body = self->buffer->data;
  self->length = n - TAIL_BYTES;
  if (swb_get_u32 (self->body + self->length) == length)
    return TRUE;

  swb_pcapng_reader_set_error (self, error, _ ("the two lengths of a block differ"));
  return FALSE;
}

/* Says of a foreign file what it is, as far as its first bytes tell. */
static gboolean
check_first (SwbPcapngReader *self, const guint8 *head, GError **error)
{
  if (swb_get_u32 (head) == SWB_PCAPNG_SECTION)
    return TRUE;

  swb_pcapng_reader_set_error (
      self, error,
      swb_pcapng_is_pcap (head)
          ? _ ("this is a pcap file of another program, not a recording of this one")
          : _ ("this is not a pcapng file"));
  return FALSE;
}

int
swb_pcapng_reader_next (SwbPcapngReader *self, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      guint8 head[HEAD_BYTES];
      gsize n;

      self->block_offset = self->offset;
      if (!g_input_stream_read_all (self->stream, head, sizeof head, &n, cancellable,
                                    error))
        return -1;
      if (n == 0)
        return 0;

      self->offset += n;
      if (n >= sizeof (guint32) && self->block_offset == 0
          && !check_first (self, head, error))
        return -1;
      if (n < sizeof head)
        {
          swb_pcapng_reader_set_error (self, error, _ ("the file ends too early"));
          return -1;
        }

      guint32 length = swb_get_u32 (head + sizeof (guint32));
      self->type = swb_get_u32 (head);
      /* A section's lengths are in its own byte order. Sections written here have ours. */
      if (length < HEAD_BYTES + TAIL_BYTES || length % 4 != 0)
        {
          swb_pcapng_reader_set_error (self, error,
                                       _ ("the length of a block is impossible"));
          return -1;
        }

      if (is_known (self->type))
        return read_block (self, length, cancellable, error) ? 1 : -1;
      if (!pass_over (self, length - HEAD_BYTES, cancellable, error))
        return -1;
    }
}

gboolean
swb_pcapng_next_option (const guint8 **at, const guint8 *end, guint16 *code,
                        const guint8 **value, gsize *length)
{
  if (end - *at < 4)
    return FALSE;

  *code = swb_get_u16 (*at);
  *length = swb_get_u16 (*at + 2);
  *value = *at + 4;
  if (*code == 0 || (gsize)(end - *value) < ((*length + 3) & ~(gsize)3))
    return FALSE;

  *at = *value + ((*length + 3) & ~(gsize)3);
  return TRUE;
}

gboolean
swb_pcapng_find_custom (const guint8 *at, const guint8 *end, const char *tag,
                        const guint8 **value, gsize *length)
{
  guint16 code;

  while (swb_pcapng_next_option (&at, end, &code, value, length))
    if (code == SWB_PCAPNG_OPT_CUSTOM && *length >= 8
        && swb_get_u32 (*value) == SWB_PCAPNG_PEN && memcmp (*value + 4, tag, 4) == 0)
      {
        *value += 8;
        *length -= 8;
        return TRUE;
      }

  return FALSE;
}
