/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-record.h"

/* What notes say to a person. Most have their sentence in them; of those that have facts it is made here,
 * in the person's language. Any thread. */

G_BEGIN_DECLS

/* (transfer full) (nullable): "the peer is process 1234 (swb), user 1000, group 1000"; %NULL for a record whose own text is
 * all that there is to say */
char *swb_note_dup_sentence (const SwbRecord *record);

/* (transfer full) (nullable): "swb (1234)", or "1234" of one that was gone; %NULL where the note tells of no process */
char *swb_note_dup_process (const SwbRecord *record);

G_END_DECLS
