/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal-list.h"

/* How sessions are told of. All (transfer full). */

G_BEGIN_DECLS

/* "today 14:02", "yesterday 14:02", "3 Mar 2026, 14:02"; @now_wall_ns: the present */
char *swb_session_text_dup_when (gint64 wall_ns, gint64 now_wall_ns);
char *swb_session_text_dup_when_now (gint64 wall_ns);

/* "Session of today 14:02": of a journal's folder; its name where it is none */
char *swb_session_text_dup_title (const char *folder);

/* "12,480 records · 3.4 MB · 12 minutes" and what there is to say of its end */
char *swb_session_text_dup_details (const SwbJournalInfo *info);

/* "12,480 records" */
char *swb_session_text_dup_records (guint64 n_records);

/* The name suggested for a recording of a session that began then: "Recording 2026-11-22 14.02.pcapng" */
char *swb_session_text_dup_file_name (gint64 wall_ns);

G_END_DECLS
