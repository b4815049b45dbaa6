/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-catalog-table.h"

#include <netinet/in.h>

/* The kernel's headers take the names of netinet/in.h only where they come after it. */
#include <linux/can.h>
#include <linux/if_pppox.h>
#include <linux/netlink.h>
#include <linux/nfc.h>
#include <linux/phonet.h>
#include <sys/socket.h>

#define ANY SWB_PROTOCOL_ANY
#define PF_KEY_V2 2
#define IPPROTO_L2TP_NUMBER 115
#define IPPROTO_SMC_NUMBER 256

/* clang-format off */

/* Rows of both inet domains: the inetsw tables of net/ipv4 and net/ipv6. SOCK_DGRAM with ICMP is
 * the ping socket of icmp(7). */
#define INET(domain, icmp, v6, smc) \
  { domain, SOCK_STREAM, IPPROTO_TCP, TRUE, 0, NULL, NULL, NULL }, \
  { domain, SOCK_STREAM, IPPROTO_SCTP, FALSE, 0, "SCTP" v6, "sctp", "CONFIG_IP_SCTP" }, \
  { domain, SOCK_STREAM, IPPROTO_SMC_NUMBER, FALSE, 0, smc, "smc", "CONFIG_SMC" }, \
  { domain, SOCK_STREAM, IPPROTO_MPTCP, FALSE, 0, "MPTCP" v6, NULL, "CONFIG_MPTCP" }, \
  { domain, SOCK_DGRAM, IPPROTO_UDP, TRUE, 0, NULL, NULL, NULL }, \
  { domain, SOCK_DGRAM, icmp, FALSE, 0, "PING" v6, NULL, NULL }, \
  { domain, SOCK_SEQPACKET, IPPROTO_SCTP, TRUE, 0, "SCTP" v6, "sctp", "CONFIG_IP_SCTP" }, \
  { domain, SOCK_DCCP, IPPROTO_DCCP, TRUE, 0, "DCCP" v6, "dccp", "CONFIG_IP_DCCP" }, \
  { domain, SOCK_RAW, ANY, FALSE, SWB_RIGHT_NET_RAW, "RAW" v6, NULL, NULL }

#define ONE(domain, type, protocol, is_default, right, proto) \
  { domain, type, protocol, is_default, right, proto, NULL, NULL }

