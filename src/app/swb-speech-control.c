/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-speech-control.h"

#include "bench/swb-constants.h"
#include "net/swb-errno.h"

#include <arpa/inet.h>
#include <glib/gi18n.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

/* Longer ones are the engine's, or a person's who wants plenty. */
#define SHORT_ROOM 4096

/* The engine's own, which say nothing of what a person wants. */
#define QUIET (MSG_NOSIGNAL | MSG_CMSG_CLOEXEC | MSG_TRUNC)

/* linux/errqueue.h clashes with other headers. */
typedef struct
{
  guint32 error;
  guint8 origin;
  guint8 type;
  guint8 code;
  guint8 pad;
  guint32 info;
  guint32 data;
} ExtendedError;

/* Both spellings of a time, 29 and 35 on most machines: socket(7). */
#define TIMESTAMP_OLD 29
#define TIMESTAMPNS_OLD 35

static void
add (GString *text, const char *part)
{
  if (part == NULL || part[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
add_taken (GString *text, char *part)
{
  add (text, part);
  g_free (part);
}

char *
swb_speech_describe_call (const SwbRecord *record)
{
  gboolean receives = swb_call_get_info (record->call)->data == SWB_DATA_IN;
  gint64 room = record->ints[0];
  int flags = (int)record->ints[1] & ~QUIET;
  GString *text = g_string_new (NULL);

  if (flags != 0)
    add_taken (text, swb_constants_print_flags (flags));
  if (receives && room > 0 && room <= SHORT_ROOM && record->result >= room)
    {
      g_autofree char *number = g_strdup_printf ("%d", (int)room);

      /* Translators: %s is how many bytes a call that receives was allowed to take */
      add_taken (text, g_strdup_printf (_ ("length %s"), number));
    }
  return g_string_free (text, FALSE);
}

/* --- control messages --- */

static gboolean
take (const struct cmsghdr *header, void *out, gsize size)
{
  if (header->cmsg_len < CMSG_LEN (size))
    return FALSE;
  memcpy (out, CMSG_DATA (header), size);
  return TRUE;
}

/* A byte or an int, as the kernel has it for each. */
static gboolean
take_number (const struct cmsghdr *header, int *number)
{
  guint8 byte;

  if (take (header, number, sizeof *number))
    return TRUE;
  if (!take (header, &byte, sizeof byte))
    return FALSE;
  *number = byte;
  return TRUE;
}

static char *
print_moment (gint64 kernel_ns, gint64 wall_ns)
{
  double us = (double)(wall_ns - kernel_ns) / 1000.0;
  g_autofree char *number = g_strdup_printf ("%.0f", us < 0 ? -us : us);

  return us < 0
             /* Translators: %s is a number of microseconds */
             ? g_strdup_printf (_ ("kernel had it %s µs after us"), number)
             : g_strdup_printf (_ ("kernel had it %s µs before us"), number);
}

static char *
print_time (const struct cmsghdr *header, gint64 wall_ns)
{
  gint64 parts[2];
  gint64 unit = header->cmsg_type == TIMESTAMP_OLD ? 1000 : 1;

  if (!take (header, parts, sizeof parts))
    return NULL;
  return print_moment (parts[0] * G_GINT64_CONSTANT (1000000000) + parts[1] * unit,
                       wall_ns);
}

static char *
print_destination (const char *host, guint interface)
{
  char name[IF_NAMESIZE];

  if (if_indextoname (interface, name) == NULL)
    g_snprintf (name, sizeof name, "%%%u", interface);
  /* Translators: where a datagram was sent to, and the interface that it came in on */
  return g_strdup_printf (_ ("to %s on %s"), host, name);
}

static char *
print_pktinfo (const struct cmsghdr *header)
{
  struct in_pktinfo info;
  char host[INET_ADDRSTRLEN];

  if (!take (header, &info, sizeof info)
      || inet_ntop (AF_INET, &info.ipi_addr, host, sizeof host) == NULL)
    return NULL;
  return print_destination (host, (guint)info.ipi_ifindex);
}

static char *
print_pktinfo6 (const struct cmsghdr *header)
{
  struct in6_pktinfo info;
  char host[INET6_ADDRSTRLEN];

  if (!take (header, &info, sizeof info)
      || inet_ntop (AF_INET6, &info.ipi6_addr, host, sizeof host) == NULL)
    return NULL;
  return print_destination (host, info.ipi6_ifindex);
}

static char *
print_credentials (const struct cmsghdr *header)
{
  struct ucred peer;

  if (!take (header, &peer, sizeof peer))
    return NULL;
  return g_strdup_printf ("pid %d, uid %u, gid %u", (int)peer.pid, peer.uid, peer.gid);
}

static char *
print_rights (const struct cmsghdr *header)
{
  gsize n = (header->cmsg_len - CMSG_LEN (0)) / sizeof (int);
  g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, n);

  /* Translators: %s is how many descriptors came with a message */
  return g_strdup_printf (ngettext ("%s descriptor", "%s descriptors", (gulong)n), number);
}

static char *
print_error (const struct cmsghdr *header)
{
  static const char *const origins[] = { "?", "this machine", "ICMP", "ICMPv6" };
  ExtendedError error;
  const char *origin;

  if (!take (header, &error, sizeof error))
    return NULL;
  origin = origins[error.origin < G_N_ELEMENTS (origins) ? error.origin : 0];
  /* Translators: an errno, and who told of it: ICMP, or this machine */
  return g_strdup_printf (_ ("%s from %s (type %u, code %u)"),
                          swb_errno_name ((int)error.error), origin, error.type,
                          error.code);
}

static char *
print_named (const char *name, const struct cmsghdr *header)
{
  int number;

  return take_number (header, &number) ? g_strdup_printf ("%s %d", name, number) : NULL;
}

static char *
print_socket_level (const struct cmsghdr *header, gint64 wall_ns)
{
  switch (header->cmsg_type)
    {
    case TIMESTAMP_OLD:
    case TIMESTAMPNS_OLD:
      return print_time (header, wall_ns);
    case SCM_RIGHTS:
      return print_rights (header);
    case SCM_CREDENTIALS:
      return print_credentials (header);
    default:
      return NULL;
    }
}

static char *
print_ip (const struct cmsghdr *header)
{
  int tos;

  switch (header->cmsg_type)
    {
    case IP_TTL:
      return print_named ("TTL", header);
    case IP_TOS:
      return take_number (header, &tos) ? g_strdup_printf ("TOS 0x%02x", (guint)tos) : NULL;
    case IP_PKTINFO:
      return print_pktinfo (header);
    case IP_RECVERR:
      return print_error (header);
    default:
      return NULL;
    }
}

static char *
print_ipv6 (const struct cmsghdr *header)
{
  switch (header->cmsg_type)
    {
    case IPV6_HOPLIMIT:
      return print_named (_ ("hop limit"), header);
    case IPV6_TCLASS:
      return print_named (_ ("traffic class"), header);
    case IPV6_PKTINFO:
      return print_pktinfo6 (header);
    case IPV6_RECVERR:
      return print_error (header);
    default:
      return NULL;
    }
}

static char *
print_message (const struct cmsghdr *header, gint64 wall_ns)
{
  switch (header->cmsg_level)
    {
    case SOL_SOCKET:
      return print_socket_level (header, wall_ns);
    case IPPROTO_IP:
      return print_ip (header);
    case IPPROTO_IPV6:
      return print_ipv6 (header);
    default:
      return NULL;
    }
}

char *
swb_speech_describe_control (const guint8 *control, gsize length, gint64 wall_ns)
{
  /* The headers want an alignment that a journal does not have. */
  g_autofree guint8 *copy = length > 0 ? g_memdup2 (control, length) : NULL;
  struct msghdr message = { .msg_control = copy, .msg_controllen = length };
  GString *text = g_string_new (NULL);

  for (struct cmsghdr *at = CMSG_FIRSTHDR (&message); at != NULL;
       at = CMSG_NXTHDR (&message, at))
    add_taken (text, print_message (at, wall_ns));
  return g_string_free (text, FALSE);
}
