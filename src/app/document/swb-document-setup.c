/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-document-private.h"

/* What makes panes and sets them up without asking the kernel for anything. */
gboolean
swb_document_is_preparation (const SwbCommand *command)
{
  return command->verb == SWB_VERB_PANE || command->verb == SWB_VERB_REPLY
         || command->verb == SWB_VERB_ACCEPT_MODE || command->verb == SWB_VERB_RECV_MODE;
}

static void
add_removals (SwbDocument *self, GPtrArray *commands)
{
  GListModel *panes = swb_bench_get_panes (self->bench);

  for (guint i = 0; i < g_list_model_get_n_items (panes); i++)
    {
      g_autoptr (SwbPane) pane = g_list_model_get_item (panes, i);

      g_ptr_array_add (commands,
                       swb_command_new (SWB_VERB_REMOVE, swb_pane_get_name (pane), 0));
    }
}

void
swb_document_drop_setup (SwbDocument *self)
{
  if (self->setup == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->setup, self);
  swb_script_stop (self->setup);
  g_clear_object (&self->setup);
}

static void
setup_ended_cb (SwbScript *script, SwbDocument *self)
{
  g_autoptr (GPtrArray) steps = g_steal_pointer (&self->steps);
  g_autoptr (SwbSnapshot) before = g_steal_pointer (&self->before);
  const GError *error = swb_script_get_error (script);

  if (swb_script_get_state (script) == SWB_SCRIPT_FAILED && error != NULL)
    swb_document_tell_problem (self, error->message);
  g_signal_handlers_disconnect_by_data (self->setup, self);
  g_clear_object (&self->setup);
  swb_document_take_baseline (self, g_steal_pointer (&self->restored));
  swb_document_emit_opened (self, steps, before);
  swb_document_emit_settled (self);
}

/* A file need not say what a pane is for, when it says what the pane does: the card then
 * shows what it needs from the start. */
static SwbRole
infer_role (SwbBenchFile *file, const char *pane)
{
  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (file, i);

      if (g_strcmp0 (command->pane, pane) != 0)
        continue;
      if (command->verb == SWB_VERB_LISTEN)
        return SWB_ROLE_SERVER;
      if (command->verb == SWB_VERB_CONNECT)
        return SWB_ROLE_CLIENT;
    }
  return SWB_ROLE_PLAIN;
}

static SwbCommand *
copy_preparation (SwbBenchFile *file, const SwbCommand *command)
{
  SwbCommand *copy = swb_command_copy (command);

  if (command->verb == SWB_VERB_PANE && !command->has_role)
    {
      copy->role = infer_role (file, command->pane);
      copy->has_role = copy->role != SWB_ROLE_PLAIN;
    }
  return copy;
}

/* Sorts the commands of @file: those that prepare a pane whose own calls have not begun go
 * to @preparations, wherever they stand; the rest are @steps. Behind a removal a name may
 * mean another pane, so from there on all are steps. */
static void
sort_commands (SwbBenchFile *file, GPtrArray *preparations, GPtrArray *steps)
{
  g_autoptr (GHashTable) begun = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean removed = FALSE;

  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (file, i);
      gboolean prepares = swb_document_is_preparation (command) && !removed
                          && !g_hash_table_contains (begun, command->pane);

      if (prepares)
        g_ptr_array_add (preparations, copy_preparation (file, command));
      else
        g_ptr_array_add (steps, swb_command_copy (command));
      removed = removed || command->verb == SWB_VERB_REMOVE;
      if (!prepares && command->pane != NULL)
        g_hash_table_add (begun, command->pane);
    }
}

void
swb_document_set_up (SwbDocument *self, SwbBenchFile *file)
{
  g_autoptr (GPtrArray) commands
      = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);
  g_autoptr (GPtrArray) steps
      = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);

  swb_document_drop_setup (self);
  swb_document_emit_replaced (self);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  add_removals (self, commands);
  swb_document_collect_prefills (self, file);
  sort_commands (file, commands, steps);
  self->steps = g_steal_pointer (&steps);

  self->setup = swb_script_new (self->bench, commands);
  g_signal_connect (self->setup, "ended", G_CALLBACK (setup_ended_cb), self);
  swb_script_start (self->setup);
}
