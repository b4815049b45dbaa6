/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-outbox.h"

static void
parcel_free (SwbParcel *parcel, int error)
{
  SwbTask *task = parcel->task;

  g_bytes_unref (parcel->bytes);
  g_free (parcel);
  if (task != NULL)
    swb_task_done (task, error);
}

static gsize
parcel_left (const SwbParcel *parcel)
{
  return g_bytes_get_size (parcel->bytes) - parcel->offset;
}

void
swb_outbox_init (SwbOutbox *self)
{
  g_queue_init (&self->parcels);
  self->n_bytes = 0;
  self->n_told = 0;
}

void
swb_outbox_clear (SwbOutbox *self, int error)
{
  while (!g_queue_is_empty (&self->parcels))
    swb_outbox_pop (self, error);
  self->n_told = 0;
}

void
swb_outbox_push (SwbOutbox *self, GBytes *bytes, int flags, const SwbAddress *to,
                 SwbRecordOrigin origin, SwbTask *task)
{
  SwbParcel *parcel = g_new0 (SwbParcel, 1);

  parcel->bytes = g_bytes_ref (bytes);
  parcel->flags = flags;
  parcel->origin = origin;
  parcel->task = task;
  if (to != NULL)
    parcel->to = *to;
  g_queue_push_tail (&self->parcels, parcel);
  self->n_bytes += g_bytes_get_size (bytes);
}

SwbParcel *
swb_outbox_peek (SwbOutbox *self)
{
  return g_queue_peek_head (&self->parcels);
}

void
swb_outbox_advance (SwbOutbox *self, gsize n_sent)
{
  SwbParcel *parcel = swb_outbox_peek (self);

  g_assert (n_sent <= parcel_left (parcel));
  parcel->offset += n_sent;
  self->n_bytes -= n_sent;
}

void
swb_outbox_pop (SwbOutbox *self, int error)
{
  SwbParcel *parcel = g_queue_pop_head (&self->parcels);

  self->n_bytes -= parcel_left (parcel);
  parcel_free (parcel, error);
}

void
swb_outbox_drop_task (SwbOutbox *self, SwbTask *task, int error)
{
  GList *next;

  for (GList *l = self->parcels.head; l != NULL; l = next)
    {
      SwbParcel *parcel = l->data;

      next = l->next;
      if (parcel->task != task)
        continue;
      self->n_bytes -= parcel_left (parcel);
      g_queue_delete_link (&self->parcels, l);
      parcel_free (parcel, error);
    }
}
