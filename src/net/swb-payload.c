/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-payload.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"
#include "net/swb-packet.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
swb_encoding_get_name (SwbEncoding encoding)
{
  static const char *const names[SWB_N_ENCODINGS] = {
    [SWB_ENCODING_UTF8] = "UTF-8",
    [SWB_ENCODING_LATIN1] = "Latin-1",
    [SWB_ENCODING_UTF16LE] = "UTF-16 LE",
    [SWB_ENCODING_UTF16BE] = "UTF-16 BE",
  };

  g_return_val_if_fail ((guint)encoding < SWB_N_ENCODINGS, names[SWB_ENCODING_UTF8]);

  return names[encoding];
}

static void
append_unit (GByteArray *bytes, guint16 unit, gboolean big)
{
  guint16 stored = big ? GUINT16_TO_BE (unit) : GUINT16_TO_LE (unit);

  g_byte_array_append (bytes, (const guint8 *)&stored, sizeof stored);
}

static void
append_utf16 (GByteArray *bytes, gunichar c, gboolean big)
{
  if (c < 0x10000)
    {
      append_unit (bytes, (guint16)c, big);
      return;
    }

  append_unit (bytes, (guint16)(0xd800 + ((c - 0x10000) >> 10)), big);
  append_unit (bytes, (guint16)(0xdc00 + (c & 0x3ff)), big);
}

static gboolean
append_char (GByteArray *bytes, gunichar c, SwbEncoding encoding)
{
  char utf8[6];
  guint8 latin1 = (guint8)c;

  switch (encoding)
    {
    case SWB_ENCODING_LATIN1:
      if (c > 0xff)
        return FALSE;
      g_byte_array_append (bytes, &latin1, 1);
      return TRUE;
    case SWB_ENCODING_UTF16LE:
    case SWB_ENCODING_UTF16BE:
      append_utf16 (bytes, c, encoding == SWB_ENCODING_UTF16BE);
      return TRUE;
    default:
      g_byte_array_append (bytes, (const guint8 *)utf8, (guint)g_unichar_to_utf8 (c, utf8));
      return TRUE;
    }
}

static void
append_line_end (GByteArray *bytes, SwbLineEnd line_end, SwbEncoding encoding)
{
  if (line_end == SWB_LINE_END_CR || line_end == SWB_LINE_END_CRLF)
    append_char (bytes, '\r', encoding);
  if (line_end == SWB_LINE_END_LF || line_end == SWB_LINE_END_CRLF)
    append_char (bytes, '\n', encoding);
  if (line_end == SWB_LINE_END_NUL)
    append_char (bytes, '\0', encoding);
}

/* Where reading has come to. */
typedef struct
{
  const char *at;
  const char *end;
  guint n_chars; /* that were read; the next one has this number plus 1 */
  SwbEncoding encoding;
  GByteArray *bytes;
} Reader;

static gboolean
read_escape (Reader *reader, GError **error)
{
  gsize length = 1;
  guint8 value = 0;
  SwbEscape escape = swb_escape_read (reader->at, TRUE, &value, &length);

  if (escape == SWB_ESCAPE_NONE)
    {
      const char *next = g_utf8_next_char (reader->at);
      g_autofree char *shown = g_strndup (
          reader->at,
          (gsize)(next < reader->end ? g_utf8_next_char (next) - reader->at : 1));
      g_autofree char *valid = g_utf8_make_valid (shown, -1);

      g_set_error (
          error, SWB_ERROR, SWB_ERROR_SYNTAX,
          _ ("Character %u: “%s” begins no escape; there are \\n \\r \\t \\0 \\xHH \\HH "
             "\\\\ \\\", where HH are two hex digits"),
          reader->n_chars + 1, valid);
      return FALSE;
    }

  if (escape == SWB_ESCAPE_BYTE)
    g_byte_array_append (reader->bytes, &value, 1);
  else
    append_char (reader->bytes, value, reader->encoding);

  reader->at += length;
  reader->n_chars += (guint)length;
  return TRUE;
}

static gboolean
read_char (Reader *reader, GError **error)
{
  gunichar c = g_utf8_get_char_validated (reader->at, reader->end - reader->at);

  if ((gint32)c < 0)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_ENCODING,
                   _ ("Character %u is not valid UTF-8 (byte 0x%02x)"), reader->n_chars + 1,
                   (guint8)*reader->at);
      return FALSE;
    }

  if (!append_char (reader->bytes, c, reader->encoding))
    {
      char utf8[7] = { 0 };

      g_unichar_to_utf8 (c, utf8);
      g_set_error (error, SWB_ERROR, SWB_ERROR_ENCODING,
                   _ ("Character %u, “%s” (U+%04X), cannot be written in %s"),
                   reader->n_chars + 1, swb_escape_is_plain (c) ? utf8 : "", c,
                   swb_encoding_get_name (reader->encoding));
      return FALSE;
    }

  reader->at = g_utf8_next_char (reader->at);
  reader->n_chars++;
  return TRUE;
}

