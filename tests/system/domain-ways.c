/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "domain-ways.h"

#include <string.h>
#include <sys/socket.h>

#include "net/swb-catalog.h"

#define ECHO4 "hex:08 00 73 99 00 01 00 01 61 62 63"
#define ECHO6 "hex:80 00 00 00 00 01 00 01 61 62 63"
#define FRAME "hex:23 01 00 00 02 00 00 00 ab cd 00 00 00 00 00 00"
#define ZEROS_32 "0000000000000000000000000000000000000000000000000000000000000000"
#define PHONET_ADDRESS                                                                     \
  "pane k AF_NETLINK SOCK_RAW NETLINK_ROUTE\n"                                             \
  "k send hex:20000000140005050100000000000000230000000100000005000200"                    \
  "10000000\nk expect recv 36 bytes within 9s\n"

const Carry domain_carries[] = {
  { "tcp4", AF_INET, SOCK_STREAM, "0", WAY_CONNECTION, "127.0.0.1:0" },
  { "tcp6", AF_INET6, SOCK_STREAM, "0", WAY_CONNECTION, "[::1]:0" },
  { "mptcp4", AF_INET, SOCK_STREAM, "IPPROTO_MPTCP", WAY_CONNECTION, "127.0.0.1:0" },
  { "mptcp6", AF_INET6, SOCK_STREAM, "IPPROTO_MPTCP", WAY_CONNECTION, "[::1]:0" },
  { "sctp4", AF_INET, SOCK_STREAM, "IPPROTO_SCTP", WAY_CONNECTION, "127.0.0.1:0" },
  { "sctp6", AF_INET6, SOCK_STREAM, "IPPROTO_SCTP", WAY_CONNECTION, "[::1]:0" },
  { "sctp4-many", AF_INET, SOCK_SEQPACKET, "IPPROTO_SCTP", WAY_ASSOCIATION, "127.0.0.1:0",
    "127.0.0.1:0" },
  { "sctp6-many", AF_INET6, SOCK_SEQPACKET, "IPPROTO_SCTP", WAY_ASSOCIATION, "[::1]:0",
    "[::1]:0" },
  { "dccp4", AF_INET, SOCK_DCCP, "IPPROTO_DCCP", WAY_CONNECTION, "127.0.0.1:0" },
  { "dccp6", AF_INET6, SOCK_DCCP, "IPPROTO_DCCP", WAY_CONNECTION, "[::1]:0" },
  { "rds", AF_RDS, SOCK_SEQPACKET, "0", WAY_DATAGRAMS, "127.0.0.1:4000", "127.0.0.1:4001" },
  { "smc", AF_SMC, SOCK_STREAM, "0", WAY_CONNECTION, "127.0.0.1:0" },
  { "udp4", AF_INET, SOCK_DGRAM, "0", WAY_DATAGRAMS, "127.0.0.1:0", "127.0.0.1:0" },
  { "udp6", AF_INET6, SOCK_DGRAM, "0", WAY_DATAGRAMS, "[::1]:0", "[::1]:0" },
  { "udplite4", AF_INET, SOCK_DGRAM, "IPPROTO_UDPLITE", WAY_DATAGRAMS, "127.0.0.1:0",
    "127.0.0.1:0" },
  { "udplite6", AF_INET6, SOCK_DGRAM, "IPPROTO_UDPLITE", WAY_DATAGRAMS, "[::1]:0",
    "[::1]:0" },
  { "ping4", AF_INET, SOCK_DGRAM, "IPPROTO_ICMP", WAY_ECHO, "127.0.0.1:0", "11", ECHO4 },
  { "ping6", AF_INET6, SOCK_DGRAM, "IPPROTO_ICMPV6", WAY_ECHO, "[::1]:0", "11", ECHO6 },
  { "icmp4", AF_INET, SOCK_RAW, "IPPROTO_ICMP", WAY_ECHO, "127.0.0.1:0", "31", ECHO4 },
  { "icmp6", AF_INET6, SOCK_RAW, "IPPROTO_ICMPV6", WAY_ECHO, "[::1]:0", "11", ECHO6 },
  { "unix-stream-path", AF_UNIX, SOCK_STREAM, "0", WAY_CONNECTION, "./server.sock" },
  { "unix-stream-abstract", AF_UNIX, SOCK_STREAM, "0", WAY_CONNECTION, "@swb-test-s" },
  { "unix-stream-autobind", AF_UNIX, SOCK_STREAM, "0", WAY_CONNECTION, "" },
  { "unix-seqpacket-path", AF_UNIX, SOCK_SEQPACKET, "0", WAY_CONNECTION, "./server.sock" },
  { "unix-seqpacket-abstract", AF_UNIX, SOCK_SEQPACKET, "0", WAY_CONNECTION,
    "@swb-test-q" },
  { "unix-seqpacket-autobind", AF_UNIX, SOCK_SEQPACKET, "0", WAY_CONNECTION, "" },
  { "unix-dgram-path", AF_UNIX, SOCK_DGRAM, "0", WAY_DATAGRAMS, "./a.sock", "./b.sock" },
  { "unix-dgram-abstract", AF_UNIX, SOCK_DGRAM, "0", WAY_DATAGRAMS, "@swb-test-a",
    "@swb-test-b" },
  { "unix-dgram-autobind", AF_UNIX, SOCK_DGRAM, "0", WAY_DATAGRAMS, "", "" },
  { "unix-raw-autobind", AF_UNIX, SOCK_RAW, "0", WAY_DATAGRAMS, "", "" },
  { "packet", AF_PACKET, SOCK_DGRAM, "0", WAY_PACKETS, "packet lo:0x88b5",
    "packet lo:0x88b5:00:00:00:00:00:00", "\"frame\"" },
  { "vsock", AF_VSOCK, SOCK_STREAM, "0", WAY_CONNECTION, "vsock 1:70001",
    "\"vsock 1:70001\"" },
  { "vsock-seqpacket", AF_VSOCK, SOCK_SEQPACKET, "0", WAY_CONNECTION, "vsock 1:70002",
    "\"vsock 1:70002\"" },
  { "tipc-stream", AF_TIPC, SOCK_STREAM, "0", WAY_CONNECTION, "tipc 18888:17",
    "\"tipc 18888:17\"" },
  { "tipc-seqpacket", AF_TIPC, SOCK_SEQPACKET, "0", WAY_CONNECTION, "tipc 18888:18",
    "\"tipc 18888:18\"" },
  { "tipc-dgram", AF_TIPC, SOCK_DGRAM, "0", WAY_PACKETS, "tipc 18888:19", "tipc 18888:19",
    "\"to a name\"" },
  { "tipc-rdm", AF_TIPC, SOCK_RDM, "0", WAY_PACKETS, "tipc 18888:20", "tipc 18888:20",
    "\"to a name\"" },
  { "can-raw", AF_CAN, SOCK_RAW, "CAN_RAW", WAY_PACKETS, "can $can", "can $can", FRAME,
    DEVICE_CAN },
  { "alg-hash", AF_ALG, SOCK_SEQPACKET, "0", WAY_OPERATION, "alg hash:sha256" },
  { "raw4", AF_INET, SOCK_RAW, "253", WAY_OWN, NULL, NULL,
    "a bind 127.0.0.1\nb sendto 127.0.0.1 \"there\"\n"
    "a expect recv 25 bytes within 9s\n" },
  { "raw6", AF_INET6, SOCK_RAW, "253", WAY_OWN, NULL, NULL,
    "a bind [::1]:0\nb sendto [::1]:0 \"there\"\na expect recv \"there\" within 9s\n" },
  /* A control message of L2TP, for the tunnel 42: l2tp_ip_recv() looks at no others. */
  { "l2tp", AF_INET, SOCK_DGRAM, "IPPROTO_L2TP", WAY_OWN, NULL, NULL,
    "a bind hex:020000007f0000012a00000000000000\n"
    "b bind hex:020000007f0000012b00000000000000\n"
    "b sendto hex:020000007f0000012a00000000000000 hex:c802000c0000002a00000000\n"
    "a expect recv hex:c802000c0000002a00000000 within 9s\n" },
  { "packet-raw", AF_PACKET, SOCK_RAW, "0", WAY_OWN, NULL, NULL,
    "a bind \"packet lo:0x88b5\"\n"
    "b sendto \"packet lo:0x88b5\" hex:00000000000000000000000088b5616263\n"
    "a expect recv hex:00000000000000000000000088b5616263 within 9s\n" },
  { "netlink-usersock", AF_NETLINK, SOCK_RAW, "NETLINK_USERSOCK", WAY_PACKETS,
    "netlink 70001:0", "netlink 70001:0", "\"there\"" },
  /* What is flushed, and told to all, is nothing: the namespace is new. */
  { "key", AF_KEY, SOCK_RAW, "PF_KEY_V2", WAY_OWN, NULL, NULL,
    "a send hex:02090000020000000100000001000000\n"
    "a expect recv hex:02090000020000000100000001000000 within 9s\n",
    DEVICE_SPACE },
  /* Two managers of bits of the same frame: one waits for the id 0x123, the other sends it.
   */
  { "can-bcm", AF_CAN, SOCK_DGRAM, "CAN_BCM", WAY_OWN, NULL, NULL,
    "a connect \"can $can\"\nb connect \"can $can\"\n"
    "a send hex:05000000200000000000000000000000" ZEROS_32 "2301000000000000\n"
    "b send hex:04000000000000000000000000000000" ZEROS_32 "2301000001000000"
    "2301000002000000abcd000000000000\n"
    "a expect recv 72 bytes within 9s\n",
    DEVICE_CAN },
  { "can-isotp", AF_CAN, SOCK_DGRAM, "CAN_ISOTP", WAY_OWN, NULL, NULL,
    "a bind \"can $can:0x123:0x321\"\nb bind \"can $can:0x321:0x123\"\n"
    "b send \"longer than one frame\"\n"
    "a expect recv \"longer than one frame\" within 9s\n"
    "a send \"back\"\nb expect recv \"back\" within 9s\n",
    DEVICE_CAN },
  { "can-j1939", AF_CAN, SOCK_DGRAM, "CAN_J1939", WAY_OWN, NULL, NULL,
    "a bind \"j1939 $can:0:0x40000:0x20\"\nb bind \"j1939 $can:0:0x40000:0x30\"\n"
    "b sendto \"j1939 $can:0:0x12300:0x20\" \"longer than one frame\"\n"
    "a expect recv \"longer than one frame\" within 9s\n",
    DEVICE_CAN },
  /* FIPS 197, appendix C.1; a request without an operation decrypts. */
  { "alg-skcipher", AF_ALG, SOCK_SEQPACKET, "0", WAY_OWN, NULL, NULL,
    "a bind \"alg skcipher:ecb(aes)\"\n"
    "a setsockopt 279 1 hex:000102030405060708090a0b0c0d0e0f\na accept\n"
    "a#1 send hex:69c4e0d86a7b0430d8cdb78070b4c55a\na#1 recv\n"
    "a#1 expect recv hex:00112233445566778899aabbccddeeff within 9s\n" },
  { "alg-rng", AF_ALG, SOCK_SEQPACKET, "0", WAY_OWN, NULL, NULL,
    "a bind \"alg rng:stdrng\"\na setsockopt 279 1 hex:00\na accept\na#1 recv 16\n"
    "a#1 expect recv 16 bytes within 9s\n" },
  /* RTM_NEWADDR gives the device lo the address 0x10 of Phonet. */
  { "phonet", AF_PHONET, SOCK_DGRAM, "0", WAY_OWN, NULL, NULL,
    PHONET_ADDRESS "a bind \"phonet 0x10:0x20\"\na getsockname\n"
                   "b sendto a \"there\"\na expect recv \"there\" within 9s\n",
    DEVICE_SPACE },
  { "phonet-pipe", AF_PHONET, SOCK_SEQPACKET, "0", WAY_OWN, NULL, NULL,
    PHONET_ADDRESS "a bind \"phonet 0x10:0x30\"\na listen 4\n"
                   "b connect \"phonet 0x10:0x30\"\nb send \"there\" MSG_EOR\n"
                   "a#1 expect recv \"there\" within 9s\n",
    DEVICE_SPACE },
  { "qipcrtr", AF_QIPCRTR, SOCK_DGRAM, "0", WAY_PACKETS, "qrtr 1:20000", "qrtr 1:20000",
    "\"there\"" },
  /* The version of the management interface, which is there without any adapter. */
  { "bluetooth-control", AF_BLUETOOTH, SOCK_RAW, "BTPROTO_HCI", WAY_OWN, NULL, NULL,
    "a bind \"hci 65535:3\"\na send hex:0100ffff0000\n"
    "a expect recv 12 bytes within 9s\n" },
  { "pppoe", AF_PPPOX, SOCK_STREAM, "PX_PROTO_OE", WAY_OWN, NULL, NULL,
    "a connect \"pppoe 7:02:00:00:00:00:02:swbdev0\"\n"
    "b connect \"pppoe 7:02:00:00:00:00:01:swbdev1\"\n"
    "b send hex:c021616263\na expect recv hex:c021616263 within 9s\n",
    DEVICE_PAIR },
  { "llc-dgram", AF_LLC, SOCK_DGRAM, "0", WAY_OWN, NULL, NULL,
    "a bind \"llc 02:00:00:00:00:01:0x20:1\"\nb bind \"llc 02:00:00:00:00:02:0x24:1\"\n"
    "b sendto \"llc 02:00:00:00:00:01:0x20:1\" \"there\"\n"
    "a expect recv \"there\" within 9s\n",
    DEVICE_FIRST },
  { "llc-stream", AF_LLC, SOCK_STREAM, "0", WAY_OWN, NULL, NULL,
    "a bind \"llc 02:00:00:00:00:01:0x30:1\"\na listen 4\n"
    "b bind \"llc 02:00:00:00:00:02:0x34:1\"\n"
    "b connect \"llc 02:00:00:00:00:01:0x30:1\"\n"
    "b send \"there\"\na#1 expect recv \"there\" within 9s\n",
    DEVICE_FIRST },
  { "netrom", AF_NETROM, SOCK_SEQPACKET, "0", WAY_OWN, NULL, NULL,
    "a bind \"netrom EEEEEE-1\"\na listen 4\nb connect \"netrom EEEEEE-1\"\n"
    "b send \"there\"\na#1 expect recv \"there\" within 9s\n"
    "a#1 send \"back\"\nb expect recv \"back\" within 9s\n",
    DEVICE_NETROM },
  { "rose", AF_ROSE, SOCK_SEQPACKET, "0", WAY_OWN, NULL, NULL,
    "a bind \"rose 1234567890:SERVER-0\"\na listen 4\n"
    "b bind \"rose 1234567890:CLIENT-0\"\nb connect \"rose 1234567890:SERVER-0\"\n"
    "b send \"there\"\na#1 expect recv \"there\" within 9s\n"
    "a#1 send \"back\"\nb expect recv \"back\" within 9s\n",
    DEVICE_ROSE },
  /* A data frame to all; RAW gives what is behind its header. */
  { "ieee802154", AF_IEEE802154, SOCK_RAW, "0", WAY_OWN, NULL, NULL,
    "a socket\nb send hex:018001ffffffff616263\na expect recv \"abc\" within 9s\n",
    DEVICE_WPAN },
};
const guint domain_n_carries = G_N_ELEMENTS (domain_carries);

