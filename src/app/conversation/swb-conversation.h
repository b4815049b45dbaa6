/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/conversation/swb-speech-model.h"

/* What a pane's sockets heard and said, as bubbles. Follows the newest until the person
 * scrolls up. */

G_BEGIN_DECLS

#define SWB_TYPE_CONVERSATION (swb_conversation_get_type ())
G_DECLARE_FINAL_TYPE (SwbConversation, swb_conversation, SWB, CONVERSATION, AdwBin)

/* Signals: "show-record" (guint64 position); "answer" (const char *address): the peer that a
 *   datagram came from is to be written to */

void swb_conversation_set_pane (SwbConversation *self, SwbBench *bench, SwbPane *pane);
void swb_conversation_set_connection (SwbConversation *self, guint connection);

G_END_DECLS
