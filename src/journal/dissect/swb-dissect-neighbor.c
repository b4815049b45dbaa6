/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <arpa/inet.h>
#include <string.h>

/* Neighbour discovery: RFC 4861. */

#define HEADER 8u
#define ADDRESS 16u
#define OPTIONS_MAX 8u

enum
{
  ROUTER_SOLICITATION = 133,
  ROUTER_ADVERTISEMENT = 134,
  NEIGHBOR_SOLICITATION = 135,
  NEIGHBOR_ADVERTISEMENT = 136,
  REDIRECT = 137,
};

static void
put_host (GString *text, const char *before, const guint8 *at)
{
  char host[INET6_ADDRSTRLEN];

  g_string_append (text, before);
  g_string_append (text, inet_ntop (AF_INET6, at, host, sizeof host));
}

/* @n: of the option, at least 8 */
static void
put_option (GString *text, const guint8 *at, gsize n)
{
  if (at[0] == 1 || at[0] == 2)
    {
      g_string_append (text, at[0] == 1 ? ", source " : ", target ");
      swb_dissect_put_mac (text, at + 2);
    }
  else if (at[0] == 3 && n >= 32)
    {
      put_host (text, ", prefix ", at + 16);
      g_string_append_printf (text, "/%u", at[2]);
    }
  else if (at[0] == 5)
    g_string_append_printf (text, ", mtu %u", swb_be32 (at + 4));
}

/* Each begins with its type and its length in units of 8 bytes. */
static void
put_options (GString *text, const guint8 *bytes, gsize at, gsize n)
{
  for (guint i = 0; i < OPTIONS_MAX && at + 8 <= n; i++)
    {
      gsize length = (gsize)bytes[at + 1] * 8;

      if (length == 0 || length > n - at)
        return;
      put_option (text, bytes + at, length);
      at += length;
    }
}

/* R: of a router, S: asked for, O: overrides what was known */
static void
put_flags (GString *text, guint flags)
{
  g_string_append_printf (text, " [%s%s%s]", (flags & 0x80) != 0 ? "R" : "",
                          (flags & 0x40) != 0 ? "S" : "", (flags & 0x20) != 0 ? "O" : "");
}

void
swb_dissect_neighbor (GString *text, const guint8 *bytes, gsize n)
{
  gsize options = HEADER;

  if (bytes[0] == ROUTER_ADVERTISEMENT)
    {
      options += 8;
      g_string_append_printf (text, ", hop limit %u, lifetime %u s", bytes[4],
                              swb_be16 (bytes + 6));
    }
  else if (bytes[0] != ROUTER_SOLICITATION)
    {
      options += ADDRESS;
      if (n < options)
        return;
      put_host (text, " for ", bytes + HEADER);
    }
  if (bytes[0] == NEIGHBOR_ADVERTISEMENT)
    put_flags (text, bytes[4]);
  if (bytes[0] == REDIRECT && n >= options + ADDRESS)
    {
      put_host (text, ", to reach ", bytes + options);
      options += ADDRESS;
    }
  put_options (text, bytes, options, n);
}
