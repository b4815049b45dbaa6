/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "net/swb-option.h"

/* The options of a fresh socket: what a socket of a triple has that nobody changed. As the probe (swb-probe.h), a
 * socket is made for it, read and closed, outside any journal and in a worker thread. */

G_BEGIN_DECLS

typedef struct _SwbFreshOptions SwbFreshOptions; /* constant once made; atomically reference-counted */

SwbFreshOptions *swb_fresh_options_ref (SwbFreshOptions *self);
void swb_fresh_options_unref (SwbFreshOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbFreshOptions, swb_fresh_options_unref)

/**
 * swb_fresh_options_read:
 * @may_load: whether to make the socket also where the kernel would first load a module for it; as there is one
 *   already, it has
 * @error: SWB_ERRNO of socket(); SWB_ERROR_UNKNOWN where a module would have to be loaded
 *
 * Reads the options of all levels that apply to the triple, those aside whose reading has an effect. Blocking; the answers are kept
 * for the triple, since what a fresh socket has seldom changes.
 *
 * Returns: (transfer full) (nullable)
 */
SwbFreshOptions *swb_fresh_options_read (int domain, int type, int protocol, gboolean may_load,
                                         GError **error);

/* The same in a worker thread; the callback comes on the caller's context. */
void swb_fresh_options_read_async (int domain, int type, int protocol, gboolean may_load,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SwbFreshOptions *swb_fresh_options_read_finish (GAsyncResult *result, GError **error);

/* (transfer none) (nullable): the option's value; NULL for one that cannot be read, with @error its errno, or 0
 * where it was not asked for */
GBytes *swb_fresh_options_get (SwbFreshOptions *self, const SwbOption *option, int *error);

G_END_DECLS
