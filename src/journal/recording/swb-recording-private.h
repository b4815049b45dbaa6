/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/recording/swb-pcapng.h"
#include "journal/recording/swb-recording.h"

/* What the files of recordings share. */

G_BEGIN_DECLS

#define SWB_RECORDING_VERSION 1
#define SWB_RECORDING_TAG_SECTION "SWBS"
#define SWB_RECORDING_TAG_PANE "SWBP"
#define SWB_RECORDING_TAG_RECORD "SWBR"
#define SWB_RECORDING_TAG_MORE "SWBC"
#define SWB_RECORDING_TAG_END "SWBE"
#define SWB_RECORDING_FIELD_RECORD "SWB_RECORD="
#define SWB_RECORDING_FIELD_DATA "SWB_DATA="

#define SWB_RECORDING_SECTION_BYTES 28
#define SWB_RECORDING_RECORD_BYTES 36 /* what stands before a record's details */

/* Wireshark refuses packets over 256 KiB. */
#define SWB_RECORDING_CHUNK (224u * 1024)
#define SWB_RECORDING_JOURNAL_CHUNK (160u * 1024) /* as base64 */

/* --- swb-recording-packet.c: headers of IP --- */

/* A kind of socket, as far as recordings tell them apart. */
typedef enum
{
  SWB_FLOW_OTHER,
  SWB_FLOW_TCP,
  SWB_FLOW_UDP,
} SwbFlowKind;

/* An address and a port in 20 bytes; IPv4 in IPv6 (::ffff:…) is IPv4. */
typedef struct
{
  guint16 family; /* AF_INET, AF_INET6, or 0 when nothing is known */
  guint16 port;
  guint8 ip[16];
} SwbEndpoint;

/* FALSE, and @self cleared, for what is no inet address. */
gboolean swb_endpoint_from_address (SwbEndpoint *self, const SwbAddress *address);
gboolean swb_endpoint_is_wildcard (const SwbEndpoint *self); /* also when nothing is known */
gboolean swb_endpoint_is_loopback (const SwbEndpoint *self);

/* An address that is all zeros is not one of a packet: who hears from this machine itself was called by the same address. */
void swb_endpoint_complete (SwbEndpoint *self, const SwbEndpoint *other);

#define SWB_TCP_FIN 0x01u
#define SWB_TCP_SYN 0x02u
#define SWB_TCP_RST 0x04u
#define SWB_TCP_PSH 0x08u
#define SWB_TCP_ACK 0x10u

#define SWB_TCP_WINDOW 65535u
#define SWB_TCP_SEGMENT_MAX 32768u /* so that two are in flight before one is acknowledged */
#define SWB_UDP_DATAGRAM_MAX 65507u /* of IPv4; an IPv6 one may have 20 more and does not here */
#define SWB_PACKET_HEADER_MAX 60

/* Both return the header's length. */
gsize swb_packet_put_tcp (guint8 *header, const SwbEndpoint *from, const SwbEndpoint *to, guint32 seq, guint32 ack,
                          guint8 flags, const guint8 *data, gsize length);
gsize swb_packet_put_udp (guint8 *header, const SwbEndpoint *from, const SwbEndpoint *to, const guint8 *data,
                          gsize length);

/* --- swb-recording-flows.c: who talks with whom --- */

/* The two directions of a TCP connection as they were written so far. Side 0 connected, side 1 accepted. */
typedef struct
{
  guint32 next[2];  /* sequence number of the next byte */
  guint32 acked[2]; /* of it, what the other side acknowledged */
  guint has_syn : 1;
  guint is_open : 1; /* the handshake is written, or bytes without one were */
  guint has_fin : 2; /* a bit for each side */
  guint is_reset : 1;
} SwbTcpState;

/* A socket from its making to its close; one that connects again is another flow. */
typedef struct
{
  SwbEndpoint local;
  SwbEndpoint peer;
  SwbTcpState tcp; /* of the flow that connected, if both ends are here */
  guint32 twin;    /* number of the flow at the other end, or SWB_FLOW_NONE */
  SwbFlowKind kind;
  gint32 domain;
  guint is_server : 1;
  guint has_tried : 1;   /* to connect */
  guint is_sender : 1;   /* a send of it is among the records to be written */
  guint resets : 1;      /* SO_LINGER of 0 seconds */
} SwbFlow;

