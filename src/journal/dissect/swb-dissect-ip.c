/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <arpa/inet.h>
#include <string.h>

#define IPV4_MIN 20u
#define IPV6_SIZE 40u
#define TCP_MIN 20u
#define UDP_SIZE 8u
#define EXTENSIONS_MAX 8

static const char tcp_flags[] = "FSRP.UEW";

typedef struct
{
  int family;
  const guint8 *from;
  const guint8 *to;
  guint protocol;
  guint ttl;
  guint fragment_offset; /* bytes; not of the first: no header of TCP and the like */
  gboolean is_fragment;
  const guint8 *bytes; /* behind IP, its extensions included */
  gsize n;             /* that are there */
  gsize length;        /* that IP says there are */
} Ip;

/* Indices are IP protocol numbers. */
static const char *const protocol_names[256] = {
  [IPPROTO_ICMP] = "ICMP",     [IPPROTO_IGMP] = "IGMP",
  [IPPROTO_IPIP] = "IPIP",     [IPPROTO_TCP] = "TCP",
  [IPPROTO_UDP] = "UDP",       [IPPROTO_DCCP] = "DCCP",
  [IPPROTO_IPV6] = "IPv6",     [IPPROTO_GRE] = "GRE",
  [IPPROTO_ESP] = "ESP",       [IPPROTO_AH] = "AH",
  [IPPROTO_ICMPV6] = "ICMPv6", [89] = "OSPF",
  [IPPROTO_PIM] = "PIM",       [112] = "VRRP",
  [IPPROTO_SCTP] = "SCTP",     [136] = "UDP-Lite",
};

/* --- addresses --- */

static void
put_host (GString *text, const Ip *ip, const guint8 *address)
{
  char host[INET6_ADDRSTRLEN];

  g_string_append (text, inet_ntop (ip->family, address, host, sizeof host));
}

static void
put_end (GString *text, const Ip *ip, const guint8 *address, const guint8 *port)
{
  gboolean brackets = port != NULL && ip->family == AF_INET6;

  g_string_append (text, brackets ? "[" : "");
  put_host (text, ip, address);
  g_string_append (text, brackets ? "]" : "");
  if (port != NULL)
    g_string_append_printf (text, ":%u", swb_be16 (port));
}

static gboolean
has_ports (const Ip *ip)
{
  return (ip->protocol == IPPROTO_TCP || ip->protocol == IPPROTO_UDP
          || ip->protocol == IPPROTO_UDPLITE || ip->protocol == IPPROTO_SCTP
          || ip->protocol == IPPROTO_DCCP)
         && ip->fragment_offset == 0 && ip->n >= 4;
}

static void
put_ends (GString *text, const Ip *ip)
{
  gboolean ports = has_ports (ip);

  g_string_append (text, ip->family == AF_INET6 ? "IPv6 " : "IPv4 ");
  put_end (text, ip, ip->from, ports ? ip->bytes : NULL);
  g_string_append (text, " → ");
  put_end (text, ip, ip->to, ports ? ip->bytes + 2 : NULL);
  g_string_append_c (text, ' ');
}

/* --- TCP and the others --- */

static void
put_tcp (GString *text, const Ip *ip)
{
  gsize n_header = ip->n >= TCP_MIN ? (gsize)(ip->bytes[12] >> 4) * 4 : 0;

  if (n_header < TCP_MIN || n_header > ip->length)
    {
      swb_dissect_put_cut (text, "TCP", ip->n);
      return;
    }

  g_string_append (text, "TCP [");
  for (guint i = 0; tcp_flags[i] != '\0'; i++)
    if ((ip->bytes[13] >> i & 1) != 0)
      g_string_append_c (text, tcp_flags[i]);
  g_string_append_printf (text, "] seq %u", swb_be32 (ip->bytes + 4));
  if ((ip->bytes[13] & 0x10) != 0)
    g_string_append_printf (text, " ack %u", swb_be32 (ip->bytes + 8));
  g_string_append_printf (text, " win %u", swb_be16 (ip->bytes + 14));
  swb_dissect_put_size (text, ip->length - n_header);
}

static void
put_dns (GString *text, const Ip *ip, guint length)
{
  guint from = swb_be16 (ip->bytes);
  guint port = swb_dissect_is_dns (from) ? from : swb_be16 (ip->bytes + 2);

  swb_dissect_dns (text, port, ip->bytes + UDP_SIZE, MIN (ip->n, length) - UDP_SIZE);
}

static void
put_udp (GString *text, const Ip *ip)
{
  guint length = ip->n >= UDP_SIZE ? swb_be16 (ip->bytes + 4) : 0;

  if (length < UDP_SIZE && (ip->n < UDP_SIZE || ip->protocol == IPPROTO_UDP))
    {
      swb_dissect_put_cut (text, protocol_names[ip->protocol], ip->n);
      return;
    }
  if (ip->protocol == IPPROTO_UDP && ip->n > UDP_SIZE
      && (swb_dissect_is_dns (swb_be16 (ip->bytes))
          || swb_dissect_is_dns (swb_be16 (ip->bytes + 2))))
    {
      put_dns (text, ip, length);
      return;
    }
  g_string_append (text, protocol_names[ip->protocol]);
  /* The length of UDP-Lite is that of what its checksum covers. */
  swb_dissect_put_size (
      text, (ip->protocol == IPPROTO_UDP ? length : MAX (ip->length, UDP_SIZE)) - UDP_SIZE);
}

