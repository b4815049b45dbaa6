/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

#include "bench/swb-bench-file.h"

/* The commands of swb. Each has its own options, prints what was asked for to stdout and diagnostics to stderr, and returns the
 * exit status. */

G_BEGIN_DECLS

enum
{
  SWB_EXIT_HELD = 0,   /* all was carried out, every expectation held */
  SWB_EXIT_FAILED = 1, /* a command failed or an expectation did not hold */
  SWB_EXIT_WRONG = 2,  /* the file, the commands, the filter or the options are wrong */
  SWB_EXIT_SIGNAL = 128, /* and the signal's number: ended before its last command had */
};

int swb_cli_run (int argc, char **argv);
int swb_cli_do (int argc, char **argv);
int swb_cli_check (int argc, char **argv);
int swb_cli_show (int argc, char **argv);
int swb_cli_convert (int argc, char **argv);
int swb_cli_sockets (int argc, char **argv);

/**
 * swb_cli_parse_options:
 * @entries: (nullable): the command's own options
 * @usage: what stands behind its name: "FILE"
 * @summary: a sentence
 *
 * Returns: %FALSE after having said on stderr what is wrong with the options
 */
gboolean swb_cli_parse_options (const GOptionEntry *entries, const char *name, const char *usage, const char *summary, int *argc,
                                char ***argv);

/* Prints a line to stderr for each mistake: @place ("x.bench:"), `LINE:COLUMN: message`. */
void swb_cli_print_mistakes (const char *place, GPtrArray *mistakes);

/* Reads a bench file; on failure everything has been said. */
SwbBenchFile *swb_cli_load (const char *path);

G_END_DECLS
