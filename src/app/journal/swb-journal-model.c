/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-model-private.h"

#include "app/widgets/swb-row-ration.h"
#include "journal/filter/swb-row-set-build.h"

/* More records than this are not looked at in one frame: by a worker, where there is no row
 * yet or by another rule, else a part of them a frame. */
#define BACKLOG (1u << 17)

enum
{
  REPLACING,
  REPLACED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
count_all (SwbJournalModel *self)
{
  if (self->scan != NULL)
    return swb_journal_model_count_hits (self);
  return (guint)MIN (swb_row_set_get_n_rows (self->set), MAX_ROWS);
}

static guint64
count_records (SwbJournalModel *self)
{
  return MIN (swb_journal_get_n_records (self->journal),
              swb_journal_get_first (self->journal) + MAX_ROWS);
}

static GType
swb_journal_model_get_item_type (GListModel *list)
{
  return SWB_TYPE_JOURNAL_ROW;
}

static guint
swb_journal_model_get_n_items (GListModel *list)
{
  return SWB_JOURNAL_MODEL (list)->n_showing;
}

static gpointer
swb_journal_model_get_item (GListModel *list, guint index)
{
  SwbJournalModel *self = SWB_JOURNAL_MODEL (list);

  if (index >= self->n_showing)
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

/* Rows before the first one, which a list without row widgets wasn't given yet. */
static void
reveal_rows (SwbJournalModel *self, guint max_rows)
{
  guint n = MIN (self->n_hidden, max_rows);

  if (n > 0)
    {
      self->n_hidden -= n;
      self->n_showing += n;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n);
    }
}

void
swb_journal_model_begin_replacing (SwbJournalModel *self)
{
  g_signal_emit (self, signals[REPLACING], 0);
}

void
swb_journal_model_replace_rows (SwbJournalModel *self)
{
  guint n_before = self->n_showing, n_after = count_all (self);

  self->n_showing
      = MIN (n_after, CLAMP (n_before, SWB_ROW_RATION_STEP, SWB_ROW_RATION_WARM));
  /* Of a scan the last hits come first. Else as many are kept for the end as a list makes
   * widgets for: each that is made before others has GTK style all of those anew. */
  self->n_hidden = self->scan != NULL ? n_after - self->n_showing
                                      : n_after - MIN (n_after, SWB_ROW_RATION_WARM);
  if (n_before > 0 || n_after > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_showing);
  if (n_before >= SWB_ROW_RATION_WARM)
    reveal_rows (self, MAX_ROWS);
  g_signal_emit (self, signals[REPLACED], 0);
}

static void
install_set (SwbJournalModel *self, SwbRowSet *set)
{
  if (self->scan == NULL)
    swb_journal_model_begin_replacing (self);
  swb_row_set_free (self->set);
  self->set = set;
  if (self->scan == NULL)
    swb_journal_model_replace_rows (self);
}

static void
built_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwbJournalModel) self = data;
  SwbRowSet *set = swb_row_set_build_finish (result);

  if (g_task_get_cancellable (G_TASK (result)) != self->building)
    {
      swb_row_set_free (set);
      return;
    }
  g_clear_object (&self->building);
  install_set (self, set);
}

static void
stop_building (SwbJournalModel *self)
{
  g_cancellable_cancel (self->building);
  g_clear_object (&self->building);
}

static void
start_building (SwbJournalModel *self, guint64 end)
{
  stop_building (self);
  self->building = g_cancellable_new ();
  swb_row_set_build_async (swb_row_set_new (self->journal, &self->rule), end,
                           self->building, built_cb, g_object_ref (self));
}

/* What a worker counts replaces the rows: not where there are some that would be the same.
 * Returns whether a part is left for the next time. Those that come meanwhile are none:
 * there will be news of them. */
static gboolean
take (SwbJournalModel *self)
{
  guint64 end = count_records (self);
  guint64 part = swb_row_set_get_n_seen (self->set) + BACKLOG;

  if (end <= part || swb_row_set_get_n_rows (self->set) > 0)
    {
      swb_row_set_take (self->set, MIN (end, part), G_MAXUINT64);
      return end > part && self->building == NULL;
    }
  if (self->building == NULL)
    start_building (self, end);
  return FALSE;
}

/* Rows of the set behind the last one, which a list wasn't given yet. Those of a scan are
 * told by swb_journal_model_add_hits(). */
static guint
count_behind (SwbJournalModel *self)
{
  return self->scan == NULL ? count_all (self) - self->n_hidden - self->n_showing : 0;
}

/* Returns how many were added. */
static guint
add_rows (SwbJournalModel *self, guint max_rows)
{
  guint n = MIN (count_behind (self), max_rows);

  if (n > 0)
    {
      self->n_showing += n;
      g_list_model_items_changed (G_LIST_MODEL (self), self->n_showing - n, 0, n);
    }
  return n;
}

static void
apply_rule (SwbJournalModel *self)
{
  guint64 n_seen = swb_row_set_get_n_seen (self->set);
  SwbRowSet *set;

  stop_building (self);
  /* What was seen stays seen: a rule set while paused shows no newer record. */
  if (n_seen > BACKLOG)
    {
      start_building (self, n_seen);
      return;
    }
  set = swb_row_set_new (self->journal, &self->rule);
  swb_row_set_take (set, n_seen, G_MAXUINT64);
  install_set (self, set);
}

static void
swb_journal_model_dispose (GObject *object)
{
  stop_building (SWB_JOURNAL_MODEL (object));
  G_OBJECT_CLASS (swb_journal_model_parent_class)->dispose (object);
}

