/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-escape.h"
#include "net/swb-payload.h"

#include <string.h>

/* A bad text may be a whole line of many megabytes; its beginning names it. */
#define SHOWN_CHARS 60

/* The letters behind the backslash, and what they stand for. */
static const char letters[] = "nrt\\\"";
static const char letter_values[] = "\n\r\t\\\"";

static gboolean
read_hex_pair (const char *text, guint8 *value)
{
  if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
    return FALSE;

  *value = (guint8)(g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
  return TRUE;
}

SwbEscape
swb_escape_read (const char *text, gboolean short_hex, guint8 *value, gsize *length)
{
  const char *letter;

  g_assert (text[0] == '\\');

  if (text[1] == 'x' && read_hex_pair (text + 2, value))
    {
      *length = 4;
      return SWB_ESCAPE_BYTE;
    }

  if (short_hex && read_hex_pair (text + 1, value))
    {
      *length = 3;
      return SWB_ESCAPE_BYTE;
    }

  if (text[1] == '0')
    {
      *value = 0;
      *length = 2;
      return SWB_ESCAPE_BYTE;
    }

  letter = text[1] != '\0' ? strchr (letters, text[1]) : NULL;
  if (letter == NULL)
    return SWB_ESCAPE_NONE;

  *value = (guint8)letter_values[letter - letters];
  *length = 2;
  return SWB_ESCAPE_CHAR;
}

gboolean
swb_escape_is_plain (gunichar c)
{
  /* g_unichar_isprint() leaves out controls, unassigned characters, and the format
   * characters: the bidi and zero-width controls, and the byte order mark. */
  return g_unichar_isprint (c) && c != 0x2028 && c != 0x2029;
}

static void
print_bytes (GString *out, const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "\\x%02x", data[i]);
}

void
swb_escape_print (GString *out, const guint8 *data, gsize length, gboolean quote)
{
  gsize i = 0;

  while (i < length)
    {
      const char *at = (const char *)data + i;
      const char *letter = *at != '\0' ? strchr (letter_values, *at) : NULL;
      gunichar c = g_utf8_get_char_validated (at, (gssize)MIN (length - i, 6));
      gsize step = (gint32)c < 0 ? 1 : (gsize)g_unichar_to_utf8 (c, NULL);

      if (letter != NULL && (quote || *at != '"'))
        g_string_append_printf (out, "\\%c", letters[letter - letter_values]);
      else if ((gint32)c >= 0 && swb_escape_is_plain (c))
        g_string_append_len (out, at, (gssize)step);
      else
        print_bytes (out, data + i, step);

      i += step;
    }
}

char *
swb_escape_show (const char *text)
{
  return swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8,
                              SHOWN_CHARS);
}
