/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-recording.h"

#include "journal/export/swb-export-private.h"
#include "journal/recording/swb-recording-private.h"

#define FLUSH_BYTES (256 * 1024)
#define STEPS_PER_LOOK 4096 /* at the cancellable, and between calls of progress */

typedef struct
{
  const SwbExportSource *source;
  SwbRecordingWriter writer;
  GOutputStream *stream;
  SwbProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  guint64 end;      /* behind the last position to look at */
  guint64 n_chosen; /* records of the range met so far in this turn */
  guint64 n_written;
} Saving;

static gboolean
is_chosen (Saving *self, guint64 position)
{
  if (self->n_chosen >= self->source->n_records
      || swb_export_source_get_position (self->source, self->n_chosen) != position)
    return FALSE;

  self->n_chosen++;
  return TRUE;
}

static gboolean
look_up (Saving *self, guint64 done, GError **error)
{
  if (done % STEPS_PER_LOOK != 0)
    return TRUE;

  if (self->progress != NULL)
    self->progress (done, 2 * self->end, self->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
flush (Saving *self, gsize least, GError **error)
{
  GByteArray *out = self->writer.out;

  if (out->len < least)
    return TRUE;
  if (!g_output_stream_write_all (self->stream, out->data, out->len, NULL,
                                  self->cancellable, error))
    return FALSE;

  g_byte_array_set_size (out, 0);
  return TRUE;
}

/* @is_there: (out): %FALSE when it has gone: then it is left out. */
static gboolean
read_record (Saving *self, guint64 position, SwbRecord *record, gboolean *is_there,
             GError **error)
{
  *is_there = swb_journal_read (self->source->journal, position, record);
  if (*is_there || !swb_journal_has (self->source->journal, position))
    return TRUE;

  swb_export_set_damaged (position, error);
  return FALSE;
}

static gboolean
moves_bytes (const SwbEntry *entry)
{
  return entry->kind == SWB_RECORD_CALL && swb_call_moves_bytes (entry->what);
}

static gboolean
learn (Saving *self, GError **error)
{
  gboolean is_there;
  SwbRecord record;

  for (guint64 i = 0; i < self->end; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->source->journal, i);
      gboolean chosen = is_chosen (self, i);

      if (!look_up (self, i, error))
        return FALSE;
      if (!swb_flows_needs (entry) && !(chosen && moves_bytes (entry)))
        continue;
      if (!read_record (self, i, &record, &is_there, error))
        return FALSE;
      if (is_there)
        swb_flows_learn (self->writer.flows, &record, chosen);
    }

  swb_flows_pair (self->writer.flows);
  self->n_chosen = 0;
  return TRUE;
}

/* Interfaces stand in front, also of panes that never said a word. */
static void
put_interfaces (Saving *self)
{
  gboolean *seen = g_new0 (gboolean, G_MAXUINT16 + 1);

  for (guint64 i = 0; i < self->source->n_records; i++)
    {
      guint64 position = swb_export_source_get_position (self->source, i);
      guint pane = swb_journal_peek_entry (self->source->journal, position)->pane;

      if (pane == 0 || seen[pane])
        continue;

      SwbFlowKind kind = swb_flows_get_kind_of_pane (self->writer.flows, pane);
      swb_recording_put_interface (&self->writer, pane,
                                   kind == SWB_FLOW_OTHER ? SWB_PCAPNG_LINK_UPPER_PDU
                                                          : SWB_PCAPNG_LINK_RAW);
      seen[pane] = TRUE;
    }

  g_free (seen);
}

static void
put_record (Saving *self, const SwbRecord *record, SwbFlow *flow)
{
  SwbRecordingWriter *writer = &self->writer;
  SwbFlowKind kind = flow != NULL ? flow->kind : SWB_FLOW_OTHER;
  gboolean is_peek = swb_call_get_info (record->call)->data == SWB_DATA_IN
                     && (record->ints[1] & MSG_PEEK) != 0;
  gboolean is_written = FALSE;

  if (record->kind == SWB_RECORD_CALL && swb_call_moves_bytes (record->call))
    {
      if (kind == SWB_FLOW_TCP)
        is_written = swb_recording_put_tcp (writer, record, flow);
      else if (kind == SWB_FLOW_UDP)
        is_written = swb_recording_put_udp (writer, record, flow);
      else if (!is_peek && record->n_data > 0)
        {
          swb_recording_put_pdu (writer, record, flow);
          is_written = TRUE;
        }
    }

  if (is_written)
    return;

  swb_recording_put_journal (writer, record);
  if (kind == SWB_FLOW_TCP)
    swb_recording_put_tcp_signs (writer, record, flow);
}

/* Writes what follows from the record; not the record itself when it has gone. */
static void
write_record (Saving *self, guint64 position, const SwbRecord *record, gboolean chosen)
{
  guint length = self->writer.out->len;
  guint n_interfaces = g_hash_table_size (self->writer.interfaces);
  SwbFlow *flow = swb_flows_follow (self->writer.flows, record);

  if (!chosen)
    return;

  put_record (self, record, flow);
  if (swb_journal_has (self->source->journal, position))
    {
      self->n_written++;
      return;
    }

  /* It went meanwhile, so its bytes may be others'. */
  g_byte_array_set_size (self->writer.out, length);
  swb_recording_forget_interfaces (&self->writer, n_interfaces);
}

static gboolean
write_records (Saving *self, GError **error)
{
  gboolean is_there;
  SwbRecord record;

  for (guint64 i = 0; i < self->end; i++)
    {
      gboolean chosen = is_chosen (self, i);

      if (!look_up (self, self->end + i, error))
        return FALSE;
      if (!chosen && !swb_flows_needs (swb_journal_peek_entry (self->source->journal, i)))
        continue;
      if (!read_record (self, i, &record, &is_there, error))
        return FALSE;

      if (is_there)
        write_record (self, i, &record, chosen);
      if (!flush (self, FLUSH_BYTES, error))
        return FALSE;
    }

  if (self->n_written < self->source->n_records)
    swb_recording_put_end (&self->writer, self->n_written);
  return TRUE;
}

static gboolean
save (Saving *self, GError **error)
{
  if (!learn (self, error))
    return FALSE;

  swb_recording_put_section (&self->writer);
  put_interfaces (self);
  return write_records (self, error) && flush (self, 0, error)
         && g_output_stream_flush (self->stream, self->cancellable, error);
}

gboolean
swb_recording_save (const SwbExportSource *source, GOutputStream *stream,
                    SwbProgressFunc progress, gpointer progress_data,
                    GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (source != NULL && source->journal != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  g_autoptr (SwbFlows) flows = swb_flows_new ();
  Saving self = {
    .source = source,
    .stream = stream,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };

  if (source->n_records > 0)
    self.end = swb_export_source_get_position (source, source->n_records - 1) + 1;
  g_return_val_if_fail (self.end <= swb_journal_get_n_records (source->journal), FALSE);

  swb_recording_writer_init (&self.writer, source, flows);
  gboolean saved = save (&self, error);
  swb_recording_writer_clear (&self.writer);
  if (saved && progress != NULL)
    progress (2 * self.end, 2 * self.end, progress_data);
  return saved;
}
