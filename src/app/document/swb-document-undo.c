/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-document-private.h"

#include <glib/gi18n.h>

#include "app/document/swb-bench-loader.h"

void
swb_snapshot_free (SwbSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;

  g_free (snapshot->text);
  g_free (snapshot->baseline);
  g_clear_object (&snapshot->file);
  g_clear_object (&snapshot->pane);
  g_free (snapshot);
}

SwbSnapshot *
swb_snapshot_steal (SwbSnapshot *snapshot)
{
  SwbSnapshot *stolen = g_memdup2 (snapshot, sizeof *snapshot);

  *snapshot = (SwbSnapshot){ 0 };
  return stolen;
}

static SwbSnapshot *
snapshot_whole (SwbDocument *self)
{
  SwbSnapshot *snapshot;

  if (swb_document_is_empty (self))
    return NULL;

  snapshot = g_new0 (SwbSnapshot, 1);
  snapshot->text = swb_document_dup_text (self);
  snapshot->baseline = self->modified ? g_strdup (self->baseline) : NULL;
  snapshot->file = self->file != NULL ? g_object_ref (self->file) : NULL;
  snapshot->is_whole = TRUE;
  return snapshot;
}

void
swb_document_adopt (SwbDocument *self, SwbBenchFile *file, GFile *source,
                    const char *baseline)
{
  /* Of a bench that is not whole yet nobody has seen anything: what was there before it is
   * what undo brings back. */
  if (self->before == NULL)
    self->before = snapshot_whole (self);
  g_clear_pointer (&self->loaded, swb_bench_file_free);
  self->loaded = file;
  self->n_adopted++;
  self->modified = baseline != NULL;
  g_free (self->restored);
  self->restored = g_strdup (baseline);
  g_hash_table_remove_all (self->prefills);
  swb_document_set_file (self, source);
  swb_document_set_up (self, self->loaded);
}

SwbSnapshot *
swb_document_snapshot_pane (SwbDocument *self, SwbPane *pane)
{
  g_autofree char *text = NULL;
  g_autoptr (SwbLoaded) loaded = NULL;
  g_autoptr (GString) lines = NULL;
  SwbSnapshot *snapshot;

  g_return_val_if_fail (SWB_IS_DOCUMENT (self), NULL);

  text = swb_document_dup_text (self);
  loaded = swb_bench_loader_check (text, strlen (text));
  if (loaded->file == NULL)
    return NULL;

  lines = g_string_new (NULL);
  for (guint i = 0; i < swb_bench_file_get_n_commands (loaded->file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (loaded->file, i);
      g_autofree char *line = NULL;

      /* Lines that name other panes could not be read without those. */
      if (g_strcmp0 (command->pane, swb_pane_get_name (pane)) != 0
          || !(swb_document_is_preparation (command) || command->verb == SWB_VERB_BIND
               || command->verb == SWB_VERB_CONNECT))
        continue;
      line = swb_command_print (command);
      g_string_append_printf (lines, "%s\n", line);
    }

  snapshot = g_new0 (SwbSnapshot, 1);
  snapshot->text = g_string_free (g_steal_pointer (&lines), FALSE);
  snapshot->pane = g_object_ref (pane);
  return snapshot;
}

/* Carried out again, or put into an entry, under the name that the pane has now. */
static void
prepare (SwbDocument *self, const SwbCommand *command, const char *name)
{
  g_autoptr (SwbCommand) copy = swb_command_copy (command);

  g_free (copy->pane);
  copy->pane = g_strdup (name);
  if (command->verb == SWB_VERB_BIND)
    swb_document_prefill (self, name, command->address, NULL);
  else if (command->verb == SWB_VERB_CONNECT)
    swb_document_prefill (self, name, NULL, command->address);
  else if (command->verb != SWB_VERB_PANE)
    swb_bench_run (self->bench, copy, NULL);
}

static void
restore_pane (SwbDocument *self, SwbBenchFile *file, SwbPane *pane)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = swb_bench_restore (self->bench, pane, &error);

  if (name == NULL)
    {
      swb_document_tell_problem (self, error->message);
      return;
    }
  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    prepare (self, swb_bench_file_get_command (file, i), name);
}

void
swb_document_restore (SwbDocument *self, const SwbSnapshot *snapshot)
{
  g_autoptr (SwbLoaded) loaded = NULL;

  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (snapshot != NULL);

  loaded = swb_bench_loader_check (snapshot->text, strlen (snapshot->text));
  if (loaded->file == NULL)
    swb_document_tell_problem (self, _ ("It could not be brought back"));
  else if (snapshot->is_whole)
    swb_document_adopt (self, g_steal_pointer (&loaded->file), snapshot->file,
                        snapshot->baseline);
  else
    restore_pane (self, loaded->file, snapshot->pane);
}
