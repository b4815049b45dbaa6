/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-document-private.h"

#include <glib/gi18n.h>

#include "app/document/swb-bench-loader.h"

typedef struct
{
  SwbDocument *self;
  GFile *file;
  gboolean unnamed;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->self);
  g_object_unref (opening->file);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autofree char *base = g_file_get_basename (opening->file);
  g_autofree char *name = g_filename_display_name (base);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbLoaded) loaded = swb_bench_loader_load_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || (opening->unnamed && loaded == NULL))
    return;

  if (loaded == NULL)
    {
      /* Translators: a file's name, and why it could not be read */
      text = g_strdup_printf (_ ("Could not open %s: %s"), name, error->message);
      swb_document_tell_problem (opening->self, text);
    }
  else if (loaded->file == NULL)
    swb_document_emit_mistakes (opening->self, name, loaded->mistakes);
  else
    swb_document_adopt (opening->self, g_steal_pointer (&loaded->file),
                        opening->unnamed ? NULL : opening->file);
}

typedef struct
{
  SwbDocument *self;
  GBytes *bytes;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (SwbDocument) self = saving->self;
  g_autoptr (GBytes) bytes = saving->bytes;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (SwbLoaded) loaded = NULL;

  g_free (saving);
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      text = g_strdup_printf (_ ("Could not save the bench: %s"), error->message);
      swb_document_tell_problem (self, text);
      return;
    }

  loaded = swb_bench_loader_check (data, length);
  g_clear_pointer (&self->loaded, swb_bench_file_free);
  self->loaded = g_steal_pointer (&loaded->file);
  g_free (self->baseline);
  self->baseline = g_strndup (data, length);
  swb_document_set_file (self, G_FILE (source));
  swb_document_compare (self);
}

void
swb_document_open (SwbDocument *self, GFile *file, gboolean unnamed)
{
  Opening *opening;

  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (file));

  opening = g_new0 (Opening, 1);
  opening->self = g_object_ref (self);
  opening->file = g_object_ref (file);
  opening->unnamed = unnamed;
  swb_bench_loader_load_async (file, self->cancellable, loaded_cb, opening);
}

void
swb_document_save (SwbDocument *self, GFile *file)
{
  g_autofree char *text = NULL;
  gsize length;
  Saving *saving;

  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (file));

  text = swb_document_dup_text (self);
  length = strlen (text);
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  g_file_replace_contents_bytes_async (file, saving->bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       NULL, saved_cb, saving);
}
