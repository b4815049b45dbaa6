/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Lengths of time as people write them: `500ms`, `2s`, `1.5s`, `100us`, `3min`. Any thread. */

G_BEGIN_DECLS

#define SWB_DURATION_MAX_NS (G_GINT64_CONSTANT (1000000000) * 1000000000)

/**
 * swb_duration_parse:
 * @text: a number, with a fraction or without, and a unit: ns, us, µs, ms, s, min
 * @duration_ns: (out): the duration
 * @error: SWB_ERROR_SYNTAX, or RANGE beyond %SWB_DURATION_MAX_NS
 */
gboolean swb_duration_parse (const char *text, gint64 *duration_ns, GError **error);

/* (transfer full): the shortest form that parses to the same number of ns. */
char *swb_duration_print (gint64 duration_ns);

G_END_DECLS
