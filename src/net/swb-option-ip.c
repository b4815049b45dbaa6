/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>
#include <netinet/in.h>

/* clang-format off */
#define O(number, name, type, flags, since, sentence) \
  { IPPROTO_IP, number, #name, SWB_OPTION_##type, flags, since, "ip(7)", sentence }

static const SwbOption options[] = {
  O (2, IP_TTL, INT, SWB_RW, "", N_("How many routers a packet may pass, 1 to 255.")),
  O (1, IP_TOS, INT, SWB_RW, "", N_("The type-of-service byte: which traffic is urgent (DSCP) and which was slowed (ECN).")),
  O (14, IP_MTU, INT, SWB_R, "2.2", N_("The largest packet on the way to the peer, as known now; for connected sockets.")),
  O (10, IP_MTU_DISCOVER, INT, SWB_RW, "2.2", N_("Whether packets may be cut on their way: 0 yes, 1 by route, 2 never, 3 never and don’t care.")),
  O (11, IP_RECVERR, BOOL, SWB_RW, "2.2", N_("Keeps each ICMP error with its sender, to be read with MSG_ERRQUEUE.")),
  O (26, IP_RECVERR_RFC4884, BOOL, SWB_RW, "5.9", N_("Adds what RFC 4884 appends to ICMP errors.")),
  O (8, IP_PKTINFO, BOOL, SWB_RW, "2.2", N_("Tells beside each datagram its interface and the address it was sent to.")),
  O (12, IP_RECVTTL, BOOL, SWB_RW, "2.2", N_("Tells beside each datagram how many routers it might still have passed.")),
  O (13, IP_RECVTOS, BOOL, SWB_RW, "2.2", N_("Tells beside each datagram its type of service.")),
  O (20, IP_RECVORIGDSTADDR, BOOL, SWB_RW, "2.6.29", N_("Tells the address that a redirected datagram was sent to.")),
  O (25, IP_RECVFRAGSIZE, BOOL, SWB_RW, "4.10", N_("Tells the size of the largest fragment of a datagram.")),
  O (6, IP_RECVOPTS, BOOL, SWB_RW, "2.2", N_("Tells the IP options of each datagram.")),
  O (7, IP_RETOPTS, BOOL, SWB_RW, "2.2", N_("Tells the IP options turned round, ready to answer with.")),
  O (23, IP_CHECKSUM, BOOL, SWB_RW, "4.0", N_("Tells the checksum of each UDP datagram.")),
  O (18, IP_PASSSEC, BOOL, SWB_RW, "2.6.17", N_("Tells the security label of the peer of an IPsec connection.")),
  O (35, IP_ADD_MEMBERSHIP, MEMBERSHIP, SWB_W, "", N_("Joins a multicast group: “239.1.2.3 eth0”.")),
  O (36, IP_DROP_MEMBERSHIP, MEMBERSHIP, SWB_W, "", N_("Leaves a multicast group.")),
  O (39, IP_ADD_SOURCE_MEMBERSHIP, SOURCE, SWB_W, "2.4.22", N_("Joins a multicast group for one sender: “232.1.2.3 127.0.0.1 192.0.2.1”.")),
  O (40, IP_DROP_SOURCE_MEMBERSHIP, SOURCE, SWB_W, "2.4.22", N_("Leaves a multicast group for one sender.")),
  O (38, IP_BLOCK_SOURCE, SOURCE, SWB_W, "2.4.22", N_("Hears one sender of a multicast group no more.")),
  O (37, IP_UNBLOCK_SOURCE, SOURCE, SWB_W, "2.4.22", N_("Hears that sender again.")),
  O (41, IP_MSFILTER, BYTES, SWB_RW, "2.4.22", N_("All senders of a multicast group that are heard, or are not.")),
  O (32, IP_MULTICAST_IF, QUAD, SWB_RW, "", N_("Through which interface, by its address, multicast leaves.")),
  O (33, IP_MULTICAST_TTL, INT, SWB_RW, "", N_("How many routers multicast may pass; 1 stays on the link.")),
  O (34, IP_MULTICAST_LOOP, BOOL, SWB_RW, "", N_("Whether sockets of this machine hear the multicast it sends.")),
  O (49, IP_MULTICAST_ALL, BOOL, SWB_RW, "2.6.31", N_("Hears all groups that any socket of this machine has joined.")),
  O (50, IP_UNICAST_IF, INT, SWB_RW, "3.4", N_("Through which interface packets leave, by number in network byte order.")),
  O (15, IP_FREEBIND, BOOL, SWB_RW, "2.4", N_("Binds to an address that this machine does not have yet.")),
  O (24, IP_BIND_ADDRESS_NO_PORT, BOOL, SWB_RW, "4.2", N_("Chooses the port at connect, not at bind, so that fewer are used up.")),
  O (51, IP_LOCAL_PORT_RANGE, INT, SWB_RW, "6.3", N_("The ports that the kernel chooses from: lower half the first, upper half the last.")),
  O (52, IP_PROTOCOL, INT, SWB_R, "6.4", N_("The protocol of a raw socket with IP_HDRINCL.")),
  O (19, IP_TRANSPARENT, BOOL, SWB_RW | SWB_RIGHTS, "2.6.24", N_("Binds to any address, to stand in for it.")),
  O (3, IP_HDRINCL, BOOL, SWB_RW, "2.0", N_("A raw socket is given packets with their IP header.")),
  O (22, IP_NODEFRAG, BOOL, SWB_RW, "2.6.36", N_("A raw socket is given fragments as they come.")),
  O (21, IP_MINTTL, INT, SWB_RW, "2.6.34", N_("Packets that have passed too many routers are dropped.")),
  O (4, IP_OPTIONS, BYTES, SWB_RW, "2.0", N_("IP options that go with each packet.")),
  O (5, IP_ROUTER_ALERT, BOOL, SWB_RW | SWB_RIGHTS, "2.2", N_("Hands packets that routers are to look at to this socket.")),
  O (9, IP_PKTOPTIONS, BYTES, SWB_R, "2.2", N_("What control messages would tell, of a TCP socket.")),
  O (16, IP_IPSEC_POLICY, BYTES, SWB_RW | SWB_RIGHTS, "2.5.47", N_("An IPsec policy of this socket alone.")),
  O (17, IP_XFRM_POLICY, BYTES, SWB_RW | SWB_RIGHTS, "2.5.48", N_("The same in the kernel’s own form.")),
  O (42, MCAST_JOIN_GROUP, GROUP, SWB_W, "2.5.68", N_("Joins a multicast group of IPv4 or IPv6.")),
  O (45, MCAST_LEAVE_GROUP, GROUP, SWB_W, "2.5.68", N_("Leaves it.")),
  O (46, MCAST_JOIN_SOURCE_GROUP, GROUP_SOURCE, SWB_W, "2.5.68", N_("Joins it for one sender.")),
  O (47, MCAST_LEAVE_SOURCE_GROUP, GROUP_SOURCE, SWB_W, "2.5.68", N_("Leaves it for one sender.")),
  O (43, MCAST_BLOCK_SOURCE, GROUP_SOURCE, SWB_W, "2.5.68", N_("Hears one of its senders no more.")),
  O (44, MCAST_UNBLOCK_SOURCE, GROUP_SOURCE, SWB_W, "2.5.68", N_("Hears that sender again.")),
  O (48, MCAST_MSFILTER, BYTES, SWB_RW, "2.5.68", N_("All its senders that are heard, or are not.")),
};
/* clang-format on */

const SwbOptions swb_options_ip = { options, G_N_ELEMENTS (options) };
