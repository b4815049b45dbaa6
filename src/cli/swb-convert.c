/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-cli.h"

#include <glib/gi18n.h>

#include "cli/swb-interrupt.h"
#include "cli/swb-opened.h"
#include "cli/swb-output.h"

static gboolean
find_format (const char *path, SwbExportFormat *format)
{
  static const struct
  {
    const char *ending;
    SwbExportFormat format;
  } endings[] = {
    { ".pcapng", SWB_EXPORT_PCAPNG },
    { ".json", SWB_EXPORT_JSON },
    { ".csv", SWB_EXPORT_CSV },
    { ".txt", SWB_EXPORT_TEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i].ending))
      {
        *format = endings[i].format;
        return TRUE;
      }
  return FALSE;
}

static gboolean
check_output (const char *path, SwbExportFormat *format)
{
  if (find_format (path, format))
    return swb_output_check (path);

  g_printerr (_ ("swb convert: %s: the ending must be .pcapng, .json, .csv or .txt\n"),
              path);
  return FALSE;
}

int
swb_cli_convert (int argc, char **argv)
{
  g_autoptr (SwbOpened) opened = NULL;
  SwbExportSource source;
  SwbExportFormat format;
  int status = SWB_EXIT_WRONG;

  if (!swb_cli_parse_options (NULL, "convert", _ ("IN OUT"),
                              _ ("Converts a recording, a journal's folder, a pcap or "
                                 "pcapng file, JSON lines or a log of strace to the "
                                 "format that the other file's ending names: .pcapng, "
                                 ".json, .csv or .txt."),
                              &argc, &argv))
    return SWB_EXIT_WRONG;
  if (argc != 3)
    {
      g_printerr (_ ("swb convert: two files are needed\n"));
      return SWB_EXIT_WRONG;
    }
  if (!check_output (argv[2], &format))
    return SWB_EXIT_WRONG;

  swb_interrupt_init ();
  opened = swb_opened_new (argv[1], &status);
  if (opened == NULL)
    return status;
  swb_opened_init_source (opened, &source);
  return swb_output_write (&source, format, argv[2]);
}
