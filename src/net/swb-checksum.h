/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The checksum of the internet, RFC 1071. Pure functions. */

G_BEGIN_DECLS

/**
 * swb_checksum_add:
 * @sum: of what came before, 0 at first; all but the last piece have an even length
 */
guint64 swb_checksum_add (guint64 sum, const guint8 *bytes, gsize n);

/* What goes into the header, in host byte order. */
guint16 swb_checksum_finish (guint64 sum);

/* The checksum of @bytes with the two at @offset taken for zero. */
guint16 swb_checksum_without (const guint8 *bytes, gsize n, gsize offset);

G_END_DECLS
