/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-form.h"

#include <linux/if_packet.h>
#include <linux/vm_sockets.h>
#include <string.h>

/* The addresses of domains beside inet and unix, as strace 6.1 shows them; those it shows
 * as sa_data are left to the caller. An interface stays a number, where strace asks for its
 * name. */

#define FAMILY_SIZE sizeof (sa_family_t)

typedef struct
{
  sa_family_t family;
  socklen_t length;
  const char *form;  /* of what lies behind the family */
  gboolean is_newer; /* as strace 7 shows it, where 6.1 has sa_data: only understood */
} Layout;

#define VIA ", fsa_ax25={sax25_call=%c%3z, sax25_ndigis="
#define WPAN "%2z, addr={addr_type="
#define RXRPC ", srx_service=%nS, transport_type=%nT, transport_len=%w, transport="
#define RXRPC6                                                                             \
  RXRPC "{sin6={sin6_family=AF_INET6%10j, sin6_port=htons(%p), sin6_flowinfo=htonl(%r), "  \
        "inet_pton(AF_INET6, %6, &sin6_addr), sin6_scope_id="

/* clang-format off */
/* Lengths are numbers: not every machine has all these headers. */
static const Layout layouts[] = {
  { AF_NETLINK, 12, "%2z, nl_pid=%u, nl_groups=%g" },
  { AF_X25, 18, ", sx25_addr={x25_addr=%16s}" },
  { AF_AX25, 16, ", sax25_call=%c%3z, sax25_ndigis=0%4z" },
  { AF_AX25, 72, VIA "0}%4z%56z" },
  { AF_AX25, 72, VIA "1%1k}, fsa_digipeater=[%c]%49z" },
  { AF_AX25, 72, VIA "2%2k}, fsa_digipeater=[%c, %c]%42z" },
  { AF_AX25, 72, VIA "3%3k}, fsa_digipeater=[%c, %c, %c]%35z" },
  { AF_AX25, 72, VIA "4%4k}, fsa_digipeater=[%c, %c, %c, %c]%28z" },
  { AF_AX25, 72, VIA "5%5k}, fsa_digipeater=[%c, %c, %c, %c, %c]%21z" },
  { AF_AX25, 72, VIA "6%06k}, fsa_digipeater=[%c, %c, %c, %c, %c, %c]%14z" },
  { AF_AX25, 72, VIA "7%7k}, fsa_digipeater=[%c, %c, %c, %c, %c, %c, %c]%7z" },
  { AF_AX25, 72, VIA "8%8k}, fsa_digipeater=[%c, %c, %c, %c, %c, %c, %c, %c]" },
  { AF_BLUETOOTH, 14, ", l2_psm=%nP, l2_bdaddr=%m, l2_cid=%nC, l2_bdaddr_type=%nB%z" },
  { AF_BLUETOOTH, 12, ", l2_psm=%nP, l2_bdaddr=%m, l2_cid=%nC" },
  { AF_BLUETOOTH, 10, ", rc_bdaddr=%m, rc_channel=%b%z" },
  { AF_BLUETOOTH, 8, ", sco_bdaddr=%m" },
  { AF_BLUETOOTH, 6, ", hci_dev=htobs(%l), hci_channel=%nH" },
  { AF_BLUETOOTH, 4, ", hci_dev=htobs(%l)" },
  { AF_RXRPC, 36, RXRPC "{sin={sin_family=%f, sin_port=htons(%p), sin_addr=%a}}%20z" },
  { AF_RXRPC, 36, RXRPC6 "%u}}" },
  { AF_RXRPC, 36, RXRPC6 "%i}}" },
  { AF_IEEE802154, 20, WPAN "0 /* IEEE802154_ADDR_NONE */%4z, pan_id=%nD}%10z" },
  { AF_IEEE802154, 20, WPAN "0x2 /* IEEE802154_ADDR_SHORT */%2k, pan_id=%nD, short_addr=%nJ}%8z" },
  { AF_IEEE802154, 20, WPAN "0x3 /* IEEE802154_ADDR_LONG */%3k, pan_id=%nD, hwaddr=%8m}%2z" },
  { AF_TIPC, 16, ", addrtype=TIPC_SERVICE_RANGE%1o, scope=%nV, addr={nameseq={type=%u, lower=%u, upper=%u}}", TRUE },
  { AF_TIPC, 16, ", addrtype=TIPC_SERVICE_ADDR%2o, scope=%nV, addr={name={name={type=%u, instance=%u}, domain=%x}}", TRUE },
  { AF_TIPC, 16, ", addrtype=TIPC_SOCKET_ADDR%3o, scope=%nV, addr={id={ref=%u, node=%x}}%4z", TRUE },
  { AF_ALG, 88, ", salg_type=%14s, salg_feat=%nA, salg_mask=%nA, salg_name=%64s" },
  { AF_NFC, 16, "%2z, dev_idx=%i, target_idx=%x, nfc_protocol=%nN" },
  { AF_QIPCRTR, 12, "%2z, sq_node=%nQ, sq_port=%nR" },
  { AF_XDP, 16, ", sxdp_flags=%nX, sxdp_ifindex=%i, sxdp_queue_id=%u%4z" },
  { AF_XDP, 16, ", sxdp_flags=%nX, sxdp_ifindex=%i, sxdp_queue_id=%u, sxdp_shared_umem_fd=%d" },
  { AF_MCTP, 12, "%2z, smctp_network=%nM, smctp_addr={s_addr=%na}, smctp_type=%y, smctp_tag=%y%z" },
};
/* clang-format on */

