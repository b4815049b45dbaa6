/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-hex-private.h"

#include <math.h>
#include <string.h>

#define MAX_GLYPHS 4096

typedef struct
{
  SwbGridPen pen;
  SwbPayloadHex *self;
} Pen;

void
swb_payload_hex_read_line (SwbPayloadHex *self, gsize line, SwbHexLine *bytes)
{
  guint64 first = (guint64)line * self->layout.per_line;

  bytes->before = MIN (first, SWB_PAYLOAD_CONTEXT);
  bytes->n_all = swb_byte_source_read (
      self->grid->source, first - bytes->before, bytes->bytes, bytes->directions,
      bytes->before + self->layout.per_line + SWB_PAYLOAD_CONTEXT);
  bytes->n_bytes = MIN (bytes->n_all - bytes->before, self->layout.per_line);
  bytes->n_bytes
      = MIN (bytes->n_bytes, self->layout.n_bytes - MIN (first, self->layout.n_bytes));
}

/* Bytes that are gone are no zeros. */
char *
swb_payload_hex_print_line (SwbPayloadHex *self, gsize line, const SwbHexLine *bytes)
{
  char *hex
      = swb_payload_layout_print_hex (&self->layout, bytes->bytes + bytes->before, line);
  guint first = swb_payload_layout_get_hex_cell (&self->layout, 0);

  for (guint i = 0; i < bytes->n_bytes; i++)
    if (swb_byte_is_gone (bytes->directions[bytes->before + i]))
      memset (hex + swb_payload_layout_get_hex_cell (&self->layout, i) - first, '-', 2);
  return hex;
}

gboolean
swb_hex_line_is_break (const SwbHexLine *line, guint i)
{
  gsize at = line->before + i;

  return at > 0
         && swb_byte_is_of_odd_part (line->directions[at])
                != swb_byte_is_of_odd_part (line->directions[at - 1]);
}

static double
get_x (const Pen *pen, guint cell)
{
  return cell * pen->self->grid->char_width;
}

/* A page of rubbish has a thousand of them, of which few differ: each is laid out once. */
static PangoLayout *
get_glyph (SwbPayloadHex *self, const char *text)
{
  gpointer key = GUINT_TO_POINTER (g_utf8_get_char (text));
  PangoLayout *layout = g_hash_table_lookup (self->glyphs, key);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (self->glyphs) >= MAX_GLYPHS)
    g_hash_table_remove_all (self->glyphs);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_hash_table_insert (self->glyphs, key, layout);
  return layout;
}

static const GdkRGBA *
get_glyph_colour (const Pen *pen, SwbGlyphKind kind)
{
  if (kind == SWB_GLYPH_ITSELF)
    return &pen->pen.text;
  return &pen->pen.colours[kind == SWB_GLYPH_INVALID ? SWB_GRID_COLOUR_INVALID
                                                     : SWB_GRID_COLOUR_DIM];
}

/* ASCII goes out in one run; what may have another width is drawn cell by cell. */
static void
append_chars (Pen *pen, const SwbHexLine *bytes, double y)
{
  const SwbPayloadLayout *cells = &pen->self->layout;
  char run[SWB_PAYLOAD_HEX_WIDEST + 1];

  for (guint i = 0; i < bytes->n_bytes; i++)
    {
      char glyph[8];

      run[i] = ' ';
      if (swb_byte_is_gone (bytes->directions[bytes->before + i]))
        continue;

      SwbGlyphKind kind = swb_payload_layout_print_char (
          bytes->bytes, bytes->n_all, bytes->before + i, pen->self->grid->encoding, glyph);

      run[i] = glyph[0] != '\0' && (guchar)glyph[0] < 0x80 ? glyph[0] : ' ';
      if ((guchar)glyph[0] >= 0x80)
        swb_grid_pen_layout (&pen->pen, get_glyph (pen->self, glyph),
                             get_x (pen, swb_payload_layout_get_text_cell (cells, i)), y,
                             get_glyph_colour (pen, kind));
    }
  run[bytes->n_bytes] = '\0';
  swb_grid_pen_text (&pen->pen, run,
                     get_x (pen, swb_payload_layout_get_text_cell (cells, 0)), y,
                     &pen->pen.text);
}

/* Behind the bytes @from to @to of a line, in both parts. */
static void
append_band (Pen *pen, guint from, guint to, double y, const GdkRGBA *colour)
{
  const SwbPayloadLayout *cells = &pen->self->layout;
  const double edges[2][2] = {
    { swb_payload_layout_get_hex_cell (cells, from) - 0.4,
      swb_payload_layout_get_hex_cell (cells, to) + 2.4 },
    { swb_payload_layout_get_text_cell (cells, from),
      swb_payload_layout_get_text_cell (cells, to) + 1 },
  };
  double width = pen->self->grid->char_width;

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    swb_grid_pen_rect (&pen->pen, edges[i][0] * width, y,
                       (edges[i][1] - edges[i][0]) * width, colour);
}

