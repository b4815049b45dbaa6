/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

/* Around the scrolled window of a list: it wants its own width-request and height-request, and asks nothing of its child. A
 * scrolled window asks all rows of the list for their sizes at each change and uses none of the answers. */

G_BEGIN_DECLS

#define SWB_TYPE_STILL (swb_still_get_type ())
G_DECLARE_FINAL_TYPE (SwbStill, swb_still, SWB, STILL, AdwBin)

G_END_DECLS
