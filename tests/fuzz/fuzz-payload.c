/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "net/swb-payload.h"

/* Payloads: text with escapes in each encoding, hex, the quoted form, and what is shown of
 * any bytes. */

static void
check_position (const GError *error, gsize position, const char *text)
{
  fuzz_assert_explained (error);
  g_assert_cmpuint (position, <=, strlen (text));
}

static void
check_text (const char *text, SwbEncoding encoding, SwbLineEnd line_end)
{
  g_autoptr (GError) error = NULL;
  gsize position = G_MAXSIZE;
  g_autoptr (GBytes) bytes
      = swb_payload_from_text (text, encoding, line_end, &position, &error);

  if (bytes == NULL)
    check_position (error, position, text);
}

static void
check_hex (const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize position = G_MAXSIZE;
  g_autoptr (GBytes) bytes = swb_payload_from_hex (text, &position, &error);

  if (bytes == NULL)
    check_position (error, position, text);
  else
    g_assert_cmpuint (g_bytes_get_size (bytes) * 2, <=, strlen (text));
}

static void
check_quoted (const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize position = G_MAXSIZE;
  g_autoptr (GBytes) bytes = swb_payload_parse (text, &position, &error);

  if (bytes == NULL)
    check_position (error, position, text);
}

static void
check_bytes (const guint8 *data, gsize size, SwbEncoding encoding)
{
  g_autofree char *quoted = swb_payload_print (data, size);
  g_autofree char *hex = swb_payload_print_hex (data, size, " ");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) from_quoted = swb_payload_parse (quoted, NULL, &error);
  g_autoptr (GBytes) from_hex = swb_payload_from_hex (hex, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (from_quoted, NULL), g_bytes_get_size (from_quoted),
                   data, size);
  g_assert_cmpmem (g_bytes_get_data (from_hex, NULL), g_bytes_get_size (from_hex), data,
                   size);
  fuzz_assert_harmless (quoted);
  for (gsize max = 0; max < 40; max += 13)
    {
      g_autofree char *shown = swb_payload_display (data, size, encoding, max);

      fuzz_assert_harmless (shown);
      g_assert_cmpint (g_utf8_strlen (shown, -1), <=, (glong)max);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 choice = fuzz_take_byte (&data, &size);
  g_autofree char *text = fuzz_dup_text (data, size);
  SwbEncoding encoding = choice % SWB_N_ENCODINGS;

  check_text (text, encoding, choice / SWB_N_ENCODINGS % (SWB_LINE_END_NUL + 1));
  check_hex (text);
  check_quoted (text);
  check_bytes (data, size, encoding);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
}
