/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-record.h"

/* What a call that moved bytes was asked for, for the line below a bubble. Any thread. */

G_BEGIN_DECLS

/**
 * swb_speech_describe_call:
 * @record: of a call that sends or receives
 *
 * Returns: (transfer full): its flags that a person asked for, and the length where it was short and is full:
 *   "MSG_OOB", "length 4"; "" where there is nothing to say
 */
char *swb_speech_describe_call (const SwbRecord *record);

/**
 * swb_speech_describe_frame:
 * @record: of a call that received a frame from a packet socket
 *
 * Returns: (nullable): whom the frame was for, as packet(7) tells it
 */
const char *swb_speech_describe_frame (const SwbRecord *record);

G_END_DECLS
