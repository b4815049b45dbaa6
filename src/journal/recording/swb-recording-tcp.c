/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-recording-private.h"

#include <errno.h>
#include <string.h>

/* TCP as RFC 9293 has it, with as few packets as tell the story: an acknowledgement stands
 * where the window would be full otherwise, and at the end. */

typedef struct
{
  SwbRecordingWriter *writer;
  const SwbRecord *record;
  const SwbFlow *flow;
  SwbTcpState *tcp;
  int side; /* of @flow */
  gint64 time_ns;
  gboolean was_told; /* the call's comment is written */
} Wire;

static void
wire_init (Wire *self, SwbRecordingWriter *writer, const SwbRecord *record, SwbFlow *flow)
{
  memset (self, 0, sizeof *self);
  self->writer = writer;
  self->record = record;
  self->flow = flow;
  self->time_ns = record->time_ns;
  self->tcp = swb_flows_get_tcp (writer->flows, flow, &self->side);
}

/* Each connection has its own first numbers, so that one on the ports of an older one is
 * told from it. */
static void
choose_numbers (Wire *self)
{
  guint64 seed = (guint64)self->record->time_ns ^ (guint64)self->flow->local.port << 40;

  self->tcp->next[0] = (guint32)((seed * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 32);
  self->tcp->next[1] = self->tcp->next[0] ^ 0x5bd1e995u;
  self->tcp->acked[0] = self->tcp->next[0];
  self->tcp->acked[1] = self->tcp->next[1];
}

/* @from: the side that sends. @data: of the record, or NULL for a packet without bytes. */
static void
put (Wire *self, int from, guint8 flags, const guint8 *data, gsize length)
{
  gboolean is_out = from == self->side;
  const SwbEndpoint *source = is_out ? &self->flow->local : &self->flow->peer;
  const SwbEndpoint *target = is_out ? &self->flow->peer : &self->flow->local;
  guint8 header[SWB_PACKET_HEADER_MAX];
  gsize n = swb_packet_put_tcp (header, source, target, self->tcp->next[from],
                                self->tcp->next[!from], flags, data, length);

  swb_recording_put_packet (self->writer, self->record, SWB_PCAPNG_LINK_RAW, self->time_ns,
                            is_out, header, n, data, length, !self->was_told);
  self->was_told = TRUE;
  self->tcp->next[from] += (guint32)length;
  if ((flags & (SWB_TCP_SYN | SWB_TCP_FIN)) != 0)
    self->tcp->next[from]++;
  if ((flags & SWB_TCP_ACK) != 0)
    self->tcp->acked[!from] = self->tcp->next[!from];
}

static void
put_syn (Wire *self, int from)
{
  choose_numbers (self);
  self->tcp->has_syn = TRUE;
  self->tcp->is_open = FALSE;
  self->tcp->has_fin = 0;
  self->tcp->is_reset = FALSE;
  put (self, from, SWB_TCP_SYN, NULL, 0);
}

static void
put_opening (Wire *self)
{
  if (!self->tcp->has_syn)
    put_syn (self, 0);
  if (self->tcp->is_open)
    return;

  put (self, 1, SWB_TCP_SYN | SWB_TCP_ACK, NULL, 0);
  put (self, 0, SWB_TCP_ACK, NULL, 0);
  self->tcp->is_open = TRUE;
}

static void
put_reset (Wire *self, int from)
{
  if (self->tcp->is_reset)
    return;

  put (self, from, SWB_TCP_RST | SWB_TCP_ACK, NULL, 0);
  self->tcp->is_reset = TRUE;
}

static void
put_fin (Wire *self, int from)
{
  if (!self->tcp->is_open || self->tcp->is_reset || (self->tcp->has_fin & 1u << from) != 0)
    return;

  put (self, from, SWB_TCP_FIN | SWB_TCP_ACK, NULL, 0);
  self->tcp->has_fin |= 1u << from;
  put (self, !from, SWB_TCP_ACK, NULL, 0);
}

static void
put_segments (Wire *self, int from)
{
  const SwbRecord *record = self->record;

  if (!self->tcp->is_open && !self->tcp->has_syn)
    choose_numbers (self);
  self->tcp->is_open = TRUE;

  for (gsize done = 0; done < record->n_data;)
    {
      gsize n = MIN (record->n_data - done, SWB_TCP_SEGMENT_MAX);
      guint32 in_flight = self->tcp->next[from] - self->tcp->acked[from];

      if (in_flight + n > SWB_TCP_WINDOW)
        {
          gboolean was_told = self->was_told;

          self->was_told = TRUE;
          put (self, !from, SWB_TCP_ACK, NULL, 0);
          self->was_told = was_told;
        }

      put (self, from, SWB_TCP_PSH | SWB_TCP_ACK, record->data + done, n);
      done += n;
    }

  /* Bytes that the journal did not keep are missing here, too, and Wireshark says so. */
  self->tcp->next[from] += (guint32)swb_record_get_n_unkept (record);
}

gboolean
swb_recording_put_tcp (SwbRecordingWriter *writer, const SwbRecord *record, SwbFlow *flow)
{
  int direction = swb_record_get_direction (record);
  SwbFlow *twin = swb_flows_get_twin (writer->flows, flow);
  Wire wire;

  if (direction == 0 || flow->peer.family == 0)
    return FALSE;
  if (direction < 0
      && ((record->ints[1] & MSG_PEEK) != 0 || (twin != NULL && twin->is_sender)))
    return FALSE;

  wire_init (&wire, writer, record, flow);
  put_segments (&wire, direction > 0 ? wire.side : !wire.side);
  return record->n_data > 0;
}

/* --- calls without bytes --- */

static void
put_connect (Wire *self)
{
  switch (self->record->error)
    {
    case 0:
      put_syn (self, 0);
      self->time_ns += self->record->took_ns;
      put_opening (self);
      break;
    case ECONNREFUSED:
      put_syn (self, 0);
      self->time_ns += self->record->took_ns;
      put_reset (self, 1);
      break;
    case EINPROGRESS:
    case EINTR:
    case ETIMEDOUT:
      put_syn (self, 0);
      break;
    default:
      break;
    }
}

/* How a connect that was under way ended: connect(2), EINPROGRESS. */
static void
put_outcome (Wire *self)
{
  const SwbRecord *record = self->record;
  int value;

  if (record->ints[0] != SOL_SOCKET || record->ints[1] != SO_ERROR || record->error != 0
      || record->n_data < sizeof value || !self->tcp->has_syn)
    return;

  memcpy (&value, record->data, sizeof value);
  if (value == 0 && self->side == 0)
    put_opening (self);
  else if (value == ECONNREFUSED || value == ECONNRESET)
    put_reset (self, !self->side);
}

static void
put_end_of_peer (Wire *self)
{
  const SwbRecord *record = self->record;

  if (record->error == ECONNRESET)
    put_reset (self, !self->side);
  else if (record->error == 0 && record->result == 0 && record->ints[0] > 0
           && (record->ints[1] & MSG_PEEK) == 0
           && swb_call_get_info (record->call)->data == SWB_DATA_IN)
    put_fin (self, !self->side);
}

static void
put_close (Wire *self)
{
  if (self->flow->resets && self->tcp->is_open)
    put_reset (self, self->side);
  else
    put_fin (self, self->side);
}

static void
note_linger (SwbFlow *flow, const SwbRecord *record)
{
  struct linger linger;

  if (record->error != 0 || record->ints[0] != SOL_SOCKET || record->ints[1] != SO_LINGER
      || record->n_data < sizeof linger)
    return;

  memcpy (&linger, record->data, sizeof linger);
  flow->resets = linger.l_onoff != 0 && linger.l_linger == 0;
}

void
swb_recording_put_tcp_signs (SwbRecordingWriter *writer, const SwbRecord *record,
                             SwbFlow *flow)
{
  Wire wire;

  if (record->call == SWB_CALL_SETSOCKOPT)
    note_linger (flow, record);
  if (flow->peer.family == 0)
    return;

  wire_init (&wire, writer, record, flow);
  switch (record->call)
    {
    case SWB_CALL_CONNECT:
      put_connect (&wire);
      break;
    case SWB_CALL_ACCEPT:
      put_opening (&wire);
      break;
    case SWB_CALL_GETSOCKOPT:
      put_outcome (&wire);
      break;
    case SWB_CALL_SHUTDOWN:
      if (record->error == 0 && record->ints[0] != SHUT_RD)
        put_fin (&wire, wire.side);
      break;
    case SWB_CALL_CLOSE:
      put_close (&wire);
      break;
    default:
      if (swb_call_moves_bytes (record->call))
        put_end_of_peer (&wire);
      break;
    }
}
