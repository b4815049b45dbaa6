/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-sys.h"

#include <errno.h>
#include <sys/socket.h>

/* Calls with many messages. They need more room than the journal's hot buffer has for one
 * record, so that what comes is copied there; of the room only what was used is ever
 * touched. */

struct _SwbSysBatch
{
  SwbRecord record; /* what the messages of the last call have in common */
  guint8 *bytes;    /* room for each message, one behind the other */
  gsize n_bytes;
  struct mmsghdr headers[SWB_SYS_BATCH_MAX];
  struct iovec pieces[SWB_SYS_BATCH_MAX];
  SwbAddress from[SWB_SYS_BATCH_MAX];
  guint8 control[SWB_SYS_BATCH_MAX][SWB_RECORD_CONTROL_MAX] __attribute__ ((aligned (16)));
};

SwbSysBatch *
swb_sys_batch_new (void)
{
  return g_new0 (SwbSysBatch, 1);
}

void
swb_sys_batch_free (SwbSysBatch *batch)
{
  if (batch == NULL)
    return;

  g_free (batch->bytes);
  g_free (batch);
}

static void
reserve (SwbSysBatch *self, gsize n_bytes)
{
  if (n_bytes <= self->n_bytes)
    return;

  g_free (self->bytes);
  self->bytes = g_malloc (n_bytes);
  self->n_bytes = n_bytes;
}

/* The kernel leaves the padding between control messages as it is. */
static void
prepare (SwbSysBatch *self, guint index, gsize room)
{
  struct msghdr *header = &self->headers[index].msg_hdr;

  memset (self->control[index], 0, header->msg_controllen);
  self->pieces[index] = (struct iovec){ self->bytes + index * room, room };
  *header = (struct msghdr){ .msg_name = &self->from[index].storage,
                             .msg_namelen = sizeof (self->from[index].storage),
                             .msg_iov = &self->pieces[index],
                             .msg_iovlen = 1,
                             .msg_control = self->control[index],
                             .msg_controllen = sizeof (self->control[index]) };
}

/* What was offered and not used is still zero. */
static void
forget_unused (SwbSysBatch *self, guint first, guint n_offered)
{
  for (guint i = first; i < n_offered; i++)
    self->headers[i].msg_hdr.msg_controllen = 0;
}

static void
end (SwbRecord *record, int result)
{
  record->error = result < 0 ? errno : 0;
  record->took_ns = swb_sys_now_ns () - record->time_ns;
  record->result = result;
}

int
swb_sys_recvmmsg (SwbJournal *journal, SwbWho who, int fd, gsize room, guint n_messages,
                  int flags, SwbSysBatch *self)
{
  gsize n_fitting = SWB_JOURNAL_DATA_MAX / MAX (room, 1);
  guint n = MIN (n_messages, (guint)CLAMP (n_fitting, 1, SWB_SYS_BATCH_MAX));
  int result = -1;

  reserve (self, n * room);
  for (guint i = 0; i < n; i++)
    prepare (self, i, room);
  self->record = (SwbRecord){ .ints = { 0, flags } };
  swb_sys_begin (&self->record, who, SWB_CALL_RECVMMSG, fd);
  if (!swb_sys_is_refused ())
    result = recvmmsg (fd, self->headers, n, flags, NULL);
  end (&self->record, result);
  swb_record_set_batch (&self->record, (SwbBatch){ 0, (guint)MAX (result, 0), n });
  forget_unused (self, (guint)MAX (result, 0), n);
  if (result < 0)
    swb_journal_append (journal, &self->record);
  errno = self->record.error;
  return result;
}

void
swb_sys_batch_get (SwbSysBatch *self, guint index, SwbMessage *message)
{
  const struct msghdr *header = &self->headers[index].msg_hdr;
  SwbBatch batch = swb_record_get_batch (&self->record);
  SwbRecord *record = &message->record;
  gsize room = self->pieces[index].iov_len;

  *record = self->record;
  batch.index = index;
  record->ints[0] = (gint64)room;
  record->ints[2] = header->msg_flags;
  swb_record_set_batch (record, batch);
  record->result = (int)self->headers[index].msg_len;
  record->address = self->from[index];
  record->address.length = MIN (header->msg_namelen, sizeof (record->address.storage));
  record->address_room = sizeof (record->address.storage);
  record->data = self->pieces[index].iov_base;
  record->n_data = MIN ((gsize)record->result, room);
  record->control = self->control[index];
  record->n_control = header->msg_controllen;
  message->from = record->address;
  message->data = record->data;
  message->control = record->control;
  message->n_control = record->n_control;
}

int
swb_sys_sendmmsg (SwbJournal *journal, SwbWho who, int fd, const void *data, gsize length,
                  int flags, guint n_messages, gsize *n_last)
{
  struct mmsghdr headers[SWB_SYS_BATCH_MAX] = { 0 };
  guint n = MIN (n_messages, SWB_SYS_BATCH_MAX);
  struct iovec piece = { (void *)data, length };
  SwbRecord record = { .ints = { (gint64)length, flags }, .data = data };
  SwbBatch batch = { .n_offered = n };
  int result = -1;

  for (guint i = 0; i < n; i++)
    headers[i].msg_hdr = (struct msghdr){ .msg_iov = &piece, .msg_iovlen = 1 };
  swb_sys_begin (&record, who, SWB_CALL_SENDMMSG, fd);
  if (!swb_sys_is_refused ())
    result = sendmmsg (fd, headers, n, flags);
  end (&record, result);

  batch.n_messages = (guint)MAX (result, 0);
  for (; batch.index < MAX (batch.n_messages, 1); batch.index++)
    {
      if (result >= 0)
        record.result = (int)headers[batch.index].msg_len;
      record.n_data = (gsize)MAX (record.result, 0);
      swb_record_set_batch (&record, batch);
      swb_journal_append (journal, &record);
    }
  *n_last = record.n_data;
  errno = record.error;
  return result;
}
