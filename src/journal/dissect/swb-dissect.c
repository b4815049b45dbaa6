/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <linux/can.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <string.h>

#include <glib/gi18n.h>

#include "net/swb-payload.h"

#define NAME_MAX_CHARS 60u
#define LINE_MAX_CHARS 400

/* --- pieces --- */

void
swb_dissect_put_size (GString *text, gsize n_bytes)
{
  g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT, n_bytes);

  g_string_append (text, ", ");
  /* Translators: %s is a number */
  g_string_append_printf (text, ngettext ("%s byte", "%s bytes", n_bytes), count);
}

void
swb_dissect_put_cut (GString *text, const char *what, gsize n_bytes)
{
  g_string_append_printf (
      text,
      /* Translators: %s is a protocol such as IPv4, of whose header the rest is missing */
      ngettext ("%s, cut short after %u byte", "%s, cut short after %u bytes", n_bytes),
      what, (guint)MIN (n_bytes, G_MAXUINT));
}

void
swb_dissect_put_name (GString *text, const guint8 *name, gsize n)
{
  g_autofree char *shown = swb_payload_display (name, n, SWB_ENCODING_UTF8, NAME_MAX_CHARS);

  g_string_append (text, shown);
}

/* --- sockets --- */

static gboolean
is_ping (int domain, int type, int protocol)
{
  return type == SOCK_DGRAM
         && ((domain == AF_INET && protocol == IPPROTO_ICMP)
             || (domain == AF_INET6 && protocol == IPPROTO_ICMPV6));
}

gboolean
swb_dissect_is_known (int domain, int type, int protocol)
{
  switch (domain)
    {
    case AF_INET:
    case AF_INET6:
      return type == SOCK_RAW || is_ping (domain, type, protocol);
    case AF_PACKET:
    case AF_NETLINK:
      return TRUE;
    case AF_CAN:
      return (type == SOCK_RAW && protocol == CAN_RAW)
             || (type == SOCK_DGRAM
                 && (protocol == CAN_BCM || protocol == CAN_ISOTP
                     || protocol == CAN_J1939));
    default:
      return FALSE;
    }
}

/* Of the control messages that recvmsg() brought; -1: none. */
static int
find_ttl (const SwbDissection *self)
{
  gsize at = 0;

  while (self->n_control - at >= sizeof (struct cmsghdr))
    {
      struct cmsghdr head;

      memcpy (&head, self->control + at, sizeof head);
      if (head.cmsg_len < CMSG_LEN (0) || head.cmsg_len > self->n_control - at)
        break;
      if (head.cmsg_len >= CMSG_LEN (sizeof (int))
          && ((head.cmsg_level == IPPROTO_IP && head.cmsg_type == IP_TTL)
              || (head.cmsg_level == IPPROTO_IPV6 && head.cmsg_type == IPV6_HOPLIMIT)))
        return (int)swb_native32 (self->control + at + CMSG_LEN (0)) & 0xff;
      if (CMSG_ALIGN (head.cmsg_len) > self->n_control - at)
        break;
      at += CMSG_ALIGN (head.cmsg_len);
    }
  return -1;
}

/* raw(7): what comes in has its IPv4 header; what goes out has one with IPPROTO_RAW or
 * IP_HDRINCL. The option is another call's: but what begins as a header of this protocol
 * and this length is one. */
static gboolean
has_ipv4_header (const SwbDissection *self, const guint8 *bytes, gsize n)
{
  if (self->is_incoming || self->protocol == IPPROTO_RAW)
    return TRUE;
  return swb_dissect_find_behind_ipv4 (bytes, n) > 0 && bytes[9] == self->protocol
         && (swb_be16 (bytes + 2) == n || swb_be16 (bytes + 2) == 0);
}

static void
put_raw4 (GString *text, const SwbDissection *self, const guint8 *bytes, gsize n)
{
  gsize header = swb_dissect_find_behind_ipv4 (bytes, n);
  gboolean has_header = has_ipv4_header (self, bytes, n);

  /* Who sent it stands beside it, so of what is ICMP nothing is said of IP. */
  if (has_header && self->protocol == IPPROTO_ICMP && header > 0)
    swb_dissect_icmp (text, bytes + header, n - header, bytes[8],
                      swb_be16 (bytes + 2) == n);
  else if (has_header)
    swb_dissect_ip (text, bytes, n);
  else if (self->protocol == IPPROTO_ICMP)
    swb_dissect_icmp (text, bytes, n, -1, TRUE);
}

static void
put_inet (GString *text, const SwbDissection *self, const guint8 *bytes, gsize n)
{
  if (self->domain == AF_INET && self->type == SOCK_RAW)
    put_raw4 (text, self, bytes, n);
  else if (self->domain == AF_INET)
    swb_dissect_icmp (text, bytes, n, find_ttl (self), self->is_incoming);
  else if (self->protocol == IPPROTO_ICMPV6)
    swb_dissect_icmp6 (text, bytes, n, find_ttl (self));
  else if (!self->is_incoming && self->protocol == IPPROTO_RAW)
    swb_dissect_ip (text, bytes, n);
}

/* --- packet sockets --- */

