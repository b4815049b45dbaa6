/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-payload.h"
#include "net/swb-escape.h"

#include <string.h>

#define INVALID SWB_PAYLOAD_NO_CHAR

static guint16
get_unit (const guint8 *at, gboolean big)
{
  return big ? (guint16)(at[0] << 8 | at[1]) : (guint16)(at[1] << 8 | at[0]);
}

/* A lone surrogate or a lone byte at the end is no character. */
static gunichar
decode_utf16 (const guint8 *at, gsize length, gboolean big, gsize *step)
{
  guint16 first, second;

  if (length < 2)
    {
      *step = 1;
      return INVALID;
    }

  *step = 2;
  first = get_unit (at, big);
  if (first < 0xd800 || first > 0xdfff)
    return first;
  if (first > 0xdbff || length < 4)
    return INVALID;

  second = get_unit (at + 2, big);
  if (second < 0xdc00 || second > 0xdfff)
    return INVALID;

  *step = 4;
  return 0x10000 + ((gunichar)(first - 0xd800) << 10) + (second - 0xdc00);
}

static gunichar
decode_utf8 (const guint8 *at, gsize length, gsize *step)
{
  gunichar c;

  /* g_utf8_get_char_validated() calls an embedded NUL an error. */
  if (*at == 0)
    {
      *step = 1;
      return 0;
    }

  c = g_utf8_get_char_validated ((const char *)at, (gssize)MIN (length, 6));
  if ((gint32)c < 0)
    {
      *step = 1;
      return INVALID;
    }

  *step = (gsize)g_unichar_to_utf8 (c, NULL);
  return c;
}

gunichar
swb_payload_decode (const guint8 *at, gsize length, SwbEncoding encoding, gsize *step)
{
  switch (encoding)
    {
    case SWB_ENCODING_LATIN1:
      *step = 1;
      return *at;
    case SWB_ENCODING_UTF16LE:
    case SWB_ENCODING_UTF16BE:
      return decode_utf16 (at, length, encoding == SWB_ENCODING_UTF16BE, step);
    default:
      return decode_utf8 (at, length, step);
    }
}

gboolean
swb_encoding_detect (const guint8 *data, gsize length, SwbEncoding *encoding)
{
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    *encoding = SWB_ENCODING_UTF8;
  else if (length >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    *encoding = SWB_ENCODING_UTF16LE;
  else if (length >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    *encoding = SWB_ENCODING_UTF16BE;
  else
    return FALSE;
  return TRUE;
}

static void
show_char (GString *out, gunichar c)
{
  if (c == '\n')
    g_string_append (out, "⏎");
  else if (c == '\t')
    g_string_append (out, "⇥");
  else if (c < 0x20)
    g_string_append_unichar (out, 0x2400 + c);
  else if (c == 0x7f)
    g_string_append (out, "␡");
  else if (swb_escape_is_plain (c))
    g_string_append_unichar (out, c);
  else
    g_string_append_printf (out, "[U+%04X]", c);
}

static void
show_bytes (GString *out, const guint8 *at, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "\\x%02x", at[i]);
}

char *
swb_payload_display (const guint8 *data, gsize length, SwbEncoding encoding,
                     gsize max_chars)
{
  GString *out = g_string_new (NULL);
  gsize n_chars = 0;
  gsize room_for_ellipsis = 0; /* the longest prefix of @out that leaves a place for "…" */

  g_return_val_if_fail (data != NULL || length == 0, g_string_free (out, FALSE));

  for (gsize i = 0, step; i < length; i += step)
    {
      gsize before = out->len;
      gunichar c = swb_payload_decode (data + i, length - i, encoding, &step);

      if (n_chars < max_chars)
        room_for_ellipsis = before;

      if (c == INVALID)
        show_bytes (out, data + i, step);
      else
        show_char (out, c);

      n_chars += (gsize)g_utf8_strlen (out->str + before, (gssize)(out->len - before));
      if (n_chars > max_chars)
        {
          g_string_truncate (out, room_for_ellipsis);
          if (max_chars > 0)
            g_string_append (out, "…");
          break;
        }
    }

  return g_string_free (out, FALSE);
}
