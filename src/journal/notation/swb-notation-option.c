/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-form.h"

#include "net/swb-errno.h"

#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <string.h>

/* The values that strace shows as structs or names; all others of four bytes are ints, and
 * the rest are strings. */

#define SO_TXREHASH_NAME 74
#define SOL_RAW_LEVEL 255
#define ICMP_FILTER_NAME 1
#define IPV6_JOIN_ANYCAST_NAME 27
#define IPV6_LEAVE_ANYCAST_NAME 28

#define MREQ "{imr_multiaddr=%a, imr_interface=%a}"
#define MREQ6 "{inet_pton(AF_INET6, %6, &ipv6mr_multiaddr), ipv6mr_interface=%i}"
#define GROUP "{gr_interface=%i%4z, gr_group=%S}"
#define RING "{tp_block_size=%u, tp_block_nr=%u, tp_frame_size=%u, tp_frame_nr=%u}"
#define PROGRAM "{len=%w%06z, filter=%P}"
#define PACKET_MREQ "{mr_ifindex=%i, mr_type=%nK, mr_alen=%w, mr_address=%h}"

typedef struct
{
  int level;
  int name;
  const char *form;
} Layout;

/* Where an option stands twice, the first form that says all of the value counts. What
 * strace leaves out is behind it as a comment. */
static const Layout layouts[] = {
  { SOL_SOCKET, SO_LINGER, "{l_onoff=%d, l_linger=%d}" },
  { SOL_SOCKET, SO_TXREHASH_NAME, "[%nE]" },
  { SOL_SOCKET, SO_ATTACH_FILTER, PROGRAM },
  { SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, PROGRAM },
  { SOL_SOCKET, SO_PEERCRED, "{pid=%d, uid=%u, gid=%u}" },
  { IPPROTO_IP, IP_ADD_MEMBERSHIP, MREQ },
  { IPPROTO_IP, IP_ADD_MEMBERSHIP, MREQ "%4z" },
  { IPPROTO_IP, IP_ADD_MEMBERSHIP, MREQ " /* imr_ifindex=%d */" },
  { IPPROTO_IP, IP_DROP_MEMBERSHIP, MREQ },
  { IPPROTO_IP, IP_DROP_MEMBERSHIP, MREQ "%4z" },
  { IPPROTO_IP, IP_DROP_MEMBERSHIP, MREQ " /* imr_ifindex=%d */" },
  { IPPROTO_IP, MCAST_JOIN_GROUP, GROUP },
  { IPPROTO_IP, MCAST_LEAVE_GROUP, GROUP },
  { IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, MREQ6 },
  { IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, MREQ6 },
  { IPPROTO_IPV6, IPV6_JOIN_ANYCAST_NAME, MREQ6 },
  { IPPROTO_IPV6, IPV6_LEAVE_ANYCAST_NAME, MREQ6 },
  { IPPROTO_IPV6, MCAST_JOIN_GROUP, GROUP },
  { IPPROTO_IPV6, MCAST_LEAVE_GROUP, GROUP },
  { SOL_PACKET, PACKET_RX_RING, RING },
  { SOL_PACKET, PACKET_TX_RING, RING },
  { SOL_PACKET, PACKET_ADD_MEMBERSHIP, PACKET_MREQ },
  { SOL_PACKET, PACKET_DROP_MEMBERSHIP, PACKET_MREQ },
  { SOL_PACKET, PACKET_STATISTICS, "{tp_packets=%u, tp_drops=%u}" },
  { SOL_PACKET, PACKET_STATISTICS, "{tp_packets=%u, tp_drops=%u, tp_freeze_q_cnt=%u}" },
  { SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, "[%*u]" },
  { SOL_RAW_LEVEL, ICMP_FILTER_NAME, "%F" },
};

static void
print_int (GString *text, const SwbRecord *record)
{
  gint32 value;

  memcpy (&value, record->data, sizeof value);
  if (record->ints[0] == SOL_SOCKET && record->ints[1] == SO_ERROR && value > 0
      && value <= SWB_ERRNO_MAX)
    g_string_append_printf (text, "[%s]", swb_errno_name (value));
  else
    g_string_append_printf (text, "[%d]", value);
}

static gboolean
print_layout (GString *text, const SwbRecord *record)
{
  gsize start = text->len;

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      if (layouts[i].level != record->ints[0] || layouts[i].name != record->ints[1])
        continue;
      if (swb_print_form (text, layouts[i].form, record->data, record->n_data))
        return TRUE;
      g_string_truncate (text, start);
    }

  return FALSE;
}

void
swb_print_option_value (GString *text, const SwbRecord *record)
{
  if (record->n_data == 0)
    g_string_append (text, SWB_NOTATION_POINTER);
  else if (print_layout (text, record))
    return;
  else if (record->n_data == sizeof (gint32))
    print_int (text, record);
  else
    swb_print_quoted (text, record->data, record->n_data);
}

static gboolean
scan_error (SwbScanner *self, GByteArray *bytes)
{
  gsize length = strspn (self->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
  g_autofree char *name = g_strndup (self->at, length);
  gint32 error = swb_errno_from_name (name);

  if (error == 0)
    return FALSE;

  self->at += length;
  g_byte_array_append (bytes, (const guint8 *)&error, sizeof error);
  return swb_scan (self, "]");
}

static gboolean
scan_layout (SwbScanner *self, const Layout *layout, GByteArray *bytes)
{
  SwbScanner trial = *self;
  guint length = bytes->len;

  if (swb_scan_form (&trial, layout->form, bytes) && trial.at[0] == ',')
    {
      *self = trial;
      return TRUE;
    }

  g_byte_array_set_size (bytes, length);
  return FALSE;
}

gboolean
swb_scan_option_value (SwbScanner *self, gint64 level, gint64 name, GByteArray *bytes)
{
  if (self->at[0] == '"')
    return swb_scan_quoted (self, bytes);

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].level == level && layouts[i].name == name
        && scan_layout (self, &layouts[i], bytes))
      return TRUE;

  if (self->at[0] == '[' && g_ascii_isalpha (self->at[1]))
    return swb_scan (self, "[") && scan_error (self, bytes);

  return swb_scan_form (self, self->at[0] == '[' ? "[%d]" : SWB_NOTATION_POINTER, bytes)
         || swb_scan (self, "NULL");
}
