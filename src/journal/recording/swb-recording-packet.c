/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-recording-private.h"

#include <string.h>

#include "net/swb-checksum.h"

#define TTL 64
#define TCP_HEADER 20
#define UDP_HEADER 8
#define IPV4_HEADER 20
#define IPV6_HEADER 40

gboolean
swb_endpoint_from_address (SwbEndpoint *self, const SwbAddress *address)
{
  memset (self, 0, sizeof *self);

  if (address->length >= sizeof address->in && address->family == AF_INET)
    {
      self->family = AF_INET;
      self->port = g_ntohs (address->in.sin_port);
      memcpy (self->ip, &address->in.sin_addr, 4);
      return TRUE;
    }

  /* RFC 2133's sockaddr_in6 had no scope; the kernel takes it still. */
  if (address->length < G_STRUCT_OFFSET (struct sockaddr_in6, sin6_scope_id)
      || address->family != AF_INET6)
    return FALSE;

  const struct in6_addr *ip = &address->in6.sin6_addr;
  gboolean is_mapped = IN6_IS_ADDR_V4MAPPED (ip);
  self->family = is_mapped ? AF_INET : AF_INET6;
  self->port = g_ntohs (address->in6.sin6_port);
  memcpy (self->ip, ip->s6_addr + (is_mapped ? 12 : 0), is_mapped ? 4 : 16);
  return TRUE;
}

gboolean
swb_endpoint_is_wildcard (const SwbEndpoint *self)
{
  static const guint8 any[16];

  return memcmp (self->ip, any, sizeof any) == 0;
}

gboolean
swb_endpoint_is_loopback (const SwbEndpoint *self)
{
  return self->family == AF_INET6 ? IN6_IS_ADDR_LOOPBACK ((const struct in6_addr *)self->ip)
                                  : self->family == AF_INET && self->ip[0] == 127;
}

void
swb_endpoint_complete (SwbEndpoint *self, const SwbEndpoint *other)
{
  if (!swb_endpoint_is_wildcard (self) || other->family == 0)
    return;

  self->family = other->family;
  if (swb_endpoint_is_loopback (other))
    memcpy (self->ip, other->ip, sizeof self->ip);
}

static guint8 *
put_be16 (guint8 *at, guint value)
{
  *at++ = (guint8)(value >> 8);
  *at++ = (guint8)value;
  return at;
}

static guint8 *
put_be32 (guint8 *at, guint32 value)
{
  return put_be16 (put_be16 (at, value >> 16), value & 0xffff);
}

static gboolean
is_v6 (const SwbEndpoint *from, const SwbEndpoint *to)
{
  return from->family == AF_INET6 || to->family == AF_INET6;
}

/* The IP header and the sum of the pseudo header. An address that is not known is all
 * zeros, and the ends are of one family. */
static gsize
put_ip (guint8 *at, const SwbEndpoint *from, const SwbEndpoint *to, int protocol,
        gsize length, guint64 *sum)
{
  gsize n_ip = is_v6 (from, to) ? 16 : 4;
  guint8 *header = at;

  *sum = swb_checksum_add (swb_checksum_add ((guint64)protocol + length, from->ip, n_ip),
                           to->ip, n_ip);
  if (n_ip == 16)
    {
      at = put_be32 (at, 0x60000000u);
      at = put_be16 (at, (guint)length);
      *at++ = (guint8)protocol;
      *at++ = TTL;
    }
  else
    {
      at = put_be16 (at, 0x4500);
      at = put_be16 (at, (guint)(IPV4_HEADER + length));
      at = put_be32 (at, 0x4000); /* no identification, do not fragment */
      *at++ = TTL;
      *at++ = (guint8)protocol;
      at = put_be16 (at, 0);
    }

  memcpy (at, from->ip, n_ip);
  memcpy (at + n_ip, to->ip, n_ip);
  if (n_ip == 4)
    put_be16 (header + 10, swb_checksum_finish (swb_checksum_add (0, header, IPV4_HEADER)));
  return n_ip == 4 ? IPV4_HEADER : IPV6_HEADER;
}

gsize
swb_packet_put_tcp (guint8 *header, const SwbEndpoint *from, const SwbEndpoint *to,
                    guint32 seq, guint32 ack, guint8 flags, const guint8 *data,
                    gsize length)
{
  guint64 sum;
  gsize n_ip = put_ip (header, from, to, IPPROTO_TCP, TCP_HEADER + length, &sum);
  guint8 *tcp = header + n_ip;
  guint8 *at = put_be16 (put_be16 (tcp, from->port), to->port);

  at = put_be32 (at, seq);
  at = put_be32 (at, (flags & SWB_TCP_ACK) != 0 ? ack : 0);
  *at++ = TCP_HEADER / 4 << 4;
  *at++ = flags;
  at = put_be16 (at, SWB_TCP_WINDOW);
  put_be32 (at, 0);

  sum = swb_checksum_add (swb_checksum_add (sum, tcp, TCP_HEADER), data, length);
  put_be16 (at, swb_checksum_finish (sum));
  return n_ip + TCP_HEADER;
}

gsize
swb_packet_put_udp (guint8 *header, const SwbEndpoint *from, const SwbEndpoint *to,
                    const guint8 *data, gsize length)
{
  guint64 sum;
  gsize n_ip = put_ip (header, from, to, IPPROTO_UDP, UDP_HEADER + length, &sum);
  guint8 *udp = header + n_ip;
  guint8 *at = put_be16 (put_be16 (udp, from->port), to->port);

  at = put_be16 (at, (guint)(UDP_HEADER + length));
  put_be16 (at, 0);
  sum = swb_checksum_finish (
      swb_checksum_add (swb_checksum_add (sum, udp, UDP_HEADER), data, length));

  /* RFC 768: zero says that there is no checksum. */
  put_be16 (at, sum == 0 ? 0xffff : sum);
  return n_ip + UDP_HEADER;
}
