/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-private.h"

#include "journal/import/swb-strace.h"
#include "journal/recording/swb-load.h"
#include "journal/recording/swb-recording-private.h"
#include "net/swb-error.h"

#include <string.h>

#include <glib/gi18n.h>

/* --- what it is --- */

/* The section of a recording says so in an option of its own. */
static gboolean
is_recording (const guint8 *bytes, gsize length)
{
  const guint8 *value;
  gsize n_value;

  if (length < 28)
    return FALSE;

  gsize n_block = swb_get_u32 (bytes + 4);
  if (n_block < 28 || n_block > length)
    return FALSE;

  return swb_pcapng_find_custom (bytes + 24, bytes + n_block - 4, SWB_RECORDING_TAG_SECTION,
                                 &value, &n_value);
}

static SwbImportFormat
detect_text (const guint8 *bytes, gsize length)
{
  gsize at = 0;

  while (at < length && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')))
    at++;
  if (at == length)
    return SWB_IMPORT_UNKNOWN;
  if (bytes[at] == '{')
    return SWB_IMPORT_JSON;

  /* The first lines: one of them may be strace's own, about what it attached. */
  for (guint n = 0; n < 20 && at < length; n++)
    {
      const guint8 *newline = memchr (bytes + at, '\n', length - at);
      gsize end = newline != NULL ? (gsize)(newline - bytes) : length;
      g_autofree char *line = g_strndup ((const char *)bytes + at, MIN (end - at, 512));

      if (swb_strace_is_line (line))
        return SWB_IMPORT_STRACE;
      at = end + 1;
    }
  return SWB_IMPORT_UNKNOWN;
}

SwbImportFormat
swb_import_detect (const guint8 *bytes, gsize length)
{
  if (length >= 4 && swb_get_u32 (bytes) == SWB_PCAPNG_SECTION)
    return is_recording (bytes, length) ? SWB_IMPORT_RECORDING : SWB_IMPORT_PCAPNG;
  if (length >= 4 && swb_pcapng_is_pcap (bytes))
    return SWB_IMPORT_PCAP;

  return detect_text (bytes, length);
}

/* --- the whole --- */

/* What compresses files, by how those begin: RFC 1952, RFC 8878, the formats of xz and
 * bzip2. */
static const char *
find_compressor (const guint8 *bytes, gsize length)
{
  static const struct
  {
    const char *name;
    const char *magic;
    gsize length;
  } compressors[] = { { "gzip", "\x1f\x8b", 2 },
                      { "zstd", "\x28\xb5\x2f\xfd", 4 },
                      { "xz",
                        "\xfd"
                        "7zXZ",
                        5 },
                      { "bzip2", "BZh", 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (compressors); i++)
    if (length >= compressors[i].length
        && memcmp (bytes, compressors[i].magic, compressors[i].length) == 0)
      return compressors[i].name;
  return NULL;
}

static gboolean
fail_unknown (SwbImport *self, GError **error)
{
  gsize length;
  const guint8 *bytes = g_buffered_input_stream_peek_buffer (self->stream, &length);
  const char *compressor = find_compressor (bytes, length);

  if (length == 0)
    g_set_error_literal (error, SWB_ERROR, SWB_ERROR_FORMAT,
                         _ ("this is empty: nothing is recorded in it"));
  else if (compressor != NULL)
    g_set_error (error, SWB_ERROR, SWB_ERROR_FORMAT,
                 /* Translators: the name of a program: gzip, zstd, xz or bzip2 */
                 _ ("this was compressed by %s: uncompress it first"), compressor);
  else
    g_set_error_literal (error, SWB_ERROR, SWB_ERROR_FORMAT,
                         _ ("this is neither a recording, nor a pcap or pcapng file, nor "
                            "JSON lines of this program, nor a log of strace; its first "
                            "bytes are at offset 0"));
  return FALSE;
}

static gboolean
read_format (SwbImport *self, SwbImportFormat format, GError **error)
{
  switch (format)
    {
    case SWB_IMPORT_STRACE:
      return swb_import_strace (self, error);
    case SWB_IMPORT_PCAPNG:
    case SWB_IMPORT_PCAP:
      return swb_import_capture (self, format == SWB_IMPORT_PCAPNG, error);
    case SWB_IMPORT_JSON:
      return swb_import_json (self, error);
    case SWB_IMPORT_RECORDING:
    case SWB_IMPORT_UNKNOWN:
    default:
      return fail_unknown (self, error);
    }
}

static SwbJournal *
import (SwbImport *self, SwbImportFormat format, const char *folder,
        GHashTable **pane_names, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gboolean made, loaded;

  self->journal = swb_load_begin (folder, &made, error);
  if (self->journal == NULL)
    return NULL;

  self->pane_names = names;
  self->line = g_byte_array_new ();
  loaded = read_format (self, format, error) && swb_load_publish (self->journal, error);
  g_byte_array_unref (self->line);

  SwbJournal *journal = swb_load_end (self->journal, loaded, made);
  if (journal != NULL && pane_names != NULL)
    *pane_names = g_steal_pointer (&names);
  return journal;
}

/* Whether more bytes may make something else of it: a recording says what it is at the end
 * of its first block, and a pipe may bring that in pieces. */
static gboolean
is_open (SwbImportFormat format, const guint8 *bytes, gsize length)
{
  return format == SWB_IMPORT_UNKNOWN
         || (format == SWB_IMPORT_PCAPNG
             && (length < 8 || length < swb_get_u32 (bytes + 4)));
}

/* Bytes enough to know what it is, without taking them. */
static gboolean
peek (GBufferedInputStream *stream, SwbImportFormat *format, GCancellable *cancellable,
      GError **error)
{
  const guint8 *bytes;
  gsize available;
  gssize n;

  do
    {
      n = g_buffered_input_stream_fill (stream, -1, cancellable, error);
      bytes = g_buffered_input_stream_peek_buffer (stream, &available);
      *format = swb_import_detect (bytes, available);
    }
  while (n > 0 && is_open (*format, bytes, available)
         && available < SWB_IMPORT_DETECT_BYTES);

  return n >= 0;
}

SwbJournal *
swb_import_load (GInputStream *stream, guint64 n_bytes, const char *folder,
                 GHashTable **pane_names, SwbProgressFunc progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  g_autoptr (GInputStream) buffered
      = g_buffered_input_stream_new_sized (stream, 4 * SWB_IMPORT_DETECT_BYTES);
  SwbImportFormat format;
  SwbImport self = {
    .stream = G_BUFFERED_INPUT_STREAM (buffered),
    .n_bytes = n_bytes,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (buffered), FALSE);
  if (!peek (self.stream, &format, cancellable, error))
    return NULL;
  if (format == SWB_IMPORT_RECORDING)
    return swb_recording_load (buffered, n_bytes, folder, pane_names, progress,
                               progress_data, cancellable, error);

  return import (&self, format, folder, pane_names, error);
}

SwbJournal *
swb_import_open (const char *path, const char *folder, GHashTable **pane_names,
                 SwbProgressFunc progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  return swb_load_open (swb_import_load, path, folder, pane_names, progress, progress_data,
                        cancellable, error);
}

void
swb_import_open_async (const char *path, const char *folder, SwbProgressFunc progress,
                       gpointer progress_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  swb_load_open_async (swb_import_load, path, folder, progress, progress_data, cancellable,
                       callback, user_data);
}

SwbJournal *
swb_import_open_finish (GAsyncResult *result, GHashTable **pane_names, GError **error)
{
  return swb_load_open_finish (result, pane_names, error);
}
