/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-hex-private.h"

#include <glib/gi18n.h>

#include <math.h>

#define USUAL 16
#define NARROW 8
#define MIN_LINES 3

G_DEFINE_FINAL_TYPE (SwbPayloadHex, swb_payload_hex, SWB_TYPE_BYTE_GRID)

static GtkAdjustment *
get_vadjustment (SwbPayloadHex *self)
{
  return self->grid->adjustments[GTK_ORIENTATION_VERTICAL];
}

static double
get_width_of (SwbPayloadHex *self, guint per_line)
{
  SwbPayloadLayout layout;

  swb_payload_layout_init (&layout, self->layout.n_bytes, per_line);
  return ceil (swb_payload_layout_get_width (&layout) * self->grid->char_width);
}

static void
configure (SwbPayloadHex *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double upper
      = (double)swb_payload_layout_get_n_lines (&self->layout) * self->grid->line_height;
  GtkAdjustment *adjustment = get_vadjustment (self);
  GtkAdjustment *across = self->grid->adjustments[GTK_ORIENTATION_HORIZONTAL];
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (adjustment != NULL)
    gtk_adjustment_configure (
        adjustment, gtk_adjustment_get_value (adjustment), 0, MAX (upper, height),
        self->grid->line_height,
        MAX (height - self->grid->line_height, self->grid->line_height), height);
  if (across != NULL)
    gtk_adjustment_configure (across, gtk_adjustment_get_value (across), 0,
                              MAX (get_width_of (self, self->layout.per_line), width),
                              self->grid->char_width, width, width);
}

/* The byte that the view begins with stays when lines get another length. */
static gsize
get_top_byte (SwbPayloadHex *self)
{
  GtkAdjustment *adjustment = get_vadjustment (self);

  if (adjustment == NULL)
    return 0;
  return (gsize)(gtk_adjustment_get_value (adjustment) / self->grid->line_height)
         * self->layout.per_line;
}

static void
set_top_byte (SwbPayloadHex *self, gsize top)
{
  if (get_vadjustment (self) != NULL)
    gtk_adjustment_set_value (get_vadjustment (self), (double)(top / self->layout.per_line)
                                                          * self->grid->line_height);
}

static void
swb_payload_hex_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int)get_width_of (self, self->wanted_per_line > 0 ? self->wanted_per_line
                                                                    : NARROW);
      *natural = MAX (*minimum, (int)get_width_of (self, USUAL));
      return;
    }
  *minimum = MIN_LINES * self->grid->line_height;
  *natural = (int)MIN (
      swb_payload_layout_get_n_lines (&self->layout) * self->grid->line_height, 4096);
  *natural = MAX (*minimum, *natural);
}

static guint
choose_per_line (SwbPayloadHex *self, int width)
{
  guint per_line = SWB_PAYLOAD_HEX_WIDEST;

  if (self->wanted_per_line > 0)
    return self->wanted_per_line;
  while (per_line > NARROW && width < get_width_of (self, per_line))
    per_line /= 2;
  return per_line;
}

static void
swb_payload_hex_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);

  guint per_line = choose_per_line (self, width);
  gsize top = get_top_byte (self);

  if (per_line != self->layout.per_line)
    {
      swb_payload_layout_init (&self->layout, self->layout.n_bytes, per_line);
      configure (self);
      set_top_byte (self, top);
    }
  configure (self);
}

double
swb_payload_hex_get_left (SwbPayloadHex *self)
{
  GtkAdjustment *across = self->grid->adjustments[GTK_ORIENTATION_HORIZONTAL];

  return across != NULL ? round (gtk_adjustment_get_value (across)) : 0;
}

static void
source_changed (SwbByteGrid *grid)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (grid);

  swb_payload_layout_init (&self->layout, self->grid->n_bytes, self->layout.per_line);
  set_top_byte (self, 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
grown (SwbByteGrid *grid)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (grid);
  guint cells = self->layout.offset_cells;

  swb_payload_layout_init (&self->layout, self->grid->n_bytes, self->layout.per_line);
  configure (self);
  if (self->layout.offset_cells != cells)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
redraw (SwbByteGrid *grid)
{
  gtk_widget_queue_draw (GTK_WIDGET (grid));
}

static void
font_changed (SwbByteGrid *grid)
{
  g_hash_table_remove_all (SWB_PAYLOAD_HEX (grid)->glyphs);
}

static void
configure_cb (SwbByteGrid *grid)
{
  configure (SWB_PAYLOAD_HEX (grid));
}

static gboolean
hit (SwbByteGrid *grid, double x, double y, gboolean begins, guint64 *offset)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (grid);
  GtkAdjustment *adjustment = get_vadjustment (self);
  double top = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
  SwbPayloadPart part;

  *offset = swb_payload_layout_hit (
      &self->layout, (gsize)(MAX (y + top, 0) / self->grid->line_height),
      (x + swb_payload_hex_get_left (self)) / self->grid->char_width, &part);
  if (begins)
    self->part = part;
  return self->layout.n_bytes > 0;
}

static void
get_row (SwbByteGrid *grid, guint64 offset, guint64 *first, guint64 *last)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (grid);

  *first = offset - offset % self->layout.per_line;
  *last = MIN (*first + self->layout.per_line, self->grid->n_bytes) - 1;
}

