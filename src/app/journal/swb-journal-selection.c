/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-selection.h"

#include "app/journal/swb-journal-view-private.h"

static GtkBitset *
get_selection (SwbJournalView *self)
{
  return gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
}

gsize
swb_journal_view_get_n_selected (SwbJournalView *self)
{
  g_autoptr (GtkBitset) selection = NULL;

  g_return_val_if_fail (SWB_IS_JOURNAL_VIEW (self), 0);

  if (self->model == NULL)
    return 0;
  selection = get_selection (self);
  return gtk_bitset_get_size (selection);
}

gsize
swb_journal_view_get_n_shown (SwbJournalView *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_VIEW (self), 0);

  return self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
}

guint64 *
swb_journal_view_get_selected_positions (SwbJournalView *self, gsize *n_positions)
{
  gsize n = swb_journal_view_get_n_selected (self);
  g_autoptr (GtkBitset) selection = NULL;
  guint64 *positions;
  GtkBitsetIter iter;
  gboolean has_next;
  guint index;

  *n_positions = n;
  if (n == 0)
    return NULL;

  selection = get_selection (self);
  positions = g_new (guint64, n);
  has_next = gtk_bitset_iter_init_first (&iter, selection, &index);
  for (gsize i = 0; has_next; i++)
    {
      positions[i] = swb_journal_model_get_position (self->model, index);
      has_next = gtk_bitset_iter_next (&iter, &index);
    }
  return positions;
}

guint64 *
swb_journal_view_get_shown_positions (SwbJournalView *self, gsize *n_positions)
{
  gsize n = swb_journal_view_get_n_shown (self);
  guint64 *positions;

  *n_positions = n;
  if (n == 0)
    return NULL;

  positions = g_new (guint64, n);
  for (gsize i = 0; i < n; i++)
    positions[i] = swb_journal_model_get_position (self->model, (guint)i);
  return positions;
}

gboolean
swb_journal_view_is_filtered (SwbJournalView *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_VIEW (self), FALSE);

  return self->pane != NULL || swb_journal_filter_is_on (self);
}
