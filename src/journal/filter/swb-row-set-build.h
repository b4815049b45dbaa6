/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "journal/filter/swb-row-set.h"

G_BEGIN_DECLS

/**
 * swb_row_set_build_async:
 * @set: (transfer full): nobody else may use it until it is handed back
 * @end: at most the published count
 * @cancellable: ends it early
 * @done: called in any case, without a source object: a worker can be the last one that lets go of that
 *
 * Has a worker take the records below @end.
 */
void swb_row_set_build_async (SwbRowSet *set, guint64 end, GCancellable *cancellable,
                              GAsyncReadyCallback done, gpointer user_data);

/* (transfer full): the set; of a build that was cancelled with less in it */
SwbRowSet *swb_row_set_build_finish (GAsyncResult *result);

G_END_DECLS
