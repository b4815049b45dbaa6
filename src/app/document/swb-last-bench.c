/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-last-bench.h"

static GFile *
get_copy (void)
{
  return g_file_new_build_filename (g_get_user_state_dir (), "socket-workbench",
                                    "last.bench", NULL);
}

/* Only for its owner: a bench holds addresses and bytes that may be secret. */
static gboolean
write_copy (GFile *copy, const char *text)
{
  g_autoptr (GFile) folder = g_file_get_parent (copy);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  if (g_file_replace_contents (copy, text, strlen (text), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
    return TRUE;

  g_message ("the bench could not be kept for the next start: %s", error->message);
  return FALSE;
}

/* A setting is UTF-8, a path need not be. @path: (nullable) */
static void
set_path (GSettings *settings, const char *key, const char *path)
{
  g_settings_set_string (settings, key,
                         path != NULL && g_utf8_validate (path, -1, NULL) ? path : "");
}

/* (transfer full) (nullable) */
static GFile *
get_path (GSettings *settings, const char *key)
{
  g_autofree char *path = g_settings_get_string (settings, key);

  return *path != '\0' ? g_file_new_for_path (path) : NULL;
}

static void
keep_nothing (GSettings *settings)
{
  set_path (settings, "last-bench", NULL);
  set_path (settings, "last-bench-source", NULL);
}

void
swb_last_bench_keep (GSettings *settings, SwbDocument *document)
{
  GFile *file = swb_document_get_file (document);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  g_autoptr (GFile) copy = get_copy ();
  g_autofree char *text = NULL;

  if (swb_document_is_empty (document))
    {
      if (!swb_document_is_opening (document))
        keep_nothing (settings);
      return;
    }
  if (path != NULL && !swb_document_is_modified (document))
    {
      set_path (settings, "last-bench", path);
      set_path (settings, "last-bench-source", NULL);
      return;
    }

  text = swb_document_dup_text (document);
  set_path (settings, "last-bench",
            write_copy (copy, text) ? g_file_peek_path (copy) : NULL);
  set_path (settings, "last-bench-source", path);
}

void
swb_last_bench_reopen (GSettings *settings, SwbDocument *document)
{
  g_autoptr (GFile) file = get_path (settings, "last-bench");
  g_autoptr (GFile) source = get_path (settings, "last-bench-source");
  g_autoptr (GFile) copy = get_copy ();

  if (file == NULL || !g_settings_get_boolean (settings, "reopen-last-bench"))
    return;

  if (g_file_equal (file, copy))
    swb_document_open_copy (document, copy, source);
  else
    swb_document_open (document, file);
}
