/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-table.h"

#include <glib/gi18n.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const struct
{
  SwbOptionLevel level;
  const SwbOptions *options;
} levels[] = {
  { { SOL_SOCKET, "SOL_SOCKET", N_ ("every socket") }, &swb_options_socket },
  { { IPPROTO_TCP, "IPPROTO_TCP", N_ ("TCP") }, &swb_options_tcp },
  { { IPPROTO_UDP, "IPPROTO_UDP", N_ ("UDP") }, &swb_options_udp },
  { { SWB_SOL_UDPLITE, "IPPROTO_UDPLITE", N_ ("UDP-Lite") }, &swb_options_udplite },
  { { IPPROTO_IP, "IPPROTO_IP", N_ ("IPv4") }, &swb_options_ip },
  { { IPPROTO_IPV6, "IPPROTO_IPV6", N_ ("IPv6") }, &swb_options_ipv6 },
  { { SWB_SOL_RAW, "SOL_RAW", N_ ("raw IPv4") }, &swb_options_raw },
  { { IPPROTO_ICMPV6, "IPPROTO_ICMPV6", N_ ("ICMPv6") }, &swb_options_icmpv6 },
  { { SOL_NETLINK, "SOL_NETLINK", N_ ("netlink") }, &swb_options_netlink },
  { { SOL_PACKET, "SOL_PACKET", N_ ("frames") }, &swb_options_packet },
  { { AF_VSOCK, "AF_VSOCK", N_ ("vsock") }, &swb_options_vsock },
  { { SWB_SOL_CAN_RAW, "SOL_CAN_RAW", N_ ("raw CAN") }, &swb_options_can_raw },
  { { SWB_SOL_CAN_ISOTP, "SOL_CAN_ISOTP", N_ ("ISO-TP") }, &swb_options_can_isotp },
  { { SWB_SOL_CAN_J1939, "SOL_CAN_J1939", N_ ("J1939") }, &swb_options_can_j1939 },
  { { SWB_SOL_SCTP, "SOL_SCTP", N_ ("SCTP") }, &swb_options_sctp },
  { { SWB_SOL_DCCP, "SOL_DCCP", N_ ("DCCP") }, &swb_options_dccp },
  { { SWB_SOL_MPTCP, "SOL_MPTCP", N_ ("Multipath TCP") }, &swb_options_mptcp },
  { { SWB_SOL_TLS, "SOL_TLS", N_ ("TLS in the kernel") }, &swb_options_tls },
  { { SWB_SOL_SMC, "SOL_SMC", N_ ("SMC") }, &swb_options_smc },
  { { SWB_SOL_BLUETOOTH, "SOL_BLUETOOTH", N_ ("Bluetooth") }, &swb_options_bluetooth },
  { { SWB_SOL_HCI, "SOL_HCI", N_ ("Bluetooth’s controller") }, &swb_options_hci },
  { { SWB_SOL_L2CAP, "SOL_L2CAP", N_ ("L2CAP") }, &swb_options_l2cap },
  { { SWB_SOL_RFCOMM, "SOL_RFCOMM", N_ ("RFCOMM") }, &swb_options_rfcomm },
  { { SWB_SOL_SCO, "SOL_SCO", N_ ("SCO") }, &swb_options_sco },
  { { SWB_SOL_TIPC, "SOL_TIPC", N_ ("TIPC") }, &swb_options_tipc },
  { { SWB_SOL_ALG, "SOL_ALG", N_ ("algorithms") }, &swb_options_alg },
  { { SWB_SOL_RDS, "SOL_RDS", N_ ("RDS") }, &swb_options_rds },
  { { SWB_SOL_XDP, "SOL_XDP", N_ ("XDP") }, &swb_options_xdp },
  { { SWB_SOL_LLC, "SOL_LLC", N_ ("LLC") }, &swb_options_llc },
  { { SWB_SOL_RXRPC, "SOL_RXRPC", N_ ("RxRPC") }, &swb_options_rxrpc },
  { { SWB_SOL_AX25, "SOL_AX25", N_ ("AX.25") }, &swb_options_ax25 },
  { { SWB_SOL_NETROM, "SOL_NETROM", N_ ("NET/ROM") }, &swb_options_netrom },
  { { SWB_SOL_ROSE, "SOL_ROSE", N_ ("ROSE") }, &swb_options_rose },
  { { SWB_SOL_X25, "SOL_X25", N_ ("X.25") }, &swb_options_x25 },
  { { SWB_SOL_PPPOL2TP, "SOL_PPPOL2TP", N_ ("L2TP") }, &swb_options_pppol2tp },
  { { SWB_SOL_PNPIPE, "SOL_PNPIPE", N_ ("Phonet pipes") }, &swb_options_pnpipe },
  { { SWB_SOL_NFC, "SOL_NFC", N_ ("NFC") }, &swb_options_nfc },
  { { SWB_SOL_KCM, "SOL_KCM", N_ ("KCM") }, &swb_options_kcm },
  { { SWB_SOL_MCTP, "SOL_MCTP", N_ ("MCTP") }, &swb_options_mctp },
  { { SWB_SOL_IEEE802154, "SOL_IEEE802154", N_ ("802.15.4") }, &swb_options_wpan },
  { { SWB_SOL_CAIF, "SOL_CAIF", N_ ("CAIF") }, &swb_options_caif },
  { { SWB_SOL_IUCV, "SOL_IUCV", N_ ("IUCV") }, &swb_options_iucv },
  { { SWB_SOL_ATM, "SOL_ATM", N_ ("ATM") }, &swb_options_atm },
  { { SWB_SOL_IPX, "SOL_IPX", N_ ("IPX") }, &swb_options_ipx },
};

