/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* SIGINT, SIGTERM and SIGHUP while a recording is read or written: the first one cancels the work, so that what is half made
 * goes again; the second one ends the process. One of it in a process, main thread. */

G_BEGIN_DECLS

void swb_interrupt_init (void);

/* The signal that came; 0 for none. */
int swb_interrupt_get_signal (void);

/* (transfer none): cancelled by the signal, whatever the main thread waits for; its main context is woken */
GCancellable *swb_interrupt_get_cancellable (void);

G_END_DECLS
