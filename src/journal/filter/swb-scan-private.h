/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/filter/swb-filter.h"
#include "journal/filter/swb-scan-hits.h"

/* What a scan's thread and its workers share: the ranges that are to be looked at, and what was found in those that have been. */

G_BEGIN_DECLS

/* Records of one chunk of hits. */
typedef struct
{
  guint64 first;
  guint n;
} SwbScanRange;

typedef struct
{
  SwbScanRange range;
  guint n_hits;
  guint64 *words;      /* the chunk's; NULL without hits */
  guint64 n_undecided;
} SwbScanResult;

typedef struct
{
  gatomicrefcount ref_count;
  SwbJournal *journal;
  SwbFilter *filter;
  guint64 n_at_start;  /* records when the scan began: from the last of them times count back */
  gint cancelled;      /* atomic */

  GMutex lock;         /* for what follows */
  GArray *pending;     /* of SwbScanRange: the next is the last */
  GArray *results;     /* of SwbScanResult */
  guint n_workers;
  GSource *source;     /* borrowed; NULL once the scan has been freed */
  gint64 not_before;   /* when @source may be ready */
  gboolean announced;  /* it will be */
} SwbScanWork;

SwbScanWork *swb_scan_work_new (SwbJournal *journal, SwbFilter *filter, GSource *source);
void swb_scan_work_unref (SwbScanWork *self);

/* Nothing more is announced after this. */
void swb_scan_work_cancel (SwbScanWork *self);

/* Adds records to be looked at before all others, the last ones first, and sets workers to it. */
void swb_scan_work_add (SwbScanWork *self, guint64 first, guint64 n);

/* Moves what is still pending of these records to the front. */
void swb_scan_work_prioritise (SwbScanWork *self, guint64 first, guint64 n);

/**
 * swb_scan_work_take:
 * @not_before: when results may be announced again
 *
 * Returns: (transfer full): of SwbScanResult, in the order of records
 */
GArray *swb_scan_work_take (SwbScanWork *self, gint64 not_before);

G_END_DECLS
