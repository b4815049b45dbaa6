/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-payload.h"
#include "net/swb-error.h"

#include <glib/gi18n.h>

#define CHUNK (64 * 1024)

static gboolean
fail_too_large (const char *path, GError **error)
{
  g_set_error (error, SWB_ERROR, SWB_ERROR_TOO_LARGE,
               _ ("%s has more than %d MiB; larger files cannot be sent at once"), path,
               SWB_PAYLOAD_FILE_MAX / (1024 * 1024));
  return FALSE;
}

/* Opening a FIFO waits for its writer, and a device may never end: only regular files are
 * read. */
static gboolean
check_file (GFile *file, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
      G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return FALSE;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("%s is not a regular file"), path);
      return FALSE;
    }

  if (g_file_info_get_size (info) > SWB_PAYLOAD_FILE_MAX)
    return fail_too_large (path, error);

  return TRUE;
}

/* Files under /proc have size 0, and any file may grow while it is read: the limit counts
 * what came. */
static GBytes *
read_file (GFile *file, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gssize n = 1;

  if (stream == NULL)
    return NULL;

  while (n > 0)
    {
      guint length = bytes->len;

      if (length > SWB_PAYLOAD_FILE_MAX)
        return fail_too_large (path, error), NULL;

      g_byte_array_set_size (bytes, length + CHUNK);
      n = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + length, CHUNK,
                               cancellable, error);
      g_byte_array_set_size (bytes, length + (guint)MAX (n, 0));
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GError *error = NULL;
  GBytes *bytes = NULL;

  if (check_file (file, path, cancellable, &error))
    bytes = read_file (file, path, cancellable, &error);

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
}

void
swb_payload_load_file_async (const char *path, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (path != NULL);

  g_task_set_source_tag (task, swb_payload_load_file_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

GBytes *
swb_payload_load_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
