/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/bytes/swb-byte-source.h"
#include "journal/store/swb-journal.h"

G_BEGIN_DECLS

/**
 * swb_record_source_new:
 * @position: of a record with data
 *
 * Returns: (transfer full): the record's data as a byte source, and behind it what was not kept. When the journal's limit takes the
 *   record, all of it is gone; the length stays.
 */
SwbByteSource *swb_record_source_new (SwbJournal *journal, guint64 position);

/* How many bytes of a call or a packet the journal does not have: they stand behind its data. */
gsize swb_record_source_count_unkept (const SwbRecord *record);

G_END_DECLS
