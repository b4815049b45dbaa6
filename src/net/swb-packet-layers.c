/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-packet-private.h"

#include <linux/can.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <string.h>

#include <glib/gi18n.h>

#include "net/swb-checksum.h"
#include "net/swb-error.h"

/* IEEE 802: for experiments of one's own. */
#define ETHERTYPE_EXPERIMENT 0x88b5

static const SwbWord arp_operations[] = { { "request", 1 }, { "reply", 2 }, { 0 } };
static const SwbWord echo_types[] = { { "request", 8 }, { "reply", 0 }, { 0 } };
static const SwbWord echo6_types[] = { { "request", 128 }, { "reply", 129 }, { 0 } };
static const SwbWord dns_types[]
    = { { "A", 1 },    { "NS", 2 },    { "CNAME", 5 }, { "SOA", 6 },
        { "PTR", 12 }, { "MX", 15 },   { "TXT", 16 },  { "AAAA", 28 },
        { "SRV", 33 }, { "ANY", 255 }, { 0 } };
static const SwbWord protocols[]
    = { { "icmp", IPPROTO_ICMP }, { "tcp", IPPROTO_TCP },      { "udp", IPPROTO_UDP },
        { "ip", IPPROTO_IPIP },   { "icmp6", IPPROTO_ICMPV6 }, { 0 } };
static const SwbWord ethertypes[] = { { "ip", ETH_P_IP },
                                      { "ip6", ETH_P_IPV6 },
                                      { "arp", ETH_P_ARP },
                                      { "vlan", ETH_P_8021Q },
                                      { 0 } };
static const SwbWord route_types[]
    = { { "RTM_GETLINK", RTM_GETLINK },   { "RTM_GETADDR", RTM_GETADDR },
        { "RTM_GETROUTE", RTM_GETROUTE }, { "RTM_GETNEIGH", RTM_GETNEIGH },
        { "RTM_GETRULE", RTM_GETRULE },   { "RTM_GETQDISC", RTM_GETQDISC },
        { "RTM_DELLINK", RTM_DELLINK },   { 0 } };

static void
put16 (guint8 *at, guint32 value)
{
  at[0] = (guint8)(value >> 8);
  at[1] = (guint8)value;
}

static void
put32 (guint8 *at, guint32 value)
{
  put16 (at, value >> 16);
  put16 (at + 2, value);
}

static gboolean
fits (const SwbLayer *self, const GByteArray *payload, guint max, GError **error)
{
  if (payload->len <= max)
    return TRUE;
  /* Translators: a protocol's name and two numbers of bytes */
  g_set_error (error, SWB_ERROR, SWB_ERROR_TOO_LONG,
               _ ("%s carries at most %u bytes, not %u"), self->info->name, max,
               payload->len);
  return FALSE;
}

static void
prepend (GByteArray *payload, const guint8 *header, guint n)
{
  g_byte_array_prepend (payload, header, n);
}

/* RFC 768, RFC 8200: the addresses and the protocol count too. FALSE without IP in front.
 */
static gboolean
add_pseudo_header (const SwbLayer *outer, guint protocol, guint length, guint64 *sum)
{
  gboolean is_six;
  guint n;
  guint8 rest[4];

  if (outer == NULL
      || (outer->info->ethertype != ETH_P_IP && outer->info->ethertype != ETH_P_IPV6))
    return FALSE;
  is_six = outer->info->ethertype == ETH_P_IPV6;
  n = is_six ? 16 : 4;
  put16 (rest, protocol);
  put16 (rest + 2, length);
  *sum = swb_checksum_add (*sum, outer->values[0].bytes, n);
  *sum = swb_checksum_add (*sum, outer->values[1].bytes, n);
  *sum = swb_checksum_add (*sum, rest, sizeof rest);
  return TRUE;
}

/* @offset: of the checksum in @payload */
static void
put_transport_checksum (const SwbLayer *outer, guint protocol, GByteArray *payload,
                        guint offset)
{
  guint64 sum = swb_checksum_add (0, payload->data, payload->len);
  guint16 checksum;

  if (!add_pseudo_header (outer, protocol, payload->len, &sum))
    return;
  checksum = swb_checksum_finish (sum);
  /* Of UDP 0 means that there is none. */
  put16 (payload->data + offset,
         checksum == 0 && protocol == IPPROTO_UDP ? 0xffff : checksum);
}

