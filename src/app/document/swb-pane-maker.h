/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

/* Makes panes, as the dialog and the buttons of the empty state do. */

G_BEGIN_DECLS

typedef struct
{
  int domain;
  int type;
  int protocol;
  SwbRole role;
  const char *title; /* nullable: one that says what it is; a person's words, which are not translated */
} SwbPaneSpec;

/**
 * swb_pane_maker_make:
 * @name: (out) (transfer full) (optional): the name that the pane was given
 *
 * Runs the command `pane` with a name that is free.
 *
 * Returns: %FALSE with @error as of swb_bench_run()
 */
gboolean swb_pane_maker_make (SwbBench *bench, const SwbPaneSpec *spec, char **name,
                              GError **error);

/* Whether a socket of @domain and @type can be a server's or a client's: not so the kernel's own sockets, and
 * those of frames and raw packets. */
gboolean swb_pane_maker_has_roles (int domain, int type);

/* (transfer full): the title that a pane gets when none is given: "TCP server" */
char *swb_pane_maker_dup_title (const SwbPaneSpec *spec);

/* A pair that is one click away. */
typedef struct
{
  const char *id; /* the parameter of the action win.pair */
  SwbPaneSpec panes[2]; /* with titles that are to be translated */
} SwbPanePair;

/* swb_pane_maker_make() for the first (0) or the second (1) of @pair. */
gboolean swb_pane_maker_make_of_pair (SwbBench *bench, const SwbPanePair *pair, guint index,
                                      char **name, GError **error);

const SwbPanePair *swb_pane_maker_find_pair (const char *id); /* (nullable) (transfer none) */

/* (transfer full): the address that the first of the pair is offered for bind. */
char *swb_pane_maker_dup_pair_address (const SwbPanePair *pair);

G_END_DECLS
