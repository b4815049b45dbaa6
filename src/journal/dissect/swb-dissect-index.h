/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/dissect/swb-dissect.h"
#include "journal/store/swb-journal.h"

/* Which sockets the panes of a journal have, for those who have no bench: learnt from its socket calls. Owned by
 * who made it; any one thread. */

G_BEGIN_DECLS

typedef struct _SwbDissectIndex SwbDissectIndex;

/* Looks at every entry of @journal once. */
SwbDissectIndex *swb_dissect_index_new (SwbJournal *journal);
void swb_dissect_index_free (SwbDissectIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbDissectIndex, swb_dissect_index_free)

/* (transfer full) (nullable): the line of a record of that journal; of frames of a capture too */
char *swb_dissect_index_print (const SwbDissectIndex *self, const SwbRecord *record);

G_END_DECLS
