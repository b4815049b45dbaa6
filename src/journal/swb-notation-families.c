/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-notation-private.h"

#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <linux/x25.h>
#include <string.h>

/* The addresses of domains beside inet and unix, as strace 6.1 shows them; those it shows
 * as sa_data are left to the caller. An interface stays a number, where strace asks for its
 * name. */

static void
print_netlink (GString *text, const struct sockaddr_nl *address)
{
  g_string_append_printf (text, ", nl_pid=%u, nl_groups=%#08x", address->nl_pid,
                          address->nl_groups);
}

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

static void
print_x25 (GString *text, const struct sockaddr_x25 *address)
{
  const char *digits = address->sx25_addr.x25_addr;

  g_string_append (text, ", sx25_addr={x25_addr=");
  swb_print_quoted (text, (const guint8 *)digits,
                    strnlen (digits, sizeof address->sx25_addr.x25_addr));
  g_string_append_c (text, '}');
}

gboolean
swb_print_family (GString *text, const SwbAddress *address, socklen_t length)
{
  if (address->family == AF_NETLINK && length == sizeof (struct sockaddr_nl))
    print_netlink (text, (const struct sockaddr_nl *)&address->storage);
  else if (address->family == AF_PACKET && length == sizeof (struct sockaddr_ll))
    print_packet (text, (const struct sockaddr_ll *)&address->storage);
  else if (address->family == AF_VSOCK && length == sizeof (struct sockaddr_vm))
    print_vsock (text, (const struct sockaddr_vm *)&address->storage);
  else if (address->family == AF_X25 && length == sizeof (struct sockaddr_x25))
    print_x25 (text, (const struct sockaddr_x25 *)&address->storage);
  else
    return FALSE;

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
scan_netlink (SwbScanner *self, struct sockaddr_nl *address)
{
  guint32 groups;

  if (!scan_number (self, ", nl_pid=", &address->nl_pid)
      || !scan_number (self, ", nl_groups=", &groups))
    return FALSE;

  address->nl_groups = groups;
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
scan_x25 (SwbScanner *self, struct sockaddr_x25 *address)
{
  g_autoptr (GByteArray) digits = g_byte_array_new ();

  if (!swb_scan (self, ", sx25_addr={x25_addr=") || !swb_scan_quoted (self, digits)
      || digits->len > sizeof address->sx25_addr.x25_addr || !swb_scan (self, "}"))
    return FALSE;

  if (digits->len > 0)
    memcpy (address->sx25_addr.x25_addr, digits->data, digits->len);
  return TRUE;
}

gboolean
swb_scan_family (SwbScanner *self, gint64 family, SwbAddress *address)
{
  switch (family)
    {
    case AF_NETLINK:
      return scan_netlink (self, (struct sockaddr_nl *)&address->storage);
    case AF_PACKET:
      return scan_packet (self, (struct sockaddr_ll *)&address->storage);
    case AF_VSOCK:
      return scan_vsock (self, (struct sockaddr_vm *)&address->storage);
    case AF_X25:
      return scan_x25 (self, (struct sockaddr_x25 *)&address->storage);
    default:
      return FALSE;
    }
}
