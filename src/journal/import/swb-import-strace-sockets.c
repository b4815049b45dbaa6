/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-strace.h"

#include "journal/notation/swb-notation-private.h"

#include <string.h>

#include <glib/gi18n.h>

#define TYPE_MASK 0xf

/* What -y says of a descriptor whose making is not in the log. */
static SwbTraced *
make_of_kind (SwbImportStrace *self, SwbTracedProcess *process, int fd)
{
  static const struct
  {
    const char *prefix;
    int domain;
    int type;
  } kinds[] = {
    { "TCPv6:", AF_INET6, SOCK_STREAM },
    { "UDPv6:", AF_INET6, SOCK_DGRAM },
    { "TCP:", AF_INET, SOCK_STREAM },
    { "UDP:", AF_INET, SOCK_DGRAM },
    { "UNIX-STREAM:", AF_UNIX, SOCK_STREAM },
    { "UNIX-DGRAM:", AF_UNIX, SOCK_DGRAM },
    { "UNIX-SEQPACKET:", AF_UNIX, SOCK_SEQPACKET },
    { "UNIX:", AF_UNIX, SOCK_STREAM },
    { "NETLINK:", AF_NETLINK, SOCK_RAW },
    { "socket:", AF_INET, SOCK_STREAM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (self->call.kind != NULL && g_str_has_prefix (self->call.kind, kinds[i].prefix))
      return swb_import_sockets_make (self->sockets, process, fd, kinds[i].domain,
                                      kinds[i].type, 0);
  return NULL;
}

static gboolean
put (SwbImportStrace *self, SwbTracedProcess *process, int fd, SwbTraced *traced,
     gboolean closes_on_exec, GError **error)
{
  if (swb_import_sockets_put (self->sockets, process, fd, traced, closes_on_exec))
    return TRUE;

  if (traced->refs == 0)
    g_free (traced);
  return swb_import_fail_at_column (self->import, 1, error,
                                    _ ("there are more sockets than can be followed"));
}

/* A socket of before the log began. */
static gboolean
adopt (SwbImportStrace *self, SwbTracedProcess *process, int fd, gboolean may_be_file,
       SwbTraced **traced, GError **error)
{
  gboolean is_none = g_str_equal (self->call.error, "EBADF")
                     || g_str_equal (self->call.error, "ENOTSOCK");

  if (fd < 0 || is_none)
    return TRUE;

  SwbTraced *made = make_of_kind (self, process, fd);
  if (made == NULL && !may_be_file)
    {
      const char *family = strstr (self->call.text->str, "{sa_family=");
      SwbScanner scanner = { family != NULL ? family + strlen ("{sa_family=") : "" };
      gint64 domain = AF_INET;

      swb_scan_constant (&scanner, &domain);
      made = swb_import_sockets_make (self->sockets, process, fd,
                                      domain == AF_UNSPEC ? AF_INET : (int)domain,
                                      SOCK_STREAM, 0);
    }
  if (made == NULL)
    return TRUE;

  *traced = made;
  return put (self, process, fd, made, FALSE, error)
         && swb_import_sockets_set_title (self->sockets, made, process,
                                          _ ("a socket of before the log began"), error);
}

gboolean
swb_import_strace_find_socket (SwbImportStrace *self, SwbTracedProcess *process,
                               gboolean may_be_file, SwbTraced **traced, GError **error)
{
  int fd = swb_strace_call_get_fd (&self->call);

  *traced = fd >= 0 ? swb_import_sockets_find (self->sockets, process, fd) : NULL;
  return *traced != NULL || adopt (self, process, fd, may_be_file, traced, error);
}

static gboolean
set_title_of_address (SwbImportStrace *self, SwbTraced *traced, SwbTracedProcess *process,
                      const char *sign, const SwbAddress *address, GError **error)
{
  SwbAddress shown = *address;

  /* Many programs give the whole sockaddr_un, whatever the path's length. */
  if (shown.family == AF_UNIX && shown.length == sizeof shown.un
      && shown.un.sun_path[0] != '\0')
    shown.length = (socklen_t)(G_STRUCT_OFFSET (struct sockaddr_un, sun_path)
                               + strnlen (shown.un.sun_path, sizeof shown.un.sun_path) + 1);

  g_autofree char *text = swb_address_print (&shown);
  g_autofree char *rest = g_strdup_printf ("%s %s", sign, text);

  if (*text == '\0')
    return TRUE;
  return swb_import_sockets_set_title (self->sockets, traced, process, rest, error);
}

gboolean
swb_import_strace_set_title (SwbImportStrace *self, SwbTraced *traced,
                             SwbTracedProcess *process, const SwbRecord *record,
                             GError **error)
{
  g_autofree char *rest = NULL;

  switch (record->call)
    {
    case SWB_CALL_CONNECT:
    case SWB_CALL_SENDTO:
      return set_title_of_address (self, traced, process, "→", &record->address, error);
    case SWB_CALL_BIND:
      return set_title_of_address (self, traced, process, "at", &record->address, error);
    case SWB_CALL_SENDMSG:
    case SWB_CALL_SENDMMSG:
      if (record->address.length > 0)
        return set_title_of_address (self, traced, process, "→", &record->address, error);
      break;
    case SWB_CALL_SETSOCKOPT:
    case SWB_CALL_GETSOCKOPT:
    case SWB_CALL_GETSOCKNAME:
      return TRUE;
    default:
      break;
    }

  /* Translators: a descriptor's number, behind a program's name */
  rest = g_strdup_printf (_ ("descriptor %d"), record->fd);
  return swb_import_sockets_set_title (self->sockets, traced, process, rest, error);
}

static gboolean
make_socket (SwbImportStrace *self, SwbTracedProcess *process, const SwbRecord *record,
             int fd, SwbTraced **traced, GError **error)
{
  gint64 type = record->ints[1];

  *traced = swb_import_sockets_make (self->sockets, process, fd, (int)record->ints[0],
                                     (int)(type & TYPE_MASK), (int)record->ints[2]);
  return put (self, process, fd, *traced, (type & SOCK_CLOEXEC) != 0, error);
}

static gboolean
make_pair (SwbImportStrace *self, SwbTracedProcess *process, const SwbRecord *record,
           SwbTraced **traced, GError **error)
{
  SwbTraced *other;
  gint32 pair[2];

  if (record->n_data != sizeof pair)
    return TRUE;
  memcpy (pair, record->data, sizeof pair);
  g_autofree char *rest = g_strdup_printf ("%d ↔ %d", pair[0], pair[1]);

  if (!make_socket (self, process, record, pair[0], traced, error)
      || !make_socket (self, process, record, pair[1], &other, error))
    return FALSE;
  swb_import_sockets_set_pair (self->sockets, *traced, other);
  return swb_import_sockets_set_title (self->sockets, *traced, process, rest, error)
         && swb_import_sockets_set_title (self->sockets, other, process, rest, error);
}

gboolean
swb_import_strace_follow (SwbImportStrace *self, SwbTracedProcess *process,
                          const SwbRecord *record, SwbTraced **traced, GError **error)
{
  switch (record->call)
    {
    case SWB_CALL_SOCKET:
      return make_socket (self, process, record, record->result, traced, error);
    case SWB_CALL_SOCKETPAIR:
      return make_pair (self, process, record, traced, error);
    case SWB_CALL_ACCEPT:
      if (*traced == NULL)
        return TRUE;
      return put (self, process, record->result,
                  swb_import_sockets_make_accepted (self->sockets, *traced),
                  (record->ints[0] & SOCK_CLOEXEC) != 0, error);
    default:
      return TRUE;
    }
}

gboolean
swb_import_strace_duplicate (SwbImportStrace *self, SwbTracedProcess *process,
                             SwbTraced *traced, gboolean closes_on_exec, GError **error)
{
  if (self->call.result > G_MAXINT32)
    return TRUE;
  if (traced != NULL)
    return put (self, process, (int)self->call.result, traced, closes_on_exec, error);

  /* What is put in the place of a socket ends it. */
  swb_import_sockets_drop (self->sockets, process, (int)self->call.result);
  return TRUE;
}
