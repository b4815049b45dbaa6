/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-packet.h"

#include <linux/can.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <glib/gi18n.h>

#define ANY (-1)

/* clang-format off */

static const struct
{
  int domain;
  int type;
  int protocol;
  SwbPacketTemplate template;
} templates[] = {
  { AF_INET, SOCK_DGRAM, IPPROTO_ICMP,
    { N_ ("ICMP echo request"), "icmp-echo id=0 seq=1 / \"hello, echo\"" } },
  { AF_INET, SOCK_RAW, IPPROTO_ICMP,
    { N_ ("ICMP echo request"), "icmp-echo id=7 seq=1 / \"hello, echo\"" } },
  { AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6,
    { N_ ("ICMPv6 echo request"), "icmp6-echo id=0 seq=1 / \"hello, echo\"" } },
  { AF_INET6, SOCK_RAW, IPPROTO_ICMPV6,
    { N_ ("ICMPv6 echo request"), "icmp6-echo id=7 seq=1 / \"hello, echo\"" } },

  { AF_INET, SOCK_RAW, IPPROTO_RAW,
    { N_ ("IP and ICMP echo request"), "ip src=127.0.0.1 dst=127.0.0.1 ttl=64 / icmp-echo id=7 seq=1 / \"hello, echo\"" } },
  { AF_INET, SOCK_RAW, IPPROTO_RAW,
    { N_ ("IP and UDP"), "ip src=127.0.0.1 dst=127.0.0.1 / udp from=5000 to=7000 / \"hello\"" } },
  { AF_INET, SOCK_RAW, IPPROTO_RAW,
    { N_ ("IP and TCP SYN"), "ip src=127.0.0.1 dst=127.0.0.1 / tcp from=5000 to=7000 flags=S" } },
  { AF_INET, SOCK_RAW, IPPROTO_ICMP,
    { N_ ("With an IP header (set IP_HDRINCL first)"),
      "ip src=127.0.0.1 dst=127.0.0.1 ttl=64 / icmp-echo id=7 seq=1 / \"hello, echo\"" } },
  { AF_INET, SOCK_RAW, IPPROTO_UDP,
    { N_ ("UDP"), "udp from=5000 to=7000 / \"hello\"" } },
  { AF_INET6, SOCK_RAW, IPPROTO_UDP,
    { N_ ("UDP (set IPV6_CHECKSUM to 6 first)"), "udp from=5000 to=7000 / \"hello\"" } },
  { AF_INET6, SOCK_RAW, IPPROTO_RAW,
    { N_ ("IPv6 and UDP"), "ip6 src=::1 dst=::1 / udp from=5000 to=7000 / \"hello\"" } },

  { AF_PACKET, SOCK_RAW, ANY,
    { N_ ("ARP: who has an address?"), "eth dst=ff:ff:ff:ff:ff:ff src=02:00:00:00:00:01 / "
                                       "arp op=request from=10.0.0.1 from-mac=02:00:00:00:00:01 to=10.0.0.2" } },
  { AF_PACKET, SOCK_RAW, ANY,
    { N_ ("Ethernet, IP and UDP"), "eth dst=00:00:00:00:00:00 src=00:00:00:00:00:00 / "
                                   "ip src=127.0.0.1 dst=127.0.0.1 / udp from=5000 to=7000 / \"hello\"" } },
  { AF_PACKET, SOCK_RAW, ANY,
    { N_ ("Ethernet with a VLAN tag"), "eth dst=ff:ff:ff:ff:ff:ff src=02:00:00:00:00:01 / vlan id=7 / "
                                       "ip src=10.0.0.1 dst=10.0.0.2 / icmp-echo id=7 / \"hello\"" } },
  { AF_PACKET, SOCK_RAW, ANY,
    { N_ ("Ethernet frame"), "eth dst=ff:ff:ff:ff:ff:ff src=02:00:00:00:00:01 type=0x88b5 / \"hello\"" } },
  { AF_PACKET, SOCK_DGRAM, ANY,
    { N_ ("ARP: who has an address?"), "arp op=request from=10.0.0.1 from-mac=02:00:00:00:00:01 to=10.0.0.2" } },
  { AF_PACKET, SOCK_DGRAM, ANY,
    { N_ ("IP and UDP"), "ip src=127.0.0.1 dst=127.0.0.1 / udp from=5000 to=7000 / \"hello\"" } },

  { AF_NETLINK, ANY, NETLINK_ROUTE, { N_ ("All interfaces"), "rtnetlink type=RTM_GETLINK seq=1" } },
  { AF_NETLINK, ANY, NETLINK_ROUTE, { N_ ("One interface"), "rtnetlink type=RTM_GETLINK seq=1 dump=0 index=1" } },
  { AF_NETLINK, ANY, NETLINK_ROUTE, { N_ ("All addresses"), "rtnetlink type=RTM_GETADDR seq=1" } },
  { AF_NETLINK, ANY, NETLINK_ROUTE, { N_ ("All routes"), "rtnetlink type=RTM_GETROUTE seq=1" } },
  { AF_NETLINK, ANY, NETLINK_ROUTE, { N_ ("All neighbours"), "rtnetlink type=RTM_GETNEIGH seq=1" } },

  { AF_CAN, SOCK_RAW, CAN_RAW, { N_ ("CAN frame"), "can id=123 / hex:de ad be ef" } },

  { AF_INET, SOCK_STREAM, ANY,
    { N_ ("HTTP GET"), "GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n", TRUE } },
  { AF_INET6, SOCK_STREAM, ANY,
    { N_ ("HTTP GET"), "GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n", TRUE } },
  { AF_INET, SOCK_DGRAM, IPPROTO_UDP, { N_ ("DNS query"), "dns id=1 type=A name=example.org" } },
  { AF_INET6, SOCK_DGRAM, IPPROTO_UDP, { N_ ("DNS query"), "dns id=1 type=AAAA name=example.org" } },
  { AF_INET, SOCK_DGRAM, IPPROTO_UDP,
    { N_ ("Service search (SSDP, to 239.255.255.250:1900)"),
      "M-SEARCH * HTTP/1.1\\r\\nHOST: 239.255.255.250:1900\\r\\nMAN: \\\"ssdp:discover\\\"\\r\\nMX: 1\\r\\nST: ssdp:all\\r\\n", TRUE } },
};

/* clang-format on */

static gboolean
is_of (guint i, int domain, int type, int protocol)
{
  /* UDP is what a datagram socket has without being asked. */
  if (protocol == 0 && type == SOCK_DGRAM && (domain == AF_INET || domain == AF_INET6))
    protocol = IPPROTO_UDP;
  return templates[i].domain == domain
         && (templates[i].type == ANY || templates[i].type == type)
         && (templates[i].protocol == ANY || templates[i].protocol == protocol);
}

guint
swb_packet_list_templates (int domain, int type, int protocol,
                           const SwbPacketTemplate *list[SWB_PACKET_TEMPLATES_MAX])
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (templates) && n < SWB_PACKET_TEMPLATES_MAX; i++)
    if (is_of (i, domain, type, protocol))
      list[n++] = &templates[i].template;
  return n;
}
