/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-socket.h"

#include <errno.h>

#include "engine/swb-flags.h"
#include "engine/swb-responder.h"
#include "engine/swb-station.h"

/* One send offers the kernel no more than this of a stream's bytes. */
#define SEND_MAX (256u * 1024)

/* Sends of one socket in one turn, then others have theirs. */
#define SENDS_PER_TURN 64

/* An unconnected unix datagram socket is always writable, whatever its peer's queue holds.
 */
#define RETRY_MS 10

/* So many bytes of answers are not left to the end of the turn. */
#define ANSWERS_MAX (256u * 1024)

/* Chargen could fill a disk in a minute; this pace (some 190 kB/s) shows as much. */
#define CHARGEN_PACE_MS 50

void
swb_socket_flush_later (SwbSocket *self)
{
  if (self->is_flushing)
    return;

  self->is_flushing = TRUE;
  g_ptr_array_add (self->station->engine->flushing, self);
}

static gboolean
retry_cb (gpointer user_data)
{
  SwbSocket *self = user_data;

  g_clear_pointer (&self->retry, g_source_unref);
  swb_socket_flush_later (self);
  return G_SOURCE_REMOVE;
}

void
swb_socket_rest (SwbSocket *self, guint delay_ms)
{
  if (self->retry != NULL)
    return;

  self->retry = g_timeout_source_new (delay_ms);
  g_source_set_callback (self->retry, retry_cb, self, NULL);
  g_source_attach (self->retry, self->station->engine->context);
}

/* Returns: whether the next send may be tried now. */
static gboolean
send_failed (SwbSocket *self, SwbParcel *parcel, int error)
{
  if (error == EINTR)
    return TRUE;
  if (error == EAGAIN)
    {
      if (parcel->to.length > 0)
        swb_socket_rest (self, RETRY_MS);
      return FALSE;
    }
  if (self->is_datagram)
    {
      swb_outbox_pop (&self->outbox, error);
      return TRUE;
    }
  swb_outbox_clear (&self->outbox, error);
  return FALSE;
}

/* One send of the first parcel. */
static gboolean
send_once (SwbSocket *self, SwbParcel *parcel)
{
  gsize left = g_bytes_get_size (parcel->bytes) - parcel->offset;
  const guint8 *data = g_bytes_get_data (parcel->bytes, NULL);
  gsize n_offered = self->is_stream ? MIN (left, SEND_MAX) : left;
  gssize n;

  n = swb_sys_send (self->station->engine->journal, swb_socket_who (self, parcel->origin),
                    self->fd, data ? data + parcel->offset : NULL, n_offered,
                    parcel->flags | swb_flags_get_sending (self->station->domain),
                    parcel->to.length > 0 ? &parcel->to : NULL);
  if (n < 0)
    return send_failed (self, parcel, errno);

  swb_outbox_advance (&self->outbox, (gsize)n);
  if ((gsize)n == left || !self->is_stream)
    swb_outbox_pop (&self->outbox, 0);
  return TRUE;
}

/* The journal is told when bytes begin to wait, and when none do any more. */
static void
tell_waiting (SwbSocket *self)
{
  SwbOutbox *outbox = &self->outbox;
  gboolean waits = !g_queue_is_empty (&outbox->parcels);
  g_autofree char *text = NULL;

  if (waits == (outbox->n_told > 0))
    return;

  text = waits ? g_strdup_printf ("%" G_GSIZE_FORMAT
                                  " bytes wait: the kernel's send buffer is full",
                                  outbox->n_bytes)
               : g_strdup ("no bytes wait any more");
  swb_engine_note (self->station->engine, self->station->pane, self->number,
                   waits ? SWB_NOTE_WAITING : SWB_NOTE_DRAINED,
                   (gint64)(waits ? outbox->n_bytes : outbox->n_told), text);
  outbox->n_told = waits ? MAX (outbox->n_bytes, 1) : 0;
}

void
swb_socket_flush (SwbSocket *self)
{
  SwbParcel *parcel;
  guint n_sends = 0;

  swb_responder_refill (self);
  while (n_sends++ < SENDS_PER_TURN && (parcel = swb_outbox_peek (&self->outbox)) != NULL)
    if (!send_once (self, parcel))
      break;

  tell_waiting (self);
  if (swb_responder_wants_to_send (self) && g_queue_is_empty (&self->outbox.parcels))
    swb_socket_rest (self, CHARGEN_PACE_MS);
  if (self->is_paused && self->outbox.n_bytes < SWB_RESPONDER_LIMIT / 2)
    self->is_paused = FALSE;
  if (self->closes_when_drained && g_queue_is_empty (&self->outbox.parcels))
    swb_socket_close (self, SWB_ORIGIN_RESPONDER);
  else
    swb_socket_update (self);
}

/* Returns: whether the outbox took it. */
static gboolean
queue (SwbSocket *self, GBytes *bytes, int flags, const SwbAddress *to,
       SwbRecordOrigin origin, SwbTask *task)
{
  gboolean waits = !g_queue_is_empty (&self->outbox.parcels);

  if (waits && self->outbox.n_bytes + g_bytes_get_size (bytes) > SWB_ENGINE_OUTBOX_LIMIT)
    {
      swb_engine_note (
          self->station->engine, self->station->pane, self->number, SWB_NOTE_PROBLEM,
          ENOBUFS, "the outbox is full: wait until the peer has read what was sent before");
      if (task != NULL)
        swb_task_done (task, ENOBUFS);
      return FALSE;
    }

  swb_outbox_push (&self->outbox, bytes, flags, to, origin, task);
  return TRUE;
}

void
swb_socket_send (SwbSocket *self, GBytes *bytes, int flags, const SwbAddress *to,
                 SwbRecordOrigin origin, SwbTask *task)
{
  gboolean waits = !g_queue_is_empty (&self->outbox.parcels);

  if (queue (self, bytes, flags, to, origin, task) && !waits)
    swb_socket_flush (self);
}

void
swb_socket_answer (SwbSocket *self, GBytes *bytes, const SwbAddress *to)
{
  gboolean waits = !g_queue_is_empty (&self->outbox.parcels) && !self->is_flushing;

  if (!queue (self, bytes, 0, to, SWB_ORIGIN_RESPONDER, NULL) || waits)
    return;
  if (self->outbox.n_bytes < ANSWERS_MAX)
    {
      swb_socket_flush_later (self);
      return;
    }

  swb_engine_publish (self->station->engine);
  swb_socket_flush (self);
}
