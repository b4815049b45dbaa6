/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-pane.h"

/* Where a pane's composer sends to, decided from the pane's state. Pure functions. */

G_BEGIN_DECLS

typedef struct
{
  SwbVerb verb;       /* SEND or SENDTO */
  guint connection;   /* 0, a number or SWB_CONNECTION_ALL */
  char *address;      /* sendto; nullable */
  const char *reason; /* why nothing can be sent, translated; NULL when something can */
} SwbOutlet;

void swb_outlet_clear (SwbOutlet *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SwbOutlet, swb_outlet_clear)

/**
 * swb_outlet_find:
 * @chosen: the connection that was chosen, or SWB_CONNECTION_ALL
 * @destination: what was typed as destination of a datagram; may be empty
 * @last_peer: (nullable): who sent the last datagram
 */
void swb_outlet_find (SwbPane *pane, guint chosen, const char *destination,
                      const char *last_peer, SwbOutlet *outlet);

/**
 * swb_outlet_find_sender:
 * @sender: (inout): freed and replaced by the address that @pane's newest datagram of these records came from; %NULL: it had none
 *
 * Each record is looked at once, and none behind the newest.
 *
 * Returns: %FALSE when none of them brought a datagram, or it is gone; @sender is untouched then
 */
gboolean swb_outlet_find_sender (SwbJournal *journal, guint pane, guint64 first, guint64 n_records, char **sender);

G_END_DECLS
