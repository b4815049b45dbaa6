/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-pane.h"

/* Domain, type and protocol of a pane, as it was made with. */

G_BEGIN_DECLS

#define SWB_TYPE_SPEC_ROW (swb_spec_row_get_type ())
G_DECLARE_FINAL_TYPE (SwbSpecRow, swb_spec_row, SWB, SPEC_ROW, GtkBox)

void swb_spec_row_set_pane (SwbSpecRow *self, SwbPane *pane);

G_END_DECLS
