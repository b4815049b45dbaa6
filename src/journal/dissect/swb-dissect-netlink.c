/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-private.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <string.h>

#include <glib/gi18n.h>

#include "net/swb-catalog.h"
#include "net/swb-errno.h"

#define SHOWN_MAX 3 /* messages of a datagram that are told */

typedef struct
{
  guint type;
  guint flags;
  guint32 seq;
  const guint8 *body;
  gsize n; /* that are there */
  gboolean is_cut;
} Message;

typedef void (*PutBody) (GString *text, const Message *message);

/* The payload of the attribute @type behind a header of @header bytes; NULL: it has none.
 */
static const guint8 *
find_attribute (const Message *message, gsize header, guint type, gsize *n)
{
  gsize at = NLMSG_ALIGN (header);

  while (message->n >= at + sizeof (struct rtattr))
    {
      guint length = swb_native16 (message->body + at);

      if (length < sizeof (struct rtattr) || length > message->n - at)
        return NULL;
      if ((swb_native16 (message->body + at + 2) & NLA_TYPE_MASK) == type)
        {
          *n = length - sizeof (struct rtattr);
          return message->body + at + sizeof (struct rtattr);
        }
      at += RTA_ALIGN (length);
    }
  return NULL;
}

static void
put_text_attribute (GString *text, const Message *message, gsize header, guint type)
{
  gsize n;
  const guint8 *value = find_attribute (message, header, type, &n);

  if (value != NULL && n > 0)
    {
      g_string_append_c (text, ' ');
      swb_dissect_put_name (text, value, strnlen ((const char *)value, n));
    }
}

static gboolean
put_address (GString *text, int family, const guint8 *value, gsize n)
{
  char host[INET6_ADDRSTRLEN];

  if ((family != AF_INET || n < 4) && (family != AF_INET6 || n < 16))
    return FALSE;
  g_string_append (text, inet_ntop (family, value, host, sizeof host));
  return TRUE;
}

/* @words: what stands in front. FALSE where there is no such address. */
static gboolean
put_address_attribute (GString *text, const Message *message, gsize header, guint type,
                       const char *words)
{
  gsize n, before = text->len;
  const guint8 *value = find_attribute (message, header, type, &n);

  g_string_append (text, words);
  if (value != NULL && put_address (text, message->body[0], value, n))
    return TRUE;

  g_string_truncate (text, before);
  return FALSE;
}

/* ifaddrmsg and rtmsg have the length of the prefix behind the family. */
static gboolean
put_prefix_attribute (GString *text, const Message *message, gsize header, guint type)
{
  if (!put_address_attribute (text, message, header, type, " "))
    return FALSE;

  g_string_append_printf (text, "/%u", message->body[1]);
  return TRUE;
}

static void
put_number_attribute (GString *text, const Message *message, gsize header, guint type,
                      const char *word)
{
  gsize n;
  const guint8 *value = find_attribute (message, header, type, &n);

  if (value != NULL && n >= 4)
    g_string_append_printf (text, "%s %u", word, swb_native32 (value));
}

/* --- links, addresses, routes, neighbours: rtnetlink(7) --- */

static const struct
{
  guint flag;
  const char *name;
} link_flags[] = {
  { IFF_UP, "UP" },
  { 0x10000, "LOWER_UP" },
  { IFF_LOOPBACK, "LOOPBACK" },
  { IFF_BROADCAST, "BROADCAST" },
  { IFF_MULTICAST, "MULTICAST" },
  { IFF_POINTOPOINT, "POINTOPOINT" },
  { IFF_NOARP, "NOARP" },
  { IFF_PROMISC, "PROMISC" },
};

static void
put_link (GString *text, const Message *message)
{
  gsize header = sizeof (struct ifinfomsg);
  guint flags = swb_native32 (message->body + 8);
  guint32 index = swb_native32 (message->body + 4);

  put_text_attribute (text, message, header, IFLA_IFNAME);
  if (index != 0)
    g_string_append_printf (text, " index %u", index);
  for (guint i = 0; i < G_N_ELEMENTS (link_flags); i++)
    if ((flags & link_flags[i].flag) != 0)
      g_string_append_printf (text, " %s", link_flags[i].name);
  put_number_attribute (text, message, header, IFLA_MTU, ", mtu");
}

