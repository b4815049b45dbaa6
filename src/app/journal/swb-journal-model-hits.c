/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-model-private.h"

#include "app/widgets/swb-row-ration.h"

/* A scan's hits are the rows. */

guint
swb_journal_model_count_hits (SwbJournalModel *self)
{
  guint64 n = self->paused
                  ? swb_scan_get_n_before (self->scan, swb_row_set_get_n_seen (self->set))
                  : swb_scan_get_n_hits (self->scan);

  return (guint)MIN (n, MAX_ROWS);
}

void
swb_journal_model_add_at_end (SwbJournalModel *self)
{
  guint n_rows = self->n_showing;
  guint n_told = self->n_hidden + n_rows;
  guint n_hits = swb_journal_model_count_hits (self);

  if (n_hits <= n_told)
    return;
  self->n_showing += n_hits - n_told;
  g_list_model_items_changed (G_LIST_MODEL (self), n_rows, 0, n_hits - n_told);
}

void
swb_journal_model_set_scan (SwbJournalModel *self, SwbScan *hits)
{
  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->scan == hits)
    return;
  swb_journal_model_begin_replacing (self);
  g_clear_pointer (&self->scan, swb_scan_free);
  self->scan = hits;
  swb_journal_model_replace_rows (self);
}

void
swb_journal_model_add_hits (SwbJournalModel *self, guint64 first_hit)
{
  guint n_added, index, n_dropped;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self) && self->scan != NULL);

  n_added = swb_journal_model_count_hits (self) - (self->n_hidden + self->n_showing);
  if (n_added == 0)
    return;
  if (first_hit < self->n_hidden)
    {
      self->n_hidden += n_added;
      return;
    }
  index = (guint)first_hit - self->n_hidden;
  n_dropped = 0;
  if (self->n_hidden > 0 || n_added > swb_row_ration_get (self->n_showing))
    {
      guint n_left = MIN (n_added, SWB_ROW_RATION_STEP);

      self->n_hidden += index + n_added - n_left;
      n_dropped = index;
      index = 0;
      n_added = n_left;
    }
  self->n_showing = self->n_showing - n_dropped + n_added;
  g_list_model_items_changed (G_LIST_MODEL (self), index, n_dropped, n_added);
}

SwbScan *
swb_journal_model_get_scan (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), NULL);
  return self->scan;
}

guint
swb_journal_model_get_n_hits (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), 0);
  return self->n_hidden + self->n_showing;
}
