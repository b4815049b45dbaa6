/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/journal/swb-journal-row.h"
#include "app/bytes/swb-payload-hex.h"
#include "bench/swb-bench.h"
#include "journal/bytes/swb-records-source.h"

/* Everything of one record: its bytes as hex and text, or its call in full, with what went
 * wrong; or the bytes of several, one behind the other. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_PAYLOAD_VIEW (swb_payload_view_get_type ())
G_DECLARE_FINAL_TYPE (SwbPayloadView, swb_payload_view, SWB, PAYLOAD_VIEW, GtkWidget)

GtkWidget *swb_payload_view_new (void);

/* (nullable) @bench: names the sockets. Forgets the rows. */
void swb_payload_view_set_bench (SwbPayloadView *self, SwbBench *bench);

/* (nullable) @row: NULL shows an invitation to select one */
void swb_payload_view_set_row (SwbPayloadView *self, SwbJournalRow *row);

/* (nullable) @bytes: of several rows, which are shown as one, instead of the row; with %NULL, or where they have
 * no bytes, the row is shown */
void swb_payload_view_set_several (SwbPayloadView *self, SwbRecordsSource *bytes);

/* Says below the bytes that so many are too many for the clipboard. */
void swb_payload_view_refuse_copy (SwbPayloadView *self, guint64 n_bytes);

/* (transfer none): for tests and for whoever wants to select bytes */
SwbPayloadHex *swb_payload_view_get_hex (SwbPayloadView *self);

/* Opens the search within the bytes. Returns: whether there are bytes */
gboolean swb_payload_view_find (SwbPayloadView *self);

/* The same, when the focus is in this view: what the window's own key for finding asks first. */
gboolean swb_payload_view_find_here (SwbPayloadView *self);

G_END_DECLS
