/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* What a composer has sent, and a walk through it that ends where it began. A plain object
 * without signals; main thread. */

G_BEGIN_DECLS

#define SWB_HISTORY_MAX 200 /* older ones are forgotten */

typedef struct _SwbHistory SwbHistory;

/* One entry: how it was written, and what. */
typedef struct
{
  guint mode;
  char *text;
} SwbHistoryEntry;

SwbHistory *swb_history_new (void);
void swb_history_free (SwbHistory *self);

/* Adds an entry and ends a walk. */
void swb_history_add (SwbHistory *self, guint mode, const char *text);

/**
 * swb_history_walk:
 * @step: -1 to the older, 1 to the newer
 * @mode: what stands in the composer now; kept as the draft when the walk begins
 * @text: the same
 *
 * Returns: (transfer none) (nullable): what to show instead: an entry, or at the end the
 * draft; %NULL when there is no further step
 */
const SwbHistoryEntry *swb_history_walk (SwbHistory *self, int step, guint mode,
                                         const char *text);

G_END_DECLS
