/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-pane-colour.h"

const char *
swb_pane_colour_get_class (guint pane_id)
{
  static const char *const classes[SWB_N_PANE_COLOURS] = {
    "swb-pane-8", "swb-pane-1", "swb-pane-2", "swb-pane-3",
    "swb-pane-4", "swb-pane-5", "swb-pane-6", "swb-pane-7",
  };

  return classes[pane_id % SWB_N_PANE_COLOURS];
}
