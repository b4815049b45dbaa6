/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-layout.h"

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

      text[cell] = digits[data[i] >> 4];
      text[cell + 1] = digits[data[i] & 15];
    }
  return text;
}

static SwbGlyphKind
stand_in (char glyph[8], gunichar character)
{
  glyph[g_unichar_to_utf8 (character, glyph)] = '\0';
  return SWB_GLYPH_STAND_IN;
}

static SwbGlyphKind
print_unichar (gunichar character, char glyph[8])
{
  if (character == '\n')
    return stand_in (glyph, 0x23ce);
  if (character == '\t')
    return stand_in (glyph, 0x21e5);
  if (character < 0x20)
    return stand_in (glyph, 0x2400 + character);
  if (character == 0x7f)
    return stand_in (glyph, 0x2421);
  /* Marks would stand on their neighbour, and format characters could turn the line round.
   */
  if (!g_unichar_isprint (character) || g_unichar_ismark (character)
      || g_unichar_iszerowidth (character))
    return stand_in (glyph, 0xb7);
  glyph[g_unichar_to_utf8 (character, glyph)] = '\0';
  return SWB_GLYPH_ITSELF;
}

/* Whether a character that is whole began up to three bytes before. */
static gboolean
is_continuation (const guint8 *data, gsize n_bytes, gsize index, SwbEncoding encoding)
{
  gsize unit = encoding == SWB_ENCODING_UTF8 ? 1 : 2;

  for (gsize back = encoding == SWB_ENCODING_UTF8 ? 1 : index % 2;
       back < 4 && back <= index; back += unit)
    {
      gsize step;

      if (back == 0 || (unit == 1 && (data[index - back] & 0xc0) == 0x80))
        continue;
      if (swb_payload_decode (data + index - back, n_bytes - (index - back), encoding,
                              &step)
              != SWB_PAYLOAD_NO_CHAR
          && step > back)
        return TRUE;
      if (unit == 1)
        return FALSE;
    }
  return FALSE;
}

SwbGlyphKind
swb_payload_layout_print_char (const guint8 *data, gsize n_bytes, gsize index,
                               SwbEncoding encoding, char glyph[8])
{
  gunichar character;
  gsize step;

  glyph[0] = '\0';
  if (encoding != SWB_ENCODING_LATIN1 && is_continuation (data, n_bytes, index, encoding))
    return SWB_GLYPH_ITSELF;
  character = swb_payload_decode (data + index, n_bytes - index, encoding, &step);
  if (character != SWB_PAYLOAD_NO_CHAR
      && (encoding == SWB_ENCODING_UTF8 || encoding == SWB_ENCODING_LATIN1
          || index % 2 == 0))
    return print_unichar (character, glyph);
  (void)stand_in (glyph, 0xb7);
  return SWB_GLYPH_INVALID;
}
