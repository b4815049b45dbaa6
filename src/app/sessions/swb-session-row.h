/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "journal/store/swb-journal-list.h"

/* A session in the list: when it was, what it holds, a pin, and what can be done with it. Activating it
 * opens it. */

G_BEGIN_DECLS

#define SWB_TYPE_SESSION_ROW (swb_session_row_get_type ())
G_DECLARE_FINAL_TYPE (SwbSessionRow, swb_session_row, SWB, SESSION_ROW, AdwActionRow)

/* Signals:
 *   "save": as a recording
 *   "delete": also by the Delete key
 *   "problem" (const char *text): keeping it for good went wrong */

/* @info: (transfer full) */
GtkWidget *swb_session_row_new (SwbJournalInfo *info);
const SwbJournalInfo *swb_session_row_get_info (SwbSessionRow *self); /* (transfer none) */

G_END_DECLS
