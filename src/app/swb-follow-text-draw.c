/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-follow-text-private.h"

#include "app/swb-compat.h"

#include <math.h>

#define EDGE 4 /* the bar of the direction's colour */
#define PAD 8
#define ARROW_CELLS 3
#define GUTTER_CELLS 16 /* "→ 10:42:12.004" */
#define WIDE_COLUMNS 72

typedef struct
{
  SwbFollowText *self;
  GtkSnapshot *snapshot;
  PangoLayout *layout;
  GdkRGBA text;
  GdkRGBA colours[SWB_N_FOLLOW_COLOURS];
} Pen;

void
swb_follow_text_measure_font (SwbFollowText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  PangoRectangle extents;

  pango_layout_set_text (layout, "00000000000000000000", 20);
  pango_layout_get_extents (layout, NULL, &extents);
  self->char_width = MAX ((double)extents.width / PANGO_SCALE / 20, 1);
  self->line_height = MAX ((int)ceil ((double)extents.height / PANGO_SCALE) + 2, 1);
  self->columns = 0;
}

guint
swb_follow_text_fit (SwbFollowText *self, int width)
{
  double cells = (width - EDGE - 2 * PAD) / self->char_width;
  guint gutter = cells >= WIDE_COLUMNS ? GUTTER_CELLS : ARROW_CELLS;

  self->text_left = EDGE + PAD + gutter * self->char_width;
  return (guint)MAX (cells - gutter, 8);
}

static GdkRGBA *
get_direction_colour (Pen *pen, int direction, gboolean edge)
{
  if (edge)
    return &pen->colours[direction > 0 ? SWB_FOLLOW_COLOUR_OUT_EDGE
                                       : SWB_FOLLOW_COLOUR_IN_EDGE];
  return &pen->colours[direction > 0 ? SWB_FOLLOW_COLOUR_OUT : SWB_FOLLOW_COLOUR_IN];
}

static void
append_text (Pen *pen, double x, double y, const GdkRGBA *colour)
{
  gtk_snapshot_save (pen->snapshot);
  gtk_snapshot_translate (pen->snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_append_layout (pen->snapshot, pen->layout, colour);
  gtk_snapshot_restore (pen->snapshot);
}

static void
append_rect (Pen *pen, double x, double y, double width, const GdkRGBA *colour)
{
  gtk_snapshot_append_color (pen->snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width,
                                                  (float)pen->self->line_height));
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
      && self->text_left > EDGE + PAD + (ARROW_CELLS + 1) * self->char_width)
    when = self->describe (row->offset, TRUE, self->describe_data);
  text = g_strdup_printf ("%s %s", arrow, when != NULL ? when : "");
  pango_layout_set_attributes (pen->layout, NULL);
  pango_layout_set_text (pen->layout, text, -1);
  append_text (pen, EDGE + PAD, y + 1, &pen->colours[SWB_FOLLOW_COLOUR_DIM]);
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
            &pen->colours[piece->kind == SWB_FOLLOW_INVALID ? SWB_FOLLOW_COLOUR_INVALID
                                                            : SWB_FOLLOW_COLOUR_DIM],
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

  pango_layout_index_to_pos (pen->layout, (int)at, &place);
  return pen->self->text_left + (double)place.x / PANGO_SCALE;
}

static void
append_selection (Pen *pen, const SwbFollowRow *row, const GArray *pieces, double y)
{
  guint64 first, n_bytes = swb_follow_text_get_selection (pen->self, &first);
  guint64 end = first + n_bytes, row_end = row->offset + row->n_bytes;
  double from, to;

  if (n_bytes == 0 || first >= row_end || end <= row->offset)
    return;
  from = get_x (pen, find_text (pieces, MAX (first, row->offset) - row->offset));
  to = get_x (pen, find_text (pieces, MIN (end, row_end) - row->offset));
  /* A newline has no width of its own. */
  append_rect (pen, from, y, MAX (to - from, pen->self->char_width / 2),
               &pen->colours[SWB_FOLLOW_COLOUR_SELECTION]);
}

