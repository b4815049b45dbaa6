/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As g_date_time_new_from_unix_local(), for those who print a time in hundreds of rows a frame:
 * the zone, two system calls on a file, is looked up once a second. Main thread. Returns:
 * (transfer full) (nullable) */
GDateTime *swb_local_time_new (gint64 unix_seconds);

G_END_DECLS
