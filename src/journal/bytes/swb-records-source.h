/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/bytes/swb-byte-source.h"
#include "journal/filter/swb-scan-hits.h"
#include "journal/store/swb-journal.h"

/* The data of any records, one behind the other, as one byte source: what is selected in the
 * journal. A bit for each record and a mark for every 64th, and no byte of the data, so that a
 * GiB in a million pieces opens as one piece does. What was not kept of a record stands behind its data. When the
 * journal's limit takes records, their bytes are gone; the length stays. */

G_BEGIN_DECLS

#define SWB_TYPE_RECORDS_SOURCE (swb_records_source_get_type ())
G_DECLARE_FINAL_TYPE (SwbRecordsSource, swb_records_source, SWB, RECORDS_SOURCE, GObject)

/* What the bytes come to. */
typedef struct
{
  guint64 n_records;  /* that have bytes */
  guint64 n_sent;
  guint64 n_received; /* both with what was not kept; here are frames without a direction, too */
  guint64 n_unkept;
} SwbRecordsExtent;

/**
 * swb_records_source_new:
 * @records: is empty afterwards; those that are no packets, nor calls which moved bytes, have none
 * @cancellable: (nullable): ends early, with what was gone through by then
 *
 * Looks at each of @records: of very many, a worker's job.
 *
 * Returns: (transfer full): a part of it is a socket's run of bytes, between those of others
 */
SwbRecordsSource *swb_records_source_new (SwbJournal *journal, SwbHits *records,
                                          GCancellable *cancellable);

const SwbRecordsExtent *swb_records_source_get_extent (SwbRecordsSource *self);

G_END_DECLS
