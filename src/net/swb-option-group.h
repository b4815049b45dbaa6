/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Values of the MCAST_* options, RFC 3678: of either IP, with an interface by number. For swb-option-value.c
 * alone. */

G_BEGIN_DECLS

/* "239.1.2.3 eth0", and with a source "232.1.2.3 eth0 192.0.2.1": struct group_req, struct group_source_req. */
GBytes *swb_option_parse_group (const char *text, gboolean has_source, GError **error);

/* (transfer full) (nullable): %NULL where it has no such text */
char *swb_option_print_group (const guint8 *data, gboolean has_source);

G_END_DECLS
