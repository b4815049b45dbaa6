/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-machine.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/swb-holder-table.h"

#define PORTS_MAX 3

/* TCP_CLOSE, which the tables show of a datagram socket that is not connected. */
#define UNCONNECTED 7

/* IPV6_ADDR_LINKLOCAL of the kernel's net/ipv6.h. */
#define SCOPE_LINK 0x20

/* Of net/route.h: "unreachable", "prohibit" and the like. */
#define RTF_REJECT 0x0200

static GStrv
read_lines (const char *root, const char *file)
{
  g_autofree char *path = g_strconcat (root, "/proc/", file, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);

  return g_strsplit (text, "\n", -1);
}

static GStrv
finish (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);
  return (GStrv)g_ptr_array_free (list, FALSE);
}

GStrv
swb_machine_list_interfaces (const char *root)
{
  g_auto (GStrv) lines = read_lines (root, "net/dev");
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      if (colon != NULL)
        g_ptr_array_add (names, g_strstrip (g_strndup (lines[i], colon - lines[i])));
    }
  return finish (names);
}

/* /sys has them all, but those of another network namespace; these files have the multicast
 * groups of each interface, and every one of IP is in the group of all hosts. */
static char *
find_interface (const char *root, const char *file, int wanted)
{
  g_auto (GStrv) lines = read_lines (root, file);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char name[32];
      int index;

      if (sscanf (lines[i], "%d %31s", &index, name) == 2 && index == wanted)
        return g_strdup (name);
    }
  return NULL;
}

char *
swb_machine_dup_interface_name (const char *root, int index)
{
  char *name = find_interface (root, "net/igmp", index);

  return name != NULL ? name : find_interface (root, "net/igmp6", index);
}

/* A leaf of the trie is "|-- 10.0.0.5", and below it, once for each, what the address is:
 * "/32 host LOCAL", "/32 link BROADCAST". Each stands in two tables. */
static GPtrArray *
list_leaves (const char *root, const char *kind)
{
  g_auto (GStrv) lines = read_lines (root, "net/fib_trie");
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  char leaf[INET_ADDRSTRLEN] = "";

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strchug (lines[i]);

      if (sscanf (line, "|-- %15s", leaf) == 1)
        continue;
      if (g_str_has_prefix (line, "/32 ") && g_str_has_suffix (line, kind)
          && !g_ptr_array_find_with_equal_func (list, leaf, g_str_equal, NULL))
        g_ptr_array_add (list, g_strdup (leaf));
    }
  return list;
}

static gboolean
parse_hex16 (const char *hex, struct in6_addr *out)
{
  for (guint i = 0; i < 16; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = high < 0 ? -1 : g_ascii_xdigit_value (hex[2 * i + 1]);

      if (low < 0)
        return FALSE;
      out->s6_addr[i] = (guint8)(high << 4 | low);
    }
  return TRUE;
}

static GPtrArray *
list_addresses6 (const char *root)
{
  g_auto (GStrv) lines = read_lines (root, "net/if_inet6");
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char hex[33], name[32], text[INET6_ADDRSTRLEN];
      struct in6_addr address;
      guint scope;

      if (sscanf (lines[i], "%32s %*x %*x %x %*x %31s", hex, &scope, name) != 3
          || strlen (hex) != 32 || !parse_hex16 (hex, &address))
        continue;
      inet_ntop (AF_INET6, &address, text, sizeof text);
      g_ptr_array_add (list, scope == SCOPE_LINK ? g_strconcat (text, "%", name, NULL)
                                                 : g_strdup (text));
    }
  return list;
}

GStrv
swb_machine_list_addresses (const char *root, int domain)
{
  GPtrArray *list
      = domain == AF_INET6 ? list_addresses6 (root) : list_leaves (root, " LOCAL");

  g_ptr_array_set_free_func (list, NULL);
  return finish (list);
}

gboolean
swb_machine_is_broadcast (const char *root, const SwbAddress *address)
{
  g_autoptr (GPtrArray) list = NULL;
  char text[INET_ADDRSTRLEN];

  if (address->length < sizeof address->in || address->family != AF_INET)
    return FALSE;
  if (address->in.sin_addr.s_addr == htonl (INADDR_BROADCAST))
    return TRUE;

  inet_ntop (AF_INET, &address->in.sin_addr, text, sizeof text);
  list = list_leaves (root, " BROADCAST");
  return g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL);
}

/* The best route so far. */
typedef struct
{
  char *name; /* of its interface */
  guint length;
  gboolean is_reject;
} Route;

/* The longest prefix counts; among those of one length the first, and any before one that
 * only says that there is no way. */
static void
take_route (Route *best, const char *name, guint length, guint flags)
{
  gboolean is_reject = (flags & RTF_REJECT) != 0;

  if (best->name != NULL
      && (length < best->length
          || (length == best->length && (is_reject || !best->is_reject))))
    return;

  g_free (best->name);
  *best = (Route){ g_strdup (name), length, is_reject };
}

