/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-cli.h"

#include <glib/gi18n.h>

int
swb_cli_check (int argc, char **argv)
{
  int status = SWB_EXIT_HELD;

  if (!swb_cli_parse_options (NULL, "check", _ ("FILE…"),
                              _ ("Checks bench files without carrying them out: words, "
                                 "constants, addresses, ports, bytes, names."),
                              &argc, &argv))
    return SWB_EXIT_WRONG;
  if (argc < 2)
    {
      g_printerr (_ ("swb check: which file?\n"));
      return SWB_EXIT_WRONG;
    }

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (SwbBenchFile) file = swb_cli_load (argv[i]);

      if (file == NULL)
        status = SWB_EXIT_WRONG;
    }
  return status;
}
