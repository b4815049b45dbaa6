/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* SIGINT, SIGTERM and SIGHUP while a recording is read or written: the first one ends the work, and what was half made goes
 * again; the second one ends the process. One of it in a process, main thread. */

G_BEGIN_DECLS

void swb_interrupt_init (void);

/* The signal that came; 0 for none. */
int swb_interrupt_get_signal (void);

/* (transfer none): for the functions that are told of swb_interrupt_progress() */
GCancellable *swb_interrupt_get_cancellable (void);

/* An SwbProgressFunc that cancels the above once a signal has come. */
void swb_interrupt_progress (guint64 done, guint64 total, gpointer user_data);

G_END_DECLS
