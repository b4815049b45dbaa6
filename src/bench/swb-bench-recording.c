/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-private.h"

SwbBench *
swb_bench_new_recording (SwbJournal *journal, GHashTable *pane_names)
{
  SwbBench *self;

  g_return_val_if_fail (journal != NULL, NULL);

  self = g_object_new (SWB_TYPE_BENCH, NULL);
  self->journal = swb_journal_ref (journal);
  self->recorded = pane_names != NULL ? g_hash_table_ref (pane_names) : NULL;
  self->is_recording = TRUE;
  self->stopped = TRUE;
  swb_bench_fold_later (self);
  return self;
}

gboolean
swb_bench_is_recording (SwbBench *self)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), FALSE);
  return self->is_recording;
}

gboolean
swb_bench_is_folded (SwbBench *self)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), FALSE);
  return self->n_folded == swb_journal_get_n_records (self->journal);
}

/* Names of interfaces are a stranger's text. */
static const char *
find_name (SwbBench *self, guint id)
{
  SwbPane *pane = swb_fold_get_pane (self->fold, id);
  const char *name = NULL;

  /* The commands that made the panes know their names best. */
  if (pane != NULL)
    return swb_pane_get_name (pane);
  if (self->recorded != NULL && id != 0)
    name = g_hash_table_lookup (self->recorded, GUINT_TO_POINTER (id));
  return name != NULL && swb_command_is_pane_name (name) ? name : NULL;
}

const char *
swb_bench_get_recorded_name (SwbBench *self, guint id)
{
  const char *name = find_name (self, id);

  return name != NULL ? name : "bench";
}

gboolean
swb_bench_has_recorded_name (SwbBench *self, guint pane)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), FALSE);
  return self->is_recording && find_name (self, pane) != NULL;
}
