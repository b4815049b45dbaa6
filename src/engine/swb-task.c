/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-task.h"

#include <errno.h>
#include <string.h>

#include "engine/swb-lookup.h"
#include "engine/swb-station.h"
#include "engine/swb-sys.h"
#include "journal/store/swb-source.h"

static void
append_record (SwbTask *self, SwbRecordKind kind, const char *text)
{
  SwbRecord record = {
    .kind = kind,
    .time_ns = swb_sys_now_ns (),
    .pane = self->order->pane,
    .connection = self->order->connection,
    .fd = -1,
    .result = self->error ? -1 : 0,
    .error = self->error,
    .ints = { (gint64)self->order->id },
    .data = (const guint8 *)text,
    .n_data = text ? strlen (text) : 0,
  };

  if (self->order->id == 0)
    return;
  if (kind == SWB_RECORD_OUTCOME)
    record.took_ns = record.time_ns - self->began_ns;
  swb_journal_append (self->engine->journal, &record);
}

SwbTask *
swb_task_new (SwbEngine *engine, SwbOrder *order)
{
  SwbTask *self = g_new0 (SwbTask, 1);

  self->engine = engine;
  self->order = order;
  self->began_ns = swb_sys_now_ns ();
  self->n_shares = 1;
  g_hash_table_add (engine->tasks, self);
  append_record (self, SWB_RECORD_COMMAND, order->text);
  return self;
}

SwbTask *
swb_task_share (SwbTask *self)
{
  self->n_shares++;
  return self;
}

void
swb_task_done (SwbTask *self, int error)
{
  g_assert (self->n_shares > 0);

  if (self->error == 0)
    self->error = error;
  if (--self->n_shares > 0)
    return;

  swb_source_clear (&self->timer);
  if (self->error != 0 && !self->is_explained)
    {
      /* The cause stands before the outcome: who waits for the end has all of it then. */
      self->is_explained = TRUE;
      self->n_shares = 1;
      if (swb_lookup_cause (self))
        return;
      self->n_shares = 0;
    }
  append_record (self, SWB_RECORD_OUTCOME, NULL);
  g_hash_table_remove (self->engine->tasks, self);
  swb_order_free (self->order);
  g_free (self);
}

void
swb_task_abort (SwbTask *self, int error)
{
  GHashTableIter iter;
  gpointer station;

  /* Held once more, so that the last place to let go does not free it under the walk. */
  swb_task_share (self);
  g_hash_table_iter_init (&iter, self->engine->stations);
  while (g_hash_table_iter_next (&iter, NULL, &station))
    swb_station_drop_task (station, self, error);
  swb_task_done (self, error);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  SwbTask *self = user_data;

  swb_task_abort (self, ETIMEDOUT);
  return G_SOURCE_REMOVE;
}

void
swb_task_start_timer (SwbTask *self)
{
  if (self->order->within_ns < 0 || self->timer != NULL)
    return;

  /* Rounded up: a wait never ends before its time. */
  self->timer = g_timeout_source_new (
      (guint)MIN ((self->order->within_ns + 999999) / 1000000, G_MAXUINT));
  g_source_set_callback (self->timer, time_is_up_cb, self, NULL);
  g_source_attach (self->timer, self->engine->context);
}
