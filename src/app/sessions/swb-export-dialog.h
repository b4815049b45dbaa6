/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/journal/swb-journal-view.h"
#include "journal/export/swb-export.h"

/* Asks which records are to be handed on, and in which form: all, those that a filter shows,
 * or those that are selected. */

G_BEGIN_DECLS

typedef enum
{
  SWB_RANGE_ALL,
  SWB_RANGE_SHOWN,
  SWB_RANGE_SELECTED,
  SWB_N_RANGES
} SwbExportRange;

#define SWB_TYPE_EXPORT_DIALOG (swb_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SwbExportDialog, swb_export_dialog, SWB, EXPORT_DIALOG, AdwWindow)

/* Signals:
 *   "chosen" (GFile *file): all questions have their answers; the dialog closes itself after it */

/* @view: what is shown and selected there is offered. */
GtkWidget *swb_export_dialog_new (GtkWindow *parent, SwbBench *bench, SwbJournalView *view);

/* As a person would; an index that is not offered changes nothing. */
void swb_export_dialog_choose (SwbExportDialog *self, SwbExportRange range,
                               SwbExportFormat format);
gboolean swb_export_dialog_offers (SwbExportDialog *self, SwbExportRange range);

SwbExportRange swb_export_dialog_get_range (SwbExportDialog *self);
SwbExportFormat swb_export_dialog_get_format (SwbExportDialog *self);

/* (transfer full): what the file might be called */
char *swb_export_dialog_dup_file_name (SwbExportDialog *self);

/* Fills @source. Its positions, if any, are the dialog's and stay until it is asked again or
 * finalized. */
void swb_export_dialog_get_source (SwbExportDialog *self, SwbExportSource *source);

G_END_DECLS