static void
swb_journal_model_finalize (GObject *object)
{
  SwbJournalModel *self = SWB_JOURNAL_MODEL (object);

  g_clear_pointer (&self->scan, swb_scan_free);
  g_clear_pointer (&self->set, swb_row_set_free);
  swb_journal_unref (self->journal);
  G_OBJECT_CLASS (swb_journal_model_parent_class)->finalize (object);
}

static void
swb_journal_model_class_init (SwbJournalModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_journal_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_journal_model_finalize;
  signals[REPLACING] = g_signal_new ("replacing", SWB_TYPE_JOURNAL_MODEL, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACED] = g_signal_new ("replaced", SWB_TYPE_JOURNAL_MODEL, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
swb_journal_model_init (SwbJournalModel *self)
{
  self->rule.commands = TRUE;
}

SwbJournalModel *
swb_journal_model_new (SwbJournal *journal)
{
  SwbJournalModel *self;

  g_return_val_if_fail (journal != NULL, NULL);

  self = g_object_new (SWB_TYPE_JOURNAL_MODEL, NULL);
  self->journal = swb_journal_ref (journal);
  self->set = swb_row_set_new (journal, &self->rule);
  return self;
}

void
swb_journal_model_forget (SwbJournalModel *self)
{
  guint64 first, n_gone;
  guint n_shown;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  first = swb_journal_get_first (self->journal);
  n_gone = swb_row_set_forget (self->set, first);
  if (self->scan != NULL)
    n_gone = swb_scan_forget (self->scan, first);
  if (G_LIKELY (n_gone == 0))
    return;

  /* Those that are yet to come are the first ones. */
  n_shown = (guint)(n_gone - MIN (n_gone, self->n_hidden));
  self->n_hidden -= (guint)n_gone - n_shown;
  n_shown = MIN (n_shown, self->n_showing);
  self->n_showing -= n_shown;
  /* The first row that stays may stand for fewer records now. */
  if (self->n_showing > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_shown + 1, 1);
  else if (n_shown > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_shown, 0);
}

void
swb_journal_model_update (SwbJournalModel *self)
{
  while (swb_journal_model_update_some (self, MAX_ROWS))
    ;
}

gboolean
swb_journal_model_update_some (SwbJournalModel *self, guint max_rows)
{
  gboolean is_part;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);

  swb_journal_model_forget (self);
  is_part = !self->paused && take (self);
  reveal_rows (self, max_rows - add_rows (self, max_rows));
  return is_part || self->n_hidden > 0 || count_behind (self) > 0;
}

void
swb_journal_model_set_filter (SwbJournalModel *self, guint pane, gboolean commands)
{
  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->rule.pane == pane && self->rule.commands == !!commands)
    return;
  self->rule.pane = pane;
  self->rule.commands = !!commands;
  apply_rule (self);
}

void
swb_journal_model_set_folds (SwbJournalModel *self, gboolean folds)
{
  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->rule.folds == !!folds)
    return;
  self->rule.folds = !!folds;
  apply_rule (self);
}

guint
swb_journal_model_get_n_unfiltered (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), 0);
  return (guint)MIN (swb_row_set_get_n_passing (self->set), MAX_ROWS);
}

void
swb_journal_model_set_paused (SwbJournalModel *self, gboolean paused)
{
  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self));

  if (self->paused == !!paused)
    return;
  /* What the scan may have shown already counts as seen. */
  if (self->scan != NULL)
    swb_row_set_take (self->set, count_records (self), G_MAXUINT64);
  self->paused = !!paused;
  if (self->scan != NULL)
    swb_journal_model_add_at_end (self);
  swb_journal_model_update_some (self, MAX_ROWS);
}

gboolean
swb_journal_model_get_paused (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);
  return self->paused;
}

gboolean
swb_journal_model_has_seen (SwbJournalModel *self, guint64 position)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);
  return !self->paused || position < swb_row_set_get_n_seen (self->set);
}

guint64
swb_journal_model_get_n_bytes (SwbJournalModel *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), 0);
  return swb_row_set_get_n_bytes (self->set);
}

static guint64
count_before (SwbJournalModel *self, guint64 position)
{
  return self->scan != NULL ? swb_scan_get_n_before (self->scan, position)
                            : swb_row_set_get_n_before (self->set, position);
}

gboolean
swb_journal_model_find (SwbJournalModel *self, guint64 position, guint *index)
{
  guint64 n_before;

  g_return_val_if_fail (SWB_IS_JOURNAL_MODEL (self), FALSE);

  n_before = count_before (self, position);
  *index = (guint)CLAMP (n_before, self->n_hidden, self->n_hidden + self->n_showing)
           - self->n_hidden;
  return n_before >= self->n_hidden && *index < self->n_showing
         && swb_journal_model_get_position (self, *index) == position;
}

guint64
swb_journal_model_get_position (SwbJournalModel *self, guint index)
{
  g_return_val_if_fail (index < self->n_showing, 0);
  if (self->scan != NULL)
    return swb_scan_get_hit (self->scan, self->n_hidden + index);
  return swb_row_set_get_position (self->set, self->n_hidden + index);
}

void
swb_journal_model_copy_rows (SwbJournalModel *self, guint index, guint n, SwbHits *to)
{
  guint64 first, last;

  g_return_if_fail (SWB_IS_JOURNAL_MODEL (self) && n > 0);

  first = swb_journal_model_get_position (self, index);
  last = swb_journal_model_get_position (self, index + n - 1);
  if (self->scan != NULL)
    swb_scan_copy_hits (self->scan, first, last + 1, to);
  else
    swb_row_set_copy (self->set, first, last, to);
}
