/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-private.h"

#include "journal/store/swb-follower.h"
#include "journal/store/swb-journal-health.h"

/* While the journal cannot be written no record tells of a command's end. Sockets go on,
 * and so do scripts. */

void
swb_bench_end_unrecorded (SwbBench *self)
{
  g_autoptr (GArray) endings = swb_journal_take_endings (self->journal);

  if (endings->len == 0)
    return;

  /* What was recorded before is told before. */
  g_object_ref (self);
  swb_bench_catch_up (self);
  for (guint i = 0; i < endings->len; i++)
    {
      const SwbRecord *ending = &g_array_index (endings, SwbRecord, i);

      swb_bench_end_command (self, (guint64)ending->ints[0], ending->error);
    }
  swb_job_pump (self);
  g_object_unref (self);
}

static gboolean
health_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  swb_bench_end_unrecorded (user_data);
  return G_SOURCE_CONTINUE;
}

void
swb_bench_watch_health (SwbBench *self, gint64 interval_us)
{
  self->health = swb_follower_new_for_health (self->journal, interval_us);
  g_source_set_priority (self->health, g_source_get_priority (self->follower));
  g_source_set_callback (self->health, G_SOURCE_FUNC (health_cb), self, NULL);
  g_source_attach (self->health, self->context);
}
