/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/journal/swb-journal-view.h"

/* Which records of the journal a person means: those of the selected rows, or of all rows that are shown. A row of
 * repeats stands for all of its records. Positions are those of the journal, ascending. */

G_BEGIN_DECLS

/* (transfer full) (nullable): %NULL when none is selected */
guint64 *swb_journal_view_get_selected_positions (SwbJournalView *self, gsize *n_positions);

/* (transfer full) (nullable): of every row there is, those that are out of sight included */
guint64 *swb_journal_view_get_shown_positions (SwbJournalView *self, gsize *n_positions);

/* How many rows that are. */
gsize swb_journal_view_get_n_selected (SwbJournalView *self);
gsize swb_journal_view_get_n_shown (SwbJournalView *self);

/* Whether a filter or the choice of one socket hides rows. */
gboolean swb_journal_view_is_filtered (SwbJournalView *self);

G_END_DECLS
