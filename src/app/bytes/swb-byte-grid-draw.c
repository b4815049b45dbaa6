/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-byte-grid-private.h"

#include "app/widgets/swb-compat.h"

#include <math.h>

/* Cells are as wide as the font's digits. */
void
swb_byte_grid_measure_font (SwbByteGrid *self)
{
  SwbByteGridState *grid = swb_byte_grid_get_state (self);
  g_autoptr (PangoLayout) layout
      = gtk_widget_create_pango_layout (GTK_WIDGET (self), "00000000000000000000");
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  grid->char_width = MAX ((double)extents.width / PANGO_SCALE / 20, 1);
  grid->line_height = MAX ((int)ceil ((double)extents.height / PANGO_SCALE) + 2, 1);
}

void
swb_grid_pen_init (SwbGridPen *pen, SwbByteGrid *self, GtkSnapshot *snapshot,
                   PangoLayout *layout)
{
  *pen = (SwbGridPen){ .grid = swb_byte_grid_get_state (self),
                       .snapshot = snapshot,
                       .layout = layout };
  swb_compat_get_colour (GTK_WIDGET (self), &pen->text);
  for (guint i = 0; i < SWB_N_GRID_COLOURS; i++)
    swb_compat_get_colour (pen->grid->colour_nodes[i], &pen->colours[i]);
}

void
swb_grid_pen_layout (SwbGridPen *pen, PangoLayout *layout, double x, double y,
                     const GdkRGBA *colour)
{
  gtk_snapshot_save (pen->snapshot);
  gtk_snapshot_translate (pen->snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_append_layout (pen->snapshot, layout, colour);
  gtk_snapshot_restore (pen->snapshot);
}

void
swb_grid_pen_text (SwbGridPen *pen, const char *text, double x, double y,
                   const GdkRGBA *colour)
{
  pango_layout_set_text (pen->layout, text, -1);
  swb_grid_pen_layout (pen, pen->layout, x, y, colour);
}

void
swb_grid_pen_rect (SwbGridPen *pen, double x, double y, double width, const GdkRGBA *colour)
{
  gtk_snapshot_append_color (pen->snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width,
                                                  (float)pen->grid->line_height));
}

void
swb_byte_grid_init_draw (SwbByteGrid *self)
{
  static const char *const classes[SWB_N_GRID_COLOURS]
      = { "offset", "selection", "invalid", "in", "out", "in-edge", "out-edge" };
  SwbByteGridState *grid = swb_byte_grid_get_state (self);

  for (guint i = 0; i < SWB_N_GRID_COLOURS; i++)
    {
      grid->colour_nodes[i] = gtk_inscription_new (NULL);
      gtk_widget_add_css_class (grid->colour_nodes[i], classes[i]);
      gtk_widget_set_visible (grid->colour_nodes[i], FALSE);
      gtk_widget_set_parent (grid->colour_nodes[i], GTK_WIDGET (self));
    }
  swb_byte_grid_measure_font (self);
}

void
swb_byte_grid_dispose_draw (SwbByteGrid *self)
{
  SwbByteGridState *grid = swb_byte_grid_get_state (self);

  for (guint i = 0; i < SWB_N_GRID_COLOURS; i++)
    g_clear_pointer (&grid->colour_nodes[i], gtk_widget_unparent);
}
