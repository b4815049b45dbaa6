/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-json-text.h"

#include "journal/notation/swb-notation-private.h"

/* Written by hand: a builder and its generator take seven times as long. */
void
swb_json_put_int (GString *out, gint64 value)
{
  char digits[24];
  char *at = digits + sizeof digits;
  guint64 left = value < 0 ? 0 - (guint64)value : (guint64)value;

  do
    *--at = (char)('0' + left % 10);
  while ((left /= 10) > 0);
  if (value < 0)
    *--at = '-';
  g_string_append_len (out, at, digits + sizeof digits - at);
}

static void
put_escaped (GString *out, guchar c)
{
  static const char names[] = "btn?fr";

  g_string_append_c (out, '\\');
  if (c == '"' || c == '\\')
    g_string_append_c (out, (char)c);
  else if (c >= '\b' && c <= '\r' && c != '\v')
    g_string_append_c (out, names[c - '\b']);
  else
    {
      g_string_append (out, "u00");
      g_string_append_c (out, "0123456789abcdef"[c >> 4]);
      g_string_append_c (out, "0123456789abcdef"[c & 0xf]);
    }
}

/* @text is UTF-8. */
static void
put_text (GString *out, const char *text)
{
  const char *from = text;

  for (; *text != '\0'; text++)
    {
      guchar c = (guchar)*text;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, from, text - from);
      put_escaped (out, c);
      from = text + 1;
    }
  g_string_append_len (out, from, text - from);
}

void
swb_json_add_name (GString *out, const char *name)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append (out, "\":");
}

/* JSON is UTF-8; bytes that are not become U+FFFD, so data of the network goes as base64
 * only. */
void
swb_json_add_string (GString *out, const char *name, const char *value)
{
  swb_json_add_name (out, name);
  g_string_append_c (out, '"');
  if (g_utf8_validate (value, -1, NULL))
    put_text (out, value);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      put_text (out, valid);
    }
  g_string_append_c (out, '"');
}

void
swb_json_add_int (GString *out, const char *name, gint64 value)
{
  swb_json_add_name (out, name);
  swb_json_put_int (out, value);
}

/* Constants need no escapes. */
void
swb_json_add_constant (GString *out, const char *name, SwbJsonPrintFunc print, gint64 value)
{
  swb_json_add_name (out, name);
  g_string_append_c (out, '"');
  print (out, value);
  g_string_append_c (out, '"');
}

void
swb_json_add_time (GString *out, gint64 wall_ns)
{
  swb_json_add_name (out, "time");
  g_string_append_c (out, '"');
  swb_print_date (out, wall_ns);
  g_string_append_c (out, '"');
  swb_json_add_int (out, "time_ns", wall_ns);
}

void
swb_json_add_bytes (GString *out, const char *name, const guint8 *data, gsize n_data)
{
  gsize at;
  int state = 0, save = 0;

  swb_json_add_name (out, name);
  g_string_append_c (out, '"');
  at = out->len;
  g_string_set_size (out, at + (n_data / 3 + 1) * 4 + 4);
  char *from = out->str + at;
  gsize n = g_base64_encode_step (data, n_data, FALSE, from, &state, &save);
  n += g_base64_encode_close (FALSE, from + n, &state, &save);
  g_string_truncate (out, at + n);
  g_string_append_c (out, '"');
}
