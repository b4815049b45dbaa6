/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "corpus.h"

#include <string.h>

#include "fuzz.h"
#include "net/swb-payload.h"

static void
add_lines (Corpus *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "seeds", file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      GBytes *seed = swb_payload_from_text (lines[i], SWB_ENCODING_UTF8, SWB_LINE_END_NONE,
                                            NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (self->seeds, seed);
    }
}

static void
add_files (Corpus *self, const char *name)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "seeds", name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      char *bytes;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_ptr_array_add (self->seeds, g_bytes_new_take (bytes, length));
    }
}

/* A line is `"word"` or `name="word"`; the escapes `\\ \" \xHH` are those of payloads as
 * well. */
static void
add_words (Corpus *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".dict", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "dict", file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *quote = lines[i][0] != '#' ? strchr (lines[i], '"') : NULL;
      g_autoptr (GError) error = NULL;

      if (quote == NULL)
        continue;
      g_ptr_array_add (self->words, swb_payload_parse (quote, NULL, &error));
      g_assert_no_error (error);
    }
}

static int
compare_bytes (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *)a, *(GBytes *const *)b);
}

void
corpus_load (Corpus *self, const char *name)
{
  self->seeds = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  add_lines (self, name);
  add_files (self, name);
  fuzz_add_seeds (self->seeds);
  g_assert_cmpuint (self->seeds->len, >, 0);
  /* Folders are read in no order; the same number must make the same mutations everywhere.
   */
  g_ptr_array_sort (self->seeds, compare_bytes);
  add_words (self, name);
}

void
corpus_clear (Corpus *self)
{
  g_ptr_array_unref (self->seeds);
  g_ptr_array_unref (self->words);
}

void
corpus_export (const Corpus *self, const char *folder)
{
  for (guint i = 0; i < self->seeds->len; i++)
    {
      GBytes *seed = self->seeds->pdata[i];
      g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, seed);
      g_autofree char *path = g_build_filename (folder, sum, NULL);
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, g_bytes_get_data (seed, NULL),
                           (gssize)g_bytes_get_size (seed), &error);
      g_assert_no_error (error);
    }
}
