/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

/* What a journal says of a pane whose first records have gone: engine/swb-summary.h. A pane
 * that is known already needs none of it. */

/* A damaged journal may say anything. */
#define ACCEPTED_MAX (1 << 20)

gboolean
swb_pane_begins_with (const SwbRecord *record)
{
  return record->kind == SWB_RECORD_COMMAND
         || (record->kind == SWB_RECORD_NOTE && record->note == SWB_NOTE_PANE);
}

void
swb_pane_fold_summary (SwbPane *self, const SwbRecord *record, guint64 position)
{
  g_autofree char *text = g_strndup ((const char *)record->data, record->n_data);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (self->first_position != position)
    return;
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    swb_pane_fold_line (self, lines[i]);
  /* Those that are open are told of by what the engine asks them. */
  g_ptr_array_set_size (self->accepted, (int)CLAMP (record->ints[0], 0, ACCEPTED_MAX));
}

SwbConnection *
swb_pane_reopen (SwbPane *self, const SwbRecord *record)
{
  SwbConnection *connection;

  if (record->call != SWB_CALL_GETPEERNAME || record->error != 0 || record->fd < 0
      || record->origin != SWB_ORIGIN_ENGINE || record->connection == SWB_CONNECTION_NONE
      || record->connection > self->accepted->len)
    return NULL;

  connection = swb_connection_new (record->connection, record->fd, SWB_STATE_CONNECTED);
  connection->local = self->socket->local;
  self->accepted->pdata[record->connection - 1] = connection;
  swb_connection_list_append (self->open, connection);
  return connection;
}
