/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-private.h"

#include <glib/gi18n.h>

#include "net/swb-error.h"

/* A pane that was removed comes back by its pane command, under its old number. */

gboolean
swb_bench_has_room (SwbBench *self, GError **error)
{
  if (g_hash_table_size (self->names) < SWB_BENCH_MAX_PANES
      && self->specs->len < G_MAXUINT16)
    return TRUE;

  g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("A bench has at most %d panes"),
               SWB_BENCH_MAX_PANES);
  return FALSE;
}

static void
take_name (SwbBench *self, SwbSpec *spec)
{
  char *name = swb_bench_dup_free_name (self, spec->name);

  g_free (spec->name);
  spec->name = name;
  g_hash_table_insert (self->names, spec->name, spec);
}

char *
swb_bench_restore (SwbBench *self, SwbPane *pane, GError **error)
{
  g_autoptr (SwbCommand) command = NULL;
  SwbSpec *spec;

  g_return_val_if_fail (SWB_IS_BENCH (self), NULL);
  g_return_val_if_fail (SWB_IS_PANE (pane), NULL);
  g_return_val_if_fail (!self->stopped, NULL);

  spec = swb_bench_get_spec (self, swb_pane_get_id (pane));
  g_return_val_if_fail (spec != NULL, NULL);
  if (swb_bench_find_spec (self, spec->name) == spec)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_EXISTS, _ ("There is a pane “%s” already"),
                   spec->name);
      return NULL;
    }
  if (!swb_bench_has_room (self, error))
    return NULL;

  take_name (self, spec);
  /* It has no socket now, and what it will have is its person's. */
  spec->came_over = 0;
  command = swb_pane_new_command (pane, spec->name);
  g_queue_push_tail (&self->jobs,
                     swb_job_new (self, command, spec, NULL, ++self->last_id, NULL));
  swb_job_pump (self);
  return g_strdup (spec->name);
}
