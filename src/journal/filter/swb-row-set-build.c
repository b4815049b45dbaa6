/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-row-set-build.h"

/* Records between two looks at the cancellable. */
#define STEP 65536

typedef struct
{
  SwbRowSet *set;
  guint64 end;
} Build;

static void
build_free (gpointer data)
{
  Build *build = data;

  g_clear_pointer (&build->set, swb_row_set_free);
  g_free (build);
}

static void
build_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Build *build = data;

  for (guint64 end = 0; end < build->end && !g_cancellable_is_cancelled (cancellable);)
    {
      end = MIN (end + STEP, build->end);
      swb_row_set_take (build->set, end, G_MAXUINT64);
    }
  g_task_return_boolean (task, TRUE);
}

void
swb_row_set_build_async (SwbRowSet *set, guint64 end, GCancellable *cancellable,
                         GAsyncReadyCallback done, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, done, user_data);
  Build *build = g_new0 (Build, 1);

  build->set = set;
  build->end = end;
  g_task_set_task_data (task, build, build_free);
  g_task_run_in_thread (task, build_thread);
}

SwbRowSet *
swb_row_set_build_finish (GAsyncResult *result)
{
  Build *build = g_task_get_task_data (G_TASK (result));

  return g_steal_pointer (&build->set);
}
