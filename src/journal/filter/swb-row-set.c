/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-row-set.h"

#include <errno.h>

/* Bytes are summed up every so many records, so that those of rows that go can be taken
 * off: as many as lie in one segment of the index, or fewer. */
#define SUM_SHIFT 12

struct _SwbRowSet
{
  SwbJournal *journal;
  SwbRowRule rule;
  guint64 first; /* records before it have gone */
  guint64 n_seen;
  guint64 n_bytes; /* of those that went, too */
  guint64 n_gone;  /* bytes of those */
  GArray *sums;    /* guint64: n_bytes before each 2^SUM_SHIFT positions */

  SwbHits passing; /* what the rule lets through */
  SwbHits heads;   /* of these, what repeats nothing; empty where nothing is folded */
  SwbHits shown;   /* the heads, and the groups that are open; likewise */
  guint64 last;    /* of those that pass, while there are any */
  guint64 head;
};

static gboolean
passes (const SwbRowRule *rule, const SwbEntry *entry)
{
  if (rule->pane != 0 && entry->pane != rule->pane)
    return FALSE;
  return rule->commands
         || (entry->kind != SWB_RECORD_COMMAND && entry->kind != SWB_RECORD_OUTCOME);
}

static guint
count_bytes (const SwbEntry *entry)
{
  gboolean moves
      = entry->kind == SWB_RECORD_PACKET
        || (entry->kind == SWB_RECORD_CALL && swb_call_moves_bytes (entry->what));

  return moves ? (guint)MAX (entry->result, 0) : 0;
}

/* A call that was told "not now", and the same one asked again. */
static gboolean
repeats (const SwbEntry *entry, const SwbEntry *before)
{
  return entry->kind == SWB_RECORD_CALL
         && (entry->result == -EAGAIN || entry->result == -EALREADY)
         && before->kind == SWB_RECORD_CALL && entry->what == before->what
         && entry->result == before->result && entry->fd == before->fd
         && entry->pane == before->pane && entry->connection == before->connection;
}

static SwbHits *
get_rows (SwbRowSet *self)
{
  return self->rule.folds ? &self->shown : &self->passing;
}

/* Whether @position, which repeats the record at the end, is a row: the second of a group
 * is none, those behind it are what it is. */
static gboolean
joins_open_group (SwbRowSet *self)
{
  return self->last != self->head && swb_hits_contain (&self->shown, self->last);
}

static gboolean
fold (SwbRowSet *self, guint64 position, const SwbEntry *entry)
{
  gboolean is_row;

  if (self->passing.n_hits > 0
      && repeats (entry, swb_journal_peek_entry (self->journal, self->last)))
    is_row = joins_open_group (self);
  else
    {
      swb_hits_put (&self->heads, position);
      self->head = position;
      is_row = TRUE;
    }
  if (is_row)
    swb_hits_put (&self->shown, position);
  return is_row;
}

/* There are no sums before it; those of positions that are passed over come with the next
 * one. */
static void
start_at (SwbRowSet *self, guint64 first)
{
  self->first = first;
  self->n_seen = MAX (self->n_seen, first);
}

SwbRowSet *
swb_row_set_new (SwbJournal *journal, const SwbRowRule *rule)
{
  SwbRowSet *self;

  g_return_val_if_fail (journal != NULL && rule != NULL, NULL);

  self = g_new0 (SwbRowSet, 1);
  self->journal = swb_journal_ref (journal);
  self->rule = *rule;
  self->sums = g_array_new (FALSE, FALSE, sizeof (guint64));
  start_at (self, swb_journal_get_first (journal));
  return self;
}

void
swb_row_set_free (SwbRowSet *self)
{
  swb_journal_unref (self->journal);
  swb_hits_clear (&self->passing);
  swb_hits_clear (&self->heads);
  swb_hits_clear (&self->shown);
  g_array_unref (self->sums);
  g_free (self);
}

guint64
swb_row_set_take (SwbRowSet *self, guint64 end, guint64 max_rows)
{
  guint64 n_rows = 0;

  for (; self->n_seen < end && n_rows < max_rows; self->n_seen++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, self->n_seen);

      while (self->n_seen >> SUM_SHIFT >= self->sums->len)
        g_array_append_val (self->sums, self->n_bytes);
      if (!passes (&self->rule, entry))
        continue;
      n_rows += !self->rule.folds || fold (self, self->n_seen, entry);
      swb_hits_put (&self->passing, self->n_seen);
      self->last = self->n_seen;
      self->n_bytes += count_bytes (entry);
    }
  return n_rows;
}

/* Bytes before @position. Its neighbours down to the last sum can still be read, or had
 * gone before. */
