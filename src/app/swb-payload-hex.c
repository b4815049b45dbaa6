/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-compat.h"
#include "app/swb-payload-hex-private.h"

#include <glib/gi18n.h>

#include <math.h>
#include <string.h>

#define WIDE 16
#define NARROW 8
#define MIN_LINES 3

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbPayloadHex, swb_payload_hex, GTK_TYPE_WIDGET,
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
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkAdjustment *
get_vadjustment (SwbPayloadHex *self)
{
  return self->adjustments[GTK_ORIENTATION_VERTICAL];
}

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

static double
get_width_of (SwbPayloadHex *self, guint per_line)
{
  SwbPayloadLayout layout;

  swb_payload_layout_init (&layout, self->layout.n_bytes, per_line);
  return ceil (swb_payload_layout_get_width (&layout) * self->char_width);
}

static void
configure (SwbPayloadHex *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double upper = (double)swb_payload_layout_get_n_lines (&self->layout) * self->line_height;
  GtkAdjustment *adjustment = get_vadjustment (self);

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0,
                              MAX (upper, height), self->line_height,
                              MAX (height - self->line_height, self->line_height), height);
}

static void
swb_payload_hex_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int)get_width_of (self, NARROW);
      *natural = (int)get_width_of (self, WIDE);
      return;
    }
  *minimum = MIN_LINES * self->line_height;
  *natural
      = (int)MIN (swb_payload_layout_get_n_lines (&self->layout) * self->line_height, 4096);
  *natural = MAX (*minimum, *natural);
}

static void
swb_payload_hex_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);

  swb_payload_layout_init (&self->layout, self->layout.n_bytes,
                           width >= get_width_of (self, WIDE) ? WIDE : NARROW);
  configure (self);
}

static void
append_text (SwbPayloadHex *self, GtkSnapshot *snapshot, PangoLayout *layout,
             const char *text, guint cell, double y, const GdkRGBA *colour)
{
  pango_layout_set_text (layout, text, -1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)(cell * self->char_width), (float)y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* ASCII goes out in one run; what may have another width is drawn cell by cell. */
static void
append_chars (SwbPayloadHex *self, GtkSnapshot *snapshot, PangoLayout *layout, gsize line,
              double y, const GdkRGBA *colour, const GdkRGBA *dim)
{
  const SwbPayloadLayout *cells = &self->layout;
  gsize first = line * cells->per_line;
  guint n_bytes = (guint)MIN (cells->per_line, cells->n_bytes - first);
  char run[WIDE + 1];

  for (guint i = 0; i < n_bytes; i++)
    {
      char glyph[8];
      gboolean itself = swb_payload_layout_print_char (self->data, cells->n_bytes,
                                                       first + i, self->encoding, glyph);

      run[i] = glyph[0] != '\0' && (guchar)glyph[0] < 0x80 ? glyph[0] : ' ';
      if ((guchar)glyph[0] >= 0x80)
        append_text (self, snapshot, layout, glyph,
                     swb_payload_layout_get_text_cell (cells, i), y, itself ? colour : dim);
    }
  run[n_bytes] = '\0';
  append_text (self, snapshot, layout, run, swb_payload_layout_get_text_cell (cells, 0), y,
               colour);
}

static void
append_band (SwbPayloadHex *self, GtkSnapshot *snapshot, double from_cell, double to_cell,
             double y, const GdkRGBA *colour)
{
  gtk_snapshot_append_color (
      snapshot, colour,
      &GRAPHENE_RECT_INIT ((float)(from_cell * self->char_width), (float)y,
                           (float)((to_cell - from_cell) * self->char_width),
                           (float)self->line_height));
}

static void
append_selection (SwbPayloadHex *self, GtkSnapshot *snapshot, gsize line, double y,
                  const GdkRGBA *colour)
{
  const SwbPayloadLayout *cells = &self->layout;
  gsize start = line * cells->per_line, end = start + cells->per_line;
  gsize first, n_bytes = swb_payload_hex_get_selection (self, &first);
  guint from, to;

  if (n_bytes == 0 || first >= end || first + n_bytes <= start)
    return;
  from = (guint)(MAX (first, start) - start);
  to = (guint)(MIN (first + n_bytes, end) - start - 1);
  append_band (self, snapshot, swb_payload_layout_get_hex_cell (cells, from) - 0.4,
               swb_payload_layout_get_hex_cell (cells, to) + 2.4, y, colour);
  append_band (self, snapshot, swb_payload_layout_get_text_cell (cells, from),
               swb_payload_layout_get_text_cell (cells, to) + 1, y, colour);
}

static void
swb_payload_hex_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);
  GtkAdjustment *adjustment = get_vadjustment (self);
  double top = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
  gsize line = (gsize)(top / self->line_height);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  GdkRGBA colour, dim, band;

  if (self->layout.n_bytes == 0)
    return;
  swb_compat_get_colour (widget, &colour);
  swb_compat_get_colour (self->dim_node, &dim);
  swb_compat_get_colour (self->selection_node, &band);
  for (; line < swb_payload_layout_get_n_lines (&self->layout); line++)
    {
      double y = round ((double)line * self->line_height - top);
      g_autofree char *offset = swb_payload_layout_print_offset (&self->layout, line);
      g_autofree char *hex = swb_payload_layout_print_hex (&self->layout, self->data, line);

      if (y >= gtk_widget_get_height (widget))
        break;
      append_selection (self, snapshot, line, y, &band);
      append_text (self, snapshot, layout, offset, 0, y + 1, &dim);
      append_text (self, snapshot, layout, hex,
                   swb_payload_layout_get_hex_cell (&self->layout, 0), y + 1, &colour);
      append_chars (self, snapshot, layout, line, y + 1, &colour, &dim);
    }
}

