/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

G_BEGIN_DECLS

/* The columns of the journal, in the order they are shown at first. */
typedef enum
{
  SWB_JOURNAL_TIME,
  SWB_JOURNAL_SOCKET,
  SWB_JOURNAL_DIRECTION,
  SWB_JOURNAL_CALL,
  SWB_JOURNAL_DATA,
  SWB_JOURNAL_RESULT,
  SWB_JOURNAL_TOOK,
  SWB_JOURNAL_NUMBER,
  SWB_JOURNAL_N_COLUMNS
} SwbJournalColumn;

#define SWB_JOURNAL_ERRORS "errno != 0 and errno != EAGAIN and errno != EINPROGRESS and errno != EALREADY"

/**
 * swb_journal_clause_new:
 * @bench: (nullable): names the pane
 *
 * Returns: (transfer full) (nullable): a filter for records that have the same in a column;
 *   %NULL when there is nothing to compare
 */
char *swb_journal_clause_new (SwbBench *bench, SwbJournal *journal, const SwbRecord *record,
                              SwbJournalColumn column);

/* (transfer full) (nullable): a filter for all records of the same pane */
char *swb_journal_clause_new_pane (SwbBench *bench, const SwbRecord *record);

/* (transfer full) (nullable): a filter for the records of the same socket, and of the one at
 * the other end where that is a pane's too */
char *swb_journal_clause_new_conversation (SwbBench *bench, const SwbRecord *record);

/* (transfer full): what passes both; @text may be empty */
char *swb_journal_clause_add (const char *text, const char *clause);

G_END_DECLS
