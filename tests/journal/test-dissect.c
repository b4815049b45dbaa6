/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "journal/dissect/swb-dissect.h"

#include <arpa/inet.h>
#include <linux/can.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <string.h>

#include "net/swb-packet.h"
#include "net/swb-payload.h"

static SwbDissection
make_source (int domain, int type, int protocol, gboolean is_incoming)
{
  return (SwbDissection){
    .domain = domain, .type = type, .protocol = protocol, .is_incoming = is_incoming
  };
}

/* @text: a packet, or hex:… */
static GBytes *
make_bytes (const char *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_str_has_prefix (text, "hex:") ? swb_payload_parse (text, NULL, &error)
                                                  : swb_packet_parse (text, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
assert_line (const SwbDissection *source, const char *text, const char *expected)
{
  g_autoptr (GBytes) bytes = make_bytes (text);
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);
  g_autofree char *line = swb_dissect (source, data, n);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_icmp (void)
{
  SwbDissection ping = make_source (AF_INET, SOCK_DGRAM, IPPROTO_ICMP, TRUE);
  SwbDissection raw = make_source (AF_INET, SOCK_RAW, IPPROTO_ICMP, TRUE);
  SwbDissection six = make_source (AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, TRUE);

  g_test_summary ("ICMP of ping and raw sockets, with and without its IP header");
  assert_line (&ping, "icmp-echo type=reply id=7 seq=1 / \"abcdefgh\"",
               "ICMP echo reply, id 7, seq 1, 8 bytes");
  assert_line (&raw, "ip ttl=63 / icmp-echo id=7 seq=1 / \"a\"",
               "ICMP echo request, id 7, seq 1, 1 byte, ttl 63");
  assert_line (
      &raw,
      "ip / icmp-echo type=3 id=0 seq=0 / hex:45 00 00 21 00 00 00 00 40 11 7c ca 7f "
      "00 00 01 7f 00 00 01 13 88 1b 58 00 0d c2 2b",
      "ICMP destination unreachable: net unreachable, of IPv4 127.0.0.1:5000 → "
      "127.0.0.1:7000 UDP, 5 bytes, ttl 64");
  assert_line (&six, "icmp6-echo id=9 seq=2 / \"ab\"",
               "ICMPv6 echo request, id 9, seq 2, 2 bytes");
  assert_line (&ping, "hex:00 00", "ICMP, cut short after 2 bytes");
  raw.is_incoming = ping.is_incoming = FALSE;
  assert_line (&raw, "icmp-echo id=7 seq=1", "ICMP echo request, id 7, seq 1, 0 bytes");
  assert_line (&raw, "hex:08 00 00 00 00 07 00 01",
               "ICMP echo request, id 7, seq 1, 0 bytes, checksum 0x0000 is wrong, 0xf7f7 "
               "would be right");
  /* The kernel computes it. */
  assert_line (&ping, "hex:08 00 00 00 00 07 00 01",
               "ICMP echo request, id 7, seq 1, 0 bytes");
  /* With IP_HDRINCL. */
  assert_line (&raw, "ip ttl=9 / icmp-echo id=7 seq=1",
               "ICMP echo request, id 7, seq 1, 0 bytes, ttl 9");
}

/* recvmsg() with IP_RECVTTL */
static void
test_control (void)
{
  SwbDissection ping = make_source (AF_INET, SOCK_DGRAM, IPPROTO_ICMP, TRUE);
  guint8 control[CMSG_SPACE (sizeof (int))] = { 0 };
  struct cmsghdr head = { CMSG_LEN (sizeof (int)), IPPROTO_IP, IP_TTL };
  int ttl = 57;

  g_test_summary ("A ping socket has the TTL as a control message");
  memcpy (control, &head, sizeof head);
  memcpy (control + CMSG_LEN (0), &ttl, sizeof ttl);
  ping.control = control;
  ping.n_control = sizeof control;
  assert_line (&ping, "icmp-echo type=reply",
               "ICMP echo reply, id 0, seq 1, 0 bytes, ttl 57");
  for (gsize n = 0; n < CMSG_LEN (sizeof (int)); n++)
    {
      ping.n_control = n;
      assert_line (&ping, "icmp-echo type=reply", "ICMP echo reply, id 0, seq 1, 0 bytes");
    }
}

static void
test_frames (void)
{
  SwbAddress address = { .length = sizeof (struct sockaddr_ll) };
  struct sockaddr_ll *link = (struct sockaddr_ll *)&address.storage;
  SwbDissection raw = make_source (AF_PACKET, SOCK_RAW, htons (ETH_P_ALL), TRUE);
  SwbDissection dgram = make_source (AF_PACKET, SOCK_DGRAM, htons (ETH_P_ALL), TRUE);

  g_test_summary ("Ethernet frames, with what is in them");
  *link = (struct sockaddr_ll){ .sll_family = AF_PACKET,
                                .sll_protocol = htons (ETH_P_IP),
                                .sll_ifindex = 1,
                                .sll_hatype = ARPHRD_LOOPBACK };
  raw.address = dgram.address = &address;
  assert_line (&raw, "eth / ip / udp from=5000 to=5001 / \"hello, world\"",
               "lo IPv4 127.0.0.1:5000 → 127.0.0.1:5001 UDP, 12 bytes");
  assert_line (&dgram, "ip / udp from=5000 to=5001 / \"hello\"",
               "lo IPv4 127.0.0.1:5000 → 127.0.0.1:5001 UDP, 5 bytes");
  raw.interface = "eth7";
  assert_line (&raw, "eth / arp from=10.0.0.1 to=10.0.0.2",
               "eth7 ARP who has 10.0.0.2? tell 10.0.0.1");
  assert_line (&raw, "eth / arp op=reply from=10.0.0.1 from-mac=02:00:00:00:00:01",
               "eth7 ARP 10.0.0.1 is at 02:00:00:00:00:01");
  assert_line (
      &raw,
      "eth / vlan id=7 / ip6 src=fe80::1 dst=ff02::1 / tcp from=1 to=2 flags=SA seq=5 "
      "ack=6",
      "eth7 VLAN 7 IPv6 [fe80::1]:1 → [ff02::1]:2 TCP [S.] seq 5 ack 6 win 65535, 0 bytes");
  assert_line (&raw, "eth src=02:00:00:00:00:01 type=0x88b5 / \"hello\"",
               "eth7 Ethernet type 0x88b5, 5 bytes, 02:00:00:00:00:01 → ff:ff:ff:ff:ff:ff");
  assert_line (&raw, "eth type=4 / hex:aa aa 03 00",
               "eth7 802.3 00:00:00:00:00:00 → ff:ff:ff:ff:ff:ff, 4 bytes");
  assert_line (&raw, "hex:00 01 02", "eth7 Ethernet, cut short after 3 bytes");
  assert_line (&raw, "eth type=ip / hex:45 00 00", "eth7 IPv4, cut short after 3 bytes");
  assert_line (&raw, "eth / ip proto=89 / \"ab\"",
               "eth7 IPv4 127.0.0.1 → 127.0.0.1 OSPF, 2 bytes");
  raw.interface = NULL;
  link->sll_hatype = ARPHRD_NONE;
  link->sll_ifindex = 5;
  /* A tunnel has no Ethernet header. */
  assert_line (
      &raw, "ip / icmp-echo id=3",
      "if5 IPv4 127.0.0.1 → 127.0.0.1 ICMP echo request, id 3, seq 1, 0 bytes, ttl 64");
}

static void
test_netlink (void)
{
  SwbDissection route = make_source (AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, TRUE);
  SwbDissection event = make_source (AF_NETLINK, SOCK_DGRAM, NETLINK_KOBJECT_UEVENT, TRUE);

  g_test_summary ("Messages of netlink");
  assert_line (&route, "rtnetlink", "RTM_GETLINK, REQUEST, DUMP");
  assert_line (&route, "rtnetlink dump=0 index=3", "RTM_GETLINK index 3, REQUEST");
  assert_line (
      &route,
      "hex:30000000 1000 0000 00000000 00000000 0000 0403 01000000 49000100 00000000 "
      "07000300 6c6f0000 08000400 00000100"
      "14000000 0300 0000 00000000 00000000 00000000",
      "RTM_NEWLINK lo index 1 UP LOWER_UP LOOPBACK, mtu 65536; NLMSG_DONE");
  assert_line (&route, "hex:14000000 0200 0000 00000000 00000000 edffffff",
               "NLMSG_ERROR ENODEV");
  assert_line (&route, "hex:14000000 0200 0000 00000000 00000000 00000000",
               "NLMSG_ERROR 0, an acknowledgement");
  assert_line (&route, "hex:14000000 0200 0000 00000000 00000000 00000080",
               "NLMSG_ERROR 0");
  assert_line (&route, "hex:10000000 6300 0000 00000000 00000000",
               "message of type 99, 0 bytes");
  assert_line (
      &route,
      "hex:10000000 0300 0000 00000000 00000000 10000000 0300 0000 00000000 00000000"
      "10000000 0300 0000 00000000 00000000 10000000 0300 0000 00000000 00000000",
      "NLMSG_DONE; NLMSG_DONE; NLMSG_DONE; 1 message more");
  assert_line (
      &route,
      "hex:28 00 00 00 14 00 02 00 01 00 00 00 00 00 00 00 02 08 80 fe 01 00 00 00 "
      "08 00 01 00 7f 00 00 01 07 00 03 00 6c 6f 00 00",
      "RTM_NEWADDR 127.0.0.1/8 lo index 1");
  assert_line (
      &route,
      "hex:34 00 00 00 18 00 02 00 01 00 00 00 00 00 00 00 02 18 00 00 fe 03 00 01 "
      "00 00 00 00 08 00 01 00 c0 00 02 00 08 00 05 00 0a 00 00 01 08 00 04 00 02 "
      "00 00 00",
      "RTM_NEWROUTE 192.0.2.0/24 via 10.0.0.1 index 2 table 254");
  assert_line (&route, "hex:28 00 00 00 14 00 02 00 01 00 00 00 00 00 00 00 02 08",
               "RTM_NEWADDR, cut short after 18 bytes");
  assert_line (&route, "hex:10 00", "netlink, cut short after 2 bytes");
  assert_line (&event, "hex:61 64 64 40 2f 64 65 76 00 41 3d 62 00", "add@/dev");
}

static void
test_can (void)
{
  SwbDissection raw = make_source (AF_CAN, SOCK_RAW, CAN_RAW, TRUE);

  g_test_summary ("CAN frames as candump writes them");
  assert_line (&raw, "can id=123 / hex:de ad be ef", "CAN 123#DEADBEEF");
  assert_line (&raw, "can id=12345678", "CAN 12345678#");
  assert_line (&raw, "hex:23 01 00 40 04 00 00 00 00 00 00 00 00 00 00 00", "CAN 123#R4");
  /* A length that is a lie. */
  assert_line (&raw, "hex:23 01 00 00 ff 00 00 00 01 02 03 04 05 06 07 08",
               "CAN 123#0102030405060708");
}

static void
test_can_messages (void)
{
  SwbDissection bcm = make_source (AF_CAN, SOCK_DGRAM, CAN_BCM, FALSE);
  SwbDissection isotp = make_source (AF_CAN, SOCK_DGRAM, CAN_ISOTP, TRUE);
  SwbDissection j1939 = make_source (AF_CAN, SOCK_DGRAM, CAN_J1939, TRUE);
  SwbAddress address = { .length = sizeof (struct sockaddr_can) };
  struct sockaddr_can *can = (struct sockaddr_can *)&address.storage;

  g_test_summary (
      "What CAN's protocols carry: cyclic frames, diagnostics, parameter groups");
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN && sizeof (long) == 8)
    {
      assert_line (&bcm,
                   "hex:01000000 03000000 00000000 00000000"
                   "0000000000000000 0000000000000000"
                   "0000000000000000 a086010000000000 23010000 01000000"
                   "23010000 02000000 dead000000000000",
                   "BCM TX_SETUP 123, then every 0.100000 s: 123#DEAD");
      assert_line (
          &bcm,
          "hex:0c000000 00000000 05000000 00000000"
          "0100000000000000 0000000000000000"
          "0000000000000000 0000000000000000 45230180 02000000"
          "23010000 02000000 dead000000000000",
          "BCM RX_CHANGED 00012345, 5 times, every 1.000000 s: 123#DEAD, 2 frames in all");
    }
  assert_line (&bcm, "hex:01 00", "BCM, cut short after 2 bytes");
  assert_line (&isotp, "hex:22 f1 90", "ISO-TP ReadDataByIdentifier 22F190, 3 bytes");
  assert_line (&isotp, "hex:62 f1 90 41",
               "ISO-TP ReadDataByIdentifier answer 62F19041, 4 bytes");
  assert_line (&isotp, "hex:7f 22 31",
               "ISO-TP ReadDataByIdentifier refused 7F2231, 3 bytes");
  assert_line (&isotp, "hex:01", "ISO-TP 01, 1 byte");

  assert_line (&j1939, "hex:01 02", "J1939 0102, 2 bytes");
  can->can_family = AF_CAN;
  can->can_addr.j1939.pgn = 0xee00;
  can->can_addr.j1939.addr = 0x80;
  j1939.address = &address;
  assert_line (&j1939, "hex:01 02",
               "J1939 PGN 0EE00 address claimed address 80 0102, 2 bytes");
  can->can_addr.j1939.pgn = 0x12300;
  assert_line (&j1939, "hex:01", "J1939 PGN 12300 address 80 01, 1 byte");
}

#define QUESTION "03777777 076578616d706c65 03636f6d 00 0001 0001 "

static void
test_dns (void)
{
  SwbDissection raw = make_source (AF_INET, SOCK_RAW, IPPROTO_RAW, FALSE);

  g_test_summary (
      "DNS: what is asked and what is answered, names that point at themselves");
  assert_line (&raw,
               "ip src=10.0.0.1 dst=10.0.0.2 / udp from=5000 to=53 / "
               "hex:1234 0100 0001 0000 0000 0000 " QUESTION,
               "IPv4 10.0.0.1:5000 → 10.0.0.2:53 DNS query 4660 A www.example.com");
  assert_line (&raw,
               "ip src=10.0.0.1 dst=10.0.0.2 / udp from=53 to=5000 / "
               "hex:1234 8180 0001 0002 0000 0000 " QUESTION
               "c00c 0005 0001 0000003c 0002 c010 c010 0001 0001 0000003c 0004 5db8d822",
               "IPv4 10.0.0.1:53 → 10.0.0.2:5000 DNS answer 4660 A www.example.com: CNAME "
               "example.com, 93.184.216.34");
  assert_line (
      &raw,
      "ip src=10.0.0.1 dst=10.0.0.2 / udp from=5353 to=5353 / "
      "hex:0000 8403 0000 0005 0000 0000 "
      "00 0010 0001 00000000 0003 026869 00 001c 0001 00000000 0010 "
      "20010db8000000000000000000000001 00 0021 0001 00000000 0009 0000 0000 0050 016100 "
      "00 000f 0001 00000000 0005 000a 016200 00 0002 0001 00000000 0000",
      "IPv4 10.0.0.1:5353 → 10.0.0.2:5353 mDNS answer 0 NXDOMAIN: TXT hi, 2001:db8::1, "
      "SRV port 80 a, MX 10 b, 1 more");
  assert_line (&raw,
               "ip src=10.0.0.1 dst=10.0.0.2 / udp from=5000 to=53 / "
               "hex:0001 0000 0001 0000 0000 0000 c00c 0001 0001",
               "IPv4 10.0.0.1:5000 → 10.0.0.2:53 DNS query 1…");
  assert_line (&raw, "ip src=10.0.0.1 dst=10.0.0.2 / udp from=5000 to=53 / hex:0001",
               "IPv4 10.0.0.1:5000 → 10.0.0.2:53 DNS, cut short after 2 bytes");
}

static void
test_groups (void)
{
  SwbDissection raw = make_source (AF_INET, SOCK_RAW, IPPROTO_RAW, FALSE);
  SwbDissection six = make_source (AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, TRUE);
#define IGMP(hex) "ip src=10.0.0.1 dst=224.0.0.22 proto=2 / hex:" hex
#define FROM "IPv4 10.0.0.1 → 224.0.0.22 "

  g_test_summary ("IGMP and MLD: who asks for a group, joins it and leaves it");
  assert_line (&raw, IGMP ("11640000 00000000"), FROM "IGMPv2 general query");
  assert_line (&raw, IGMP ("11000000 ef010203"), FROM "IGMPv1 query for 239.1.2.3");
  assert_line (&raw, IGMP ("11640000 ef010203 00000002 0a000001 0a000002"),
               FROM "IGMPv3 query for 239.1.2.3 from 10.0.0.1 10.0.0.2");
  assert_line (&raw, IGMP ("16000000 ef010203"), FROM "IGMPv2 report 239.1.2.3");
  assert_line (&raw, IGMP ("17000000 ef010203"), FROM "IGMPv2 leave 239.1.2.3");
  assert_line (&raw,
               IGMP ("22000000 00000002 03000001 e8010203 c0000201 04000000 ef010203"),
               FROM "IGMPv3 report 232.1.2.3 to_in 192.0.2.1, 239.1.2.3 to_ex");
  assert_line (&raw, IGMP ("22000000 00000002 03000002 e8010203 c0000201"),
               FROM "IGMPv3 report…");
  assert_line (&raw, IGMP ("99000000 00000000"), FROM "IGMP type 0x99, 0 bytes");
  assert_line (&raw, IGMP ("1100"), FROM "IGMP, cut short after 2 bytes");
  assert_line (&six, "hex:8f000000 00000001 04000000 ff15000000000000 0000000000000005",
               "ICMPv6 multicast listener report v2 ff15::5 to_ex");
}

static void
test_neighbors (void)
{
  SwbDissection six = make_source (AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, TRUE);
#define HOST "fe80000000000000 0000000000000001"

  g_test_summary ("Neighbour discovery: who is asked for, who answers, what routers say");
  assert_line (&six, "hex:87000000 00000000 " HOST " 01010200 00000007",
               "ICMPv6 neighbor solicitation for fe80::1, source 02:00:00:00:00:07");
  assert_line (&six, "hex:88000000 60000000 " HOST " 02010200 00000007",
               "ICMPv6 neighbor advertisement for fe80::1 [SO], target 02:00:00:00:00:07");
  assert_line (
      &six,
      "hex:86000000 40000708 00000000 00000000 05010000 000005dc"
      "030440c0 00000000 00000000 00000000 20010db800000000 0000000000000000",
      "ICMPv6 router advertisement, hop limit 64, lifetime 1800 s, mtu 1500, prefix "
      "2001:db8::/64");
  assert_line (&six, "hex:85000000 00000000 01010200 00000007",
               "ICMPv6 router solicitation, source 02:00:00:00:00:07");
  assert_line (&six, "hex:89000000 00000000 " HOST HOST,
               "ICMPv6 redirect for fe80::1, to reach fe80::1");
  /* Options of no length and of too much. */
  assert_line (&six, "hex:87000000 00000000 " HOST " 01000200 00000007",
               "ICMPv6 neighbor solicitation for fe80::1");
  assert_line (&six, "hex:87000000 00000000 " HOST " 01020200 00000007",
               "ICMPv6 neighbor solicitation for fe80::1");
  assert_line (&six, "hex:87000000 00000000 fe80", "ICMPv6 neighbor solicitation");
}

static void
test_others (void)
{
  SwbDissection udp = make_source (AF_INET, SOCK_DGRAM, 0, TRUE);
  SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_RECV };

  g_test_summary ("What a program sends to another is its own business");
  assert_line (&udp, "icmp-echo", NULL);
  g_assert_null (swb_dissect_record (AF_NETLINK, SOCK_RAW, 0, NULL, &record));
  record.call = SWB_CALL_SETSOCKOPT;
  record.data = (const guint8 *)"abcd";
  record.n_data = 4;
  g_assert_null (swb_dissect_record (AF_NETLINK, SOCK_RAW, 0, NULL, &record));
  g_assert_null (swb_dissect_packet (&record));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dissect/icmp", test_icmp);
  g_test_add_func ("/dissect/control", test_control);
  g_test_add_func ("/dissect/frames", test_frames);
  g_test_add_func ("/dissect/netlink", test_netlink);
  g_test_add_func ("/dissect/can", test_can);
  g_test_add_func ("/dissect/can-messages", test_can_messages);
  g_test_add_func ("/dissect/dns", test_dns);
  g_test_add_func ("/dissect/groups", test_groups);
  g_test_add_func ("/dissect/neighbors", test_neighbors);
  g_test_add_func ("/dissect/others", test_others);
  return g_test_run ();
}