static GBytes *
read_text (const char *text, gsize length, SwbEncoding encoding, SwbLineEnd line_end,
           gsize *error_position, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Reader reader = { text, text + length, 0, encoding, bytes };

  while (reader.at < reader.end)
    {
      gboolean ok
          = *reader.at == '\\' ? read_escape (&reader, error) : read_char (&reader, error);

      if (!ok)
        {
          if (error_position != NULL)
            *error_position = (gsize)(reader.at - text);
          return NULL;
        }
    }

  append_line_end (bytes, line_end, encoding);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
swb_payload_from_text (const char *text, SwbEncoding encoding, SwbLineEnd line_end,
                       gsize *error_position, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail ((guint)encoding < SWB_N_ENCODINGS, NULL);

  return read_text (text, strlen (text), encoding, line_end, error_position, error);
}

static GBytes *
fail_hex (const char *text, const char *at, gsize *error_position, GError **error)
{
  gsize offset = (gsize)(at - text);
  glong n = g_utf8_strlen (text, (gssize)offset) + 1;

  if (error_position != NULL)
    *error_position = offset;

  if (g_ascii_isxdigit (*at))
    g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                 _ ("Character %ld: the hex digit “%c” stands alone; a byte has two"), n,
                 *at);
  else if (g_ascii_isprint (*at))
    g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                 _ ("Character %ld: “%c” is not a hex digit"), n, *at);
  else
    g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                 _ ("Character %ld (byte 0x%02x) is not a hex digit"), n, (guint8)*at);

  return NULL;
}

GBytes *
swb_payload_from_hex (const char *text, gsize *error_position, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *at = text;

  g_return_val_if_fail (text != NULL, NULL);

  while (*at != '\0')
    {
      guint8 value;

      if (strchr (" \t\r\n,:-", *at) != NULL)
        {
          at++;
          continue;
        }

      if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X') && g_ascii_isxdigit (at[2]))
        at += 2;

      if (!g_ascii_isxdigit (at[0]) || !g_ascii_isxdigit (at[1]))
        return fail_hex (text, at, error_position, error);

      value = (guint8)(g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
      g_byte_array_append (bytes, &value, 1);
      at += 2;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
fail_at (gsize offset, gsize *error_position, GError **error, const char *message)
{
  if (error_position != NULL)
    *error_position = offset;

  g_set_error_literal (error, SWB_ERROR, SWB_ERROR_SYNTAX, message);
  return NULL;
}

/* @text begins with a quote; it must end with the first one that has no backslash. */
static GBytes *
parse_quoted (const char *text, gsize *error_position, GError **error)
{
  const char *end = text + 1;
  GBytes *bytes;

  while (*end != '"' && *end != '\0')
    end += end[0] == '\\' && end[1] != '\0' ? 2 : 1;

  if (*end == '\0')
    return fail_at ((gsize)(end - text), error_position, error,
                    _ ("The closing quote is missing"));
  if (end[1] != '\0')
    return fail_at (
        (gsize)(end + 1 - text), error_position, error,
        _ ("Something stands behind the closing quote; a quote inside is written \\\""));

  bytes = read_text (text + 1, (gsize)(end - text - 1), SWB_ENCODING_UTF8,
                     SWB_LINE_END_NONE, error_position, error);
  if (bytes == NULL && error_position != NULL)
    *error_position += 1;

  return bytes;
}

GBytes *
swb_payload_parse (const char *text, gsize *error_position, GError **error)
{
  GBytes *bytes;

  g_return_val_if_fail (text != NULL, NULL);

  if (text[0] == '"')
    return parse_quoted (text, error_position, error);

  if (g_str_has_prefix (text, SWB_PACKET_PREFIX))
    {
      bytes = swb_packet_parse (text + strlen (SWB_PACKET_PREFIX), error_position, error);
      if (bytes == NULL && error_position != NULL)
        *error_position += strlen (SWB_PACKET_PREFIX);
      return bytes;
    }

  if (!g_str_has_prefix (text, "hex:"))
    return fail_at (0, error_position, error,
                    _ ("Bytes are written as \"text\" in double quotes, or as hex:48 65"));

  bytes = swb_payload_from_hex (text + strlen ("hex:"), error_position, error);
  if (bytes == NULL && error_position != NULL)
    *error_position += strlen ("hex:");

  return bytes;
}

char *
swb_payload_print (const guint8 *data, gsize length)
{
  GString *out = g_string_new ("\"");

  g_return_val_if_fail (data != NULL || length == 0, g_string_free (out, FALSE));

  swb_escape_print (out, data, length, TRUE);
  g_string_append_c (out, '"');
  return g_string_free (out, FALSE);
}

char *
swb_payload_print_hex (const guint8 *data, gsize length, const char *separator)
{
  static const char digits[] = "0123456789abcdef";
  GString *out = g_string_sized_new (length * (2 + strlen (separator)) + 1);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append (out, separator);
      g_string_append_c (out, digits[data[i] >> 4]);
      g_string_append_c (out, digits[data[i] & 15]);
    }

  return g_string_free (out, FALSE);
}
