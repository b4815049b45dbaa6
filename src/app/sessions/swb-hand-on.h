/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/journal/swb-journal-view.h"
#include "app/widgets/swb-save-bar.h"

/* How a window hands its journal on: the actions "save-recording", "export" and "show-file",
 * the dialogs that they open, and the toast at the end. Owned by the window, whose children it
 * borrows. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_HAND_ON (swb_hand_on_get_type ())
G_DECLARE_FINAL_TYPE (SwbHandOn, swb_hand_on, SWB, HAND_ON, GObject)

/* Adds the actions to @window. */
SwbHandOn *swb_hand_on_new (GtkWindow *window, SwbSaveBar *bar, AdwToastOverlay *toasts);

/* @bench: (nullable): whose journal it is. @view: (nullable): where rows may be selected */
void swb_hand_on_set_bench (SwbHandOn *self, SwbBench *bench);
void swb_hand_on_set_view (SwbHandOn *self, SwbJournalView *view);

/* Enables the actions as far as there is something to save. */
void swb_hand_on_update (SwbHandOn *self);

/* Saves all records as a recording, without asking. */
void swb_hand_on_save_recording (SwbHandOn *self, GFile *file);

G_END_DECLS
