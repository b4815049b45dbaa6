/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-station.h"

/* What the panes are, once more in the journal, when the records that had said so have gone: a
 * journal at its limit opens with its panes, their names and what is open. A pane is
 * a note with its commands that hold, as they were given, and calls that ask the kernel for the names of its
 * sockets, as where a socket comes with a message. Engine thread only. */

G_BEGIN_DECLS

/* (transfer full): where swb_summary_remember() keeps them */
GPtrArray *swb_summary_new_standing (void);

/* Keeps the text of a command that says how its pane is from now on; does nothing with others. */
void swb_summary_remember (SwbStation *station, const SwbOrder *order);

/**
 * swb_summary_renew:
 *
 * To be called after each publish. When records have gone it tells of all panes, unless that stands in the newer half of
 * the journal already. Of open connections those that were accepted last, where all would fill an eighth
 * of the journal.
 *
 * Returns: whether it appended anything
 */
gboolean swb_summary_renew (SwbEngine *engine);

G_END_DECLS