static void
swb_payload_hex_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (swb_payload_hex_parent_class)->css_changed (widget, change);
  measure_font (SWB_PAYLOAD_HEX (widget));
  gtk_widget_queue_resize (widget);
}

static void
scrolled_cb (GtkAdjustment *adjustment, SwbPayloadHex *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_adjustment (SwbPayloadHex *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **mine = &self->adjustments[orientation];

  if (*mine != NULL)
    g_signal_handlers_disconnect_by_func (*mine, scrolled_cb, self);
  g_set_object (mine, adjustment);
  if (adjustment == NULL)
    return;
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    configure (self);
}

static void
swb_payload_hex_get_property (GObject *object, guint property_id, GValue *value,
                              GParamSpec *pspec)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (object);

  switch (property_id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[property_id - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[property_id - PROP_HSCROLL_POLICY]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
swb_payload_hex_set_property (GObject *object, guint property_id, const GValue *value,
                              GParamSpec *pspec)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (object);

  switch (property_id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (self, property_id - PROP_HADJUSTMENT, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[property_id - PROP_HSCROLL_POLICY] = g_value_get_enum (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
swb_payload_hex_dispose (GObject *object)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (object);

  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->dim_node, gtk_widget_unparent);
  g_clear_pointer (&self->selection_node, gtk_widget_unparent);
  G_OBJECT_CLASS (swb_payload_hex_parent_class)->dispose (object);
}

static void
swb_payload_hex_finalize (GObject *object)
{
  g_clear_pointer (&SWB_PAYLOAD_HEX (object)->bytes, g_bytes_unref);
  G_OBJECT_CLASS (swb_payload_hex_parent_class)->finalize (object);
}

static void
swb_payload_hex_class_init (SwbPayloadHexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = swb_payload_hex_get_property;
  object_class->set_property = swb_payload_hex_set_property;
  object_class->dispose = swb_payload_hex_dispose;
  object_class->finalize = swb_payload_hex_finalize;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  widget_class->measure = swb_payload_hex_measure;
  widget_class->size_allocate = swb_payload_hex_size_allocate;
  widget_class->snapshot = swb_payload_hex_snapshot;
  widget_class->css_changed = swb_payload_hex_css_changed;
  gtk_widget_class_set_css_name (widget_class, "hexview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  swb_payload_hex_install_input (widget_class);

  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", SWB_TYPE_PAYLOAD_HEX, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_colour_node (SwbPayloadHex *self, const char *css_class)
{
  GtkWidget *node = gtk_inscription_new (NULL);

  gtk_widget_add_css_class (node, css_class);
  gtk_widget_set_visible (node, FALSE);
  gtk_widget_set_parent (node, GTK_WIDGET (self));
  return node;
}

static void
update_label (SwbPayloadHex *self)
{
  gsize line = self->has_selection ? self->cursor / self->layout.per_line : 0;
  gsize first = line * self->layout.per_line;
  gsize n_bytes = MIN (self->layout.per_line,
                       self->layout.n_bytes - MIN (first, self->layout.n_bytes));
  g_autofree char *offset = swb_payload_layout_print_offset (&self->layout, line);
  g_autofree char *hex = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  if (n_bytes > 0)
    {
      hex = swb_payload_layout_print_hex (&self->layout, self->data, line);
      text = swb_payload_display (self->data + first, n_bytes, self->encoding, WIDE * 8);
      label = g_strdup_printf ("%s: %s: %s", offset, hex, text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _ ("Bytes in hex and text"), -1);
}

static void
swb_payload_hex_init (SwbPayloadHex *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  swb_payload_layout_init (&self->layout, 0, WIDE);
  self->part = SWB_PAYLOAD_PART_HEX;
  self->dim_node = add_colour_node (self, "offset");
  self->selection_node = add_colour_node (self, "selection");
  measure_font (self);
  update_label (self);
  swb_payload_hex_init_input (self);
}

/* What a screen reader says of it: the line that the cursor is in. */
static void
announce_selection (SwbPayloadHex *self)
{
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
scroll_to (SwbPayloadHex *self, gsize index)
{
  double y = (double)(index / self->layout.per_line) * self->line_height;

  if (get_vadjustment (self) != NULL)
    gtk_adjustment_clamp_page (get_vadjustment (self), y, y + self->line_height);
}

gsize
swb_payload_hex_hit (SwbPayloadHex *self, double x, double y, SwbPayloadPart *part)
{
  double top = get_vadjustment (self) != NULL
                   ? gtk_adjustment_get_value (get_vadjustment (self))
                   : 0;

  return swb_payload_layout_hit (&self->layout,
                                 (gsize)(MAX (y + top, 0) / self->line_height),
                                 x / self->char_width, part);
}

void
swb_payload_hex_move (SwbPayloadHex *self, gsize cursor, gboolean extend)
{
  if (self->layout.n_bytes == 0)
    return;
  self->cursor = MIN (cursor, self->layout.n_bytes - 1);
  if (!extend || !self->has_selection)
    self->anchor = self->cursor;
  self->has_selection = TRUE;
  scroll_to (self, self->cursor);
  announce_selection (self);
}

GtkWidget *
swb_payload_hex_new (void)
{
  return g_object_new (SWB_TYPE_PAYLOAD_HEX, NULL);
}

void
swb_payload_hex_set_bytes (SwbPayloadHex *self, GBytes *bytes)
{
  gsize n_bytes = 0;

  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));

  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = bytes;
  self->data = bytes != NULL ? g_bytes_get_data (bytes, &n_bytes) : NULL;
  swb_payload_layout_init (&self->layout, n_bytes, self->layout.per_line);
  self->has_selection = FALSE;
  self->anchor = self->cursor = 0;
  if (get_vadjustment (self) != NULL)
    gtk_adjustment_set_value (get_vadjustment (self), 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  announce_selection (self);
}

void
swb_payload_hex_set_encoding (SwbPayloadHex *self, SwbEncoding encoding)
{
  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));

  self->encoding = encoding;
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
swb_payload_hex_select (SwbPayloadHex *self, gsize first, gsize n_bytes)
{
  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));

  self->has_selection = n_bytes > 0 && first < self->layout.n_bytes;
  if (self->has_selection)
    {
      self->anchor = first;
      self->cursor = first + MIN (n_bytes, self->layout.n_bytes - first) - 1;
    }
  announce_selection (self);
}

gsize
swb_payload_hex_get_selection (SwbPayloadHex *self, gsize *first)
{
  g_return_val_if_fail (SWB_IS_PAYLOAD_HEX (self), 0);

  *first = self->has_selection ? MIN (self->anchor, self->cursor) : 0;
  return self->has_selection ? MAX (self->anchor, self->cursor) - *first + 1 : 0;
}

char *
swb_payload_hex_print (SwbPayloadHex *self, SwbPayloadFormat format)
{
  gsize first, n_bytes;

  g_return_val_if_fail (SWB_IS_PAYLOAD_HEX (self), NULL);

  n_bytes = swb_payload_hex_get_selection (self, &first);
  if (n_bytes == 0)
    n_bytes = self->layout.n_bytes;
  return swb_payload_copy_print (self->data != NULL ? self->data + first : NULL, n_bytes,
                                 format, self->encoding);
}
