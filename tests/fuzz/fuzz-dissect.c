/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <linux/can.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <string.h>

#include "journal/dissect/swb-dissect.h"
#include "net/swb-packet.h"

/* Bytes of packets, frames and messages, and packets as they are written. The first byte
 * chooses the socket. */

static const struct
{
  int domain;
  int type;
  int protocol;
  guint hatype;
} kinds[] = {
  { AF_INET, SOCK_RAW, IPPROTO_ICMP, 0 },
  { AF_INET, SOCK_RAW, IPPROTO_RAW, 0 },
  { AF_INET, SOCK_DGRAM, IPPROTO_ICMP, 0 },
  { AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, 0 },
  { AF_INET6, SOCK_RAW, IPPROTO_RAW, 0 },
  { AF_PACKET, SOCK_RAW, GUINT16_TO_BE (ETH_P_ALL), ARPHRD_ETHER },
  { AF_PACKET, SOCK_RAW, GUINT16_TO_BE (ETH_P_ALL), ARPHRD_NONE },
  { AF_PACKET, SOCK_DGRAM, GUINT16_TO_BE (ETH_P_ARP), ARPHRD_ETHER },
  { AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, 0 },
  { AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG, 0 },
  { AF_NETLINK, SOCK_RAW, NETLINK_GENERIC, 0 },
  { AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT, 0 },
  { AF_CAN, SOCK_RAW, CAN_RAW, 0 },
  { AF_CAN, SOCK_DGRAM, CAN_BCM, 0 },
  { AF_CAN, SOCK_DGRAM, CAN_ISOTP, 0 },
  { AF_CAN, SOCK_DGRAM, CAN_J1939, 0 },
  { AF_INET, SOCK_RAW, IPPROTO_IGMP, 0 },
};

/* @control: at the end of the bytes, as many as there are */
static void
check_bytes (guint choice, const guint8 *data, gsize size)
{
  SwbAddress address = { .length = sizeof (struct sockaddr_ll) };
  struct sockaddr_ll *link = (struct sockaddr_ll *)&address.storage;
  guint kind = choice % G_N_ELEMENTS (kinds);
  SwbDissection source = { .domain = kinds[kind].domain,
                           .type = kinds[kind].type,
                           .protocol = kinds[kind].protocol,
                           .is_incoming = (choice & 0x40) != 0,
                           .address = &address,
                           .control = data,
                           .n_control = size };
  /* A copy of just this size, so that a sanitizer sees what reads behind it. */
  g_autofree guint8 *bytes = g_memdup2 (data, size);
  g_autofree char *line = NULL;

  *link = (struct sockaddr_ll){ .sll_family = AF_PACKET,
                                .sll_ifindex = 3,
                                .sll_hatype = (guint16)kinds[kind].hatype };
  line = swb_dissect (&source, bytes, size);
  if (line == NULL)
    return;
  fuzz_assert_harmless (line);
  g_assert_cmpint (g_utf8_strlen (line, -1), <=, 400);
  g_assert_null (strchr (line, '\n'));
}

static void
check_capture (guint choice, const guint8 *data, gsize size)
{
  SwbRecord record = { .kind = SWB_RECORD_PACKET,
                       .packet = choice & SWB_PACKET_PROTOCOL,
                       .data = data,
                       .n_data = size };
  g_autofree char *line = swb_dissect_packet (&record);

  if (line != NULL)
    fuzz_assert_harmless (line);
}

static void
check_text (guint choice, const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize place = G_MAXSIZE;
  g_autoptr (GBytes) bytes = swb_packet_parse (text, &place, &error);

  if (bytes == NULL)
    {
      fuzz_assert_explained (error);
      g_assert_cmpuint (place, <=, strlen (text));
      return;
    }
  check_bytes (choice, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint choice = fuzz_take_byte (&data, &size);

  if ((choice & 0x80) == 0)
    {
      check_bytes (choice, data, size);
      check_capture (choice, data, size);
    }
  else
    {
      g_autofree char *text = fuzz_dup_text (data, size);

      check_text (choice, text);
    }
  return 0;
}

static void
add_packet (GPtrArray *seeds, guint8 choice, GBytes *bytes)
{
  GByteArray *seed = g_byte_array_new ();

  g_byte_array_append (seed, &choice, 1);
  g_byte_array_append (seed, g_bytes_get_data (bytes, NULL),
                       (guint)g_bytes_get_size (bytes));
  g_ptr_array_add (seeds, g_byte_array_free_to_bytes (seed));
}

/* Each text as itself, and its bytes on each kind of socket. */
void
fuzz_add_seeds (GPtrArray *seeds)
{
  static const char *const texts[] = {
    "icmp-echo type=reply id=7 seq=1 / \"hello\"",
    "icmp6-echo id=7 seq=1 / hex:61 62",
    "ip src=127.0.0.1 dst=10.0.0.1 ttl=3 id=5 tos=1 proto=udp / udp from=1 to=2 / "
    "\"hello\"",
    "ip / icmp-echo type=3 / hex:45 00 00 21 00 00 00 00 40 11 7c ca 7f 00 00 01 7f 00 00 "
    "01",
    "eth dst=02:00:00:00:00:01 src=02:00:00:00:00:02 / vlan id=7 / ip6 src=fe80::1 hops=1 "
    "/ "
    "tcp from=1 to=2 flags=SA seq=1 ack=2 win=3",
    "eth / arp op=reply from=10.0.0.1 from-mac=02:00:00:00:00:01 to=10.0.0.2",
    "eth type=0x88b5 / \"hello\"",
    "rtnetlink type=RTM_GETLINK seq=1 dump=0 index=1",
    "dns id=1 type=AAAA name=example.org",
    "can id=123 / hex:de ad be ef",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GBytes) bytes = swb_packet_parse (texts[i], NULL, NULL);

      add_packet (seeds, (guint8)(0x80 | i), text);
      for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
        add_packet (seeds, (guint8)(0x40 | kind), bytes);
    }
}
