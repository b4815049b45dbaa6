/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib-object.h>

/* What tests of any folder need. */

G_BEGIN_DECLS

/* Removes a file, or a folder with all that is in it. */
void support_remove_tree (const char *path);

/* One turn of the main loop, which sleeps so long at most. For waiting until something is
 * so. */
void support_turn (guint most_ms);

/* Drops the last reference of @object, which must go with it. Workers that hold it end in
 * their own time, and are waited for. */
void support_finalize (gpointer object);

G_END_DECLS
