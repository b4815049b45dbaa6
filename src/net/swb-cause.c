/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-cause.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <netinet/tcp.h>
#include <sys/resource.h>

#include "net/swb-cause-private.h"
#include "net/swb-machine.h"

/* More of a list than this is no help any more. */
#define LIST_MAX 8

typedef char *(*Describe) (const char *root, const SwbCauseQuestion *question);

static gboolean
is_inet (const SwbCauseQuestion *question)
{
  return question->domain == AF_INET || question->domain == AF_INET6;
}

/* @words: (transfer full) */
static char *
join_free (GStrv words)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < LIST_MAX && words[i] != NULL; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", words[i]);
  if (g_strv_length (words) > LIST_MAX)
    g_string_append (list, ", …");
  g_strfreev (words);
  return g_string_free (list, FALSE);
}

/* --- bind --- */

static char *
describe_low_port (const char *root, const SwbCauseQuestion *question)
{
  gint64 first
      = swb_machine_read_number (root, "sys/net/ipv4/ip_unprivileged_port_start", 1024);
  guint port = swb_address_get_port (&question->address);

  if (!is_inet (question))
    return swb_cause_of_denied_path (root, question);
  if (port == 0 || port >= first)
    return NULL;

  return g_strdup_printf (
      _ ("Port %u is below %d, and those need CAP_NET_BIND_SERVICE here: "
         "net.ipv4.ip_unprivileged_port_start says so."),
      port, (int)first);
}

static char *
describe_addresses (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *list = NULL;

  if (!is_inet (question))
    return NULL;
  list = join_free (swb_machine_list_addresses (root, question->domain));
  if (list[0] == '\0')
    return g_strdup (question->domain == AF_INET6
                         ? _ ("This machine has no IPv6 address at all.")
                         : _ ("This machine has no IPv4 address at all."));

  /* Translators: a list of addresses */
  return g_strdup_printf (_ ("The addresses of this machine are %s."), list);
}

/* --- the way there --- */

static char *
describe_broadcast (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *text = NULL;

  if (!is_inet (question))
    return swb_cause_of_denied_path (root, question);
  if (!swb_machine_is_broadcast (root, &question->address))
    return NULL;

  text = swb_address_print (&question->address);
  return g_strdup_printf (_ ("%s is a broadcast address: it goes to every machine of the "
                             "network, so the kernel "
                             "wants SO_BROADCAST to be set first."),
                          text);
}

static char *
describe_route (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *text = NULL;
  g_autofree char *interface = NULL;
  g_autofree char *interfaces = NULL;

  if (!is_inet (question) || question->address.length == 0)
    return NULL;
  text = swb_address_print (&question->address);
  interface = swb_machine_dup_route (root, &question->address);
  if (interface != NULL)
    return g_strdup_printf (_ ("The route to %s leads through %s; nothing that answers was "
                               "found there."),
                            text, interface);

  interfaces = join_free (swb_machine_list_interfaces (root));
  return g_strdup_printf (
      _ ("No route of this machine leads to %s. Its interfaces are %s."), text, interfaces);
}

/* (nullable): the port is right, and the address is not, or was not yet */
static char *
describe_neighbour (const char *root, int type, guint port)
{
  g_autofree char *where = swb_machine_dup_holder (root, type, port);

  if (where == NULL)
    return NULL;
  return g_strdup_printf (type == SOCK_STREAM
                              /* Translators: an address with its port */
                              ? _ ("That port has a listener at %s.")
                              /* Translators: an address with its port */
                              : _ ("That port has a receiver at %s."),
                          where);
}

/* (nullable) */
static char *
list_ports (const char *root, int type, guint near)
{
  g_autoptr (GArray) ports = swb_machine_list_ports (root, type, near);
  GString *list;

  if (ports == NULL)
    return NULL;

  list = g_string_new (NULL);
  for (guint i = 0; i < ports->len; i++)
    g_string_append_printf (list, "%s%u", i > 0 ? ", " : "",
                            g_array_index (ports, guint, i));
  return g_string_free (list, FALSE);
}

