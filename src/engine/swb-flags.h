/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The flags that the engine gives to send and recv on its own, of which not every domain takes all. Plain functions of
 * the triple, any thread. */

G_BEGIN_DECLS

/* MSG_NOSIGNAL, or 0 where the kernel refuses what it does not know (EINVAL, EOPNOTSUPP). The engine's thread
 * has SIGPIPE blocked for those. */
int swb_flags_get_sending (int domain);

/* MSG_TRUNC, with which a call returns the whole length of a message that does not fit; or 0 where it
 * is refused, or has another meaning. */
int swb_flags_get_receiving (int domain, int type, int protocol);

G_END_DECLS
