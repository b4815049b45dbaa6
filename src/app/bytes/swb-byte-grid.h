/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/bytes/swb-payload-copy.h"
#include "journal/bytes/swb-byte-source.h"

/* Bytes in rows of cells of one width: what the dump and the conversation's text have in
 * common. Bytes are selected by mouse or keys and copied as text, hex, C, Python or base64;
 * what a row shows and where it lies is the derived class's. To be put into a
 * GtkScrolledWindow. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_BYTE_GRID (swb_byte_grid_get_type ())
G_DECLARE_DERIVABLE_TYPE (SwbByteGrid, swb_byte_grid, SWB, BYTE_GRID, GtkWidget)

/* Signals: "selection-changed"; "copy-refused" (guint64 n_bytes): more than
 *   %SWB_PAYLOAD_COPY_MAX
 * Actions: bytes.copy (as what the pointer last was on), bytes.copy-text, bytes.copy-hex,
 * bytes.copy-c, bytes.copy-python, bytes.copy-base64, bytes.select-all. Without a selection
 * they copy every byte. */

struct _SwbByteGridClass
{
  GtkWidgetClass parent_class;

  gboolean click_selects; /* a byte; else a click only says where a selection begins */
  gboolean keys_scroll;   /* they select with Shift only */

  void (*source_changed) (SwbByteGrid *self);
  void (*grown) (SwbByteGrid *self); /* the source */
  void (*encoding_changed) (SwbByteGrid *self);
  void (*font_changed) (SwbByteGrid *self);
  void (*scrolled) (SwbByteGrid *self);  /* by an adjustment */
  void (*configure) (SwbByteGrid *self); /* has another adjustment */

  /* The byte nearest to a point, also to one outside. @begins: something is selected from
   * there on. Returns: %FALSE where there is none */
  gboolean (*hit) (SwbByteGrid *self, double x, double y, gboolean begins, guint64 *offset);

  /* Of the character that @offset is in; a byte by itself unless overridden. */
  void (*get_char) (SwbByteGrid *self, guint64 offset, guint64 *first, guint64 *last);
  void (*get_row) (SwbByteGrid *self, guint64 offset, guint64 *first, guint64 *last);

  /* The byte below (or above) @offset, @n_rows down; as far as there are any. */
  guint64 (*step) (SwbByteGrid *self, guint64 offset, int n_rows);

  /* Where keys begin to select; where they last were unless overridden. */
  guint64 (*get_start) (SwbByteGrid *self);

  void (*scroll_rows) (SwbByteGrid *self, int n_rows);
  void (*scroll_to_edge) (SwbByteGrid *self, gboolean to_end);

  /* @closely: no further than needed */
  void (*reveal) (SwbByteGrid *self, guint64 offset, gboolean closely);

  SwbPayloadFormat (*get_copy_format) (SwbByteGrid *self);
  char *(*describe) (SwbByteGrid *self); /* (transfer full): for a screen reader */
};

/* @source: (nullable). Nothing is selected then. */
void swb_byte_grid_set_source (SwbByteGrid *self, SwbByteSource *source);
SwbByteSource *swb_byte_grid_get_source (SwbByteGrid *self); /* (transfer none) (nullable) */

/* To be called when the source has grown; the selection stays. */
void swb_byte_grid_grow (SwbByteGrid *self);

void swb_byte_grid_set_encoding (SwbByteGrid *self, SwbEncoding encoding);

/**
 * swb_byte_grid_select:
 * @first: a byte
 * @n_bytes: 0 selects nothing; clamped to what is there
 */
void swb_byte_grid_select (SwbByteGrid *self, guint64 first, guint64 n_bytes);

/* Returns: how many bytes are selected, from @first on */
guint64 swb_byte_grid_get_selection (SwbByteGrid *self, guint64 *first);

/* (transfer full): "3 bytes selected, from offset 0010 (16)"; empty where none is */
char *swb_byte_grid_describe_selection (SwbByteGrid *self);

/* Brings a byte into sight. */
void swb_byte_grid_reveal (SwbByteGrid *self, guint64 offset);

/* (transfer full) (nullable): the selected bytes, or every byte where none is; NULL where
 * they are more than %SWB_PAYLOAD_COPY_MAX */
char *swb_byte_grid_print (SwbByteGrid *self, SwbPayloadFormat format);

G_END_DECLS
