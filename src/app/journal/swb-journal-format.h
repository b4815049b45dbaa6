/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/journal/swb-journal-row.h"
#include "bench/swb-bench.h"

/* What stands in the cells of the journal view: pure functions from a row to a text. All
 * texts are plain text, fit for the screen, whatever came from the network. */

G_BEGIN_DECLS

typedef enum
{
  SWB_TIME_ABSOLUTE, /* "10:42:07.113 042", local */
  SWB_TIME_RELATIVE, /* "+5.004 221" since the journal's first record */
  SWB_TIME_DELTA,    /* the same since the row above */
  SWB_TIME_SELECTED, /* the same since another record: "−0.013 000" before it */
} SwbTimeFormat;

/* "absolute", "relative", "delta", "selected"; an unknown name is absolute. */
const char *swb_time_format_get_name (SwbTimeFormat format);
SwbTimeFormat swb_time_format_from_name (const char *name);

char *swb_journal_format_clock (gint64 wall_ns, gboolean utc); /* "10:42:07.113 042" */
char *swb_journal_format_date (gint64 wall_ns, gboolean utc);  /* "Sunday, 22 November 2026, 10:42:07.113042001 UTC" */
char *swb_journal_format_interval (gint64 time_ns); /* "+5.004 221" */
char *
swb_journal_format_number (guint64 number);      /* "10,000", as the locale groups digits */
char *swb_journal_format_size (guint64 n_bytes); /* "52 B", "1.3 kB" */
char *swb_journal_format_count (guint n_rows, guint64 n_bytes); /* "10 events · 52 B" */
char *swb_journal_format_hits (guint n_hits, guint n_records); /* "12 of 1,430 events" */

/* "× 312 in 1.2 s · 65536": a call and its repeats; @details may be empty */
char *swb_journal_format_folded (guint64 n_records, gint64 span_ns, const char *details);

/* (nullable) @bench: without it panes are called "pane3". Connections are "Echo server #1". */
char *swb_journal_format_name (SwbBench *bench, guint pane, guint connection);
/* The same of the record's socket; "" for one that is of no pane. */
char *swb_journal_format_socket (SwbBench *bench, const SwbRecord *record);

/* Local time; not for SWB_TIME_SELECTED, which takes another record. */
char *swb_journal_format_time (SwbJournalRow *row, SwbTimeFormat format);
const char *swb_journal_format_direction (const SwbRecord *record);
char *swb_journal_format_call (const SwbRecord *record);
/* (nullable) @bench: with it, of packets, frames and netlink messages what is in them */
char *swb_journal_format_details (SwbBench *bench, const SwbRecord *record, gsize max_chars);
char *swb_journal_format_result (const SwbRecord *record);
char *swb_journal_format_took (const SwbRecord *record);

/* What a screen reader tells of a row: "10:42:07.113 042, Echo server #1, recv, hello, 5 B" */
char *swb_journal_format_row (SwbBench *bench, SwbJournalRow *row);

/* Whether the record tells of a failure. "Not now" (EAGAIN, EINPROGRESS) is none. */
gboolean swb_journal_is_failure (const SwbRecord *record);

G_END_DECLS
