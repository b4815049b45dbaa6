/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-pane.h"

/* A button per call, in the order of the calls, that shows how the call stands. The buttons
 * activate the actions "pane.VERB". */

G_BEGIN_DECLS

#define SWB_TYPE_CALL_BAR (swb_call_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbCallBar, swb_call_bar, SWB, CALL_BAR, GtkBox)

/* @verb: the call that receives in this pane: recv, recvfrom or recvmsg; %SWB_VERB_NONE: its usual
 * one. Shown by the next update. */
void swb_call_bar_set_receive (SwbCallBar *self, SwbVerb verb);

/* Call it again whenever the pane has changed. */
void swb_call_bar_update (SwbCallBar *self, SwbPane *pane);

G_END_DECLS
