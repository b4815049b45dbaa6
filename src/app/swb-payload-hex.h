/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/swb-payload-copy.h"
#include "journal/swb-byte-source.h"

/* Bytes as hex and as text side by side, in lines of 8, 16 or 32: as many as fit, or as was
 * asked for. Bytes are selected by mouse or keys, in both parts at once, and copied as text,
 * hex, C, Python or base64. It reads and draws the lines in sight only, so the largest payload
 * opens as fast as the smallest. Bytes that have a direction stand on its colour. To be put
 * into a GtkScrolledWindow. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_PAYLOAD_HEX (swb_payload_hex_get_type ())
G_DECLARE_FINAL_TYPE (SwbPayloadHex, swb_payload_hex, SWB, PAYLOAD_HEX, GtkWidget)

/* Signals: "selection-changed"; "copy-refused" (guint64 n_bytes): more than
 *   %SWB_PAYLOAD_COPY_MAX
 * Actions: hex.copy (as what the pointer last was on), hex.copy-text, hex.copy-hex,
 * hex.copy-c, hex.copy-python, hex.copy-base64, hex.select-all. Without a selection they copy
 * every byte. */

GtkWidget *swb_payload_hex_new (void);

/* @bytes: (nullable): nothing is selected then */
void swb_payload_hex_set_bytes (SwbPayloadHex *self, GBytes *bytes);

/* @source: (nullable). Nothing is selected then. */
void swb_payload_hex_set_source (SwbPayloadHex *self, SwbByteSource *source);
SwbByteSource *swb_payload_hex_get_source (SwbPayloadHex *self); /* (nullable) */

/* To be called when the source has grown; the selection stays. */
void swb_payload_hex_grow (SwbPayloadHex *self);

/* @per_line: 8, 16, 32, or 0 for as many as fit */
void swb_payload_hex_set_per_line (SwbPayloadHex *self, guint per_line);
guint swb_payload_hex_get_per_line (SwbPayloadHex *self); /* as shown */

void swb_payload_hex_set_encoding (SwbPayloadHex *self, SwbEncoding encoding);

/**
 * swb_payload_hex_select:
 * @first: a byte
 * @n_bytes: 0 selects nothing; clamped to what is there
 */
void swb_payload_hex_select (SwbPayloadHex *self, gsize first, gsize n_bytes);

/* Returns: how many bytes are selected, from @first on */
gsize swb_payload_hex_get_selection (SwbPayloadHex *self, gsize *first);

/* (transfer full): "3 bytes selected, from offset 0010 (16)"; empty where none is */
char *swb_payload_hex_describe_selection (SwbPayloadHex *self);

/* Brings the selection into sight. */
void swb_payload_hex_reveal (SwbPayloadHex *self);

/* (transfer full) (nullable): the selected bytes, or every byte where none is; NULL where
 * they are more than %SWB_PAYLOAD_COPY_MAX */
char *swb_payload_hex_print (SwbPayloadHex *self, SwbPayloadFormat format);

G_END_DECLS
