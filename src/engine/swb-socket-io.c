/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-socket.h"

#include <errno.h>

#include "engine/swb-descriptors.h"
#include "engine/swb-responder.h"
#include "engine/swb-station.h"

/* One send offers the kernel no more than this of a stream's bytes. */
#define SEND_MAX (256u * 1024)

/* Sends of one socket in one turn, then others have theirs. */
#define SENDS_PER_TURN 64

/* An unconnected unix datagram socket is always writable, whatever its peer's queue holds.
 */
#define RETRY_MS 10

/* Errors read in one turn. */
#define ERRORS_PER_TURN 64

/* So many bytes of answers are not left to the end of the turn. */
#define ANSWERS_MAX (256u * 1024)

/* Chargen could fill a disk in a minute; this pace (some 190 kB/s) shows as much. */
#define CHARGEN_PACE_MS 50

/* --- receiving --- */

static gsize
get_room (SwbSocket *self, SwbTask *task)
{
  int room = task != NULL ? task->order->numbers[0] : self->station->recv_room;

  if (room > 0)
    return MIN ((gsize)room, SWB_JOURNAL_DATA_MAX);
  return self->is_stream ? SWB_ENGINE_RECV_ROOM : SWB_ENGINE_DATAGRAM_ROOM;
}

/* MSG_TRUNC makes recv() return a message's whole length, so that the journal can say what
 * did not fit. On a stream it would throw bytes away: tcp(7). */
static int
get_flags (SwbSocket *self, SwbTask *task)
{
  int flags = task != NULL ? task->order->numbers[1] : self->station->recv_flags;

  return self->is_stream ? flags : flags | MSG_TRUNC;
}

