/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine/swb-engine-private.h"

/* A task: an order on its way. Every place where a part of its answer is waited for holds
 * one share; when the last share is given back its OUTCOME record is made. */

G_BEGIN_DECLS

struct _SwbTask
{
  SwbEngine *engine;
  SwbOrder *order;
  gint64 began_ns;
  guint n_shares;
  int error;      /* the first errno that a share came back with */
  GSource *timer; /* of order->within_ns */
  gboolean is_explained; /* why it failed was looked up, or needs no looking up */
};

/* Appends the COMMAND record. The caller has the first share. */
SwbTask *swb_task_new (SwbEngine *engine, SwbOrder *order);
SwbTask *swb_task_share (SwbTask *self);

/* Gives a share back. @error: 0, or an errno. */
void swb_task_done (SwbTask *self, int error);

/* Takes it out of every place where it waits, each with @error. */
void swb_task_abort (SwbTask *self, int error);

/* Starts the clock of order->within_ns, if it has one: ETIMEDOUT when it runs out. */
void swb_task_start_timer (SwbTask *self);

G_END_DECLS
