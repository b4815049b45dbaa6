/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "kernel/loaded-modules.h"

gboolean
loaded_modules_changed (void)
{
  static char *before;
  char *now = NULL;
  gboolean changed;

  g_file_get_contents ("/proc/modules", &now, NULL, NULL);
  changed = before != NULL && g_strcmp0 (before, now) != 0;
  g_free (before);
  before = now;
  return changed;
}
