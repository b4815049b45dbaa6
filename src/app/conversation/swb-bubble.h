/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/conversation/swb-speech.h"

/* A row of the conversation: a bubble at the left or the right, as wide as its words and at
 * most four fifths of the row, or an event in the middle. */

G_BEGIN_DECLS

#define SWB_TYPE_BUBBLE (swb_bubble_get_type ())
G_DECLARE_FINAL_TYPE (SwbBubble, swb_bubble, SWB, BUBBLE, GtkWidget)

#define SWB_BUBBLE_MAX_LINES 6

GtkWidget *swb_bubble_new (void);
void swb_bubble_set_speech (SwbBubble *self, SwbSpeech *speech); /* nullable */
SwbSpeech *swb_bubble_get_speech (SwbBubble *self); /* (transfer none) (nullable) */

G_END_DECLS
