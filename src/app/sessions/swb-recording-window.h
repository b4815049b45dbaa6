/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/window/swb-application.h"
#include "bench/swb-bench.h"

/* A window on something that was recorded: panes and journal as they were, and nothing that
 * could call the kernel. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_RECORDING_WINDOW (swb_recording_window_get_type ())
G_DECLARE_FINAL_TYPE (SwbRecordingWindow, swb_recording_window, SWB, RECORDING_WINDOW,
                      AdwApplicationWindow)

GtkWidget *swb_recording_window_new (SwbApplication *application);

/* Reads in a worker; one of the two, once. What takes longer than a second shows how far it is. What can't be read is
 * told in the window. Closing the window cancels. */
void swb_recording_window_open_file (SwbRecordingWindow *self, GFile *file);
void swb_recording_window_open_session (SwbRecordingWindow *self, const char *folder);

/* (transfer none) (nullable): %NULL while it is being read, and when it could not be */
SwbBench *swb_recording_window_get_bench (SwbRecordingWindow *self);

/* "loading", "failed" or "content" */
const char *swb_recording_window_get_page (SwbRecordingWindow *self);

G_END_DECLS
