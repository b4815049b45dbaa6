/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-names.h"
#include "journal/notation/swb-notation-private.h"
#include "net/swb-option.h"

#include <string.h>

static const SwbNames *const all_names[] = {
  &swb_names_families,
  &swb_names_protocols,
  &swb_names_types,
  &swb_names_type_flags,
  &swb_names_messages,
  &swb_names_hows,
  &swb_names_requests,
  &swb_names_levels,
  &swb_names_so_options,
  &swb_names_ip_options,
  &swb_names_ipv6_options,
  &swb_names_tcp_options,
  &swb_names_udp_options,
  &swb_names_netlink,
  &swb_names_ethertypes,
  &swb_names_hardware,
  &swb_names_packets,
  &swb_names_cids,
  &swb_names_vm_ports,
  &swb_names_vm_flags,
  &swb_names_bluetooth,
  &swb_names_can,
  &swb_names_phonet,
  &swb_names_smc,
  &swb_names_nfc,
  &swb_names_bdaddr_types,
  &swb_names_hci_channels,
  &swb_names_l2_psms,
  &swb_names_l2_cids,
  &swb_names_alg_flags,
  &swb_names_xdp_flags,
  &swb_names_qrtr_nodes,
  &swb_names_qrtr_ports,
  &swb_names_mctp_nets,
  &swb_names_mctp_addresses,
  &swb_names_nfc_protocols,
  &swb_names_rxrpc_services,
  &swb_names_packet_mreqs,
  &swb_names_icmp_types,
  &swb_names_txrehashes,
  &swb_names_tipc_scopes,
};

const char *
swb_names_find (const SwbNames *names, guint32 value)
{
  for (gsize i = 0; i < names->n_names; i++)
    if (names->names[i].value == value)
      return names->names[i].name;

  return NULL;
}

void
swb_print_name (GString *text, const SwbNames *names, gint64 value)
{
  const char *name = swb_names_find (names, (guint32)value);

  if (name != NULL)
    g_string_append (text, name);
  else if (names->unknown == NULL)
    g_string_append_printf (text, "%#x", (guint32)value);
  else
    g_string_append_printf (text, "%#x /* %s */", (guint32)value, names->unknown);
}

void
swb_print_flags (GString *text, const SwbNames *names, guint32 flags)
{
  guint32 rest = flags;
  const char *separator = "";

  if (flags == 0)
    g_string_append_c (text, '0');

  for (gsize i = 0; i < names->n_names; i++)
    if ((rest & names->names[i].value) != 0)
      {
        g_string_append_printf (text, "%s%s", separator, names->names[i].name);
        rest &= ~names->names[i].value;
        separator = "|";
      }

  if (rest == flags && flags != 0)
    g_string_append_printf (text, "0x%x /* %s */", rest, names->unknown);
  else if (rest != 0)
    g_string_append_printf (text, "|0x%x", rest);
}

void
swb_print_domain (GString *text, gint64 domain)
{
  swb_print_name (text, &swb_names_families, domain);
}

/* (nullable): a domain whose protocols strace shows as numbers. */
static const SwbNames *
get_protocols (gint64 domain)
{
  switch (domain)
    {
    case AF_INET:
    case AF_INET6:
      return &swb_names_protocols;
    case AF_NETLINK:
      return &swb_names_netlink;
    case AF_BLUETOOTH:
      return &swb_names_bluetooth;
    case AF_CAN:
      return &swb_names_can;
    case AF_PHONET:
      return &swb_names_phonet;
    case AF_SMC:
      return &swb_names_smc;
    case AF_NFC:
      return &swb_names_nfc;
    default:
      return NULL;
    }
}

void
swb_print_protocol (GString *text, gint64 domain, gint64 protocol)
{
  const SwbNames *names = get_protocols (domain);

  if (domain == AF_PACKET && protocol >= 0 && protocol <= G_MAXUINT16)
    {
      g_string_append (text, "htons(");
      swb_print_name (text, &swb_names_ethertypes, GUINT16_FROM_BE ((guint16)protocol));
      g_string_append_c (text, ')');
    }
  else if (names != NULL)
    swb_print_name (text, names, protocol);
  else
    g_string_append_printf (text, "%u", (guint32)protocol);
}

void
swb_print_type (GString *text, gint64 type)
{
  guint32 flags = (guint32)type;
  const char *name = swb_names_find (&swb_names_types, flags & 0xf);

  if (name != NULL)
    {
      g_string_append (text, name);
      flags &= ~0xfu;
      if (flags == 0)
        return;
      g_string_append_c (text, '|');
    }

  swb_print_flags (text, &swb_names_type_flags, flags);
}

void
swb_print_accept_flags (GString *text, gint64 flags)
{
  swb_print_flags (text, &swb_names_type_flags, (guint32)flags);
}

void
swb_print_message_flags (GString *text, gint64 flags)
{
  swb_print_flags (text, &swb_names_messages, (guint32)flags);
}

void
swb_print_how (GString *text, gint64 how)
{
  swb_print_name (text, &swb_names_hows, how);
}

void
swb_print_request (GString *text, gint64 request)
{
  swb_print_name (text, &swb_names_requests, request);
}

