/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

/* What can be done about a pane's failure with one press of a button: an action of the pane, or
 * commands that are given in order, so that the journal has all that was done. Main thread. */

G_BEGIN_DECLS

typedef struct
{
  char *label;   /* with an underscore before its mnemonic, if it has one */
  char *tooltip; /* what the button does */
  const char *action; /* of the group "pane": "pane.free-port"; with @lines "pane.remedy" or "pane.copy-command" */
  GStrv lines;   /* (nullable): the commands; of "pane.copy-command" one line for a shell */
} SwbRemedy;

void swb_remedy_free (SwbRemedy *self);

/**
 * swb_remedy_list:
 * @bench: of the pane; asked for the command that failed, and for panes that listen
 *
 * Returns: (transfer full) (element-type SwbRemedy): those for the present failure of @pane, best first; empty
 *   when there is none
 */
GPtrArray *swb_remedy_list (SwbBench *bench, SwbPane *pane);

G_END_DECLS
