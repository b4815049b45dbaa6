/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-message-facts.h"

#include <arpa/inet.h>
#include <linux/errqueue.h>
#include <string.h>
#include <sys/socket.h>

#include <glib/gi18n.h>

#include "net/swb-errno.h"
#include "net/swb-interface.h"

/* One control message, checked: its data may be at any address. */
typedef struct
{
  int level;
  int type;
  const guint8 *data;
  gsize length;
  const SwbRecord *record;
  SwbJournal *journal;
} Piece;

/* (transfer full) (nullable): a fact, or none where the data is too short. */
typedef char *(*FactFunc) (const Piece *piece);

static gboolean
take (const Piece *piece, void *value, gsize size)
{
  if (piece->length < size)
    return FALSE;
  memcpy (value, piece->data, size);
  return TRUE;
}

/* --- time --- */

static char *
tell_time (const Piece *piece, gint64 kernel_ns)
{
  const SwbRecord *record = piece->record;
  gint64 ours_ns, early_ns;
  g_autofree char *text = NULL;

  if (piece->journal == NULL)
    return NULL;

  ours_ns = swb_journal_to_wall_ns (piece->journal, record->time_ns + record->took_ns);
  early_ns = (gint64)((guint64)ours_ns - (guint64)kernel_ns); /* which may be any number */
  text = g_strdup_printf ("%.0f", ABS ((double)early_ns) / 1000);
  /* Translators: %s is a number of microseconds */
  return g_strdup_printf (early_ns >= 0 ? _ ("the kernel had it %s µs before it was read")
                                        : _ ("the kernel's time is %s µs after ours"),
                          text);
}

static char *
tell_timespec (const Piece *piece)
{
  gint64 parts[2]; /* also of machines with 32-bit times: the new form of SO_TIMESTAMPNS */

  return take (piece, parts, sizeof parts)
             ? tell_time (piece, parts[0] * G_GINT64_CONSTANT (1000000000) + parts[1])
             : NULL;
}

static char *
tell_timeval (const Piece *piece)
{
  gint64 parts[2];

  return take (piece, parts, sizeof parts) ? tell_time (
             piece, parts[0] * G_GINT64_CONSTANT (1000000000) + parts[1] * 1000)
                                           : NULL;
}

/* --- the header of the packet --- */

static char *
tell_ttl (const Piece *piece)
{
  int value;

  return take (piece, &value, sizeof value) ? g_strdup_printf ("TTL %d", value) : NULL;
}

static char *
tell_hop_limit (const Piece *piece)
{
  int value;

  return take (piece, &value, sizeof value)
             /* Translators: of an IPv6 packet */
             ? g_strdup_printf (_ ("hop limit %d"), value)
             : NULL;
}

static char *
tell_tos (const Piece *piece)
{
  return piece->length > 0 ? g_strdup_printf ("TOS 0x%02x", piece->data[0]) : NULL;
}

static char *
tell_class (const Piece *piece)
{
  int value;

  return take (piece, &value, sizeof value)
             /* Translators: of an IPv6 packet */
             ? g_strdup_printf (_ ("traffic class 0x%02x"), value)
             : NULL;
}

static char *
dup_interface (guint32 index)
{
  char *name = swb_interface_dup_name ("", index);

  return name != NULL ? name : g_strdup_printf ("%u", index);
}

static char *
tell_place (int family, const void *address, guint32 index)
{
  g_autofree char *interface = dup_interface (index);
  char host[INET6_ADDRSTRLEN];

  inet_ntop (family, address, host, sizeof host);
  /* Translators: the address that a datagram was sent to, and the interface by which it
   * came */
  return g_strdup_printf (_ ("to %s on %s"), host, interface);
}

static char *
tell_pktinfo (const Piece *piece)
{
  struct in_pktinfo info;

  return take (piece, &info, sizeof info)
             ? tell_place (AF_INET, &info.ipi_addr, (guint32)info.ipi_ifindex)
             : NULL;
}

static char *
tell_pktinfo6 (const Piece *piece)
{
  struct in6_pktinfo info;

  return take (piece, &info, sizeof info)
             ? tell_place (AF_INET6, &info.ipi6_addr, info.ipi6_ifindex)
             : NULL;
}

/* --- errors: ip(7), ipv6(7) --- */

static const char *
get_icmp_name (guint8 type, guint8 code)
{
  static const char *const unreachable[] = { N_ ("network unreachable"),
                                             N_ ("host unreachable"),
                                             N_ ("protocol unreachable"),
                                             N_ ("port unreachable"),
                                             N_ ("too big, and must not be cut in pieces"),
                                             N_ ("source route failed") };

  if (type == 3 && code < G_N_ELEMENTS (unreachable))
    return _ (unreachable[code]);
  if (type == 3)
    return _ ("unreachable");
  if (type == 11)
    return _ ("time to live exceeded");
  if (type == 12)
    return _ ("wrong header");
  return NULL;
}

static const char *
get_icmp6_name (guint8 type, guint8 code)
{
  static const char *const unreachable[]
      = { N_ ("no route"), N_ ("forbidden"), N_ ("beyond scope"),
          N_ ("address unreachable"), N_ ("port unreachable") };

  if (type == 1 && code < G_N_ELEMENTS (unreachable))
    return _ (unreachable[code]);
  if (type == 2)
    return _ ("packet too big");
  if (type == 3)
    return _ ("hop limit exceeded");
  if (type == 4)
    return _ ("wrong header");
  return NULL;
}

