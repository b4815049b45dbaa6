/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/journal/swb-journal-model.h"

/* The inside of the model, shared by its rows, its folding and its hits. */

G_BEGIN_DECLS

/* The largest number of rows: GTK keeps G_MAXUINT for "no row". */
#define MAX_ROWS (G_MAXUINT - 1)

struct _SwbJournalModel
{
  GObject parent_instance;

  SwbJournal *journal;
  SwbRowSet *set;
  SwbRowRule rule;        /* of the set, or of the one that a worker makes */
  GCancellable *building; /* the worker's; NULL while there is none */
  gboolean paused;

  SwbScan *scan;   /* its hits are the rows instead; nullable */
  guint n_hidden;  /* before the first row, which are yet to come */
  guint n_showing; /* rows, behind those; the set may have more behind them */
};

/* swb-journal-model.c */

void swb_journal_model_begin_replacing (SwbJournalModel *self); /* tells of it */

/* The rows are other ones now. */
void swb_journal_model_replace_rows (SwbJournalModel *self);

/* swb-journal-model-hits.c */

/* Of the scan. A paused view has no hit that is newer than what it saw. */
guint swb_journal_model_count_hits (SwbJournalModel *self);

/* Hits that were kept back while paused. */
void swb_journal_model_add_at_end (SwbJournalModel *self);

G_END_DECLS
