/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <string.h>

#include <glib/gi18n.h>

#define TAGS_MAX 4
#define ARP_IPV4_SIZE 28u

static const struct
{
  guint type;
  const char *name;
} ethertypes[] = {
  { ETH_P_IP, "IPv4" },       { ETH_P_IPV6, "IPv6" },
  { ETH_P_ARP, "ARP" },       { ETH_P_RARP, "RARP" },
  { ETH_P_8021Q, "VLAN" },    { ETH_P_8021AD, "VLAN" },
  { ETH_P_LLDP, "LLDP" },     { ETH_P_PAE, "802.1X" },
  { ETH_P_MPLS_UC, "MPLS" },  { ETH_P_PPP_DISC, "PPPoE discovery" },
  { ETH_P_PPP_SES, "PPPoE" }, { ETH_P_LOOP, "loopback test" },
  { 0x88f7, "PTP" },          { 0x0842, "Wake-on-LAN" },
};

void
swb_dissect_put_mac (GString *text, const guint8 *mac)
{
  g_string_append_printf (text, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
                          mac[3], mac[4], mac[5]);
}

static void
put_macs (GString *text, const guint8 *frame)
{
  swb_dissect_put_mac (text, frame + ETH_ALEN);
  g_string_append (text, " → ");
  swb_dissect_put_mac (text, frame);
}

static void
put_quad (GString *text, const guint8 *ip)
{
  g_string_append_printf (text, "%u.%u.%u.%u", ip[0], ip[1], ip[2], ip[3]);
}

/* RFC 826; of hardware and protocol addresses other than MAC and IPv4 the numbers alone. */
static void
put_arp (GString *text, const guint8 *bytes, gsize n)
{
  guint operation = n >= 8 ? swb_be16 (bytes + 6) : 0;

  if (n < ARP_IPV4_SIZE)
    {
      swb_dissect_put_cut (text, "ARP", n);
      return;
    }
  if (swb_be16 (bytes + 2) != ETH_P_IP || bytes[4] != 6 || bytes[5] != 4)
    {
      g_string_append_printf (text, "ARP operation %u for protocol 0x%04x", operation,
                              swb_be16 (bytes + 2));
      return;
    }

  g_string_append (text, "ARP ");
  if (operation == ARPOP_REQUEST)
    {
      g_string_append (text, "who has ");
      put_quad (text, bytes + 24);
      g_string_append (text, "? tell ");
      put_quad (text, bytes + 14);
    }
  else if (operation == ARPOP_REPLY)
    {
      put_quad (text, bytes + 14);
      g_string_append (text, " is at ");
      swb_dissect_put_mac (text, bytes + 8);
    }
  else
    g_string_append_printf (text, "operation %u", operation);
}

static void
put_unknown_type (GString *text, guint ethertype, gsize n)
{
  const char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ethertypes); i++)
    if (ethertypes[i].type == ethertype)
      name = ethertypes[i].name;
  if (name != NULL)
    g_string_append (text, name);
  else
    g_string_append_printf (text, "Ethernet type 0x%04x", ethertype);
  swb_dissect_put_size (text, n);
}

static gboolean
is_tag (guint ethertype)
{
  return ethertype == ETH_P_8021Q || ethertype == ETH_P_8021AD;
}

gboolean
swb_dissect_ethertype (GString *text, guint ethertype, const guint8 *bytes, gsize n)
{
  for (guint i = 0; i < TAGS_MAX && is_tag (ethertype) && n >= 4; i++)
    {
      g_string_append_printf (text, "VLAN %u ", swb_be16 (bytes) & 0xfff);
      ethertype = swb_be16 (bytes + 2);
      bytes += 4;
      n -= 4;
    }

  if (ethertype == ETH_P_IP || ethertype == ETH_P_IPV6)
    swb_dissect_ip (text, bytes, n);
  else if (ethertype == ETH_P_ARP || ethertype == ETH_P_RARP)
    put_arp (text, bytes, n);
  else if (ethertype == ETH_P_CAN || ethertype == ETH_P_CANFD)
    swb_dissect_can (text, bytes, n);
  else
    {
      put_unknown_type (text, ethertype, n);
      return FALSE;
    }
  return TRUE;
}

void
swb_dissect_ethernet (GString *text, const guint8 *bytes, gsize n)
{
  guint ethertype;

  if (n < ETH_HLEN)
    {
      swb_dissect_put_cut (text, "Ethernet", n);
      return;
    }
  ethertype = swb_be16 (bytes + 12);
  if (ethertype < ETH_P_802_3_MIN)
    {
      g_string_append (text, "802.3 ");
      put_macs (text, bytes);
      swb_dissect_put_size (text, MIN (ethertype, n - ETH_HLEN));
    }
  /* IP has addresses of its own; of the others these say who spoke. */
  else if (!swb_dissect_ethertype (text, ethertype, bytes + ETH_HLEN, n - ETH_HLEN))
    {
      g_string_append (text, ", ");
      put_macs (text, bytes);
    }
}
