/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-payload.h"

/* Where the bytes of a dump stand, counted in character cells, and what stands there:
 *
 *   0000  68 65 6c 6c 6f 2c 20 62  65 6e 63 68 0a           hello, bench⏎
 *
 * Pure arithmetic and text, without a widget. */

G_BEGIN_DECLS

typedef struct
{
  gsize n_bytes;
  guint per_line;     /* 8, 16 or 32 */
  guint offset_cells; /* digits of the offset: 4 or more */
} SwbPayloadLayout;

typedef enum
{
  SWB_PAYLOAD_PART_OFFSET,
  SWB_PAYLOAD_PART_HEX,
  SWB_PAYLOAD_PART_TEXT,
} SwbPayloadPart;

void swb_payload_layout_init (SwbPayloadLayout *self, gsize n_bytes, guint per_line);
gsize swb_payload_layout_get_n_lines (const SwbPayloadLayout *self); /* at least 1 */
guint swb_payload_layout_get_width (const SwbPayloadLayout *self);   /* cells of a line */

/* The cell of the @column'th byte of a line. */
guint swb_payload_layout_get_hex_cell (const SwbPayloadLayout *self, guint column);
guint swb_payload_layout_get_text_cell (const SwbPayloadLayout *self, guint column);

/**
 * swb_payload_layout_hit:
 * @line: a line
 * @cell: cells from the left edge, with their fraction
 * @part: (out): which part of the line that is
 *
 * Returns: the nearest byte, below n_bytes (0 where there are none)
 */
gsize swb_payload_layout_hit (const SwbPayloadLayout *self, gsize line, double cell,
                              SwbPayloadPart *part);

/* (transfer full): "0010" */
char *swb_payload_layout_print_offset (const SwbPayloadLayout *self, gsize line);

/* (transfer full): the hex cells of a line, from the cell of column 0 on; @data: the line's
 * own bytes */
char *swb_payload_layout_print_hex (const SwbPayloadLayout *self, const guint8 *data,
                                    gsize line);

typedef enum
{
  SWB_GLYPH_ITSELF,   /* the character */
  SWB_GLYPH_STAND_IN, /* for one that can't be seen */
  SWB_GLYPH_INVALID,  /* for a byte that belongs to no character */
} SwbGlyphKind;

/* The longest character, and so how much is to be known around a byte. */
#define SWB_PAYLOAD_CONTEXT 4

/**
 * swb_payload_layout_print_char:
 * @data: @n_bytes bytes around the one that is asked for: %SWB_PAYLOAD_CONTEXT on either side,
 * where there are so many. In UTF-16 it begins with a whole unit
 * @index: a byte
 * @glyph: (out): room for 8 bytes: the character that begins at @index; empty for the later
 * bytes of a character; a control picture for what can't be seen, a "·" for what is none
 *
 * Characters that reach over a line's end are shown where they begin.
 */
SwbGlyphKind swb_payload_layout_print_char (const guint8 *data, gsize n_bytes, gsize index,
                                        SwbEncoding encoding, char glyph[8]);

G_END_DECLS
