/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* Around a GtkScrolledWindow: it wants to be as high as what it shows is at the width it is given. The scrolled window itself asks
 * its child without a width, so that texts that wrap are cut although there is room. */

G_BEGIN_DECLS

#define SWB_TYPE_TALL (swb_tall_get_type ())
G_DECLARE_FINAL_TYPE (SwbTall, swb_tall, SWB, TALL, GtkWidget)

/* Properties: "child" (GtkScrolledWindow) */

G_END_DECLS
