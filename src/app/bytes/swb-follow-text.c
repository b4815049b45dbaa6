/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-follow-text-private.h"

#include <glib/gi18n.h>

#define MIN_LINES 3
#define MIN_COLUMNS 24

#define WHEEL_LINES 3

G_DEFINE_FINAL_TYPE (SwbFollowText, swb_follow_text, SWB_TYPE_BYTE_GRID)

/* Goes down from the top until the page is full. Returns: the byte behind the last row that
 * is in sight as a whole; @left: pixels that stay empty */
static guint64
measure_page (SwbFollowText *self, double *left)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) + self->shift;
  SwbFollowRow row = self->top;
  guint64 end = row.offset + row.n_bytes;

  height -= self->grid->line_height;
  while (height >= self->grid->line_height && swb_follow_rows_next (self->rows, &row))
    {
      end = row.offset + row.n_bytes;
      height -= self->grid->line_height;
    }
  *left = height;
  return end;
}

/* What the scrollbar shows: bytes. */
static void
sync_adjustment (SwbFollowText *self)
{
  GtkAdjustment *adjustment = self->grid->adjustments[GTK_ORIENTATION_VERTICAL];
  guint64 length = self->rows != NULL ? swb_follow_rows_get_length (self->rows) : 0;
  double value = 0, page = 1, left;

  if (self->rows != NULL && self->top.n_bytes > 0)
    {
      guint64 end = measure_page (self, &left);

      self->at_end = end == length;
      value = (double)self->top.offset;
      page = MAX ((double)(end - self->top.offset), 1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (adjustment == NULL)
    return;
  self->is_syncing = TRUE;
  gtk_adjustment_configure (adjustment, value, 0, MAX ((double)length, page), page / 10,
                            page, page);
  self->is_syncing = FALSE;
}

void
swb_follow_text_scroll_to_end (SwbFollowText *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double used = self->grid->line_height;
  SwbFollowRow row;
  guint64 length = self->rows != NULL ? swb_follow_rows_get_length (self->rows) : 0;

  self->at_end = TRUE;
  self->shift = 0;
  self->top.n_bytes = 0;
  if (length > 0 && swb_follow_rows_find (self->rows, length - 1, &row))
    {
      while (used < height && swb_follow_rows_previous (self->rows, &row))
        used += self->grid->line_height;
      self->top = row;
      self->shift = MAX (used - height, 0);
    }
  sync_adjustment (self);
}

/* No empty space below the last row. */
static void
settle (SwbFollowText *self)
{
  double left;

  if (self->top.n_bytes > 0
      && measure_page (self, &left) == swb_follow_rows_get_length (self->rows) && left > 0)
    swb_follow_text_scroll_to_end (self);
  else
    sync_adjustment (self);
}

void
swb_follow_text_scroll (SwbFollowText *self, double pixels)
{
  if (self->rows == NULL || self->top.n_bytes == 0)
    return;
  self->shift += pixels;
  while (self->shift >= self->grid->line_height
         && swb_follow_rows_next (self->rows, &self->top))
    self->shift -= self->grid->line_height;
  while (self->shift < 0 && swb_follow_rows_previous (self->rows, &self->top))
    self->shift += self->grid->line_height;
  self->shift = CLAMP (self->shift, 0, self->grid->line_height - 1);
  settle (self);
}

void
swb_follow_text_scroll_to (SwbFollowText *self, guint64 offset)
{
  if (self->rows == NULL || !swb_follow_rows_find (self->rows, offset, &self->top))
    return;
  self->shift = 0;
  settle (self);
}

gboolean
swb_follow_text_is_in_sight (SwbFollowText *self, guint64 offset)
{
  double left;

  return self->rows != NULL && self->top.n_bytes > 0 && offset >= self->top.offset
         && offset < measure_page (self, &left);
}

/* Made anew: with another width, encoding or style the rows are others. */
static void
make_rows (SwbFollowText *self)
{
  guint64 offset = self->top.offset;

  g_clear_pointer (&self->rows, swb_follow_rows_free);
  if (self->grid->source != NULL && self->columns > 0)
    self->rows = swb_follow_rows_new (self->grid->source, self->grid->encoding, self->style,
                                      self->columns);
  if (self->at_end || self->rows == NULL
      || !swb_follow_rows_find (self->rows, offset, &self->top))
    swb_follow_text_scroll_to_end (self);
  else
    settle (self);
}

static void
swb_follow_text_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = (int)(MIN_COLUMNS * self->grid->char_width);
  else
    *minimum = *natural = MIN_LINES * self->grid->line_height;
}

static void
swb_follow_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (widget);
  guint columns = swb_follow_text_fit (self, width);

  if (columns != self->columns)
    {
      self->columns = columns;
      make_rows (self);
    }
  else if (self->at_end)
    swb_follow_text_scroll_to_end (self);
  else
    settle (self);
}

