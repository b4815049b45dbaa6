/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/options/swb-options-model-private.h"

#include <glib/gi18n.h>

#include "bench/swb-constants.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"

/* Options are read and set by commands, and the journal has the answers. */

/* --- commands --- */

static SwbCommand *
make_command (SwbOptionsModel *self, SwbVerb verb, int level, int name)
{
  SwbCommand *command
      = swb_command_new (verb, swb_pane_get_name (self->pane), self->connection);

  command->numbers[0] = level;
  command->numbers[1] = name;
  return command;
}

/* Of a pane that is closed the name may be another's by now. */
static gboolean
run (SwbOptionsModel *self, const SwbCommand *command, GError **error)
{
  if (!swb_pane_is_removed (self->pane))
    return swb_bench_run (self->bench, command, error) != 0;

  g_set_error_literal (error, SWB_ERROR, SWB_ERROR_UNKNOWN,
                       _ ("The pane of this socket is closed"));
  return FALSE;
}

static gboolean
run_get (SwbOptionsModel *self, int level, int name, GError **error)
{
  g_autoptr (SwbCommand) command = make_command (self, SWB_VERB_GETSOCKOPT, level, name);

  return run (self, command, error);
}

static gboolean
run_set (SwbOptionsModel *self, int level, int name, GBytes *value, GError **error)
{
  g_autoptr (SwbCommand) command = make_command (self, SWB_VERB_SETSOCKOPT, level, name);

  command->bytes = g_bytes_ref (value);
  return run (self, command, error);
}

void
swb_options_model_refresh (SwbOptionsModel *self)
{
  guint n_levels;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SWB_IS_OPTIONS_MODEL (self));

  if (!swb_options_model_has_socket (self))
    return;
  for (guint l = 0; l < n_levels && error == NULL; l++)
    if (swb_options_model_applies (self, &levels[l]))
      run_get (self, levels[l].level, SWB_OPTION_ALL, &error);
  if (error != NULL)
    g_signal_emit_by_name (self, "problem", error->message);
}

void
swb_options_model_read (SwbOptionsModel *self, SwbOptionItem *item)
{
  const SwbOption *option = swb_option_item_get_option (item);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SWB_IS_OPTIONS_MODEL (self) && option != NULL);

  if (!run_get (self, option->level, option->name, &error))
    g_signal_emit_by_name (self, "problem", error->message);
}

gboolean
swb_options_model_set (SwbOptionsModel *self, SwbOptionItem *item, const char *text,
                       GError **error)
{
  const SwbOption *option = swb_option_item_get_option (item);
  g_autoptr (GBytes) value = NULL;

  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self) && option != NULL, FALSE);

  value = swb_option_parse (option, text, error);
  if (value == NULL || !run_set (self, option->level, option->name, value, error))
    return FALSE;
  if ((option->flags & SWB_OPTION_READ) != 0)
    return run_get (self, option->level, option->name, error);
  return swb_option_item_get_twin (item) < 0
         || run_get (self, option->level, swb_option_item_get_twin (item), error);
}

/* The answer is told by a signal where no row has it, if the call is made. */
static gboolean
parse_other (SwbOptionsModel *self, const char *level, const char *name, GError **error)
{
  int numbers[2];

  if (!swb_constants_parse_level (level, &numbers[0], error))
    return FALSE;
  numbers[0] = swb_option_level_in (swb_pane_get_domain (self->pane), numbers[0]);
  if (!swb_constants_parse_option (name, numbers[0], &numbers[1], error))
    return FALSE;

  self->other[0] = numbers[0];
  self->other[1] = numbers[1];
  return TRUE;
}

gboolean
swb_options_model_read_other (SwbOptionsModel *self, const char *level, const char *name,
                              GError **error)
{
  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), FALSE);

  self->waits_for_other = parse_other (self, level, name, error)
                          && run_get (self, self->other[0], self->other[1], error);
  return self->waits_for_other;
}

