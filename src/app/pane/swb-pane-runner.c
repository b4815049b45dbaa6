/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-runner.h"

#include <errno.h>

struct _SwbPaneRunner
{
  GObject parent_instance;

  SwbBench *bench;
  SwbPane *pane;
  GHashTable *running; /* ids of commands that have no outcome yet, as gint64 */
  SwbScript *chain;    /* nullable */
};

G_DEFINE_FINAL_TYPE (SwbPaneRunner, swb_pane_runner, G_TYPE_OBJECT)

enum
{
  PROBLEM,
  BUSY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the pane itself shows as its failure need not be said twice. */
static gboolean
is_told_here (SwbPaneRunner *self, int error)
{
  return error != 0 && error != ECANCELED
         && swb_pane_get_failure (self->pane)->call == SWB_CALL_NONE;
}

static void
outcome_cb (SwbPaneRunner *self, guint64 id, int error, const char *message)
{
  gint64 key = (gint64)id;

  if (!g_hash_table_remove (self->running, &key))
    return;
  if (is_told_here (self, error) && message != NULL && message[0] != '\0')
    g_signal_emit (self, signals[PROBLEM], 0, message);
}

static void
drop_chain (SwbPaneRunner *self)
{
  if (self->chain == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->chain, self);
  g_clear_object (&self->chain);
}

static void
chain_ended_cb (SwbPaneRunner *self)
{
  g_autoptr (SwbScript) chain = g_object_ref (self->chain);
  const GError *error = swb_script_get_error (chain);
  gboolean failed = swb_script_get_state (chain) == SWB_SCRIPT_FAILED;

  drop_chain (self);
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
  if (failed && error != NULL && is_told_here (self, -1))
    g_signal_emit (self, signals[PROBLEM], 0, error->message);
}

static void
swb_pane_runner_dispose (GObject *object)
{
  SwbPaneRunner *self = SWB_PANE_RUNNER (object);

  if (self->chain != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->chain, self);
      swb_script_stop (self->chain);
    }
  g_clear_object (&self->chain);
  g_clear_object (&self->bench);
  g_clear_object (&self->pane);
  g_clear_pointer (&self->running, g_hash_table_unref);

  G_OBJECT_CLASS (swb_pane_runner_parent_class)->dispose (object);
}

static void
swb_pane_runner_class_init (SwbPaneRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_pane_runner_dispose;

  signals[PROBLEM] = g_signal_new ("problem", SWB_TYPE_PANE_RUNNER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[BUSY_CHANGED]
      = g_signal_new ("busy-changed", SWB_TYPE_PANE_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
swb_pane_runner_init (SwbPaneRunner *self)
{
  self->running = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

SwbPaneRunner *
swb_pane_runner_new (SwbBench *bench, SwbPane *pane)
{
  SwbPaneRunner *self = g_object_new (SWB_TYPE_PANE_RUNNER, NULL);

  self->bench = g_object_ref (bench);
  self->pane = g_object_ref (pane);
  g_signal_connect_object (bench, "outcome", G_CALLBACK (outcome_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

SwbBench *
swb_pane_runner_get_bench (SwbPaneRunner *self)
{
  return self->bench;
}

SwbPane *
swb_pane_runner_get_pane (SwbPaneRunner *self)
{
  return self->pane;
}

SwbCommand *
swb_pane_runner_command (SwbPaneRunner *self, SwbVerb verb)
{
  return swb_command_new (verb, swb_pane_get_name (self->pane), 0);
}

gboolean
swb_pane_runner_run (SwbPaneRunner *self, SwbCommand *command)
{
  g_autoptr (SwbCommand) owned = command;
  g_autoptr (GError) error = NULL;
  guint64 id = swb_bench_run (self->bench, owned, &error);
  gint64 key = (gint64)id;

  if (id == 0)
    {
      g_signal_emit (self, signals[PROBLEM], 0, error->message);
      return FALSE;
    }
  g_hash_table_add (self->running, g_memdup2 (&key, sizeof key));
  return TRUE;
}

void
swb_pane_runner_chain (SwbPaneRunner *self, GPtrArray *commands)
{
  g_autoptr (GPtrArray) owned = commands;

  if (self->chain != NULL)
    swb_script_stop (self->chain);
  drop_chain (self);
  self->chain = swb_script_new (self->bench, owned);
  g_signal_connect_swapped (self->chain, "ended", G_CALLBACK (chain_ended_cb), self);
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
  swb_script_start (self->chain);
}

GPtrArray *
swb_pane_runner_new_chain (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);
}

static const SwbVerb waiting[] = { SWB_VERB_CONNECT,  SWB_VERB_ACCEPT,  SWB_VERB_RECV,
                                   SWB_VERB_RECVFROM, SWB_VERB_RECVMSG, SWB_VERB_RECVMMSG };

gboolean
swb_pane_runner_is_busy (SwbPaneRunner *self)
{
  gboolean busy
      = self->chain != NULL || swb_pane_get_state (self->pane) == SWB_STATE_CONNECTING;

  for (guint i = 0; i < G_N_ELEMENTS (waiting) && !busy; i++)
    busy = swb_pane_is_waiting (self->pane, waiting[i], NULL);
  return busy;
}

void
swb_pane_runner_cancel (SwbPaneRunner *self)
{
  guint64 id;

  if (self->chain != NULL)
    swb_script_stop (self->chain);
  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    if (swb_pane_is_waiting (self->pane, waiting[i], &id))
      swb_bench_cancel (self->bench, id);
}
