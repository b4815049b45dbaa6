/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

G_BEGIN_DECLS

/**
 * swb_bench_dissect:
 * @record: of the bench's journal
 *
 * What the bytes of @record are, in one line, where its pane's socket is a raw, packet, netlink or CAN one: see
 * swb_dissect(). Of a living bench interfaces have their names of this machine. Main thread.
 *
 * Returns: (transfer full) (nullable)
 */
char *swb_bench_dissect (SwbBench *self, const SwbRecord *record);

/* (transfer full): an address of the bench's journal for a person: swb_address_show() of a living bench, swb_address_print() of a
 * recording, whose interfaces were another machine's. Main thread. */
char *swb_bench_show_address (SwbBench *self, const SwbAddress *address);

G_END_DECLS
