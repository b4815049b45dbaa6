/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-payload-layout.h"

#include <string.h>

#define GAP_CELLS 2
#define GROUP 8

void
swb_payload_layout_init (SwbPayloadLayout *self, gsize n_bytes, guint per_line)
{
  g_return_if_fail (per_line > 0);

  self->n_bytes = n_bytes;
  self->per_line = per_line;
  self->offset_cells = 4;
  while (n_bytes > 0 && (n_bytes - 1) >> (4 * self->offset_cells) != 0)
    self->offset_cells++;
}

gsize
swb_payload_layout_get_n_lines (const SwbPayloadLayout *self)
{
  return MAX ((self->n_bytes + self->per_line - 1) / self->per_line, 1);
}

guint
swb_payload_layout_get_hex_cell (const SwbPayloadLayout *self, guint column)
{
  return self->offset_cells + GAP_CELLS + column * 3 + column / GROUP;
}

guint
swb_payload_layout_get_text_cell (const SwbPayloadLayout *self, guint column)
{
  return swb_payload_layout_get_hex_cell (self, self->per_line - 1) + 2 + GAP_CELLS
         + column;
}

guint
swb_payload_layout_get_width (const SwbPayloadLayout *self)
{
  return swb_payload_layout_get_text_cell (self, self->per_line);
}

static guint
hit_column (const SwbPayloadLayout *self, double cell, SwbPayloadPart part)
{
  guint column = 0;

  if (part == SWB_PAYLOAD_PART_TEXT)
    return (guint)CLAMP (cell - swb_payload_layout_get_text_cell (self, 0), 0,
                         self->per_line - 1);
  while (column + 1 < self->per_line
         && cell >= swb_payload_layout_get_hex_cell (self, column + 1) - 0.5)
    column++;
  return column;
}

gsize
swb_payload_layout_hit (const SwbPayloadLayout *self, gsize line, double cell,
                        SwbPayloadPart *part)
{
  gsize index;

  if (cell < self->offset_cells + GAP_CELLS / 2.0)
    *part = SWB_PAYLOAD_PART_OFFSET;
  else if (cell < swb_payload_layout_get_text_cell (self, 0) - GAP_CELLS / 2.0)
    *part = SWB_PAYLOAD_PART_HEX;
  else
    *part = SWB_PAYLOAD_PART_TEXT;

  if (self->n_bytes == 0)
    return 0;
  index = MIN (line, swb_payload_layout_get_n_lines (self) - 1) * self->per_line
          + hit_column (self, cell, *part);
  return MIN (index, self->n_bytes - 1);
}

char *
swb_payload_layout_print_offset (const SwbPayloadLayout *self, gsize line)
{
  return g_strdup_printf ("%0*" G_GSIZE_MODIFIER "x", (int)self->offset_cells,
                          line * self->per_line);
}

char *
swb_payload_layout_print_hex (const SwbPayloadLayout *self, const guint8 *data, gsize line)
{
  static const char digits[] = "0123456789abcdef";
  gsize first = line * self->per_line;
  guint n_bytes = (guint)MIN (self->per_line, self->n_bytes - MIN (first, self->n_bytes));
  guint base = swb_payload_layout_get_hex_cell (self, 0);
  guint width
      = n_bytes > 0 ? swb_payload_layout_get_hex_cell (self, n_bytes - 1) + 2 - base : 0;
  char *text = g_malloc (width + 1);

  memset (text, ' ', width);
  text[width] = '\0';
  for (guint i = 0; i < n_bytes; i++)
    {
      guint cell = swb_payload_layout_get_hex_cell (self, i) - base;

      text[cell] = digits[data[first + i] >> 4];
      text[cell + 1] = digits[data[first + i] & 15];
    }
  return text;
}

static gboolean
stand_in (char glyph[8], const char *text)
{
  g_strlcpy (glyph, text, 8);
  return FALSE;
}

static gboolean
print_unichar (gunichar character, char glyph[8])
{
  if (character == '\n')
    return stand_in (glyph, "⏎");
  if (character == '\r')
    return stand_in (glyph, "␍");
  if (character == '\t')
    return stand_in (glyph, "⇥");
  /* Marks would stand on their neighbour, and format characters could turn the line round.
   */
  if (!g_unichar_isprint (character) || g_unichar_ismark (character)
      || g_unichar_iszerowidth (character))
    return stand_in (glyph, "·");
  glyph[g_unichar_to_utf8 (character, glyph)] = '\0';
  return TRUE;
}

static gboolean
is_valid_char (const guint8 *data, gsize n_bytes, gunichar *character)
{
  *character = g_utf8_get_char_validated ((const char *)data, (gssize)MIN (n_bytes, 6));
  return *character != (gunichar)-1 && *character != (gunichar)-2;
}

/* Whether a character that is whole began up to three bytes before. */
static gboolean
is_continuation (const guint8 *data, gsize n_bytes, gsize index)
{
  for (gsize back = 1; back <= 3 && back <= index; back++)
    {
      const guint8 *start = data + index - back;
      gunichar character;

      if ((*start & 0xc0) == 0x80)
        continue;
      return is_valid_char (start, n_bytes - (index - back), &character)
             && (gsize)g_unichar_to_utf8 (character, NULL) > back;
    }
  return FALSE;
}

gboolean
swb_payload_layout_print_char (const guint8 *data, gsize n_bytes, gsize index,
                               SwbEncoding encoding, char glyph[8])
{
  gunichar character = data[index];

  if (character < 0x80 || encoding == SWB_ENCODING_LATIN1)
    return print_unichar (character, glyph);
  if (is_valid_char (data + index, n_bytes - index, &character))
    return print_unichar (character, glyph);
  if ((data[index] & 0xc0) == 0x80 && is_continuation (data, n_bytes, index))
    return stand_in (glyph, "");
  return stand_in (glyph, "·");
}