const Lonely domain_lonelies[] = {
  { "kcm", AF_KCM, SOCK_SEQPACKET, "0", "a bind hex:2900 expect EOPNOTSUPP\n",
    "KCM carries messages of TCP connections that a program attaches to it, with a BPF "
    "filter, by the ioctl SIOCKCMATTACH; alone it has neither name nor peer" },
  { "xdp", AF_XDP, SOCK_RAW, "0", "a bind \"xdp lo:0\" expect EINVAL\n",
    "the bytes of XDP lie in rings that a program maps; there is no bind without them" },
  { "rxrpc", AF_RXRPC, SOCK_DGRAM, "2",
    "a bind \"rxrpc 0:0.0.0.0:0\"\na connect \"rxrpc 9:127.0.0.1:7009\"\n"
    "a send \"x\" expect EINVAL\n",
    "RxRPC takes a call's bytes with a control message that says which call" },
  { "bluetooth-l2cap", AF_BLUETOOTH, SOCK_SEQPACKET, "BTPROTO_L2CAP",
    "a bind \"l2cap 00:00:00:00:00:00:4097\"\na listen 4\n"
    "b connect \"l2cap 00:00:00:00:00:00:4097\" expect EHOSTUNREACH\n",
    "Bluetooth goes through an adapter, of which this machine has none" },
  { "bluetooth-sco", AF_BLUETOOTH, SOCK_SEQPACKET, "BTPROTO_SCO",
    "b connect \"sco 00:00:00:00:00:00\" expect EHOSTUNREACH\na socket\n",
    "Bluetooth goes through an adapter, of which this machine has none" },
  { "bluetooth-rfcomm", AF_BLUETOOTH, SOCK_STREAM, "BTPROTO_RFCOMM",
    "a bind \"rfcomm 00:00:00:00:00:00:3\"\na listen 4\n"
    "b connect \"rfcomm 00:11:22:33:44:55:3\" expect EHOSTUNREACH\n",
    "Bluetooth goes through an adapter, of which this machine has none" },
  { "nfc", AF_NFC, SOCK_SEQPACKET, "0", "a connect \"nfc 0:1:1\" expect ENODEV\n",
    "NFC goes through a device, of which this machine has none" },
  { "appletalk", AF_APPLETALK, SOCK_DGRAM, "0",
    "a bind \"appletalk 0:0:200\" expect EADDRNOTAVAIL\n",
    "no interface has an address of AppleTalk: the ioctl SIOCSIFADDR would give one" },
  { "ax25", AF_AX25, SOCK_DGRAM, "0", "a bind \"ax25 TEST-1\" expect EADDRNOTAVAIL\n",
    "no interface has a callsign: AX.25 goes through a radio or its modem" },
};
const guint domain_n_lonelies = G_N_ELEMENTS (domain_lonelies);

