/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-names.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "net/swb-machine.h"

typedef struct
{
  int level;
  const char *option;
  int value;
  const char *constant;
} Name;

/* Numbers, where the headers that have them clash with others. */
static const Name names[] = {
  { IPPROTO_IP, "IP_MTU_DISCOVER", 0, "IP_PMTUDISC_DONT" },
  { IPPROTO_IP, "IP_MTU_DISCOVER", 1, "IP_PMTUDISC_WANT" },
  { IPPROTO_IP, "IP_MTU_DISCOVER", 2, "IP_PMTUDISC_DO" },
  { IPPROTO_IP, "IP_MTU_DISCOVER", 3, "IP_PMTUDISC_PROBE" },
  { IPPROTO_IP, "IP_MTU_DISCOVER", 4, "IP_PMTUDISC_INTERFACE" },
  { IPPROTO_IP, "IP_MTU_DISCOVER", 5, "IP_PMTUDISC_OMIT" },
  { IPPROTO_IPV6, "IPV6_MTU_DISCOVER", 0, "IPV6_PMTUDISC_DONT" },
  { IPPROTO_IPV6, "IPV6_MTU_DISCOVER", 1, "IPV6_PMTUDISC_WANT" },
  { IPPROTO_IPV6, "IPV6_MTU_DISCOVER", 2, "IPV6_PMTUDISC_DO" },
  { IPPROTO_IPV6, "IPV6_MTU_DISCOVER", 3, "IPV6_PMTUDISC_PROBE" },
  { IPPROTO_IPV6, "IPV6_MTU_DISCOVER", 4, "IPV6_PMTUDISC_INTERFACE" },
  { IPPROTO_IPV6, "IPV6_MTU_DISCOVER", 5, "IPV6_PMTUDISC_OMIT" },
  { IPPROTO_TCP, "TCP_REPAIR", 0, "TCP_REPAIR_OFF" },
  { IPPROTO_TCP, "TCP_REPAIR", 1, "TCP_REPAIR_ON" },
  { IPPROTO_TCP, "TCP_REPAIR", -1, "TCP_REPAIR_OFF_NO_WP" },
  { IPPROTO_TCP, "TCP_REPAIR_QUEUE", 0, "TCP_NO_QUEUE" },
  { IPPROTO_TCP, "TCP_REPAIR_QUEUE", 1, "TCP_RECV_QUEUE" },
  { IPPROTO_TCP, "TCP_REPAIR_QUEUE", 2, "TCP_SEND_QUEUE" },
  { IPPROTO_UDP, "UDP_ENCAP", 0, "0" },
  { IPPROTO_UDP, "UDP_ENCAP", 2, "UDP_ENCAP_ESPINUDP" },
  { IPPROTO_UDP, "UDP_ENCAP", 3, "UDP_ENCAP_L2TPINUDP" },
  { IPPROTO_UDP, "UDP_ENCAP", 4, "UDP_ENCAP_GTP0" },
  { IPPROTO_UDP, "UDP_ENCAP", 5, "UDP_ENCAP_GTP1U" },
  { IPPROTO_UDP, "UDP_ENCAP", 6, "UDP_ENCAP_RXRPC" },
  { SOL_PACKET, "PACKET_VERSION", 0, "TPACKET_V1" },
  { SOL_PACKET, "PACKET_VERSION", 1, "TPACKET_V2" },
  { SOL_PACKET, "PACKET_VERSION", 2, "TPACKET_V3" },
};

void
swb_option_name_free (SwbOptionName *self)
{
  g_free (self->value);
  g_free (self->name);
  g_free (self);
}

static void
add (GPtrArray *list, char *value, const char *name)
{
  SwbOptionName *entry = g_new0 (SwbOptionName, 1);

  entry->value = value;
  entry->name = g_strdup (name);
  g_ptr_array_add (list, entry);
}

static gboolean
is_of (const Name *name, const SwbOption *option)
{
  return name->level == option->level && g_str_equal (name->option, option->constant);
}

static void
add_constants (GPtrArray *list, const SwbOption *option)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_of (&names[i], option))
      add (list, g_strdup_printf ("%d", names[i].value), names[i].constant);
}

/* The words of a file of proc. */
static void
add_words (GPtrArray *list, const char *root, const char *file)
{
  g_autofree char *path = g_strdup_printf ("%s/proc/sys/net/ipv4/%s", root, file);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  words = g_strsplit_set (text, " \n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      add (list, g_strdup (words[i]), words[i]);
}

static void
add_interfaces (GPtrArray *list, const char *root)
{
  g_auto (GStrv) interfaces = swb_machine_list_interfaces (root);

  add (list, g_strdup (""), "");
  for (guint i = 0; interfaces[i] != NULL; i++)
    add (list, g_strdup (interfaces[i]), interfaces[i]);
}

GPtrArray *
swb_option_list_names (const SwbOption *option, const char *root)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_option_name_free);

  g_return_val_if_fail (option != NULL && root != NULL, NULL);

  if (option->level == IPPROTO_TCP && g_str_equal (option->constant, "TCP_CONGESTION"))
    add_words (list, root, "tcp_available_congestion_control");
  else if (option->level == IPPROTO_TCP && g_str_equal (option->constant, "TCP_ULP"))
    add_words (list, root, "tcp_available_ulp");
  else if (option->level == SOL_SOCKET && g_str_equal (option->constant, "SO_BINDTODEVICE"))
    add_interfaces (list, root);
  else
    add_constants (list, option);
  return list->len > 0 ? g_steal_pointer (&list) : NULL;
}

gboolean
swb_option_find_name (const SwbOption *option, const char *constant, int *value)
{
  g_return_val_if_fail (option != NULL && constant != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_of (&names[i], option) && g_str_equal (names[i].constant, constant))
      {
        *value = names[i].value;
        return TRUE;
      }
  return FALSE;
}
