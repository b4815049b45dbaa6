/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/bytes/swb-byte-grid.h"

/* Bytes as hex and as text side by side, in lines of 8, 16 or 32: as many as fit, or as was
 * asked for; selected in both parts at once. It reads and draws the lines in sight only, so
 * the largest payload opens as fast as the smallest. Bytes that have a direction stand on its
 * colour. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_PAYLOAD_HEX (swb_payload_hex_get_type ())
G_DECLARE_FINAL_TYPE (SwbPayloadHex, swb_payload_hex, SWB, PAYLOAD_HEX, SwbByteGrid)

GtkWidget *swb_payload_hex_new (void);

/* @bytes: (nullable): as their source */
void swb_payload_hex_set_bytes (SwbPayloadHex *self, GBytes *bytes);

/* @per_line: 8, 16, 32, or 0 for as many as fit */
void swb_payload_hex_set_per_line (SwbPayloadHex *self, guint per_line);
guint swb_payload_hex_get_per_line (SwbPayloadHex *self); /* as shown */

G_END_DECLS
