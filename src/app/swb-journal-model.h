/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "app/swb-journal-row.h"
#include "journal/swb-scan.h"

/* The published records of a journal as a list model of SwbJournalRow. It keeps no object:
 * without a filter it keeps nothing but a count, with one an array of positions that grows
 * as records come. It does not follow by itself: whoever does calls
 * swb_journal_model_update(). Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_JOURNAL_MODEL (swb_journal_model_get_type ())
G_DECLARE_FINAL_TYPE (SwbJournalModel, swb_journal_model, SWB, JOURNAL_MODEL, GObject)

/* Empty until the first update. */
SwbJournalModel *swb_journal_model_new (SwbJournal *journal);

/**
 * swb_journal_model_update:
 *
 * Takes in what was published since the last time and announces it with one items-changed,
 * or none when nothing of it passes the filter. Does nothing while paused.
 */
void swb_journal_model_update (SwbJournalModel *self);

/**
 * swb_journal_model_update_some:
 * @max_rows: how many rows to add at most
 *
 * The same, but stops at @max_rows: for a view that makes its row widgets a few at a time.
 *
 * Returns: whether records are left that were not looked at
 */
gboolean swb_journal_model_update_some (SwbJournalModel *self, guint max_rows);

/**
 * swb_journal_model_forget:
 *
 * Takes the rows of records that have gone from the top, with one items-changed; also while
 * paused. The two functions above do it, too.
 */
void swb_journal_model_forget (SwbJournalModel *self);

/**
 * swb_journal_model_set_filter:
 * @pane: only this pane's records; 0 for all
 * @commands: whether commands and their outcomes are rows too
 *
 * Announced as a removal of all rows, then their addition: a single splice would have GTK
 * compare every new row with the selected one. Takes in nothing new.
 */
void swb_journal_model_set_filter (SwbJournalModel *self, guint pane, gboolean commands);

/**
 * swb_journal_model_set_scan:
 * @hits: (nullable) (transfer full): a scan of the same journal; %NULL shows every record
 *   again that swb_journal_model_set_filter() lets through
 *
 * They are the rows instead. No row may be selected. GTK looks for all rows that go among
 * those that come, so the last few come first and take their widgets, then the others; where a
 * list has few row widgets, with swb_journal_model_update_some().
 */
void swb_journal_model_set_scan (SwbJournalModel *self, SwbScan *hits);
SwbScan *swb_journal_model_get_scan (SwbJournalModel *self); /* (transfer none) (nullable) */

/* To be called by the scan's SwbScanFunc, for each call of it that added hits. */
void swb_journal_model_add_hits (SwbJournalModel *self, guint64 first_hit);

guint swb_journal_model_get_n_hits (SwbJournalModel *self);       /* 0 without a scan */
guint swb_journal_model_get_n_unfiltered (SwbJournalModel *self); /* rows without a scan */

/* While paused the model stands still; going on catches up with one items-changed. */
void swb_journal_model_set_paused (SwbJournalModel *self, gboolean paused);
gboolean swb_journal_model_get_paused (SwbJournalModel *self);

/* Bytes that the rows sent and received, without a scan. */
guint64 swb_journal_model_get_n_bytes (SwbJournalModel *self);

/**
 * swb_journal_model_find:
 * @position: a record's position
 * @index: (out): its row, or where it would be
 *
 * Returns: whether it is a row
 */
gboolean swb_journal_model_find (SwbJournalModel *self, guint64 position, guint *index);

/* The record of row @index, which must be below the count. */
guint64 swb_journal_model_get_position (SwbJournalModel *self, guint index);

G_END_DECLS
