/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-pane.h"

/* Which calls a pane has, in their order, and how each stands. Pure functions over an
 * SwbPane. */

G_BEGIN_DECLS

typedef enum
{
  SWB_STANDING_IMPOSSIBLE, /* the kernel would refuse it now */
  SWB_STANDING_POSSIBLE,
  SWB_STANDING_NEXT,      /* the usual next step */
  SWB_STANDING_WAITING,   /* begun, no answer yet */
  SWB_STANDING_AUTOMATIC, /* a standing order: made whenever there is reason */
  SWB_STANDING_DONE,
} SwbStanding;

#define SWB_PANE_CALLS_MAX 12

/* Fills @verbs with the calls of the kind of pane that @pane is. Returns: how many. */
guint swb_pane_calls_list (SwbPane *pane, SwbVerb verbs[SWB_PANE_CALLS_MAX]);

SwbStanding swb_pane_calls_get_standing (SwbPane *pane, SwbVerb verb);

/* Whether sockets of this kind have a peer at all. */
gboolean swb_pane_calls_can_connect (SwbPane *pane);

/* Whether it is worth a row to ask for that peer. */
gboolean swb_pane_calls_wants_peer (SwbPane *pane);

/* What the usual chain still has to do: the verb it begins with (bind, listen, connect), or
 * NONE when it is through. */
SwbVerb swb_pane_calls_get_chain_begin (SwbPane *pane);

/* (transfer none): a word for a screen reader: "done", "next"…, translated */
const char *swb_standing_get_word (SwbStanding standing);

/* (transfer none): what the call does, in a sentence, translated */
const char *swb_pane_calls_explain (SwbVerb verb);

/* The call that a verb makes. */
SwbCall swb_pane_calls_from_verb (SwbVerb verb);

G_END_DECLS
