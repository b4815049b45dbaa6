/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

/* The application: one process, one window for the bench, and one for each recording that is opened. Opens what is named on the
 * command line, keeps the settings and the actions that belong to no window. */

G_BEGIN_DECLS

#define SWB_TYPE_APPLICATION (swb_application_get_type ())
G_DECLARE_FINAL_TYPE (SwbApplication, swb_application, SWB, APPLICATION, AdwApplication)

typedef struct _SwbWindow SwbWindow;

SwbApplication *swb_application_new (void);

/* (transfer none): the window of the bench, made when there is none. @is_new: (out) (optional) */
SwbWindow *swb_application_ensure_window (SwbApplication *self, gboolean *is_new);

GSettings *swb_application_get_settings (SwbApplication *self); /* (transfer none) */

G_END_DECLS
