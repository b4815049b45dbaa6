/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-journal-model.h"

/* The largest number of rows: GTK keeps G_MAXUINT for "no row". */
#define MAX_ROWS (G_MAXUINT - 1)

/* A list that has so many row widgets takes any number of rows at once; before, it makes as
 * many widgets as rows come, and gets only a few. */
#define WARM_ROWS 224
#define WARM_STEP 16

/* Records whose bytes are summed up, so that those of rows that go can be taken off. */
#define SUM_SHIFT 12

struct _SwbJournalModel
{
  GObject parent_instance;

  SwbJournal *journal;
  guint64 first;     /* position of the oldest record that has not gone */
  GArray *positions; /* guint, behind @first; NULL where every record is a row */
  guint64 n_scanned; /* position looked at up to */
  guint64 n_bytes;
  GArray *sums;   /* guint64: n_bytes before each 2^SUM_SHIFT positions, from 0 on */
  guint64 summed; /* from which position on */
  guint64 n_gone; /* bytes of rows that went */
  guint pane;
  gboolean commands;
  gboolean paused;

  SwbScan *scan;   /* its hits are the rows instead; nullable */
  guint n_hidden;  /* before the first row, which are yet to come */
  guint n_showing; /* rows, of the hits behind those */
};

static guint
count_unfiltered (SwbJournalModel *self)
{
  return self->positions != NULL ? self->positions->len
                                 : (guint)(self->n_scanned - self->first);
}

static guint
count_rows (SwbJournalModel *self)
{
  return self->scan != NULL ? self->n_showing : count_unfiltered (self) - self->n_hidden;
}

/* A paused view has no hit that is newer than what it saw. */
static guint
count_hits (SwbJournalModel *self)
{
  guint64 n = self->paused ? swb_scan_get_n_before (self->scan, self->n_scanned)
                           : swb_scan_get_n_hits (self->scan);

  return (guint)MIN (n, MAX_ROWS);
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
scan (SwbJournalModel *self, guint64 end, guint max_rows)
{
  guint n_rows = 0;

  for (; self->n_scanned < end && n_rows < max_rows; self->n_scanned++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, self->n_scanned);
      guint place = (guint)(self->n_scanned - self->first);

      if (self->n_scanned >> SUM_SHIFT >= self->sums->len)
        g_array_append_val (self->sums, self->n_bytes);
      if (!passes (self, entry))
        continue;
      n_rows++;
      self->n_bytes += count_bytes (entry);
      if (self->positions != NULL)
        g_array_append_val (self->positions, place);
    }
  return n_rows;
}

/* Of a journal that has lost its first records there are no sums before them. */
static void
start_at (SwbJournalModel *self, guint64 first)
{
  self->first = first;
  self->n_scanned = first;
  self->n_bytes = 0;
  self->n_gone = 0;
  self->summed = first;
  g_array_set_size (self->sums, (guint)(first >> SUM_SHIFT));
}

/* What was seen stays seen: a filter set while paused shows no newer record. */
static void
rescan (SwbJournalModel *self)
{
  guint64 n_seen = self->n_scanned;

  start_at (self, self->first);
  g_clear_pointer (&self->positions, g_array_unref);
  if (self->pane != 0 || !self->commands)
    self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  scan (self, n_seen, MAX_ROWS);
}

/* Bytes of rows below @position, of which there is an entry yet in its 2^SUM_SHIFT. */
static guint64
sum_before (SwbJournalModel *self, guint64 position)
{
  guint64 i = MAX (position >> SUM_SHIFT << SUM_SHIFT, self->summed);
  guint64 sum;

  if (position >= self->n_scanned)
    return self->n_bytes;
  sum = g_array_index (self->sums, guint64, position >> SUM_SHIFT);
  for (; i < position; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, i);

      if (passes (self, entry))
        sum += count_bytes (entry);
    }
  return sum;
}

/* Moves the start; returns how many rows of those without a scan went. */
static guint
forget_rows (SwbJournalModel *self, guint64 first)
{
  guint delta = (guint)(first - self->first);
  guint n_gone = 0;

  self->n_gone = sum_before (self, first);
  if (self->positions != NULL)
    {
      guint *places = (guint *)(gpointer)self->positions->data;

      while (n_gone < self->positions->len && places[n_gone] < delta)
        n_gone++;
      g_array_remove_range (self->positions, 0, n_gone);
      places = (guint *)(gpointer)self->positions->data;
      for (guint i = 0; i < self->positions->len; i++)
        places[i] -= delta;
    }
  else
    n_gone = (guint)(MIN (first, self->n_scanned) - self->first);

  self->first = first;
  self->n_scanned = MAX (self->n_scanned, first);
  return n_gone;
}

static void
swb_journal_model_finalize (GObject *object)
{
  SwbJournalModel *self = SWB_JOURNAL_MODEL (object);

  g_clear_pointer (&self->scan, swb_scan_free);
  g_clear_pointer (&self->positions, g_array_unref);
  g_array_unref (self->sums);
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
  self->sums = g_array_new (FALSE, FALSE, sizeof (guint64));
}

SwbJournalModel *
swb_journal_model_new (SwbJournal *journal)
{
  SwbJournalModel *self;

  g_return_val_if_fail (journal != NULL, NULL);

  self = g_object_new (SWB_TYPE_JOURNAL_MODEL, NULL);
  self->journal = swb_journal_ref (journal);
  start_at (self, swb_journal_get_first (journal));
  return self;
}

