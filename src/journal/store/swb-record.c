/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-record.h"

#include "net/swb-errno.h"

#include <string.h>

/* The details are the ints alone, or all ints, the room and the address up to the end. So
 * three ints tell whether an address follows: nothing else needs to be written for the
 * usual recv. */

#define VARINT_MAX 10 /* bytes of the longest LEB128 of 64 bits */

G_STATIC_ASSERT ((SWB_RECORD_MAX_INTS + 2) * VARINT_MAX + sizeof (struct sockaddr_storage)
                     + 2 + SWB_RECORD_CONTROL_MAX
                 <= SWB_RECORD_DETAILS_MAX);

static guint8 *
put_varint (guint8 *at, guint64 value)
{
  for (; value >= 0x80; value >>= 7)
    *at++ = (guint8)(value | 0x80);

  *at++ = (guint8)value;
  return at;
}

/* Returns NULL when the number is not whole before @end, or has more than 64 bits. */
static const guint8 *
get_varint (const guint8 *at, const guint8 *end, guint64 *value)
{
  *value = 0;

  for (guint shift = 0; at < end && shift < 64; shift += 7)
    {
      guint8 byte = *at++;

      *value |= (guint64)(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return shift == 63 && byte > 1 ? NULL : at;
    }

  return NULL;
}

static guint64
zigzag (gint64 value)
{
  return ((guint64)value << 1) ^ (value < 0 ? G_MAXUINT64 : 0);
}

static gint64
unzigzag (guint64 value)
{
  return (gint64)((value >> 1) ^ ((value & 1) != 0 ? G_MAXUINT64 : 0));
}

static gboolean
has_address (const SwbRecord *record)
{
  return record->address.length > 0 || record->address_room > 0;
}

static guint
count_ints (const SwbRecord *record)
{
  guint n = SWB_RECORD_MAX_INTS;

  if (!has_address (record))
    while (n > 0 && record->ints[n - 1] == 0)
      n--;

  return n;
}

gboolean
swb_call_is_batch (SwbCall call)
{
  return call == SWB_CALL_RECVMMSG || call == SWB_CALL_SENDMMSG;
}

gboolean
swb_call_has_messages (SwbCall call)
{
  return call == SWB_CALL_RECVMSG || call == SWB_CALL_SENDMSG || swb_call_is_batch (call);
}

/* Flags of calls and messages are numbers of 32 bits; 15 bits hold a place. */
void
swb_record_set_batch (SwbRecord *record, SwbBatch batch)
{
  guint64 place = (guint64)MIN (batch.index, SWB_BATCH_MAX)
                  | (guint64)MIN (batch.n_messages, SWB_BATCH_MAX) << 15;

  record->ints[1] = (gint64)((guint64)batch.n_offered << 32 | (guint32)record->ints[1]);
  record->ints[2] = (gint64)(place << 32 | (guint32)record->ints[2]);
}

SwbBatch
swb_record_get_batch (const SwbRecord *record)
{
  guint64 place = (guint64)record->ints[2] >> 32;

  return (SwbBatch){ .index = place & 0x7fff,
                     .n_messages = (guint)(place >> 15) & 0x7fff,
                     .n_offered = (guint)((guint64)record->ints[1] >> 32) };
}

static gboolean
has_control (SwbRecordKind kind, guint call)
{
  return kind == SWB_RECORD_CALL && swb_call_has_messages (call);
}

static guint8 *
put_control (guint8 *at, const SwbRecord *record)
{
  gsize length = MIN (record->n_control, SWB_RECORD_CONTROL_MAX);

  at = put_varint (at, length);
  if (length > 0)
    memcpy (at, record->control, length);
  return at + length;
}

static gboolean
is_long (const SwbRecord *record)
{
  return record->took_ns > (gint64)G_MAXUINT32;
}

static gsize
encode_details (const SwbRecord *record, guint8 *details)
{
  guint n_ints = count_ints (record);
  gsize length = MIN (record->address.length, sizeof record->address.storage);
  guint8 *at = details;

  if (is_long (record))
    at = put_varint (at, (guint64)record->took_ns >> 32);
  if (has_control (record->kind, record->call))
    at = put_control (at, record);
  for (guint i = 0; i < n_ints; i++)
    at = put_varint (at, zigzag (record->ints[i]));

  if (has_address (record))
    {
      at = put_varint (at, record->address_room);
      memcpy (at, &record->address.storage, length);
      at += length;
    }

  return (gsize)(at - details);
}

static guint8
get_what (const SwbRecord *record)
{
  switch (record->kind)
    {
    case SWB_RECORD_NOTE:
      return (guint8)record->note;
    case SWB_RECORD_PACKET:
      return record->packet;
    default:
      return (guint8)record->call;
    }
}

gsize
swb_record_encode (const SwbRecord *record, SwbEntry *entry, guint8 *details)
{
  gsize n_details = encode_details (record, details);

  g_return_val_if_fail (record->n_data <= G_MAXUINT32 - SWB_RECORD_DETAILS_MAX, 0);

  *entry = (SwbEntry){
    .time_ns = record->time_ns,
    .n_details = n_details,
    .length = (guint32)(record->n_data + n_details),
    .took_ns = (guint32)MAX (record->took_ns, 0),
    .result = record->error > 0 ? -record->error : record->result,
    .fd = record->fd,
    .connection = record->connection,
    .pane = (guint16)MIN (record->pane, G_MAXUINT16),
    .what = get_what (record),
    .kind = record->kind,
    .origin = record->origin,
    .is_long = is_long (record),
  };

  return n_details;
}

static gboolean
decode_address (const guint8 *at, const guint8 *end, SwbRecord *record)
{
  guint64 room;

  at = get_varint (at, end, &room);
  if (at == NULL || room > G_MAXUINT)
    return FALSE;

  gsize length = (gsize)(end - at);
  if (length > sizeof record->address.storage)
    return FALSE;

  record->address_room = (guint)room;
  record->address.length = (socklen_t)length;
  memcpy (&record->address.storage, at, length);
  return TRUE;
}

static const guint8 *
decode_control (const guint8 *at, const guint8 *end, SwbRecord *record)
{
  guint64 length;

  at = get_varint (at, end, &length);
  if (at == NULL || length > SWB_RECORD_CONTROL_MAX || length > (guint64)(end - at))
    return NULL;

  record->control = length > 0 ? at : NULL;
  record->n_control = length;
  return at + length;
}

static const guint8 *
decode_long (const guint8 *at, const guint8 *end, SwbRecord *record)
{
  guint64 upper;

  at = get_varint (at, end, &upper);
  if (at == NULL || upper > G_MAXINT32)
    return NULL;

  record->took_ns |= (gint64)(upper << 32);
  return at;
}

static gboolean
decode_details (const SwbEntry *entry, const guint8 *at, const guint8 *end,
                SwbRecord *record)
{
  if (entry->is_long)
    {
      at = decode_long (at, end, record);
      if (at == NULL)
        return FALSE;
    }
  if (has_control (record->kind, record->call))
    {
      at = decode_control (at, end, record);
      if (at == NULL)
        return FALSE;
    }

  for (guint i = 0; i < SWB_RECORD_MAX_INTS && at < end; i++)
    {
      guint64 value;

      at = get_varint (at, end, &value);
      if (at == NULL)
        return FALSE;
      record->ints[i] = unzigzag (value);
    }

  return at == end || decode_address (at, end, record);
}

static void
decode_entry (const SwbEntry *entry, SwbRecord *record)
{
  gboolean failed = entry->result < 0;

  memset (record, 0, sizeof *record);
  record->time_ns = entry->time_ns;
  record->took_ns = entry->took_ns;
  record->kind = entry->kind;
  record->origin = entry->origin;
  record->call = entry->kind == SWB_RECORD_CALL ? entry->what : SWB_CALL_NONE;
  record->note = entry->kind == SWB_RECORD_NOTE ? entry->what : 0;
  record->packet = entry->kind == SWB_RECORD_PACKET ? entry->what : 0;
  record->pane = entry->pane;
  record->connection = entry->connection;
  record->fd = entry->fd;
  record->result = failed ? -1 : entry->result;
  record->error = failed ? -MAX (entry->result, -SWB_ERRNO_MAX) : 0;
}

gboolean
swb_record_decode (const SwbEntry *entry, const guint8 *bytes, SwbRecord *record)
{
  decode_entry (entry, record);
  if (entry->n_details > entry->length || entry->n_details > SWB_RECORD_DETAILS_MAX)
    return FALSE;

  gsize n_data = entry->length - entry->n_details;
  if ((entry->n_details > 0 || entry->is_long)
      && !decode_details (entry, bytes + n_data, bytes + entry->length, record))
    {
      decode_entry (entry, record);
      return FALSE;
    }

  record->data = n_data > 0 ? bytes : NULL;
  record->n_data = n_data;
  return TRUE;
}

int
swb_record_get_direction (const SwbRecord *record)
{
  if (record->kind == SWB_RECORD_PACKET && record->result > 0)
    return (record->packet & SWB_PACKET_OUT) != 0 ? 1 : -1;
  if (record->kind != SWB_RECORD_CALL || record->result <= 0)
    return 0;

  switch (swb_call_get_info (record->call)->data)
    {
    case SWB_DATA_OUT:
      return 1;
    case SWB_DATA_IN:
      return -1;
    case SWB_DATA_ABSENT:
    case SWB_DATA_VALUE:
    default:
      return 0;
    }
}

gsize
swb_record_get_n_unkept (const SwbRecord *record)
{
  gint64 n_moved = record->result;

  if (record->kind != SWB_RECORD_CALL || record->error != 0 || record->result <= 0
      || !swb_call_moves_bytes (record->call))
    return 0;

  /* With MSG_TRUNC the kernel tells how long a datagram was. */
  if (swb_call_get_info (record->call)->data == SWB_DATA_IN)
    n_moved = MIN (n_moved, record->ints[0]);
  n_moved -= (gint64)(record->n_data + record->n_hidden);
  return (gsize)MAX (n_moved, 0);
}

void
swb_record_cut (SwbRecord *record, gsize max)
{
  if (record->n_data <= max)
    return;

  record->n_hidden += record->n_data - max;
  record->n_data = max;
}
