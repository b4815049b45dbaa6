/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-row-set.h"

#include <errno.h>

struct _SwbRowSet
{
  SwbJournal *journal;
  SwbRowRule rule;
  guint64 n_seen;
  guint64 n_bytes;

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
  SwbDataUse use;

  if (entry->kind == SWB_RECORD_PACKET)
    return (guint)MAX (entry->result, 0);
  if (entry->kind != SWB_RECORD_CALL || entry->result <= 0)
    return 0;
  use = swb_call_get_info (entry->what)->data;
  return use == SWB_DATA_IN || use == SWB_DATA_OUT ? (guint)entry->result : 0;
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

SwbRowSet *
swb_row_set_new (SwbJournal *journal, const SwbRowRule *rule)
{
  SwbRowSet *self;

  g_return_val_if_fail (journal != NULL && rule != NULL, NULL);

  self = g_new0 (SwbRowSet, 1);
  self->journal = swb_journal_ref (journal);
  self->rule = *rule;
  return self;
}

void
swb_row_set_free (SwbRowSet *self)
{
  swb_journal_unref (self->journal);
  swb_hits_clear (&self->passing);
  swb_hits_clear (&self->heads);
  swb_hits_clear (&self->shown);
  g_free (self);
}

const SwbRowRule *
swb_row_set_get_rule (SwbRowSet *self)
{
  return &self->rule;
}

guint64
swb_row_set_take (SwbRowSet *self, guint64 end, guint64 max_rows)
{
  guint64 n_rows = 0;

  for (; self->n_seen < end && n_rows < max_rows; self->n_seen++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, self->n_seen);

      if (!passes (&self->rule, entry))
        continue;
      n_rows += !self->rule.folds || fold (self, self->n_seen, entry);
      swb_hits_put (&self->passing, self->n_seen);
      self->last = self->n_seen;
      self->n_bytes += count_bytes (entry);
    }
  return n_rows;
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
  return self->n_bytes;
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