/* --- link layer --- */

static guint
get_ethertype (const SwbValue *type, const SwbLayer *inner)
{
  if (type->is_given)
    return type->number;
  return inner != NULL && inner->info->ethertype != 0 ? inner->info->ethertype
                                                      : ETHERTYPE_EXPERIMENT;
}

static gboolean
build_eth (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
           GByteArray *payload, GError **error)
{
  guint8 header[ETH_HLEN];

  memcpy (header, self->values[0].bytes, ETH_ALEN);
  memcpy (header + ETH_ALEN, self->values[1].bytes, ETH_ALEN);
  put16 (header + 12, get_ethertype (&self->values[2], inner));
  prepend (payload, header, sizeof header);
  return TRUE;
}

static gboolean
build_vlan (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
            GByteArray *payload, GError **error)
{
  guint8 header[4];

  put16 (header, self->values[0].number);
  put16 (header + 2, get_ethertype (&self->values[1], inner));
  prepend (payload, header, sizeof header);
  return TRUE;
}

static gboolean
build_arp (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
           GByteArray *payload, GError **error)
{
  guint8 header[28];

  put16 (header, 1);
  put16 (header + 2, ETH_P_IP);
  header[4] = ETH_ALEN;
  header[5] = 4;
  put16 (header + 6, self->values[0].number);
  memcpy (header + 8, self->values[2].bytes, ETH_ALEN);
  memcpy (header + 14, self->values[1].bytes, 4);
  memcpy (header + 18, self->values[4].bytes, ETH_ALEN);
  memcpy (header + 24, self->values[3].bytes, 4);
  prepend (payload, header, sizeof header);
  return TRUE;
}

/* --- IP --- */

static guint
get_protocol (const SwbValue *protocol, const SwbLayer *inner, guint otherwise)
{
  if (protocol->is_given)
    return protocol->number;
  return inner != NULL && inner->info->protocol != 0 ? inner->info->protocol : otherwise;
}

static gboolean
build_ip (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
          GByteArray *payload, GError **error)
{
  guint8 header[20] = { 0x45 };

  if (!fits (self, payload, 65535 - sizeof header, error))
    return FALSE;
  header[1] = (guint8)self->values[4].number;
  put16 (header + 2, (guint)sizeof header + payload->len);
  put16 (header + 4, self->values[3].number);
  header[8] = (guint8)self->values[2].number;
  header[9] = (guint8)get_protocol (&self->values[5], inner, 253);
  memcpy (header + 12, self->values[0].bytes, 4);
  memcpy (header + 16, self->values[1].bytes, 4);
  put16 (header + 10, swb_checksum_finish (swb_checksum_add (0, header, sizeof header)));
  prepend (payload, header, sizeof header);
  return TRUE;
}

static gboolean
build_ip6 (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
           GByteArray *payload, GError **error)
{
  guint8 header[40] = { 0x60 };

  if (!fits (self, payload, 65535, error))
    return FALSE;
  put16 (header + 4, payload->len);
  header[6] = (guint8)get_protocol (&self->values[3], inner, IPPROTO_NONE);
  header[7] = (guint8)self->values[2].number;
  memcpy (header + 8, self->values[0].bytes, 16);
  memcpy (header + 24, self->values[1].bytes, 16);
  prepend (payload, header, sizeof header);
  return TRUE;
}

/* --- transport --- */

static gboolean
build_udp (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
           GByteArray *payload, GError **error)
{
  guint8 header[8] = { 0 };

  if (!fits (self, payload, 65535 - sizeof header, error))
    return FALSE;
  put16 (header, self->values[0].number);
  put16 (header + 2, self->values[1].number);
  put16 (header + 4, (guint)sizeof header + payload->len);
  prepend (payload, header, sizeof header);
  put_transport_checksum (outer, IPPROTO_UDP, payload, 6);
  return TRUE;
}

