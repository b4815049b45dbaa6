/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "net/swb-catalog.h"

/* What this kernel answers to socket() for each triple of the catalog. Probing makes and
 * closes sockets, outside any journal, in a worker thread; the answers are kept for the
 * life of the process. */

G_BEGIN_DECLS

/**
 * swb_probe_run:
 *
 * Blocking: socket() and close() for all triples of the catalog. Any thread; the first call
 * does the work.
 */
void swb_probe_run (void);

/* The same in a worker thread; the callback comes on the caller's context. */
void swb_probe_run_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean swb_probe_run_finish (GAsyncResult *result, GError **error);

/**
 * swb_probe_get:
 *
 * Returns: 0 available, an errno, or -1 when not probed yet. Any thread, no waiting.
 */
int swb_probe_get (int domain, int type, int protocol);

/* The best answer over what lies below: 0 if any triple of the domain (with @type; -1 for
 * any) is available. -1 when not probed. */
int swb_probe_get_domain (int domain);
int swb_probe_get_type (int domain, int type);

G_END_DECLS
