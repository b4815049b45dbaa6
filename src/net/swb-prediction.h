/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-kernel.h"

/* What socket() would answer, and why, without asking it: by the rules of the kernel's source and what the
 * running kernel says of itself. */

G_BEGIN_DECLS

typedef enum
{
  SWB_REASON_THERE,       /* available */
  SWB_REASON_LOADS,       /* available once the kernel has loaded @module, which it does by itself */
  SWB_REASON_NO_DOMAIN,   /* this kernel has not got the domain */
  SWB_REASON_GONE,        /* no Linux has it since version @gone */
  SWB_REASON_NO_SOCKETS,  /* a number that is used elsewhere, never for sockets */
  SWB_REASON_NO_NUMBER,   /* beyond all domains, types or protocols that there are */
  SWB_REASON_TYPE,        /* not a type of this domain */
  SWB_REASON_PROTOCOL,    /* not a protocol of this type */
  SWB_REASON_NO_PROTOCOL, /* Linux has it, this kernel hasn't */
  SWB_REASON_RIGHT,       /* this user lacks @right */
  SWB_REASON_PING,        /* none of this user's groups may ping */
  SWB_REASON_OFF,         /* MPTCP is switched off */
  SWB_REASON_NO_CARRIER,  /* vsock datagrams: no transport on this machine carries them */
} SwbReason;

typedef struct
{
  int error; /* errno; 0: it would work */
  SwbReason reason;
  SwbRight right;
  const char *module; /* (nullable): that has it, or would be loaded; a constant */
  const char *option; /* (nullable): with which kernels are built that have it */
  const char *gone;   /* (nullable) */
} SwbPrediction;

/* @kernel: of whom; any thread */
SwbPrediction swb_predict (SwbKernel *kernel, int domain, int type, int protocol);

/**
 * swb_prediction_explain:
 * @error: 0, or the errno with which socket() answered, or would
 *
 * Returns: (transfer full): a sentence for a learner, with the errno's name: what it is, why, and what would change it
 */
char *swb_prediction_explain (SwbKernel *kernel, int domain, int type, int protocol, int error);

G_END_DECLS
