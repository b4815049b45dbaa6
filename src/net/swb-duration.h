/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Lengths of time as people write them: `500ms`, `2s`, `1.5s`, `100us`, `3min`, `1h`. Any thread. */

G_BEGIN_DECLS

#define SWB_DURATION_MAX_NS (G_GINT64_CONSTANT (1000000000) * 1000000000)

/* What is wrong with a text. */
typedef enum
{
  SWB_DURATION_RIGHT,
  SWB_DURATION_NO_NUMBER,
  SWB_DURATION_NO_UNIT,
  SWB_DURATION_WRONG_UNIT,
  SWB_DURATION_TOO_FINE, /* parts of a nanosecond */
  SWB_DURATION_TOO_LONG, /* beyond %SWB_DURATION_MAX_NS */
} SwbDurationFault;

/**
 * swb_duration_read:
 * @text: a number, with a fraction or without, and a unit: ns, us, µs, ms, s, min, h
 * @duration_ns: (out): untouched where something is wrong
 */
SwbDurationFault swb_duration_read (const char *text, gint64 *duration_ns);

/**
 * swb_duration_read_fraction:
 * @text: (inout): at the digits behind a point; afterwards behind them
 * @unit_ns: what the digit in front of the point counts
 * @ns: (out): what the fraction is
 *
 * Returns: %FALSE where it is finer than a nanosecond
 */
gboolean swb_duration_read_fraction (const char **text, gint64 unit_ns, gint64 *ns);

/**
 * swb_duration_parse:
 * @duration_ns: (out): untouched on failure
 * @error: SWB_ERROR_SYNTAX, or RANGE beyond %SWB_DURATION_MAX_NS
 *
 * swb_duration_read(), with a sentence that says what is wrong.
 */
gboolean swb_duration_parse (const char *text, gint64 *duration_ns, GError **error);

/* (transfer full): the shortest form that parses to the same number of ns. */
char *swb_duration_print (gint64 duration_ns);

G_END_DECLS
