/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-address-note.h"

#include <glib/gi18n.h>
#include <linux/if_packet.h>

#include "net/swb-machine.h"

/* ipv6(7): what "::" takes depends on IPV6_V6ONLY, whose default is a setting of the
 * machine. */
static const char *
explain_any (int v6only)
{
  gboolean is_only = v6only >= 0
                         ? v6only != 0
                         : swb_machine_read_number ("", "sys/net/ipv6/bindv6only", 0) != 0;

  if (is_only)
    return _ ("Takes IPv6 only: IPV6_V6ONLY is on");
  return v6only == 0
             ? _ ("Takes IPv4 too, as ::ffff:a.b.c.d: IPV6_V6ONLY is off")
             : _ (
                 "Takes IPv4 too, as ::ffff:a.b.c.d, unless IPV6_V6ONLY is set to 1 first");
}

static char *
explain_mapped (const SwbAddress *address)
{
  const guint8 *bytes = address->in6.sin6_addr.s6_addr + 12;

  /* Translators: the four numbers of an IPv4 address */
  return g_strdup_printf (
      _ ("%u.%u.%u.%u of IPv4, as an IPv6 socket writes it (v4-mapped)"), bytes[0],
      bytes[1], bytes[2], bytes[3]);
}

static char *
explain_ipv6 (const SwbAddress *address, gboolean is_own, int v6only)
{
  const struct in6_addr *in6 = &address->in6.sin6_addr;

  if (is_own && IN6_IS_ADDR_UNSPECIFIED (in6))
    return g_strdup (explain_any (v6only));
  return IN6_IS_ADDR_V4MAPPED (in6) ? explain_mapped (address) : NULL;
}

/* packet(7): a socket that is bound to no interface has the frames of all. */
static char *
explain_link (const struct sockaddr_ll *link)
{
  g_autofree char *name = swb_machine_dup_interface_name ("", link->sll_ifindex);

  if (link->sll_ifindex == 0)
    return g_strdup (_ ("Frames of all interfaces"));
  if (name == NULL)
    return g_strdup (_ ("There is no interface of this number"));
  /* Translators: %s is a network interface, such as eth0 */
  return g_strdup_printf (_ ("Frames of the interface %s"), name);
}

char *
swb_address_note_dup (const SwbAddress *address, gboolean is_own, int v6only)
{
  if (address->family == AF_INET6 && address->length >= sizeof address->in6)
    return explain_ipv6 (address, is_own, v6only);
  if (address->family == AF_PACKET && is_own
      && address->length >= offsetof (struct sockaddr_ll, sll_hatype))
    return explain_link ((const struct sockaddr_ll *)&address->storage);
  return NULL;
}
