/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-byte-grid-private.h"

#include "app/journal/swb-journal-format.h"

#include <glib/gi18n.h>

typedef SwbByteGridState SwbByteGridPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (SwbByteGrid, swb_byte_grid, GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (SwbByteGrid)
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

SwbByteGridState *
swb_byte_grid_get_state (SwbByteGrid *self)
{
  return swb_byte_grid_get_instance_private (self);
}

static void
scrolled_cb (GtkAdjustment *adjustment, SwbByteGrid *self)
{
  SWB_BYTE_GRID_GET_CLASS (self)->scrolled (self);
}

static void
set_adjustment (SwbByteGrid *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **mine = &swb_byte_grid_get_state (self)->adjustments[orientation];

  if (*mine != NULL)
    g_signal_handlers_disconnect_by_func (*mine, scrolled_cb, self);
  g_set_object (mine, adjustment);
  if (adjustment == NULL)
    return;
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  SWB_BYTE_GRID_GET_CLASS (self)->configure (self);
}

static void
swb_byte_grid_get_property (GObject *object, guint property_id, GValue *value,
                            GParamSpec *pspec)
{
  SwbByteGridState *grid = swb_byte_grid_get_state (SWB_BYTE_GRID (object));

  if (property_id <= PROP_VADJUSTMENT)
    g_value_set_object (value, grid->adjustments[property_id - PROP_HADJUSTMENT]);
  else
    g_value_set_enum (value, grid->policies[property_id - PROP_HSCROLL_POLICY]);
}

static void
swb_byte_grid_set_property (GObject *object, guint property_id, const GValue *value,
                            GParamSpec *pspec)
{
  SwbByteGrid *self = SWB_BYTE_GRID (object);

  if (property_id <= PROP_VADJUSTMENT)
    {
      set_adjustment (self, property_id - PROP_HADJUSTMENT, g_value_get_object (value));
      return;
    }
  swb_byte_grid_get_state (self)->policies[property_id - PROP_HSCROLL_POLICY]
      = g_value_get_enum (value);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
swb_byte_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  SwbByteGrid *self = SWB_BYTE_GRID (widget);

  GTK_WIDGET_CLASS (swb_byte_grid_parent_class)->css_changed (widget, change);
  swb_byte_grid_measure_font (self);
  SWB_BYTE_GRID_GET_CLASS (self)->font_changed (self);
  gtk_widget_queue_resize (widget);
}

static void
swb_byte_grid_dispose (GObject *object)
{
  SwbByteGrid *self = SWB_BYTE_GRID (object);
  SwbByteGridState *grid = swb_byte_grid_get_state (self);

  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_clear_pointer (&grid->popover, gtk_widget_unparent);
  swb_byte_grid_dispose_draw (self);
  G_OBJECT_CLASS (swb_byte_grid_parent_class)->dispose (object);
}

static void
swb_byte_grid_finalize (GObject *object)
{
  g_clear_object (&swb_byte_grid_get_state (SWB_BYTE_GRID (object))->source);
  G_OBJECT_CLASS (swb_byte_grid_parent_class)->finalize (object);
}

static void
get_char (SwbByteGrid *self, guint64 offset, guint64 *first, guint64 *last)
{
  *first = *last = offset;
}

static guint64
get_start (SwbByteGrid *self)
{
  return swb_byte_grid_get_state (self)->cursor;
}

static SwbPayloadFormat
get_copy_format (SwbByteGrid *self)
{
  return SWB_COPY_TEXT;
}

static void
swb_byte_grid_class_init (SwbByteGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  klass->get_char = get_char;
  klass->get_start = get_start;
  klass->get_copy_format = get_copy_format;
  GTK_WIDGET_CLASS (klass)->css_changed = swb_byte_grid_css_changed;
  object_class->get_property = swb_byte_grid_get_property;
  object_class->set_property = swb_byte_grid_set_property;
  object_class->dispose = swb_byte_grid_dispose;
  object_class->finalize = swb_byte_grid_finalize;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", SWB_TYPE_BYTE_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  swb_byte_grid_install_input (GTK_WIDGET_CLASS (klass));
}

static void
swb_byte_grid_init (SwbByteGrid *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  /* Bytes run from left to right, also where words do not. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  swb_byte_grid_init_draw (self);
  swb_byte_grid_init_input (self);
}

void
swb_byte_grid_update_label (SwbByteGrid *self)
{
  g_autofree char *label = SWB_BYTE_GRID_GET_CLASS (self)->describe (self);
  g_autofree char *selection = swb_byte_grid_describe_selection (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, selection,
                                  -1);
}

static void
announce_selection (SwbByteGrid *self)
{
  swb_byte_grid_update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* Whole characters are selected, whichever end is moved. */
void
swb_byte_grid_move (SwbByteGrid *self, guint64 offset, gboolean extend)
{
  SwbByteGridClass *klass = SWB_BYTE_GRID_GET_CLASS (self);
  SwbByteGridState *grid = swb_byte_grid_get_state (self);
  guint64 anchor_first, anchor_last, first, last;

  if (grid->n_bytes == 0)
    return;
  klass->get_char (self, MIN (offset, grid->n_bytes - 1), &first, &last);
  anchor_first = first;
  anchor_last = last;
  if (extend)
    klass->get_char (self, MIN (grid->anchor, grid->n_bytes - 1), &anchor_first,
                     &anchor_last);
  grid->anchor = first >= anchor_first ? anchor_first : anchor_last;
  grid->cursor = first >= anchor_first ? last : first;
  grid->has_selection = TRUE;
  klass->reveal (self, first, TRUE);
  announce_selection (self);
}

void
swb_byte_grid_set_source (SwbByteGrid *self, SwbByteSource *source)
{
  SwbByteGridState *grid;

  g_return_if_fail (SWB_IS_BYTE_GRID (self));
  g_return_if_fail (source == NULL || SWB_IS_BYTE_SOURCE (source));

  grid = swb_byte_grid_get_state (self);
  g_set_object (&grid->source, source);
  grid->n_bytes = source != NULL ? swb_byte_source_get_length (source) : 0;
  grid->has_selection = FALSE;
  grid->anchor = grid->cursor = 0;
  SWB_BYTE_GRID_GET_CLASS (self)->source_changed (self);
  announce_selection (self);
}

SwbByteSource *
swb_byte_grid_get_source (SwbByteGrid *self)
{
  g_return_val_if_fail (SWB_IS_BYTE_GRID (self), NULL);
  return swb_byte_grid_get_state (self)->source;
}

void
swb_byte_grid_grow (SwbByteGrid *self)
{
  SwbByteGridState *grid;

  g_return_if_fail (SWB_IS_BYTE_GRID (self));

  grid = swb_byte_grid_get_state (self);
  if (grid->source == NULL)
    return;
  grid->n_bytes = swb_byte_source_get_length (grid->source);
  SWB_BYTE_GRID_GET_CLASS (self)->grown (self);
}

void
swb_byte_grid_set_encoding (SwbByteGrid *self, SwbEncoding encoding)
{
  SwbByteGridState *grid;

  g_return_if_fail (SWB_IS_BYTE_GRID (self));

  grid = swb_byte_grid_get_state (self);
  if (grid->encoding == encoding)
    return;
  grid->encoding = encoding;
  SWB_BYTE_GRID_GET_CLASS (self)->encoding_changed (self);
  swb_byte_grid_update_label (self);
}

void
swb_byte_grid_select (SwbByteGrid *self, guint64 first, guint64 n_bytes)
{
  SwbByteGridState *grid;

  g_return_if_fail (SWB_IS_BYTE_GRID (self));

  grid = swb_byte_grid_get_state (self);
  grid->has_selection = n_bytes > 0 && first < grid->n_bytes;
  if (grid->has_selection)
    {
      grid->anchor = first;
      grid->cursor = first + MIN (n_bytes, grid->n_bytes - first) - 1;
    }
  announce_selection (self);
}

guint64
swb_byte_grid_get_selection (SwbByteGrid *self, guint64 *first)
{
  SwbByteGridState *grid;

  g_return_val_if_fail (SWB_IS_BYTE_GRID (self), 0);

  grid = swb_byte_grid_get_state (self);
  *first = grid->has_selection ? MIN (grid->anchor, grid->cursor) : 0;
  return grid->has_selection ? MAX (grid->anchor, grid->cursor) - *first + 1 : 0;
}

char *
swb_byte_grid_describe_selection (SwbByteGrid *self)
{
  guint64 first, n_bytes = swb_byte_grid_get_selection (self, &first);
  g_autofree char *count = swb_journal_format_number (n_bytes);
  g_autofree char *hex = g_strdup_printf ("%04" G_GINT64_MODIFIER "x", first);
  g_autofree char *plain = swb_journal_format_number (first);

  if (n_bytes == 0)
    return g_strdup ("");
  /* Translators: "3 bytes selected, from offset 0010 (16)"; the offset in hex and as a
   * plain number */
  return g_strdup_printf (ngettext ("%s byte selected, at offset %s (%s)",
                                    "%s bytes selected, from offset %s (%s)", n_bytes),
                          count, hex, plain);
}

void
swb_byte_grid_reveal (SwbByteGrid *self, guint64 offset)
{
  g_return_if_fail (SWB_IS_BYTE_GRID (self));
  SWB_BYTE_GRID_GET_CLASS (self)->reveal (self, offset, FALSE);
}

/* What is gone is left out: it is no zeros. Returns: how many bytes are left */
static gsize
read_kept (SwbByteSource *source, guint64 first, guint8 *data, gsize n_bytes)
{
  g_autofree gint8 *directions = g_malloc (n_bytes + 1);
  gsize n_kept = 0;

  n_bytes = swb_byte_source_read (source, first, data, directions, n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    if (!swb_byte_is_gone (directions[i]))
      data[n_kept++] = data[i];
  return n_kept;
}

char *
swb_byte_grid_print (SwbByteGrid *self, SwbPayloadFormat format)
{
  SwbByteGridState *grid;
  g_autofree guint8 *data = NULL;
  guint64 first, n_bytes;

  g_return_val_if_fail (SWB_IS_BYTE_GRID (self), NULL);

  grid = swb_byte_grid_get_state (self);
  n_bytes = swb_byte_grid_get_selection (self, &first);
  if (n_bytes == 0)
    n_bytes = grid->n_bytes;
  if (n_bytes > SWB_PAYLOAD_COPY_MAX)
    return NULL;
  data = g_malloc (n_bytes + 1);
  if (grid->source != NULL)
    n_bytes = read_kept (grid->source, first, data, n_bytes);
  return swb_payload_copy_print (data, n_bytes, format, grid->encoding);
}
