/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-file-kind.h"

#include <string.h>

static const char *const recording_endings[]
    = { ".pcapng", ".pcap", ".cap", ".jsonl", ".strace" };

/* Lines of strace that are looked at: the first may be a signal, or the end of a program.
 */
#define MAX_LINES 20

static gboolean
is_capture (const guint8 *bytes, gsize n_bytes)
{
  static const guint32 magics[] = {
    0x0a0d0d0a,             /* pcapng: the type of its first block */
    0xa1b2c3d4, 0xd4c3b2a1, /* pcap, µs */
    0xa1b23c4d, 0x4d3cb2a1, /* pcap, ns */
  };
  guint32 magic;

  if (n_bytes < sizeof magic)
    return FALSE;

  memcpy (&magic, bytes, sizeof magic);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (magic == magics[i])
      return TRUE;
  return FALSE;
}

static gboolean
is_json (const guint8 *bytes, gsize n_bytes)
{
  gsize i = 0;

  while (i < n_bytes && g_ascii_isspace (bytes[i]))
    i++;
  return i < n_bytes && bytes[i] == '{';
}

/* "1234 1700000000.123456 socket(": no line of a bench has a word and a parenthesis so. */
static gboolean
is_strace (const guint8 *bytes, gsize n_bytes)
{
  g_autofree char *text = g_strndup ((const char *)bytes, n_bytes);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES + 1);
  g_autoptr (GRegex) regex = g_regex_new (
      "^(\\[pid +\\d+\\] +|\\d+ +)?([\\d.:]+ +)?[a-z_][a-z_0-9]*\\(", G_REGEX_RAW, 0, NULL);

  for (guint i = 0; i < MAX_LINES && lines[i] != NULL; i++)
    if (g_regex_match (regex, lines[i], 0, NULL))
      return TRUE;
  return FALSE;
}

SwbFileKind
swb_file_kind_guess (const char *name, const guint8 *bytes, gsize n_bytes)
{
  if (name != NULL && g_str_has_suffix (name, ".bench"))
    return SWB_FILE_BENCH;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (recording_endings); i++)
    if (g_str_has_suffix (name, recording_endings[i]))
      return SWB_FILE_RECORDING;

  return is_capture (bytes, n_bytes) || is_json (bytes, n_bytes)
                 || is_strace (bytes, n_bytes)
             ? SWB_FILE_RECORDING
             : SWB_FILE_BENCH;
}

static void
guess_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree guint8 *bytes = g_malloc (SWB_FILE_KIND_BYTES);
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autoptr (GFileInputStream) stream = g_file_read (G_FILE (source), cancellable, NULL);
  gsize n_bytes = 0;

  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, SWB_FILE_KIND_BYTES, &n_bytes,
                             cancellable, NULL);
  g_task_return_int (task, stream != NULL
                               ? (gssize)swb_file_kind_guess (name, bytes, n_bytes)
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
