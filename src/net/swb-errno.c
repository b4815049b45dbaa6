/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-errno.h"
#include "net/swb-errno-table.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#define NAMELESS_PREFIX "ERRNO_"

/* MAX_ERRNO of the kernel's err.h: no errno is larger. */
#define ERRNO_MAX 4095

/* Names for one number; the other of each pair is what the C library returns. And ENOTSUPP,
 * which is the kernel's own but escapes from it now and then. */
static const struct
{
  const char *name;
  int error;
} extra_names[] = {
  { "ENOTSUPP", 524 },
  { "EWOULDBLOCK", EWOULDBLOCK },
  { "ENOTSUP", ENOTSUP },
  { "EDEADLOCK", EDEADLOCK },
};

const char *
swb_errno_name (int error)
{
  g_autofree char *nameless = NULL;
  const char *name = strerrorname_np (error);

  if (name != NULL)
    return name;

  if (error == extra_names[0].error)
    return extra_names[0].name;

  nameless = g_strdup_printf (NAMELESS_PREFIX "%d", CLAMP (error, -1, SWB_ERRNO_MAX));
  return g_intern_string (nameless);
}

int
swb_errno_from_name (const char *name)
{
  guint64 number = 0;

  g_return_val_if_fail (name != NULL, 0);

  for (int error = 1; error <= ERRNO_MAX; error++)
    if (g_strcmp0 (strerrorname_np (error), name) == 0)
      return error;

  for (guint i = 0; i < G_N_ELEMENTS (extra_names); i++)
    if (g_str_equal (extra_names[i].name, name))
      return extra_names[i].error;

  if (g_str_has_prefix (name, NAMELESS_PREFIX)
      && g_ascii_string_to_unsigned (name + strlen (NAMELESS_PREFIX), 10, 1, SWB_ERRNO_MAX,
                                     &number, NULL))
    return (int)number;

  return 0;
}

/* Where a call has no row of its own, the call that shares its man page may have one. */
static SwbCall
get_sibling (SwbCall call)
{
  switch (call)
    {
    case SWB_CALL_SOCKETPAIR:
      return SWB_CALL_SOCKET;
    case SWB_CALL_SENDTO:
    case SWB_CALL_SENDMSG:
    case SWB_CALL_SENDMMSG:
    case SWB_CALL_WRITE:
      return SWB_CALL_SEND;
    case SWB_CALL_RECVFROM:
    case SWB_CALL_RECVMSG:
    case SWB_CALL_RECVMMSG:
    case SWB_CALL_READ:
      return SWB_CALL_RECV;
    case SWB_CALL_GETSOCKOPT:
      return SWB_CALL_SETSOCKOPT;
    case SWB_CALL_GETPEERNAME:
      return SWB_CALL_GETSOCKNAME;
    default:
      return SWB_CALL_NONE;
    }
}

static const SwbErrnoRow *
find_exact (SwbCall call, int error)
{
  for (guint i = 0; swb_errno_tables[i] != NULL; i++)
    for (const SwbErrnoRow *row = swb_errno_tables[i]; row->meaning != NULL; row++)
      if (row->call == call && row->error == error)
        return row;

  return NULL;
}

static const SwbErrnoRow *
find_row (SwbCall call, int error)
{
  const SwbErrnoRow *row = find_exact (call, error);

  if (row == NULL && get_sibling (call) != SWB_CALL_NONE)
    row = find_exact (get_sibling (call), error);

  return row != NULL ? row : find_exact (SWB_CALL_NONE, error);
}

const char *
swb_errno_explain (SwbCall call, int error)
{
  const SwbErrnoRow *row = find_row (call, error);

  return row != NULL ? _ (row->meaning) : g_strerror (error);
}

gboolean
swb_errno_is_explained (SwbCall call, int error)
{
  return find_exact (call, error) != NULL
         || (get_sibling (call) != SWB_CALL_NONE
             && find_exact (get_sibling (call), error) != NULL);
}

const char *
swb_errno_remedy (SwbCall call, int error)
{
  const SwbErrnoRow *row = find_row (call, error);

  return row != NULL && row->remedy != NULL ? _ (row->remedy) : NULL;
}