const SwbTriple swb_catalog_triples[] = {
  INET (AF_INET, IPPROTO_ICMP, "", "INET_SMC"),
  { AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, FALSE, 0, "UDP-Lite", NULL, NULL },
  { AF_INET, SOCK_DGRAM, IPPROTO_L2TP_NUMBER, FALSE, 0, "L2TP/IP", "l2tp_ip", "CONFIG_L2TP_IP" },
  { AF_INET, SOCK_PACKET, ANY, TRUE, SWB_RIGHT_NET_RAW, "PACKET", "af_packet", "CONFIG_PACKET" },
  INET (AF_INET6, IPPROTO_ICMPV6, "v6", "INET6_SMC"),
  { AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, FALSE, 0, "UDPLITEv6", NULL, NULL },
  { AF_INET6, SOCK_DGRAM, IPPROTO_L2TP_NUMBER, FALSE, 0, "L2TP/IPv6", "l2tp_ip6", "CONFIG_L2TP_IP" },

  /* unix_create() takes PF_UNIX as protocol, which means the same as 0, and makes a RAW one a DGRAM one. */
  ONE (AF_UNIX, SOCK_STREAM, 0, TRUE, 0, "UNIX"),
  ONE (AF_UNIX, SOCK_STREAM, PF_UNIX, FALSE, 0, "UNIX"),
  ONE (AF_UNIX, SOCK_DGRAM, 0, TRUE, 0, "UNIX"),
  ONE (AF_UNIX, SOCK_DGRAM, PF_UNIX, FALSE, 0, "UNIX"),
  ONE (AF_UNIX, SOCK_SEQPACKET, 0, TRUE, 0, "UNIX"),
  ONE (AF_UNIX, SOCK_SEQPACKET, PF_UNIX, FALSE, 0, "UNIX"),
  ONE (AF_UNIX, SOCK_RAW, 0, TRUE, 0, "UNIX"),
  ONE (AF_UNIX, SOCK_RAW, PF_UNIX, FALSE, 0, "UNIX"),

  /* Which of the numbers are there is in /proc/net/netlink: swb-kernel.c. */
  ONE (AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, TRUE, 0, "NETLINK"),
  ONE (AF_NETLINK, SOCK_RAW, ANY, FALSE, 0, "NETLINK"),
  ONE (AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE, TRUE, 0, "NETLINK"),
  ONE (AF_NETLINK, SOCK_DGRAM, ANY, FALSE, 0, "NETLINK"),

  ONE (AF_PACKET, SOCK_RAW, ANY, TRUE, SWB_RIGHT_NET_RAW, "PACKET"),
  ONE (AF_PACKET, SOCK_DGRAM, ANY, TRUE, SWB_RIGHT_NET_RAW, "PACKET"),
  ONE (AF_PACKET, SOCK_PACKET, ANY, TRUE, SWB_RIGHT_NET_RAW, "PACKET"),

  ONE (AF_VSOCK, SOCK_STREAM, 0, TRUE, 0, "AF_VSOCK"),
  ONE (AF_VSOCK, SOCK_STREAM, PF_VSOCK, FALSE, 0, "AF_VSOCK"),
  ONE (AF_VSOCK, SOCK_DGRAM, 0, TRUE, 0, "AF_VSOCK"),
  ONE (AF_VSOCK, SOCK_DGRAM, PF_VSOCK, FALSE, 0, "AF_VSOCK"),
  ONE (AF_VSOCK, SOCK_SEQPACKET, 0, TRUE, 0, "AF_VSOCK"),
  ONE (AF_VSOCK, SOCK_SEQPACKET, PF_VSOCK, FALSE, 0, "AF_VSOCK"),

  ONE (AF_ALG, SOCK_SEQPACKET, 0, TRUE, 0, "ALG"),
  ONE (AF_APPLETALK, SOCK_DGRAM, ANY, TRUE, 0, "DDP"),
  ONE (AF_APPLETALK, SOCK_RAW, ANY, TRUE, SWB_RIGHT_NET_RAW, "DDP"),
  ONE (AF_ATMPVC, SOCK_DGRAM, ANY, TRUE, 0, "VCC"),
  ONE (AF_ATMSVC, SOCK_DGRAM, ANY, TRUE, 0, "VCC"),
  ONE (AF_AX25, SOCK_SEQPACKET, ANY, TRUE, 0, "AX25"),
  ONE (AF_AX25, SOCK_DGRAM, ANY, TRUE, 0, "AX25"),
  ONE (AF_AX25, SOCK_RAW, ANY, TRUE, SWB_RIGHT_NET_RAW, "AX25"),

  { AF_BLUETOOTH, SOCK_SEQPACKET, 0, TRUE, 0, "L2CAP", NULL, "CONFIG_BT" },
  { AF_BLUETOOTH, SOCK_STREAM, 0, TRUE, 0, "L2CAP", NULL, "CONFIG_BT" },
  { AF_BLUETOOTH, SOCK_DGRAM, 0, TRUE, 0, "L2CAP", NULL, "CONFIG_BT" },
  { AF_BLUETOOTH, SOCK_RAW, 0, TRUE, SWB_RIGHT_NET_RAW, "L2CAP", NULL, "CONFIG_BT" },
  { AF_BLUETOOTH, SOCK_RAW, 1, FALSE, 0, "HCI", NULL, "CONFIG_BT" },
  { AF_BLUETOOTH, SOCK_SEQPACKET, 2, FALSE, 0, "SCO", NULL, "CONFIG_BT_BREDR" },
  { AF_BLUETOOTH, SOCK_STREAM, 3, FALSE, 0, "RFCOMM", "rfcomm", "CONFIG_BT_RFCOMM" },
  { AF_BLUETOOTH, SOCK_RAW, 3, FALSE, 0, "RFCOMM", "rfcomm", "CONFIG_BT_RFCOMM" },
  { AF_BLUETOOTH, SOCK_RAW, 4, FALSE, 0, "BNEP", "bnep", "CONFIG_BT_BNEP" },
  { AF_BLUETOOTH, SOCK_RAW, 5, FALSE, 0, "CMTP", "cmtp", "CONFIG_BT_CMTP" },
  { AF_BLUETOOTH, SOCK_RAW, 6, FALSE, 0, "HIDP", "hidp", "CONFIG_BT_HIDP" },
  { AF_BLUETOOTH, SOCK_SEQPACKET, 8, FALSE, 0, "ISO", NULL, "CONFIG_BT_LE" },

  ONE (AF_CAIF, SOCK_SEQPACKET, ANY, TRUE, 0, "CAIF"),
  ONE (AF_CAIF, SOCK_STREAM, ANY, TRUE, 0, "CAIF"),
  { AF_CAN, SOCK_RAW, CAN_RAW, FALSE, 0, "CAN_RAW", "can_raw", "CONFIG_CAN_RAW" },
  { AF_CAN, SOCK_DGRAM, CAN_BCM, FALSE, 0, "CAN_BCM", "can_bcm", "CONFIG_CAN_BCM" },
  { AF_CAN, SOCK_DGRAM, CAN_ISOTP, FALSE, 0, "CAN_ISOTP", "can_isotp", "CONFIG_CAN_ISOTP" },
  { AF_CAN, SOCK_DGRAM, CAN_J1939, FALSE, 0, "CAN_J1939", "can_j1939", "CONFIG_CAN_J1939" },
  ONE (AF_IEEE802154, SOCK_DGRAM, ANY, TRUE, 0, "IEEE-802.15.4-MAC"),
  ONE (AF_IEEE802154, SOCK_RAW, ANY, TRUE, SWB_RIGHT_NET_RAW, "IEEE-802.15.4-RAW"),

  /* ISDN_P_* of linux/mISDNif.h, which is not on every machine. */
  ONE (AF_ISDN, SOCK_RAW, 0, TRUE, SWB_RIGHT_NET_RAW, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 1, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 2, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 3, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 4, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 10, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 11, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 33, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 34, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 35, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 36, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 37, FALSE, 0, NULL),
  ONE (AF_ISDN, SOCK_DGRAM, 38, FALSE, 0, NULL),
  ONE (AF_IUCV, SOCK_STREAM, 0, TRUE, 0, "AF_IUCV"),
  ONE (AF_IUCV, SOCK_SEQPACKET, 0, TRUE, 0, "AF_IUCV"),
  ONE (AF_KCM, SOCK_DGRAM, 0, TRUE, 0, "KCM"),
  ONE (AF_KCM, SOCK_SEQPACKET, 0, TRUE, 0, "KCM"),
  ONE (AF_KEY, SOCK_RAW, PF_KEY_V2, FALSE, 0, "KEY"),
  ONE (AF_LLC, SOCK_DGRAM, ANY, TRUE, 0, "LLC"),
  ONE (AF_LLC, SOCK_STREAM, ANY, TRUE, 0, "LLC"),
  ONE (AF_MCTP, SOCK_DGRAM, 0, TRUE, 0, "MCTP"),
  ONE (AF_NETROM, SOCK_SEQPACKET, 0, TRUE, 0, "NETROM"),
  ONE (AF_NFC, SOCK_SEQPACKET, NFC_SOCKPROTO_RAW, TRUE, 0, "NFC_RAW"),
  ONE (AF_NFC, SOCK_RAW, NFC_SOCKPROTO_RAW, TRUE, SWB_RIGHT_NET_RAW, "NFC_RAW"),
  ONE (AF_NFC, SOCK_STREAM, NFC_SOCKPROTO_LLCP, FALSE, 0, "NFC_LLCP"),
  ONE (AF_NFC, SOCK_DGRAM, NFC_SOCKPROTO_LLCP, FALSE, 0, "NFC_LLCP"),
  ONE (AF_NFC, SOCK_RAW, NFC_SOCKPROTO_LLCP, FALSE, SWB_RIGHT_NET_RAW, "NFC_LLCP"),
  ONE (AF_PHONET, SOCK_DGRAM, PN_PROTO_PHONET, TRUE, 0, "PHONET"),
  ONE (AF_PHONET, SOCK_SEQPACKET, PN_PROTO_PIPE, TRUE, 0, "PNPIPE"),
  { AF_PPPOX, SOCK_STREAM, PX_PROTO_OE, TRUE, 0, "PPPOE", "pppoe", "CONFIG_PPPOE" },
  { AF_PPPOX, SOCK_DGRAM, PX_PROTO_OL2TP, FALSE, 0, "PPPOL2TP", "l2tp_ppp", "CONFIG_PPPOL2TP" },
  { AF_PPPOX, SOCK_STREAM, PX_PROTO_PPTP, FALSE, 0, "PPTP", "pptp", "CONFIG_PPTP" },
  ONE (AF_QIPCRTR, SOCK_DGRAM, ANY, TRUE, 0, "QIPCRTR"),
  ONE (AF_RDS, SOCK_SEQPACKET, 0, TRUE, 0, "RDS"),
  ONE (AF_ROSE, SOCK_SEQPACKET, 0, TRUE, 0, "ROSE"),
  ONE (AF_RXRPC, SOCK_DGRAM, PF_INET, FALSE, 0, "RXRPC"),
  ONE (AF_RXRPC, SOCK_DGRAM, PF_INET6, FALSE, 0, "RXRPC"),
  ONE (AF_SMC, SOCK_STREAM, 0, TRUE, 0, "SMC"),
  ONE (AF_SMC, SOCK_STREAM, 1, FALSE, 0, "SMC6"),
  ONE (AF_TIPC, SOCK_STREAM, 0, TRUE, 0, "TIPC"),
  ONE (AF_TIPC, SOCK_DGRAM, 0, TRUE, 0, "TIPC"),
  ONE (AF_TIPC, SOCK_SEQPACKET, 0, TRUE, 0, "TIPC"),
  ONE (AF_TIPC, SOCK_RDM, 0, TRUE, 0, "TIPC"),
  ONE (AF_X25, SOCK_SEQPACKET, 0, TRUE, 0, "X25"),
  ONE (AF_XDP, SOCK_RAW, 0, TRUE, 0, "XDP"),
};
const guint swb_catalog_n_triples = G_N_ELEMENTS (swb_catalog_triples);

/* clang-format on */

const SwbTriple *
swb_catalog_find_triple (int domain, int type, int protocol)
{
  const SwbTriple *any = NULL;

  for (guint i = 0; i < swb_catalog_n_triples; i++)
    {
      const SwbTriple *row = &swb_catalog_triples[i];

      if (row->domain != domain || row->type != type)
        continue;
      if (protocol == 0 ? row->is_default : row->protocol == protocol)
        return row;
      /* The kernel's own 0 is a protocol like the others where it is the default. */
      if (protocol != 0 && row->protocol == SWB_PROTOCOL_ANY)
        any = row;
    }

  return any;
}

gboolean
swb_catalog_has_type (int domain, int type)
{
  for (guint i = 0; i < swb_catalog_n_triples; i++)
    if (swb_catalog_triples[i].domain == domain && swb_catalog_triples[i].type == type)
      return TRUE;

  return FALSE;
}
