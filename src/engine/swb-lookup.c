/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-lookup.h"

#include <errno.h>

#include "engine/swb-station.h"
#include "net/swb-holder.h"

/* What a worker needs, by value: the pane may be gone when it comes back. */
typedef struct
{
  SwbTask *task; /* a share */
  int error;     /* that the task ends with */
  guint pane;
  int type;
  int protocol;
  SwbAddress address;
  gboolean is_stale;
  char *holder;
  gboolean then_unlink;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->holder);
  g_free (lookup);
}

static void
look_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Lookup *lookup = data;

  lookup->is_stale = swb_holder_path_is_stale (&lookup->address);
  if (!lookup->is_stale)
    lookup->holder = swb_holder_describe (lookup->type, lookup->protocol, &lookup->address);
  g_task_return_boolean (task, TRUE);
}

static void
tell (SwbEngine *engine, const Lookup *lookup)
{
  if (lookup->is_stale)
    swb_engine_note (
        engine, lookup->pane, SWB_CONNECTION_NONE, SWB_NOTE_STALE, 0,
        "nobody listens on this path: it was left behind and can be taken over");
  else if (lookup->holder != NULL)
    swb_engine_note (engine, lookup->pane, SWB_CONNECTION_NONE, SWB_NOTE_HOLDER, 0,
                     lookup->holder);
}

/* Returns: 0 or an errno */
static int
unlink_stale (SwbEngine *engine, const Lookup *lookup)
{
  SwbWho who = { lookup->pane, SWB_CONNECTION_NONE, SWB_ORIGIN_COMMAND };

  if (lookup->is_stale)
    return swb_sys_unlink (engine->journal, who, lookup->address.un.sun_path) == 0 ? 0
                                                                                   : errno;

  swb_engine_note (engine, lookup->pane, SWB_CONNECTION_NONE, SWB_NOTE_PROBLEM, 0,
                   "only a socket file that nobody listens on is unlinked");
  return EADDRINUSE;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwbEngine *engine = user_data;
  Lookup *lookup = g_task_get_task_data (G_TASK (result));

  engine->n_lookups--;
  if (lookup->then_unlink)
    lookup->error = unlink_stale (engine, lookup);
  else
    tell (engine, lookup);
  swb_task_done (lookup->task, lookup->error);
}

static void
start (SwbStation *station, SwbTask *task, int error, gboolean then_unlink)
{
  SwbEngine *engine = station->engine;
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, looked_up_cb, engine);
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->task = task;
  lookup->error = error;
  lookup->pane = station->pane;
  lookup->type = station->type;
  lookup->protocol = station->protocol;
  lookup->address = task->order->address;
  lookup->then_unlink = then_unlink;
  engine->n_lookups++;
  g_task_set_task_data (worker, lookup, lookup_free);
  g_task_run_in_thread (worker, look_up_in_thread);
}

void
swb_lookup_holder (SwbStation *station, SwbTask *task, int error)
{
  start (station, task, error, FALSE);
}

void
swb_lookup_and_unlink (SwbStation *station, SwbTask *task)
{
  start (station, task, 0, TRUE);
}
