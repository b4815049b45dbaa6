/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Finding one run of bytes in a long one, at the speed of memory. A needle never changes; any thread. */

G_BEGIN_DECLS

typedef struct _SwbNeedle SwbNeedle;

/**
 * swb_needle_new:
 * @bytes: what to look for, copied; may be empty, and is then found everywhere
 * @caseless: whether ASCII letters are the same in both cases
 */
SwbNeedle *swb_needle_new (const char *bytes, gsize length, gboolean caseless);
void swb_needle_free (SwbNeedle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbNeedle, swb_needle_free)

gsize swb_needle_get_length (const SwbNeedle *self);

/* (transfer none) (nullable): the first place in @bytes where the needle is. */
const guint8 *swb_needle_find (const SwbNeedle *self, const guint8 *bytes, gsize length);

G_END_DECLS
