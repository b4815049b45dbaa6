/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>
#include <netinet/in.h>

/* clang-format off */
#define O(number, name, type, flags, since, sentence) \
  { IPPROTO_IPV6, number, #name, SWB_OPTION_##type, flags, since, "ipv6(7)", sentence }

static const SwbOption options[] = {
  O (26, IPV6_V6ONLY, BOOL, SWB_RW, "2.4.21", N_("Takes IPv6 alone; without it a socket on :: takes IPv4 too, as ::ffff:1.2.3.4.")),
  O (16, IPV6_UNICAST_HOPS, INT, SWB_RW, "", N_("How many routers a packet may pass; -1 is the system’s number.")),
  O (67, IPV6_TCLASS, INT, SWB_RW, "2.6.14", N_("The traffic-class byte: which traffic is urgent (DSCP) and which was slowed (ECN).")),
  O (24, IPV6_MTU, INT, SWB_RW, "", N_("The largest packet on the way to the peer, as known now.")),
  O (23, IPV6_MTU_DISCOVER, INT, SWB_RW, "", N_("Whether packets may be cut by the sender: 0 yes, 1 by route, 2 never, 3 never and don’t care.")),
  O (62, IPV6_DONTFRAG, BOOL, SWB_RW, "2.6.35", N_("A datagram that would have to be cut fails with EMSGSIZE.")),
  O (63, IPV6_USE_MIN_MTU, INT, SWB_RW, "2.6.35", N_("Keeps all packets at 1280 bytes.")),
  O (60, IPV6_RECVPATHMTU, BOOL, SWB_RW, "2.6.35", N_("Tells when a smaller packet size is learned.")),
  O (61, IPV6_PATHMTU, BYTES, SWB_R, "2.6.35", N_("The packet size learned, with the address.")),
  O (25, IPV6_RECVERR, BOOL, SWB_RW, "", N_("Keeps each ICMP error with its sender, to be read with MSG_ERRQUEUE.")),
  O (31, IPV6_RECVERR_RFC4884, BOOL, SWB_RW, "5.9", N_("Adds what RFC 4884 appends to ICMP errors.")),
  O (49, IPV6_RECVPKTINFO, BOOL, SWB_RW, "2.6.14", N_("Tells beside each datagram its interface and the address it was sent to.")),
  O (51, IPV6_RECVHOPLIMIT, BOOL, SWB_RW, "2.6.14", N_("Tells beside each datagram how many routers it might still have passed.")),
  O (66, IPV6_RECVTCLASS, BOOL, SWB_RW, "2.6.14", N_("Tells beside each datagram its traffic class.")),
  O (53, IPV6_RECVHOPOPTS, BOOL, SWB_RW | SWB_RIGHTS, "2.6.14", N_("Tells the hop-by-hop options of each datagram.")),
  O (58, IPV6_RECVDSTOPTS, BOOL, SWB_RW | SWB_RIGHTS, "2.6.14", N_("Tells the destination options of each datagram.")),
  O (56, IPV6_RECVRTHDR, BOOL, SWB_RW, "2.6.14", N_("Tells the routing header of each datagram.")),
  O (74, IPV6_RECVORIGDSTADDR, BOOL, SWB_RW, "2.6.37", N_("Tells the address that a redirected datagram was sent to.")),
  O (77, IPV6_RECVFRAGSIZE, BOOL, SWB_RW, "4.10", N_("Tells the size of the largest fragment of a datagram.")),
  O (20, IPV6_ADD_MEMBERSHIP, MEMBERSHIP6, SWB_W, "", N_("Joins a multicast group: “ff02::1234 eth0”.")),
  O (21, IPV6_DROP_MEMBERSHIP, MEMBERSHIP6, SWB_W, "", N_("Leaves a multicast group.")),
  O (42, MCAST_JOIN_GROUP, GROUP, SWB_W, "2.5.68", N_("Joins a multicast group of IPv4 or IPv6.")),
  O (45, MCAST_LEAVE_GROUP, GROUP, SWB_W, "2.5.68", N_("Leaves it.")),
  O (46, MCAST_JOIN_SOURCE_GROUP, GROUP_SOURCE, SWB_W, "2.5.68", N_("Joins it for one sender.")),
  O (47, MCAST_LEAVE_SOURCE_GROUP, GROUP_SOURCE, SWB_W, "2.5.68", N_("Leaves it for one sender.")),
  O (43, MCAST_BLOCK_SOURCE, GROUP_SOURCE, SWB_W, "2.5.68", N_("Hears one of its senders no more.")),
  O (44, MCAST_UNBLOCK_SOURCE, GROUP_SOURCE, SWB_W, "2.5.68", N_("Hears that sender again.")),
  O (27, IPV6_JOIN_ANYCAST, MEMBERSHIP6, SWB_W | SWB_RIGHTS, "2.4", N_("Takes an address that several machines share.")),
  O (28, IPV6_LEAVE_ANYCAST, MEMBERSHIP6, SWB_W, "2.4", N_("Gives it back.")),
  O (17, IPV6_MULTICAST_IF, INT, SWB_RW, "", N_("Through which interface, by number, multicast leaves.")),
  O (18, IPV6_MULTICAST_HOPS, INT, SWB_RW, "", N_("How many routers multicast may pass; 1 stays on the link.")),
  O (19, IPV6_MULTICAST_LOOP, BOOL, SWB_RW, "", N_("Whether sockets of this machine hear the multicast it sends.")),
  O (29, IPV6_MULTICAST_ALL, BOOL, SWB_RW, "4.20", N_("Hears all groups that any socket of this machine has joined.")),
  O (76, IPV6_UNICAST_IF, INT, SWB_RW, "3.4", N_("Through which interface packets leave, by number in network byte order.")),
  O (78, IPV6_FREEBIND, BOOL, SWB_RW, "4.15", N_("Binds to an address that this machine does not have yet.")),
  O (75, IPV6_TRANSPARENT, BOOL, SWB_RW | SWB_RIGHTS, "2.6.37", N_("Binds to any address, to stand in for it.")),
  O (1, IPV6_ADDRFORM, INT, SWB_W, "", N_("Turns a socket whose peer is IPv4-mapped into one of AF_INET.")),
  O (70, IPV6_AUTOFLOWLABEL, BOOL, SWB_RW, "3.17", N_("Gives each flow a label, by which routers share load.")),
  O (33, IPV6_FLOWINFO_SEND, BOOL, SWB_RW, "2.2", N_("Sends the flow label that stands in the address.")),
  O (11, IPV6_FLOWINFO, BOOL, SWB_RW, "2.2", N_("Tells the flow label of each datagram.")),
  O (32, IPV6_FLOWLABEL_MGR, BYTES, SWB_RW, "2.2", N_("Takes a flow label, or gives it back.")),
  O (72, IPV6_ADDR_PREFERENCES, INT, SWB_RW, "2.6.26", N_("Which of several own addresses is preferred, as bits: temporary, public, home.")),
  O (73, IPV6_MINHOPCOUNT, INT, SWB_RW, "2.6.35", N_("Packets that have passed too many routers are dropped.")),
  O (7, IPV6_CHECKSUM, INT, SWB_RW, "", N_("Where in a raw packet the kernel puts a checksum; -1 nowhere.")),
  O (36, IPV6_HDRINCL, BOOL, SWB_RW, "4.5", N_("A raw socket is given packets with their IPv6 header.")),
  O (50, IPV6_PKTINFO, BYTES, SWB_RW, "2.6.14", N_("The own address and interface that packets leave with.")),
  O (54, IPV6_HOPOPTS, BYTES, SWB_RW | SWB_RIGHTS, "2.6.14", N_("Hop-by-hop options that go with each packet.")),
  O (59, IPV6_DSTOPTS, BYTES, SWB_RW | SWB_RIGHTS, "2.6.14", N_("Destination options that go with each packet.")),
  O (57, IPV6_RTHDR, BYTES, SWB_RW, "2.6.14", N_("A routing header that goes with each packet.")),
  O (55, IPV6_RTHDRDSTOPTS, BYTES, SWB_RW | SWB_RIGHTS, "2.6.14", N_("Destination options before the routing header.")),
  O (22, IPV6_ROUTER_ALERT, INT, SWB_RW | SWB_RIGHTS, "2.2", N_("Hands packets that routers are to look at to this socket.")),
  O (30, IPV6_ROUTER_ALERT_ISOLATE, BOOL, SWB_RW | SWB_RIGHTS, "5.1", N_("Of those, only the packets of its own network namespace.")),
  O (34, IPV6_IPSEC_POLICY, BYTES, SWB_RW | SWB_RIGHTS, "2.5.47", N_("An IPsec policy of this socket alone.")),
  O (35, IPV6_XFRM_POLICY, BYTES, SWB_RW | SWB_RIGHTS, "2.5.48", N_("The same in the kernel’s own form.")),
  O (2, IPV6_2292PKTINFO, BOOL, SWB_RW, "", N_("IPV6_RECVPKTINFO as it was before RFC 3542.")),
  O (3, IPV6_2292HOPOPTS, BOOL, SWB_RW | SWB_RIGHTS, "", N_("IPV6_RECVHOPOPTS by its elder number.")),
  O (4, IPV6_2292DSTOPTS, BOOL, SWB_RW | SWB_RIGHTS, "", N_("IPV6_RECVDSTOPTS by its elder number.")),
  O (5, IPV6_2292RTHDR, BOOL, SWB_RW, "", N_("IPV6_RECVRTHDR by its elder number.")),
  O (6, IPV6_2292PKTOPTIONS, BYTES, SWB_RW, "", N_("All of these at once, as control messages.")),
  O (8, IPV6_2292HOPLIMIT, BOOL, SWB_RW, "", N_("IPV6_RECVHOPLIMIT as it was before RFC 3542.")),
};
/* clang-format on */

const SwbOptions swb_options_ipv6 = { options, G_N_ELEMENTS (options) };
