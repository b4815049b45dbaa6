/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "net/swb-catalog.h"

/* What this kernel answers to socket() for each triple of the catalog. Where the rules (net/swb-prediction.h) say that a
 * socket can be made without loading a module, it is made and closed, outside any journal, in a
 * worker thread: it may be forbidden in ways that no rule knows. All else is answered by the rules. So nothing is left loaded, bound or
 * open. The answers are kept until asked again. */

G_BEGIN_DECLS

/**
 * swb_probe_run:
 *
 * Blocking: reads what the kernel says of itself, then socket() and close() for some hundred triples. Any thread; the first call
 * does the work.
 */
void swb_probe_run (void);

/* Asks again, from the start: a module was loaded, a right was given. Blocking. */
void swb_probe_again (void);

/* As swb_probe_run() in a worker thread; the callback comes on the caller's context. */
void swb_probe_run_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* As swb_probe_again(); with the same finish. */
void swb_probe_again_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean swb_probe_run_finish (GAsyncResult *result, GError **error);

/**
 * swb_probe_get:
 *
 * Any triple, those of no catalog included. Any thread, no waiting.
 *
 * Returns: 0 available, an errno, or -1 when not probed yet
 */
int swb_probe_get (int domain, int type, int protocol);

/* The best answer over what lies below: 0 if any triple of the domain (with @type; -1 for
 * any) is available. -1 when not probed. */
int swb_probe_get_domain (int domain);
int swb_probe_get_type (int domain, int type);

G_END_DECLS
