/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-journal-format.h"
#include "app/swb-payload-hex-private.h"

#include <glib/gi18n.h>

#include <math.h>

#define USUAL 16
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
  COPY_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkAdjustment *
get_vadjustment (SwbPayloadHex *self)
{
  return self->adjustments[GTK_ORIENTATION_VERTICAL];
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
  GtkAdjustment *across = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0,
                              MAX (upper, height), self->line_height,
                              MAX (height - self->line_height, self->line_height), height);
  if (across != NULL)
    gtk_adjustment_configure (across, gtk_adjustment_get_value (across), 0,
                              MAX (get_width_of (self, self->layout.per_line), width),
                              self->char_width, width, width);
}

/* The byte that the view begins with stays when lines get another length. */
static gsize
get_top_byte (SwbPayloadHex *self)
{
  GtkAdjustment *adjustment = get_vadjustment (self);

  if (adjustment == NULL)
    return 0;
  return (gsize)(gtk_adjustment_get_value (adjustment) / self->line_height)
         * self->layout.per_line;
}

static void
set_top_byte (SwbPayloadHex *self, gsize top)
{
  if (get_vadjustment (self) != NULL)
    gtk_adjustment_set_value (get_vadjustment (self),
                              (double)(top / self->layout.per_line) * self->line_height);
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
  *minimum = MIN_LINES * self->line_height;
  *natural
      = (int)MIN (swb_payload_layout_get_n_lines (&self->layout) * self->line_height, 4096);
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
  swb_payload_hex_dispose_draw (self);
  G_OBJECT_CLASS (swb_payload_hex_parent_class)->dispose (object);
}

static void
swb_payload_hex_finalize (GObject *object)
{
  g_clear_object (&SWB_PAYLOAD_HEX (object)->source);
  g_hash_table_unref (SWB_PAYLOAD_HEX (object)->glyphs);
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
  signals[COPY_REFUSED]
      = g_signal_new ("copy-refused", SWB_TYPE_PAYLOAD_HEX, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

/* (transfer full): the line that the cursor is in, for a screen reader */
static char *
describe_line (SwbPayloadHex *self)
{
  gsize line = self->has_selection ? self->cursor / self->layout.per_line : 0;
  g_autofree char *offset = swb_payload_layout_print_offset (&self->layout, line);
  g_autofree char *hex = NULL;
  g_autofree char *text = NULL;
  SwbHexLine bytes;

  if (self->layout.n_bytes == 0)
    return g_strdup (_ ("Bytes in hex and text"));
  swb_payload_hex_read_line (self, line, &bytes);
  hex = swb_payload_layout_print_hex (&self->layout, bytes.bytes + bytes.before, line);
  text = swb_payload_display (bytes.bytes + bytes.before, bytes.n_bytes, self->encoding,
                              SWB_PAYLOAD_HEX_WIDEST * 8);
  return g_strdup_printf ("%s: %s: %s", offset, hex, text);
}

char *
swb_payload_hex_describe_selection (SwbPayloadHex *self)
{
  gsize first, n_bytes = swb_payload_hex_get_selection (self, &first);
  g_autofree char *count = swb_journal_format_number (n_bytes);
  g_autofree char *hex = g_strdup_printf ("%04" G_GSIZE_MODIFIER "x", first);
  g_autofree char *plain = swb_journal_format_number (first);

  if (n_bytes == 0)
    return g_strdup ("");
  /* Translators: "3 bytes selected, from offset 0010 (16)"; the offset in hex and as a
   * plain number */
  return g_strdup_printf (ngettext ("%s byte selected, at offset %s (%s)",
                                    "%s bytes selected, from offset %s (%s)", n_bytes),
                          count, hex, plain);
}

static void
update_label (SwbPayloadHex *self)
{
  g_autofree char *label = describe_line (self);
  g_autofree char *selection = swb_payload_hex_describe_selection (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, selection,
                                  -1);
}

static void
swb_payload_hex_init (SwbPayloadHex *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  swb_payload_layout_init (&self->layout, 0, USUAL);
  self->part = SWB_PAYLOAD_PART_HEX;
  swb_payload_hex_init_draw (self);
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

double
swb_payload_hex_get_left (SwbPayloadHex *self)
{
  GtkAdjustment *across = self->adjustments[GTK_ORIENTATION_HORIZONTAL];

  return across != NULL ? round (gtk_adjustment_get_value (across)) : 0;
}

gsize
swb_payload_hex_hit (SwbPayloadHex *self, double x, double y, SwbPayloadPart *part)
{
  double top = get_vadjustment (self) != NULL
                   ? gtk_adjustment_get_value (get_vadjustment (self))
                   : 0;

  return swb_payload_layout_hit (
      &self->layout, (gsize)(MAX (y + top, 0) / self->line_height),
      (x + swb_payload_hex_get_left (self)) / self->char_width, part);
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
swb_payload_hex_set_source (SwbPayloadHex *self, SwbByteSource *source)
{
  gsize n_bytes = source != NULL ? swb_byte_source_get_length (source) : 0;

  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));

  g_set_object (&self->source, source);
  swb_payload_layout_init (&self->layout, n_bytes, self->layout.per_line);
  self->has_selection = FALSE;
  self->anchor = self->cursor = 0;
  set_top_byte (self, 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  announce_selection (self);
}

SwbByteSource *
swb_payload_hex_get_source (SwbPayloadHex *self)
{
  g_return_val_if_fail (SWB_IS_PAYLOAD_HEX (self), NULL);
  return self->source;
}

void
swb_payload_hex_set_bytes (SwbPayloadHex *self, GBytes *bytes)
{
  g_autoptr (SwbByteSource) source
      = bytes != NULL ? swb_byte_source_new_for_bytes (bytes) : NULL;

  swb_payload_hex_set_source (self, source);
}

void
swb_payload_hex_grow (SwbPayloadHex *self)
{
  guint cells;

  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));
  g_return_if_fail (self->source != NULL);

  cells = self->layout.offset_cells;
  swb_payload_layout_init (&self->layout, swb_byte_source_get_length (self->source),
                           self->layout.per_line);
  configure (self);
  if (self->layout.offset_cells != cells)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
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

void
swb_payload_hex_reveal (SwbPayloadHex *self)
{
  g_return_if_fail (SWB_IS_PAYLOAD_HEX (self));

  scroll_to (self, self->cursor);
}

void
swb_payload_hex_refuse_copy (SwbPayloadHex *self, gsize n_bytes)
{
  g_signal_emit (self, signals[COPY_REFUSED], 0, (guint64)n_bytes);
}
