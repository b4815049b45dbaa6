/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-cause-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/swb-holder.h"
#include "net/swb-payload.h"

/* The path of a unix address; NULL for other families, abstract and unnamed ones. */
static char *
dup_path (const SwbAddress *address)
{
  gsize fixed = G_STRUCT_OFFSET (struct sockaddr_un, sun_path);

  if (address->length <= fixed || address->family != AF_UNIX
      || address->un.sun_path[0] == '\0')
    return NULL;

  return g_strndup (address->un.sun_path,
                    MIN (address->length, sizeof address->un) - fixed);
}

/* A path may have any bytes. */
static char *
dup_shown (const char *path)
{
  return swb_payload_display ((const guint8 *)path, strlen (path), SWB_ENCODING_UTF8, 200);
}

/* The first folder from the root on for which @lacks holds; NULL for none. */
static char *
find_folder (const char *path, gboolean (*lacks) (const char *folder))
{
  for (const char *slash = strchr (path + 1, '/'); slash != NULL;
       slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, slash - path);

      if (lacks (folder))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

static gboolean
is_missing (const char *folder)
{
  return access (folder, F_OK) != 0;
}

static gboolean
is_closed (const char *folder)
{
  return access (folder, X_OK) != 0;
}

char *
swb_cause_of_denied_path (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *path = dup_path (&question->address);
  g_autofree char *folder = path != NULL ? find_folder (path, is_closed) : NULL;
  g_autofree char *shown = NULL;

  if (path == NULL)
    return NULL;
  if (folder != NULL)
    {
      shown = dup_shown (folder);
      return g_strdup_printf (_ ("This user may not enter the folder %s."), shown);
    }
  if (question->call == SWB_CALL_BIND)
    {
      folder = g_path_get_dirname (path);
      shown = dup_shown (folder);
      return g_strdup_printf (_ ("This user may not make files in the folder %s."), shown);
    }
  shown = dup_shown (path);
  return g_strdup_printf (
      _ ("This user may not write to %s, which connecting and sending ask for."), shown);
}

char *
swb_cause_of_missing_path (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *path = dup_path (&question->address);
  g_autofree char *folder = path != NULL ? find_folder (path, is_missing) : NULL;
  g_autofree char *shown = NULL;

  if (path == NULL)
    return NULL;
  if (folder != NULL)
    {
      shown = dup_shown (folder);
      return g_strdup_printf (_ ("The folder %s does not exist."), shown);
    }
  folder = g_path_get_dirname (path);
  shown = dup_shown (folder);
  return g_strdup_printf (_ ("The folder %s exists, but nothing of that name is in it."),
                          shown);
}

char *
swb_cause_of_refusing_path (const char *root, const SwbCauseQuestion *question)
{
  g_autofree char *path = dup_path (&question->address);
  g_autofree char *shown = NULL;
  struct stat status;

  if (path == NULL)
    return question->address.family == AF_UNIX
               ? g_strdup (_ ("No socket of this system has that abstract name."))
               : NULL;
  if (stat (path, &status) != 0)
    return NULL;

  shown = dup_shown (path);
  if (!S_ISSOCK (status.st_mode))
    return g_strdup_printf (_ ("What stands at %s is no socket."), shown);
  if (swb_holder_path_is_stale (&question->address))
    return g_strdup_printf (
        _ ("A socket file stands at %s, but no socket is bound to it any "
           "more: it was left behind."),
        shown);

  return swb_holder_describe (question->type, question->protocol, &question->address);
}