static GArray *
lay_out (SwbFollowText *self, const SwbFollowRow *row, PangoLayout *layout)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (SwbFollowPiece));
  g_autofree char *text = swb_follow_rows_print (self->rows, row, pieces);

  pango_layout_set_text (layout, text, -1);
  return pieces;
}

static void
append_row (Pen *pen, const SwbFollowRow *row, double y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (pen->self));
  g_autoptr (GArray) pieces = NULL;
  PangoAttrList *attributes;

  if (row->direction != 0)
    {
      append_rect (pen, 0, y, width, get_direction_colour (pen, row->direction, FALSE));
      append_rect (pen, 0, y, EDGE, get_direction_colour (pen, row->direction, TRUE));
    }
  append_gutter (pen, row, y);
  pieces = lay_out (pen->self, row, pen->layout);
  attributes = make_attributes (pen, pieces);
  pango_layout_set_attributes (pen->layout, attributes);
  pango_attr_list_unref (attributes);
  append_selection (pen, row, pieces, y);
  append_text (pen, pen->self->text_left, y + 1, &pen->text);
}

void
swb_follow_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  Pen pen = { .self = self, .snapshot = snapshot, .layout = layout };
  SwbFollowRow row = self->top;
  double y = -round (self->shift);

  if (self->rows == NULL || row.n_bytes == 0)
    return;
  swb_compat_get_colour (widget, &pen.text);
  for (guint i = 0; i < SWB_N_FOLLOW_COLOURS; i++)
    swb_compat_get_colour (self->colour_nodes[i], &pen.colours[i]);
  do
    {
      append_row (&pen, &row, y);
      y += self->line_height;
    }
  while (y < gtk_widget_get_height (widget) && swb_follow_rows_next (self->rows, &row));
}

static guint64
hit_in_row (SwbFollowText *self, const SwbFollowRow *row, double x)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  g_autoptr (GArray) pieces = lay_out (self, row, layout);
  int at, trailing;
  guint byte = 0;

  pango_layout_xy_to_index (layout, (int)(MAX (x - self->text_left, 0) * PANGO_SCALE), 0,
                            &at, &trailing);
  for (guint i = 0; i + 1 < pieces->len; i++)
    if (g_array_index (pieces, SwbFollowPiece, i).at <= (guint)at)
      byte = g_array_index (pieces, SwbFollowPiece, i).byte;
  return row->offset + byte;
}

gboolean
swb_follow_text_hit (SwbFollowText *self, double x, double y, guint64 *offset)
{
  SwbFollowRow row = self->top;
  double bottom = self->line_height - self->shift;

  if (self->rows == NULL || row.n_bytes == 0)
    return FALSE;
  while (y >= bottom && swb_follow_rows_next (self->rows, &row))
    bottom += self->line_height;
  *offset = hit_in_row (self, &row, x);
  return TRUE;
}

void
swb_follow_text_init_draw (SwbFollowText *self)
{
  static const char *const classes[SWB_N_FOLLOW_COLOURS]
      = { "offset", "selection", "invalid", "in", "out", "in-edge", "out-edge" };

  for (guint i = 0; i < SWB_N_FOLLOW_COLOURS; i++)
    {
      self->colour_nodes[i] = gtk_inscription_new (NULL);
      gtk_widget_add_css_class (self->colour_nodes[i], classes[i]);
      gtk_widget_set_visible (self->colour_nodes[i], FALSE);
      gtk_widget_set_parent (self->colour_nodes[i], GTK_WIDGET (self));
    }
  swb_follow_text_measure_font (self);
}

void
swb_follow_text_dispose_draw (SwbFollowText *self)
{
  for (guint i = 0; i < SWB_N_FOLLOW_COLOURS; i++)
    g_clear_pointer (&self->colour_nodes[i], gtk_widget_unparent);
}
