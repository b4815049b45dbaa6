/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "journal/store/swb-journal.h"
#include "journal/filter/swb-scan-hits.h"

/* What a set of records comes to. */

G_BEGIN_DECLS

typedef struct
{
  guint64 n_records;
  guint64 n_out; /* bytes sent */
  guint64 n_in;  /* bytes received */
  gint64 first_ns;
  gint64 last_ns;
} SwbJournalSummary;

/* Any thread. Stops early, with what it has by then, once @cancellable (nullable) is cancelled. */
void swb_journal_summary_add (SwbJournalSummary *self, SwbJournal *journal,
                              const SwbHits *records, GCancellable *cancellable);

/* (transfer full): "312 records · 20.5 kB out · 4.1 kB in · span 1.2 s · 259/s · 17 kB/s" */
char *swb_journal_summary_print (const SwbJournalSummary *self);

G_END_DECLS