void
swb_print_level (GString *text, gint64 level)
{
  swb_print_name (text, &swb_names_levels, level);
}

static const SwbNames *
get_options (gint64 level)
{
  switch (level)
    {
    case SOL_SOCKET:
      return &swb_names_so_options;
    case IPPROTO_IP:
      return &swb_names_ip_options;
    case IPPROTO_IPV6:
      return &swb_names_ipv6_options;
    case IPPROTO_TCP:
      return &swb_names_tcp_options;
    case IPPROTO_UDP:
      return &swb_names_udp_options;
    default:
      return NULL;
    }
}

/* Of these levels strace names the options, too; they have their names in the table of
 * options. */
static const char *
get_unknown (gint64 level)
{
  static const SwbName levels[] = {
    { AF_VSOCK, "SO_VM_???" }, { 101, "CAN_RAW_???" },      { 132, "SCTP_???" },
    { 255, "RAW_???" },        { 257, "AX25_???" },         { SOL_PACKET, "PACKET_???" },
    { 268, "LLC_OPT_???" },    { 269, "DCCP_SOCKOPT_???" }, { SOL_NETLINK, "NETLINK_???" },
    { 271, "TIPC_???" },       { 272, "RXRPC_???" },        { 273, "PPPOL2TP_SO_???" },
    { 274, "BT_???" },         { 275, "PNPIPE_???" },       { 276, "RDS_???" },
    { 279, "ALG_???" },        { 280, "NFC_LLCP_???" },     { 281, "KCM_???" },
    { 282, "TLS_???" },        { 283, "XDP_???" },
  };
  static const SwbNames names = { levels, G_N_ELEMENTS (levels), NULL };

  return swb_names_find (&names, (guint32)level);
}

void
swb_print_option (GString *text, gint64 level, gint64 name)
{
  const SwbNames *options = get_options (level);
  const char *unknown = get_unknown (level);
  const SwbOption *known = unknown != NULL ? swb_option_find ((int)level, (int)name) : NULL;

  if (options != NULL)
    swb_print_name (text, options, name);
  else if (known != NULL)
    g_string_append (text, known->constant);
  else if (unknown != NULL)
    g_string_append_printf (text, "%#x /* %s */", (guint32)name, unknown);
  else
    g_string_append_printf (text, "%u", (guint32)name);
}

/* The options of levels that have no names here. */
static gboolean
find_option (const char *name, gsize length, guint32 *value)
{
  g_autofree char *constant = g_strndup (name, length);
  guint n_levels;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  for (guint i = 0; i < n_levels; i++)
    {
      const SwbOption *option = swb_option_find_constant (levels[i].level, constant);

      if (option != NULL)
        {
          *value = (guint32)option->name;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_value (const char *name, gsize length, guint32 *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all_names); i++)
    for (gsize j = 0; j < all_names[i]->n_names; j++)
      {
        const SwbName *row = &all_names[i]->names[j];

        if (strlen (row->name) == length && memcmp (row->name, name, length) == 0)
          {
            *value = row->value;
            return TRUE;
          }
      }

  return find_option (name, length, value);
}

static gboolean
scan_number (SwbScanner *self, guint32 *value)
{
  gboolean hex = self->at[0] == '0' && self->at[1] == 'x';
  char *end = NULL;
  gint64 number;

  if (!hex && !g_ascii_isdigit (self->at[0]) && self->at[0] != '-')
    return FALSE;

  number = g_ascii_strtoll (self->at, &end, hex ? 16 : 10);
  if (end == self->at || number < G_MININT32 || number > G_MAXUINT32)
    return FALSE;

  self->at = end;
  *value = (guint32)number;
  return TRUE;
}

static gboolean
scan_term (SwbScanner *self, guint32 *value)
{
  const char *name = self->at;
  gsize length
      = strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

  if (length > 0 && g_ascii_isalpha (name[0]))
    {
      self->at += length;
      return find_value (name, length, value);
    }

  if (!scan_number (self, value))
    return FALSE;

  if (swb_scan (self, " /* "))
    {
      const char *end = strstr (self->at, " */");

      if (end == NULL)
        return FALSE;
      self->at = end + 3;
    }

  return TRUE;
}

gboolean
swb_scan_constant (SwbScanner *self, gint64 *value)
{
  guint32 sum = 0, term;

  do
    {
      if (!scan_term (self, &term))
        return FALSE;
      sum |= term;
    }
  while (swb_scan (self, "|"));

  *value = (gint32)sum;
  return TRUE;
}

gboolean
swb_scan_protocol (SwbScanner *self, gint64 *protocol)
{
  gboolean is_swapped = swb_scan (self, "htons(");

  if (!swb_scan_constant (self, protocol))
    return FALSE;
  if (!is_swapped)
    return TRUE;

  *protocol = GUINT16_TO_BE ((guint16)*protocol);
  return swb_scan (self, ")");
}

char *
swb_notation_print_option (gint64 level, gint64 name)
{
  GString *text = g_string_new (NULL);

  swb_print_option (text, level, name);
  return g_string_free (text, FALSE);
}
