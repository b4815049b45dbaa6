/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-task.h"

/* Bytes that wait until the kernel takes them, in order: for one socket. */

G_BEGIN_DECLS

typedef struct
{
  GBytes *bytes;
  gsize offset; /* how many of them the kernel has */
  int flags;
  SwbAddress to; /* length 0: none */
  SwbRecordOrigin origin;
  SwbTask *task;     /* (nullable): a share */
  gboolean is_begun; /* a send was tried: an empty payload is sent once */
} SwbParcel;

typedef struct
{
  GQueue parcels;
  gsize n_bytes; /* that wait */
  gsize n_told;  /* that waited when the journal was last told; 0: not told */
} SwbOutbox;

void swb_outbox_init (SwbOutbox *self);

/* Lets go of every parcel, its task ending with @error. */
void swb_outbox_clear (SwbOutbox *self, int error);

void swb_outbox_push (SwbOutbox *self, GBytes *bytes, int flags, const SwbAddress *to,
                      SwbRecordOrigin origin, SwbTask *task);
SwbParcel *swb_outbox_peek (SwbOutbox *self);

/* @n_sent more bytes of the first parcel are gone. */
void swb_outbox_advance (SwbOutbox *self, gsize n_sent);

/* The first parcel is over. */
void swb_outbox_pop (SwbOutbox *self, int error);

void swb_outbox_drop_task (SwbOutbox *self, SwbTask *task, int error);

G_END_DECLS
