/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"
#include "journal/filter/swb-filter.h"

G_BEGIN_DECLS

/**
 * swb_filter_names_new_for_bench:
 * @with_addresses: whether the filter asks for addresses; ten thousand connections take a while
 *
 * What a filter must be told of a bench. Panes are looked up by name or by title while the
 * filter is parsed, on the bench's thread; the addresses are a copy made here, which workers
 * may read, and so they know nothing that came later.
 */
SwbFilterNames *swb_filter_names_new_for_bench (SwbBench *bench, gboolean with_addresses);

/* Whether a filter may ask for addresses, by its text. */
gboolean swb_filter_names_are_asked (const char *filter);

/* A number that changes when the addresses of @bench may have. */
guint64 swb_filter_names_get_stamp (SwbBench *bench);

G_END_DECLS
