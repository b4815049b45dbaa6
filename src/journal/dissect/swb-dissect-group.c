/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <arpa/inet.h>
#include <string.h>

/* Who is in which multicast group: IGMP (RFC 1112, 2236, 3376), and MLD's reports (RFC
 * 3810). */

#define HEADER 8u
#define TOLD_MAX 4u

/* Indices are the types of group records, as tcpdump names them. */
static const char *const changes[]
    = { NULL, "is_in", "is_ex", "to_in", "to_ex", "allow", "block" };

static void
put_host (GString *text, int family, const guint8 *at)
{
  char host[INET6_ADDRSTRLEN];

  g_string_append (text, inet_ntop (family, at, host, sizeof host));
}

static void
put_sources (GString *text, int family, const guint8 *at, guint n_sources)
{
  gsize size = family == AF_INET ? 4 : 16;

  for (guint i = 0; i < MIN (n_sources, TOLD_MAX); i++)
    {
      g_string_append_c (text, ' ');
      put_host (text, family, at + i * size);
    }
  if (n_sources > TOLD_MAX)
    g_string_append_printf (text, " and %u more", n_sources - TOLD_MAX);
}

/* A record: how it changes, the bytes behind its sources in words of four, their number,
 * the group, the sources. Returns: its length, 0 when it is not all there */
static gsize
put_record (GString *text, int family, const guint8 *at, gsize n)
{
  gsize size = family == AF_INET ? 4 : 16;
  guint n_sources;

  if (n < 4 + size)
    return 0;
  n_sources = swb_be16 (at + 2);
  if (n < 4 + size + n_sources * size + at[1] * 4u)
    return 0;

  g_string_append_c (text, ' ');
  put_host (text, family, at + 4);
  if (at[0] > 0 && at[0] < G_N_ELEMENTS (changes))
    g_string_append_printf (text, " %s", changes[at[0]]);
  else
    g_string_append_printf (text, " change %u", at[0]);
  put_sources (text, family, at + 4 + size, n_sources);
  return 4 + size + n_sources * size + at[1] * 4u;
}

void
swb_dissect_group_report (GString *text, int family, const guint8 *bytes, gsize n)
{
  guint n_records = swb_be16 (bytes + 6);
  gsize done = HEADER;

  for (guint i = 0; i < MIN (n_records, TOLD_MAX); i++)
    {
      gsize length;

      g_string_append (text, i > 0 ? "," : "");
      length = put_record (text, family, bytes + done, n - done);
      if (length == 0)
        {
          g_string_append (text, "…");
          return;
        }
      done += length;
    }
  if (n_records > TOLD_MAX)
    g_string_append_printf (text, ", %u more", n_records - TOLD_MAX);
}

static void
put_query (GString *text, const guint8 *bytes, gsize n)
{
  static const guint8 any[4];
  gboolean is_general = memcmp (bytes + 4, any, sizeof any) == 0;
  guint n_sources = n >= 12 ? swb_be16 (bytes + 10) : 0;

  g_string_append (text, is_general ? "general query" : "query for ");
  if (!is_general)
    put_host (text, AF_INET, bytes + 4);
  if (n_sources > 0 && n >= 12 + n_sources * 4)
    {
      g_string_append (text, " from");
      put_sources (text, AF_INET, bytes + 12, n_sources);
    }
}

static void
put_group (GString *text, const char *word, const guint8 *bytes)
{
  g_string_append (text, word);
  put_host (text, AF_INET, bytes + 4);
}

void
swb_dissect_igmp (GString *text, const guint8 *bytes, gsize n)
{
  if (n < HEADER)
    {
      swb_dissect_put_cut (text, "IGMP", n);
      return;
    }

  switch (bytes[0])
    {
    case 0x11:
      g_string_append (text, n >= 12 ? "IGMPv3 " : bytes[1] == 0 ? "IGMPv1 " : "IGMPv2 ");
      put_query (text, bytes, n);
      break;
    case 0x12:
      put_group (text, "IGMPv1 report ", bytes);
      break;
    case 0x16:
      put_group (text, "IGMPv2 report ", bytes);
      break;
    case 0x17:
      put_group (text, "IGMPv2 leave ", bytes);
      break;
    case 0x22:
      g_string_append (text, "IGMPv3 report");
      swb_dissect_group_report (text, AF_INET, bytes, n);
      break;
    default:
      g_string_append_printf (text, "IGMP type 0x%02x", bytes[0]);
      swb_dissect_put_size (text, n - HEADER);
      break;
    }
}
