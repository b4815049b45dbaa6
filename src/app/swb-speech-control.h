/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/swb-record.h"

/* What a call that moved bytes has to say beside them, for the line below a bubble. Pure functions,
 * any thread. */

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
 * swb_speech_describe_control:
 * @control: control messages as the kernel gave them
 * @wall_ns: our own time of the call, in ns since 1970
 *
 * Returns: (transfer full): "kernel 42 µs before · TTL 64 · to 127.0.0.1 on lo"; "" where there is none
 */
char *swb_speech_describe_control (const guint8 *control, gsize length, gint64 wall_ns);

G_END_DECLS
