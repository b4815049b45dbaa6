/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* Packets written as their layers: "icmp-echo id=7 seq=1 / "hello"", "eth / arp op=request from=10.0.0.1 to=10.0.0.2".
 * Lengths, protocol numbers and checksums come out right by themselves. Pure functions, any thread. */

G_BEGIN_DECLS

#define SWB_PACKET_PREFIX "packet:"

/**
 * swb_packet_parse:
 * @text: layers with " / " between them, outermost first. A layer is a word and `key=value` pairs; what is left out has its
 *   default. The last one may be plain bytes, `"text"` or `hex:48 65`. Layers:
 *   `eth` dst src type; `vlan` id type; `arp` op from from-mac to to-mac; `ip` src dst ttl id tos proto; `ip6` src dst hops proto;
 *   `udp` from to; `tcp` from to flags seq ack win; `icmp-echo` and `icmp6-echo` type id seq; `dns` id type name;
 *   `rtnetlink` type seq dump index; `can` id
 * @error_position: (out) (optional): byte offset in @text of the error
 * @error: SWB_ERROR_SYNTAX, ENCODING, RANGE (a number), UNKNOWN (a layer, a key, a word), TOO_LONG
 *
 * The checksum of udp, tcp and icmp6-echo takes the addresses of an ip or ip6 in front of it; without one it is left 0: of
 * ICMPv6 the kernel computes it, of UDP over IPv4 0 means none. What has a number in the layer in front says it there, as `ip` its proto.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *swb_packet_parse (const char *text, gsize *error_position, GError **error);

/* A packet to begin with. */
typedef struct
{
  const char *title;   /* "ICMP echo request": translated where it is shown, with _() */
  const char *text;    /* of swb_packet_parse(), or, where @is_text, text with escapes to be sent with CRLF behind it */
  gboolean is_text;
} SwbPacketTemplate;

#define SWB_PACKET_TEMPLATES_MAX 8

/* Those that make sense on a socket of this kind. Returns: how many */
guint swb_packet_list_templates (int domain, int type, int protocol,
                                 const SwbPacketTemplate *templates[SWB_PACKET_TEMPLATES_MAX]);

G_END_DECLS
