/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-journals-folder.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "journal/store/swb-journal-list.h"

#define KEY "journals-folder"

/* (nullable) */
static char *
dup_path (GSettings *settings)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings, KEY);
  const char *path = g_variant_get_bytestring (value);

  return *path != '\0' ? g_strdup (path) : NULL;
}

void
swb_journals_folder_apply (GSettings *settings)
{
  g_autofree char *path = dup_path (settings);

  swb_journal_choose_folder (path);
}

/* Permissions do not tell all: a read-only or a full file system is found out by trying. */
static gboolean
takes_folders (const char *path, GError **error)
{
  g_autofree char *trial = g_build_filename (path, ".socket-workbench-XXXXXX", NULL);

  if (g_mkdtemp (trial) != NULL)
    {
      g_rmdir (trial);
      return TRUE;
    }

  int saved_errno = errno;
  g_autofree char *name = g_filename_display_name (path);
  /* Translators: a folder, and why, such as "Permission denied" */
  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (saved_errno),
               _ ("Nothing can be written in %s: %s"), name, g_strerror (saved_errno));
  return FALSE;
}

gboolean
swb_journals_folder_set (GSettings *settings, GFile *folder, GError **error)
{
  const char *path = folder != NULL ? g_file_peek_path (folder) : "";

  if (path == NULL)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                           _ ("Journals can only be kept in a folder of this machine"));
      return FALSE;
    }
  if (folder != NULL && !takes_folders (path, error))
    return FALSE;

  return g_settings_set_value (settings, KEY, g_variant_new_bytestring (path));
}

gboolean
swb_journals_folder_is_default (GSettings *settings)
{
  g_autofree char *path = dup_path (settings);

  return path == NULL;
}

char *
swb_journals_folder_dup_text (GSettings *settings)
{
  g_autofree char *path = dup_path (settings);

  if (path == NULL)
    path = g_build_filename (g_get_user_state_dir (), "socket-workbench", "journals", NULL);
  return g_filename_display_name (path);
}