static guint64
sum_before (SwbRowSet *self, guint64 position)
{
  guint64 start = position >> SUM_SHIFT << SUM_SHIFT;
  guint64 sum;

  if (position >= self->n_seen)
    return self->n_bytes;

  sum = start > self->first ? g_array_index (self->sums, guint64, position >> SUM_SHIFT)
                            : self->n_gone;
  for (guint64 i = MAX (start, self->first); i < position; i++)
    if (swb_hits_contain (&self->passing, i))
      sum += count_bytes (swb_journal_peek_entry (self->journal, i));
  return sum;
}

/* The group whose head went goes on with its next record. */
static void
make_head (SwbRowSet *self)
{
  guint64 position;

  if (!self->rule.folds || self->passing.n_hits == 0)
    return;
  position = swb_hits_get (&self->passing, 0);
  if (!swb_hits_contain (&self->heads, position))
    swb_hits_put (&self->heads, position);
  if (!swb_hits_contain (&self->shown, position))
    swb_hits_put (&self->shown, position);
  self->head = MAX (self->head, position);
}

guint64
swb_row_set_forget (SwbRowSet *self, guint64 first)
{
  guint64 n_before = swb_row_set_get_n_rows (self);

  if (first <= self->first)
    return 0;

  self->n_gone = sum_before (self, first);
  swb_hits_drop (&self->passing, first);
  swb_hits_drop (&self->heads, first);
  swb_hits_drop (&self->shown, first);
  make_head (self);
  start_at (self, first);
  return n_before - swb_row_set_get_n_rows (self);
}

guint64
swb_row_set_get_n_seen (SwbRowSet *self)
{
  return self->n_seen;
}

guint64
swb_row_set_get_n_rows (SwbRowSet *self)
{
  return get_rows (self)->n_hits;
}

guint64
swb_row_set_get_n_passing (SwbRowSet *self)
{
  return self->passing.n_hits;
}

guint64
swb_row_set_get_n_bytes (SwbRowSet *self)
{
  return self->n_bytes - self->n_gone;
}

guint64
swb_row_set_get_position (SwbRowSet *self, guint64 row)
{
  return swb_hits_get (get_rows (self), row);
}

guint64
swb_row_set_get_n_before (SwbRowSet *self, guint64 position)
{
  return swb_hits_get_n_before (get_rows (self), position);
}

/* Where the group of the head at @position ends: before the next head. */
static guint64
get_end (SwbRowSet *self, guint64 position)
{
  guint64 next = swb_hits_get_n_before (&self->heads, position) + 1;

  return next < self->heads.n_hits ? swb_hits_get (&self->heads, next) : self->n_seen;
}

guint64
swb_row_set_get_n_folded (SwbRowSet *self, guint64 position)
{
  if (!self->rule.folds || !swb_hits_contain (&self->heads, position))
    return 1;
  return swb_hits_get_n_before (&self->passing, get_end (self, position))
         - swb_hits_get_n_before (&self->passing, position);
}

guint64
swb_row_set_get_last (SwbRowSet *self, guint64 position)
{
  guint64 n = swb_row_set_get_n_folded (self, position);

  if (n == 1)
    return position;
  return swb_hits_get (&self->passing,
                       swb_hits_get_n_before (&self->passing, position) + n - 1);
}

guint64
swb_row_set_get_head (SwbRowSet *self, guint64 position)
{
  guint64 n;

  if (!self->rule.folds || !swb_hits_contain (&self->passing, position))
    return position;
  n = swb_hits_get_n_before (&self->heads, position + 1);
  return n > 0 ? swb_hits_get (&self->heads, n - 1) : position;
}

gboolean
swb_row_set_is_open (SwbRowSet *self, guint64 position)
{
  guint64 n = swb_row_set_get_n_folded (self, position);

  return n > 1 && swb_hits_contain (&self->shown, swb_row_set_get_last (self, position));
}

guint64
swb_row_set_toggle (SwbRowSet *self, guint64 position)
{
  guint64 head = swb_row_set_get_head (self, position), end;

  if (swb_row_set_get_n_folded (self, head) == 1)
    return 0;
  end = get_end (self, head);
  if (swb_row_set_is_open (self, head))
    return swb_hits_remove_range (&self->shown, head + 1, end);
  return swb_hits_copy_range (&self->shown, &self->passing, head + 1, end);
}

void
swb_row_set_copy (SwbRowSet *self, guint64 first, guint64 last, SwbHits *to)
{
  if (!swb_row_set_is_open (self, last))
    last = swb_row_set_get_last (self, last);
  swb_hits_copy_range (to, &self->passing, first, last + 1);
}
