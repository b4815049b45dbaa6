/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-recording-private.h"

gboolean
swb_recording_put_udp (SwbRecordingWriter *writer, const SwbRecord *record, SwbFlow *flow)
{
  static const guint8 nothing[1];
  gboolean is_out = swb_call_get_info (record->call)->data == SWB_DATA_OUT;
  SwbEndpoint local = flow->local;
  SwbEndpoint other;
  guint8 header[SWB_PACKET_HEADER_MAX];
  SwbRecord whole = *record;

  /* Of a datagram that was cut, the rest is not known; it is told without a packet. */
  if (record->error != 0 || record->n_data > SWB_UDP_DATAGRAM_MAX
      || (gsize)record->result != record->n_data)
    return FALSE;
  if (!swb_endpoint_from_address (&other, &record->address))
    other = flow->peer;
  if (other.family == 0
      || (!is_out
          && ((record->ints[1] & MSG_PEEK) != 0
              || swb_flows_sends_from (writer->flows, &other))))
    return FALSE;

  if (whole.data == NULL)
    whole.data = nothing;
  swb_endpoint_complete (&local, &other);
  gsize n = swb_packet_put_udp (header, is_out ? &local : &other, is_out ? &other : &local,
                                whole.data, whole.n_data);
  swb_recording_put_packet (writer, &whole, SWB_PCAPNG_LINK_RAW, whole.time_ns, is_out,
                            header, n, whole.data, whole.n_data, TRUE);
  return TRUE;
}