static char *
describe_listeners (const char *root, const SwbCauseQuestion *question)
{
  guint port = swb_address_get_port (&question->address);
  g_autofree char *list = NULL;
  char *neighbour;

  if (question->domain == AF_UNIX)
    return swb_cause_of_refusing_path (root, question);
  if (!is_inet (question) || swb_address_is_exposed (&question->address) || port == 0)
    return NULL;

  neighbour = describe_neighbour (root, question->type, port);
  if (neighbour != NULL)
    return neighbour;
  list = list_ports (root, question->type, port);
  if (list == NULL)
    return NULL;
  if (question->type == SOCK_STREAM && list[0] == '\0')
    return g_strdup (_ ("No program of this machine listens on any TCP port now."));
  if (question->type == SOCK_STREAM)
    /* Translators: a port, and a list of ports */
    return g_strdup_printf (
        _ ("Nothing listens on port %u; the nearest ports with a listener "
           "are %s."),
        port, list);
  if (question->type == SOCK_DGRAM && list[0] != '\0')
    return g_strdup_printf (
        _ ("Nothing is bound to port %u; the nearest ports with a receiver are %s."), port,
        list);

  return NULL;
}

static char *
describe_timeout (const char *root, const SwbCauseQuestion *question)
{
  gint64 retries = swb_machine_read_number (root, "sys/net/ipv4/tcp_syn_retries", -1);

  if (!is_inet (question) || question->type != SOCK_STREAM || retries < 0)
    return NULL;

  return g_strdup_printf (
      ngettext ("The kernel asked %d time, doubling its patience each time: "
                "net.ipv4.tcp_syn_retries, or TCP_SYNCNT of the socket, says how often.",
                "The kernel asked %d times, doubling its patience each time: "
                "net.ipv4.tcp_syn_retries, or TCP_SYNCNT of the socket, says how often.",
                (gulong)retries + 1),
      (int)retries + 1);
}

/* A link-local address is on every interface: only with its scope it is one place. */
static char *
describe_scope (const char *root, const SwbCauseQuestion *question)
{
  const SwbAddress *address = &question->address;
  g_autofree char *text = NULL;
  g_autofree char *interfaces = NULL;

  if (question->domain != AF_INET6 || address->length < sizeof address->in6
      || !(IN6_IS_ADDR_LINKLOCAL (&address->in6.sin6_addr)
           || IN6_IS_ADDR_MC_LINKLOCAL (&address->in6.sin6_addr))
      || address->in6.sin6_scope_id != 0)
    return NULL;

  text = swb_address_print (address);
  interfaces = join_free (swb_machine_list_interfaces (root));
  return g_strdup_printf (
      _ ("%s is link-local: it means another place on each interface, so the interface is "
         "written behind a %% in it. There are %s."),
      text, interfaces);
}

/* --- limits, interfaces, rights --- */

static char *
describe_size (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *given = g_strdup_printf ("%" G_GSIZE_FORMAT, question->n_bytes);

  if (question->n_bytes == 0 || question->type == SOCK_STREAM)
    return NULL;
  if (question->domain == AF_UNIX)
    return g_strdup_printf (
        _ ("%s bytes were given; SO_SNDBUF of the socket, from "
           "net.core.wmem_default (%d bytes), is the limit."),
        given, (int)swb_machine_read_number (root, "sys/net/core/wmem_default", 0));
  if (!is_inet (question) || question->type != SOCK_DGRAM)
    return g_strdup_printf (_ ("%s bytes were given."), given);

  return g_strdup_printf (
      question->domain == AF_INET6
          ? _ ("%s bytes were given; a datagram over IPv6 carries 65,527 at most, and less "
               "where it may not be cut into pieces.")
          : _ ("%s bytes were given; a datagram over IPv4 carries 65,507 at most, and less "
               "where it may not be cut into pieces."),
      given);
}

static char *
describe_descriptors (const char *root, const SwbCauseQuestion *question)
{
  struct rlimit limit;
  g_autofree char *now = NULL;
  g_autofree char *most = NULL;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return NULL;
  now = g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64)limit.rlim_cur);
  if (limit.rlim_cur == limit.rlim_max)
    /* Translators: a number of descriptors */
    return g_strdup_printf (
        _ ("The limit is %s descriptors (ulimit -n); only root can raise it."), now);

  most = limit.rlim_max == RLIM_INFINITY
             ? g_strdup ("∞")
             : g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64)limit.rlim_max);
  /* Translators: two numbers of descriptors */
  return g_strdup_printf (
      _ ("The limit is %s descriptors (ulimit -n), and can be raised to "
         "%s without being root."),
      now, most);
}

