/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-script.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "bench/swb-script-expect.h"
#include "journal/store/swb-source.h"
#include "net/swb-duration.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"
#include "net/swb-payload.h"

struct _SwbScript
{
  GObject parent_instance;
  SwbBench *bench;
  GPtrArray *commands; /* SwbCommand */
  guint index;
  SwbScriptState state;
  gboolean started;
  GError *error;

  SwbExpectation expectation;
  guint64 command_id; /* that was given to the bench; 0: none */
  GSource *timer;     /* of wait and expect */
  GSource *next;      /* the next step, from the main loop */
  GCancellable *cancellable;
  gulong records_handler;
  gulong outcome_handler;
};

enum
{
  STEP,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbScript, swb_script, G_TYPE_OBJECT)

static void
let_go (SwbScript *self)
{
  swb_source_clear (&self->timer);
  swb_source_clear (&self->next);
  g_clear_pointer (&self->expectation.bytes, g_bytes_unref);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_signal_handler (&self->records_handler, self->bench);
  g_clear_signal_handler (&self->outcome_handler, self->bench);
}

static void
swb_script_dispose (GObject *object)
{
  SwbScript *self = SWB_SCRIPT (object);

  if (self->bench != NULL)
    let_go (self);
  g_clear_pointer (&self->expectation.cursors, swb_cursors_free);
  g_clear_object (&self->bench);
  G_OBJECT_CLASS (swb_script_parent_class)->dispose (object);
}

static void
swb_script_finalize (GObject *object)
{
  SwbScript *self = SWB_SCRIPT (object);

  g_ptr_array_unref (self->commands);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (swb_script_parent_class)->finalize (object);
}

