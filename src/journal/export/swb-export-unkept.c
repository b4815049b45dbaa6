/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/export/swb-export-private.h"

#include <sys/socket.h>

#define ENTRIES_PER_LOOK 65536

gboolean
swb_export_takes_raw (const SwbExportSource *source, const SwbRecord *record)
{
  int direction = swb_record_get_direction (record);

  if (record->pane != source->pane || record->connection != source->connection
      || direction == 0 || (source->direction != 0 && direction != source->direction))
    return FALSE;
  /* Bytes that were only looked at come again. */
  return record->kind != SWB_RECORD_CALL || direction > 0
         || (record->ints[1] & MSG_PEEK) == 0;
}

/* Few records have less than the call moved: the others are told by their entry alone. */
static gboolean
may_lack (const SwbExportSource *source, const SwbEntry *entry)
{
  if (entry->pane != source->pane || entry->connection != source->connection)
    return FALSE;
  if (entry->kind == SWB_RECORD_NOTE)
    return entry->what == SWB_NOTE_GAP;
  return (entry->kind == SWB_RECORD_CALL || entry->kind == SWB_RECORD_PACKET)
         && entry->result > 0 && entry->length - entry->n_details < (guint32)entry->result;
}

/* A capture may lack packets, and the ends of those that it has. */
static guint64
count_lacking (const SwbExportSource *source, const SwbRecord *record)
{
  gint64 direction = record->ints[1];

  if (record->kind == SWB_RECORD_NOTE)
    return direction == 0 || source->direction == 0 || direction == source->direction
               ? (guint64)MAX (record->ints[0], 0)
               : 0;
  if (!swb_export_takes_raw (source, record))
    return 0;
  if (record->kind == SWB_RECORD_PACKET)
    return (guint64)MAX (record->result - (gint64)record->n_data, 0);
  return swb_record_get_n_unkept (record);
}

guint64
swb_export_count_unkept (const SwbExportSource *self, GCancellable *cancellable)
{
  guint64 n_bytes = 0;
  SwbRecord record;

  g_return_val_if_fail (self != NULL && self->journal != NULL, 0);

  for (guint64 i = 0; i < self->n_records; i++)
    {
      guint64 position = swb_export_source_get_position (self, i);

      if (i % ENTRIES_PER_LOOK == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      if (may_lack (self, swb_journal_peek_entry (self->journal, position))
          && swb_journal_read (self->journal, position, &record))
        n_bytes += count_lacking (self, &record);
    }
  return n_bytes;
}

static void
source_free (SwbExportSource *self)
{
  swb_journal_unref (self->journal);
  g_free ((gpointer)self->positions);
  g_free (self);
}

static void
count_in_worker (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  guint64 *n_bytes = g_new (guint64, 1);

  *n_bytes = swb_export_count_unkept (data, cancellable);
  g_task_return_pointer (task, n_bytes, g_free);
}

void
swb_export_count_unkept_async (const SwbExportSource *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self != NULL && self->journal != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SwbExportSource *source = g_memdup2 (self, sizeof *self);

  swb_journal_ref (self->journal);
  source->pane_name = NULL;
  if (self->positions != NULL)
    source->positions = g_memdup2 (self->positions, self->n_records * sizeof (guint64));
  g_task_set_source_tag (task, swb_export_count_unkept_async);
  g_task_set_task_data (task, source, (GDestroyNotify)source_free);
  g_task_run_in_thread (task, count_in_worker);
}

gboolean
swb_export_count_unkept_finish (GAsyncResult *result, guint64 *n_bytes)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  g_autofree guint64 *counted = g_task_propagate_pointer (G_TASK (result), NULL);
  if (counted == NULL)
    return FALSE;
  *n_bytes = *counted;
  return TRUE;
}
