/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-file-kind.h"

#include "journal/import/swb-import.h"

static const char *const recording_endings[]
    = { ".pcapng", ".pcap", ".cap", ".jsonl", ".strace" };

SwbFileKind
swb_file_kind_guess (const char *name, const guint8 *bytes, gsize n_bytes)
{
  if (name != NULL && g_str_has_suffix (name, ".bench"))
    return SWB_FILE_BENCH;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (recording_endings); i++)
    if (g_str_has_suffix (name, recording_endings[i]))
      return SWB_FILE_RECORDING;

  return swb_import_detect (bytes, n_bytes) != SWB_IMPORT_UNKNOWN ? SWB_FILE_RECORDING
                                                                  : SWB_FILE_BENCH;
}

gboolean
swb_file_kind_is_endless (GFile *file, GCancellable *cancellable)
{
  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable)
         == G_FILE_TYPE_SPECIAL;
}

/* A journal is a folder; a bench never is. */
static gboolean
is_folder (GFile *file, GCancellable *cancellable)
{
  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable)
         == G_FILE_TYPE_DIRECTORY;
}

static void
guess_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree guint8 *bytes = g_malloc (SWB_FILE_KIND_BYTES);
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autoptr (GFileInputStream) stream
      = swb_file_kind_is_endless (G_FILE (source), cancellable)
            ? NULL
            : g_file_read (G_FILE (source), cancellable, NULL);
  gsize n_bytes = 0;

  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, SWB_FILE_KIND_BYTES, &n_bytes,
                             cancellable, NULL);
  if (stream != NULL)
    g_task_return_int (task, (gssize)swb_file_kind_guess (name, bytes, n_bytes));
  else
    g_task_return_int (task, is_folder (G_FILE (source), cancellable) ? SWB_FILE_RECORDING
                                                                      : SWB_FILE_BENCH);
}

void
swb_file_kind_guess_async (GFile *file, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, guess_in_worker);
}

SwbFileKind
swb_file_kind_guess_finish (GAsyncResult *result)
{
  return (SwbFileKind)g_task_propagate_int (G_TASK (result), NULL);
}
