/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-follow-text-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define EDGE 4 /* the bar of the direction's colour */
#define PAD 8
#define ARROW_CELLS 3
#define GUTTER_CELLS 16 /* "→ 10:42:12.004" */
#define WIDE_COLUMNS 72

typedef struct
{
  SwbGridPen pen;
  SwbFollowText *self;
} Pen;

guint
swb_follow_text_fit (SwbFollowText *self, int width)
{
  double cells = (width - EDGE - 2 * PAD) / self->grid->char_width;
  guint gutter = cells >= WIDE_COLUMNS ? GUTTER_CELLS : ARROW_CELLS;

  self->text_left = EDGE + PAD + gutter * self->grid->char_width;
  return (guint)MAX (cells - gutter, 8);
}

static GdkRGBA *
get_direction_colour (Pen *pen, int direction, gboolean edge)
{
  if (edge)
    return &pen->pen.colours[direction > 0 ? SWB_GRID_COLOUR_OUT_EDGE
                                           : SWB_GRID_COLOUR_IN_EDGE];
  return &pen->pen.colours[direction > 0 ? SWB_GRID_COLOUR_OUT : SWB_GRID_COLOUR_IN];
}

static void
append_gutter (Pen *pen, const SwbFollowRow *row, double y)
{
  SwbFollowText *self = pen->self;
  const char *arrow = row->direction > 0 ? "→" : "←";
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (!row->begins)
    return;
  if (self->describe != NULL
      && self->text_left > EDGE + PAD + (ARROW_CELLS + 1) * self->grid->char_width)
    when = self->describe (row->offset, TRUE, self->describe_data);
  text = g_strdup_printf ("%s %s", arrow, when != NULL ? when : "");
  pango_layout_set_attributes (pen->pen.layout, NULL);
  swb_grid_pen_text (&pen->pen, text, EDGE + PAD, y + 1,
                     &pen->pen.colours[SWB_GRID_COLOUR_DIM]);
}

static void
add_colour (PangoAttrList *attributes, const GdkRGBA *colour, guint from, guint to)
{
  PangoAttribute *paint = pango_attr_foreground_new ((guint16)(colour->red * 65535),
                                                     (guint16)(colour->green * 65535),
                                                     (guint16)(colour->blue * 65535));
  PangoAttribute *alpha
      = pango_attr_foreground_alpha_new ((guint16)(colour->alpha * 65535));

  paint->start_index = alpha->start_index = from;
  paint->end_index = alpha->end_index = to;
  pango_attr_list_insert (attributes, paint);
  pango_attr_list_insert (attributes, alpha);
}

/* What is no plain character is marked by its colour. */
static PangoAttrList *
make_attributes (Pen *pen, const GArray *pieces)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i + 1 < pieces->len; i++)
    {
      const SwbFollowPiece *piece = &g_array_index (pieces, SwbFollowPiece, i);

      if (piece->kind != SWB_FOLLOW_PLAIN)
        add_colour (
            attributes,
            &pen->pen.colours[piece->kind == SWB_FOLLOW_INVALID ? SWB_GRID_COLOUR_INVALID
                                                                : SWB_GRID_COLOUR_DIM],
            piece->at, piece[1].at);
    }
  return attributes;
}

/* Where in the row's text the piece stands that has the byte. */
static guint
find_text (const GArray *pieces, guint64 byte)
{
  for (guint i = pieces->len - 1; i > 0; i--)
    if (g_array_index (pieces, SwbFollowPiece, i).byte <= byte)
      return g_array_index (pieces, SwbFollowPiece, i).at;
  return 0;
}

static double
get_x (Pen *pen, guint at)
{
  PangoRectangle place;

  pango_layout_index_to_pos (pen->pen.layout, (int)at, &place);
  return pen->self->text_left + (double)place.x / PANGO_SCALE;
}

static void
append_selection (Pen *pen, const SwbFollowRow *row, const GArray *pieces, double y)
{
  guint64 first, n_bytes = swb_byte_grid_get_selection (SWB_BYTE_GRID (pen->self), &first);
  guint64 end = first + n_bytes, row_end = row->offset + row->n_bytes;
  double from, to;

  if (n_bytes == 0 || first >= row_end || end <= row->offset)
    return;
  from = get_x (pen, find_text (pieces, MAX (first, row->offset) - row->offset));
  to = get_x (pen, find_text (pieces, MIN (end, row_end) - row->offset));
  /* A newline has no width of its own. */
  swb_grid_pen_rect (&pen->pen, from, y, MAX (to - from, pen->self->grid->char_width / 2),
                     &pen->pen.colours[SWB_GRID_COLOUR_SELECTION]);
}

GArray *
swb_follow_text_lay_out (SwbFollowText *self, const SwbFollowRow *row, PangoLayout *layout)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (SwbFollowPiece));
  g_autofree char *text = swb_follow_rows_print (self->rows, row, pieces);

  /* Data runs from left to right, whatever its first letter is. */
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text, -1);
  return pieces;
}

/* Where another connection of the same socket begins. */
static void
append_break (Pen *pen, double y)
{
  const GdkRGBA *colour = &pen->pen.colours[SWB_GRID_COLOUR_DIM];
  int width = gtk_widget_get_width (GTK_WIDGET (pen->self)), text_width;
  PangoRectangle used;
  g_autoptr (PangoLayout) layout = pango_layout_copy (pen->pen.layout);

  pango_layout_set_attributes (layout, NULL);
  /* Translators: in a conversation, where a socket was closed and connected again */
  pango_layout_set_text (layout, _ ("another connection"), -1);
  gtk_snapshot_append_color (pen->pen.snapshot, colour,
                             &GRAPHENE_RECT_INIT (0, (float)y, (float)width, 1));
  pango_layout_get_pixel_size (pen->pen.layout, &text_width, NULL);
  pango_layout_get_pixel_extents (layout, NULL, &used);
  /* On a line that is full the stroke says it alone. */
  if (pen->self->text_left + text_width + used.width + 2 * PAD < width)
    swb_grid_pen_layout (&pen->pen, layout, width - used.width - PAD, y + 1, colour);
}

static void
append_row (Pen *pen, const SwbFollowRow *row, double y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (pen->self));
  g_autoptr (GArray) pieces = NULL;
  PangoAttrList *attributes;

  if (row->direction != 0)
    {
      swb_grid_pen_rect (&pen->pen, 0, y, width,
                         get_direction_colour (pen, row->direction, FALSE));
      swb_grid_pen_rect (&pen->pen, 0, y, EDGE,
                         get_direction_colour (pen, row->direction, TRUE));
    }
  append_gutter (pen, row, y);
  pieces = swb_follow_text_lay_out (pen->self, row, pen->pen.layout);
  attributes = make_attributes (pen, pieces);
  pango_layout_set_attributes (pen->pen.layout, attributes);
  pango_attr_list_unref (attributes);
  append_selection (pen, row, pieces, y);
  swb_grid_pen_layout (&pen->pen, pen->pen.layout, pen->self->text_left, y + 1,
                       &pen->pen.text);
  if (row->is_new)
    append_break (pen, y);
}

void
swb_follow_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  Pen pen = { .self = self };
  SwbFollowRow row = self->top;
  double y = -round (self->shift);

  if (self->rows == NULL || row.n_bytes == 0)
    return;
  swb_grid_pen_init (&pen.pen, SWB_BYTE_GRID (self), snapshot, layout);
  do
    {
      append_row (&pen, &row, y);
      y += self->grid->line_height;
    }
  while (y < gtk_widget_get_height (widget) && swb_follow_rows_next (self->rows, &row));
}
