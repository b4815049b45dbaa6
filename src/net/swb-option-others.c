/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* clang-format off */
#define U(...) SWB_OPTION_ROW (IPPROTO_UDP, "udp(7)", __VA_ARGS__)
#define L(...) SWB_OPTION_ROW (SWB_SOL_UDPLITE, "udplite(7)", __VA_ARGS__)
#define W(...) SWB_OPTION_ROW (SWB_SOL_RAW, "raw(7)", __VA_ARGS__)
#define I(...) SWB_OPTION_ROW (IPPROTO_ICMPV6, "ipv6(7)", __VA_ARGS__)
#define N(...) SWB_OPTION_ROW (SOL_NETLINK, "netlink(7)", __VA_ARGS__)
#define P(...) SWB_OPTION_ROW (SOL_PACKET, "packet(7)", __VA_ARGS__)
#define V(...) SWB_OPTION_ROW (AF_VSOCK, "vsock(7)", __VA_ARGS__)
#define C(...) SWB_OPTION_ROW (SWB_SOL_CAN_RAW, "linux/can/raw.h", __VA_ARGS__)

static const SwbOption udp[] = {
  U (1, UDP_CORK, BOOL, SWB_RW, "2.5.44", N_("Gathers what is sent into one datagram until it is off again.")),
  U (103, UDP_SEGMENT, INT, SWB_RW, "4.18", N_("Cuts what one call sends into datagrams of this many bytes.")),
  U (104, UDP_GRO, BOOL, SWB_RW, "5.0", N_("Hands several datagrams over in one receive.")),
  U (101, UDP_NO_CHECK6_TX, BOOL, SWB_RW, "3.16", N_("Sends over IPv6 without a checksum.")),
  U (102, UDP_NO_CHECK6_RX, BOOL, SWB_RW, "3.16", N_("Takes IPv6 datagrams without a checksum.")),
  U (100, UDP_ENCAP, INT, SWB_RW, "2.5.67", N_("What the datagrams carry for the kernel: IPsec, L2TP, GTP.")),
};

static const SwbOption udplite[] = {
  L (10, UDPLITE_SEND_CSCOV, INT, SWB_RW, "2.6.20", N_("How many bytes of a sent datagram the checksum covers; 0 for all.")),
  L (11, UDPLITE_RECV_CSCOV, INT, SWB_RW, "2.6.20", N_("How many bytes must be covered of one received.")),
};

static const SwbOption raw[] = {
  W (1, ICMP_FILTER, BYTES, SWB_RW, "2.2", N_("Which types of ICMP messages are not received, as bits.")),
};

static const SwbOption icmpv6[] = {
  I (1, ICMPV6_FILTER, BYTES, SWB_RW, "2.2", N_("Which types of ICMPv6 messages are not received, as bits.")),
};

static const SwbOption netlink[] = {
  N (1, NETLINK_ADD_MEMBERSHIP, INT, SWB_W, "2.6.14", N_("Joins a group of messages, by number.")),
  N (2, NETLINK_DROP_MEMBERSHIP, INT, SWB_W, "2.6.14", N_("Leaves a group.")),
  N (9, NETLINK_LIST_MEMBERSHIPS, BYTES, SWB_R, "4.2", N_("The groups that were joined, as bits.")),
  N (3, NETLINK_PKTINFO, BOOL, SWB_RW, "2.6.14", N_("Tells beside each message the group it was sent to.")),
  N (4, NETLINK_BROADCAST_ERROR, BOOL, SWB_RW, "2.6.30", N_("A message that did not reach all is an error.")),
  N (5, NETLINK_NO_ENOBUFS, BOOL, SWB_RW, "2.6.30", N_("Lost messages are no error.")),
  N (8, NETLINK_LISTEN_ALL_NSID, BOOL, SWB_RW | SWB_RIGHTS, "4.2", N_("Hears the messages of other network namespaces too.")),
  N (10, NETLINK_CAP_ACK, BOOL, SWB_RW, "4.3", N_("Acknowledgements do without a copy of the question.")),
  N (11, NETLINK_EXT_ACK, BOOL, SWB_RW, "4.12", N_("Errors come with a sentence of the kernel’s.")),
  N (6, NETLINK_RX_RING, BYTES, SWB_W, "3.10", N_("A ring of messages in mapped memory to receive from; gone since 4.6.")),
  N (7, NETLINK_TX_RING, BYTES, SWB_W, "3.10", N_("One to send from; gone since 4.6.")),
  N (12, NETLINK_GET_STRICT_CHK, BOOL, SWB_RW, "4.20", N_("Questions are checked strictly, and may have filters.")),
};

