/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-pane.h"

/* How a pane receives: the call, the length given to it, its flags, by itself or by hand. A small
 * button that says what is in force, and the popover in which a person chooses. What is received by
 * itself is the pane's, as the journal tells it; what is received by hand is chosen here alone. */

G_BEGIN_DECLS

#define SWB_TYPE_RECEIVE_WAY (swb_receive_way_get_type ())
G_DECLARE_FINAL_TYPE (SwbReceiveWay, swb_receive_way, SWB, RECEIVE_WAY, GtkBox)

/* Signals:
 *   "used" (SwbCommand *command): a person chose; the command (borrowed) makes it so
 *   "once": what was chosen is to be called now, once */

void swb_receive_way_set_pane (SwbReceiveWay *self, SwbPane *pane);

/* Call it again whenever the pane has changed. */
void swb_receive_way_update (SwbReceiveWay *self);

/* The verb that receives by hand: recv, recvfrom or recvmsg. */
SwbVerb swb_receive_way_get_verb (SwbReceiveWay *self);

/* Puts length and flags into a command that receives. */
void swb_receive_way_fill (SwbReceiveWay *self, SwbCommand *command);

/**
 * swb_receive_way_describe:
 * @numbers: as of a `recv auto` command: the call (0 or 1: the usual one), room, flags
 * @usual: the call that is usual for the pane
 *
 * Returns: (transfer full): "recv · automatic", "recvmsg · 4 B · MSG_TRUNC · by hand"
 */
char *swb_receive_way_describe (const int numbers[3], SwbCall usual, gboolean by_itself);

G_END_DECLS
