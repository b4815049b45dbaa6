/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

#include "net/swb-option.h"

/* What cannot be read, such as joining a group, is no value that a later one replaces. */
static gboolean
is_value (int level, int name)
{
  const SwbOption *option = swb_option_find (level, name);

  return option == NULL || (option->flags & SWB_OPTION_READ) != 0;
}

static gboolean
sets_same (const SwbCommand *command, int level, int name)
{
  return command->numbers[0] == level && command->numbers[1] == name;
}

void
swb_pane_keep_option (SwbPane *self, const SwbRecord *record)
{
  int level = swb_option_level_in (self->domain, (int)record->ints[0]);
  int name = (int)record->ints[1];
  SwbCommand *command = NULL;

  for (guint i = 0; i < self->options->len && is_value (level, name) && command == NULL;
       i++)
    if (sets_same (self->options->pdata[i], level, name))
      command = self->options->pdata[i];
  if (command == NULL)
    {
      command = swb_command_new (SWB_VERB_SETSOCKOPT, self->name, SWB_CONNECTION_NONE);
      command->numbers[0] = level;
      command->numbers[1] = name;
      g_ptr_array_add (self->options, command);
    }
  g_clear_pointer (&command->bytes, g_bytes_unref);
  command->bytes = g_bytes_new (record->data, record->n_data);
}

GPtrArray *
swb_pane_dup_option_lines (SwbPane *self)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (SWB_IS_PANE (self), lines);

  for (guint i = 0; i < self->options->len; i++)
    g_ptr_array_add (lines, swb_command_print (self->options->pdata[i]));
  return lines;
}
