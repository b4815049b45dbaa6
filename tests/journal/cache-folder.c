/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "cache-folder.h"

#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MEMORY "/dev/shm"
#define ROOM ((guint64)512 << 20)

static gboolean
has_memory (void)
{
  struct statvfs status;

  return access (MEMORY, W_OK | X_OK) == 0 && statvfs (MEMORY, &status) == 0
         && (guint64)status.f_bavail * status.f_frsize >= ROOM;
}

char *
cache_folder_init (int *argc, char ***argv)
{
  const char *parent = has_memory () ? MEMORY : g_get_tmp_dir ();
  char *folder = g_build_filename (parent, "swb-cache-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_init (argc, argv, NULL);
  return folder;
}

int
cache_folder_run (const char *folder)
{
  g_autofree char *inner = g_build_filename (folder, "socket-workbench", NULL);
  int failed = g_test_run ();

  g_rmdir (inner);
  g_rmdir (folder);
  return failed;
}