#define SWB_FLOW_NONE G_MAXUINT32

typedef struct _SwbFlows SwbFlows;

SwbFlows *swb_flows_new (void);
void swb_flows_free (SwbFlows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbFlows, swb_flows_free)

/**
 * swb_flows_learn:
 * @is_selected: whether @record will be written
 *
 * First turn: every record in order, so that addresses are known before they were asked for.
 */
void swb_flows_learn (SwbFlows *self, const SwbRecord *record, gboolean is_selected);

/* Between the turns: finds the pairs of flows that are both ends of a connection. */
void swb_flows_pair (SwbFlows *self);

/**
 * swb_flows_follow:
 *
 * Second turn: every record again.
 *
 * Returns: (transfer none) (nullable): the flow it belongs to; for accept, the one accepted
 */
SwbFlow *swb_flows_follow (SwbFlows *self, const SwbRecord *record);

/* Whether @entry can matter to the turns if it is not itself written: tells without decoding. */
gboolean swb_flows_needs (const SwbEntry *entry);

/* What kind of flow came first in @pane; SWB_FLOW_OTHER when it never made a socket. */
SwbFlowKind swb_flows_get_kind_of_pane (SwbFlows *self, guint pane);

/* (nullable): the other end of a TCP connection. */
SwbFlow *swb_flows_get_twin (SwbFlows *self, const SwbFlow *flow);

/* The shared state of both ends; @side is the side of @flow. */
SwbTcpState *swb_flows_get_tcp (SwbFlows *self, SwbFlow *flow, int *side);

/* Whether a socket of the recording sent the datagrams that come from @source, so that its own packets show them. */
gboolean swb_flows_sends_from (SwbFlows *self, const SwbEndpoint *source);

/* --- swb-recording-write.c: blocks of records --- */

typedef struct
{
  const SwbExportSource *source;
  SwbFlows *flows;
  GByteArray *out;
  GHashTable *interfaces; /* pane and link type to number + 1 */
  GByteArray *piece;      /* scratch */
} SwbRecordingWriter;

void swb_recording_writer_init (SwbRecordingWriter *self, const SwbExportSource *source, SwbFlows *flows);
void swb_recording_writer_clear (SwbRecordingWriter *self);

void swb_recording_put_section (SwbRecordingWriter *self);

/* The number of the interface, which is written when it is new. */
guint32 swb_recording_put_interface (SwbRecordingWriter *self, guint pane, guint16 link);

/* For when blocks were taken back: those with the number @n and above are to be written again. */
void swb_recording_forget_interfaces (SwbRecordingWriter *self, guint n);

/* A record without packets of its own. */
void swb_recording_put_journal (SwbRecordingWriter *self, const SwbRecord *record);

/* Says that there are only @n_records after all. */
void swb_recording_put_end (SwbRecordingWriter *self, guint64 n_records);

/**
 * swb_recording_put_packet:
 * @record: whose packet it is
 * @time_ns: monotonic
 * @is_out: whether it leaves the pane
 * @header: what stands before the data
 * @data: (nullable): a part of @record's data; %NULL for a packet that is made up
 * @has_comment: whether the call stands beside it
 */
void swb_recording_put_packet (SwbRecordingWriter *self, const SwbRecord *record, guint16 link, gint64 time_ns,
                               gboolean is_out, const guint8 *header, gsize n_header, const guint8 *data,
                               gsize n_data, gboolean has_comment);

/* Bytes of a socket that has no IP packets. */
void swb_recording_put_pdu (SwbRecordingWriter *self, const SwbRecord *record, const SwbFlow *flow);

/* --- swb-recording-tcp.c, swb-recording-udp.c --- */

/* Whether @record moves bytes, of which its packets then are. Written before or instead of the journal block. */
gboolean swb_recording_put_tcp (SwbRecordingWriter *self, const SwbRecord *record, SwbFlow *flow);
gboolean swb_recording_put_udp (SwbRecordingWriter *self, const SwbRecord *record, SwbFlow *flow);

/* The packets that follow from a call without bytes: handshakes, FIN, RST. */
void swb_recording_put_tcp_signs (SwbRecordingWriter *self, const SwbRecord *record, SwbFlow *flow);

G_END_DECLS