/* A row up or down stays in its column or goes nowhere. */
static guint64
step (SwbByteGrid *grid, guint64 offset, int n_rows)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (grid);
  guint64 n_bytes = (guint64)ABS (n_rows) * self->layout.per_line;
  guint64 last = self->grid->n_bytes - 1;

  if (n_rows < 0)
    return offset >= n_bytes ? offset - n_bytes : offset % self->layout.per_line;
  if (offset + n_bytes <= last)
    return offset + n_bytes;
  return n_rows == 1 ? offset : last;
}

static void
reveal (SwbByteGrid *grid, guint64 offset, gboolean closely)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (grid);
  double y = (double)(offset / self->layout.per_line) * self->grid->line_height;

  if (get_vadjustment (self) != NULL)
    gtk_adjustment_clamp_page (get_vadjustment (self), y, y + self->grid->line_height);
}

static SwbPayloadFormat
get_copy_format (SwbByteGrid *grid)
{
  return SWB_PAYLOAD_HEX (grid)->part == SWB_PAYLOAD_PART_TEXT ? SWB_COPY_TEXT
                                                               : SWB_COPY_HEX;
}

static gboolean
has_break (const SwbHexLine *line)
{
  for (guint i = 0; i < line->n_bytes; i++)
    if (swb_hex_line_is_break (line, i))
      return TRUE;
  return FALSE;
}

static char *
print_kept (SwbPayloadHex *self, const SwbHexLine *line)
{
  guint8 bytes[SWB_PAYLOAD_HEX_WIDEST];
  gsize n_bytes = 0;

  for (gsize i = line->before; i < line->before + line->n_bytes; i++)
    if (!swb_byte_is_gone (line->directions[i]))
      bytes[n_bytes++] = line->bytes[i];
  return swb_payload_display (bytes, n_bytes, self->grid->encoding,
                              SWB_PAYLOAD_HEX_WIDEST * 8);
}

/* The line that the cursor is in. */
static char *
describe (SwbByteGrid *grid)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (grid);
  gsize line = self->grid->has_selection ? self->grid->cursor / self->layout.per_line : 0;
  g_autofree char *offset = swb_payload_layout_print_offset (&self->layout, line);
  g_autofree char *hex = NULL;
  g_autofree char *text = NULL;
  SwbHexLine bytes;

  if (self->layout.n_bytes == 0)
    return g_strdup (_ ("Bytes in hex and text"));
  swb_payload_hex_read_line (self, line, &bytes);
  hex = swb_payload_hex_print_line (self, line, &bytes);
  text = print_kept (self, &bytes);
  if (has_break (&bytes))
    /* Translators: a line of a dump, for a screen reader: its offset, its bytes in hex and
     * as text */
    return g_strdup_printf (_ ("%s, another connection: %s: %s"), offset, hex, text);
  return g_strdup_printf ("%s: %s: %s", offset, hex, text);
}

static void
swb_payload_hex_finalize (GObject *object)
{
  g_hash_table_unref (SWB_PAYLOAD_HEX (object)->glyphs);
  G_OBJECT_CLASS (swb_payload_hex_parent_class)->finalize (object);
}

static void
swb_payload_hex_class_init (SwbPayloadHexClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SwbByteGridClass *grid_class = SWB_BYTE_GRID_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = swb_payload_hex_finalize;
  widget_class->measure = swb_payload_hex_measure;
  widget_class->size_allocate = swb_payload_hex_size_allocate;
  widget_class->snapshot = swb_payload_hex_snapshot;
  gtk_widget_class_set_css_name (widget_class, "hexview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);

  grid_class->click_selects = TRUE;
  grid_class->source_changed = source_changed;
  grid_class->grown = grown;
  grid_class->encoding_changed = redraw;
  grid_class->font_changed = font_changed;
  grid_class->scrolled = redraw;
  grid_class->configure = configure_cb;
  grid_class->hit = hit;
  grid_class->get_row = get_row;
  grid_class->step = step;
  grid_class->reveal = reveal;
  grid_class->get_copy_format = get_copy_format;
  grid_class->describe = describe;
}

static void
swb_payload_hex_init (SwbPayloadHex *self)
{
  self->grid = swb_byte_grid_get_state (SWB_BYTE_GRID (self));
  self->part = SWB_PAYLOAD_PART_HEX;
  self->glyphs = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  swb_payload_layout_init (&self->layout, 0, USUAL);
  swb_byte_grid_update_label (SWB_BYTE_GRID (self));
}

GtkWidget *
swb_payload_hex_new (void)
{
  return g_object_new (SWB_TYPE_PAYLOAD_HEX, NULL);
}

void
swb_payload_hex_set_bytes (SwbPayloadHex *self, GBytes *bytes)
{
  g_autoptr (SwbByteSource) source
      = bytes != NULL ? swb_byte_source_new_for_bytes (bytes) : NULL;

  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));
  swb_byte_grid_set_source (SWB_BYTE_GRID (self), source);
}

void
swb_payload_hex_set_per_line (SwbPayloadHex *self, guint per_line)
{
  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));
  g_return_if_fail (per_line == 0 || per_line == 8 || per_line == 16 || per_line == 32);

  self->wanted_per_line = per_line;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
swb_payload_hex_get_per_line (SwbPayloadHex *self)
{
  g_return_val_if_fail (SWB_IS_PAYLOAD_HEX (self), 0);
  return self->layout.per_line;
}