static const SwbOption packet[] = {
  P (1, PACKET_ADD_MEMBERSHIP, BYTES, SWB_W, "2.2", N_("Hears a multicast address of the link, or with the promiscuous mode all.")),
  P (2, PACKET_DROP_MEMBERSHIP, BYTES, SWB_W, "2.2", N_("Hears it no more.")),
  P (6, PACKET_STATISTICS, STRUCT, SWB_R | SWB_TAKES, "2.2", N_("How many frames came and how many were lost since it was read last.")),
  P (8, PACKET_AUXDATA, BOOL, SWB_RW, "2.6.21", N_("Tells beside each frame its full length and its VLAN.")),
  P (9, PACKET_ORIGDEV, BOOL, SWB_RW, "2.6.24", N_("Tells the interface below a bridge or a bond.")),
  P (23, PACKET_IGNORE_OUTGOING, BOOL, SWB_RW, "4.20", N_("Does not hear what this machine sends.")),
  P (18, PACKET_FANOUT, INT, SWB_RW, "3.1", N_("Several sockets share the frames of an interface.")),
  P (22, PACKET_FANOUT_DATA, BYTES, SWB_W, "4.3", N_("The program that shares them.")),
  P (20, PACKET_QDISC_BYPASS, BOOL, SWB_RW, "3.14", N_("Sends past the queues of the interface.")),
  P (10, PACKET_VERSION, INT, SWB_RW, "2.6.27", N_("The layout of the ring in mapped memory.")),
  P (11, PACKET_HDRLEN, INT, SWB_R, "2.6.27", N_("The length of a header in the ring.")),
  P (12, PACKET_RESERVE, INT, SWB_RW, "2.6.27", N_("Bytes kept free before each frame of the ring.")),
  P (5, PACKET_RX_RING, BYTES, SWB_W, "2.6", N_("A ring of frames in mapped memory to receive from.")),
  P (13, PACKET_TX_RING, BYTES, SWB_W, "2.6.31", N_("One to send from.")),
  P (14, PACKET_LOSS, BOOL, SWB_RW, "2.6.31", N_("A wrong frame of that ring is skipped.")),
  P (19, PACKET_TX_HAS_OFF, BOOL, SWB_RW, "3.9", N_("Frames of that ring may begin anywhere.")),
  P (15, PACKET_VNET_HDR, BOOL, SWB_RW, "2.6.34", N_("Frames have the header of virtual network cards.")),
  P (24, PACKET_VNET_HDR_SZ, INT, SWB_RW, "6.6", N_("The length of that header.")),
  P (7, PACKET_COPY_THRESH, INT, SWB_RW, "2.6", N_("From which length frames of a ring are received beside it, too.")),
  P (17, PACKET_TIMESTAMP, INT, SWB_RW, "2.6.36", N_("Which clock stamps the frames of a ring.")),
  P (21, PACKET_ROLLOVER_STATS, BYTES, SWB_R, "4.2", N_("How often frames went to another socket of the fan.")),
};

static const SwbOption vsock[] = {
  V (0, SO_VM_SOCKETS_BUFFER_SIZE, UINT64, SWB_RW, "3.9", N_("Bytes of the buffer of a stream.")),
  V (1, SO_VM_SOCKETS_BUFFER_MIN_SIZE, UINT64, SWB_RW, "3.9", N_("The smallest that the peer may make it.")),
  V (2, SO_VM_SOCKETS_BUFFER_MAX_SIZE, UINT64, SWB_RW, "3.9", N_("The largest.")),
  V (6, SO_VM_SOCKETS_CONNECT_TIMEOUT, TIMEVAL, SWB_RW, "3.9", N_("How long connect waits.")),
  V (8, SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW, TIMEVAL, SWB_RW, "5.16", N_("SO_VM_SOCKETS_CONNECT_TIMEOUT with 64-bit seconds.")),
  V (7, SO_VM_SOCKETS_NONBLOCK_TXRX, BOOL, SWB_RW, "3.9", N_("No waiting to send or receive; VMware’s kernel only.")),
  V (3, SO_VM_SOCKETS_PEER_HOST_VM_ID, INT, SWB_R, "3.9", N_("The peer’s machine, as its host numbers it; VMware only.")),
  V (5, SO_VM_SOCKETS_TRUSTED, BOOL, SWB_R, "3.9", N_("Whether the peer is trusted; VMware only.")),
};

static const SwbOption can_raw[] = {
  C (1, CAN_RAW_FILTER, BYTES, SWB_RW, "2.6.25", N_("Which identifiers are received.")),
  C (2, CAN_RAW_ERR_FILTER, INT, SWB_RW, "2.6.25", N_("Which errors of the bus are received, as bits.")),
  C (3, CAN_RAW_LOOPBACK, BOOL, SWB_RW, "2.6.25", N_("Other sockets of this machine receive what is sent.")),
  C (4, CAN_RAW_RECV_OWN_MSGS, BOOL, SWB_RW, "2.6.25", N_("This socket receives what it sends, too.")),
  C (5, CAN_RAW_FD_FRAMES, BOOL, SWB_RW, "3.6", N_("Frames of up to 64 bytes (CAN FD).")),
  C (6, CAN_RAW_JOIN_FILTERS, BOOL, SWB_RW, "4.1", N_("A frame must pass all filters, not one of them.")),
  C (7, CAN_RAW_XL_FRAMES, BOOL, SWB_RW, "6.2", N_("Frames of up to 2048 bytes (CAN XL).")),
  C (8, CAN_RAW_XL_VCID_OPTS, BYTES, SWB_RW, "6.9", N_("Which virtual network such frames are of.")),
};
/* clang-format on */

const SwbOptions swb_options_udp = { udp, G_N_ELEMENTS (udp) };
const SwbOptions swb_options_udplite = { udplite, G_N_ELEMENTS (udplite) };
const SwbOptions swb_options_raw = { raw, G_N_ELEMENTS (raw) };
const SwbOptions swb_options_icmpv6 = { icmpv6, G_N_ELEMENTS (icmpv6) };
const SwbOptions swb_options_netlink = { netlink, G_N_ELEMENTS (netlink) };
const SwbOptions swb_options_packet = { packet, G_N_ELEMENTS (packet) };
const SwbOptions swb_options_vsock = { vsock, G_N_ELEMENTS (vsock) };
const SwbOptions swb_options_can_raw = { can_raw, G_N_ELEMENTS (can_raw) };
