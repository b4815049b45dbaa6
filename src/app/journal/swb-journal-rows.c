/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-compat.h"
#include "app/journal/swb-journal-view-private.h"
#include "app/widgets/swb-row-ration.h"

/* The last row is a group of repeats that grew. */
static void
rebind_last (SwbJournalView *self, guint n_rows)
{
  guint64 position, n_folded;

  if (n_rows == 0)
    return;
  position = swb_journal_model_get_position (self->model, n_rows - 1);
  n_folded = swb_journal_model_get_n_folded (self->model, position, NULL);
  if (n_folded > 1 && self->n_last_folded != n_folded)
    {
      swb_journal_columns_rebind (&self->columns, SWB_JOURNAL_DATA);
      /* The row was bound when it stood for one call: now it opens. */
      if (self->n_last_folded <= 1)
        swb_journal_columns_rebind (&self->columns, SWB_JOURNAL_DIRECTION);
    }
  self->n_last_folded = n_folded;
}

static gboolean
take_records (SwbJournalView *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gboolean has_more
      = swb_journal_model_update_some (self->model, swb_row_ration_get (n_rows));

  rebind_last (self, g_list_model_get_n_items (G_LIST_MODEL (self->model)));
  swb_journal_view_update_count (self);
  if (self->follows && !has_more)
    swb_journal_view_scroll_to_end (self);
  return has_more;
}

static gboolean
take_more_cb (gpointer user_data)
{
  SwbJournalView *self = user_data;

  self->take_source = 0;
  self->takes_more = FALSE;
  if (self->model != NULL)
    swb_journal_view_take (self);
  return G_SOURCE_REMOVE;
}

/* Not in the frame itself: widgets that are made in it are measured twice, and each time
 * the display is asked how large the screen is. Once, and above the redraw, as the bench
 * is. */
static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);

  self->take_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 15, take_more_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

void
swb_journal_view_take (SwbJournalView *self)
{
  if (self->takes_more)
    return;
  self->takes_more = take_records (self);
  if (self->takes_more)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

static void
selected_cb (SwbRowSelection *selection, SwbJournalView *self)
{
  SwbJournalRow *row = swb_journal_view_get_row (self);

  if (row != self->shown_row)
    {
      g_set_object (&self->shown_row, row);
      swb_journal_layout_update (self);
      swb_payload_view_set_row (self->payload, row);
      swb_journal_columns_set_reference (&self->columns, row);
    }
  if (self->find_scan != NULL)
    swb_journal_find_update (self);
  swb_journal_status_update (self);
  swb_journal_actions_update (self);
}

/* A record that was to be shown may be a row now; else the selected one stays in sight. */
static void
replaced_cb (SwbJournalModel *model, SwbJournalView *self)
{
  guint lead = swb_row_selection_get_lead (self->selection);

  self->n_last_folded = 0;
  if (self->has_wanted)
    swb_journal_view_show_record (self, self->wanted);
  else if (self->follows
           || (lead == GTK_INVALID_LIST_POSITION
               && !swb_row_selection_is_hidden (self->selection)))
    swb_journal_view_follow (self, TRUE);
  else if (lead != GTK_INVALID_LIST_POSITION)
    swb_compat_scroll_to (self->column_view, lead);
  swb_journal_view_take (self);
}

void
swb_journal_rows_set_model (SwbJournalView *self, SwbJournalModel *model)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection != NULL)
    swb_row_selection_set_model (self->selection, model);
  g_set_object (&self->model, model);
  self->columns.model = model;
  self->has_wanted = FALSE;
  if (model != NULL)
    g_signal_connect (model, "replaced", G_CALLBACK (replaced_cb), self);
}

void
swb_journal_rows_apply (SwbJournalView *self)
{
  if (self->model == NULL)
    return;
  swb_journal_model_set_folds (self->model, self->folds);
  swb_journal_model_set_filter (
      self->model, self->pane != NULL ? swb_pane_get_id (self->pane) : 0, self->commands);
  /* The rows may be a scan's, and will be those of another. */
  if (swb_journal_model_get_scan (self->model) != NULL || self->pending != NULL
      || self->find_scan != NULL)
    swb_journal_filter_apply (self);
  swb_journal_view_update_count (self);
}

gboolean
swb_journal_rows_toggle (SwbJournalView *self, guint64 position)
{
  if (!swb_journal_model_toggle (self->model, position))
    return FALSE;
  swb_journal_columns_rebind (&self->columns, SWB_JOURNAL_DIRECTION);
  swb_journal_view_update_count (self);
  return TRUE;
}

static void
activate_cb (GtkColumnView *view, guint index, SwbJournalView *self)
{
  swb_journal_rows_toggle (self, swb_journal_model_get_position (self->model, index));
}

void
swb_journal_rows_init (SwbJournalView *self)
{
  self->selection = swb_row_selection_new ();
  g_signal_connect (self->selection, "changed", G_CALLBACK (selected_cb), self);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect (self->column_view, "activate", G_CALLBACK (activate_cb), self);
}

SwbJournalRow *
swb_journal_view_get_row (SwbJournalView *self)
{
  return swb_row_selection_get_lead_row (self->selection);
}

/* Takes away the filters that hide a record; a view that stands still goes on for one that
 * came since. */
static gboolean
reveal (SwbJournalView *self, guint64 position, guint *index)
{
  const SwbEntry *entry;

  if (!swb_journal_model_has_seen (self->model, position))
    g_object_set (self, "paused", FALSE, NULL);
  if (swb_journal_model_find (self->model, position, index))
    return TRUE;
  if (swb_journal_filter_is_on (self))
    swb_journal_filter_clear (self);
  entry = swb_journal_peek_entry (swb_bench_get_journal (self->bench), position);
  if (self->pane != NULL && entry->pane != swb_pane_get_id (self->pane))
    swb_journal_view_set_pane (self, NULL);
  if (entry->kind == SWB_RECORD_COMMAND || entry->kind == SWB_RECORD_OUTCOME)
    g_object_set (self, "commands", TRUE, NULL);
  swb_journal_model_update (self->model);
  swb_journal_model_reveal (self->model, position);
  return swb_journal_model_find (self->model, position, index);
}

static void
show_row (SwbJournalView *self, guint index)
{
  self->has_wanted = FALSE;
  swb_journal_view_update_count (self);
  swb_row_selection_select (self->selection, index);
  swb_journal_view_follow (
      self, index + 1 == g_list_model_get_n_items (G_LIST_MODEL (self->model)));
  swb_compat_scroll_to (self->column_view, index);
}

void
swb_journal_view_show_record (SwbJournalView *self, guint64 position)
{
  SwbJournal *journal = self->bench != NULL ? swb_bench_get_journal (self->bench) : NULL;
  guint index;

  g_return_if_fail (SWB_IS_JOURNAL_VIEW (self));

  /* One that is gone would be waited for with each filter that is set later. */
  if (journal == NULL || position >= swb_journal_get_n_records (journal)
      || !swb_journal_has (journal, position))
    return;
  swb_journal_model_update (self->model);
  self->has_wanted = FALSE;
  if (reveal (self, position, &index))
    {
      show_row (self, index);
      return;
    }
  /* A worker looks for the rows: it is shown with them. */
  self->has_wanted = TRUE;
  self->wanted = position;
}