gboolean
swb_options_model_set_other (SwbOptionsModel *self, const char *level, const char *name,
                             const char *text, GError **error)
{
  g_autoptr (GBytes) value = NULL;
  const SwbOption *option;

  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), FALSE);

  self->waits_for_other = FALSE;
  if (!parse_other (self, level, name, error))
    return FALSE;
  option = swb_option_find (self->other[0], self->other[1]);
  value = swb_option_parse (option, text, error);
  if (value == NULL || !run_set (self, self->other[0], self->other[1], value, error))
    return FALSE;
  self->waits_for_other = TRUE;
  return option == NULL || (option->flags & SWB_OPTION_READ) == 0
         || run_get (self, option->level, option->name, error);
}

/* --- answers --- */

static void
tell_other (SwbOptionsModel *self, const SwbRecord *record, GBytes *value)
{
  const SwbOption *option = swb_option_find (self->other[0], self->other[1]);
  const char *call = swb_call_get_info (record->call)->name;
  gsize length;
  const guint8 *data = value != NULL ? g_bytes_get_data (value, &length) : NULL;
  gboolean reads = record->call == SWB_CALL_GETSOCKOPT && data != NULL;
  g_autofree char *printed = reads ? swb_option_print (option, data, length) : NULL;
  g_autofree char *text
      = record->error != 0
            ? g_strdup_printf ("%s: %s. %s", call, swb_errno_name (record->error),
                               swb_errno_explain (record->call, record->error))
            : g_strdup_printf ("%s: %s", call, printed != NULL ? printed : "0");

  self->waits_for_other = FALSE;
  g_signal_emit_by_name (self, "other", text);
}

/* What a write-only option did is told by its twin. */
static void
note_set (SwbOptionsModel *self, SwbOptionItem *item, const SwbRecord *record)
{
  g_autoptr (GBytes) asked = g_bytes_new (record->data, record->n_data);
  SwbOptionItem *twin = swb_options_model_find (
      self, swb_option_item_get_option (item)->level, swb_option_item_get_twin (item));

  swb_option_item_note_set (item, asked, record->error);
  if (twin != NULL && record->error == 0)
    swb_option_item_note_set (twin, asked, 0);
}

static void
fold_option (SwbOptionsModel *self, const SwbRecord *record)
{
  int level = swb_option_level_in (swb_pane_get_domain (self->pane), (int)record->ints[0]);
  SwbOptionItem *item = swb_options_model_find (self, level, (int)record->ints[1]);
  g_autoptr (GBytes) value
      = record->error == 0 ? g_bytes_new (record->data, record->n_data) : NULL;

  if (self->waits_for_other && level == self->other[0] && record->ints[1] == self->other[1])
    tell_other (self, record, value);
  if (record->origin == SWB_ORIGIN_SURVEY)
    self->read_ns
        = swb_journal_to_wall_ns (swb_bench_get_journal (self->bench), record->time_ns);
  if (item == NULL)
    return;

  if (record->call == SWB_CALL_GETSOCKOPT)
    swb_option_item_note_read (item, value, record->error);
  else if (record->origin == SWB_ORIGIN_COMMAND)
    note_set (self, item, record);
}

gboolean
swb_options_model_fold (SwbOptionsModel *self, guint64 position)
{
  SwbJournal *journal = swb_bench_get_journal (self->bench);
  const SwbEntry *entry = swb_journal_peek_entry (journal, position);
  SwbRecord record;

  if (entry->kind != SWB_RECORD_CALL || entry->pane != swb_pane_get_id (self->pane)
      || entry->connection != self->connection
      || (entry->what != SWB_CALL_GETSOCKOPT && entry->what != SWB_CALL_SETSOCKOPT)
      || !swb_journal_read (journal, position, &record))
    return FALSE;

  fold_option (self, &record);
  return TRUE;
}