static char *
describe_interfaces (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *list = join_free (swb_machine_list_interfaces (root));

  return list[0] != '\0' ? g_strdup_printf (_ ("The interfaces are %s."), list) : NULL;
}

static char *
describe_right (const char *root, const SwbCauseQuestion *question)
{
  gboolean is_raw
      = (question->level == SOL_SOCKET && question->option == SO_BINDTODEVICE)
        || (question->level == IPPROTO_IP && question->option == IP_TRANSPARENT);
  gboolean is_repair = question->level == IPPROTO_TCP && question->option == TCP_REPAIR;

  if (is_raw)
    return g_strdup (_ ("Whoever sets this option needs CAP_NET_RAW or CAP_NET_ADMIN; the "
                        "administrator gives it to a program with setcap."));
  if (is_repair || question->level == SOL_SOCKET || question->level == IPPROTO_IP
      || question->level == IPPROTO_IPV6)
    return g_strdup (_ ("Whoever sets this option to this value needs CAP_NET_ADMIN; the "
                        "administrator gives it to a program with setcap."));

  return NULL;
}

static const struct
{
  SwbCall call; /* NONE: all of them */
  int error;
  Describe describe;
} causes[] = {
  { SWB_CALL_BIND, EACCES, describe_low_port },
  { SWB_CALL_BIND, EADDRNOTAVAIL, describe_addresses },
  { SWB_CALL_BIND, EINVAL, describe_scope },
  { SWB_CALL_BIND, ENOENT, swb_cause_of_missing_path },
  { SWB_CALL_CONNECT, EACCES, describe_broadcast },
  { SWB_CALL_CONNECT, EINVAL, describe_scope },
  { SWB_CALL_CONNECT, ENETUNREACH, describe_route },
  { SWB_CALL_CONNECT, EHOSTUNREACH, describe_route },
  { SWB_CALL_CONNECT, ECONNREFUSED, describe_listeners },
  { SWB_CALL_CONNECT, ENOENT, swb_cause_of_missing_path },
  { SWB_CALL_CONNECT, EPROTOTYPE, swb_cause_of_refusing_path },
  { SWB_CALL_CONNECT, ETIMEDOUT, describe_timeout },
  { SWB_CALL_SEND, EACCES, describe_broadcast },
  { SWB_CALL_SEND, EINVAL, describe_scope },
  { SWB_CALL_SEND, ENETUNREACH, describe_route },
  { SWB_CALL_SEND, EHOSTUNREACH, describe_route },
  { SWB_CALL_SEND, ECONNREFUSED, describe_listeners },
  { SWB_CALL_SEND, ENOENT, swb_cause_of_missing_path },
  { SWB_CALL_SEND, EPROTOTYPE, swb_cause_of_refusing_path },
  { SWB_CALL_SEND, EMSGSIZE, describe_size },
  { SWB_CALL_SETSOCKOPT, EPERM, describe_right },
  { SWB_CALL_NONE, EMFILE, describe_descriptors },
  { SWB_CALL_NONE, ENODEV, describe_interfaces },
  { SWB_CALL_NONE, ENXIO, describe_interfaces },
};

static SwbCall
get_kin (SwbCall call)
{
  return call == SWB_CALL_SENDTO || call == SWB_CALL_SENDMSG || call == SWB_CALL_SENDMMSG
             ? SWB_CALL_SEND
             : call;
}

static Describe
find (const SwbCauseQuestion *question)
{
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].error == question->error
        && (causes[i].call == SWB_CALL_NONE || causes[i].call == get_kin (question->call)))
      return causes[i].describe;

  return NULL;
}

gboolean
swb_cause_is_known (const SwbCauseQuestion *question)
{
  return question->call != SWB_CALL_NONE && find (question) != NULL;
}

char *
swb_cause_describe (const char *root, const SwbCauseQuestion *question)
{
  Describe describe = find (question);

  g_return_val_if_fail (root != NULL, NULL);

  return describe != NULL ? describe (root, question) : NULL;
}
