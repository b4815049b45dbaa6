/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The bytes at a place, read as numbers. A pure function. */

G_BEGIN_DECLS

/**
 * swb_payload_inspect:
 * @data: @n_bytes bytes; those behind the eighth don't count
 * @big_endian: the byte order
 *
 * Returns: (transfer full): "u16 25960  u32 1819043176", as far as there are bytes, or with a
 * sign "i16 −257"; empty for less than two
 */
char *swb_payload_inspect (const guint8 *data, gsize n_bytes, gboolean big_endian,
                           gboolean is_signed);

G_END_DECLS
