/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "cli/swb-cli.h"
#include "journal/export/swb-export.h"

/* Where records go: the FILE of `-o FILE`, "-" or %NULL for stdout. All say on stderr what went wrong. */

G_BEGIN_DECLS

gboolean swb_output_is_stdout (const char *path);

/* Opens @path for a journal that is written as it grows. Returns -1 on failure; STDOUT_FILENO for stdout. */
int swb_output_open (const char *path);

/* Whether @path could be written, as far as that can be known without writing it. */
gboolean swb_output_check (const char *path);

/* As swb_output_check(); also refuses bytes that are no text on a terminal, unless "-" asks for them. */
gboolean swb_output_check_format (const char *path, SwbExportFormat format);

/* Writes what @source has, until it ends or a signal comes (swb_interrupt_init()). A regular file is replaced
 * once all went well. Returns the exit status. */
int swb_output_write (const SwbExportSource *source, SwbExportFormat format, const char *path);

/* The exit status for @error, which is printed where that helps. */
int swb_output_print_error (const GError *error);

G_END_DECLS
