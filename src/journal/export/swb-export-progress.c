/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/export/swb-export-private.h"

#define INTERVAL_US (100 * 1000)

struct _SwbProgressTeller
{
  gatomicrefcount ref_count;
  GMainContext *context;
  SwbProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  gint64 told_us; /* the worker's */
};

typedef struct
{
  SwbProgressTeller *teller;
  guint64 done;
  guint64 total;
} Message;

SwbProgressTeller *
swb_progress_teller_new (SwbProgressFunc progress, gpointer progress_data)
{
  SwbProgressTeller *self = g_new0 (SwbProgressTeller, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = g_main_context_ref_thread_default ();
  self->progress = progress;
  self->progress_data = progress_data;
  return self;
}

void
swb_progress_teller_unref (SwbProgressTeller *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
deliver_cb (gpointer user_data)
{
  const Message *message = user_data;
  const SwbProgressTeller *teller = message->teller;

  teller->progress (message->done, message->total, teller->progress_data);
  return G_SOURCE_REMOVE;
}

static void
message_free (gpointer user_data)
{
  Message *message = user_data;

  swb_progress_teller_unref (message->teller);
  g_free (message);
}

void
swb_progress_teller_tell (guint64 done, guint64 total, gpointer teller)
{
  SwbProgressTeller *self = teller;
  gint64 now_us = g_get_monotonic_time ();

  if (self->progress == NULL || (now_us - self->told_us < INTERVAL_US && done < total))
    return;

  /* The priority of a task's end, so that nothing is told after it. */
  GSource *source = g_idle_source_new ();
  Message *message = g_new (Message, 1);
  *message = (Message){ self, done, total };
  g_atomic_ref_count_inc (&self->ref_count);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, message, message_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
  self->told_us = now_us;
}
