/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"
#include "journal/filter/swb-scan-hits.h"

/* Which records of a journal are rows of a list, kept as bits: those of a pane, with or without commands, and of calls that
 * again found nothing, one behind the other, only the first. Such a group can be opened. Ten million records are some MB, and a row is
 * found by its number, or its number by the record, in O(log n). One thread at a time. */

G_BEGIN_DECLS

typedef struct _SwbRowSet SwbRowSet;

typedef struct
{
  guint pane;        /* only this pane's records; 0 for all */
  gboolean commands; /* whether commands and outcomes are rows */
  gboolean folds;    /* whether repeats are folded into one row */
} SwbRowRule;

/* Empty until the first swb_row_set_take(). */
SwbRowSet *swb_row_set_new (SwbJournal *journal, const SwbRowRule *rule);
void swb_row_set_free (SwbRowSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbRowSet, swb_row_set_free)

/**
 * swb_row_set_take:
 * @end: at most the published count
 * @max_rows: stop when so many rows came
 *
 * Looks at the records below @end that have not been looked at.
 *
 * Returns: how many rows came, all at the end
 */
guint64 swb_row_set_take (SwbRowSet *self, guint64 end, guint64 max_rows);

/**
 * swb_row_set_forget:
 * @first: a journal's first position
 *
 * Records below it have gone, and their rows with them. Of a folded group the first record that is left stands for the rest.
 *
 * Returns: by how many the rows became fewer
 */
guint64 swb_row_set_forget (SwbRowSet *self, guint64 first);

guint64 swb_row_set_get_n_seen (SwbRowSet *self);  /* records looked at */
guint64 swb_row_set_get_n_rows (SwbRowSet *self);
guint64 swb_row_set_get_n_passing (SwbRowSet *self); /* records: more than rows where some are folded */
guint64 swb_row_set_get_n_bytes (SwbRowSet *self); /* sent and received, by all that pass the rule */
guint64 swb_row_set_get_position (SwbRowSet *self, guint64 row);
guint64 swb_row_set_get_n_before (SwbRowSet *self, guint64 position); /* rows */

/* How many records the row of @position stands for when it is closed: 1 for most, and for the rows of an opened group but
 * the first. */
guint64 swb_row_set_get_n_folded (SwbRowSet *self, guint64 position);

/* The last of them. */
guint64 swb_row_set_get_last (SwbRowSet *self, guint64 position);

/* The first record of the group that @position is in; @position itself when it is in none. */
guint64 swb_row_set_get_head (SwbRowSet *self, guint64 position);

gboolean swb_row_set_is_open (SwbRowSet *self, guint64 position);

/* Opens or closes the group of the row of @position. Returns how many rows came or went behind that row. */
guint64 swb_row_set_toggle (SwbRowSet *self, guint64 position);

/* Adds to @to the records from the row of @first to that of @last, with those that a closed row stands for. */
void swb_row_set_copy (SwbRowSet *self, guint64 first, guint64 last, SwbHits *to);

G_END_DECLS
