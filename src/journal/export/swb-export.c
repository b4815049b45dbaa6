/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/export/swb-export.h"

#include "journal/export/swb-export-private.h"
#include "journal/recording/swb-recording.h"
#include "net/swb-error.h"

#include <string.h>

#include <glib/gi18n.h>

#define FLUSH_BYTES (256 * 1024)
#define RECORDS_PER_LOOK 1024

typedef void (*PutFunc) (GString *out, const SwbExportSource *source, guint64 position,
                         const SwbRecord *record);

static const struct
{
  const char *name;
  PutFunc put;
} formats[SWB_N_EXPORTS] = {
  [SWB_EXPORT_TEXT] = { "text", swb_export_put_text },
  [SWB_EXPORT_HEX] = { "hex", swb_export_put_hex },
  [SWB_EXPORT_JSON] = { "json", swb_export_put_json },
  [SWB_EXPORT_CSV] = { "csv", swb_export_put_csv },
  [SWB_EXPORT_RAW] = { "raw", swb_export_put_raw },
  [SWB_EXPORT_PCAPNG] = { "pcapng", NULL },
};

const char *
swb_export_format_get_name (SwbExportFormat format)
{
  g_return_val_if_fail ((guint)format < SWB_N_EXPORTS, "?");

  return formats[format].name;
}

gboolean
swb_export_format_from_name (const char *name, SwbExportFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < SWB_N_EXPORTS; i++)
    if (g_str_equal (formats[i].name, name))
      {
        *format = (SwbExportFormat)i;
        return TRUE;
      }

  return FALSE;
}

void
swb_export_source_init (SwbExportSource *self, SwbJournal *journal,
                        SwbPaneNameFunc pane_name, gpointer pane_data)
{
  guint64 first = swb_journal_get_first (journal);

  *self = (SwbExportSource){
    .journal = journal,
    .first = first,
    .n_records = swb_journal_get_n_records (journal) - first,
    .pane_name = pane_name,
    .pane_data = pane_data,
  };
}

guint64
swb_export_source_get_position (const SwbExportSource *self, guint64 n)
{
  return self->positions != NULL ? self->positions[n] : self->first + n;
}

void
swb_export_set_damaged (guint64 position, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, position);

  g_set_error (error, SWB_ERROR, SWB_ERROR_FORMAT,
               /* Translators: %s is a number */
               _ ("Record %s of the journal is damaged"), number);
}

static gboolean
flush (GString *out, gsize least, GOutputStream *stream, GCancellable *cancellable,
       GError **error)
{
  if (out->len < least)
    return TRUE;
  if (!g_output_stream_write_all (stream, out->str, out->len, NULL, cancellable, error))
    return FALSE;

  g_string_truncate (out, 0);
  return TRUE;
}

static SwbDissectIndex *
make_dissections (const SwbExportSource *self, SwbExportFormat format)
{
  return format == SWB_EXPORT_HEX || (format == SWB_EXPORT_TEXT && self->dissects)
             ? swb_dissect_index_new (self->journal)
             : NULL;
}

/* Puts one record, unless it went meanwhile. */
static gboolean
put_record (GString *out, const SwbExportSource *source, SwbExportFormat format,
            guint64 position, GError **error)
{
  gsize length = out->len;
  SwbRecord record;
  gboolean is_whole = swb_journal_read (source->journal, position, &record);

  if (!is_whole && swb_journal_has (source->journal, position))
    {
      swb_export_set_damaged (position, error);
      return FALSE;
    }

  if (is_whole)
    formats[format].put (out, source, position, &record);
  if (!swb_journal_has (source->journal, position))
    g_string_truncate (out, length);
  return TRUE;
}

static gboolean
write_records (const SwbExportSource *self, SwbExportFormat format, GOutputStream *stream,
               SwbProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (2 * FLUSH_BYTES);
  g_autoptr (SwbDissectIndex) dissections = make_dissections (self, format);
  SwbExportSource source = *self;

  source.dissections = dissections;

  if (format == SWB_EXPORT_CSV)
    swb_export_put_csv_names (out);

  for (guint64 i = 0; i < self->n_records; i++)
    {
      guint64 position = swb_export_source_get_position (self, i);

      if (i % RECORDS_PER_LOOK == 0)
        {
          if (progress != NULL)
            progress (i, self->n_records, progress_data);
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
        }
      if (!put_record (out, &source, format, position, error)
          || !flush (out, FLUSH_BYTES, stream, cancellable, error))
        return FALSE;
    }

  if (progress != NULL)
    progress (self->n_records, self->n_records, progress_data);
  return flush (out, 0, stream, cancellable, error)
         && g_output_stream_flush (stream, cancellable, error);
}

