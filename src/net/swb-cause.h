/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"
#include "net/swb-call.h"

/* Why a call failed on this machine: what swb-errno's sentence says in general, looked up. */

G_BEGIN_DECLS

typedef struct
{
  SwbCall call;
  int error;
  int domain;
  int type;
  int protocol;
  SwbAddress address; /* that the call was given; length 0 for none */
  gsize n_bytes;      /* that were to be sent */
  int level;          /* of setsockopt */
  int option;
} SwbCauseQuestion;

/* Whether it is worth asking: no file is read for it. */
gboolean swb_cause_is_known (const SwbCauseQuestion *question);

/**
 * swb_cause_describe:
 * @root: "" for this machine; see swb-machine.h
 *
 * Reads files below /proc and looks at the path of a unix socket; call it from a worker thread.
 *
 * Returns: (transfer full) (nullable): one or more sentences, translated; %NULL when nothing was
 *   found that the errno's own sentence does not say
 */
char *swb_cause_describe (const char *root, const SwbCauseQuestion *question);

G_END_DECLS
