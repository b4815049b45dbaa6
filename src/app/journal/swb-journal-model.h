/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

#include "app/journal/swb-journal-row.h"
#include "journal/filter/swb-row-set.h"
#include "journal/filter/swb-scan.h"

/* The published records of a journal as a list model of SwbJournalRow. It keeps no object,
 * but bits: which records are rows. It does not follow by itself: whoever does calls
 * swb_journal_model_update(). Where there is much to look at (a long journal that is opened, or
 * shown by another rule), a worker does, and what was shown stays until it is done. Main
 * thread.
 *
 * Signals:
 *   "replacing": all rows are about to go, for others
 *   "replaced": they have; more may be left for swb_journal_model_update_some() */

G_BEGIN_DECLS

#define SWB_TYPE_JOURNAL_MODEL (swb_journal_model_get_type ())
G_DECLARE_FINAL_TYPE (SwbJournalModel, swb_journal_model, SWB, JOURNAL_MODEL, GObject)

/* Empty until the first update. */
SwbJournalModel *swb_journal_model_new (SwbJournal *journal);

/**
 * swb_journal_model_update:
 *
 * Takes in what was published since the last time and announces it with one items-changed,
 * or none when nothing of it passes the filter. While paused, only what was seen before.
 */
void swb_journal_model_update (SwbJournalModel *self);

/**
 * swb_journal_model_update_some:
 * @max_rows: how many rows to announce at most
 *
 * The same, for a view that makes its row widgets a few at a time. Records are counted as
 * they come, whatever @max_rows is; of very many, a part.
 *
 * Returns: whether there was more; records that came since this call began are not meant
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
 * Takes in nothing new. Does not wait for a worker: see the signals.
 */
void swb_journal_model_set_filter (SwbJournalModel *self, guint pane, gboolean commands);

/* Whether repeats of a call that found nothing are one row. Not while a scan is set: it shows
 * every hit. */
void swb_journal_model_set_folds (SwbJournalModel *self, gboolean folds);

/* How many records the row of @position stands for; 1 for most. @is_open: (out) (optional) */
guint64 swb_journal_model_get_n_folded (SwbJournalModel *self, guint64 position,
                                        gboolean *is_open);

/* How long after the first of them the last one came, in ns. */
gint64 swb_journal_model_get_folded_ns (SwbJournalModel *self, guint64 position);

/* Whether a call and its repeats are there, and @position is one of them. */
gboolean swb_journal_model_is_in_group (SwbJournalModel *self, guint64 position);

/* Opens or closes the group of repeats that @position is in. Returns whether there is one.
 * The first row of it is to be shown anew: nothing tells of that. */
gboolean swb_journal_model_toggle (SwbJournalModel *self, guint64 position);

/* Opens the group that hides @position, if one does. */
void swb_journal_model_reveal (SwbJournalModel *self, guint64 position);

/**
 * swb_journal_model_set_scan:
 * @hits: (nullable) (transfer full): a scan of the same journal; %NULL shows every record
 *   again that swb_journal_model_set_filter() lets through
 *
 * They are the rows instead. GTK looks for all rows that go among
 * those that come, so the last few come first and take their widgets, then the others; where a
 * list has few row widgets, with swb_journal_model_update_some().
 */
void swb_journal_model_set_scan (SwbJournalModel *self, SwbScan *hits);
SwbScan *swb_journal_model_get_scan (SwbJournalModel *self); /* (transfer none) (nullable) */

/* To be called by the scan's SwbScanFunc, for each call of it that added hits. */
void swb_journal_model_add_hits (SwbJournalModel *self, guint64 first_hit);

guint swb_journal_model_get_n_hits (SwbJournalModel *self);       /* 0 without a scan */
guint swb_journal_model_get_n_unfiltered (SwbJournalModel *self); /* records without a scan */

/* While paused the model stands still; going on catches up with one items-changed, where that
 * is much with swb_journal_model_update_some(). */
void swb_journal_model_set_paused (SwbJournalModel *self, gboolean paused);
gboolean swb_journal_model_get_paused (SwbJournalModel *self);

/* Whether the record came before the model stood still. */
gboolean swb_journal_model_has_seen (SwbJournalModel *self, guint64 position);

/* Bytes that the rows sent and received, without a scan. */
guint64 swb_journal_model_get_n_bytes (SwbJournalModel *self);

/**
 * swb_journal_model_find:
 * @position: a record's position
 * @index: (out): its row, or the next one's
 *
 * Returns: whether it is a row
 */
gboolean swb_journal_model_find (SwbJournalModel *self, guint64 position, guint *index);

/* Adds to @to the records of @n rows from @index on, with those that are folded into them. */
void swb_journal_model_copy_rows (SwbJournalModel *self, guint index, guint n, SwbHits *to);

/* The record of row @index, which must be below the count. */
guint64 swb_journal_model_get_position (SwbJournalModel *self, guint index);

G_END_DECLS
