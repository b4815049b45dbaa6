/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-packet.h"

/* What swb-packet.c and swb-packet-layers.c share. */

G_BEGIN_DECLS

typedef enum
{
  SWB_KEY_NUMBER, /* 0…@max, decimal or 0x… */
  SWB_KEY_HEX,    /* the same, in hex without 0x too */
  SWB_KEY_WORD,   /* one of @words by its name, or a number up to @max */
  SWB_KEY_MAC,
  SWB_KEY_IP,
  SWB_KEY_IP6,
  SWB_KEY_FLAGS, /* of TCP: letters of "FSRPAU" */
  SWB_KEY_NAME,  /* of a host: labels with dots between them */
} SwbKeyKind;

typedef struct
{
  const char *name; /* NULL: the end */
  guint32 value;
} SwbWord;

typedef struct
{
  const char *name; /* NULL: the end */
  SwbKeyKind kind;
  const char *otherwise; /* the default, as text; NULL: 0, or what the next layer says */
  guint32 max;
  const SwbWord *words;
} SwbKey;

#define SWB_LAYER_MAX_KEYS 7
#define SWB_NAME_MAX 255 /* of a name in DNS: RFC 1035 */

typedef struct
{
  guint32 number; /* of NUMBER, HEX, WORD, FLAGS */
  guint8 bytes[16]; /* of MAC, IP, IP6, in network order */
  char *name;
  gboolean is_given;
} SwbValue;

typedef struct _SwbLayer SwbLayer;

typedef struct
{
  const char *name;
  guint ethertype; /* how an eth in front calls it; 0: it does not */
  guint protocol;  /* how an ip in front calls it */
  SwbKey keys[SWB_LAYER_MAX_KEYS + 1];
  /* Puts the header in front of @payload. @outer: nullable, @inner: nullable */
  gboolean (*build) (const SwbLayer *self, const SwbLayer *outer, const SwbLayer *inner,
                     GByteArray *payload, GError **error);
} SwbLayerInfo;

struct _SwbLayer
{
  const SwbLayerInfo *info;
  SwbValue values[SWB_LAYER_MAX_KEYS];
};

extern const SwbLayerInfo swb_packet_layers[];
extern const guint swb_packet_n_layers;

G_END_DECLS