/* "127.0.0.1": who complained, which stands behind the error. */
static char *
dup_offender (const Piece *piece)
{
  const guint8 *at = piece->data + sizeof (struct sock_extended_err);
  gsize left = piece->length - sizeof (struct sock_extended_err);
  char host[INET6_ADDRSTRLEN] = "";
  struct sockaddr_in6 in6;
  struct sockaddr_in in;

  if (left >= sizeof in)
    memcpy (&in, at, sizeof in);
  if (left >= sizeof in && in.sin_family == AF_INET)
    inet_ntop (AF_INET, &in.sin_addr, host, sizeof host);
  else if (left >= sizeof in6)
    {
      memcpy (&in6, at, sizeof in6);
      if (in6.sin6_family == AF_INET6)
        inet_ntop (AF_INET6, &in6.sin6_addr, host, sizeof host);
    }
  return host[0] != '\0' ? g_strdup (host) : NULL;
}

static char *
dup_icmp (const Piece *piece, const struct sock_extended_err *error)
{
  gboolean v6 = error->ee_origin == SO_EE_ORIGIN_ICMP6;
  const char *name = v6 ? get_icmp6_name (error->ee_type, error->ee_code)
                        : get_icmp_name (error->ee_type, error->ee_code);
  g_autofree char *offender = dup_offender (piece);

  /* Translators: an ICMP message: its version, what it means, its numbers, who sent it, the
   * errno it became */
  return g_strdup_printf (_ ("%s: %s (type %u, code %u) from %s: %s"),
                          v6 ? "ICMPv6" : "ICMP", name != NULL ? name : "?", error->ee_type,
                          error->ee_code, offender != NULL ? offender : "?",
                          swb_errno_name ((int)error->ee_errno));
}

static char *
tell_error (const Piece *piece)
{
  struct sock_extended_err error;

  if (!take (piece, &error, sizeof error))
    return NULL;

  switch (error.ee_origin)
    {
    case SO_EE_ORIGIN_ICMP:
    case SO_EE_ORIGIN_ICMP6:
      return dup_icmp (piece, &error);
    case SO_EE_ORIGIN_LOCAL:
      /* Translators: an errno */
      return g_strdup_printf (_ ("this machine itself says %s"),
                              swb_errno_name ((int)error.ee_errno));
    case SO_EE_ORIGIN_TIMESTAMPING:
      return g_strdup (_ ("when it was sent"));
    case SO_EE_ORIGIN_ZEROCOPY:
      return g_strdup (_ ("the kernel needs the bytes no more"));
    default:
      /* Translators: an errno, and the number of who reported it */
      return g_strdup_printf (_ ("%s, of origin %u"), swb_errno_name ((int)error.ee_errno),
                              error.ee_origin);
    }
}

/* --- unix sockets --- */

static char *
tell_rights (const Piece *piece)
{
  guint n = (guint)(piece->length / sizeof (int));
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      int fd;

      memcpy (&fd, piece->data + i * sizeof fd, sizeof fd);
      g_string_append_printf (list, "%s%d", i > 0 ? ", " : "", fd);
    }
  return n > 0 ? g_strdup_printf (
             ngettext ("with the descriptor %s", "with the descriptors %s", n), list->str)
               : NULL;
}

static char *
tell_credentials (const Piece *piece)
{
  gint32 ids[3];

  return take (piece, ids, sizeof ids) ? g_strdup_printf (
             _ ("from process %d, user %u, group %u"), ids[0], (guint)ids[1], (guint)ids[2])
                                       : NULL;
}

static char *
tell_overflow (const Piece *piece)
{
  guint32 n;

  if (!take (piece, &n, sizeof n) || n == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("%u datagram lost so far", "%u datagrams lost so far", n), n);
}

/* Numbers, as in the notation: the macros of times differ between machines. */
static const struct
{
  int level, type;
  FactFunc tell;
} kinds[] = {
  { SOL_SOCKET, 1, tell_rights },      { SOL_SOCKET, 2, tell_credentials },
  { SOL_SOCKET, 29, tell_timeval },    { SOL_SOCKET, 63, tell_timeval },
  { SOL_SOCKET, 35, tell_timespec },   { SOL_SOCKET, 64, tell_timespec },
  { SOL_SOCKET, 40, tell_overflow },   { IPPROTO_IP, 1, tell_tos },
  { IPPROTO_IP, 2, tell_ttl },         { IPPROTO_IP, 8, tell_pktinfo },
  { IPPROTO_IP, 11, tell_error },      { IPPROTO_IPV6, 25, tell_error },
  { IPPROTO_IPV6, 50, tell_pktinfo6 }, { IPPROTO_IPV6, 52, tell_hop_limit },
  { IPPROTO_IPV6, 67, tell_class },
};

static void
append_fact (GString *facts, const Piece *piece)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *fact = NULL;

      if (kinds[i].level != piece->level || kinds[i].type != piece->type)
        continue;
      fact = kinds[i].tell (piece);
      if (fact != NULL)
        g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", fact);
      return;
    }
}

char *
swb_message_facts_dup (const SwbRecord *record, SwbJournal *journal)
{
  g_autoptr (GString) facts = g_string_new (NULL);
  struct cmsghdr header;

  for (gsize at = 0; at + sizeof header <= record->n_control;
       at += CMSG_ALIGN (header.cmsg_len))
    {
      memcpy (&header, record->control + at, sizeof header);
      if (header.cmsg_len < CMSG_LEN (0) || header.cmsg_len > record->n_control - at)
        break;
      append_fact (facts, &(Piece){ .level = header.cmsg_level,
                                    .type = header.cmsg_type,
                                    .data = record->control + at + CMSG_LEN (0),
                                    .length = header.cmsg_len - CMSG_LEN (0),
                                    .record = record,
                                    .journal = journal });
    }
  return facts->len > 0 ? g_strdup (facts->str) : NULL;
}
