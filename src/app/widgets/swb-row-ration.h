/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* A list keeps some 200 row widgets, and to make and style one takes a millisecond. So the
 * first rows come a few a frame. Later ones take the widgets of others, and any number comes
 * at once. */

G_BEGIN_DECLS

/* A list with so many rows has its widgets. */
#define SWB_ROW_RATION_WARM 224

/* How many rows a frame gives to a list that has fewer. */
#define SWB_ROW_RATION_STEP 8

/* Returns: how many rows a list that has @n_rows may be given now */
static inline guint
swb_row_ration_get (guint n_rows)
{
  return n_rows < SWB_ROW_RATION_WARM ? SWB_ROW_RATION_STEP : G_MAXUINT;
}

G_END_DECLS
