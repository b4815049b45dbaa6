/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-socket.h"

#include <errno.h>

#include "engine/swb-descriptors.h"
#include "engine/swb-flags.h"
#include "engine/swb-responder.h"
#include "engine/swb-station.h"

/* Errors read in one turn. */
#define ERRORS_PER_TURN 64

static gsize
get_room (SwbSocket *self, SwbTask *task)
{
  int room = task != NULL ? task->order->numbers[0] : self->station->recv_room;

  if (room > 0)
    return MIN ((gsize)room, SWB_JOURNAL_DATA_MAX);
  return self->is_stream ? SWB_ENGINE_RECV_ROOM : SWB_ENGINE_DATAGRAM_ROOM;
}

/* With the whole length of a message, the journal can say what did not fit. */
static int
get_flags (SwbSocket *self, SwbTask *task)
{
  int flags = task != NULL ? task->order->numbers[1] : self->station->recv_flags;

  return flags
         | swb_flags_get_receiving (self->station->domain, self->station->type,
                                    self->station->protocol);
}

static SwbCall
get_call (SwbSocket *self, SwbTask *task)
{
  SwbVerb verb = task != NULL ? task->order->verb : SWB_VERB_NONE;

  if (verb == SWB_VERB_RECVMMSG)
    return SWB_CALL_RECVMMSG;
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

/* Of the call itself, not of what came. */
static gboolean
is_refusal (int error)
{
  return error == EINVAL || error == EOPNOTSUPP || error == ENOTCONN || error == EBADFD
         || error == EFAULT;
}

static void
take_error (SwbSocket *self, SwbTask *task, int error)
{
  gboolean again = error == EAGAIN || error == EINTR;
  gboolean apart = swb_socket_is_apart (task);
  gboolean asked_not_to = task != NULL && (task->order->numbers[1] & MSG_DONTWAIT) != 0;
  gboolean waits = self->state == SWB_SOCKET_OPEN && !asked_not_to
                   && !(apart && self->station->recv_auto);

  if (again && task != NULL && waits)
    {
      g_queue_push_head (&self->recv_tasks, task);
      return;
    }
  if (!again && !self->has_errors)
    self->is_erring = FALSE;
  /* The datagram stays where it is, and the socket readable for ever. */
  if (task == NULL && self->is_datagram && is_refusal (error))
    self->is_refused = TRUE;
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
  gboolean is_more;   /* of a call by hand that has had its answer: no other order's */
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
receive (SwbSocket *self, SwbTask *task, SwbRecordOrigin origin, SwbCall call,
         Received *received)
{
  received->room = get_room (self, task);
  received->flags = get_flags (self, task);
  received->from.length = 0;
  received->aside = NULL;
  received->is_more = FALSE;
  if (call == SWB_CALL_RECVMSG)
    receive_message (self, task, origin, received);
  else
    received->n = swb_sys_recv (
        self->station->engine->journal, swb_socket_who (self, origin), self->fd,
        received->room, received->flags, call == SWB_CALL_RECVFROM ? &received->from : NULL,
        &received->data);
}

/* Bytes came. @task: (nullable): a share. Returns: whether there may be more to read. */
static gboolean
take_bytes (SwbSocket *self, SwbTask *task, const Received *received)
{
  g_autoptr (GBytes) answer_to = NULL;

  /* The next record overwrites the hot buffer, and answering makes one. */
  if (self->station->reply != SWB_REPLY_NONE)
    answer_to = g_bytes_new (received->data, MIN ((gsize)received->n, received->room));
  if ((received->flags & (MSG_PEEK | MSG_ERRQUEUE)) == 0)
    swb_drops_drained (self, (gsize)received->n);
  /* What was only looked at is still there. */
  if ((gsize)received->n > received->room && (received->flags & MSG_PEEK) == 0)
    tell_truncated (self, (gsize)received->n - received->room);
  if (!received->is_more)
    hand_out (self, task);
  if (answer_to != NULL)
    swb_responder_answer (self, g_bytes_get_data (answer_to, NULL),
                          g_bytes_get_size (answer_to),
                          self->is_datagram && !self->has_peer ? &received->from : NULL);
  return !self->is_stream || (gsize)received->n == received->room;
}

/* Of a stream a second message would begin somewhere. */
static guint
get_n_messages (SwbSocket *self, const SwbTask *task)
{
  if (task != NULL)
    return (guint)MAX (task->order->numbers[2], 1);
  return self->is_stream ? 1 : SWB_SYS_BATCH_MAX;
}

/* All messages are recorded first: the kernel gave them before it is asked anything else.
 */
static int
receive_batch (SwbSocket *self, SwbTask *task, SwbRecordOrigin origin, Received *common)
{
  SwbEngine *engine = self->station->engine;
  int n;

  if (engine->batch == NULL)
    engine->batch = swb_sys_batch_new ();
  common->room = get_room (self, task);
  common->flags = get_flags (self, task);
  n = swb_sys_recvmmsg (engine->journal, swb_socket_who (self, origin), self->fd,
                        common->room, get_n_messages (self, task),
                        common->flags | MSG_CMSG_CLOEXEC, engine->batch);
  for (int i = 0; i < n; i++)
    {
      Received received = { 0 };
      SwbMessage message;

      swb_sys_batch_get (engine->batch, (guint)i, &message);
      received.aside = (guint8 *)message.data; /* no other record overwrites it */
      tell_overflow (self, &message, &received);
      swb_sys_recvmsg_end (engine->journal, &message);
    }
  return n;
}

/* Of all messages, before the bytes of one of them end the stream or close the socket. */
static void
take_descriptors (SwbSocket *self, SwbTask *task, int n)
{
  for (int i = 0; i < n; i++)
    {
      SwbMessage message;

      swb_sys_batch_get (self->station->engine->batch, (guint)i, &message);
      if (swb_descriptors_are_in (&message))
        swb_descriptors_came (self, i == 0 ? task : NULL, &message);
    }
}

/* As receive_once(), with one call. Fewer than were asked for are all that there were. */
static gboolean
receive_many (SwbSocket *self, SwbTask *task, SwbRecordOrigin origin, guint *n_read)
{
  SwbEngine *engine = self->station->engine;
  Received received = { 0 };
  int n = receive_batch (self, task, origin, &received);
  gboolean more = n == (int)get_n_messages (self, task);

  if (n <= 0)
    take_error (self, task, n < 0 ? errno : EAGAIN);
  *n_read += (guint)MAX (n, 0);
  take_descriptors (self, task, n);
  for (int i = 0; i < n && self->state != SWB_SOCKET_CLOSED; i++)
    {
      SwbMessage message;

      swb_sys_batch_get (engine->batch, (guint)i, &message);
      received.n = message.record.result;
      received.from = message.from;
      received.data = message.data;
      if (received.n == 0 && !self->is_datagram)
        {
          take_end (self, task);
          return FALSE;
        }
      more &= take_bytes (self, task, &received);
      received.is_more = origin == SWB_ORIGIN_COMMAND;
      task = NULL;
    }
  return more;
}

/* One receive. @task: (nullable): a share. @n_read: grows by what came. Returns: whether
 * there may be more to read. */
static gboolean
receive_once (SwbSocket *self, SwbTask *task, SwbRecordOrigin origin, guint *n_read)
{
  SwbCall call = get_call (self, task);
  g_autofree guint8 *aside = NULL;
  Received received;

  if (call == SWB_CALL_RECVMMSG)
    return receive_many (self, task, origin, n_read);

  receive (self, task, origin, call, &received);
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
  *n_read += 1;
  return take_bytes (self, task, &received);
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
  guint n_read = 0;

  while (more && n_read < budget && may_receive (self))
    {
      if (swb_socket_receives_alone (self))
        more = receive_once (self, NULL, SWB_ORIGIN_AUTO, &n_read);
      else if (!g_queue_is_empty (&self->recv_tasks))
        more = receive_once (self, g_queue_pop_head (&self->recv_tasks), SWB_ORIGIN_COMMAND,
                             &n_read);
      else
        break;
    }
  if (!more)
    self->streak = 0;
  if (n_read > 0 && !self->has_errors)
    self->is_erring = FALSE;
  if (self->state == SWB_SOCKET_OPEN)
    swb_drops_pause (self);
  swb_pace_took (self, n_read, !more);
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
  guint n_read = 0;

  receive_once (self, task, SWB_ORIGIN_COMMAND, &n_read);
  swb_socket_update (self);
}
