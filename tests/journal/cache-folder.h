/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* A cache folder of the program's own, for tests that load thousands of files: each becomes a journal there, and where the
 * machine has the room it is in memory, since on a disk making and deleting them takes ten times as long. */

G_BEGIN_DECLS

/* g_test_init(), with that folder. (transfer full): its path */
char *cache_folder_init (int *argc, char ***argv);

/* g_test_run(); then @folder goes. */
int cache_folder_run (const char *folder);

G_END_DECLS
