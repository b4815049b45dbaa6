/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-selection.h"

#include "app/journal/swb-journal-view-private.h"

gsize
swb_journal_view_get_n_selected (SwbJournalView *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_VIEW (self), 0);

  return swb_row_selection_get_n_selected (self->selection);
}

gsize
swb_journal_view_get_n_shown (SwbJournalView *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_VIEW (self), 0);

  return self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
}

/* Side by side, as a click with Shift or Ctrl+A selects them, they are copied as they lie.
 */
void
swb_journal_selection_copy (SwbJournalView *self, SwbHits *records)
{
  GtkBitset *rows = swb_row_selection_get_rows (self->selection);
  guint first = gtk_bitset_get_minimum (rows), last = gtk_bitset_get_maximum (rows);
  GtkBitsetIter iter;
  guint index;

  if (gtk_bitset_get_size (rows) == (guint64)last - first + 1)
    {
      swb_journal_model_copy_rows (self->model, first, last - first + 1, records);
      return;
    }
  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &index); more;
       more = gtk_bitset_iter_next (&iter, &index))
    swb_journal_model_copy_rows (self->model, index, 1, records);
}

/* Takes what @records has. */
static guint64 *
list_positions (SwbHits *records, gsize *n_positions)
{
  guint64 *positions = g_new (guint64, records->n_hits);
  gsize n = 0;

  for (guint64 position = 0; swb_hits_next (records, &position); position++)
    positions[n++] = position;
  swb_hits_clear (records);
  *n_positions = n;
  return positions;
}

guint64 *
swb_journal_view_get_selected_positions (SwbJournalView *self, gsize *n_positions)
{
  SwbHits records = { 0 };

  *n_positions = 0;
  if (swb_journal_view_get_n_selected (self) == 0)
    return NULL;
  swb_journal_selection_copy (self, &records);
  return list_positions (&records, n_positions);
}

guint64 *
swb_journal_view_get_shown_positions (SwbJournalView *self, gsize *n_positions)
{
  guint n_rows = (guint)swb_journal_view_get_n_shown (self);
  SwbHits records = { 0 };

  *n_positions = 0;
  if (n_rows == 0)
    return NULL;
  swb_journal_model_copy_rows (self->model, 0, n_rows, &records);
  return list_positions (&records, n_positions);
}

gboolean
swb_journal_view_is_filtered (SwbJournalView *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_VIEW (self), FALSE);

  return self->pane != NULL || swb_journal_filter_is_on (self);
}
