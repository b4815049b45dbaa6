/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/swb-payload-copy.h"

/* Bytes as hex and as text side by side, in lines of 16 or, where it is narrow, of 8. Bytes
 * are selected by mouse or keys, in both parts at once, and copied as text, hex, C or
 * Python. It draws the lines in sight only, so the largest payload opens as fast as the
 * smallest. To be put into a GtkScrolledWindow. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_PAYLOAD_HEX (swb_payload_hex_get_type ())
G_DECLARE_FINAL_TYPE (SwbPayloadHex, swb_payload_hex, SWB, PAYLOAD_HEX, GtkWidget)

/* Signals: "selection-changed"
 * Actions: hex.copy (as what the pointer last was on), hex.copy-text, hex.copy-hex,
 * hex.copy-c, hex.copy-python, hex.select-all. Without a selection they copy every byte. */

GtkWidget *swb_payload_hex_new (void);

/* @bytes: (nullable): nothing is selected then */
void swb_payload_hex_set_bytes (SwbPayloadHex *self, GBytes *bytes);
void swb_payload_hex_set_encoding (SwbPayloadHex *self, SwbEncoding encoding);

/**
 * swb_payload_hex_select:
 * @first: a byte
 * @n_bytes: 0 selects nothing; clamped to what is there
 */
void swb_payload_hex_select (SwbPayloadHex *self, gsize first, gsize n_bytes);

/* Returns: how many bytes are selected, from @first on */
gsize swb_payload_hex_get_selection (SwbPayloadHex *self, gsize *first);

/* (transfer full): the selected bytes, or every byte where none is */
char *swb_payload_hex_print (SwbPayloadHex *self, SwbPayloadFormat format);

G_END_DECLS
