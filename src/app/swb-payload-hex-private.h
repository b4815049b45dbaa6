/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/swb-payload-hex.h"
#include "app/swb-payload-layout.h"

/* The inside of the dump, shared by its drawing and its input. */

G_BEGIN_DECLS

struct _SwbPayloadHex
{
  GtkWidget parent_instance;

  GBytes *bytes;
  const guint8 *data;
  SwbEncoding encoding;
  SwbPayloadLayout layout;

  /* Never shown: the style sheet gives their colours to the offsets and to the selection.
   */
  GtkWidget *dim_node;
  GtkWidget *selection_node;
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

gsize swb_payload_hex_hit (SwbPayloadHex *self, double x, double y, SwbPayloadPart *part);
void swb_payload_hex_move (SwbPayloadHex *self, gsize cursor, gboolean extend);

void swb_payload_hex_install_input (GtkWidgetClass *widget_class);
void swb_payload_hex_init_input (SwbPayloadHex *self);

G_END_DECLS
