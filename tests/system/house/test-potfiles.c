/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "house.h"

/* What xgettext looks for with meson's glib preset. */
#define MARKED_IN_C                                                                        \
  "(?<![A-Za-z0-9_])(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\\(\\s*\""
/* A literal of a marked call, or one of several, with a macro behind it. */
#define LITERAL "\"(?:[^\"\\\\\n]|\\\\.)*\""
#define CUT_SHORT                                                                          \
  "(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\\(\\s*"           \
  "(?:" LITERAL "[\\s,]*)*" LITERAL "\\s*[A-Za-z_]\\w*"
#define MARKED_IN_UI "translatable=\"(yes|true|1)\""

static GHashTable *
read_potfiles (void)
{
  GHashTable *listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = house_read ("po/POTFILES");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      g_hash_table_add (listed, g_strdup (g_strstrip (lines[i])));
  return listed;
}

/* Takes what it finds out of @listed, and complains of what is not there. */
static void
check_folder (GHashTable *listed, const char *folder, const char *suffixes,
              const char *pattern)
{
  g_autoptr (GPtrArray) files = house_list_files (folder, suffixes);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *text = house_read (files->pdata[i]);

      if (!g_regex_match_simple (pattern, text, 0, 0))
        continue;
      if (g_hash_table_remove (listed, files->pdata[i]))
        continue;
      g_test_message ("po/POTFILES lacks %s", (char *)files->pdata[i]);
      g_test_fail ();
    }
}

static void
test_complete (void)
{
  g_autoptr (GHashTable) listed = read_potfiles ();
  GHashTableIter iter;
  gpointer path;

  g_test_summary (
      "po/POTFILES lists the files that have something to translate, and no other");

  check_folder (listed, "src", ".c .h", MARKED_IN_C);
  check_folder (listed, "ui", ".ui", MARKED_IN_UI);
  check_folder (listed, "data", ".desktop.in .metainfo.xml.in .gschema.xml", ".");

  g_hash_table_iter_init (&iter, listed);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      g_test_message ("po/POTFILES lists %s, where nothing is to be translated",
                      (char *)path);
      g_test_fail ();
    }
}

static void
test_whole (void)
{
  const char *const folders[]
      = { "src/net", "src/journal", "src/engine", "src/bench", "src/cli", "src/app" };

  g_test_summary ("xgettext ends a string at a macro: numbers are printed before they are "
                  "put into a sentence");

  for (guint f = 0; f < G_N_ELEMENTS (folders); f++)
    {
      g_autoptr (GPtrArray) files = house_list_files (folders[f], ".c .h");

      for (guint i = 0; i < files->len; i++)
        {
          g_autofree char *text = house_read (files->pdata[i]);
          g_autoptr (GMatchInfo) match = NULL;
          g_autoptr (GRegex) regex = g_regex_new (CUT_SHORT, 0, 0, NULL);

          if (!g_regex_match (regex, text, 0, &match))
            continue;
          g_autofree char *found = g_match_info_fetch (match, 0);
          g_test_message ("%s: a macro inside a translated string: %s",
                          (char *)files->pdata[i], found);
          g_test_fail ();
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/potfiles/complete", test_complete);
  g_test_add_func ("/potfiles/whole", test_whole);
  return g_test_run ();
}
