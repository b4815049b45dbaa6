/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-compat.h"
#include "app/swb-payload-hex-private.h"

#include <math.h>
#include <string.h>

#define MAX_GLYPHS 4096

/* What one look of the widget is drawn with. */
typedef struct
{
  SwbPayloadHex *self;
  GtkSnapshot *snapshot;
  PangoLayout *layout;
  GdkRGBA text;
  GdkRGBA colours[SWB_N_HEX_COLOURS];
} Pen;

/* Cells are as wide as the font's digits; the exact width, or the columns drift apart. */
static void
measure_font (SwbPayloadHex *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  PangoRectangle extents;

  pango_layout_set_text (layout, "00000000000000000000", 20);
  pango_layout_get_extents (layout, NULL, &extents);
  self->char_width = MAX ((double)extents.width / PANGO_SCALE / 20, 1);
  self->line_height = MAX ((int)ceil ((double)extents.height / PANGO_SCALE) + 2, 1);
}

void
swb_payload_hex_read_line (SwbPayloadHex *self, gsize line, SwbHexLine *bytes)
{
  guint64 first = (guint64)line * self->layout.per_line;

  bytes->before = MIN (first, SWB_PAYLOAD_CONTEXT);
  bytes->n_all = swb_byte_source_read (
      self->source, first - bytes->before, bytes->bytes, bytes->directions,
      bytes->before + self->layout.per_line + SWB_PAYLOAD_CONTEXT);
  bytes->n_bytes = MIN (bytes->n_all - bytes->before, self->layout.per_line);
  bytes->n_bytes
      = MIN (bytes->n_bytes, self->layout.n_bytes - MIN (first, self->layout.n_bytes));
}

static void
append_layout (Pen *pen, PangoLayout *layout, guint cell, double y, const GdkRGBA *colour)
{
  gtk_snapshot_save (pen->snapshot);
  gtk_snapshot_translate (
      pen->snapshot,
      &GRAPHENE_POINT_INIT ((float)(cell * pen->self->char_width), (float)y));
  gtk_snapshot_append_layout (pen->snapshot, layout, colour);
  gtk_snapshot_restore (pen->snapshot);
}

static void
append_text (Pen *pen, const char *text, guint cell, double y, const GdkRGBA *colour)
{
  pango_layout_set_text (pen->layout, text, -1);
  append_layout (pen, pen->layout, cell, y, colour);
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
    return &pen->text;
  return &pen->colours[kind == SWB_GLYPH_INVALID ? SWB_HEX_COLOUR_INVALID
                                                 : SWB_HEX_COLOUR_OFFSET];
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
      SwbGlyphKind kind = swb_payload_layout_print_char (
          bytes->bytes, bytes->n_all, bytes->before + i, pen->self->encoding, glyph);

      run[i] = glyph[0] != '\0' && (guchar)glyph[0] < 0x80 ? glyph[0] : ' ';
      if ((guchar)glyph[0] >= 0x80)
        append_layout (pen, get_glyph (pen->self, glyph),
                       swb_payload_layout_get_text_cell (cells, i), y,
                       get_glyph_colour (pen, kind));
    }
  run[bytes->n_bytes] = '\0';
  append_text (pen, run, swb_payload_layout_get_text_cell (cells, 0), y, &pen->text);
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
  double width = pen->self->char_width;

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    gtk_snapshot_append_color (
        pen->snapshot, colour,
        &GRAPHENE_RECT_INIT ((float)(edges[i][0] * width), (float)y,
                             (float)((edges[i][1] - edges[i][0]) * width),
                             (float)pen->self->line_height));
}

static void
append_directions (Pen *pen, const SwbHexLine *bytes, double y)
{
  const gint8 *directions = bytes->directions + bytes->before;

  for (guint from = 0, to; from < bytes->n_bytes; from = to)
    {
      for (to = from + 1; to < bytes->n_bytes && directions[to] == directions[from]; to++)
        ;
      if (directions[from] != 0)
        append_band (
            pen, from, to - 1, y,
            &pen->colours[directions[from] > 0 ? SWB_HEX_COLOUR_OUT : SWB_HEX_COLOUR_IN]);
    }
}

static void
append_selection (Pen *pen, gsize line, double y)
{
  const SwbPayloadLayout *cells = &pen->self->layout;
  gsize start = line * cells->per_line, end = start + cells->per_line;
  gsize first, n_bytes = swb_payload_hex_get_selection (pen->self, &first);

  if (n_bytes == 0 || first >= end || first + n_bytes <= start)
    return;
  append_band (pen, (guint)(MAX (first, start) - start),
               (guint)(MIN (first + n_bytes, end) - start - 1), y,
               &pen->colours[SWB_HEX_COLOUR_SELECTION]);
}

static void
append_line (Pen *pen, gsize line, double y)
{
  const SwbPayloadLayout *cells = &pen->self->layout;
  g_autofree char *offset = swb_payload_layout_print_offset (cells, line);
  g_autofree char *hex = NULL;
  SwbHexLine bytes;

  swb_payload_hex_read_line (pen->self, line, &bytes);
  hex = swb_payload_layout_print_hex (cells, bytes.bytes + bytes.before, line);
  append_directions (pen, &bytes, y);
  append_selection (pen, line, y);
  append_text (pen, offset, 0, y + 1, &pen->colours[SWB_HEX_COLOUR_OFFSET]);
  append_text (pen, hex, swb_payload_layout_get_hex_cell (cells, 0), y + 1, &pen->text);
  append_chars (pen, &bytes, y + 1);
}

void
swb_payload_hex_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double top = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  Pen pen = { .self = self, .snapshot = snapshot, .layout = layout };

  if (self->layout.n_bytes == 0)
    return;
  swb_compat_get_colour (widget, &pen.text);
  for (guint i = 0; i < SWB_N_HEX_COLOURS; i++)
    swb_compat_get_colour (self->colour_nodes[i], &pen.colours[i]);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)-swb_payload_hex_get_left (self), 0));
  for (gsize line = (gsize)(top / self->line_height);
       line < swb_payload_layout_get_n_lines (&self->layout); line++)
    {
      double y = round ((double)line * self->line_height - top);

      if (y >= gtk_widget_get_height (widget))
        break;
      append_line (&pen, line, y);
    }
}

void
swb_payload_hex_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GtkWidgetClass *parent_class = g_type_class_peek (GTK_TYPE_WIDGET);

  parent_class->css_changed (widget, change);
  measure_font (SWB_PAYLOAD_HEX (widget));
  g_hash_table_remove_all (SWB_PAYLOAD_HEX (widget)->glyphs);
  gtk_widget_queue_resize (widget);
}

void
swb_payload_hex_init_draw (SwbPayloadHex *self)
{
  static const char *const classes[SWB_N_HEX_COLOURS]
      = { "offset", "selection", "invalid", "in", "out" };

  self->glyphs = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  for (guint i = 0; i < SWB_N_HEX_COLOURS; i++)
    {
      self->colour_nodes[i] = gtk_inscription_new (NULL);
      gtk_widget_add_css_class (self->colour_nodes[i], classes[i]);
      gtk_widget_set_visible (self->colour_nodes[i], FALSE);
      gtk_widget_set_parent (self->colour_nodes[i], GTK_WIDGET (self));
    }
  measure_font (self);
}

void
swb_payload_hex_dispose_draw (SwbPayloadHex *self)
{
  for (guint i = 0; i < SWB_N_HEX_COLOURS; i++)
    g_clear_pointer (&self->colour_nodes[i], gtk_widget_unparent);
}
