/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/export/swb-export.h"

/* What exports and recordings share. */

G_BEGIN_DECLS

/* SWB_ERROR_FORMAT, naming the record. */
void swb_export_set_damaged (guint64 position, GError **error);

/* --- swb-export-format.c: one record in each format, appended --- */

void swb_export_put_text (GString *out, const SwbExportSource *source, guint64 position, const SwbRecord *record);
void swb_export_put_hex (GString *out, const SwbExportSource *source, guint64 position, const SwbRecord *record);
void swb_export_put_json (GString *out, const SwbExportSource *source, guint64 position, const SwbRecord *record);
void swb_export_put_csv (GString *out, const SwbExportSource *source, guint64 position, const SwbRecord *record);
void swb_export_put_raw (GString *out, const SwbExportSource *source, guint64 position, const SwbRecord *record);
void swb_export_put_csv_names (GString *out);

/* --- swb-export-unkept.c --- */

/* Whether the record's bytes are among those of the direction. */
gboolean swb_export_takes_raw (const SwbExportSource *source, const SwbRecord *record);

/* --- swb-export-progress.c --- */

/* Carries progress from a worker to the main context of whoever made it. Any thread. */
typedef struct _SwbProgressTeller SwbProgressTeller;

SwbProgressTeller *swb_progress_teller_new (SwbProgressFunc progress, gpointer progress_data);
void swb_progress_teller_unref (SwbProgressTeller *self);

/* An SwbProgressFunc: @teller is the teller. */
void swb_progress_teller_tell (guint64 done, guint64 total, gpointer teller);

G_END_DECLS
