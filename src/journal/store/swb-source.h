/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes *@source (nullable) out of its context, gives up the reference, and leaves %NULL. */
void swb_source_clear (GSource **source);

G_END_DECLS
