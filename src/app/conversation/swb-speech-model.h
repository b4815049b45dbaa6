/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/conversation/swb-speech.h"

/* A pane's conversation as a list of SwbSpeech: eight bytes a turn, objects only for those
 * who ask. It grows with the journal, with one items-changed a follower's turn. */

G_BEGIN_DECLS

#define SWB_TYPE_SPEECH_MODEL (swb_speech_model_get_type ())
G_DECLARE_FINAL_TYPE (SwbSpeechModel, swb_speech_model, SWB, SPEECH_MODEL, GObject)

SwbSpeechModel *swb_speech_model_new (SwbBench *bench, SwbPane *pane);

/* Only this connection's turns; SWB_CONNECTION_ALL for every one. */
void swb_speech_model_set_connection (SwbSpeechModel *self, guint connection);

/* The index of the turn at @position of the journal, or G_MAXUINT. */
guint swb_speech_model_find (SwbSpeechModel *self, guint64 position);

G_END_DECLS