void
swb_journal_model_forget (SwbJournalModel *self)
{
  guint64 first;
  guint n_gone, n_shown;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  first = swb_journal_get_first (self->journal);
  if (G_LIKELY (first <= self->first))
    return;
  n_gone = forget_rows (self, first);
  if (self->scan != NULL)
    n_gone = (guint)MIN (swb_scan_forget (self->scan, first), MAX_ROWS);

  /* Those that are yet to come are the first ones. */
  n_shown = n_gone - MIN (n_gone, self->n_hidden);
  self->n_hidden -= n_gone - n_shown;
  if (self->scan != NULL)
    {
      n_shown = MIN (n_shown, self->n_showing);
      self->n_showing -= n_shown;
    }
  if (n_shown > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_shown, 0);
}

/* The hits that a list without row widgets wasn't given yet: the last ones first. */
static gboolean
reveal_hits (SwbJournalModel *self, guint max_rows)
{
  guint n = MIN (self->n_hidden, max_rows);

  if (n > 0)
    {
      self->n_hidden -= n;
      self->n_showing += n;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n);
    }
  return self->n_hidden > 0;
}

void
swb_journal_model_update (SwbJournalModel *self)
{
  swb_journal_model_update_some (self, MAX_ROWS);
}

gboolean
swb_journal_model_update_some (SwbJournalModel *self, guint max_rows)
{
  guint first, added;
  guint64 end;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);

  swb_journal_model_forget (self);
  if (self->paused && self->scan == NULL)
    return FALSE;
  end = MIN (swb_journal_get_n_records (self->journal), self->first + MAX_ROWS);
  if (self->scan != NULL)
    {
      if (!self->paused)
        scan (self, end, MAX_ROWS);
      return reveal_hits (self, max_rows);
    }
  first = count_rows (self);
  added = scan (self, end, max_rows);
  if (added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first, 0, added);
  return self->n_scanned < end;
}

void
swb_journal_model_set_filter (SwbJournalModel *self, guint pane, gboolean commands)
{
  GListModel *list = G_LIST_MODEL (self);
  guint64 n_seen;
  guint n_before;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->pane == pane && self->commands == !!commands)
    return;

  n_before = count_rows (self);
  n_seen = self->n_scanned;
  self->pane = pane;
  self->commands = !!commands;
  if (self->scan != NULL)
    {
      rescan (self);
      return;
    }
  g_clear_pointer (&self->positions, g_array_unref);
  self->n_scanned = self->first;
  if (n_before > 0)
    g_list_model_items_changed (list, 0, n_before, 0);

  self->n_scanned = n_seen;
  rescan (self);
  if (count_rows (self) > 0)
    g_list_model_items_changed (list, 0, 0, count_rows (self));
}

/* Hits that were kept back while paused. */
static void
add_at_end (SwbJournalModel *self)
{
  guint n_rows = self->n_showing;
  guint n_told = self->n_hidden + n_rows;
  guint n_hits = count_hits (self);

  if (n_hits <= n_told)
    return;
  self->n_showing += n_hits - n_told;
  g_list_model_items_changed (G_LIST_MODEL (self), n_rows, 0, n_hits - n_told);
}

void
swb_journal_model_set_scan (SwbJournalModel *self, SwbScan *hits)
{
  guint n_before, n_after;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->scan == hits)
    return;
  n_before = count_rows (self);
  g_clear_pointer (&self->scan, swb_scan_free);
  self->scan = hits;
  n_after = hits != NULL ? count_hits (self) : count_unfiltered (self);
  self->n_showing = MIN (n_after, CLAMP (n_before, WARM_STEP, WARM_ROWS));
  self->n_hidden = n_after - self->n_showing;
  if (n_before > 0 || n_after > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_showing);
  if (hits == NULL || n_before >= WARM_ROWS)
    reveal_hits (self, MAX_ROWS);
}

void
swb_journal_model_add_hits (SwbJournalModel *self, guint64 first_hit)
{
  guint n_added, index, n_dropped;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self) && self->scan != NULL);

  n_added = count_hits (self) - (self->n_hidden + self->n_showing);
  if (n_added == 0)
    return;
  if (first_hit < self->n_hidden)
    {
      self->n_hidden += n_added;
      return;
    }
  index = (guint)first_hit - self->n_hidden;
  n_dropped = 0;
  if (self->n_hidden > 0 || (self->n_showing < WARM_ROWS && n_added > WARM_STEP))
    {
      guint n_left = MIN (n_added, WARM_STEP);

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

guint
swb_journal_model_get_n_unfiltered (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), 0);
  return count_unfiltered (self);
}

void
swb_journal_model_set_paused (SwbJournalModel *self, gboolean paused)
{
  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  /* What the scan may have shown already counts as seen. */
  if (self->scan != NULL && self->paused != !!paused)
    scan (self, MIN (swb_journal_get_n_records (self->journal), self->first + MAX_ROWS),
          MAX_ROWS);
  self->paused = !!paused;
  if (self->scan != NULL)
    add_at_end (self);
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
  return self->n_bytes - self->n_gone;
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
  if (self->scan != NULL)
    return swb_scan_get_hit (self->scan, self->n_hidden + index);
  index += self->n_hidden;
  return self->first
         + (self->positions != NULL ? g_array_index (self->positions, guint, index)
                                    : index);
}
