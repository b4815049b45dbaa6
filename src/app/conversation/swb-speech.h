/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

/* One turn of a pane's conversation: bytes that came or left, or a small event between
 * them. It is only a place in the journal; its texts are made when somebody asks. Made for
 * visible rows alone. */

G_BEGIN_DECLS

typedef enum
{
  SWB_SPEECH_IN,
  SWB_SPEECH_OUT,
  SWB_SPEECH_EVENT,
} SwbSpeechSide;

#define SWB_SPEECH_MAX_CHARS 400 /* shown of one payload */

#define SWB_TYPE_SPEECH (swb_speech_get_type ())
G_DECLARE_FINAL_TYPE (SwbSpeech, swb_speech, SWB, SPEECH, GObject)

/* Whether the record at @entry is a turn of the conversation of its pane; reads no bytes.
 */
gboolean swb_speech_is_shown (const SwbEntry *entry);

/* @reply: the responder that was chosen at that time, which names its answers */
SwbSpeech *swb_speech_new (SwbBench *bench, SwbPane *pane, guint64 position,
                           SwbReply reply);
guint64 swb_speech_get_position (SwbSpeech *self);
SwbSpeechSide swb_speech_get_side (SwbSpeech *self);

/* (transfer full) */
char *swb_speech_dup_text (
    SwbSpeech *self); /* the payload for the screen, or the event's sentence */
char *
swb_speech_dup_caption (SwbSpeech *self); /* "127.0.0.1:40312 · 13 B · 10:42:12.004" */
char *swb_speech_dup_details (SwbSpeech *self); /* what the call said beside the bytes: "cut short: 8 B are gone · TTL 64"; may be "" */
/* (nullable): whom a datagram came from, as an address to send to; NULL for anything else */
char *swb_speech_dup_sender (SwbSpeech *self);
GBytes *swb_speech_dup_bytes (SwbSpeech *self); /* the payload; empty for events */

/* (transfer full): "13 B", "65,536 B" */
char *swb_speech_print_size (guint64 n_bytes);

G_END_DECLS
