/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-follow-text-private.h"

#include "app/swb-journal-format.h"

#include <glib/gi18n.h>

#define MIN_LINES 3
#define MIN_COLUMNS 24

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbFollowText, swb_follow_text, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  SELECTION_CHANGED,
  COPY_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Goes down from the top until the page is full. Returns: the byte behind the last row that
 * is in sight as a whole; @left: pixels that stay empty */
static guint64
measure_page (SwbFollowText *self, double *left)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) + self->shift;
  SwbFollowRow row = self->top;
  guint64 end = row.offset + row.n_bytes;

  height -= self->line_height;
  while (height >= self->line_height && swb_follow_rows_next (self->rows, &row))
    {
      end = row.offset + row.n_bytes;
      height -= self->line_height;
    }
  *left = height;
  return end;
}

/* What the scrollbar shows: bytes. */
static void
sync_adjustment (SwbFollowText *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
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
  double used = self->line_height;
  SwbFollowRow row;
  guint64 length = self->rows != NULL ? swb_follow_rows_get_length (self->rows) : 0;

  self->at_end = TRUE;
  self->shift = 0;
  self->top.n_bytes = 0;
  if (length > 0 && swb_follow_rows_find (self->rows, length - 1, &row))
    {
      while (used < height && swb_follow_rows_previous (self->rows, &row))
        used += self->line_height;
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
  while (self->shift >= self->line_height && swb_follow_rows_next (self->rows, &self->top))
    self->shift -= self->line_height;
  while (self->shift < 0 && swb_follow_rows_previous (self->rows, &self->top))
    self->shift += self->line_height;
  self->shift = CLAMP (self->shift, 0, self->line_height - 1);
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

/* Made anew: with another width, encoding or style the rows are others. */
static void
make_rows (SwbFollowText *self)
{
  guint64 offset = self->top.offset;

  g_clear_pointer (&self->rows, swb_follow_rows_free);
  if (self->source != NULL && self->columns > 0)
    self->rows
        = swb_follow_rows_new (self->source, self->encoding, self->style, self->columns);
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
    *minimum = *natural = (int)(MIN_COLUMNS * self->char_width);
  else
    *minimum = *natural = MIN_LINES * self->line_height;
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
swb_follow_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (swb_follow_text_parent_class)->css_changed (widget, change);
  swb_follow_text_measure_font (SWB_FOLLOW_TEXT (widget));
  gtk_widget_queue_resize (widget);
}

static void
scrolled_cb (GtkAdjustment *adjustment, SwbFollowText *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  double most
      = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (self->is_syncing || self->rows == NULL)
    return;
  if (value >= most - 1)
    swb_follow_text_scroll_to_end (self);
  else
    swb_follow_text_scroll_to (self, (guint64)MAX (value, 0));
}

static void
set_adjustment (SwbFollowText *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **mine = &self->adjustments[orientation];

  if (*mine != NULL)
    g_signal_handlers_disconnect_by_func (*mine, scrolled_cb, self);
  g_set_object (mine, adjustment);
  if (adjustment == NULL || orientation != GTK_ORIENTATION_VERTICAL)
    return;
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  sync_adjustment (self);
}

static void
swb_follow_text_get_property (GObject *object, guint property_id, GValue *value,
                              GParamSpec *pspec)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (object);

  if (property_id <= PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[property_id - PROP_HADJUSTMENT]);
  else
    g_value_set_enum (value, self->policies[property_id - PROP_HSCROLL_POLICY]);
}

static void
swb_follow_text_set_property (GObject *object, guint property_id, const GValue *value,
                              GParamSpec *pspec)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (object);

  if (property_id <= PROP_VADJUSTMENT)
    set_adjustment (self, property_id - PROP_HADJUSTMENT, g_value_get_object (value));
  else
    self->policies[property_id - PROP_HSCROLL_POLICY] = g_value_get_enum (value);
}

static void
swb_follow_text_dispose (GObject *object)
{
  SwbFollowText *self = SWB_FOLLOW_TEXT (object);

  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_clear_pointer (&self->rows, swb_follow_rows_free);
  g_clear_object (&self->source);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  swb_follow_text_dispose_draw (self);
  G_OBJECT_CLASS (swb_follow_text_parent_class)->dispose (object);
}

