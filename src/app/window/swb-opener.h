/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/window/swb-window.h"

/* Opens whatever a person opens, drops or names on the command line: benches in the window, what was
 * recorded in a window of its own. Main thread. */

G_BEGIN_DECLS

/* @window: (nullable): where a bench goes; without it the first one there is, or a new one */
void swb_opener_open (SwbApplication *application, SwbWindow *window, GFile *file);

/* Several at once: of benches only the first one is opened, and the person told. */
void swb_opener_open_files (SwbApplication *application, SwbWindow *window, GFile **files,
                            guint n_files);

/* The journal of an earlier session, read-only. (transfer none): its window */
GtkWindow *swb_opener_open_session (SwbApplication *application, const char *folder);

/* Makes @widget, which is in a window of the application, take files that are dropped on it. */
void swb_opener_accept_drops (GtkWidget *widget);

G_END_DECLS
