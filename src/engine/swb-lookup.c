/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-lookup.h"

#include <errno.h>

#include "engine/swb-station.h"
#include "net/swb-cause.h"
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

typedef struct
{
  SwbTask *task; /* its last share */
  guint pane;
  guint connection;
  SwbCauseQuestion question;
  char *cause;
} CauseLookup;

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

/* --- causes --- */

static void
cause_lookup_free (gpointer data)
{
  CauseLookup *lookup = data;

  g_free (lookup->cause);
  g_free (lookup);
}

static void
find_cause_in_thread (GTask *worker, gpointer source, gpointer data,
                      GCancellable *cancellable)
{
  CauseLookup *lookup = data;

  lookup->cause = swb_cause_describe ("", &lookup->question);
  g_task_return_boolean (worker, TRUE);
}

static void
found_cause_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwbEngine *engine = user_data;
  CauseLookup *lookup = g_task_get_task_data (G_TASK (result));

  engine->n_lookups--;
  if (lookup->cause != NULL)
    swb_engine_note (engine, lookup->pane, lookup->connection, SWB_NOTE_CAUSE, 0,
                     lookup->cause);
  swb_task_done (lookup->task, lookup->question.error);
}

/* What is asked of an order that failed; its verb is called as its call is. */
static SwbCauseQuestion
make_question (const SwbStation *station, const SwbTask *task)
{
  const SwbOrder *order = task->order;
  gboolean is_option = order->verb == SWB_VERB_SETSOCKOPT;

  return (SwbCauseQuestion){
    .call = order->verb < SWB_VERB_PANE
                ? swb_call_from_name (swb_verb_get_name (order->verb))
                : SWB_CALL_NONE,
    .error = task->error,
    .domain = station->domain,
    .type = station->type,
    .protocol = station->protocol,
    .address = order->address,
    .n_bytes = order->bytes != NULL && !is_option ? g_bytes_get_size (order->bytes) : 0,
    .level = is_option ? order->numbers[0] : 0,
    .option = is_option ? order->numbers[1] : 0,
  };
}

gboolean
swb_lookup_cause (SwbTask *task)
{
  SwbEngine *engine = task->engine;
  SwbStation *station = swb_engine_get_station (engine, task->order->pane);
  g_autoptr (GTask) worker = NULL;
  CauseLookup *lookup;
  SwbCauseQuestion question;

  /* Without a socket it was socket() that failed. A time-out may be the command's own. */
  if (station == NULL || station->own == NULL || task->order->verb == SWB_VERB_UNLINK
      || (task->error == ETIMEDOUT && task->order->within_ns >= 0))
    return FALSE;
  question = make_question (station, task);
  if (!swb_cause_is_known (&question))
    return FALSE;

  lookup = g_new0 (CauseLookup, 1);
  lookup->task = task;
  lookup->pane = station->pane;
  lookup->connection = task->order->connection;
  lookup->question = question;
  worker = g_task_new (NULL, NULL, found_cause_cb, engine);
  engine->n_lookups++;
  g_task_set_task_data (worker, lookup, cause_lookup_free);
  g_task_run_in_thread (worker, find_cause_in_thread);
  return TRUE;
}
