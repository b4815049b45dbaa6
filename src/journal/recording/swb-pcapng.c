/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-pcapng.h"

#include <string.h>

void
swb_put_bytes (GByteArray *out, gconstpointer bytes, gsize length)
{
  if (length > 0)
    g_byte_array_append (out, bytes, (guint)length);
}

static void
put_number (GByteArray *out, guint64 value, guint n_bytes, gboolean is_big)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8)(value >> 8 * (is_big ? n_bytes - 1 - i : i));

      g_byte_array_append (out, &byte, 1);
    }
}

void
swb_put_u8 (GByteArray *out, guint8 value)
{
  put_number (out, value, sizeof value, FALSE);
}

void
swb_put_u16 (GByteArray *out, guint16 value)
{
  put_number (out, value, sizeof value, FALSE);
}

void
swb_put_u32 (GByteArray *out, guint32 value)
{
  put_number (out, value, sizeof value, FALSE);
}

void
swb_put_u64 (GByteArray *out, guint64 value)
{
  put_number (out, value, sizeof value, FALSE);
}

void
swb_put_be16 (GByteArray *out, guint16 value)
{
  put_number (out, value, sizeof value, TRUE);
}

void
swb_put_be32 (GByteArray *out, guint32 value)
{
  put_number (out, value, sizeof value, TRUE);
}

static void
pad (GByteArray *out, gsize length)
{
  static const guint8 zeros[4];

  swb_put_bytes (out, zeros, -length & 3);
}

gsize
swb_pcapng_begin (GByteArray *out, guint32 type)
{
  gsize start = out->len;

  swb_put_u32 (out, type);
  swb_put_u32 (out, 0);
  return start;
}

void
swb_pcapng_end (GByteArray *out, gsize start)
{
  pad (out, out->len - start);

  guint32 length = (guint32)(out->len - start + sizeof length);
  swb_put_u32 (out, length);
  length = GUINT32_TO_LE (length);
  memcpy (out->data + start + sizeof length, &length, sizeof length);
}

void
swb_pcapng_put_option (GByteArray *out, guint16 code, gconstpointer value, gsize length)
{
  g_assert (length <= G_MAXUINT16);

  swb_put_u16 (out, code);
  swb_put_u16 (out, (guint16)length);
  swb_put_bytes (out, value, length);
  pad (out, length);
}

void
swb_pcapng_put_end_of_options (GByteArray *out)
{
  swb_put_u32 (out, 0);
}

void
swb_pcapng_put_custom (GByteArray *out, const char *tag, gconstpointer value, gsize length)
{
  gsize whole = 2 * sizeof (guint32) + length;

  g_assert (strlen (tag) == 4 && whole <= G_MAXUINT16);

  swb_put_u16 (out, SWB_PCAPNG_OPT_CUSTOM);
  swb_put_u16 (out, (guint16)whole);
  swb_put_u32 (out, SWB_PCAPNG_PEN);
  swb_put_bytes (out, tag, 4);
  swb_put_bytes (out, value, length);
  pad (out, length);
}

gsize
swb_pcapng_begin_packet (GByteArray *out, guint32 interface, gint64 wall_ns,
                         gconstpointer header, gsize n_header, gconstpointer data,
                         gsize n_data)
{
  gsize start = swb_pcapng_begin (out, SWB_PCAPNG_PACKET);
  guint64 time = (guint64)MAX (wall_ns, 0);
  guint32 length = (guint32)(n_header + n_data);

  swb_put_u32 (out, interface);
  swb_put_u32 (out, (guint32)(time >> 32));
  swb_put_u32 (out, (guint32)time);
  swb_put_u32 (out, length);
  swb_put_u32 (out, length);
  swb_put_bytes (out, header, n_header);
  swb_put_bytes (out, data, n_data);
  pad (out, length);
  return start;
}