static gboolean
build_tcp (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
           GByteArray *payload, GError **error)
{
  guint8 header[20] = { 0 };

  if (!fits (self, payload, 65535 - sizeof header, error))
    return FALSE;
  put16 (header, self->values[0].number);
  put16 (header + 2, self->values[1].number);
  put32 (header + 4, self->values[3].number);
  put32 (header + 8, self->values[4].number);
  header[12] = 5 << 4;
  header[13] = (guint8)self->values[2].number;
  put16 (header + 14, self->values[5].number);
  prepend (payload, header, sizeof header);
  put_transport_checksum (outer, IPPROTO_TCP, payload, 16);
  return TRUE;
}

static void
prepend_echo (const SwbLayer *self, GByteArray *payload)
{
  guint8 header[8] = { (guint8)self->values[0].number };

  put16 (header + 4, self->values[1].number);
  put16 (header + 6, self->values[2].number);
  prepend (payload, header, sizeof header);
}

static gboolean
build_icmp_echo (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
                 GByteArray *payload, GError **error)
{
  prepend_echo (self, payload);
  put16 (payload->data + 2, swb_checksum_without (payload->data, payload->len, 2));
  return TRUE;
}

static gboolean
build_icmp6_echo (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
                  GByteArray *payload, GError **error)
{
  prepend_echo (self, payload);
  put_transport_checksum (outer, IPPROTO_ICMPV6, payload, 2);
  return TRUE;
}

/* --- what they carry --- */

/* RFC 1035: one question, recursion desired. */
static gboolean
build_dns (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
           GByteArray *payload, GError **error)
{
  g_auto (GStrv) labels = g_strsplit (self->values[2].name, ".", -1);
  guint8 header[12] = { 0 };
  guint8 tail[5] = { 0 };
  g_autoptr (GByteArray) question = g_byte_array_new ();

  put16 (header, self->values[0].number);
  header[2] = 1;
  header[5] = 1;
  g_byte_array_append (question, header, sizeof header);
  for (guint i = 0; labels[i] != NULL && labels[i][0] != '\0'; i++)
    {
      guint8 length = (guint8)strlen (labels[i]);

      g_byte_array_append (question, &length, 1);
      g_byte_array_append (question, (const guint8 *)labels[i], length);
    }
  put16 (tail + 1, self->values[1].number);
  tail[4] = 1;
  g_byte_array_append (question, tail, sizeof tail);
  prepend (payload, question->data, question->len);
  return TRUE;
}

static guint
get_route_size (guint type)
{
  /* GET, NEW and their kin come in fours. */
  switch (type & ~3u)
    {
    case RTM_NEWLINK:
      return sizeof (struct ifinfomsg);
    case RTM_NEWADDR:
      return sizeof (struct ifaddrmsg);
    case RTM_NEWQDISC:
      return sizeof (struct tcmsg);
    default:
      return sizeof (struct rtmsg);
    }
}

static gboolean
build_rtnetlink (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
                 GByteArray *payload, GError **error)
{
  struct nlmsghdr header = { .nlmsg_type = (guint16)self->values[0].number,
                             .nlmsg_flags = NLM_F_REQUEST,
                             .nlmsg_seq = self->values[1].number };
  guint8 body[32] = { 0 };
  guint n = get_route_size (self->values[0].number);
  guint32 index = self->values[3].number;

  if (self->values[2].number != 0)
    header.nlmsg_flags |= NLM_F_DUMP;
  /* In each of them but rtmsg, of routes and rules, the index stands there. */
  if (n != sizeof (struct rtmsg) || self->values[0].number == RTM_GETNEIGH)
    memcpy (body + 4, &index, sizeof index);
  prepend (payload, body, n);
  header.nlmsg_len = (guint32)sizeof header + payload->len;
  prepend (payload, (const guint8 *)&header, sizeof header);
  return TRUE;
}

static gboolean
build_can (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
           GByteArray *payload, GError **error)
{
  struct can_frame frame = { .can_id = self->values[0].number };

  if (!fits (self, payload, CAN_MAX_DLEN, error))
    return FALSE;
  if (frame.can_id > CAN_SFF_MASK)
    frame.can_id |= CAN_EFF_FLAG;
  frame.len = (guint8)payload->len;
  /* Of an empty array there is no data at all. */
  if (payload->len > 0)
    memcpy (frame.data, payload->data, payload->len);
  g_byte_array_set_size (payload, 0);
  prepend (payload, (const guint8 *)&frame, sizeof frame);
  return TRUE;
}

/* clang-format off */

