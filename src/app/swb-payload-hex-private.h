/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/swb-payload-hex.h"
#include "app/swb-payload-layout.h"

/* The inside of the dump, shared by its drawing and its input. */

G_BEGIN_DECLS

#define SWB_PAYLOAD_HEX_WIDEST 32

typedef enum
{
  SWB_HEX_COLOUR_OFFSET, /* and what stands in for a character */
  SWB_HEX_COLOUR_SELECTION,
  SWB_HEX_COLOUR_INVALID,
  SWB_HEX_COLOUR_IN,
  SWB_HEX_COLOUR_OUT,
  SWB_N_HEX_COLOURS
} SwbHexColour;

/* A line's bytes, with those around them that its characters need. */
typedef struct
{
  guint8 bytes[SWB_PAYLOAD_HEX_WIDEST + 2 * SWB_PAYLOAD_CONTEXT];
  gint8 directions[SWB_PAYLOAD_HEX_WIDEST + 2 * SWB_PAYLOAD_CONTEXT];
  gsize n_all;
  gsize before; /* how many of them lie before the line */
  gsize n_bytes;
} SwbHexLine;

struct _SwbPayloadHex
{
  GtkWidget parent_instance;

  SwbByteSource *source; /* NULL: no bytes */
  SwbEncoding encoding;
  guint wanted_per_line; /* 0: as many as fit */
  SwbPayloadLayout layout;

  /* Never shown: the style sheet gives them their colours. */
  GtkWidget *colour_nodes[SWB_N_HEX_COLOURS];
  GHashTable *glyphs; /* character → PangoLayout */
  GtkWidget *popover;

  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  double char_width;
  int line_height;

  gboolean has_selection;
  gsize anchor; /* where the selection began */
  gsize cursor; /* where it ends; both are selected */
  SwbPayloadPart part;
};

/* swb-payload-hex-draw.c */
void swb_payload_hex_init_draw (SwbPayloadHex *self);
void swb_payload_hex_dispose_draw (SwbPayloadHex *self);
void swb_payload_hex_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void swb_payload_hex_css_changed (GtkWidget *widget, GtkCssStyleChange *change);
void swb_payload_hex_read_line (SwbPayloadHex *self, gsize line, SwbHexLine *bytes);

/* swb-payload-hex.c */
double swb_payload_hex_get_left (SwbPayloadHex *self); /* what is scrolled out of sight */
gsize swb_payload_hex_hit (SwbPayloadHex *self, double x, double y, SwbPayloadPart *part);
void swb_payload_hex_move (SwbPayloadHex *self, gsize cursor, gboolean extend);

void swb_payload_hex_refuse_copy (SwbPayloadHex *self, gsize n_bytes);

/* swb-payload-hex-input.c */
void swb_payload_hex_install_input (GtkWidgetClass *widget_class);
void swb_payload_hex_init_input (SwbPayloadHex *self);

G_END_DECLS
