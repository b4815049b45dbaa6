/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-socket.h"

#include <errno.h>

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

/* --- receiving --- */

static gsize
get_room (SwbSocket *self, SwbTask *task)
{
  if (task != NULL && task->order->numbers[0] > 0)
    return MIN ((gsize)task->order->numbers[0], SWB_JOURNAL_DATA_MAX);
  return self->is_stream ? SWB_ENGINE_RECV_ROOM : SWB_ENGINE_DATAGRAM_ROOM;
}

/* MSG_TRUNC makes recv() return a message's whole length, so that the journal can say what
 * did not fit. On a stream it would throw bytes away: tcp(7). */
static int
get_flags (SwbSocket *self, SwbTask *task)
{
  int flags = task != NULL ? task->order->numbers[1] : 0;

  return self->is_stream ? flags : flags | MSG_TRUNC;
}

/* Bytes came, or the end: who waited for them has them now, or the next recv order claims
 * them. */
static void
hand_out (SwbSocket *self, SwbTask *task)
{
  SwbTask *waiting;

  if (task != NULL)
    {
      swb_task_done (task, 0);
      return;
    }
  if (g_queue_is_empty (&self->recv_tasks))
    {
      self->n_unclaimed++;
      return;
    }
  while ((waiting = g_queue_pop_head (&self->recv_tasks)) != NULL)
    swb_task_done (waiting, 0);
}

static void
take_error (SwbSocket *self, SwbTask *task, int error)
{
  gboolean again = error == EAGAIN || error == EINTR;

  if (again && task != NULL && self->state == SWB_SOCKET_OPEN)
    {
      g_queue_push_head (&self->recv_tasks, task);
      return;
    }
  if (task != NULL)
    swb_task_done (task, error);
  if (again || self->is_datagram || self->state != SWB_SOCKET_OPEN)
    return;

  /* ECONNRESET, ETIMEDOUT…: nothing more will come. */
  self->state = SWB_SOCKET_ENDED;
  while ((task = g_queue_pop_head (&self->recv_tasks)) != NULL)
    swb_task_done (task, error);
}

static void
take_end (SwbSocket *self, SwbTask *task)
{
  if (self->state == SWB_SOCKET_OPEN)
    self->state = SWB_SOCKET_ENDED;
  hand_out (self, task);
  swb_responder_end (self);
}

static void
tell_truncated (SwbSocket *self, gsize lost)
{
  g_autofree char *text = g_strdup_printf (
      "%" G_GSIZE_FORMAT " bytes of this message did not fit and are gone", lost);

  swb_engine_note (self->station->engine, self->station->pane, self->number,
                   SWB_NOTE_TRUNCATED, (gint64)lost, text);
}

/* One recv. @task: (nullable): a share. Returns: whether there may be more to read. */
static gboolean
receive_once (SwbSocket *self, SwbTask *task, SwbRecordOrigin origin)
{
  gboolean asks_from = task != NULL && task->order->verb == SWB_VERB_RECVFROM;
  gboolean has_from = self->is_datagram || asks_from;
  gsize room = get_room (self, task);
  g_autoptr (GBytes) answer_to = NULL;
  const guint8 *data;
  SwbAddress from;
  gssize n;

  n = swb_sys_recv (self->station->engine->journal, swb_socket_who (self, origin), self->fd,
                    room, get_flags (self, task), has_from ? &from : NULL, &data);
  if (n < 0)
    {
      take_error (self, task, errno);
      return FALSE;
    }
  if (n == 0 && !self->is_datagram)
    {
      take_end (self, task);
      return FALSE;
    }

  /* The next record overwrites the hot buffer, and answering makes one. */
  if (self->station->reply != SWB_REPLY_NONE)
    answer_to = g_bytes_new (data, MIN ((gsize)n, room));
  if ((gsize)n > room)
    tell_truncated (self, (gsize)n - room);
  hand_out (self, task);
  if (answer_to != NULL)
    swb_responder_answer (self, g_bytes_get_data (answer_to, NULL),
                          g_bytes_get_size (answer_to),
                          self->is_datagram && !self->has_peer ? &from : NULL);
  return !self->is_stream || (gsize)n == room;
}

static gboolean
may_receive (SwbSocket *self)
{
  return self->state == SWB_SOCKET_OPEN && !self->is_paused && !self->closes_when_drained;
}

void
swb_socket_receive (SwbSocket *self)
{
  guint budget = swb_socket_get_budget (self, SWB_ENGINE_READS_PER_WAKE);
  gboolean more = TRUE;

  while (more && budget-- > 0 && may_receive (self))
    {
      if (self->station->recv_auto)
        more = receive_once (self, NULL, SWB_ORIGIN_AUTO);
      else if (!g_queue_is_empty (&self->recv_tasks))
        more
            = receive_once (self, g_queue_pop_head (&self->recv_tasks), SWB_ORIGIN_COMMAND);
      else
        break;
    }
  if (!more)
    self->streak = 0;
  swb_socket_update (self);
}

void
swb_socket_recv_now (SwbSocket *self, SwbTask *task)
{
  receive_once (self, task, SWB_ORIGIN_COMMAND);
  swb_socket_update (self);
}

/* --- sending --- */

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
                    parcel->flags | MSG_NOSIGNAL,
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