static SwbCall
get_call (SwbSocket *self, SwbTask *task)
{
  SwbVerb verb = task != NULL ? task->order->verb : SWB_VERB_NONE;

  if (verb == SWB_VERB_RECVMSG)
    return SWB_CALL_RECVMSG;
  if (verb == SWB_VERB_RECVFROM)
    return SWB_CALL_RECVFROM;
  if (task == NULL && self->station->recv_call != SWB_CALL_NONE)
    return self->station->recv_call;
  return self->is_datagram ? SWB_CALL_RECVFROM : SWB_CALL_RECV;
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

gboolean
swb_socket_is_apart (const SwbTask *task)
{
  return task != NULL && (task->order->numbers[1] & (MSG_OOB | MSG_ERRQUEUE)) != 0;
}

static void
take_error (SwbSocket *self, SwbTask *task, int error)
{
  gboolean again = error == EAGAIN || error == EINTR;
  gboolean apart = swb_socket_is_apart (task);
  gboolean waits = self->state == SWB_SOCKET_OPEN && !(apart && self->station->recv_auto);

  if (again && task != NULL && waits)
    {
      g_queue_push_head (&self->recv_tasks, task);
      return;
    }
  if (task != NULL)
    swb_task_done (task, error);
  if (again || apart || self->is_datagram || self->state != SWB_SOCKET_OPEN)
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

/* What came with one call. */
typedef struct
{
  gssize n; /* as the call returned it */
  gsize room;
  int flags;
  SwbAddress from;
  const guint8 *data; /* until the next record */
  guint8 *aside;      /* (nullable): or here */
} Received;

/* Other records will be put where the message's bytes lie. */
static void
take_aside (SwbMessage *message, Received *received)
{
  if (received->aside != NULL)
    return;

  received->aside = g_memdup2 (message->data, message->record.n_data);
  received->data = message->record.data = received->aside;
}

/* What was lost before this message stands before it. */
static void
tell_overflow (SwbSocket *self, SwbMessage *message, Received *received)
{
  struct msghdr header;
  struct cmsghdr *told = swb_control_find (message, &header, SO_RXQ_OVFL);
  guint32 n_dropped;

  if (told == NULL)
    return;
  memcpy (&n_dropped, CMSG_DATA (told), sizeof (n_dropped));
  if (n_dropped == self->drops.n_told)
    return;

  take_aside (message, received);
  swb_drops_heard (self, n_dropped, message->record.time_ns);
}

static void
receive_message (SwbSocket *self, const SwbTask *task, SwbRecordOrigin origin,
                 Received *received)
{
  SwbJournal *journal = self->station->engine->journal;
  int n_control = task != NULL ? task->order->numbers[2] : 0;
  gboolean has_more;
  SwbMessage message;
  int error;

  received->n = swb_sys_recvmsg (
      journal, swb_socket_who (self, origin), self->fd, received->room,
      received->flags | MSG_CMSG_CLOEXEC,
      n_control == 0 ? SWB_RECORD_CONTROL_MAX : (gsize)MAX (n_control, 0), &message);
  error = errno;
  received->from = message.from;
  received->data = message.data;
  tell_overflow (self, &message, received);
  has_more = swb_descriptors_are_in (&message);
  if (has_more)
    take_aside (&message, received);
  swb_sys_recvmsg_end (journal, &message);
  if (has_more)
    swb_descriptors_came (self, task, &message);
  errno = error;
}

static void
receive (SwbSocket *self, SwbTask *task, SwbRecordOrigin origin, Received *received)
{
  SwbCall call = get_call (self, task);

  received->room = get_room (self, task);
  received->flags = get_flags (self, task);
  received->from.length = 0;
  received->aside = NULL;
  if (call == SWB_CALL_RECVMSG)
    receive_message (self, task, origin, received);
  else
    received->n = swb_sys_recv (
        self->station->engine->journal, swb_socket_who (self, origin), self->fd,
        received->room, received->flags, call == SWB_CALL_RECVFROM ? &received->from : NULL,
        &received->data);
}

/* One receive. @task: (nullable): a share. Returns: whether there may be more to read. */
static gboolean
receive_once (SwbSocket *self, SwbTask *task, SwbRecordOrigin origin)
{
  g_autoptr (GBytes) answer_to = NULL;
  g_autofree guint8 *aside = NULL;
  Received received;

  receive (self, task, origin, &received);
  aside = received.aside;
  if (received.n < 0)
    {
      take_error (self, task, errno);
      return FALSE;
    }
  if (received.n == 0 && !self->is_datagram)
    {
      take_end (self, task);
      return FALSE;
    }

  /* The next record overwrites the hot buffer, and answering makes one. */
  if (self->station->reply != SWB_REPLY_NONE)
    answer_to = g_bytes_new (received.data, MIN ((gsize)received.n, received.room));
  if ((received.flags & (MSG_PEEK | MSG_ERRQUEUE)) == 0)
    swb_drops_drained (self, (gsize)received.n);
  /* What was only looked at is still there. */
  if ((gsize)received.n > received.room && (received.flags & MSG_PEEK) == 0)
    tell_truncated (self, (gsize)received.n - received.room);
  hand_out (self, task);
  if (answer_to != NULL)
    swb_responder_answer (self, g_bytes_get_data (answer_to, NULL),
                          g_bytes_get_size (answer_to),
                          self->is_datagram && !self->has_peer ? &received.from : NULL);
  return !self->is_stream || (gsize)received.n == received.room;
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
  if (self->state == SWB_SOCKET_OPEN)
    swb_drops_pause (self);
  swb_socket_update (self);
}

void
swb_socket_receive_errors (SwbSocket *self)
{
  SwbJournal *journal = self->station->engine->journal;
  guint budget = ERRORS_PER_TURN;
  SwbMessage message;
  gssize n;

  do
    {
      n = swb_sys_recvmsg (
          journal, swb_socket_who (self, SWB_ORIGIN_AUTO), self->fd, get_room (self, NULL),
          MSG_ERRQUEUE | MSG_TRUNC | MSG_CMSG_CLOEXEC, SWB_RECORD_CONTROL_MAX, &message);
      swb_sys_recvmsg_end (journal, &message);
    }
  while (n >= 0 && --budget > 0);
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