static void
scrolled (SwbByteGrid *grid)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);
  GtkAdjustment *adjustment = self->grid->adjustments[GTK_ORIENTATION_VERTICAL];
  double value, most;

  if (self->is_syncing || self->rows == NULL || adjustment == NULL)
    return;
  value = gtk_adjustment_get_value (adjustment);
  most = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  if (value >= most - 1)
    swb_follow_text_scroll_to_end (self);
  else
    swb_follow_text_scroll_to (self, (guint64)MAX (value, 0));
}

static void
configure (SwbByteGrid *grid)
{
  sync_adjustment (SWB_FOLLOW_TEXT (grid));
}

static void
source_changed (SwbByteGrid *grid)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);

  self->at_end = TRUE;
  make_rows (self);
}

static void
grown (SwbByteGrid *grid)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);

  if (self->rows == NULL)
    return;
  swb_follow_rows_grow (self->rows);
  /* The last row may have become longer. */
  if (self->at_end || !swb_follow_rows_find (self->rows, self->top.offset, &self->top))
    swb_follow_text_scroll_to_end (self);
  else
    sync_adjustment (self);
}

static void
encoding_changed (SwbByteGrid *grid)
{
  make_rows (SWB_FOLLOW_TEXT (grid));
}

/* The next allocation lays the rows out. */
static void
font_changed (SwbByteGrid *grid)
{
  SWB_FOLLOW_TEXT (grid)->columns = 0;
}

static void
scroll_rows (SwbByteGrid *grid, int n_rows)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);

  swb_follow_text_scroll (self, (double)n_rows * self->grid->line_height);
  swb_byte_grid_update_label (grid);
}

static void
scroll_to_edge (SwbByteGrid *grid, gboolean to_end)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);

  if (to_end)
    swb_follow_text_scroll_to_end (self);
  else
    swb_follow_text_scroll_to (self, 0);
  swb_byte_grid_update_label (grid);
}

static void
reveal (SwbByteGrid *grid, guint64 offset, gboolean closely)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);
  gboolean is_above = offset < self->top.offset;
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->top.n_bytes == 0 || swb_follow_text_is_in_sight (self, offset))
    return;
  swb_follow_text_scroll_to (self, offset);
  if (closely && !is_above)
    swb_follow_text_scroll (self, self->grid->line_height - height);
  else if (!closely)
    /* With something of what was before it. */
    swb_follow_text_scroll (self, -3.0 * self->grid->line_height);
}

/* The row that the cursor is in, else the one at the top. */
static char *
describe_row (SwbByteGrid *grid)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (grid);
  SwbFollowRow row = self->top;
  g_autofree char *text = NULL;

  if (self->rows == NULL || row.n_bytes == 0)
    return g_strdup (_ ("Conversation"));
  if (self->grid->has_selection)
    swb_follow_rows_find (self->rows, self->grid->cursor, &row);
  text = swb_follow_rows_print (self->rows, &row, NULL);
  if (row.is_new)
    return g_strdup_printf (
        row.direction > 0
            /* Translators: a line of a conversation, for a screen reader */
            ? _ ("Conversation, another connection, sent: %s")
            : _ ("Conversation, another connection, received: %s"),
        text);
  if (row.direction == 0)
    /* Translators: a line of a conversation, for a screen reader */
    return g_strdup_printf (_ ("Conversation: %s"), text);
  return g_strdup_printf (
      row.direction > 0
          /* Translators: a line of a conversation, for a screen reader */
          ? _ ("Conversation, sent: %s")
          : _ ("Conversation, received: %s"),
      text);
}

