/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-command.h"

#include "journal/store/swb-record.h"

SwbCommand *
swb_command_new (SwbVerb verb, const char *pane, guint connection)
{
  SwbCommand *command = g_new0 (SwbCommand, 1);

  command->verb = verb;
  command->pane = g_strdup (pane);
  command->connection = connection;
  command->duration_ns = -1;
  command->within_ns = -1;
  return command;
}

SwbCommand *
swb_command_copy (const SwbCommand *command)
{
  SwbCommand *copy = g_memdup2 (command, sizeof *command);

  copy->pane = g_strdup (command->pane);
  copy->title = g_strdup (command->title);
  copy->other = g_strdup (command->other);
  copy->address = g_strdup (command->address);
  copy->bytes = command->bytes ? g_bytes_ref (command->bytes) : NULL;
  copy->file = g_strdup (command->file);
  copy->sent_file = g_strdup (command->sent_file);
  copy->state = g_strdup (command->state);
  return copy;
}

void
swb_command_free (SwbCommand *command)
{
  if (command == NULL)
    return;

  g_free (command->pane);
  g_free (command->title);
  g_free (command->other);
  g_free (command->address);
  g_clear_pointer (&command->bytes, g_bytes_unref);
  g_free (command->file);
  g_free (command->sent_file);
  g_free (command->state);
  g_free (command);
}

gboolean
swb_command_is_receive_buffer (const SwbCommand *command)
{
  return command->verb == SWB_VERB_SETSOCKOPT && command->connection == SWB_CONNECTION_NONE
         && command->numbers[0] == SOL_SOCKET
         && (command->numbers[1] == SO_RCVBUF || command->numbers[1] == SO_RCVBUFFORCE);
}
