/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/recording/swb-recording-private.h"

/* Captures as other programs write them, made in memory. */

#define CAPTURE_LINK_ETHERNET 1
#define CAPTURE_LINK_RAW 101
#define CAPTURE_LINK_SLL 113

#define CAPTURE_IN FALSE /* from the client to the server */
#define CAPTURE_OUT TRUE

typedef struct
{
  GByteArray *bytes;   /* what was written; the caller's to unref, or to empty */
  gboolean is_swapped; /* the numbers are big-endian */
  gboolean is_pcapng;
  guint n_packets;
  gsize snaplen;       /* so much of a frame is captured */
} Capture;

void capture_begin (Capture *self, guint link, gboolean has_ns, gboolean is_swapped);
void capture_begin_ng (Capture *self, guint link, gboolean is_swapped);

/* Packet n is at 1,700,000,000 s and n units: of µs, or of ns. */
void capture_put_frame (Capture *self, const guint8 *frame, gsize length);

/* 10.0.0.@last or fd00::@last */
SwbEndpoint capture_make_end (int family, guint16 port, guint8 last);

/* A segment between port 40000 of host 1, the client, and port 80 of host 2. */
void capture_put_tcp (Capture *self, int family, gboolean is_out, guint32 seq, guint32 ack, guint8 flags,
                      const char *data);

/* The next bytes are 1000 (in) and 5000 (out). */
void capture_put_handshake (Capture *self, int family);
