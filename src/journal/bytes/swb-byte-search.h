/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/bytes/swb-byte-source.h"
#include "net/swb-payload.h"

/* Every place where some bytes stand in a byte source, found by a worker in slices, so that
 * the first places are known at once. Places don't overlap. Belongs to the thread that made it,
 * whose main context has to run. */

G_BEGIN_DECLS

#define SWB_BYTE_SEARCH_MAX_HITS 1000000u

#define SWB_TYPE_BYTE_SEARCH (swb_byte_search_get_type ())
G_DECLARE_FINAL_TYPE (SwbByteSearch, swb_byte_search, SWB, BYTE_SEARCH, GObject)

/* Signals: "changed": more was found, or the search is done */

/**
 * swb_byte_search_new:
 * @needle: what to look for; at least one byte
 * @caseless: whether ASCII letters are the same in both cases
 */
SwbByteSearch *swb_byte_search_new (SwbByteSource *source, GBytes *needle,
                                    gboolean caseless);

/* To be called when the source has grown. */
void swb_byte_search_extend (SwbByteSearch *self);

/* No signal comes any more. */
void swb_byte_search_stop (SwbByteSearch *self);

gboolean swb_byte_search_is_done (SwbByteSearch *self);
gsize swb_byte_search_get_needle_length (SwbByteSearch *self);

/* No more than %SWB_BYTE_SEARCH_MAX_HITS are kept; the search ends there. */
guint swb_byte_search_get_n_hits (SwbByteSearch *self);
guint64 swb_byte_search_get_hit (SwbByteSearch *self, guint index);

/* How many hits begin before @offset: the index of the first one that does not. */
guint swb_byte_search_count_before (SwbByteSearch *self, guint64 offset);

/**
 * swb_byte_search_parse:
 * @text: what a person typed: text, or "hex:0d0a"
 * @encoding: what text is looked for in
 * @error: SWB_ERROR_SYNTAX or ENCODING
 *
 * Returns: (transfer full) (nullable): the bytes, which may be none
 */
GBytes *swb_byte_search_parse (const char *text, SwbEncoding encoding, GError **error);

G_END_DECLS
