/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-journal-model.h"

/* The largest number of rows: GTK keeps G_MAXUINT for "no row". */
#define MAX_ROWS (G_MAXUINT - 1)

struct _SwbJournalModel
{
  GObject parent_instance;

  SwbJournal *journal;
  GArray *positions; /* guint; NULL where every record is a row */
  guint n_scanned;   /* records looked at */
  guint64 n_bytes;
  guint pane;
  gboolean commands;
  gboolean paused;
};

static guint
count_rows (SwbJournalModel *self)
{
  return self->positions != NULL ? self->positions->len : self->n_scanned;
}

static GType
swb_journal_model_get_item_type (GListModel *list)
{
  return SWB_TYPE_JOURNAL_ROW;
}

static guint
swb_journal_model_get_n_items (GListModel *list)
{
  return count_rows (SWB_JOURNAL_MODEL (list));
}

static gpointer
swb_journal_model_get_item (GListModel *list, guint index)
{
  SwbJournalModel *self = SWB_JOURNAL_MODEL (list);

  if (index >= count_rows (self))
    return NULL;
  return swb_journal_row_new (self->journal, swb_journal_model_get_position (self, index),
                              swb_journal_model_get_position (self, MAX (index, 1) - 1));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = swb_journal_model_get_item_type;
  iface->get_n_items = swb_journal_model_get_n_items;
  iface->get_item = swb_journal_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbJournalModel, swb_journal_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
passes (SwbJournalModel *self, const SwbEntry *entry)
{
  if (self->pane != 0 && entry->pane != self->pane)
    return FALSE;
  return self->commands
         || (entry->kind != SWB_RECORD_COMMAND && entry->kind != SWB_RECORD_OUTCOME);
}

static guint
count_bytes (const SwbEntry *entry)
{
  SwbDataUse use;

  if (entry->kind != SWB_RECORD_CALL || entry->result <= 0)
    return 0;
  use = swb_call_get_info (entry->what)->data;
  return use == SWB_DATA_IN || use == SWB_DATA_OUT ? (guint)entry->result : 0;
}

/* Looks at the records below @end until @max_rows passed; returns how many did. */
static guint
scan (SwbJournalModel *self, guint end, guint max_rows)
{
  guint n_rows = 0;

  for (; self->n_scanned < end && n_rows < max_rows; self->n_scanned++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, self->n_scanned);

      if (!passes (self, entry))
        continue;
      n_rows++;
      self->n_bytes += count_bytes (entry);
      if (self->positions != NULL)
        g_array_append_val (self->positions, self->n_scanned);
    }
  return n_rows;
}

/* What was seen stays seen: a filter set while paused shows no newer record. */
static void
rescan (SwbJournalModel *self)
{
  guint n_seen = self->n_scanned;

  self->n_bytes = 0;
  self->n_scanned = 0;
  g_clear_pointer (&self->positions, g_array_unref);
  if (self->pane != 0 || !self->commands)
    self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  scan (self, n_seen, MAX_ROWS);
}

static void
swb_journal_model_finalize (GObject *object)
{
  SwbJournalModel *self = SWB_JOURNAL_MODEL (object);

  g_clear_pointer (&self->positions, g_array_unref);
  swb_journal_unref (self->journal);
  G_OBJECT_CLASS (swb_journal_model_parent_class)->finalize (object);
}

static void
swb_journal_model_class_init (SwbJournalModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_journal_model_finalize;
}

static void
swb_journal_model_init (SwbJournalModel *self)
{
  self->commands = TRUE;
}

SwbJournalModel *
swb_journal_model_new (SwbJournal *journal)
{
  SwbJournalModel *self;

  g_return_val_if_fail (journal != NULL, NULL);

  self = g_object_new (SWB_TYPE_JOURNAL_MODEL, NULL);
  self->journal = swb_journal_ref (journal);
  return self;
}

void
swb_journal_model_update (SwbJournalModel *self)
{
  swb_journal_model_update_some (self, MAX_ROWS);
}

gboolean
swb_journal_model_update_some (SwbJournalModel *self, guint max_rows)
{
  guint first, end, added;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);

  if (self->paused)
    return FALSE;
  first = count_rows (self);
  end = (guint)MIN (swb_journal_get_n_records (self->journal), MAX_ROWS);
  added = scan (self, end, max_rows);
  if (added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first, 0, added);
  return self->n_scanned < end;
}

void
swb_journal_model_set_filter (SwbJournalModel *self, guint pane, gboolean commands)
{
  GListModel *list = G_LIST_MODEL (self);
  guint n_before, n_seen;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->pane == pane && self->commands == !!commands)
    return;

  n_before = count_rows (self);
  n_seen = self->n_scanned;
  self->pane = pane;
  self->commands = !!commands;
  g_clear_pointer (&self->positions, g_array_unref);
  self->n_scanned = 0;
  if (n_before > 0)
    g_list_model_items_changed (list, 0, n_before, 0);

  self->n_scanned = n_seen;
  rescan (self);
  if (count_rows (self) > 0)
    g_list_model_items_changed (list, 0, 0, count_rows (self));
}

void
swb_journal_model_set_paused (SwbJournalModel *self, gboolean paused)
{
  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  self->paused = !!paused;
  swb_journal_model_update (self);
}

gboolean
swb_journal_model_get_paused (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);
  return self->paused;
}

guint64
swb_journal_model_get_n_bytes (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), 0);
  return self->n_bytes;
}

gboolean
swb_journal_model_find (SwbJournalModel *self, guint64 position, guint *index)
{
  guint low = 0, high;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);

  high = count_rows (self);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (swb_journal_model_get_position (self, middle) < position)
        low = middle + 1;
      else
        high = middle;
    }
  *index = low;
  return low < count_rows (self) && swb_journal_model_get_position (self, low) == position;
}

guint64
swb_journal_model_get_position (SwbJournalModel *self, guint index)
{
  g_return_val_if_fail (index < count_rows (self), 0);
  return self->positions != NULL ? g_array_index (self->positions, guint, index) : index;
}
