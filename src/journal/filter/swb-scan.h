/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/filter/swb-filter.h"
#include "journal/filter/swb-scan-hits.h"

/* The records of a journal that pass a filter, found by worker threads and kept up to date while the journal grows. A scan
 * belongs to the thread that made it, which needs a running main context (its thread-default one): hits are taken over and told there, and
 * everything below is called there. Hits are always in the order of records, whatever the order they are found in; they are held as
 * bits, so that ten million of them cost a few MB. */

G_BEGIN_DECLS

typedef struct _SwbScan SwbScan;

/**
 * SwbScanFunc:
 * @first_hit: number of the first new hit, among all hits as they are now
 * @n_added: how many came, one behind the other; 0 when the scan only got on or ended
 *
 * What a list model hands on as items-changed (first_hit, 0, n_added). May free @scan.
 */
typedef void (*SwbScanFunc) (SwbScan *scan, guint64 first_hit, guint64 n_added, gpointer user_data);

/**
 * swb_scan_new:
 * @visible_first: a position: records on the screen are looked at before all others, then the newest first
 * @n_visible: how many are on the screen; 0 for none
 * @interval_us: least time between two rounds of calls of @func in µs; 16,667 for a screen. A round has a call for each stretch of
 *   records that was gone through, usually one
 * @func: (nullable): told of hits, never before this returns
 *
 * Begins at once, with the first record that there is, and goes on with every record that comes. References @journal and @filter.
 */
SwbScan *swb_scan_new (SwbJournal *journal, SwbFilter *filter, guint64 visible_first, guint64 n_visible, gint64 interval_us,
                       SwbScanFunc func, gpointer user_data);

/* Ends the scan: @func is not called any more. Doesn't wait for workers; they stop within a block of records. */
void swb_scan_free (SwbScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbScan, swb_scan_free)

/* Whether all records that were announced have been looked at. A growing journal makes it untrue again. */
gboolean swb_scan_is_done (SwbScan *self);

guint64 swb_scan_get_n_scanned (SwbScan *self);
guint64 swb_scan_get_n_records (SwbScan *self); /* that it knows of: the whole of the progress */
guint64 swb_scan_get_n_hits (SwbScan *self);

/* Records that a regex gave up on, since it took too many steps; they count as no hits. */
guint64 swb_scan_get_n_undecided (SwbScan *self);

/* The position of a hit: @number below the number of hits. O(log of records). */
guint64 swb_scan_get_hit (SwbScan *self, guint64 number);

/* How many hits are before @position: its own number, if it is a hit. */
guint64 swb_scan_get_n_before (SwbScan *self, guint64 position);

gboolean swb_scan_is_hit (SwbScan *self, guint64 position);

/* Adds to @to the hits from @first up to but not @end. */
void swb_scan_copy_hits (SwbScan *self, guint64 first, guint64 end, SwbHits *to);

/**
 * swb_scan_forget:
 * @position: a journal's first position
 *
 * Records below have gone: the first hits go, too, and none comes there any more. Nothing else takes hits away.
 *
 * Returns: how many went
 */
guint64 swb_scan_forget (SwbScan *self, guint64 position);

G_END_DECLS
