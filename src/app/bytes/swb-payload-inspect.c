/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-inspect.h"

#define MAX_BYTES 8

static guint64
read_number (const guint8 *data, guint n_bytes, gboolean big_endian)
{
  guint64 number = 0;

  for (guint i = 0; i < n_bytes; i++)
    number = number << 8 | data[big_endian ? i : n_bytes - 1 - i];
  return number;
}

char *
swb_payload_inspect (const guint8 *data, gsize n_bytes, gboolean big_endian,
                     gboolean is_signed)
{
  GString *text = g_string_new (NULL);

  for (guint size = 2; size <= MAX_BYTES && size <= n_bytes; size *= 2)
    {
      guint64 number = read_number (data, size, big_endian);
      guint shift = 64 - 8 * size;
      gboolean negative = is_signed && number >> (8 * size - 1) != 0;

      if (negative)
        number = ((guint64)0 - number) << shift >> shift;
      g_string_append_printf (text, "%s%s%u %s%" G_GUINT64_FORMAT, size > 2 ? "  " : "",
                              is_signed ? "i" : "u", size * 8, negative ? "−" : "", number);
    }
  return g_string_free (text, FALSE);
}
