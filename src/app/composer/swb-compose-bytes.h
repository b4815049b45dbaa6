/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-payload.h"

/* What was written in several lines, as bytes. Pure function, any thread. */

G_BEGIN_DECLS

/**
 * swb_compose_bytes_read:
 * @text: lines that end in \n
 * @line_end: what stands at the end, and where it is CR or CRLF between the lines, too
 * @place: (out): on error where in @text, in bytes
 * @error: as of swb_payload_from_text()
 *
 * Returns: (transfer full) (nullable): as of swb_payload_from_text()
 */
GBytes *swb_compose_bytes_read (const char *text, SwbEncoding encoding, SwbLineEnd line_end,
                                gsize *place, GError **error);

G_END_DECLS
