/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

G_BEGIN_DECLS

/* A group that a pane's socket is in, as its setsockopt calls say. */
typedef struct
{
  char *group;
  int interface; /* its index; 0: as the call said, by address or not at all */
  char *address; /* (nullable): of the interface, where the call named it so */
  char *source;  /* (nullable) */
} SwbMembership;

/* (transfer full) (element-type SwbMembership): in the order in which they were joined */
GPtrArray *swb_pane_list_memberships (SwbPane *pane);

/**
 * swb_bench_explain_multicast:
 * @group: a group as text
 * @interface: (nullable): on which it should be heard
 *
 * Why @pane hears nothing of @group: what /proc says of this machine, what the pane's socket has done, and what the other
 * panes send. Reads files; main thread, when somebody asks.
 *
 * Returns: (transfer full): sentences, a line each
 */
char *swb_bench_explain_multicast (SwbBench *self, SwbPane *pane, const char *group,
                                   const char *interface);

G_END_DECLS
