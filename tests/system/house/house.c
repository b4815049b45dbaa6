/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "house.h"

#include <string.h>

static gboolean
has_suffix (const char *name, const char *suffixes)
{
  g_auto (GStrv) list = NULL;

  if (suffixes == NULL)
    return TRUE;

  list = g_strsplit (suffixes, " ", -1);
  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_has_suffix (name, list[i]))
      return TRUE;
  return FALSE;
}

static void
collect (const char *folder, const char *suffixes, GPtrArray *files)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *relative = g_build_filename (folder, name, NULL);
      g_autofree char *full = g_build_filename (path, name, NULL);

      /* What begins with a dot or ends with ~ is an editor's. */
      if (name[0] == '.' || g_str_has_suffix (name, "~"))
        continue;
      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        collect (relative, suffixes, files);
      else if (has_suffix (name, suffixes))
        g_ptr_array_add (files, g_steal_pointer (&relative));
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
house_list_files (const char *folder, const char *suffixes)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  collect (folder, suffixes, files);
  g_ptr_array_sort (files, compare_paths);
  return files;
}

char *
house_read (const char *path)
{
  g_autofree char *full = g_test_build_filename (G_TEST_DIST, path, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (full, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

void
house_refuse (const char *path, const char *pattern, const char *pardon, const char *why)
{
  g_autofree char *text = house_read (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!g_regex_match_simple (pattern, lines[i], 0, 0))
        continue;
      if (pardon != NULL && g_regex_match_simple (pardon, lines[i], 0, 0))
        continue;
      g_test_message ("%s:%u: %s\n  %s", path, i + 1, why, lines[i]);
      g_test_fail ();
    }
}
