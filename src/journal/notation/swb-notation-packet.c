/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include <string.h>

/* Letters of tcpdump, from the lowest bit on. */
static const char tcp_flags[] = "FSRP.UEWe";

static const struct
{
  guint protocol;
  const char *name;
} protocols[] = {
  { 0, "frame" },           { IPPROTO_ICMP, "icmp" },     { IPPROTO_IGMP, "igmp" },
  { IPPROTO_TCP, "tcp" },   { IPPROTO_UDP, "udp" },       { IPPROTO_GRE, "gre" },
  { IPPROTO_ESP, "esp" },   { IPPROTO_ICMPV6, "icmpv6" }, { IPPROTO_IPIP, "ipip" },
  { IPPROTO_IPV6, "ipv6" },
};

static guint
get_protocol (const SwbRecord *record)
{
  return record->packet & SWB_PACKET_PROTOCOL;
}

/* Whether it belongs to a connection. */
static gboolean
has_ends (const SwbRecord *record)
{
  return get_protocol (record) == IPPROTO_TCP || get_protocol (record) == IPPROTO_UDP;
}

char *
swb_notation_dup_protocol_name (const SwbRecord *record)
{
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (protocols[i].protocol == get_protocol (record))
      return g_strdup (protocols[i].name);

  return g_strdup_printf ("proto%u", get_protocol (record));
}

char *
swb_notation_dup_tcp_flags (const SwbRecord *record)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; tcp_flags[i] != '\0'; i++)
    if ((record->ints[0] >> i & 1) != 0)
      g_string_append_c (text, tcp_flags[i]);
  return g_string_free (text, FALSE);
}

static void
print_tcp (GString *text, const SwbRecord *record)
{
  g_autofree char *flags = swb_notation_dup_tcp_flags (record);

  g_string_append_printf (
      text, "[%s] seq %u ack %u win %u ", flags, (guint32)record->ints[1],
      (guint32)((guint64)record->ints[1] >> 32), (guint32)((guint64)record->ints[0] >> 16));
}

void
swb_print_packet (GString *text, const SwbRecord *record)
{
  g_autofree char *name = swb_notation_dup_protocol_name (record);
  g_autofree char *address = swb_address_print (&record->address);
  gint64 length = has_ends (record) ? record->result : record->ints[2];

  if (has_ends (record))
    g_string_append_printf (text, "%s %s %s ",
                            (record->packet & SWB_PACKET_OUT) != 0 ? "out" : "in", name,
                            *address != '\0' ? address : "-");
  else
    g_string_append_printf (text, "%s ", name);
  if (get_protocol (record) == IPPROTO_TCP)
    print_tcp (text, record);

  g_string_append_printf (text, "length %" G_GINT64_FORMAT, length);
  if (has_ends (record) && record->ints[2] != 0)
    g_string_append_printf (text, " repeated %" G_GINT64_FORMAT, record->ints[2]);
  g_string_append_c (text, ' ');
  swb_print_quoted (text, record->data, record->n_data);
  if ((gint64)record->n_data < length)
    g_string_append (text, "...");
}

static gboolean
scan_protocol (SwbScanner *self, SwbRecord *record)
{
  gint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      gsize length = strlen (protocols[i].name);

      if (strncmp (self->at, protocols[i].name, length) == 0 && self->at[length] == ' ')
        {
          record->packet |= (guint8)protocols[i].protocol;
          self->at += length + 1;
          return TRUE;
        }
    }

  if (!swb_scan (self, "proto") || !swb_scan_int (self, &number) || number < 0
      || number > SWB_PACKET_PROTOCOL)
    return FALSE;

  record->packet |= (guint8)number;
  return swb_scan (self, " ");
}

static gboolean
scan_address (SwbScanner *self, SwbRecord *record)
{
  gsize length = strcspn (self->at, " ");
  g_autofree char *text = g_strndup (self->at, length);
  g_autofree char *host = NULL;

  if (!g_str_equal (text, "-")
      && (!swb_address_parse (text[0] == '[' ? AF_INET6 : AF_INET, SOCK_STREAM, text,
                              &record->address, &host, NULL, NULL)
          || host != NULL))
    return FALSE;

  self->at += length;
  return swb_scan (self, " ");
}

static gboolean
scan_field (SwbScanner *self, const char *name, gint64 max, gint64 *value)
{
  return swb_scan (self, name) && swb_scan_int (self, value) && *value >= 0 && *value <= max
         && swb_scan (self, " ");
}

static gboolean
scan_tcp (SwbScanner *self, SwbRecord *record)
{
  gint64 flags = 0, seq, ack, window;

  if (!swb_scan (self, "["))
    return FALSE;
  for (; *self->at != ']'; self->at++)
    {
      const char *flag = *self->at != '\0' ? strchr (tcp_flags, *self->at) : NULL;

      if (flag == NULL)
        return FALSE;
      flags |= (gint64)1 << (flag - tcp_flags);
    }

  if (!swb_scan (self, "] ") || !scan_field (self, "seq ", G_MAXUINT32, &seq)
      || !scan_field (self, "ack ", G_MAXUINT32, &ack)
      || !scan_field (self, "win ", G_MAXUINT16, &window))
    return FALSE;

  record->ints[0] = flags | window << 16;
  record->ints[1] = (gint64)((guint64)seq | (guint64)ack << 32);
  return TRUE;
}

gboolean
swb_scan_packet (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 length;

  if (swb_scan (self, "out "))
    record->packet = SWB_PACKET_OUT;
  else
    swb_scan (self, "in ");
  if (!scan_protocol (self, record) || (has_ends (record) && !scan_address (self, record))
      || (get_protocol (record) == IPPROTO_TCP && !scan_tcp (self, record))
      || !scan_field (self, "length ", G_MAXINT32, &length))
    return FALSE;

  if (has_ends (record))
    {
      record->result = (int)length;
      if (g_str_has_prefix (self->at, "repeated ")
          && !scan_field (self, "repeated ", G_MAXINT32, &record->ints[2]))
        return FALSE;
    }
  else
    record->ints[2] = length;

  if (!swb_scan_quoted (self, bytes))
    return FALSE;
  swb_scan (self, "...");
  return TRUE;
}
