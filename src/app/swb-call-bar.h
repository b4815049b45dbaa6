/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/swb-pane-runner.h"

/* A button per call, in the order of the calls, that shows how the call stands; beside them
 * Start, which makes the usual chain, or Cancel while something waits. The buttons activate
 * the actions "pane.VERB", "pane.start" and "pane.cancel". */

G_BEGIN_DECLS

#define SWB_TYPE_CALL_BAR (swb_call_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbCallBar, swb_call_bar, SWB, CALL_BAR, GtkBox)

/* Call it again whenever the pane has changed. */
void swb_call_bar_update (SwbCallBar *self, SwbPaneRunner *runner);

G_END_DECLS
