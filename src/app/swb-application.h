/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

/* The application: one process, one window. Opens bench files that are named on the command line, keeps
 * the settings and the actions that belong to no window. */

G_BEGIN_DECLS

#define SWB_TYPE_APPLICATION (swb_application_get_type ())
G_DECLARE_FINAL_TYPE (SwbApplication, swb_application, SWB, APPLICATION, AdwApplication)

SwbApplication *swb_application_new (void);

GSettings *swb_application_get_settings (SwbApplication *self); /* (transfer none) */

G_END_DECLS
