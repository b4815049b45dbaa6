/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-holder-table.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define UNIX_TABLE "/proc/net/unix"
#define UNIX_FIXED G_STRUCT_OFFSET (struct sockaddr_un, sun_path)

/* __SO_ACCEPTCON, the flag of listening sockets in /proc/net/unix. */
#define UNIX_LISTENS 0x10000

/* The kernel prints each 32-bit word of an address as a number of this machine's byte
 * order. */
static gboolean
parse_words (const char *hex, guint32 *words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *word = g_strndup (hex + 8 * i, 8);
      guint64 value;

      if (strlen (word) != 8
          || !g_ascii_string_to_unsigned (word, 16, 0, G_MAXUINT32, &value, NULL))
        return FALSE;
      words[i] = (guint32)value;
    }

  return TRUE;
}

static gboolean
parse_local (const char *text, int domain, SwbAddress *address)
{
  guint n_words = domain == AF_INET6 ? 4 : 1;
  guint32 words[4];
  guint64 port;

  if (strlen (text) != n_words * 8 + 5 || text[n_words * 8] != ':'
      || !parse_words (text, words, n_words)
      || !g_ascii_string_to_unsigned (text + n_words * 8 + 1, 16, 0, G_MAXUINT16, &port,
                                      NULL))
    return FALSE;

  memset (address, 0, sizeof *address);
  address->family = (sa_family_t)domain;
  if (domain == AF_INET6)
    {
      address->length = sizeof address->in6;
      memcpy (&address->in6.sin6_addr, words, sizeof address->in6.sin6_addr);
      address->in6.sin6_port = htons ((guint16)port);
    }
  else
    {
      address->length = sizeof address->in;
      address->in.sin_addr.s_addr = words[0];
      address->in.sin_port = htons ((guint16)port);
    }

  return TRUE;
}

gboolean
swb_holder_parse_inet_row (const char *line, int domain, SwbHolderRow *row)
{
  char local[64];
  SwbHolderRow parsed;
  guint timer, ticks;
  long per_s = sysconf (_SC_CLK_TCK);

  if (sscanf (line, " %*u: %63s %*s %x %*s %x:%x %*s %*u %*u %" G_GUINT64_FORMAT, local,
              &parsed.state, &timer, &ticks, &parsed.inode)
          != 5
      || !parse_local (local, domain, &parsed.address))
    return FALSE;

  parsed.left_s = timer != 0 && per_s > 0 ? (guint)((ticks + per_s - 1) / per_s) : 0;
  *row = parsed;
  return TRUE;
}

/* The 16 bytes of an address, IPv4 as ::ffff:1.2.3.4; all zero for "any" of either family.
 */
static void
get_mapped (const SwbAddress *address, struct in6_addr *out)
{
  memset (out, 0, sizeof *out);

  if (address->family == AF_INET6)
    *out = address->in6.sin6_addr;
  else if (address->in.sin_addr.s_addr != htonl (INADDR_ANY))
    {
      out->s6_addr[10] = out->s6_addr[11] = 0xff;
      memcpy (out->s6_addr + 12, &address->in.sin_addr, 4);
    }
}

static gboolean
is_any (const struct in6_addr *in6)
{
  return IN6_IS_ADDR_UNSPECIFIED (in6);
}

static gboolean
is_mapped (const SwbAddress *address, const struct in6_addr *in6)
{
  return address->family == AF_INET || IN6_IS_ADDR_V4MAPPED (in6);
}

/* "Any" of IPv6 holds IPv4's addresses too, unless IPV6_V6ONLY is set, which /proc does not
 * show; "any" of IPv4 holds IPv4's only. */
static gboolean
collides (const SwbAddress *a, const SwbAddress *b)
{
  struct in6_addr in_a, in_b;

  if (swb_address_get_port (a) != swb_address_get_port (b))
    return FALSE;

  get_mapped (a, &in_a);
  get_mapped (b, &in_b);

  if (is_any (&in_a))
    return a->family == AF_INET6 || is_mapped (b, &in_b) || is_any (&in_b);
  if (is_any (&in_b))
    return b->family == AF_INET6 || is_mapped (a, &in_a);

  return IN6_ARE_ADDR_EQUAL (&in_a, &in_b);
}

static guint
rank (const SwbHolderRow *row, const SwbAddress *wanted)
{
  guint exact = swb_address_equal (&row->address, wanted) ? 1 : 0;

  if (row->inode == 0)
    return 1 + exact;

  return (row->state == SWB_HOLDER_LISTEN ? 5 : 3) + exact;
}

