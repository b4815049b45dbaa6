/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/dissect/swb-dissect.h"

/* What swb-dissect*.c share. Each function appends to a text that begins empty or with what
 * stands in front, and reads at most the @n bytes that it is given. */

G_BEGIN_DECLS

static inline guint
swb_be16 (const guint8 *at)
{
  return (guint)at[0] << 8 | at[1];
}

static inline guint32
swb_be32 (const guint8 *at)
{
  return (guint32)swb_be16 (at) << 16 | swb_be16 (at + 2);
}

static inline guint16
swb_native16 (const guint8 *at)
{
  guint16 value;

  memcpy (&value, at, sizeof value);
  return value;
}

static inline guint32
swb_native32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return value;
}

/* ", 12 bytes" */
void swb_dissect_put_size (GString *text, gsize n_bytes);

/* "IPv4, cut short after 12 bytes" */
void swb_dissect_put_cut (GString *text, const char *what, gsize n_bytes);

/* A name of the peer's, made harmless and not long. */
void swb_dissect_put_name (GString *text, const guint8 *name, gsize n);

/* IP by its version, with its addresses. */
void swb_dissect_ip (GString *text, const guint8 *bytes, gsize n);

/* What stands behind an IP header without it: ICMP and ICMPv6 alone. @ttl: -1: unknown. @checks: whether the
 * checksum has to be right */
void swb_dissect_icmp (GString *text, const guint8 *bytes, gsize n, int ttl, gboolean checks);
void swb_dissect_icmp6 (GString *text, const guint8 *bytes, gsize n, int ttl);

/* Bytes of an IPv4 header at @bytes, 0 where there is none. */
gsize swb_dissect_find_behind_ipv4 (const guint8 *bytes, gsize n);

/* From the Ethernet header on; or, behind the link layer, what has this Ethernet type: whether it says itself who
 * speaks to whom. */
void swb_dissect_ethernet (GString *text, const guint8 *bytes, gsize n);
gboolean swb_dissect_ethertype (GString *text, guint ethertype, const guint8 *bytes, gsize n);

/* A datagram of messages; @protocol: NETLINK_ROUTE… */
void swb_dissect_netlink (GString *text, int protocol, const guint8 *bytes, gsize n);

/* A frame of a CAN_RAW socket: classic or FD by its length, of others the length alone; a message of CAN_BCM; payloads of CAN_ISOTP and
 * CAN_J1939, at least one byte. */
void swb_dissect_can (GString *text, const guint8 *bytes, gsize n);
void swb_dissect_can_bcm (GString *text, const guint8 *bytes, gsize n);
void swb_dissect_can_isotp (GString *text, const guint8 *bytes, gsize n);
void swb_dissect_can_j1939 (GString *text, const SwbAddress *address, const guint8 *bytes, gsize n);

/* Whether what goes through this UDP port is DNS, or a kin of it; and what it asks or answers. */
gboolean swb_dissect_is_dns (guint port);
void swb_dissect_dns (GString *text, guint port, const guint8 *bytes, gsize n);

void swb_dissect_igmp (GString *text, const guint8 *bytes, gsize n);

/* The records of a report of IGMPv3 or MLDv2, whose header of 8 bytes is there: " 232.1.2.3 to_in 192.0.2.1". */
void swb_dissect_group_report (GString *text, int family, const guint8 *bytes, gsize n);

/* What ICMPv6 tells neighbours and routers behind its header of 8 bytes (RFC 4861). */
void swb_dissect_neighbor (GString *text, const guint8 *bytes, gsize n);

/* "02:00:00:00:00:01" */
void swb_dissect_put_mac (GString *text, const guint8 *mac);

G_END_DECLS
