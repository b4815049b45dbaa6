/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "command-fixture.h"

SwbCommand *
parse_command (const char *line)
{
  g_autoptr (GError) error = NULL;
  SwbCommand *command = swb_command_parse (line, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (command);
  return command;
}