static void
print_packet (GString *text, const struct sockaddr_ll *address)
{
  guint length = MIN (address->sll_halen, sizeof address->sll_addr);

  g_string_append (text, ", sll_protocol=htons(");
  swb_print_name (text, &swb_names_ethertypes, GUINT16_FROM_BE (address->sll_protocol));
  g_string_append_printf (text, "), sll_ifindex=%d, sll_hatype=", address->sll_ifindex);
  swb_print_name (text, &swb_names_hardware, address->sll_hatype);
  g_string_append (text, ", sll_pkttype=");
  swb_print_name (text, &swb_names_packets, address->sll_pkttype);
  g_string_append_printf (text, ", sll_halen=%u", address->sll_halen);
  for (guint i = 0; i < length; i++)
    g_string_append_printf (text, "%s%#02x", i == 0 ? ", sll_addr=[" : ", ",
                            address->sll_addr[i]);
  if (length > 0)
    g_string_append_c (text, ']');
}

static void
print_vsock (GString *text, const struct sockaddr_vm *address)
{
  g_string_append (text, ", svm_cid=");
  swb_print_name (text, &swb_names_cids, address->svm_cid);
  g_string_append (text, ", svm_port=");
  swb_print_name (text, &swb_names_vm_ports, address->svm_port);
  g_string_append (text, ", svm_flags=");
  if (address->svm_flags == 0)
    g_string_append_c (text, '0');
  else
    swb_print_name (text, &swb_names_vm_flags, address->svm_flags);
}

static gboolean
print_layout (GString *text, const SwbAddress *address, socklen_t length)
{
  gsize start = text->len;

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      if (layouts[i].family != address->family || layouts[i].length != length
          || layouts[i].is_newer)
        continue;
      if (swb_print_form (text, layouts[i].form,
                          (const guint8 *)&address->storage + FAMILY_SIZE,
                          length - FAMILY_SIZE))
        return TRUE;
      g_string_truncate (text, start);
    }

  return FALSE;
}

gboolean
swb_print_family (GString *text, const SwbAddress *address, socklen_t length)
{
  if (address->family == AF_PACKET && length == sizeof (struct sockaddr_ll))
    print_packet (text, (const struct sockaddr_ll *)&address->storage);
  else if (address->family == AF_VSOCK && length == sizeof (struct sockaddr_vm))
    print_vsock (text, (const struct sockaddr_vm *)&address->storage);
  else
    return print_layout (text, address, length);

  return TRUE;
}

static gboolean
scan_number (SwbScanner *self, const char *label, guint32 *value)
{
  gint64 number;

  if (!swb_scan (self, label) || !swb_scan_constant (self, &number))
    return FALSE;

  *value = (guint32)number;
  return TRUE;
}

static gboolean
scan_hardware_address (SwbScanner *self, struct sockaddr_ll *address)
{
  for (guint i = 0; i < MIN (address->sll_halen, sizeof address->sll_addr); i++)
    {
      guint32 byte;

      if (!scan_number (self, i == 0 ? ", sll_addr=[" : ", ", &byte))
        return FALSE;
      address->sll_addr[i] = (guint8)byte;
    }

  return address->sll_halen == 0 || swb_scan (self, "]");
}

static gboolean
scan_packet (SwbScanner *self, struct sockaddr_ll *address)
{
  guint32 protocol, index, hardware, type, length;

  if (!scan_number (self, ", sll_protocol=htons(", &protocol)
      || !scan_number (self, "), sll_ifindex=", &index)
      || !scan_number (self, ", sll_hatype=", &hardware)
      || !scan_number (self, ", sll_pkttype=", &type)
      || !scan_number (self, ", sll_halen=", &length))
    return FALSE;

  address->sll_protocol = GUINT16_TO_BE ((guint16)protocol);
  address->sll_ifindex = (int)index;
  address->sll_hatype = (guint16)hardware;
  address->sll_pkttype = (guint8)type;
  address->sll_halen = (guint8)length;
  return scan_hardware_address (self, address);
}

static gboolean
scan_vsock (SwbScanner *self, struct sockaddr_vm *address)
{
  guint32 flags;

  if (!scan_number (self, ", svm_cid=", &address->svm_cid)
      || !scan_number (self, ", svm_port=", &address->svm_port)
      || !scan_number (self, ", svm_flags=", &flags))
    return FALSE;

  address->svm_flags = (guint8)flags;
  return TRUE;
}

static gboolean
scan_layout (SwbScanner *self, gint64 family, SwbAddress *address)
{
  SwbScanner start = *self;

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      *self = start;
      if (layouts[i].family != family || !swb_scan_form (self, layouts[i].form, bytes)
          || self->at[0] != '}')
        continue;

      memcpy ((guint8 *)&address->storage + FAMILY_SIZE, bytes->data, bytes->len);
      return TRUE;
    }

  return FALSE;
}

gboolean
swb_scan_family (SwbScanner *self, gint64 family, SwbAddress *address)
{
  if (family == AF_PACKET)
    return scan_packet (self, (struct sockaddr_ll *)&address->storage);
  if (family == AF_VSOCK)
    return scan_vsock (self, (struct sockaddr_vm *)&address->storage);
  return scan_layout (self, family, address);
}
