/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"

/* What an address means beside what its text says, for the line below the entry. Any thread. */

G_BEGIN_DECLS

/**
 * swb_address_note_dup:
 * @is_own: a socket is to be bound to it
 * @v6only: IPV6_V6ONLY of the socket; -1: as the machine has it, for it was not set
 *
 * What `::` takes besides, what a v4-mapped address stands for, and the name of the interface where the
 * address has its number.
 *
 * Returns: (transfer full) (nullable): a sentence
 */
char *swb_address_note_dup (const SwbAddress *address, gboolean is_own, int v6only);

G_END_DECLS