static void
append_directions (Pen *pen, const SwbHexLine *bytes, double y)
{
  const gint8 *directions = bytes->directions + bytes->before;

  for (guint from = 0, to; from < bytes->n_bytes; from = to)
    {
      for (to = from + 1; to < bytes->n_bytes && directions[to] == directions[from]; to++)
        ;
      if (swb_byte_get_direction (directions[from]) != 0)
        append_band (pen, from, to - 1, y,
                     &pen->pen.colours[swb_byte_get_direction (directions[from]) > 0
                                           ? SWB_GRID_COLOUR_OUT
                                           : SWB_GRID_COLOUR_IN]);
    }
}

static void
append_stroke (Pen *pen, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (
      pen->pen.snapshot, &pen->pen.colours[SWB_GRID_COLOUR_DIM],
      &GRAPHENE_RECT_INIT ((float)round (x), (float)y, (float)width, (float)height));
}

/* Around the bytes from @from on: over them, before them, and under those that stand
 * before. */
static void
append_step (Pen *pen, guint from, double left, double x, double right, double y)
{
  double height = pen->self->grid->line_height;

  append_stroke (pen, x, y, right - x, 1);
  if (from == 0)
    return;
  append_stroke (pen, x, y, 1, height);
  append_stroke (pen, left, y + height - 1, x - left + 1, 1);
}

/* Where another connection of the same socket begins. */
static void
append_break (Pen *pen, guint i, double y)
{
  const SwbPayloadLayout *cells = &pen->self->layout;
  guint last = cells->per_line - 1;
  double width = pen->self->grid->char_width;

  append_step (pen, i, (swb_payload_layout_get_hex_cell (cells, 0) - 0.4) * width,
               (swb_payload_layout_get_hex_cell (cells, i) - 0.5) * width,
               (swb_payload_layout_get_hex_cell (cells, last) + 2.4) * width, y);
  append_step (pen, i, swb_payload_layout_get_text_cell (cells, 0) * width,
               swb_payload_layout_get_text_cell (cells, i) * width,
               (swb_payload_layout_get_text_cell (cells, last) + 1) * width, y);
}

static void
append_breaks (Pen *pen, const SwbHexLine *bytes, double y)
{
  for (guint i = 0; i < bytes->n_bytes; i++)
    if (swb_hex_line_is_break (bytes, i))
      append_break (pen, i, y);
}

static void
append_selection (Pen *pen, gsize line, double y)
{
  const SwbPayloadLayout *cells = &pen->self->layout;
  guint64 start = (guint64)line * cells->per_line, end = start + cells->per_line;
  guint64 first, n_bytes = swb_byte_grid_get_selection (SWB_BYTE_GRID (pen->self), &first);

  if (n_bytes == 0 || first >= end || first + n_bytes <= start)
    return;
  append_band (pen, (guint)(MAX (first, start) - start),
               (guint)(MIN (first + n_bytes, end) - start - 1), y,
               &pen->pen.colours[SWB_GRID_COLOUR_SELECTION]);
}

static void
append_line (Pen *pen, gsize line, double y)
{
  const SwbPayloadLayout *cells = &pen->self->layout;
  g_autofree char *offset = swb_payload_layout_print_offset (cells, line);
  g_autofree char *hex = NULL;
  SwbHexLine bytes;

  swb_payload_hex_read_line (pen->self, line, &bytes);
  hex = swb_payload_hex_print_line (pen->self, line, &bytes);
  append_directions (pen, &bytes, y);
  append_selection (pen, line, y);
  swb_grid_pen_text (&pen->pen, offset, 0, y + 1, &pen->pen.colours[SWB_GRID_COLOUR_DIM]);
  swb_grid_pen_text (&pen->pen, hex,
                     get_x (pen, swb_payload_layout_get_hex_cell (cells, 0)), y + 1,
                     &pen->pen.text);
  append_chars (pen, &bytes, y + 1);
  append_breaks (pen, &bytes, y);
}

void
swb_payload_hex_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);
  GtkAdjustment *adjustment = self->grid->adjustments[GTK_ORIENTATION_VERTICAL];
  double top = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  Pen pen = { .self = self };

  if (self->layout.n_bytes == 0)
    return;
  swb_grid_pen_init (&pen.pen, SWB_BYTE_GRID (self), snapshot, layout);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)-swb_payload_hex_get_left (self), 0));
  for (gsize line = (gsize)(top / self->grid->line_height);
       line < swb_payload_layout_get_n_lines (&self->layout); line++)
    {
      double y = round ((double)line * self->grid->line_height - top);

      if (y >= gtk_widget_get_height (widget))
        break;
      append_line (&pen, line, y);
    }
}
