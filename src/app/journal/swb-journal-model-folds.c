/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-model-private.h"

/* A call and its repeats are one row, which opens. */

guint64
swb_journal_model_get_n_folded (SwbJournalModel *self, guint64 position, gboolean *is_open)
{
  guint64 n;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), 1);

  n = self->scan != NULL ? 1 : swb_row_set_get_n_folded (self->set, position);
  if (is_open != NULL)
    *is_open = n > 1 && swb_row_set_is_open (self->set, position);
  return n;
}

gint64
swb_journal_model_get_folded_ns (SwbJournalModel *self, guint64 position)
{
  guint64 last;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), 0);

  last = swb_row_set_get_last (self->set, position);
  return swb_journal_peek_entry (self->journal, last)->time_ns
         - swb_journal_peek_entry (self->journal, position)->time_ns;
}

gboolean
swb_journal_model_is_in_group (SwbJournalModel *self, guint64 position)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);

  if (self->scan != NULL || self->n_hidden > 0)
    return FALSE;
  position = swb_row_set_get_head (self->set, position);
  return swb_row_set_get_n_folded (self->set, position) > 1;
}

gboolean
swb_journal_model_toggle (SwbJournalModel *self, guint64 position)
{
  gboolean was_open;
  guint64 head;
  guint n, index, n_behind;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);

  if (!swb_journal_model_is_in_group (self, position))
    return FALSE;
  head = swb_row_set_get_head (self->set, position);
  was_open = swb_row_set_is_open (self->set, head);
  n = (guint)swb_row_set_toggle (self->set, head);
  if (!swb_journal_model_find (self, head, &index))
    return TRUE; /* a row that is yet to come */
  n_behind = self->n_showing - index - 1;
  if (was_open)
    n = MIN (n, n_behind);
  self->n_showing = was_open ? self->n_showing - n : self->n_showing + n;
  g_list_model_items_changed (G_LIST_MODEL (self), index + 1, was_open ? n : 0,
                              was_open ? 0 : n);
  return TRUE;
}

void
swb_journal_model_reveal (SwbJournalModel *self, guint64 position)
{
  guint index;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->rule.folds && self->scan == NULL
      && !swb_journal_model_find (self, position, &index))
    swb_journal_model_toggle (self, position);
}