static void
put_interface_address (GString *text, const Message *message)
{
  gsize header = sizeof (struct ifaddrmsg);

  put_prefix_attribute (text, message, header, IFA_ADDRESS);
  put_text_attribute (text, message, header, IFA_LABEL);
  if (swb_native32 (message->body + 4) != 0)
    g_string_append_printf (text, " index %u", swb_native32 (message->body + 4));
}

static void
put_route (GString *text, const Message *message)
{
  gsize header = sizeof (struct rtmsg);

  if (!put_prefix_attribute (text, message, header, RTA_DST)
      && message->type != RTM_GETROUTE)
    g_string_append (text, " default");
  put_address_attribute (text, message, header, RTA_GATEWAY, " via ");
  put_number_attribute (text, message, header, RTA_OIF, " index");
  if (message->body[4] != RT_TABLE_UNSPEC)
    g_string_append_printf (text, " table %u", message->body[4]);
}

static void
put_neighbour (GString *text, const Message *message)
{
  put_address_attribute (text, message, sizeof (struct ndmsg), NDA_DST, " ");
  if (swb_native32 (message->body + 4) != 0)
    g_string_append_printf (text, " index %u", swb_native32 (message->body + 4));
}

static const struct
{
  guint first; /* NEW; DEL, GET and SET follow */
  const char *name;
  gsize header;
  PutBody put;
} route_kinds[] = {
  { RTM_NEWLINK, "LINK", sizeof (struct ifinfomsg), put_link },
  { RTM_NEWADDR, "ADDR", sizeof (struct ifaddrmsg), put_interface_address },
  { RTM_NEWROUTE, "ROUTE", sizeof (struct rtmsg), put_route },
  { RTM_NEWNEIGH, "NEIGH", sizeof (struct ndmsg), put_neighbour },
  { RTM_NEWRULE, "RULE", 0, NULL },
  { RTM_NEWQDISC, "QDISC", 0, NULL },
  { RTM_NEWTCLASS, "TCLASS", 0, NULL },
  { RTM_NEWTFILTER, "TFILTER", 0, NULL },
  { RTM_NEWNSID, "NSID", 0, NULL },
};

/* Whether the name of the message was put. */
static gboolean
put_route_message (GString *text, const Message *message)
{
  static const char *const actions[] = { "NEW", "DEL", "GET", "SET" };

  for (guint i = 0; i < G_N_ELEMENTS (route_kinds); i++)
    {
      if (message->type < route_kinds[i].first || message->type > route_kinds[i].first + 3)
        continue;
      g_string_append_printf (text, "RTM_%s%s",
                              actions[message->type - route_kinds[i].first],
                              route_kinds[i].name);
      if (route_kinds[i].put != NULL && message->n >= route_kinds[i].header)
        route_kinds[i].put (text, message);
      return TRUE;
    }
  return FALSE;
}

/* --- the other families --- */

/* inet_diag_msg and inet_diag_sockid; ports are big-endian. */
static void
put_socket (GString *text, const Message *message)
{
  static const char *const states[]
      = { "",          "ESTABLISHED", "SYN_SENT",   "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",
          "TIME_WAIT", "CLOSE",       "CLOSE_WAIT", "LAST_ACK", "LISTEN",    "CLOSING" };
  const guint8 *body = message->body;
  int family = body[0];
  guint state = body[1];

  if (message->n < sizeof (struct inet_diag_msg) || (message->flags & NLM_F_REQUEST) != 0
      || (family != AF_INET && family != AF_INET6))
    return;
  g_string_append_c (text, ' ');
  put_address (text, family, body + 8, 16);
  g_string_append_printf (text, ":%u → ", swb_be16 (body + 4));
  put_address (text, family, body + 24, 16);
  g_string_append_printf (text, ":%u %s", swb_be16 (body + 6),
                          state < G_N_ELEMENTS (states) ? states[state] : "");
}

static gboolean
put_family_message (GString *text, int protocol, const Message *message)
{
  if (protocol == NETLINK_ROUTE)
    return put_route_message (text, message);
  if (protocol == NETLINK_SOCK_DIAG && message->type == SOCK_DIAG_BY_FAMILY)
    {
      g_string_append (text, "SOCK_DIAG_BY_FAMILY");
      put_socket (text, message);
      return TRUE;
    }
  if (protocol == NETLINK_GENERIC && message->type == NLMSG_MIN_TYPE)
    {
      g_string_append (text, "GENL_ID_CTRL");
      if (message->n >= 2)
        g_string_append_printf (text, " command %u", message->body[0]);
      return TRUE;
    }
  return FALSE;
}

