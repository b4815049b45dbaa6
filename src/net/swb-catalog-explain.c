/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-catalog.h"
#include "net/swb-errno.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* What the sentences are made of. */
typedef struct
{
  char *domain;
  char *type;
  char *protocol; /* a name: "TCP" */
} Words;

static char *
explain_protocol (const Words *w, gboolean legal)
{
  if (legal)
    return g_strdup_printf (
        _ ("This kernel was built without %s (EPROTONOSUPPORT), or its module "
           "is not loaded: %s sockets of type %s can carry it elsewhere."),
        w->protocol, w->domain, w->type);

  return g_strdup_printf (
      _ ("%s does not carry %s on sockets of type %s (EPROTONOSUPPORT): choose "
         "protocol 0, or the type the protocol belongs to."),
      w->domain, w->protocol, w->type);
}

static char *
explain_type (const Words *w, gboolean legal)
{
  if (legal)
    return g_strdup_printf (
        _ ("This kernel has no %s sockets for %s (ESOCKTNOSUPPORT): %s would "
           "provide them, and the kernel was built without it."),
        w->type, w->domain, w->protocol);

  return g_strdup_printf (
      _ ("%s has no sockets of type %s (ESOCKTNOSUPPORT): choose another type."), w->domain,
      w->type);
}

static gboolean
is_ping (int type, int protocol)
{
  return type == SOCK_DGRAM && (protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6);
}

static char *
explain_privilege (const Words *w, int type, int protocol, int error)
{
  const char *name = swb_errno_name (error);

  if (is_ping (type, protocol))
    return g_strdup_printf (
        _ ("This user may not make ping sockets (%s): the administrator allows "
           "them to groups through net.ipv4.ping_group_range."),
        name);

  return g_strdup_printf (
      _ ("This user may not make %s sockets of type %s (%s): that is for "
         "privileged programs, with CAP_NET_RAW."),
      w->domain, w->type, name);
}

static char *
explain_words (const Words *w, int type, int protocol, gboolean legal, int error)
{
  switch (error)
    {
    case EPROTONOSUPPORT:
      return explain_protocol (w, legal);
    case ESOCKTNOSUPPORT:
      return explain_type (w, legal);
    case EAFNOSUPPORT:
      return g_strdup_printf (
          _ ("This kernel does not have %s (EAFNOSUPPORT): it was built without "
             "it, or it is switched off."),
          w->domain);
    case ENOPROTOOPT:
      return g_strdup_printf (
          _ ("This kernel has %s, but it is switched off (ENOPROTOOPT): the "
             "administrator switches MPTCP on with net.mptcp.enabled=1."),
          w->protocol);
    case EACCES:
    case EPERM:
      return explain_privilege (w, type, protocol, error);
    default:
      return g_strdup_printf ("%s (%s)", swb_errno_explain (SWB_CALL_SOCKET, error),
                              swb_errno_name (error));
    }
}

/* "0 · SCTP" is a label; a sentence wants the name alone. */
static char *
dup_protocol_word (int domain, int type, int protocol)
{
  g_autofree char *label = swb_catalog_label_protocol (domain, type, protocol);

  if (g_str_has_prefix (label, "0 · "))
    return g_strdup (label + sizeof "0 · " - 1);

  return protocol == 0 ? g_strdup (_ ("protocol 0")) : g_steal_pointer (&label);
}

char *
swb_catalog_explain (int domain, int type, int protocol, int error)
{
  Words words;
  char *sentence;

  if (error == 0)
    return g_strdup (_ ("available"));

  words.domain = swb_catalog_print_domain (domain);
  words.type = swb_catalog_print_type (type);
  words.protocol = dup_protocol_word (domain, type, protocol);

  sentence = explain_words (&words, type, protocol,
                            swb_catalog_is_legal (domain, type, protocol), error);

  g_free (words.domain);
  g_free (words.type);
  g_free (words.protocol);
  return sentence;
}
