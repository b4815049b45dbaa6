/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-interface.h"

#include <net/if.h>
#include <string.h>

#include "net/swb-machine.h"

static char *
read_file (const char *root, const char *folder, const char *name, const char *file)
{
  g_autofree char *path = g_strconcat (root, folder, name, file, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

static gboolean
parse_index (const char *text, guint32 *index)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &value, NULL))
    return FALSE;
  *index = (guint32)value;
  return TRUE;
}

/* "ifIndex                         	1" in the first line. Every interface that
 * speaks IPv6 has such a file, whether it is up or not. */
static gboolean
find_by_counters (const char *root, const char *name, guint32 *index)
{
  g_autofree char *text = read_file (root, "/proc/net/dev_snmp6/", name, "");

  if (text == NULL || !g_str_has_prefix (text, "ifIndex"))
    return FALSE;
  text[strcspn (text, "\n")] = '\0';
  return parse_index (g_strstrip (text + strlen ("ifIndex")), index);
}

/* Lines that begin with number and name, "2\teth0  : 1 V3": interfaces that are up. */
static gboolean
find_by_groups (const char *root, const char *file, const char *name, guint32 *index)
{
  g_autofree char *text = read_file (root, "/proc/net/", file, "");
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *rest = lines[i] + strspn (lines[i], "0123456789");
      char *word = rest + strspn (rest, " \t");
      gsize length = strcspn (word, " \t:");

      if (rest == lines[i] || word == rest || length != strlen (name)
          || strncmp (word, name, length) != 0)
        continue;
      *rest = '\0';
      return parse_index (lines[i], index);
    }
  return FALSE;
}

static gboolean
find_by_sysfs (const char *root, const char *name, guint32 *index)
{
  g_autofree char *text = read_file (root, "/sys/class/net/", name, "/ifindex");

  return text != NULL && parse_index (g_strchomp (text), index);
}

gboolean
swb_interface_find_index (const char *root, const char *name, guint32 *index)
{
  g_auto (GStrv) names = NULL;

  if (name[0] == '\0' || strlen (name) >= IF_NAMESIZE || strchr (name, '/') != NULL
      || name[0] == '.')
    return FALSE;

  names = swb_machine_list_interfaces (root);
  return g_strv_contains ((const char *const *)names, name)
         && (find_by_counters (root, name, index)
             || find_by_groups (root, "igmp", name, index)
             || find_by_groups (root, "dev_mcast", name, index)
             || find_by_sysfs (root, name, index));
}

char *
swb_interface_dup_name (const char *root, guint32 index)
{
  g_auto (GStrv) names = swb_machine_list_interfaces (root);

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint32 found;

      if (swb_interface_find_index (root, names[i], &found) && found == index)
        return g_strdup (names[i]);
    }
  return NULL;
}