static void
swb_follow_text_class_init (SwbFollowTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = swb_follow_text_get_property;
  object_class->set_property = swb_follow_text_set_property;
  object_class->dispose = swb_follow_text_dispose;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  widget_class->measure = swb_follow_text_measure;
  widget_class->size_allocate = swb_follow_text_size_allocate;
  widget_class->snapshot = swb_follow_text_snapshot;
  widget_class->css_changed = swb_follow_text_css_changed;
  gtk_widget_class_set_css_name (widget_class, "followtext");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
  swb_follow_text_install_input (widget_class);

  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", SWB_TYPE_FOLLOW_TEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  signals[COPY_REFUSED]
      = g_signal_new ("copy-refused", SWB_TYPE_FOLLOW_TEXT, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
update_label (SwbFollowText *self)
{
  guint64 first, n_bytes = swb_follow_text_get_selection (self, &first);
  g_autofree char *count = swb_journal_format_number (n_bytes);
  g_autofree char *text = NULL;

  if (n_bytes > 0)
    text = g_strdup_printf (
        ngettext ("%s byte selected", "%s bytes selected", (gulong)n_bytes), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Conversation"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

static void
swb_follow_text_init (SwbFollowText *self)
{
  self->at_end = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  swb_follow_text_init_draw (self);
  swb_follow_text_init_input (self);
  update_label (self);
}

static void
announce_selection (SwbFollowText *self)
{
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
swb_follow_text_select_to (SwbFollowText *self, guint64 offset, gboolean extend)
{
  self->cursor = offset;
  if (!extend || !self->has_selection)
    self->anchor = offset;
  self->has_selection = TRUE;
  announce_selection (self);
}

GtkWidget *
swb_follow_text_new (void)
{
  return g_object_new (SWB_TYPE_FOLLOW_TEXT, NULL);
}

void
swb_follow_text_set_source (SwbFollowText *self, SwbByteSource *source)
{
  g_return_if_fail (SWB_IS_FOLLOW_TEXT (self));

  g_set_object (&self->source, source);
  self->has_selection = FALSE;
  self->at_end = TRUE;
  make_rows (self);
  announce_selection (self);
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
swb_follow_text_set_encoding (SwbFollowText *self, SwbEncoding encoding)
{
  g_return_if_fail (SWB_IS_FOLLOW_TEXT (self));

  if (self->encoding == encoding)
    return;
  self->encoding = encoding;
  make_rows (self);
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

void
swb_follow_text_grow (SwbFollowText *self)
{
  g_return_if_fail (SWB_IS_FOLLOW_TEXT (self));

  if (self->rows == NULL)
    return;
  swb_follow_rows_grow (self->rows);
  /* The last row may have become longer. */
  if (self->at_end || !swb_follow_rows_find (self->rows, self->top.offset, &self->top))
    swb_follow_text_scroll_to_end (self);
  else
    sync_adjustment (self);
}

void
swb_follow_text_select (SwbFollowText *self, guint64 first, guint64 n_bytes)
{
  guint64 length;

  g_return_if_fail (SWB_IS_FOLLOW_TEXT (self));

  length = self->source != NULL ? swb_byte_source_get_length (self->source) : 0;
  self->has_selection = n_bytes > 0 && first < length;
  if (self->has_selection)
    {
      self->anchor = first;
      self->cursor = first + MIN (n_bytes, length - first) - 1;
    }
  announce_selection (self);
}

guint64
swb_follow_text_get_selection (SwbFollowText *self, guint64 *first)
{
  g_return_val_if_fail (SWB_IS_FOLLOW_TEXT (self), 0);

  *first = self->has_selection ? MIN (self->anchor, self->cursor) : 0;
  return self->has_selection ? MAX (self->anchor, self->cursor) - *first + 1 : 0;
}

void
swb_follow_text_reveal (SwbFollowText *self, guint64 offset)
{
  double left;

  g_return_if_fail (SWB_IS_FOLLOW_TEXT (self));

  if (self->rows == NULL || self->top.n_bytes == 0)
    return;
  if (offset >= self->top.offset && offset < measure_page (self, &left))
    return;
  swb_follow_text_scroll_to (self, offset);
  /* With something of what was before it. */
  swb_follow_text_scroll (self, -3.0 * self->line_height);
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

char *
swb_follow_text_print (SwbFollowText *self, SwbPayloadFormat format)
{
  g_autofree guint8 *data = NULL;
  guint64 first, n_bytes;

  g_return_val_if_fail (SWB_IS_FOLLOW_TEXT (self), NULL);

  n_bytes = swb_follow_text_get_selection (self, &first);
  if (n_bytes == 0 && self->source != NULL)
    n_bytes = swb_byte_source_get_length (self->source);
  if (n_bytes > SWB_PAYLOAD_COPY_MAX)
    {
      g_signal_emit (self, signals[COPY_REFUSED], 0, n_bytes);
      return NULL;
    }
  data = g_malloc (n_bytes + 1);
  if (self->source != NULL)
    n_bytes = swb_byte_source_read (self->source, first, data, NULL, n_bytes);
  return swb_payload_copy_print (data, n_bytes, format, self->encoding);
}
