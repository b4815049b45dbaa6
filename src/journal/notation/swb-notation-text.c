/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include <string.h>
#include <time.h>

#define NS_PER_SECOND G_GUINT64_CONSTANT (1000000000)

/* Letters of the escapes that strace writes by letter. */
static const char escapes[] = "\tt\nn\rr\vv\ff\"\"\\\\";

gboolean
swb_scan (SwbScanner *self, const char *text)
{
  gsize length = strlen (text);

  if (strncmp (self->at, text, length) != 0)
    return FALSE;

  self->at += length;
  return TRUE;
}

gboolean
swb_scan_int (SwbScanner *self, gint64 *value)
{
  const char *digits = self->at[0] == '-' ? self->at + 1 : self->at;
  char *end = NULL;

  if (!g_ascii_isdigit (digits[0]))
    return FALSE;

  *value = g_ascii_strtoll (self->at, &end, 10);
  self->at = end;
  return TRUE;
}

gboolean
swb_scan_int32 (SwbScanner *self, gint64 *value)
{
  return swb_scan_int (self, value) && *value >= G_MININT32 && *value <= G_MAXINT32;
}

gboolean
swb_scan_time (SwbScanner *self, gint64 *ns)
{
  gboolean negative = swb_scan (self, "-");
  guint64 seconds, fraction = 0;
  char *end = NULL;

  if (!g_ascii_isdigit (self->at[0]))
    return FALSE;

  seconds = g_ascii_strtoull (self->at, &end, 10);
  self->at = end;
  if (seconds > G_MAXINT64 / NS_PER_SECOND || !swb_scan (self, "."))
    return FALSE;

  /* strace itself has six digits. */
  for (guint64 unit = NS_PER_SECOND / 10; g_ascii_isdigit (self->at[0]); unit /= 10)
    fraction += unit * (guint64)(*self->at++ - '0');

  guint64 sum = seconds * NS_PER_SECOND + fraction;
  if (sum > (guint64)G_MAXINT64)
    return FALSE;

  *ns = negative ? -(gint64)sum : (gint64)sum;
  return TRUE;
}

void
swb_print_time (GString *text, gint64 ns)
{
  guint64 magnitude = ns < 0 ? -(guint64)ns : (guint64)ns;

  g_string_append_printf (text, "%s%" G_GUINT64_FORMAT ".%09" G_GUINT64_FORMAT,
                          ns < 0 ? "-" : "", magnitude / NS_PER_SECOND,
                          magnitude % NS_PER_SECOND);
}

/* Of @n digits, with zeros in front: by hand, since a journal has millions of times. */
static void
print_digits (GString *text, guint value, guint n)
{
  char digits[10];

  for (guint i = n; i > 0; i--, value /= 10)
    digits[i - 1] = (char)('0' + value % 10);
  g_string_append_len (text, digits, n);
}

void
swb_print_date (GString *text, gint64 wall_ns)
{
  gint64 fraction = wall_ns % (gint64)NS_PER_SECOND;
  time_t seconds = wall_ns / (gint64)NS_PER_SECOND - (fraction < 0);
  struct tm parts;

  gmtime_r (&seconds, &parts);
  print_digits (text, (guint)parts.tm_year + 1900, 4);
  g_string_append_c (text, '-');
  print_digits (text, (guint)parts.tm_mon + 1, 2);
  g_string_append_c (text, '-');
  print_digits (text, (guint)parts.tm_mday, 2);
  g_string_append_c (text, 'T');
  print_digits (text, (guint)parts.tm_hour, 2);
  g_string_append_c (text, ':');
  print_digits (text, (guint)parts.tm_min, 2);
  g_string_append_c (text, ':');
  print_digits (text, (guint)parts.tm_sec, 2);
  g_string_append_c (text, '.');
  print_digits (text, (guint)(fraction < 0 ? fraction + (gint64)NS_PER_SECOND : fraction),
                9);
  g_string_append_c (text, 'Z');
}

static const char *
find_escape (guint8 byte)
{
  for (const char *pair = escapes; *pair != '\0'; pair += 2)
    if ((guint8)pair[0] == byte)
      return pair;

  return NULL;
}

/* strace writes as few octal digits as the next character allows. */
static void
print_octal (GString *text, guint8 byte, gboolean digit_follows)
{
  char digits[5] = { '\\', (char)('0' + (byte >> 6)), (char)('0' + ((byte >> 3) & 7)),
                     (char)('0' + (byte & 7)), '\0' };
  guint skip = digit_follows || byte >= 0100 ? 0 : byte >= 010 ? 1 : 2;

  g_string_append_c (text, '\\');
  g_string_append (text, digits + 1 + skip);
}

void
swb_print_quoted (GString *text, const guint8 *bytes, gsize length)
{
  g_string_append_c (text, '"');
  for (gsize i = 0; i < length; i++)
    {
      const char *pair = find_escape (bytes[i]);

      if (pair != NULL)
        g_string_append_printf (text, "\\%c", pair[1]);
      else if (bytes[i] >= ' ' && bytes[i] < 0x7f)
        g_string_append_c (text, (char)bytes[i]);
      else
        print_octal (text, bytes[i],
                     i + 1 < length && bytes[i + 1] >= '0' && bytes[i + 1] <= '7');
    }
  g_string_append_c (text, '"');
}

static gboolean
scan_octal (SwbScanner *self, guint8 *byte)
{
  guint value = 0;
  guint n = 0;

  for (; n < 3 && self->at[0] >= '0' && self->at[0] <= '7'; n++)
    value = value * 8 + (guint)(*self->at++ - '0');

  *byte = (guint8)value;
  return n > 0 && value <= 0xff;
}

static gboolean
scan_hex (SwbScanner *self, guint8 *byte)
{
  int high = g_ascii_xdigit_value (self->at[0]);
  int low = high < 0 ? -1 : g_ascii_xdigit_value (self->at[1]);

  if (low < 0)
    return FALSE;

  self->at += 2;
  *byte = (guint8)(high * 16 + low);
  return TRUE;
}

static gboolean
scan_escape (SwbScanner *self, guint8 *byte)
{
  if (swb_scan (self, "x"))
    return scan_hex (self, byte);

  for (const char *pair = escapes; *pair != '\0'; pair += 2)
    if (pair[1] == self->at[0])
      {
        *byte = (guint8)pair[0];
        self->at++;
        return TRUE;
      }

  return scan_octal (self, byte);
}

gboolean
swb_scan_quoted (SwbScanner *self, GByteArray *bytes)
{
  if (!swb_scan (self, "\""))
    return FALSE;

  while (self->at[0] != '"')
    {
      guint8 byte = (guint8)self->at[0];

      if (byte < ' ' || byte >= 0x7f)
        return FALSE;

      self->at++;
      if (byte == '\\' && !scan_escape (self, &byte))
        return FALSE;
      g_byte_array_append (bytes, &byte, 1);
    }

  self->at++;
  return TRUE;
}
