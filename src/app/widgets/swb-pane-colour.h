/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Colours that tell panes apart: eight, from a palette that colour-blind eyes separate, defined for light and dark in ui/style.css as
 * `.swb-pane-1` … `.swb-pane-8`, each setting the foreground and the named look of badge, card edge and chip. */

G_BEGIN_DECLS

#define SWB_N_PANE_COLOURS 8

/* (transfer none): the CSS class of a pane: "swb-pane-1" for ids 1, 9, 17… */
const char *swb_pane_colour_get_class (guint pane_id);

G_END_DECLS