#define ANY_MAC "00:00:00:00:00:00"
#define ALL_MAC "ff:ff:ff:ff:ff:ff"

const SwbLayerInfo swb_packet_layers[] = {
  { "eth", 0, 0,
    { { "dst", SWB_KEY_MAC, ALL_MAC }, { "src", SWB_KEY_MAC, ANY_MAC },
      { "type", SWB_KEY_WORD, NULL, 0xffff, ethertypes } },
    build_eth },
  { "vlan", ETH_P_8021Q, 0,
    { { "id", SWB_KEY_NUMBER, "1", 4095 }, { "type", SWB_KEY_WORD, NULL, 0xffff, ethertypes } },
    build_vlan },
  { "arp", ETH_P_ARP, 0,
    { { "op", SWB_KEY_WORD, "request", 0xffff, arp_operations }, { "from", SWB_KEY_IP, "0.0.0.0" },
      { "from-mac", SWB_KEY_MAC, ANY_MAC }, { "to", SWB_KEY_IP, "0.0.0.0" }, { "to-mac", SWB_KEY_MAC, ANY_MAC } },
    build_arp },
  { "ip", ETH_P_IP, IPPROTO_IPIP,
    { { "src", SWB_KEY_IP, "127.0.0.1" }, { "dst", SWB_KEY_IP, "127.0.0.1" }, { "ttl", SWB_KEY_NUMBER, "64", 255 },
      { "id", SWB_KEY_NUMBER, "0", 0xffff }, { "tos", SWB_KEY_NUMBER, "0", 255 },
      { "proto", SWB_KEY_WORD, NULL, 255, protocols } },
    build_ip },
  { "ip6", ETH_P_IPV6, IPPROTO_IPV6,
    { { "src", SWB_KEY_IP6, "::1" }, { "dst", SWB_KEY_IP6, "::1" }, { "hops", SWB_KEY_NUMBER, "64", 255 },
      { "proto", SWB_KEY_WORD, NULL, 255, protocols } },
    build_ip6 },
  { "udp", 0, IPPROTO_UDP,
    { { "from", SWB_KEY_NUMBER, "0", 0xffff }, { "to", SWB_KEY_NUMBER, "0", 0xffff } }, build_udp },
  { "tcp", 0, IPPROTO_TCP,
    { { "from", SWB_KEY_NUMBER, "0", 0xffff }, { "to", SWB_KEY_NUMBER, "0", 0xffff }, { "flags", SWB_KEY_FLAGS, "S" },
      { "seq", SWB_KEY_NUMBER, "0", G_MAXUINT32 }, { "ack", SWB_KEY_NUMBER, "0", G_MAXUINT32 },
      { "win", SWB_KEY_NUMBER, "65535", 0xffff } },
    build_tcp },
  { "icmp-echo", 0, IPPROTO_ICMP,
    { { "type", SWB_KEY_WORD, "request", 255, echo_types }, { "id", SWB_KEY_NUMBER, "0", 0xffff },
      { "seq", SWB_KEY_NUMBER, "1", 0xffff } },
    build_icmp_echo },
  { "icmp6-echo", 0, IPPROTO_ICMPV6,
    { { "type", SWB_KEY_WORD, "request", 255, echo6_types }, { "id", SWB_KEY_NUMBER, "0", 0xffff },
      { "seq", SWB_KEY_NUMBER, "1", 0xffff } },
    build_icmp6_echo },
  { "dns", 0, 0,
    { { "id", SWB_KEY_NUMBER, "1", 0xffff }, { "type", SWB_KEY_WORD, "A", 0xffff, dns_types },
      { "name", SWB_KEY_NAME, "localhost" } },
    build_dns },
  { "rtnetlink", 0, 0,
    { { "type", SWB_KEY_WORD, "RTM_GETLINK", 0xffff, route_types }, { "seq", SWB_KEY_NUMBER, "1", G_MAXUINT32 },
      { "dump", SWB_KEY_NUMBER, "1", 1 }, { "index", SWB_KEY_NUMBER, "0", G_MAXINT32 } },
    build_rtnetlink },
  { "can", 0, 0, { { "id", SWB_KEY_HEX, "123", CAN_EFF_MASK } }, build_can },
};
const guint swb_packet_n_layers = G_N_ELEMENTS (swb_packet_layers);
