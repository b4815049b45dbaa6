/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-pane.h"

/* All panes of a journal, as its records tell of them: a live bench and an opened recording alike. Belongs to one
 * thread. Memory grows with panes and connections, not with records. */

G_BEGIN_DECLS

typedef struct _SwbFold SwbFold;

SwbFold *swb_fold_new (void);
void swb_fold_free (SwbFold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbFold, swb_fold_free)

/* One record more; nothing is announced before swb_fold_flush(). */
void swb_fold_record (SwbFold *self, const SwbRecord *record, guint64 position);

/* Announces what changed: panes that came and went, "changed" once for each pane that did. */
void swb_fold_flush (SwbFold *self);

GListModel *swb_fold_get_panes (SwbFold *self);         /* (transfer none): SwbPane that are there, in order */
SwbPane *swb_fold_get_pane (SwbFold *self, guint id);   /* (nullable) (transfer none): removed ones too */
SwbPane *swb_fold_find_pane (SwbFold *self, const char *name); /* (nullable) (transfer none): not removed */

G_END_DECLS
