/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-call.h"

/* Errnos as names and as sentences. Plain functions, any thread, nothing fails. */

G_BEGIN_DECLS

/* The kernel has none above 4095. What a damaged file says beyond this is taken for this: names are kept for ever. */
#define SWB_ERRNO_MAX 9999

/**
 * swb_errno_name:
 * @error: an errno
 *
 * Returns: (transfer none): the symbolic name, such as "EADDRINUSE"; "ERRNO_4242" for a number
 *   that has none. Never %NULL.
 */
const char *swb_errno_name (int error);

/**
 * swb_errno_from_name:
 * @name: "ECONNREFUSED", case matters
 *
 * Returns: the errno, or 0 when @name is none
 */
int swb_errno_from_name (const char *name);

/**
 * swb_errno_explain:
 * @call: the call that answered
 * @error: the errno it answered with
 *
 * What this errno means from this call, for a person who sees it the first time. Translated.
 * Follows the ERRORS sections of the call's man page.
 *
 * Returns: (transfer none): a whole sentence; falls back to g_strerror(). Never %NULL.
 */
const char *swb_errno_explain (SwbCall call, int error);

/**
 * swb_errno_is_explained:
 *
 * Returns: whether swb_errno_explain() has a sentence of this call (or of the call it shares its
 *   man page with), and not one that holds for all calls
 */
gboolean swb_errno_is_explained (SwbCall call, int error);

/**
 * swb_errno_remedy:
 *
 * Returns: (transfer none) (nullable): a sentence that says what to do about it, where
 *   there is something to do
 */
const char *swb_errno_remedy (SwbCall call, int error);

G_END_DECLS