static gboolean
wheel_cb (SwbFollowText *self, double dx, double dy, GtkEventControllerScroll *wheel)
{
  gboolean in_pixels
      = gtk_event_controller_scroll_get_unit (wheel) == GDK_SCROLL_UNIT_SURFACE;

  swb_follow_text_scroll (self,
                          in_pixels ? dy : dy * WHEEL_LINES * self->grid->line_height);
  return GDK_EVENT_STOP;
}

static gboolean
tooltip_cb (SwbFollowText *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;
  guint64 offset;

  if (by_keyboard || self->describe == NULL || !swb_follow_text_is_on_row (self, y)
      || !SWB_BYTE_GRID_GET_CLASS (self)->hit (SWB_BYTE_GRID (self), x, y, FALSE, &offset))
    return FALSE;
  text = self->describe (offset, FALSE, self->describe_data);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
swb_follow_text_dispose (GObject *object)
{
  g_clear_pointer (&SWB_FOLLOW_TEXT (object)->rows, swb_follow_rows_free);
  G_OBJECT_CLASS (swb_follow_text_parent_class)->dispose (object);
}

static void
swb_follow_text_class_init (SwbFollowTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SwbByteGridClass *grid_class = SWB_BYTE_GRID_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_follow_text_dispose;
  widget_class->measure = swb_follow_text_measure;
  widget_class->size_allocate = swb_follow_text_size_allocate;
  widget_class->snapshot = swb_follow_text_snapshot;
  gtk_widget_class_set_css_name (widget_class, "followtext");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);

  grid_class->keys_scroll = TRUE;
  grid_class->source_changed = source_changed;
  grid_class->grown = grown;
  grid_class->encoding_changed = encoding_changed;
  grid_class->font_changed = font_changed;
  grid_class->scrolled = scrolled;
  grid_class->configure = configure;
  grid_class->scroll_rows = scroll_rows;
  grid_class->scroll_to_edge = scroll_to_edge;
  grid_class->reveal = reveal;
  grid_class->describe = describe_row;
  swb_follow_text_install_places (grid_class);
}

static void
swb_follow_text_init (SwbFollowText *self)
{
  GtkEventController *wheel
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->grid = swb_byte_grid_get_state (SWB_BYTE_GRID (self));
  self->at_end = TRUE;
  g_signal_connect_swapped (wheel, "scroll", G_CALLBACK (wheel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  swb_byte_grid_update_label (SWB_BYTE_GRID (self));
}

GtkWidget *
swb_follow_text_new (void)
{
  return g_object_new (SWB_TYPE_FOLLOW_TEXT, NULL);
}

void
swb_follow_text_set_describe (SwbFollowText *self, SwbFollowDescribe describe,
                              gpointer user_data)
{
  g_return_if_fail (SWB_IS_FOLLOW_TEXT (self));

  self->describe = describe;
  self->describe_data = user_data;
}

void
swb_follow_text_set_style (SwbFollowText *self, SwbFollowStyle style)
{
  g_return_if_fail (SWB_IS_FOLLOW_TEXT (self));

  if (self->style == style)
    return;
  self->style = style;
  make_rows (self);
}

gboolean
swb_follow_text_is_at_end (SwbFollowText *self)
{
  g_return_val_if_fail (SWB_IS_FOLLOW_TEXT (self), FALSE);
  return self->at_end;
}

gboolean
swb_follow_text_get_top (SwbFollowText *self, SwbFollowRow *row)
{
  g_return_val_if_fail (SWB_IS_FOLLOW_TEXT (self), FALSE);

  *row = self->top;
  return self->top.n_bytes > 0;
}
