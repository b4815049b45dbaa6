/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "support.h"

#include <glib/gstdio.h>

void
support_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      support_remove_tree (child);
    }
  g_remove (path);
}

static gboolean
woken_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

void
support_turn (guint most_ms)
{
  guint id = g_timeout_add (most_ms, woken_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  if (g_main_context_find_source_by_id (NULL, id) != NULL)
    g_source_remove (id);
}

void
support_finalize (gpointer object)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (G_OBJECT (object)->ref_count > 1 && g_get_monotonic_time () < deadline)
    support_turn (20);
  g_assert_finalize_object (object);
}
