/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/bytes/swb-byte-grid.h"

/* For the classes that are grids of bytes: their common state, and what they draw with. */

G_BEGIN_DECLS

/* The style sheet gives them: each is the colour of a child that is never shown. */
typedef enum
{
  SWB_GRID_COLOUR_DIM, /* offsets, and what stands in for a character */
  SWB_GRID_COLOUR_SELECTION,
  SWB_GRID_COLOUR_INVALID,
  SWB_GRID_COLOUR_IN,
  SWB_GRID_COLOUR_OUT,
  SWB_GRID_COLOUR_IN_EDGE,
  SWB_GRID_COLOUR_OUT_EDGE,
  SWB_N_GRID_COLOURS
} SwbGridColour;

/* Of the grid; read by derived classes. */
typedef struct
{
  SwbByteSource *source; /* nullable */
  guint64 n_bytes;       /* of it, as last seen */
  SwbEncoding encoding;

  GtkWidget *colour_nodes[SWB_N_GRID_COLOURS];
  GtkWidget *popover;
  GtkAdjustment *adjustments[2]; /* by GtkOrientation; nullable */
  GtkScrollablePolicy policies[2];
  double char_width; /* exact, or columns drift apart */
  int line_height;

  gboolean has_selection;
  guint64 anchor; /* where the selection began, or is to begin */
  guint64 cursor; /* where it ends; both are selected */
} SwbByteGridState;

/* What one look of the widget is drawn with. */
typedef struct
{
  SwbByteGridState *grid;
  GtkSnapshot *snapshot;
  PangoLayout *layout;
  GdkRGBA text;
  GdkRGBA colours[SWB_N_GRID_COLOURS];
} SwbGridPen;

/* swb-byte-grid.c */
SwbByteGridState *swb_byte_grid_get_state (SwbByteGrid *self);

/* To be called when what is told to a screen reader is another. */
void swb_byte_grid_update_label (SwbByteGrid *self);

/* To @offset: selects it, or with @extend all from where the selection began. */
void swb_byte_grid_move (SwbByteGrid *self, guint64 offset, gboolean extend);

/* swb-byte-grid-draw.c */
void swb_byte_grid_init_draw (SwbByteGrid *self);
void swb_byte_grid_dispose_draw (SwbByteGrid *self);
void swb_byte_grid_measure_font (SwbByteGrid *self);

void swb_grid_pen_init (SwbGridPen *pen, SwbByteGrid *self, GtkSnapshot *snapshot,
                        PangoLayout *layout);
void swb_grid_pen_layout (SwbGridPen *pen, PangoLayout *layout, double x, double y,
                          const GdkRGBA *colour);
void swb_grid_pen_text (SwbGridPen *pen, const char *text, double x, double y,
                        const GdkRGBA *colour);

/* As high as a row. */
void swb_grid_pen_rect (SwbGridPen *pen, double x, double y, double width,
                        const GdkRGBA *colour);

/* swb-byte-grid-input.c */
void swb_byte_grid_install_input (GtkWidgetClass *widget_class);
void swb_byte_grid_init_input (SwbByteGrid *self);

G_END_DECLS