static void
swb_script_class_init (SwbScriptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = swb_script_dispose;
  object_class->finalize = swb_script_finalize;
  signals[STEP] = g_signal_new ("step", SWB_TYPE_SCRIPT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ENDED] = g_signal_new ("ended", SWB_TYPE_SCRIPT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
swb_script_init (SwbScript *self)
{
  self->commands = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);
}

/* --- ending and going on --- */

static void
end (SwbScript *self, SwbScriptState state)
{
  g_object_ref (self);
  self->state = state;
  let_go (self);
  g_signal_emit (self, signals[ENDED], 0);
  g_object_unref (self);
}

static void
fail_taken (SwbScript *self, int code, char *message)
{
  g_clear_error (&self->error);
  self->error = g_error_new_literal (SWB_ERROR, code, message);
  g_free (message);
  end (self, SWB_SCRIPT_FAILED);
}

static gboolean step_cb (gpointer user_data);

/* From the main loop, so that a thousand commands are no thousand frames of the stack, and
 * what listens to "outcome" has heard of this command before the next begins. */
static void
go_on (SwbScript *self)
{
  swb_source_clear (&self->timer);
  g_clear_pointer (&self->expectation.bytes, g_bytes_unref);
  self->command_id = 0;
  self->index++;
  swb_source_clear (&self->next);
  self->next = g_idle_source_new ();
  g_source_set_priority (self->next, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->next, step_cb, self, NULL);
  g_source_attach (self->next, g_main_context_get_thread_default ());
}

static const SwbCommand *
get_current (SwbScript *self)
{
  return self->index < self->commands->len ? self->commands->pdata[self->index] : NULL;
}

static void
start_timer (SwbScript *self, gint64 duration_ns, GSourceFunc callback)
{
  swb_source_clear (&self->timer);
  self->timer
      = g_timeout_source_new ((guint)MIN ((duration_ns + 999999) / 1000000, G_MAXUINT));
  g_source_set_callback (self->timer, callback, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* --- commands --- */

static void
judge_outcome (SwbScript *self, int error, const char *message)
{
  const SwbCommand *command = get_current (self);
  g_autofree char *text = swb_command_describe (command);
  const char *came = error == 0  ? _ ("success")
                     : error < 0 ? message
                                 : swb_errno_name (error);

  if (error == command->expected_errno)
    go_on (self);
  else if (command->expected_errno != 0)
    fail_taken (self, SWB_ERROR_EXPECTATION,
                g_strdup_printf (_ ("%s: expected %s, came %s"), text,
                                 swb_errno_name (command->expected_errno), came));
  else if (error < 0)
    fail_taken (self, SWB_ERROR_EXPECTATION, g_strdup_printf ("%s: %s", text, message));
  else
    fail_taken (self, error == ETIMEDOUT ? SWB_ERROR_TIMEOUT : SWB_ERROR_EXPECTATION,
                g_strdup_printf ("%s: %s: %s", text, came, message ? message : ""));
}

static void
outcome_cb (SwbBench *bench, guint64 id, int error, const char *message, SwbScript *self)
{
  if (self->command_id == 0 || id != self->command_id)
    return;

  self->command_id = 0;
  judge_outcome (self, error, message);
}

static void
run_command (SwbScript *self, const SwbCommand *command)
{
  GError *error = NULL;

  self->command_id = swb_bench_run (self->bench, command, &error);
  if (self->command_id != 0)
    return;

  g_clear_error (&self->error);
  self->error = error;
  end (self, SWB_SCRIPT_FAILED);
}

/* --- expectations --- */

static void
fail_expectation (SwbScript *self, SwbPane *pane, gboolean timed_out, char *problem)
{
  const SwbCommand *command = get_current (self);
  g_autofree char *target = swb_command_print_target (command->pane, command->connection);
  g_autofree char *expected
      = swb_expectation_describe_expected (&self->expectation, command);
  g_autofree char *came = swb_expectation_describe_came (&self->expectation, command, pane);
  g_autofree char *time = NULL;

  if (problem != NULL)
    {
      fail_taken (self, SWB_ERROR_EXPECTATION, problem);
      return;
    }
  if (!timed_out)
    {
      fail_taken (self, SWB_ERROR_EXPECTATION,
                  g_strdup_printf (_ ("%s: expected %s, came %s"), target, expected, came));
      return;
    }

  time = swb_duration_print (command->within_ns >= 0 ? command->within_ns
                                                     : SWB_SCRIPT_WITHIN_DEFAULT_NS);
  fail_taken (self, SWB_ERROR_TIMEOUT,
              g_strdup_printf (_ ("%s: expected %s within %s, came %s"), target, expected,
                               time, came));
}

static void
look (SwbScript *self)
{
  const SwbCommand *command = get_current (self);
  SwbPane *pane;
  char *problem = NULL;

  if (self->state != SWB_SCRIPT_RUNNING || self->next != NULL || command == NULL
      || command->verb != SWB_VERB_EXPECT)
    return;

  pane = swb_bench_find_pane (self->bench, command->pane);
  if (pane == NULL)
    return;
  switch (swb_expectation_match (&self->expectation, command, pane, &problem))
    {
    case SWB_MATCH_HELD:
      go_on (self);
      break;
    case SWB_MATCH_FAILED:
      fail_expectation (self, pane, FALSE, problem);
      break;
    case SWB_MATCH_MORE:
      break;
    }
}

static void
records_cb (SwbBench *bench, guint64 first, guint64 n_records, SwbScript *self)
{
  swb_cursors_advance (self->expectation.cursors, first + n_records);
  look (self);
}

static gboolean
expectation_late_cb (gpointer user_data)
{
  SwbScript *self = user_data;
  const SwbCommand *command = get_current (self);
  SwbPane *pane;

  /* What came in the last moment counts. */
  g_object_ref (self);
  swb_bench_catch_up (self->bench);
  if (self->state == SWB_SCRIPT_RUNNING && self->next == NULL
      && get_current (self) == command)
    {
      pane = swb_bench_find_pane (self->bench, command->pane);
      if (pane != NULL)
        fail_expectation (self, pane, TRUE, NULL);
      else
        fail_taken (self, SWB_ERROR_UNKNOWN,
                    g_strdup_printf (_ ("There is no pane “%s”"), command->pane));
    }
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbScript) self = user_data;
  GError *error = NULL;
  GBytes *bytes = swb_payload_load_file_finish (result, &error);

  if (self->state != SWB_SCRIPT_RUNNING
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      g_clear_pointer (&bytes, g_bytes_unref);
      return;
    }
  if (bytes == NULL)
    {
      g_clear_error (&self->error);
      self->error = error;
      end (self, SWB_SCRIPT_FAILED);
      return;
    }
  self->expectation.bytes = bytes;
  look (self);
}

static void
expect (SwbScript *self, const SwbCommand *command)
{
  if (swb_bench_find_pane (self->bench, command->pane) == NULL)
    {
      fail_taken (self, SWB_ERROR_UNKNOWN,
                  g_strdup_printf (_ ("There is no pane “%s”"), command->pane));
      return;
    }

  start_timer (self,
               command->within_ns >= 0 ? command->within_ns : SWB_SCRIPT_WITHIN_DEFAULT_NS,
               expectation_late_cb);
  if (command->bytes != NULL)
    self->expectation.bytes = g_bytes_ref (command->bytes);
  if (command->file != NULL)
    swb_payload_load_file_async (command->file, self->cancellable, loaded_cb,
                                 g_object_ref (self));
  look (self);
}

/* --- steps --- */

static gboolean
waited_cb (gpointer user_data)
{
  go_on (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
step_cb (gpointer user_data)
{
  SwbScript *self = user_data;
  const SwbCommand *command = get_current (self);

  swb_source_clear (&self->next);
  if (command == NULL)
    {
      end (self, SWB_SCRIPT_DONE);
      return G_SOURCE_REMOVE;
    }

  g_object_ref (self);
  g_signal_emit (self, signals[STEP], 0, self->index);
  if (self->state != SWB_SCRIPT_RUNNING)
    ;
  else if (command->verb == SWB_VERB_WAIT)
    start_timer (self, command->duration_ns, waited_cb);
  else if (command->verb == SWB_VERB_EXPECT)
    expect (self, command);
  else
    run_command (self, command);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* --- public --- */

SwbScript *
swb_script_new (SwbBench *bench, GPtrArray *commands)
{
  SwbScript *self;

  g_return_val_if_fail (SWB_IS_BENCH (bench), NULL);

  self = g_object_new (SWB_TYPE_SCRIPT, NULL);
  self->bench = g_object_ref (bench);
  for (guint i = 0; i < commands->len; i++)
    g_ptr_array_add (self->commands, swb_command_copy (commands->pdata[i]));
  return self;
}

SwbScript *
swb_script_new_for_file (SwbBench *bench, SwbBenchFile *file)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();

  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    g_ptr_array_add (commands, (gpointer)swb_bench_file_get_command (file, i));
  return swb_script_new (bench, commands);
}

SwbScript *
swb_script_new_from_text (SwbBench *bench, const char *text, GError **error)
{
  g_autoptr (GPtrArray) commands
      = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      guint column = 1;
      SwbCommand *command = swb_command_parse (lines[i], &column, &local);

      if (local != NULL)
        {
          g_set_error (error, SWB_ERROR, local->code, _ ("line %u, column %u: %s"), i + 1,
                       column, local->message);
          return NULL;
        }
      if (command == NULL)
        continue;
      command->line = i + 1;
      g_ptr_array_add (commands, command);
    }
  return swb_script_new (bench, commands);
}

void
swb_script_start (SwbScript *self)
{
  guint64 first;

  g_return_if_fail (SWB_IS_SCRIPT (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  self->cancellable = g_cancellable_new ();
  swb_bench_catch_up (self->bench);
  first = swb_journal_get_n_records (swb_bench_get_journal (self->bench));
  self->expectation.cursors = swb_cursors_new (swb_bench_get_journal (self->bench), first);
  self->records_handler
      = g_signal_connect (self->bench, "records", G_CALLBACK (records_cb), self);
  self->outcome_handler
      = g_signal_connect (self->bench, "outcome", G_CALLBACK (outcome_cb), self);
  self->index = G_MAXUINT;
  go_on (self);
}

void
swb_script_stop (SwbScript *self)
{
  g_return_if_fail (SWB_IS_SCRIPT (self));

  if (!self->started || self->state != SWB_SCRIPT_RUNNING)
    return;

  if (self->command_id != 0)
    swb_bench_cancel (self->bench, self->command_id);
  end (self, SWB_SCRIPT_STOPPED);
}

SwbScriptState
swb_script_get_state (SwbScript *self)
{
  g_return_val_if_fail (SWB_IS_SCRIPT (self), SWB_SCRIPT_STOPPED);
  return self->state;
}

guint
swb_script_get_index (SwbScript *self)
{
  g_return_val_if_fail (SWB_IS_SCRIPT (self), 0);
  return self->index == G_MAXUINT ? 0 : self->index;
}

const SwbCommand *
swb_script_get_command (SwbScript *self)
{
  g_return_val_if_fail (SWB_IS_SCRIPT (self), NULL);
  return get_current (self);
}

const GError *
swb_script_get_error (SwbScript *self)
{
  g_return_val_if_fail (SWB_IS_SCRIPT (self), NULL);
  return self->error;
}
