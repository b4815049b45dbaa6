/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* How a journal that is being written is doing: what its records cannot tell while they cannot be written. Any thread. A change is
 * told by swb_follower_new_for_health(). */

G_BEGIN_DECLS

typedef struct
{
  int error;                /* errno with which writing fails now; 0: it works */
  guint64 n_unrecorded;     /* records that were lost so, ever */
  gboolean without_payload; /* bytes sent and received are not being kept, for the limit */
  guint64 n_unkept;         /* bytes that were not, ever */
  guint64 limit;            /* in bytes; 0: none */
  gboolean deleted;         /* another program deleted files: what they hold goes with the process */
  guint64 n_cut;            /* bytes that another program cut off */
} SwbHealth;

void swb_journal_get_health (SwbJournal *self, SwbHealth *health);

/**
 * swb_journal_take_endings:
 *
 * The OUTCOME records that could not be written and were not taken yet, without data: a command has its end also when the journal
 * cannot say so. There are new ones only when health has changed.
 *
 * Returns: (transfer full): of SwbRecord
 */
GArray *swb_journal_take_endings (SwbJournal *self);

G_END_DECLS