/* --- messages --- */

static void
put_error (GString *text, const Message *message)
{
  int error = message->n >= 4 ? (int)swb_native32 (message->body) : 0;

  if (message->n < 4)
    g_string_append (text, "NLMSG_ERROR");
  else if (error == 0)
    g_string_append (text, _ ("NLMSG_ERROR 0, an acknowledgement"));
  else
    g_string_append_printf (text, "NLMSG_ERROR %s",
                            swb_errno_name (error < 0 && error > -4096 ? -error : 0));
}

static void
put_flags (GString *text, guint flags)
{
  gboolean dumps = (flags & NLM_F_DUMP) == NLM_F_DUMP;

  if ((flags & NLM_F_REQUEST) != 0)
    g_string_append (text, dumps ? ", REQUEST, DUMP" : ", REQUEST");
  if ((flags & NLM_F_REQUEST) != 0 && (flags & NLM_F_ACK) != 0)
    g_string_append (text, ", ACK");
}

static void
put_whole_message (GString *text, int protocol, const Message *message)
{
  if (message->type == NLMSG_ERROR)
    put_error (text, message);
  else if (message->type == NLMSG_DONE)
    g_string_append (text, "NLMSG_DONE");
  else if (message->type == NLMSG_NOOP)
    g_string_append (text, "NLMSG_NOOP");
  else if (!put_family_message (text, protocol, message))
    {
      g_string_append_printf (text, _ ("message of type %u"), message->type);
      swb_dissect_put_size (text, message->n);
    }
  put_flags (text, message->flags);
}

static void
put_message (GString *text, int protocol, const Message *message)
{
  g_autoptr (GString) what = g_string_new (NULL);

  put_whole_message (what, protocol, message);
  if (message->is_cut)
    swb_dissect_put_cut (text, what->str, NLMSG_HDRLEN + message->n);
  else
    g_string_append (text, what->str);
}

/* Returns: the bytes until the next message, 0 where there is none. */
static gsize
read_message (const guint8 *bytes, gsize n, Message *message)
{
  guint32 length;

  if (n < NLMSG_HDRLEN)
    return 0;
  length = swb_native32 (bytes);
  if (length < NLMSG_HDRLEN)
    return 0;

  *message = (Message){ .type = swb_native16 (bytes + 4),
                        .flags = swb_native16 (bytes + 6),
                        .seq = swb_native32 (bytes + 8),
                        .body = bytes + NLMSG_HDRLEN,
                        .n = MIN (length, n) - NLMSG_HDRLEN,
                        .is_cut = length > n };
  return MIN (NLMSG_ALIGN ((gsize)length), n);
}

static void
put_uevent (GString *text, const guint8 *bytes, gsize n)
{
  gsize skip
      = n > 8 && memcmp (bytes, "libudev", 8) == 0 ? 0 : strnlen ((const char *)bytes, n);

  if (skip > 0)
    swb_dissect_put_name (text, bytes, skip);
  else
    g_string_append (text, "libudev");
}

void
swb_dissect_netlink (GString *text, int protocol, const guint8 *bytes, gsize n)
{
  guint n_messages = 0;
  gsize step;
  Message message;

  if (protocol == NETLINK_KOBJECT_UEVENT)
    {
      put_uevent (text, bytes, n);
      return;
    }

  while ((step = read_message (bytes, n, &message)) > 0)
    {
      n_messages++;
      if (n_messages <= SHOWN_MAX)
        {
          g_string_append (text, n_messages > 1 ? "; " : "");
          put_message (text, protocol, &message);
        }
      bytes += step;
      n -= step;
    }

  if (n_messages == 0)
    swb_dissect_put_cut (text, "netlink", n);
  else if (n_messages > SHOWN_MAX)
    {
      guint rest = n_messages - SHOWN_MAX;

      g_string_append (text, "; ");
      /* Translators: messages of a netlink datagram, behind some that are told */
      g_string_append_printf (text, ngettext ("%u message more", "%u messages more", rest),
                              rest);
    }
}
