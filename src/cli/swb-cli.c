/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-cli.h"

#include <glib/gi18n.h>

gboolean
swb_cli_parse_options (const GOptionEntry *entries, const char *name, const char *usage,
                       const char *summary, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("swb %s", name);

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  g_printerr ("swb: %s\n", error->message);
  return FALSE;
}

void
swb_cli_print_mistakes (const char *place, GPtrArray *mistakes)
{
  for (guint i = 0; i < mistakes->len; i++)
    {
      const SwbMistake *mistake = mistakes->pdata[i];

      g_printerr ("%s%u:%u: %s\n", place, mistake->line, mistake->column, mistake->message);
    }
}

SwbBenchFile *
swb_cli_load (const char *path)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GError) error = NULL;
  SwbBenchFile *file = swb_bench_file_load (path, &mistakes, &error);

  if (error != NULL)
    g_printerr ("%s: %s\n", path, error->message);
  else if (file == NULL)
    {
      g_autofree char *place = g_strconcat (path, ":", NULL);
      swb_cli_print_mistakes (place, mistakes);
    }
  return file;
}