static gpointer
make_level_list (gpointer data)
{
  SwbOptionLevel *list = g_new (SwbOptionLevel, G_N_ELEMENTS (levels));

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    list[i] = levels[i].level;

  return list;
}

const SwbOptionLevel *
swb_option_get_levels (guint *n_levels)
{
  static GOnce once = G_ONCE_INIT;

  if (n_levels != NULL)
    *n_levels = G_N_ELEMENTS (levels);

  return g_once (&once, make_level_list, NULL);
}

int
swb_option_level_in (int domain, int number)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (number >= 0 && number <= G_MAXUINT8
        && levels[i].level.level == SWB_LEVEL_OF (domain, number))
      return levels[i].level.level;

  return number;
}

int
swb_option_level_get_number (int level)
{
  int domain = level >> 16 & G_MAXUINT8, number = level & G_MAXUINT8;

  return swb_option_level_in (domain, number) == level ? number : level;
}

const SwbOption *
swb_option_get_level (int level, guint *n_options)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (levels[i].level.level == level)
      {
        *n_options = levels[i].options->n_options;
        return levels[i].options->options;
      }

  *n_options = 0;
  return NULL;
}

const SwbOption *
swb_option_find (int level, int name)
{
  guint n;
  const SwbOption *options = swb_option_get_level (level, &n);

  for (guint i = 0; i < n; i++)
    if (options[i].name == name)
      return &options[i];

  return NULL;
}

const SwbOption *
swb_option_find_constant (int level, const char *constant)
{
  guint n;
  const SwbOption *options = swb_option_get_level (level, &n);

  g_return_val_if_fail (constant != NULL, NULL);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (options[i].constant, constant))
      return &options[i];

  return NULL;
}

static gboolean
is_tcp (int type, int protocol)
{
  return type == SOCK_STREAM
         && (protocol == 0 || protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP);
}

static gboolean
applies_to_inet (int level, gboolean is_ipv6, int type, int protocol)
{
  switch (level)
    {
    case IPPROTO_IP:
      return TRUE;
    case IPPROTO_IPV6:
      return is_ipv6;
    case IPPROTO_TCP:
      return is_tcp (type, protocol);
    case IPPROTO_UDP:
      return type == SOCK_DGRAM && (protocol == 0 || protocol == IPPROTO_UDP);
    case IPPROTO_UDPLITE:
      return type == SOCK_DGRAM && protocol == IPPROTO_UDPLITE;
    case SWB_SOL_SCTP:
      return protocol == IPPROTO_SCTP;
    case SWB_SOL_DCCP:
      return protocol == IPPROTO_DCCP;
    case SWB_SOL_MPTCP:
      return protocol == IPPROTO_MPTCP;
    case IPPROTO_RAW:
      return type == SOCK_RAW && !is_ipv6;
    case IPPROTO_ICMPV6:
      return type == SOCK_RAW && is_ipv6 && protocol == IPPROTO_ICMPV6;
    default:
      return FALSE;
    }
}

