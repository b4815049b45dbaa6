/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-follow-text-private.h"

/* The bytes of a row's character; @at is in the text or among the bytes. */
static void
find_char (const GArray *pieces, guint at, gboolean in_text, guint *first, guint *last)
{
  guint i = 0;

  for (guint k = 1; k + 1 < pieces->len; k++)
    {
      const SwbFollowPiece *piece = &g_array_index (pieces, SwbFollowPiece, k);

      if ((in_text ? piece->at : piece->byte) <= at)
        i = k;
    }
  *first = g_array_index (pieces, SwbFollowPiece, i).byte;
  *last = g_array_index (pieces, SwbFollowPiece, i + 1).byte - 1;
}

static GArray *
lay_out (SwbFollowText *self, const SwbFollowRow *row, PangoLayout **layout)
{
  *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  return swb_follow_text_lay_out (self, row, *layout);
}

static guint64
hit_in_row (SwbFollowText *self, const SwbFollowRow *row, double x)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GArray) pieces = lay_out (self, row, &layout);
  int at, trailing;
  guint first, last;

  pango_layout_xy_to_index (layout, (int)(MAX (x - self->text_left, 0) * PANGO_SCALE), 0,
                            &at, &trailing);
  find_char (pieces, (guint)at, TRUE, &first, &last);
  return row->offset + first;
}

/* Returns: whether @y is on a row, and not only near the last or the first one */
static gboolean
find_row (SwbFollowText *self, double y, SwbFollowRow *row)
{
  double top = -self->shift;

  *row = self->top;
  while (y < top && swb_follow_rows_previous (self->rows, row))
    top -= self->grid->line_height;
  while (y >= top + self->grid->line_height && swb_follow_rows_next (self->rows, row))
    top += self->grid->line_height;
  return y >= top && y < top + self->grid->line_height;
}

static gboolean
hit (SwbByteGrid *grid, double x, double y, gboolean begins, guint64 *offset)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);
  SwbFollowRow row;

  if (self->rows == NULL || self->top.n_bytes == 0)
    return FALSE;
  find_row (self, y, &row);
  *offset = hit_in_row (self, &row, x);
  return TRUE;
}

gboolean
swb_follow_text_is_on_row (SwbFollowText *self, double y)
{
  SwbFollowRow row;

  return self->rows != NULL && self->top.n_bytes > 0 && find_row (self, y, &row);
}

static void
get_char (SwbByteGrid *grid, guint64 offset, guint64 *first, guint64 *last)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (SwbFollowPiece));
  g_autofree char *text = NULL;
  SwbFollowRow row;
  guint from, to;

  *first = *last = offset;
  if (self->rows == NULL || !swb_follow_rows_find (self->rows, offset, &row))
    return;
  text = swb_follow_rows_print (self->rows, &row, pieces);
  find_char (pieces, (guint)(offset - row.offset), FALSE, &from, &to);
  *first = row.offset + from;
  *last = row.offset + to;
}

static void
get_row (SwbByteGrid *grid, guint64 offset, guint64 *first, guint64 *last)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);
  SwbFollowRow row;

  *first = *last = offset;
  if (self->rows == NULL || !swb_follow_rows_find (self->rows, offset, &row))
    return;
  *first = row.offset;
  *last = row.offset + row.n_bytes - 1;
}

static double
get_x (SwbFollowText *self, const SwbFollowRow *row, guint64 offset)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (GArray) pieces = lay_out (self, row, &layout);
  PangoRectangle place;
  guint at = 0;

  for (guint i = 0; i + 1 < pieces->len; i++)
    if (g_array_index (pieces, SwbFollowPiece, i).byte <= offset - row->offset)
      at = g_array_index (pieces, SwbFollowPiece, i).at;
  pango_layout_index_to_pos (layout, (int)at, &place);
  return self->text_left + (double)place.x / PANGO_SCALE;
}

/* In the first row it goes to the row's begin, in the last one to its end. */
static guint64
step (SwbByteGrid *grid, guint64 offset, int n_rows)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);
  SwbFollowRow row;
  double x;

  if (self->rows == NULL || !swb_follow_rows_find (self->rows, offset, &row))
    return offset;
  x = get_x (self, &row, offset);
  for (int i = 0; i < ABS (n_rows); i++)
    if (n_rows < 0 && !swb_follow_rows_previous (self->rows, &row))
      return row.offset;
    else if (n_rows > 0 && !swb_follow_rows_next (self->rows, &row))
      return row.offset + row.n_bytes - 1;
  return hit_in_row (self, &row, x);
}

/* Where it was clicked, if that is in sight. */
static guint64
get_start (SwbByteGrid *grid)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);

  return swb_follow_text_is_in_sight (self, self->grid->cursor) ? self->grid->cursor
                                                                : self->top.offset;
}

void
swb_follow_text_install_places (SwbByteGridClass *klass)
{
  klass->hit = hit;
  klass->get_char = get_char;
  klass->get_row = get_row;
  klass->step = step;
  klass->get_start = get_start;
}
