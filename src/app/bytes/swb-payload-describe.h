/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/journal/swb-journal-format.h"
#include "journal/bytes/swb-records-source.h"

/* What the payload view says of a record, as plain text. All (transfer full). */

G_BEGIN_DECLS

/* Whether the record's data are bytes to be looked at, not a sentence, path or number. */
gboolean swb_payload_has_bytes (const SwbRecord *record);

/* "Client → 127.0.0.1:7000 · 13 bytes", "Client · bind" */
char *swb_payload_describe_title (SwbBench *bench, const SwbRecord *record);

/* "10:42:12.004 017 · send · descriptor 8 · 14 µs" */
char *swb_payload_describe_circumstances (SwbJournalRow *row);

/* Of several records at once: "1,000 records · 262,144,000 bytes", with what was not kept; then "131 MB out · 131 MB in, one
 * behind the other" */
char *swb_payload_describe_several (const SwbRecordsExtent *extent);
char *swb_payload_describe_directions (const SwbRecordsExtent *extent);

/* The call in strace's notation, the command, or the whole sentence of a note. */
char *swb_payload_describe_text (const SwbRecord *record);

/* (nullable): a failure's name, explanation and remedy, one a line; NULL for what did not
 * fail */
char *swb_payload_describe_failure (const SwbRecord *record);

G_END_DECLS
