/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-multicast.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "net/swb-errno.h"
#include "net/swb-machine.h"

typedef struct
{
  const char *root;
  const SwbMulticastQuestion *question;
  GString *reasons;
  char *group; /* as text, without a port */
} Search;

/* --- what there is --- */

static GStrv
read_lines (const char *root, const char *file)
{
  g_autofree char *path = g_strconcat (root, file, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);
  return g_strsplit (text, "\n", -1);
}

void
swb_multicast_interface_free (SwbMulticastInterface *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

static void
add_interface (GPtrArray *list, const char *name, int index)
{
  SwbMulticastInterface *interface;

  for (guint i = 0; i < list->len; i++)
    if (((SwbMulticastInterface *)list->pdata[i])->index == index)
      return;
  interface = g_new0 (SwbMulticastInterface, 1);
  interface->name = g_strdup (name);
  interface->index = index;
  g_ptr_array_add (list, interface);
}

/* Which interface has it: the one that a route to it leads through; no route but those of
 * the kernel's own leads to loopback addresses. */
static void
add_address (GPtrArray *list, const char *root, const char *text)
{
  SwbAddress address = { .length = sizeof address.in, .in = { .sin_family = AF_INET } };
  g_autofree char *name = NULL;

  if (inet_pton (AF_INET, text, &address.in.sin_addr) != 1)
    return;
  name = g_str_has_prefix (text, "127.") ? g_strdup ("lo")
                                         : swb_machine_dup_route (root, &address);
  for (guint i = 0; i < list->len; i++)
    {
      SwbMulticastInterface *interface = list->pdata[i];

      if (g_strcmp0 (interface->name, name) == 0 && interface->address == NULL)
        interface->address = g_strdup (text);
    }
}

static void
add_address6 (GPtrArray *list, const char *text)
{
  const char *scope = strchr (text, '%');
  const char *name = scope != NULL ? scope + 1 : g_str_equal (text, "::1") ? "lo" : NULL;

  for (guint i = 0; i < list->len; i++)
    {
      SwbMulticastInterface *interface = list->pdata[i];

      if (g_strcmp0 (interface->name, name) == 0 && interface->address == NULL)
        interface->address
            = scope != NULL ? g_strndup (text, (gsize)(scope - text)) : g_strdup (text);
    }
}

GPtrArray *
swb_multicast_list_interfaces (const char *root, int domain)
{
  gboolean is_six = domain == AF_INET6;
  GPtrArray *list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_multicast_interface_free);
  g_auto (GStrv) lines = read_lines (root, is_six ? "/proc/net/igmp6" : "/proc/net/igmp");
  g_auto (GStrv) addresses = swb_machine_list_addresses (root, domain);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char name[32];
      int index;

      if (g_ascii_isdigit (lines[i][0]) && sscanf (lines[i], "%d %31s", &index, name) == 2)
        add_interface (list, name, index);
    }
  for (guint i = 0; addresses[i] != NULL; i++)
    if (is_six)
      add_address6 (list, addresses[i]);
    else
      add_address (list, root, addresses[i]);
  return list;
}

gboolean
swb_multicast_is_group (const SwbAddress *address)
{
  if (address->family == AF_INET && address->length >= sizeof address->in)
    return IN_MULTICAST (ntohl (address->in.sin_addr.s_addr));
  return address->family == AF_INET6 && address->length >= sizeof address->in6
         && IN6_IS_ADDR_MULTICAST (&address->in6.sin6_addr);
}

/* --- who has joined --- */

/* "1  lo : 1 V3", and behind it a line for each group: "  010000E0  1 0:00000000  0", the
 * bytes in the machine's order. */
static void
find_joined4 (const char *root, const SwbAddress *group, GPtrArray *names)
{
  g_auto (GStrv) lines = read_lines (root, "/proc/net/igmp");
  char name[32] = "";

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint32 found;
      int index;

      if (g_ascii_isdigit (lines[i][0]) && sscanf (lines[i], "%d %31s", &index, name) == 2)
        continue;
      if (sscanf (lines[i], " %8x", &found) == 1 && lines[i][0] == '\t'
          && found == group->in.sin_addr.s_addr)
        g_ptr_array_add (names, g_strdup (name));
    }
}

static void
find_joined6 (const char *root, const SwbAddress *group, GPtrArray *names)
{
  g_auto (GStrv) lines = read_lines (root, "/proc/net/igmp6");
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (hex, "%02x", group->in6.sin6_addr.s6_addr[i]);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char name[32], found[33];

      if (sscanf (lines[i], "%*d %31s %32s", name, found) == 2
          && g_str_equal (found, hex->str))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_string_free (hex, TRUE);
}

GStrv
swb_multicast_list_joined (const char *root, const SwbAddress *group)
{
  GPtrArray *names = g_ptr_array_new ();

  if (group->family == AF_INET6)
    find_joined6 (root, group, names);
  else
    find_joined4 (root, group, names);
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_free (names, FALSE);
}

/* --- reasons --- */

