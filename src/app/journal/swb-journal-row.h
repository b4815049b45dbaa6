/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* A record as an item of a list model. Made only for rows on the screen; it decodes its
 * record when first asked and keeps it, as seven columns ask for it. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_JOURNAL_ROW (swb_journal_row_get_type ())
G_DECLARE_FINAL_TYPE (SwbJournalRow, swb_journal_row, SWB, JOURNAL_ROW, GObject)

/**
 * swb_journal_row_new:
 * @position: the record's position
 * @previous: position of the row above; @position itself for the first row
 */
SwbJournalRow *swb_journal_row_new (SwbJournal *journal, guint64 position,
                                    guint64 previous);

SwbJournal *swb_journal_row_get_journal (SwbJournalRow *self); /* (transfer none) */
guint64 swb_journal_row_get_position (SwbJournalRow *self);
gint64 swb_journal_row_get_delta_ns (
    SwbJournalRow *self); /* since the row above; 0 for the first */

/* (transfer none): lives as long as the row. A damaged record has the entry's fields only.
 */
const SwbRecord *swb_journal_row_get_record (SwbJournalRow *self);

G_END_DECLS
