/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <arpa/inet.h>
#include <string.h>

#include <glib/gi18n.h>

#include "net/swb-checksum.h"

#define HEADER 8u

/* An error quotes the packet that it is about, and that one may be an ICMP error again,
 * which must not quote a third. */
#define MAX_TEXT 300u

/* Names of RFC 792 and IANA's list, as tcpdump has them. */
static const char *const types[256] = {
  [0] = "echo reply",           [3] = "destination unreachable",
  [4] = "source quench",        [5] = "redirect",
  [8] = "echo request",         [9] = "router advertisement",
  [10] = "router solicitation", [11] = "time exceeded",
  [12] = "parameter problem",   [13] = "timestamp request",
  [14] = "timestamp reply",     [42] = "extended echo request",
  [43] = "extended echo reply",
};

static const char *const unreachable[] = {
  "net unreachable",
  "host unreachable",
  "protocol unreachable",
  "port unreachable",
  "fragmentation needed",
  "source route failed",
  "net unknown",
  "host unknown",
  "source host isolated",
  "net prohibited",
  "host prohibited",
  "net unreachable for TOS",
  "host unreachable for TOS",
  "communication prohibited",
};

static const char *const types6[256] = {
  [1] = "destination unreachable",
  [2] = "packet too big",
  [3] = "time exceeded",
  [4] = "parameter problem",
  [128] = "echo request",
  [129] = "echo reply",
  [130] = "multicast listener query",
  [131] = "multicast listener report",
  [132] = "multicast listener done",
  [133] = "router solicitation",
  [134] = "router advertisement",
  [135] = "neighbor solicitation",
  [136] = "neighbor advertisement",
  [137] = "redirect",
  [143] = "multicast listener report v2",
};

static const char *const unreachable6[] = {
  "no route",         "prohibited",
  "beyond scope",     "address unreachable",
  "port unreachable", "source address failed policy",
  "reject route",
};

static void
put_type (GString *text, const char *protocol, const char *const names[256],
          const guint8 *bytes)
{
  if (names[bytes[0]] != NULL)
    g_string_append_printf (text, "%s %s", protocol, names[bytes[0]]);
  else
    g_string_append_printf (text, "%s type %u code %u", protocol, bytes[0], bytes[1]);
}

static void
put_code (GString *text, const char *const *names, gsize n_names, guint code)
{
  if (code < n_names)
    g_string_append_printf (text, ": %s", names[code]);
  else
    g_string_append_printf (text, ": code %u", code);
}

/* "of IPv4 10.0.0.1:5000 → 10.0.0.2:9 UDP, 12 bytes" */
static void
put_quoted (GString *text, const guint8 *bytes, gsize n)
{
  if (n <= HEADER || text->len > MAX_TEXT)
    return;
  g_string_append (text, ", of ");
  swb_dissect_ip (text, bytes + HEADER, n - HEADER);
}

static void
put_echo (GString *text, const guint8 *bytes, gsize n)
{
  g_string_append_printf (text, ", id %u, seq %u", swb_be16 (bytes + 4),
                          swb_be16 (bytes + 6));
  swb_dissect_put_size (text, n - HEADER);
}

static void
put_ttl (GString *text, const char *name, int ttl)
{
  if (ttl >= 0)
    g_string_append_printf (text, ", %s %d", name, ttl);
}

static void
put_checksum (GString *text, const guint8 *bytes, gsize n)
{
  guint found = swb_be16 (bytes + 2);
  guint right = swb_checksum_without (bytes, n, 2);

  if (found != right)
    /* Translators: two numbers in hex */
    g_string_append_printf (text, _ (", checksum 0x%04x is wrong, 0x%04x would be right"),
                            found, right);
}

void
swb_dissect_icmp (GString *text, const guint8 *bytes, gsize n, int ttl, gboolean checks)
{
  if (n < HEADER)
    {
      swb_dissect_put_cut (text, "ICMP", n);
      return;
    }

  put_type (text, "ICMP", types, bytes);
  switch (bytes[0])
    {
    case 0:
    case 8:
      put_echo (text, bytes, n);
      break;
    case 3:
      put_code (text, unreachable, G_N_ELEMENTS (unreachable), bytes[1]);
      if (bytes[1] == 4)
        g_string_append_printf (text, ", mtu %u", swb_be16 (bytes + 6));
      put_quoted (text, bytes, n);
      break;
    case 5:
    case 11:
    case 12:
      put_quoted (text, bytes, n);
      break;
    default:
      swb_dissect_put_size (text, n - HEADER);
      break;
    }
  put_ttl (text, "ttl", ttl);
  if (checks)
    put_checksum (text, bytes, n);
}

static void
put_target (GString *text, const char *word, const guint8 *bytes, gsize n)
{
  char host[INET6_ADDRSTRLEN];

  if (n >= HEADER + 16)
    g_string_append_printf (text, " %s %s", word,
                            inet_ntop (AF_INET6, bytes + HEADER, host, sizeof host));
}

/* RFC 4443, types 1 to 4 */
static void
put_error6 (GString *text, const guint8 *bytes, gsize n)
{
  if (bytes[0] == 1)
    put_code (text, unreachable6, G_N_ELEMENTS (unreachable6), bytes[1]);
  else if (bytes[0] == 2)
    g_string_append_printf (text, ", mtu %u", swb_be32 (bytes + 4));
  put_quoted (text, bytes, n);
}

void
swb_dissect_icmp6 (GString *text, const guint8 *bytes, gsize n, int ttl)
{
  if (n < HEADER)
    {
      swb_dissect_put_cut (text, "ICMPv6", n);
      return;
    }

  put_type (text, "ICMPv6", types6, bytes);
  switch (bytes[0])
    {
    case 128:
    case 129:
      put_echo (text, bytes, n);
      break;
    case 1 ... 4:
      put_error6 (text, bytes, n);
      break;
    case 130 ... 132:
      put_target (text, "for", bytes, n);
      break;
    case 133 ... 137:
      swb_dissect_neighbor (text, bytes, n);
      break;
    case 143:
      swb_dissect_group_report (text, AF_INET6, bytes, n);
      break;
    default:
      swb_dissect_put_size (text, n - HEADER);
      break;
    }
  put_ttl (text, "hops", ttl);
}
