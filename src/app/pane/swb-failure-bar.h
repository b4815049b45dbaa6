/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-bench.h"

/* What went wrong, in the pane where it did: the call and its errno, what that means, what
 * can be done, and buttons that do it (see swb-remedy.h). */

G_BEGIN_DECLS

#define SWB_TYPE_FAILURE_BAR (swb_failure_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwbFailureBar, swb_failure_bar, SWB, FAILURE_BAR, GtkBox)

/* Signals: "show-record" (guint64 position) */

/* Whose panes and journal the remedies are found in. @bench: of all panes shown, outlives them */
void swb_failure_bar_set_bench (SwbFailureBar *self, SwbBench *bench);

/* Call it again whenever the pane has changed. */
void swb_failure_bar_update (SwbFailureBar *self, SwbPane *pane);

/* A command that never reached the kernel; stays until dismissed or cleared. @message:
 * (nullable): NULL clears */
void swb_failure_bar_set_problem (SwbFailureBar *self, const char *message);

/* Of a recording: what went wrong is told, and nothing offered to do about it. */
void swb_failure_bar_set_recorded (SwbFailureBar *self);

G_END_DECLS
