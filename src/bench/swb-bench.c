/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-private.h"

#include <glib/gi18n.h>

#include "journal/store/swb-follower.h"
#include "journal/store/swb-source.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"

/* Records folded in one go; what is left has its turn after what else the loop has to do.
 */
#define RECORDS_PER_TURN 50000

enum
{
  RECORDS,
  OUTCOME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbBench, swb_bench, G_TYPE_OBJECT)

static void
spec_free (gpointer data)
{
  SwbSpec *spec = data;

  g_free (spec->name);
  g_free (spec);
}

static void
swb_bench_dispose (GObject *object)
{
  SwbBench *self = SWB_BENCH (object);

  swb_source_clear (&self->follower);
  swb_source_clear (&self->health);
  swb_source_clear (&self->rest);
  self->stopped = TRUE;
  swb_job_drop_all (self);
  g_clear_pointer (&self->engine, swb_engine_free);
  G_OBJECT_CLASS (swb_bench_parent_class)->dispose (object);
}

static void
swb_bench_finalize (GObject *object)
{
  SwbBench *self = SWB_BENCH (object);

  g_hash_table_unref (self->problems);
  g_hash_table_unref (self->flights);
  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->specs);
  swb_fold_free (self->fold);
  g_clear_pointer (&self->recorded, g_hash_table_unref);
  g_clear_pointer (&self->journal, swb_journal_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (swb_bench_parent_class)->finalize (object);
}

static void
swb_bench_class_init (SwbBenchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = swb_bench_dispose;
  object_class->finalize = swb_bench_finalize;
  signals[RECORDS]
      = g_signal_new ("records", SWB_TYPE_BENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[OUTCOME]
      = g_signal_new ("outcome", SWB_TYPE_BENCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_UINT64, G_TYPE_INT, G_TYPE_STRING);
}

static void
swb_bench_init (SwbBench *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->fold = swb_fold_new ();
  self->specs = g_ptr_array_new_with_free_func (spec_free);
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->flights = g_hash_table_new (NULL, NULL);
  self->problems = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_queue_init (&self->jobs);
}

/* --- up: records --- */

void
swb_bench_emit_outcome (SwbBench *self, guint64 id, int error, const char *message)
{
  g_signal_emit (self, signals[OUTCOME], 0, id, error, message);
}

/* A command that needs a socket makes one: what failed may be that. What failed before any
 * call on the socket, such as the opening of a file that was to be sent, is told by a note.
 */
static char *
dup_explanation (SwbBench *self, guint pane_id, SwbVerb verb, int error)
{
  SwbPane *pane = swb_fold_get_pane (self->fold, pane_id);
  SwbCall call = verb < SWB_VERB_PANE ? swb_call_from_name (swb_verb_get_name (verb))
                                      : SWB_CALL_NONE;
  const SwbFailure *failure = pane != NULL ? swb_pane_get_failure (pane) : NULL;

  if (error == 0)
    return g_strdup ("");
  if (call != SWB_CALL_SOCKET && failure != NULL && failure->call == SWB_CALL_SOCKET
      && failure->error == error)
    return g_strdup_printf ("%s: %s", swb_call_get_info (SWB_CALL_SOCKET)->name,
                            swb_errno_explain (SWB_CALL_SOCKET, error));
  if (failure != NULL && failure->call == call && failure->error == 0
      && failure->detail != NULL)
    return g_strdup (failure->detail);
  return g_strdup (swb_errno_explain (call, error));
}

void
swb_bench_end_command (SwbBench *self, guint64 id, int error)
{
  gpointer key = GSIZE_TO_POINTER (id);
  g_autofree char *problem = NULL;
  g_autofree char *explanation = NULL;
  gpointer flight = NULL;
  guint verb;
  SwbSpec *spec;

  if (g_hash_table_steal_extended (self->problems, key, NULL, (gpointer *)&problem))
    {
      swb_bench_emit_outcome (self, id, -1, problem);
      return;
    }
  if (!g_hash_table_steal_extended (self->flights, key, NULL, &flight))
    return;

  verb = GPOINTER_TO_UINT (flight) & 0xff;
  spec = swb_bench_get_spec (self, GPOINTER_TO_UINT (flight) >> 8);
  if (spec != NULL && spec->n_binding > 0 && swb_job_may_move ((SwbVerb)verb))
    spec->n_binding--;
  explanation
      = dup_explanation (self, GPOINTER_TO_UINT (flight) >> 8, (SwbVerb)verb, error);
  swb_bench_emit_outcome (self, id, error, explanation);
}

/* Folds up to @end, announces it, then tells of the commands that ended. What listens may
 * come back in here, so the count is moved first. */
static void
fold_until (SwbBench *self, guint64 end)
{
  g_autoptr (GArray) endings = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  g_autoptr (GArray) arrivals = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  guint64 first = self->n_folded;
  SwbRecord record;

  if (end == first)
    return;

  g_object_ref (self);
  for (guint64 i = first; i < end; i++)
    {
      if (!swb_journal_read (self->journal, i, &record))
        continue;
      swb_fold_record (self->fold, &record, i);
      if (record.kind == SWB_RECORD_NOTE && record.note == SWB_NOTE_DESCRIPTOR
          && record.ints[1] >= 0)
        g_array_append_val (arrivals, record);
      if (record.kind == SWB_RECORD_OUTCOME)
        g_array_append_val (endings, record);
    }
  self->n_folded = end;

  swb_fold_flush (self->fold);
  g_signal_emit (self, signals[RECORDS], 0, first, end - first);
  for (guint i = 0; i < endings->len; i++)
    {
      const SwbRecord *ending = &g_array_index (endings, SwbRecord, i);

      swb_bench_end_command (self, (guint64)ending->ints[0], ending->error);
    }
  for (guint i = 0; i < arrivals->len && !self->stopped; i++)
    swb_bench_welcome (self, &g_array_index (arrivals, SwbRecord, i));
  if (endings->len > 0)
    swb_job_pump (self);
  g_object_unref (self);
}

static void
fold_turn (SwbBench *self)
{
  guint64 n = swb_journal_get_n_records (self->journal);

  fold_until (self, MIN (n, self->n_folded + RECORDS_PER_TURN));
}

static gboolean
rest_cb (gpointer user_data)
{
  SwbBench *self = user_data;

  if (swb_journal_get_n_records (self->journal) - self->n_folded <= RECORDS_PER_TURN)
    swb_source_clear (&self->rest);
  fold_turn (self);
  return G_SOURCE_CONTINUE;
}

void
swb_bench_fold_later (SwbBench *self)
{
  self->rest = g_idle_source_new ();
  g_source_set_priority (self->rest, G_PRIORITY_HIGH_IDLE + 30); /* below redrawing */
  g_source_set_callback (self->rest, rest_cb, self, NULL);
  g_source_attach (self->rest, self->context);
}

static void
take_turn (SwbBench *self)
{
  guint64 n = swb_journal_get_n_records (self->journal);

  if (n - self->n_folded > RECORDS_PER_TURN && self->rest == NULL)
    swb_bench_fold_later (self);
  fold_turn (self);
}

static gboolean
follow_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  take_turn (user_data);
  return G_SOURCE_CONTINUE;
}

