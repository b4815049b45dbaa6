/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-holder.h"
#include "net/swb-holder-table.h"
#include "net/swb-payload.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Longer names of programs are cut by the kernel: proc(5), /proc/PID/comm. */
#define COMM_MAX 16

typedef enum
{
  SEARCH_MISSING,
  SEARCH_DENIED, /* not found, and some process did not show its descriptors */
  SEARCH_FOUND,
} Search;

static Search
search_descriptors (const char *pid, const char *wanted)
{
  g_autofree char *folder = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  if (dir == NULL)
    return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
                   || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM)
               ? SEARCH_DENIED
               : SEARCH_MISSING;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char target[64];
      gssize length = readlink (path, target, sizeof target - 1);

      if (length < 0)
        continue;

      target[length] = '\0';
      if (g_str_equal (target, wanted))
        return SEARCH_FOUND;
    }

  return SEARCH_MISSING;
}

/* A server's children share its socket; the lowest number is most likely the server itself.
 */
static Search
search_processes (guint64 inode, guint64 *pid)
{
  g_autofree char *wanted = g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode);
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  Search result = SEARCH_MISSING;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      guint64 number;
      Search found;

      if (!g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &number, NULL)
          || (result == SEARCH_FOUND && number > *pid))
        continue;

      found = search_descriptors (name, wanted);
      if (found == SEARCH_FOUND)
        *pid = number;
      result = MAX (result, found);
    }

  return result;
}

static char *
dup_program_name (guint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GUINT64_FORMAT "/comm", pid);
  g_autofree char *comm = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &comm, &length, NULL))
    return g_strdup ("?");

  if (length > 0 && comm[length - 1] == '\n')
    length--;

  return swb_payload_display ((const guint8 *)comm, length, SWB_ENCODING_UTF8, COMM_MAX);
}

static char *
describe_process (const char *address, guint64 inode)
{
  guint64 pid = 0;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;

  switch (search_processes (inode, &pid))
    {
    case SEARCH_FOUND:
      name = dup_program_name (pid);
      number = g_strdup_printf ("%" G_GUINT64_FORMAT, pid);
      /* Translators: an address, a program's name, its process number. */
      return g_strdup_printf (_ ("%s is held by %s (process %s)"), address, name, number);
    case SEARCH_DENIED:
      return g_strdup_printf (_ ("%s is held by a process of another user"), address);
    default:
      return g_strdup_printf (
          _ ("%s is held by a process that cannot be seen from here, perhaps "
             "in a container"),
          address);
    }
}

static char *
describe_row (const char *address, const SwbHolderRow *row)
{
  if (row->inode != 0)
    return describe_process (address, row->inode);

  if (row->state == SWB_HOLDER_TIME_WAIT && row->left_s > 0)
    return g_strdup_printf (
        ngettext ("%s rests in TIME_WAIT after a connection; the kernel frees it in %u "
                  "second",
                  "%s rests in TIME_WAIT after a connection; the kernel frees it in %u "
                  "seconds",
                  row->left_s),
        address, row->left_s);

  if (row->state == SWB_HOLDER_TIME_WAIT)
    return g_strdup_printf (
        _ ("%s rests in TIME_WAIT after a connection; the kernel frees it "
           "within a minute"),
        address);

  return g_strdup_printf (
      _ ("%s is held by a connection that is still closing and that no process "
         "has any more"),
      address);
}

char *
swb_holder_describe (int type, int protocol, const SwbAddress *address)
{
  SwbHolderRow row;
  g_autofree char *wanted = NULL;
  g_autofree char *held = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  if (!swb_holder_find_row (type, protocol, address, &row))
    return NULL;

  wanted = swb_address_print (address);
  if (row.address.length == 0 || swb_address_equal (&row.address, address))
    return describe_row (wanted, &row);

  held = swb_address_print (&row.address);
  /* Translators: the address that was asked for, and the address that really is held, such
   * as "127.0.0.1:80 (as 0.0.0.0:80)". */
  shown = g_strdup_printf (_ ("%s (as %s)"), wanted, held);
  return describe_row (shown, &row);
}

gboolean
swb_holder_path_is_stale (const SwbAddress *address)
{
  struct stat status;

  g_return_val_if_fail (address != NULL, FALSE);

  if (address->length <= G_STRUCT_OFFSET (struct sockaddr_un, sun_path)
      || address->length > sizeof (struct sockaddr_un) || address->family != AF_UNIX
      || address->un.sun_path[0] == '\0'
      || memchr (address->un.sun_path, '\0', sizeof address->un.sun_path) == NULL)
    return FALSE;

  /* bind() does not follow a symbolic link, and refuses it as it refuses a socket. */
  if (lstat (address->un.sun_path, &status) < 0 || !S_ISSOCK (status.st_mode))
    return FALSE;

  return swb_holder_file_is_unbound (&status, address->un.sun_path);
}
