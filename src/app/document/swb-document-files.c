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
  GFile *source;             /* what it is known by; nullable */
  GCancellable *cancellable; /* also of one that another overtook */
  gboolean is_copy;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->self);
  g_object_unref (opening->file);
  g_clear_object (&opening->source);
  g_object_unref (opening->cancellable);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

void
swb_document_drop_loading (SwbDocument *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

/* Told what became of the file: nothing more comes of it, unless its panes are being made.
 */
static void
end_loading (Opening *opening, SwbLoaded *loaded, const GError *error)
{
  SwbDocument *self = opening->self;
  g_autofree char *base = g_file_get_basename (opening->file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = NULL;

  g_clear_object (&self->loading);
  if (loaded != NULL && loaded->file != NULL)
    {
      swb_document_adopt (self, g_steal_pointer (&loaded->file), opening->source,
                          opening->is_copy ? "" : NULL);
      return;
    }

  if (loaded != NULL)
    swb_document_emit_mistakes (self, name, loaded->mistakes);
  else if (!opening->is_copy)
    {
      /* Translators: a file's name, and why it could not be read */
      text = g_strdup_printf (_ ("Could not open %s: %s"), name, error->message);
      swb_document_tell_problem (self, text);
    }
  swb_document_emit_settled (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbLoaded) loaded = swb_bench_loader_load_finish (result, &error);

  if (!g_cancellable_is_cancelled (opening->cancellable))
    end_loading (opening, loaded, error);
}

typedef struct
{
  SwbDocument *self;
  GBytes *bytes;
  guint n_adopted;
  GApplication *application; /* nullable; stays until it is done */
} Saving;

static void
saving_free (Saving *saving)
{
  if (saving->application != NULL)
    g_application_release (saving->application);
  g_clear_object (&saving->application);
  g_bytes_unref (saving->bytes);
  g_object_unref (saving->self);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

/* What was written is what later changes are changes of. */
static void
take_saved (SwbDocument *self, GFile *file, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (SwbLoaded) loaded = swb_bench_loader_check (data, length);

  g_clear_pointer (&self->loaded, swb_bench_file_free);
  self->loaded = g_steal_pointer (&loaded->file);
  swb_document_set_file (self, file);
  swb_document_take_baseline (self, g_strndup (data, length));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  SwbDocument *self = saving->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      text = g_strdup_printf (_ ("Could not save the bench: %s"), error->message);
      swb_document_tell_problem (self, text);
    }
  else if (self->bench != NULL && self->n_adopted == saving->n_adopted)
    take_saved (self, G_FILE (source), saving->bytes);
}

static void
open_as (SwbDocument *self, GFile *file, GFile *source, gboolean is_copy)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->self = g_object_ref (self);
  opening->file = g_object_ref (file);
  g_set_object (&opening->source, source);
  opening->is_copy = is_copy;
  swb_document_drop_loading (self);
  self->loading = g_cancellable_new ();
  opening->cancellable = g_object_ref (self->loading);
  swb_bench_loader_load_async (file, self->loading, loaded_cb, opening);
}

void
swb_document_open (SwbDocument *self, GFile *file)
{
  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (file));

  open_as (self, file, file, FALSE);
}

void
swb_document_open_copy (SwbDocument *self, GFile *copy, GFile *source)
{
  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (copy));

  open_as (self, copy, source, TRUE);
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
  saving->n_adopted = self->n_adopted;
  g_set_object (&saving->application, g_application_get_default ());
  if (saving->application != NULL)
    g_application_hold (saving->application);
  saving->bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  g_file_replace_contents_bytes_async (file, saving->bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       NULL, saved_cb, saving);
}
