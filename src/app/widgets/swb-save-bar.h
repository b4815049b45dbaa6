/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "journal/export/swb-export.h"

/* Hands records on to a file in the background: a bar that appears when it takes longer than
 * a second, with how far it is and a way to cancel, and one that stays when it failed. When it is
 * disposed, what is being written is given up. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_SAVE_BAR (swb_save_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbSaveBar, swb_save_bar, SWB, SAVE_BAR, GtkWidget)

/* Signals:
 *   "saved" (GFile *file): all of it is in the file
 *   "busy-changed": it began or ended, well or not */

/* Of the one that was saved last: bytes of the direction that the journal did not keep; see
 * swb_export_save_get_n_unkept(). */
guint64 swb_save_bar_get_n_unkept (SwbSaveBar *self);

/* Begins to write @source to @file; does nothing while it is busy. @source is copied. */
void swb_save_bar_run (SwbSaveBar *self, const SwbExportSource *source,
                       SwbExportFormat format, GFile *file);
void swb_save_bar_cancel (SwbSaveBar *self);
gboolean swb_save_bar_is_busy (SwbSaveBar *self);

const char *swb_save_bar_get_text (SwbSaveBar *self);    /* what it says */
gboolean swb_save_bar_has_failed (SwbSaveBar *self);     /* and whether that is a failure */

G_END_DECLS
