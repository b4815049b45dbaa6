/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-error.h"

/* clang-format off: it would put spaces into the names */
G_DEFINE_QUARK (swb-errno-quark, swb_errno)
G_DEFINE_QUARK (swb-error-quark, swb_error)
/* clang-format on */