void
swb_bench_catch_up (SwbBench *self)
{
  g_return_if_fail (SWB_IS_BENCH (self));
  fold_until (self, swb_journal_get_n_records (self->journal));
}

/* --- making and stopping --- */

SwbBench *
swb_bench_new (SwbJournal *journal, gint64 interval_us, GError **error)
{
  SwbEngine *engine;
  SwbBench *self;

  g_return_val_if_fail (journal != NULL, NULL);

  engine = swb_engine_new (journal, error);
  if (engine == NULL)
    return NULL;

  self = g_object_new (SWB_TYPE_BENCH, NULL);
  self->engine = engine;
  self->journal = swb_journal_ref (journal);
  self->follower = swb_follower_new (journal, 0, interval_us);
  /* Above the redraw of a window, which an animation keeps ready for ever; the interval
   * between two turns is the redraw's. */
  if (interval_us > 0)
    g_source_set_priority (self->follower, G_PRIORITY_HIGH_IDLE + 15);
  g_source_set_callback (self->follower, G_SOURCE_FUNC (follow_cb), self, NULL);
  g_source_attach (self->follower, self->context);
  swb_bench_watch_health (self, interval_us);
  return self;
}

void
swb_bench_stop (SwbBench *self)
{
  g_return_if_fail (SWB_IS_BENCH (self));

  if (self->stopped)
    return;

  g_object_ref (self);
  self->stopped = TRUE;
  swb_job_drop_all (self);
  swb_engine_stop (self->engine);
  swb_bench_catch_up (self);
  swb_bench_end_unrecorded (self);
  swb_source_clear (&self->follower);
  swb_source_clear (&self->health);
  swb_source_clear (&self->rest);
  g_object_unref (self);
}

/* --- looking --- */

SwbJournal *
swb_bench_get_journal (SwbBench *self)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), NULL);
  return self->journal;
}

GListModel *
swb_bench_get_panes (SwbBench *self)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), NULL);
  return swb_fold_get_panes (self->fold);
}

SwbPane *
swb_bench_find_pane (SwbBench *self, const char *name)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), NULL);
  return swb_fold_find_pane (self->fold, name);
}

SwbPane *
swb_bench_get_pane_by_id (SwbBench *self, guint id)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), NULL);
  return swb_fold_get_pane (self->fold, id);
}

SwbSpec *
swb_bench_find_spec (SwbBench *self, const char *name)
{
  return name ? g_hash_table_lookup (self->names, name) : NULL;
}

