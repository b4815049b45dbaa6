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
        g_settings_set_string (settings, "last-bench", "");
      return;
    }

  if (path == NULL || swb_document_is_modified (document))
    {
      text = swb_document_dup_text (document);
      path = write_copy (copy, text) ? g_file_peek_path (copy) : "";
    }
  /* A setting is UTF-8, a path need not be. */
  g_settings_set_string (settings, "last-bench",
                         g_utf8_validate (path, -1, NULL) ? path : "");
}

GFile *
swb_last_bench_find (GSettings *settings, gboolean *unnamed)
{
  g_autofree char *path = g_settings_get_string (settings, "last-bench");
  g_autoptr (GFile) copy = get_copy ();
  GFile *file;

  if (*path == '\0' || !g_settings_get_boolean (settings, "reopen-last-bench"))
    return NULL;

  file = g_file_new_for_path (path);
  *unnamed = g_file_equal (file, copy);
  return file;
}