char *
domain_write_panes (int domain, int type, const char *protocol, const char *body)
{
  g_autofree char *domain_name = swb_catalog_print_domain (domain);
  g_autofree char *type_name = swb_catalog_print_type (type);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "pane a %s %s %s\n", domain_name, type_name, protocol);
  if (strstr (body, "b ") == body || strstr (body, "\nb ") != NULL)
    g_string_append_printf (text, "pane b %s %s %s\n", domain_name, type_name, protocol);
  g_string_append (text, body);
  return g_string_free (text, FALSE);
}

char *
domain_write_bench (const Carry *self)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "abc", 3);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->way != WAY_ECHO && self->way != WAY_OWN)
    g_string_append_printf (text, "a bind \"%s\"\n", self->address);

  switch (self->way)
    {
    case WAY_CONNECTION:
      g_string_append_printf (text,
                              "a listen 4\nb connect %s\nb send \"there\"\n"
                              "a#1 expect recv \"there\" within 9s\na#1 send \"back\"\n"
                              "b expect recv \"back\" within 9s\n",
                              self->other != NULL ? self->other : "a");
      break;
    case WAY_ASSOCIATION:
    case WAY_DATAGRAMS:
      g_string_append_printf (
          text,
          "b bind \"%s\"\n%sb sendto a \"there\"\n"
          "a expect recv \"there\" within 9s\na sendto b \"back\"\n"
          "b expect recv \"back\" within 9s\n",
          self->other, self->way == WAY_ASSOCIATION ? "a listen 4\nb listen 4\n" : "");
      break;
    case WAY_PACKETS:
      g_string_append_printf (text, "b sendto \"%s\" %s\na expect recv %s within 9s\n",
                              self->other, self->bytes, self->bytes);
      break;
    case WAY_ECHO:
      g_string_append_printf (text,
                              "a sendto \"%s\" %s\na expect recv %s bytes within 9s\n",
                              self->address, self->bytes, self->other);
      break;
    case WAY_OPERATION:
      g_string_append_printf (text,
                              "a accept\na#1 send \"abc\"\na#1 recv\n"
                              "a#1 expect recv hex:%s within 9s\n",
                              digest);
      break;
    case WAY_OWN:
    default:
      g_string_append (text, self->bytes);
      break;
    }

  return domain_write_panes (self->domain, self->type, self->protocol, text->str);
}
