/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/bytes/swb-byte-grid-private.h"
#include "app/bytes/swb-payload-hex.h"
#include "app/bytes/swb-payload-layout.h"

/* The inside of the dump, shared with its drawing. */

G_BEGIN_DECLS

#define SWB_PAYLOAD_HEX_WIDEST 32

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
  SwbByteGrid parent_instance;

  SwbByteGridState *grid; /* of the parent */
  guint wanted_per_line;  /* 0: as many as fit */
  SwbPayloadLayout layout;
  GHashTable *glyphs; /* character → PangoLayout */
  SwbPayloadPart part; /* that the pointer last was on */
};

/* swb-payload-hex-draw.c */
void swb_payload_hex_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void swb_payload_hex_read_line (SwbPayloadHex *self, gsize line, SwbHexLine *bytes);

/* (transfer full): the line's hex cells; what is gone is struck out. */
char *swb_payload_hex_print_line (SwbPayloadHex *self, gsize line, const SwbHexLine *bytes);

/* Whether another connection of the same socket begins with byte @i of the line. */
gboolean swb_hex_line_is_break (const SwbHexLine *line, guint i);

/* swb-payload-hex.c */
double swb_payload_hex_get_left (SwbPayloadHex *self); /* what is scrolled out of sight */

G_END_DECLS
