/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

/* The settings that a person may want to change. */

G_BEGIN_DECLS

#define SWB_TYPE_PREFERENCES (swb_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SwbPreferences, swb_preferences, SWB, PREFERENCES, AdwWindow)

/* @parent: (nullable) */
GtkWidget *swb_preferences_new (GSettings *settings, GtkWindow *parent);

/* As the person does with the row of the folder; @folder: (nullable): the default again. */
void swb_preferences_choose_folder (SwbPreferences *self, GFile *folder);

G_END_DECLS
