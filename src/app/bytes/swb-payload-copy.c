/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-copy.h"

#define C_BYTES_PER_LINE 12

/* A byte order mark is no character of the text. */
static char *
print_text (const guint8 *data, gsize n_bytes, SwbEncoding encoding)
{
  GString *text = g_string_sized_new (n_bytes + n_bytes / 4);
  gsize step;

  for (gsize i = 0; i < n_bytes; i += step)
    {
      gunichar c = swb_payload_decode (data + i, n_bytes - i, encoding, &step);

      if (i == 0 && c == 0xfeff)
        continue;
      g_string_append_unichar (text, c != 0 && c != SWB_PAYLOAD_NO_CHAR ? c : 0xfffd);
    }
  return g_string_free (text, FALSE);
}

static char *
print_c (const guint8 *data, gsize n_bytes)
{
  GString *text = g_string_sized_new (64 + n_bytes * 7);

  g_string_append_printf (text, "static const unsigned char data[%" G_GSIZE_FORMAT "] = {",
                          n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    {
      g_string_append (text, i % C_BYTES_PER_LINE == 0 ? "\n  " : " ");
      g_string_append_printf (text, "0x%02x,", data[i]);
    }
  g_string_append (text, "\n};\n");
  return g_string_free (text, FALSE);
}

static void
append_python_byte (GString *text, guint8 byte)
{
  switch (byte)
    {
    case '\n':
      g_string_append (text, "\\n");
      break;
    case '\r':
      g_string_append (text, "\\r");
      break;
    case '\t':
      g_string_append (text, "\\t");
      break;
    case '"':
    case '\\':
      g_string_append_c (text, '\\');
      g_string_append_c (text, (char)byte);
      break;
    default:
      if (byte >= 0x20 && byte < 0x7f)
        g_string_append_c (text, (char)byte);
      else
        g_string_append_printf (text, "\\x%02x", byte);
    }
}

static char *
print_python (const guint8 *data, gsize n_bytes)
{
  GString *text = g_string_sized_new (n_bytes + 3);

  g_string_append (text, "b\"");
  for (gsize i = 0; i < n_bytes; i++)
    append_python_byte (text, data[i]);
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

char *
swb_payload_copy_print (const guint8 *data, gsize n_bytes, SwbPayloadFormat format,
                        SwbEncoding encoding)
{
  g_return_val_if_fail (data != NULL || n_bytes == 0, NULL);

  switch (format)
    {
    case SWB_COPY_HEX:
      return swb_payload_print_hex (data, n_bytes, " ");
    case SWB_COPY_C:
      return print_c (data, n_bytes);
    case SWB_COPY_PYTHON:
      return print_python (data, n_bytes);
    case SWB_COPY_BASE64:
      return g_base64_encode (data, n_bytes);
    case SWB_COPY_TEXT:
    default:
      return print_text (data, n_bytes, encoding);
    }
}
