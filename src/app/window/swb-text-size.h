/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* How large all text is, in all windows: for a projector, or for eyes that want it. A setting in percent of the system's size, which
 * the actions app.text-larger, app.text-smaller and app.text-normal change in steps. */

G_BEGIN_DECLS

#define SWB_TEXT_SIZE_STEP 10 /* percent; the setting's range is in its schema */

/* Adds the actions and follows the setting "text-size" of @settings, which has to live as long as @application. */
void swb_text_size_add (GtkApplication *application, GSettings *settings);

G_END_DECLS
