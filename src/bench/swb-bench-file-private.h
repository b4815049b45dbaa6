/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench-file.h"

/* The lines of a bench file as they were, so that saving keeps what people wrote beside the commands. */

G_BEGIN_DECLS

typedef struct
{
  char *text;
  SwbCommand *command; /* (nullable): a blank line or a comment */
} SwbBenchLine;

struct _SwbBenchFile
{
  GPtrArray *lines;    /* SwbBenchLine */
  GPtrArray *commands; /* SwbCommand, of the lines */
};

G_END_DECLS
