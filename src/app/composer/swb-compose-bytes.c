/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-compose-bytes.h"

#include <string.h>

/* As escapes, so that they are read as the rest is. */
static const char *
get_line_break (SwbLineEnd line_end)
{
  switch (line_end)
    {
    case SWB_LINE_END_CR:
      return "\\r";
    case SWB_LINE_END_CRLF:
      return "\\r\\n";
    default:
      return "\n";
    }
}

/* @place: (inout): of the text that was read, becomes one of @text */
static void
unmap_place (const char *text, const char *line_break, gsize *place)
{
  gsize read = 0;
  gsize i = 0;

  for (; text[i] != '\0' && read < *place; i++)
    read += text[i] == '\n' ? strlen (line_break) : 1;
  *place = i;
}

GBytes *
swb_compose_bytes_read (const char *text, SwbEncoding encoding, SwbLineEnd line_end,
                        gsize *place, GError **error)
{
  const char *line_break = get_line_break (line_end);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv (line_break, lines);
  GBytes *bytes = swb_payload_from_text (joined, encoding, line_end, place, error);

  if (bytes == NULL)
    unmap_place (text, line_break, place);
  return bytes;
}
