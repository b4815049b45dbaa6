/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-script-cursor.h"

/* Whether an expectation holds, and the two halves of the sentence that says why not. Private to swb-script. */

G_BEGIN_DECLS

typedef struct
{
  SwbCursors *cursors;
  GBytes *bytes; /* (nullable): of `expect recv`; %NULL while their file is being read */
} SwbExpectation;

/* @problem: (out): a sentence, when the expectation itself is not clear enough */
SwbMatch swb_expectation_match (const SwbExpectation *self, const SwbCommand *command, SwbPane *pane, char **problem);

/* (transfer full) */
char *swb_expectation_describe_came (const SwbExpectation *self, const SwbCommand *command, SwbPane *pane);
char *swb_expectation_describe_expected (const SwbExpectation *self, const SwbCommand *command);

G_END_DECLS
