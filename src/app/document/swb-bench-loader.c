/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-bench-loader.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-file-kind.h"
#include "net/swb-error.h"

#define CHUNK 65536

void
swb_loaded_free (SwbLoaded *loaded)
{
  if (loaded == NULL)
    return;

  g_free (loaded->text);
  g_clear_pointer (&loaded->file, swb_bench_file_free);
  g_clear_pointer (&loaded->mistakes, g_ptr_array_unref);
  g_free (loaded);
}

SwbLoaded *
swb_bench_loader_check (const char *text, gsize length)
{
  SwbLoaded *loaded = g_new0 (SwbLoaded, 1);

  loaded->text = g_malloc (length + 1);
  memcpy (loaded->text, text, length);
  loaded->text[length] = '\0';
  loaded->length = length;
  loaded->file = swb_bench_file_parse (loaded->text, length, &loaded->mistakes);
  return loaded;
}

/* Not g_file_load_contents(): that reads a file that grows until the memory is gone. */
static GByteArray *
read_bounded (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gssize n_read = 1;

  if (stream == NULL)
    return NULL;

  while (n_read > 0 && bytes->len <= SWB_BENCH_FILE_MAX)
    {
      guint old_length = bytes->len;

      g_byte_array_set_size (bytes, old_length + CHUNK);
      n_read = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + old_length,
                                    CHUNK, cancellable, error);
      g_byte_array_set_size (bytes, old_length + (guint)MAX (n_read, 0));
    }
  return n_read < 0 ? NULL : g_steal_pointer (&bytes);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GByteArray) bytes = NULL;
  GError *error = NULL;

  if (swb_file_kind_is_endless (data, cancellable))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                               _ ("It is a pipe, a socket or a device, and no file"));
      return;
    }
  bytes = read_bounded (data, cancellable, &error);
  if (bytes == NULL)
    g_task_return_error (task, error);
  else if (bytes->len > SWB_BENCH_FILE_MAX)
    g_task_return_new_error (task, SWB_ERROR, SWB_ERROR_TOO_LARGE,
                             _ ("It is larger than %d MiB, which no bench file is"),
                             SWB_BENCH_FILE_MAX / (1024 * 1024));
  else
    g_task_return_pointer (task, swb_bench_loader_check ((char *)bytes->data, bytes->len),
                           (GDestroyNotify)swb_loaded_free);
}

void
swb_bench_loader_load_async (GFile *file, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}

SwbLoaded *
swb_bench_loader_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