static const struct sockaddr_ll *
get_link (const SwbDissection *self)
{
  const SwbAddress *address = self->address;

  if (address == NULL || address->length < offsetof (struct sockaddr_ll, sll_addr)
      || address->family != AF_PACKET)
    return NULL;
  return (const struct sockaddr_ll *)&address->storage;
}

static gboolean
is_ethernet (const SwbDissection *self, const struct sockaddr_ll *link)
{
  return self->type == SOCK_RAW
         && (link == NULL || !self->is_incoming || link->sll_hatype == ARPHRD_ETHER
             || link->sll_hatype == ARPHRD_LOOPBACK);
}

static void
put_interface (GString *text, const SwbDissection *self, const struct sockaddr_ll *link)
{
  if (self->interface != NULL)
    g_string_append_printf (text, "%s ", self->interface);
  else if (link != NULL && self->is_incoming && link->sll_hatype == ARPHRD_LOOPBACK)
    g_string_append (text, "lo ");
  else if (link != NULL && link->sll_ifindex > 0)
    g_string_append_printf (text, "if%d ", link->sll_ifindex);
}

static void
put_frame (GString *text, const SwbDissection *self, const guint8 *bytes, gsize n)
{
  const struct sockaddr_ll *link = get_link (self);
  guint ethertype = link != NULL ? ntohs (link->sll_protocol) : 0;

  if (ethertype == 0)
    ethertype = ntohs ((guint16)self->protocol);
  put_interface (text, self, link);
  if (is_ethernet (self, link))
    swb_dissect_ethernet (text, bytes, n);
  else if (ethertype != 0 && ethertype != ETH_P_ALL)
    swb_dissect_ethertype (text, ethertype, bytes, n);
  else
    g_string_truncate (text, 0);
}

static void
put_can (GString *text, const SwbDissection *self, const guint8 *bytes, gsize n)
{
  switch (self->protocol)
    {
    case CAN_BCM:
      swb_dissect_can_bcm (text, bytes, n);
      break;
    case CAN_ISOTP:
      swb_dissect_can_isotp (text, bytes, n);
      break;
    case CAN_J1939:
      swb_dissect_can_j1939 (text, self->address, bytes, n);
      break;
    default:
      swb_dissect_can (text, bytes, n);
      break;
    }
}

/* --- the whole --- */

/* @text: (transfer full) */
static char *
finish (GString *text)
{
  char *end;

  if (g_utf8_strlen (text->str, (gssize)text->len) > LINE_MAX_CHARS)
    {
      end = g_utf8_offset_to_pointer (text->str, LINE_MAX_CHARS - 1);
      g_string_truncate (text, (gsize)(end - text->str));
      g_string_append (text, "…");
    }
  return g_string_free (text, text->len == 0);
}

char *
swb_dissect (const SwbDissection *self, const guint8 *bytes, gsize n)
{
  GString *text;

  g_return_val_if_fail (bytes != NULL || n == 0, NULL);

  if (n == 0 || !swb_dissect_is_known (self->domain, self->type, self->protocol))
    return NULL;

  text = g_string_new (NULL);
  switch (self->domain)
    {
    case AF_PACKET:
      put_frame (text, self, bytes, n);
      break;
    case AF_NETLINK:
      swb_dissect_netlink (text, self->protocol, bytes, n);
      break;
    case AF_CAN:
      put_can (text, self, bytes, n);
      break;
    default:
      put_inet (text, self, bytes, n);
      break;
    }
  return finish (text);
}

char *
swb_dissect_record (int domain, int type, int protocol, const char *interface,
                    const SwbRecord *record)
{
  SwbDissection self = {
    .domain = domain,
    .type = type,
    .protocol = protocol,
    .address = &record->address,
    .interface = interface,
    .control = record->control,
    .n_control = record->n_control,
  };

  if (record->kind != SWB_RECORD_CALL || record->n_data == 0
      || !swb_call_moves_bytes (record->call))
    return NULL;

  self.is_incoming = swb_call_get_info (record->call)->data == SWB_DATA_IN;
  return swb_dissect (&self, record->data, record->n_data);
}

/* --- frames of captures --- */

/* Behind Ethernet, without a link layer, behind that of Linux's "any", of its second
 * version and of BSD's loopback. */
static const guint8 guesses[] = { ETH_HLEN, 0, 16, 20, 4 };

static gboolean
is_guessed (const guint8 *bytes, gsize n, guint protocol)
{
  if (n >= 20 && bytes[0] >> 4 == 4)
    return bytes[9] == protocol && swb_be16 (bytes + 2) >= 20
           && swb_dissect_find_behind_ipv4 (bytes, n) > 0;
  return n >= 40 && bytes[0] >> 4 == 6 && (bytes[6] == protocol || bytes[6] == 0);
}

char *
swb_dissect_packet (const SwbRecord *record)
{
  guint protocol = record->packet & SWB_PACKET_PROTOCOL;
  GString *text = g_string_new (NULL);

  if (record->kind == SWB_RECORD_PACKET && record->pane == 0 && protocol != 0)
    for (guint i = 0; i < G_N_ELEMENTS (guesses) && text->len == 0; i++)
      if (record->n_data > guesses[i]
          && is_guessed (record->data + guesses[i], record->n_data - guesses[i], protocol))
        swb_dissect_ip (text, record->data + guesses[i], record->n_data - guesses[i]);
  return finish (text);
}