static void
search_inet_file (const char *file, int domain, const SwbAddress *address, guint *best,
                  SwbHolderRow *row)
{
  g_autofree char *path = g_build_filename ("/proc/net", file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      SwbHolderRow found;

      if (swb_holder_parse_inet_row (lines[i], domain, &found)
          && collides (&found.address, address) && rank (&found, address) > *best)
        {
          *best = rank (&found, address);
          *row = found;
        }
    }
}

static const char *
get_file (int type, int protocol)
{
  switch (type)
    {
    case SOCK_STREAM:
      return protocol == IPPROTO_SCTP ? NULL : "tcp";
    case SOCK_DGRAM:
      return protocol == IPPROTO_UDPLITE                              ? "udplite"
             : protocol == IPPROTO_ICMP || protocol == IPPROTO_ICMPV6 ? "icmp"
                                                                      : "udp";
    default:
      return NULL;
    }
}

static gboolean
find_inet_row (const char *file, const SwbAddress *address, SwbHolderRow *row)
{
  g_autofree char *file6 = NULL;
  guint best = 0;

  if (file == NULL || swb_address_get_port (address) == 0)
    return FALSE;

  file6 = g_strconcat (file, "6", NULL);
  search_inet_file (file, AF_INET, address, &best, row);
  search_inet_file (file6, AF_INET6, address, &best, row);
  return best > 0;
}

/* A row: Num: RefCount Protocol Flags Type St Inode Path; the path may have spaces, and an
 * unnamed socket has none. Sets @path to NULL then. */
static gboolean
parse_unix_row (const char *line, guint *flags, guint64 *inode, const char **path)
{
  int length = 0;

  if (sscanf (line, "%*x: %*x %*x %x %*x %*x %" G_GUINT64_FORMAT "%n", flags, inode,
              &length)
          != 2
      || length == 0)
    return FALSE;

  *path = line[length] == ' ' ? line + length + 1 : NULL;
  return TRUE;
}

static GStrv
read_unix_lines (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (UNIX_TABLE, &text, NULL, NULL))
    return NULL;

  return g_strsplit (text, "\n", -1);
}

/* The table shows the NUL bytes of an abstract name as @, the first one included. */
static char *
dup_shown_name (const SwbAddress *address)
{
  gsize length = address->length - UNIX_FIXED;
  char *name;

  if (address->un.sun_path[0] != '\0')
    return g_strndup (address->un.sun_path, length);

  name = g_malloc (length + 1);
  for (gsize i = 0; i < length; i++)
    name[i] = address->un.sun_path[i] != '\0' ? address->un.sun_path[i] : '@';
  name[length] = '\0';
  return name;
}

static gboolean
find_unix_row (const SwbAddress *address, SwbHolderRow *row)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean found = FALSE;

  if (address->length <= UNIX_FIXED || address->length > sizeof (struct sockaddr_un))
    return FALSE;

  name = dup_shown_name (address);
  lines = read_unix_lines ();
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      guint flags;
      guint64 inode;
      const char *path;

      if (!parse_unix_row (lines[i], &flags, &inode, &path) || g_strcmp0 (path, name) != 0
          || (found && !(flags & UNIX_LISTENS)))
        continue;

      *row = (SwbHolderRow){ .inode = inode };
      found = TRUE;
    }

  return found;
}

gboolean
swb_holder_find_row (int type, int protocol, const SwbAddress *address, SwbHolderRow *row)
{
  if (address->length < sizeof (sa_family_t))
    return FALSE;

  if (address->family == AF_UNIX)
    return find_unix_row (address, row);

  return find_inet_row (get_file (type, protocol), address, row);
}

/* The table has the path as its owner gave it, so one file may have several: what counts is
 * the file itself. A relative path starts from a folder nobody knows here; its last part
 * decides, and in doubt the file is bound. */
static gboolean
is_same_file (const char *path, const struct stat *status, const char *basename)
{
  g_autofree char *name = NULL;
  struct stat other;

  if (path[0] == '/')
    return stat (path, &other) == 0 && other.st_dev == status->st_dev
           && other.st_ino == status->st_ino;

  name = g_path_get_basename (path);
  return g_str_equal (name, basename);
}

gboolean
swb_holder_file_is_unbound (const struct stat *status, const char *path)
{
  g_autofree char *basename = g_path_get_basename (path);
  g_auto (GStrv) lines = read_unix_lines ();

  if (lines == NULL)
    return FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint flags;
      guint64 inode;
      const char *name;

      if (parse_unix_row (lines[i], &flags, &inode, &name) && name != NULL && name[0] != '@'
          && is_same_file (name, status, basename))
        return FALSE;
    }

  return TRUE;
}
