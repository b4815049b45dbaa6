/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "bench/swb-pane.h"

/* The receive buffer of a pane's datagram socket: what was asked for, what the kernel gave
 * and why, and an entry to ask for another size. A popover of the pane's menu button. */

G_BEGIN_DECLS

#define SWB_TYPE_RECEIVE_BUFFER (swb_receive_buffer_get_type ())
G_DECLARE_FINAL_TYPE (SwbReceiveBuffer, swb_receive_buffer, SWB, RECEIVE_BUFFER, GtkPopover)

/* Signals: "asked" (bytes: int) — a person wants that much. */

GtkWidget *swb_receive_buffer_new (void);

/* Says what @pane has now, and pops up. */
void swb_receive_buffer_present (SwbReceiveBuffer *self, SwbPane *pane);

/**
 * swb_receive_buffer_explain:
 * @asked: bytes; 0: no socket has asked yet
 * @given: bytes as getsockopt() told; 0: unknown
 * @most: net.core.rmem_max in bytes; 0: unknown
 *
 * Returns: (transfer full): sentences
 */
char *swb_receive_buffer_explain (int asked, int given, int most);

/* "4 MiB", "64k", "65536" → bytes. Returns: %FALSE when @text is no size of 1 byte to 1 GiB. */
gboolean swb_receive_buffer_parse (const char *text, int *bytes);

G_END_DECLS
