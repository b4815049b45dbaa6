/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"

/* Who holds a local address: read from /proc/net/{tcp,tcp6,udp,udp6,udplite,unix} and /proc/PID/fd.
 * Reads files only, but many: call it from a worker thread. */

G_BEGIN_DECLS

/**
 * swb_holder_describe:
 * @type: SOCK_STREAM, SOCK_DGRAM…
 * @protocol: 0 or the protocol
 * @address: a local address that is in use
 *
 * Returns: (transfer full) (nullable): a sentence such as "127.0.0.1:7000 is held by python3
 *   (process 4242)", or "… by a process of another user" when /proc does not tell, or that it's in TIME_WAIT;
 *   %NULL when nothing holds it (any more)
 */
char *swb_holder_describe (int type, int protocol, const SwbAddress *address);

/**
 * swb_holder_path_is_stale:
 *
 * Returns: %TRUE when @address is a unix path, a socket file stands there, and no socket of this
 *   system is bound to it: /proc/net/unix, unix(7). A socket of another network namespace (a
 *   container) that shares the folder is not in that table
 */
gboolean swb_holder_path_is_stale (const SwbAddress *address);

G_END_DECLS
