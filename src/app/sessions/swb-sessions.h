/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/window/swb-application.h"

/* The dialog of the sessions whose journals are on disk: each can be opened, kept for good, saved as a recording
 * and deleted, which can be taken back as long as its toast is there. */

G_BEGIN_DECLS

#define SWB_TYPE_SESSIONS (swb_sessions_get_type ())
G_DECLARE_FINAL_TYPE (SwbSessions, swb_sessions, SWB, SESSIONS, AdwWindow)

/* @parent: (nullable) */
GtkWidget *swb_sessions_new (SwbApplication *application, GtkWindow *parent);

/* "loading", "empty" or "list" */
const char *swb_sessions_get_page (SwbSessions *self);

/* Saves the session of @folder as a recording, without asking where to. */
void swb_sessions_save (SwbSessions *self, const char *folder, GFile *file);

G_END_DECLS
