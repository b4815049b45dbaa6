/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "journal/store/swb-journal-list.h"

/* Tells at the start that the last session was cut short and that what it recorded is safe: to
 * be opened, deleted, or left alone. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_RECOVERY_BAR (swb_recovery_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbRecoveryBar, swb_recovery_bar, SWB, RECOVERY_BAR, GtkWidget)

/* Signals:
 *   "open" (const char *folder): the person wants to see it */

void swb_recovery_bar_offer (SwbRecoveryBar *self, const SwbJournalInfo *info);

/* (transfer none) (nullable): what it says now; %NULL when it is not there */
const char *swb_recovery_bar_get_text (SwbRecoveryBar *self);

G_END_DECLS
