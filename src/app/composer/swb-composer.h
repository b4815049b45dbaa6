/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/pane/swb-pane-runner.h"

/* Where bytes are written: text, hex or a file, with line end and encoding; for datagrams
 * with a destination. What is wrong with the text is said below it, with the cursor at the
 * place. Up and Down bring back what was sent. */

G_BEGIN_DECLS

#define SWB_TYPE_COMPOSER (swb_composer_get_type ())
G_DECLARE_FINAL_TYPE (SwbComposer, swb_composer, SWB, COMPOSER, GtkBox)

void swb_composer_set_runner (SwbComposer *self, SwbPaneRunner *runner);

/* The connection to send to; SWB_CONNECTION_ALL for every one of a server. */
void swb_composer_set_connection (SwbComposer *self, guint connection);

/* Where the next datagram goes, as if it had been typed; takes the focus. */
void swb_composer_set_destination (SwbComposer *self, const char *address);

G_END_DECLS