static void add (Search *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (Search *self, const char *format, ...)
{
  va_list args;

  g_string_append (self->reasons, self->reasons->len > 0 ? "\n" : "");
  va_start (args, format);
  g_string_append_vprintf (self->reasons, format, args);
  va_end (args);
}

static gboolean
is_any (const SwbAddress *address)
{
  return address->family == AF_INET6 ? IN6_IS_ADDR_UNSPECIFIED (&address->in6.sin6_addr)
                                     : address->in.sin_addr.s_addr == htonl (INADDR_ANY);
}

static gboolean
is_same_host (const SwbAddress *a, const SwbAddress *b)
{
  if (a->family != b->family)
    return FALSE;
  return a->family == AF_INET6 ? IN6_ARE_ADDR_EQUAL (&a->in6.sin6_addr, &b->in6.sin6_addr)
                               : a->in.sin_addr.s_addr == b->in.sin_addr.s_addr;
}

static void
look_bound (Search *self)
{
  const SwbAddress *local = &self->question->local;
  g_autofree char *text = NULL;

  if (!self->question->is_open || local->length == 0 || swb_address_get_port (local) == 0)
    {
      add (self,
           _ ("The socket is not bound: bind it to the port that is sent to, at the "
              "address %s or at any."),
           self->group);
      return;
    }
  if (is_any (local) || is_same_host (local, &self->question->group))
    return;
  text = swb_address_print (local);
  add (self,
       _ ("The socket is bound to %s, and takes only what was sent to that address: "
          "bind it to %s or to any address."),
       text, self->group);
}

static void
look_joined (Search *self)
{
  const SwbMulticastQuestion *question = self->question;
  g_auto (GStrv) names = swb_multicast_list_joined (self->root, &question->group);
  g_autofree char *list = g_strjoinv (", ", names);

  if (names[0] == NULL)
    add (self,
         _ ("No socket of this machine has joined %s: the kernel drops what comes for "
            "it."),
         self->group);
  else if (question->interface != NULL
           && !g_strv_contains ((const char *const *)names, question->interface))
    /* Translators: a group, the interfaces that it is joined on, and the one where it is
     * not */
    add (self, _ ("%s is joined on %s, not on %s: what comes in there is not heard."),
         self->group, list, question->interface);
  else if (!question->is_joined)
    add (self, _ ("Another socket has joined %s, this one has not: join it here too."),
         self->group);
  if (question->source != NULL)
    add (self, _ ("It is joined for %s alone: nobody else is heard."), question->source);
}

static guint
read_flags (Search *self, const char *interface)
{
  g_autofree char *file = g_strdup_printf ("/sys/class/net/%s/flags", interface);
  g_auto (GStrv) lines = read_lines (self->root, file);

  return lines[0] != NULL ? (guint)g_ascii_strtoull (lines[0], NULL, 0)
                          : IFF_UP | IFF_MULTICAST;
}

static void
look_interface (Search *self)
{
  const char *interface = self->question->interface;
  g_autofree char *file = NULL;
  guint flags;

  if (interface == NULL)
    return;
  flags = read_flags (self, interface);
  if ((flags & IFF_UP) == 0)
    add (self, _ ("%s is down: “ip link set %s up”, as root, starts it."), interface,
         interface);
  else if ((flags & (IFF_MULTICAST | IFF_LOOPBACK)) == 0)
    add (self, _ ("%s does not carry multicast: its flag MULTICAST is off."), interface);

  file = g_strdup_printf ("sys/net/ipv4/conf/%s/rp_filter", interface);
  if (self->question->group.family == AF_INET && (flags & IFF_LOOPBACK) == 0
      && swb_machine_read_number (self->root, file, 0) == 1)
    add (self, _ ("%s drops packets whose sender it has no route back to: rp_filter is 1."),
         interface);
}

static void
look_route (Search *self)
{
  g_autofree char *interface = swb_machine_dup_route (self->root, &self->question->group);
  gboolean is_chosen = FALSE;

  for (guint i = 0; i < self->question->n_senders; i++)
    is_chosen |= self->question->senders[i].has_interface;
  if (interface == NULL && !is_chosen)
    add (self,
         _ ("No route leads to %s: a sender that names no interface gets ENETUNREACH."),
         self->group);
}

static void
look_sender (Search *self, const SwbMulticastSender *sender)
{
  guint port = swb_address_get_port (&self->question->local);

  if (sender->error != 0)
    add (self, _ ("The last send of %s failed with %s."), sender->name,
         swb_errno_name (sender->error));
  if (port != 0 && sender->port != 0 && sender->port != port)
    add (self, _ ("%s sends to port %u, this socket is bound to port %u."), sender->name,
         sender->port, port);
  if (!sender->loops)
    add (self,
         _ ("%s has switched the loop off: what it sends is not heard on this machine."),
         sender->name);
  if (sender->ttl == 0)
    add (self, _ ("%s sends with TTL 0: that does not leave the machine."), sender->name);
}

char *
swb_multicast_explain (const char *root, const SwbMulticastQuestion *question)
{
  Search self = { .root = root, .question = question, .reasons = g_string_new (NULL) };
  char host[INET6_ADDRSTRLEN];
  gboolean is_six = question->group.family == AF_INET6;

  inet_ntop (question->group.family,
             is_six ? (const void *)&question->group.in6.sin6_addr
                    : (const void *)&question->group.in.sin_addr,
             host, sizeof host);
  self.group = host;
  if (!swb_multicast_is_group (&question->group))
    {
      add (&self,
           is_six ? _ ("%s is no group: those of IPv6 begin with ff.")
                  : _ ("%s is no group: those are 224.0.0.0 to 239.255.255.255."),
           host);
      return g_string_free (self.reasons, FALSE);
    }

  look_bound (&self);
  look_joined (&self);
  look_interface (&self);
  for (guint i = 0; i < question->n_senders; i++)
    look_sender (&self, &question->senders[i]);
  look_route (&self);
  if (self.reasons->len == 0)
    add (&self,
         _ ("All is as it has to be on this machine: %s is joined, and the socket is "
            "bound to port %u. So nothing was sent there, or it was lost on the way."),
         host, swb_address_get_port (&question->local));
  return g_string_free (self.reasons, FALSE);
}
