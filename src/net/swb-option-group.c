/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-group.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include <glib/gi18n.h>

#include "net/swb-address-text.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"

static gboolean
parse_host (const char *text, struct sockaddr_storage *address)
{
  struct sockaddr_in *in = (struct sockaddr_in *)address;
  struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)address;

  address->ss_family = strchr (text, ':') != NULL ? AF_INET6 : AF_INET;
  return inet_pton (address->ss_family, text,
                    address->ss_family == AF_INET6 ? (void *)&in6->sin6_addr
                                                   : (void *)&in->sin_addr)
         == 1;
}

static gboolean
print_host (GString *text, const struct sockaddr_storage *address)
{
  const struct sockaddr_in *in = (const struct sockaddr_in *)address;
  const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
  char host[INET6_ADDRSTRLEN];

  if (address->ss_family != AF_INET && address->ss_family != AF_INET6)
    return FALSE;
  g_string_append (text,
                   inet_ntop (address->ss_family,
                              address->ss_family == AF_INET6 ? (const void *)&in6->sin6_addr
                                                             : (const void *)&in->sin_addr,
                              host, sizeof host));
  return TRUE;
}

static GBytes *
fail (const char *text, gboolean has_source, GError **error)
{
  g_autofree char *shown = swb_escape_show (text);

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
               has_source ? _ ("“%s” is not a group, an interface and a sender such as "
                               "“232.1.2.3 eth0 192.0.2.1”")
                          : _ ("“%s” is not a group and an interface such as “239.1.2.3 "
                               "eth0”"),
               shown);
  return NULL;
}

GBytes *
swb_option_parse_group (const char *text, gboolean has_source, GError **error)
{
  struct group_source_req value = { 0 };
  struct group_req group = { 0 };
  g_auto (GStrv) words = g_strsplit_set (text, " \t", 4);
  guint32 index = 0;

  if (g_strv_length (words) != (has_source ? 3 : 2)
      || !parse_host (words[0], &value.gsr_group)
      || (has_source && !parse_host (words[2], &value.gsr_source)))
    return fail (text, has_source, error);
  if (!swb_address_parse_interface (words[1], &index, error))
    return NULL;

  value.gsr_interface = group.gr_interface = index;
  group.gr_group = value.gsr_group;
  return has_source ? g_bytes_new (&value, sizeof value)
                    : g_bytes_new (&group, sizeof group);
}

char *
swb_option_print_group (const guint8 *data, gboolean has_source)
{
  struct group_source_req value = { 0 };
  struct group_req group;
  g_autoptr (GString) text = g_string_new (NULL);

  if (has_source)
    memcpy (&value, data, sizeof value);
  else
    {
      memcpy (&group, data, sizeof group);
      value.gsr_interface = group.gr_interface;
      value.gsr_group = group.gr_group;
    }
  if (!print_host (text, &value.gsr_group))
    return NULL;
  g_string_append_printf (text, " %u", value.gsr_interface);
  if (has_source)
    {
      g_string_append_c (text, ' ');
      if (!print_host (text, &value.gsr_source))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
