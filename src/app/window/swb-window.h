/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/window/swb-application.h"
#include "bench/swb-bench.h"

/* The window: one bench with its panes above and its journal below. Owns the bench and stops it when it closes. */

G_BEGIN_DECLS

#define SWB_TYPE_WINDOW (swb_window_get_type ())
G_DECLARE_FINAL_TYPE (SwbWindow, swb_window, SWB, WINDOW, AdwApplicationWindow)

GtkWidget *swb_window_new (SwbApplication *application);

SwbBench *swb_window_get_bench (SwbWindow *self); /* (transfer none) (nullable): none where no journal can be kept */

/* Files are being looked at (@expects), one of which may be opened here: what is to be run then waits, until they were (not @expects). */
void swb_window_expect (SwbWindow *self, gboolean expects);

/* Reads @file without blocking, and shows it instead of what is there; a file with mistakes changes nothing. */
void swb_window_open (SwbWindow *self, GFile *file);

/* The bench that was there when the program ended, if the settings want it. */
void swb_window_reopen_last (SwbWindow *self);

/* @text: plain text */
void swb_window_toast (SwbWindow *self, const char *text);

G_END_DECLS
