/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-error.h"

/* The formatter would put spaces into the names. */
/* clang-format off */
G_DEFINE_QUARK (swb-errno-quark, swb_errno)
G_DEFINE_QUARK (swb-error-quark, swb_error)
/* clang-format on */