static void
put_other (GString *text, const Ip *ip)
{
  const char *name = protocol_names[ip->protocol];

  if (name != NULL)
    g_string_append (text, name);
  else
    g_string_append_printf (text, "protocol %u", ip->protocol);
  if (ip->is_fragment)
    g_string_append_printf (text, " fragment at %u", ip->fragment_offset);
  swb_dissect_put_size (text, ip->length);
}

static void
put_ip (GString *text, const Ip *ip)
{
  put_ends (text, ip);
  if (ip->is_fragment)
    put_other (text, ip);
  else if (ip->protocol == IPPROTO_TCP)
    put_tcp (text, ip);
  else if (ip->protocol == IPPROTO_UDP || ip->protocol == IPPROTO_UDPLITE)
    put_udp (text, ip);
  else if (ip->protocol == IPPROTO_IGMP && ip->family == AF_INET)
    swb_dissect_igmp (text, ip->bytes, ip->n);
  else if (ip->protocol == IPPROTO_ICMP && ip->family == AF_INET)
    swb_dissect_icmp (text, ip->bytes, ip->n, (int)ip->ttl, ip->n == ip->length);
  else if (ip->protocol == IPPROTO_ICMPV6 && ip->family == AF_INET6)
    swb_dissect_icmp6 (text, ip->bytes, ip->n, (int)ip->ttl);
  else
    put_other (text, ip);
}

/* --- IP --- */

gsize
swb_dissect_find_behind_ipv4 (const guint8 *bytes, gsize n)
{
  gsize n_header = n >= IPV4_MIN ? (gsize)(bytes[0] & 0xf) * 4 : 0;

  return n >= IPV4_MIN && bytes[0] >> 4 == 4 && n_header >= IPV4_MIN && n_header <= n
             ? n_header
             : 0;
}

static gboolean
read_ipv4 (const guint8 *bytes, gsize n, Ip *ip)
{
  gsize n_header = swb_dissect_find_behind_ipv4 (bytes, n);
  gsize length;
  guint fragment;

  if (n_header == 0)
    return FALSE;
  length = swb_be16 (bytes + 2);
  fragment = swb_be16 (bytes + 6);
  /* With IP_HDRINCL, and where the card cuts segments, the kernel fills it in later. */
  if (length == 0)
    length = n;
  if (length < n_header)
    return FALSE;

  *ip = (Ip){ .family = AF_INET,
              .from = bytes + 12,
              .to = bytes + 16,
              .protocol = bytes[9],
              .ttl = bytes[8],
              .fragment_offset = (fragment & 0x1fff) * 8,
              .is_fragment = (fragment & 0x3fff) != 0,
              .bytes = bytes + n_header,
              .n = MIN (n, length) - n_header,
              .length = length - n_header };
  return TRUE;
}

/* RFC 8200: each begins with the number of the next, and its length in units of 8. */
static void
skip_extensions (Ip *ip)
{
  for (guint i = 0; i < EXTENSIONS_MAX && ip->n >= 8; i++)
    {
      gsize n_header = 8;

      if (ip->protocol == IPPROTO_FRAGMENT)
        {
          ip->fragment_offset = swb_be16 (ip->bytes + 2) & ~7u;
          ip->is_fragment = (swb_be16 (ip->bytes + 2) & ~6u) != 0;
        }
      else if (ip->protocol == IPPROTO_HOPOPTS || ip->protocol == IPPROTO_ROUTING
               || ip->protocol == IPPROTO_DSTOPTS)
        n_header = ((gsize)ip->bytes[1] + 1) * 8;
      else
        return;
      if (n_header > ip->n || ip->fragment_offset > 0)
        return;
      ip->protocol = ip->bytes[0];
      ip->bytes += n_header;
      ip->n -= n_header;
      ip->length -= n_header;
    }
}

static gboolean
read_ipv6 (const guint8 *bytes, gsize n, Ip *ip)
{
  gsize length;

  if (n < IPV6_SIZE || bytes[0] >> 4 != 6)
    return FALSE;
  length = swb_be16 (bytes + 4);
  if (length == 0)
    length = n - IPV6_SIZE;

  *ip = (Ip){ .family = AF_INET6,
              .from = bytes + 8,
              .to = bytes + 24,
              .protocol = bytes[6],
              .ttl = bytes[7],
              .bytes = bytes + IPV6_SIZE,
              .n = MIN (n - IPV6_SIZE, length),
              .length = length };
  skip_extensions (ip);
  return TRUE;
}

void
swb_dissect_ip (GString *text, const guint8 *bytes, gsize n)
{
  gboolean is_six = n > 0 && bytes[0] >> 4 == 6;
  Ip ip;

  if (is_six ? read_ipv6 (bytes, n, &ip) : read_ipv4 (bytes, n, &ip))
    put_ip (text, &ip);
  else
    swb_dissect_put_cut (text,
                         is_six                        ? "IPv6"
                         : n > 0 && bytes[0] >> 4 == 4 ? "IPv4"
                                                       : "IP",
                         n);
}
