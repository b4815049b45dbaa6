/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-payload.h"

/* Bytes as text for the clipboard. Pure functions, any thread. */

G_BEGIN_DECLS

typedef enum
{
  SWB_COPY_TEXT,   /* the characters; what is none becomes U+FFFD */
  SWB_COPY_HEX,    /* 68 65 6c */
  SWB_COPY_C,      /* static const unsigned char data[3] = { 0x68, 0x65, 0x6c }; */
  SWB_COPY_PYTHON, /* b"hel" */
  SWB_COPY_BASE64, /* aGVs */
} SwbPayloadFormat;

/* What the clipboard is given at most; more belongs into a file. */
#define SWB_PAYLOAD_COPY_MAX (4u * 1024 * 1024)

/* (transfer full): valid UTF-8. @encoding matters to the text only. */
char *swb_payload_copy_print (const guint8 *data, gsize n_bytes, SwbPayloadFormat format,
                              SwbEncoding encoding);

G_END_DECLS