gboolean
swb_export_write (const SwbExportSource *self, SwbExportFormat format,
                  GOutputStream *stream, SwbProgressFunc progress, gpointer progress_data,
                  GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && self->journal != NULL, FALSE);
  g_return_val_if_fail ((guint)format < SWB_N_EXPORTS, FALSE);

  if (format == SWB_EXPORT_PCAPNG)
    return swb_recording_save (self, stream, progress, progress_data, cancellable, error);

  return write_records (self, format, stream, progress, progress_data, cancellable, error);
}

gboolean
swb_export_save (const SwbExportSource *self, SwbExportFormat format, const char *path,
                 SwbProgressFunc progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean is_new = !g_file_query_exists (file, NULL);
  g_autoptr (GFileOutputStream) stream
      = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error);

  if (stream == NULL)
    return FALSE;

  /* All is written then: to cancel the rest would leave the file or not, by chance. */
  if (swb_export_write (self, format, G_OUTPUT_STREAM (stream), progress, progress_data,
                        cancellable, error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
    return TRUE;

  /* A stream that is closed after a cancel keeps the old file and drops what was to replace
   * it; without an old one it wrote to the file itself. */
  g_autoptr (GCancellable) drop = g_cancellable_new ();
  g_cancellable_cancel (drop);
  g_output_stream_close (G_OUTPUT_STREAM (stream), drop, NULL);
  if (is_new)
    g_file_delete (file, NULL, NULL);
  return FALSE;
}

/* --- in a worker --- */

typedef struct
{
  SwbExportSource source;
  SwbExportFormat format;
  char *path;
  guint64 *positions;
  GHashTable *pane_names;
  SwbProgressTeller *teller;
  guint64 n_unkept;
} Job;

static void
job_free (Job *self)
{
  swb_journal_unref (self->source.journal);
  swb_progress_teller_unref (self->teller);
  g_hash_table_unref (self->pane_names);
  g_free (self->positions);
  g_free (self->path);
  g_free (self);
}

/* The caller's names may change while the worker runs, and belong to the caller's thread.
 */
static GHashTable *
copy_pane_names (const SwbExportSource *source)
{
  GHashTable *names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autofree guint8 *seen = g_new0 (guint8, G_MAXUINT16 + 1);

  if (source->pane_name == NULL)
    return names;

  for (guint64 i = 0; i < source->n_records; i++)
    {
      guint64 position = swb_export_source_get_position (source, i);
      guint pane = swb_journal_peek_entry (source->journal, position)->pane;

      if (seen[pane])
        continue;
      seen[pane] = TRUE;
      g_hash_table_insert (names, GUINT_TO_POINTER (pane),
                           g_strdup (source->pane_name (pane, source->pane_data)));
    }

  return names;
}

static void
save_in_worker (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Job *self = data;
  GError *error = NULL;

  if (self->format == SWB_EXPORT_RAW)
    self->n_unkept = swb_export_count_unkept (&self->source, cancellable);
  if (swb_export_save (&self->source, self->format, self->path, swb_progress_teller_tell,
                       self->teller, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
swb_export_save_async (const SwbExportSource *self, SwbExportFormat format,
                       const char *path, SwbProgressFunc progress, gpointer progress_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (self != NULL && self->journal != NULL && path != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->source = *self;
  swb_journal_ref (self->journal);
  job->format = format;
  job->path = g_strdup (path);
  job->pane_names = copy_pane_names (self);
  job->source.pane_name = swb_recording_get_pane_name;
  job->source.pane_data = job->pane_names;
  job->teller = swb_progress_teller_new (progress, progress_data);
  if (self->positions != NULL)
    {
      job->positions = g_memdup2 (self->positions, self->n_records * sizeof (guint64));
      job->source.positions = job->positions;
    }

  g_task_set_source_tag (task, swb_export_save_async);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  /* One that was cancelled too late is told as what it is: saved. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, save_in_worker);
}

guint64
swb_export_save_get_n_unkept (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), 0);

  return ((Job *)g_task_get_task_data (G_TASK (result)))->n_unkept;
}

gboolean
swb_export_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