SwbSpec *
swb_bench_get_spec (SwbBench *self, guint id)
{
  return id > 0 && id <= self->specs->len ? self->specs->pdata[id - 1] : NULL;
}

const char *
swb_bench_get_pane_name (guint pane, gpointer bench)
{
  SwbBench *self = SWB_BENCH (bench);
  SwbSpec *spec = swb_bench_get_spec (self, pane);

  if (self->is_recording)
    return swb_bench_get_recorded_name (self, pane);
  return spec ? spec->name : "bench";
}

char *
swb_bench_dup_free_name (SwbBench *self, const char *stem)
{
  g_return_val_if_fail (SWB_IS_BENCH (self), NULL);

  for (guint i = 1;; i++)
    {
      g_autofree char *name
          = i == 1 ? g_strdup (stem) : g_strdup_printf ("%.24s%u", stem, i);

      if (swb_command_is_pane_name (name) && swb_bench_find_spec (self, name) == NULL)
        return g_steal_pointer (&name);
    }
}

/* --- down: commands --- */

static SwbSpec *
add_spec (SwbBench *self, const SwbCommand *command, GError **error)
{
  SwbSpec *spec;

  if (g_hash_table_contains (self->names, command->pane))
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_EXISTS, _ ("There is a pane “%s” already"),
                   command->pane);
      return NULL;
    }
  if (!swb_bench_has_room (self, error))
    return NULL;

  spec = g_new0 (SwbSpec, 1);
  spec->name = g_strdup (command->pane);
  spec->domain = command->numbers[0];
  spec->type = command->numbers[1];
  spec->protocol = command->numbers[2];
  g_ptr_array_add (self->specs, spec);
  spec->id = self->specs->len;
  g_hash_table_insert (self->names, spec->name, spec);
  return spec;
}

static gboolean
find_named (SwbBench *self, const char *name, SwbSpec **spec, GError **error)
{
  if (name == NULL)
    return TRUE;

  *spec = swb_bench_find_spec (self, name);
  if (*spec != NULL)
    return TRUE;

  g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN, _ ("There is no pane “%s”"), name);
  return FALSE;
}

static gboolean
is_for_bench (const SwbCommand *command, GError **error)
{
  if (command->verb == SWB_VERB_NONE || command->verb == SWB_VERB_WAIT
      || command->verb == SWB_VERB_EXPECT)
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN, _ ("“%s” is for scripts"),
                   swb_verb_get_name (command->verb));
      return FALSE;
    }
  if (command->pane == NULL && command->verb != SWB_VERB_NOTE)
    {
      g_set_error_literal (error, SWB_ERROR, SWB_ERROR_UNKNOWN, _ ("No pane is named"));
      return FALSE;
    }
  return TRUE;
}

guint64
swb_bench_run (SwbBench *self, const SwbCommand *command, GError **error)
{
  SwbSpec *spec = NULL, *other = NULL;
  SwbJob *job;

  g_return_val_if_fail (SWB_IS_BENCH (self), 0);
  g_return_val_if_fail (command != NULL, 0);

  if (self->stopped)
    {
      g_set_error_literal (error, SWB_ERROR, SWB_ERROR_UNKNOWN,
                           self->is_recording
                               ? _ ("This is a recording: nothing can be called in it")
                               : _ ("The bench was stopped"));
      return 0;
    }
  if (!is_for_bench (command, error))
    return 0;
  if (command->verb == SWB_VERB_PANE)
    {
      spec = add_spec (self, command, error);
      if (spec == NULL)
        return 0;
    }
  else if (!find_named (self, command->pane, &spec, error)
           || !find_named (self, command->other, &other, error))
    return 0;

  job = swb_job_new (self, command, spec, other, self->last_id + 1, error);
  if (job == NULL)
    return 0;

  self->last_id++;
  if (command->verb == SWB_VERB_REMOVE)
    g_hash_table_remove (self->names, spec->name);
  g_queue_push_tail (&self->jobs, job);
  swb_job_pump (self);
  return self->last_id;
}

guint64
swb_bench_run_text (SwbBench *self, GError **error, const char *format, ...)
{
  g_autoptr (SwbCommand) command = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  guint column = 1;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  command = swb_command_parse (text, &column, &local);
  if (command != NULL)
    return swb_bench_run (self, command, error);

  if (local == NULL)
    local
        = g_error_new_literal (SWB_ERROR, SWB_ERROR_SYNTAX, _ ("There is no command here"));
  g_set_error (error, SWB_ERROR, local->code, _ ("%s (column %u)"), local->message, column);
  return 0;
}

void
swb_bench_cancel (SwbBench *self, guint64 command_id)
{
  g_return_if_fail (SWB_IS_BENCH (self));

  if (!self->stopped && !swb_job_cancel (self, command_id))
    swb_engine_cancel (self->engine, command_id);
}