/* (transfer full) (nullable) */
static char *
finish_route (Route *best)
{
  if (best->is_reject)
    g_clear_pointer (&best->name, g_free);
  return best->name;
}

static char *
find_route4 (const char *root, guint32 wanted)
{
  g_auto (GStrv) lines = read_lines (root, "net/route");
  Route best = { 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char name[32];
      guint32 destination, mask;
      guint flags;

      if (sscanf (lines[i], "%31s %x %*x %x %*u %*u %*u %x", name, &destination, &flags,
                  &mask)
              == 4
          && (wanted & mask) == destination)
        take_route (&best, name, (guint)__builtin_popcount (mask), flags);
    }
  return finish_route (&best);
}

static gboolean
has_prefix6 (const struct in6_addr *address, const struct in6_addr *prefix, guint length)
{
  for (guint bit = 0; bit < MIN (length, 128); bit++)
    if ((address->s6_addr[bit / 8] ^ prefix->s6_addr[bit / 8]) & (0x80 >> bit % 8))
      return FALSE;
  return TRUE;
}

static char *
find_route6 (const char *root, const struct in6_addr *wanted)
{
  g_auto (GStrv) lines = read_lines (root, "net/ipv6_route");
  Route best = { 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char hex[33], name[32];
      struct in6_addr prefix;
      guint length, flags;

      if (sscanf (lines[i], "%32s %x %*s %*x %*s %*x %*x %*x %x %31s", hex, &length, &flags,
                  name)
              == 4
          && strlen (hex) == 32 && parse_hex16 (hex, &prefix)
          && has_prefix6 (wanted, &prefix, length))
        take_route (&best, name, length, flags);
    }
  return finish_route (&best);
}

char *
swb_machine_dup_route (const char *root, const SwbAddress *address)
{
  if (address->family == AF_INET6)
    return find_route6 (root, &address->in6.sin6_addr);

  return address->family == AF_INET ? find_route4 (root, address->in.sin_addr.s_addr)
                                    : NULL;
}

/* Returns: whether there was a table to read; the first of its lines is a heading */
static gboolean
add_ports (const char *root, const char *file, int domain, guint state, GArray *ports)
{
  g_auto (GStrv) lines = read_lines (root, file);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      SwbHolderRow row;
      guint port;
      gboolean known = FALSE;

      if (!swb_holder_parse_inet_row (lines[i], domain, &row) || row.state != state)
        continue;
      port = swb_address_get_port (&row.address);
      for (guint j = 0; j < ports->len; j++)
        known |= g_array_index (ports, guint, j) == port;
      if (!known)
        g_array_append_val (ports, port);
    }
  return lines[0] != NULL && lines[0][0] != '\0';
}

static int
compare_near (gconstpointer a, gconstpointer b, gpointer near)
{
  int wanted = GPOINTER_TO_INT (near);
  int first = abs ((int)*(const guint *)a - wanted);
  int second = abs ((int)*(const guint *)b - wanted);

  return first != second ? first - second : (int)*(const guint *)a - (int)*(const guint *)b;
}

static char *
find_port (const char *root, const char *file, int domain, guint state, guint port)
{
  g_auto (GStrv) lines = read_lines (root, file);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      SwbHolderRow row;

      if (swb_holder_parse_inet_row (lines[i], domain, &row) && row.state == state
          && swb_address_get_port (&row.address) == port)
        return swb_address_print (&row.address);
    }
  return NULL;
}

char *
swb_machine_dup_holder (const char *root, int type, guint port)
{
  gboolean listens = type == SOCK_STREAM;
  guint state = listens ? SWB_HOLDER_LISTEN : UNCONNECTED;
  char *found = find_port (root, listens ? "net/tcp" : "net/udp", AF_INET, state, port);

  return found != NULL
             ? found
             : find_port (root, listens ? "net/tcp6" : "net/udp6", AF_INET6, state, port);
}

GArray *
swb_machine_list_ports (const char *root, int type, guint near)
{
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean listens = type == SOCK_STREAM;
  guint state = listens ? SWB_HOLDER_LISTEN : UNCONNECTED;

  if (!add_ports (root, listens ? "net/tcp" : "net/udp", AF_INET, state, ports))
    return NULL;
  add_ports (root, listens ? "net/tcp6" : "net/udp6", AF_INET6, state, ports);
  g_array_sort_with_data (ports, compare_near, GUINT_TO_POINTER (near));
  g_array_set_size (ports, MIN (ports->len, PORTS_MAX));
  return g_steal_pointer (&ports);
}

gint64
swb_machine_read_number (const char *root, const char *file, gint64 otherwise)
{
  g_autofree char *path = g_strconcat (root, "/proc/", file, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_ascii_isdigit (text[0]))
    return otherwise;

  return g_ascii_strtoll (text, NULL, 10);
}