/* Of other domains than inet: by type or by protocol where a domain has several levels. */
static const struct
{
  int domain, type, protocol; /* -1: any */
  int level;
} families[] = {
  { AF_NETLINK, -1, -1, SOL_NETLINK },
  { AF_PACKET, -1, -1, SOL_PACKET },
  { AF_VSOCK, -1, -1, AF_VSOCK },
  { AF_CAN, SOCK_RAW, 1, SWB_SOL_CAN_RAW },
  { AF_CAN, SOCK_RAW, 0, SWB_SOL_CAN_RAW },
  { AF_CAN, SOCK_DGRAM, 6, SWB_SOL_CAN_ISOTP },
  { AF_CAN, SOCK_DGRAM, 7, SWB_SOL_CAN_J1939 },
  { AF_SMC, -1, -1, SWB_SOL_SMC },
  { AF_SMC, -1, -1, IPPROTO_TCP },
  { AF_BLUETOOTH, -1, -1, SWB_SOL_BLUETOOTH },
  { AF_BLUETOOTH, -1, 0, SWB_SOL_L2CAP },
  { AF_BLUETOOTH, -1, 1, SWB_SOL_HCI },
  { AF_BLUETOOTH, -1, 2, SWB_SOL_SCO },
  { AF_BLUETOOTH, -1, 3, SWB_SOL_RFCOMM },
  { AF_TIPC, -1, -1, SWB_SOL_TIPC },
  { AF_ALG, -1, -1, SWB_SOL_ALG },
  { AF_RDS, -1, -1, SWB_SOL_RDS },
  { AF_XDP, -1, -1, SWB_SOL_XDP },
  { AF_LLC, -1, -1, SWB_SOL_LLC },
  { AF_RXRPC, -1, -1, SWB_SOL_RXRPC },
  { AF_AX25, -1, -1, SWB_SOL_AX25 },
  { AF_NETROM, -1, -1, SWB_SOL_NETROM },
  { AF_ROSE, -1, -1, SWB_SOL_ROSE },
  { AF_X25, -1, -1, SWB_SOL_X25 },
  { AF_PPPOX, -1, 1, SWB_SOL_PPPOL2TP },
  { AF_PHONET, SOCK_SEQPACKET, -1, SWB_SOL_PNPIPE },
  { AF_NFC, -1, 1, SWB_SOL_NFC },
  { AF_KCM, -1, -1, SWB_SOL_KCM },
  { AF_MCTP, -1, -1, SWB_SOL_MCTP },
  { AF_IEEE802154, -1, -1, SWB_SOL_IEEE802154 },
  { AF_CAIF, -1, -1, SWB_SOL_CAIF },
  { AF_IUCV, -1, -1, SWB_SOL_IUCV },
  { AF_ATMPVC, -1, -1, SWB_SOL_ATM },
  { AF_ATMSVC, -1, -1, SWB_SOL_ATM },
  { AF_IPX, -1, -1, SWB_SOL_IPX },
};

gboolean
swb_option_level_applies (int level, int domain, int type, int protocol)
{
  if (level == SOL_SOCKET)
    return TRUE;
  if (domain == AF_INET || domain == AF_INET6)
    return applies_to_inet (level, domain == AF_INET6, type, protocol);

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (families[i].level == level && families[i].domain == domain
        && (families[i].type < 0 || families[i].type == type)
        && (families[i].protocol < 0 || families[i].protocol == protocol))
      return TRUE;

  return FALSE;
}

gsize
swb_option_get_room (const SwbOption *option)
{
  if (option != NULL
      && (option->type == SWB_OPTION_BOOL || option->type == SWB_OPTION_INT
          || option->type == SWB_OPTION_QUAD))
    return sizeof (int);
  /* The kernel takes no other length than the one in the option's number. */
  if (option != NULL && option->level == SWB_SOL_ATM)
    return (gsize)option->name & 0x3fff;

  return SWB_OPTION_ROOM;
}

/* The int that @bytes are, if that is what they are. */
static gboolean
read_int (GBytes *bytes, int *value)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  if (length != sizeof *value)
    return FALSE;

  memcpy (value, data, sizeof *value);
  return TRUE;
}

static char *
explain_buffer (const SwbOption *option, int asked, int taken)
{
  gboolean receives = option->name == SO_RCVBUF;
  const char *limit = receives ? "net.core.rmem_max" : "net.core.wmem_max";

  if (taken == asked * 2)
    return g_strdup_printf (
        _ ("The kernel doubles %s: half of it is for its own book-keeping."),
        option->constant);
  if (taken < asked * 2)
    return g_strdup_printf (_ ("%s allows no more (%s is the limit, and doubled by the "
                               "kernel for its book-keeping)."),
                            limit, limit);

  return g_strdup (_ ("The kernel has a least size for buffers."));
}

char *
swb_option_explain_difference (const SwbOption *option, GBytes *asked, GBytes *taken)
{
  int before, after;

  g_return_val_if_fail (option != NULL && asked != NULL && taken != NULL, NULL);

  if (!read_int (asked, &before) || !read_int (taken, &after) || before == after)
    return NULL;
  if (option->level == SOL_SOCKET
      && (option->name == SO_RCVBUF || option->name == SO_SNDBUF))
    return explain_buffer (option, before, after);
  if (option->level == IPPROTO_TCP && g_str_equal (option->constant, "TCP_MAXSEG"))
    return g_strdup (_ ("The kernel tells the size in use: that asked for comes with the "
                        "next connection."));
  if (option->level == IPPROTO_TCP && g_str_equal (option->constant, "TCP_DEFER_ACCEPT"))
    return g_strdup (_ ("The kernel counts in tries to connect, and tells the seconds they "
                        "take."));

  return NULL;
}
