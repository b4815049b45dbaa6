/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* What a recvmsg() or sendmsg() had beside its bytes, in words. */

G_BEGIN_DECLS

/**
 * swb_message_facts_dup:
 * @record: any record
 * @journal: (nullable): whose it is; without it the kernel's time cannot be compared with ours
 *
 * The control messages of @record as one short line, such as "TTL 64 · to 127.0.0.1 on lo · the
 * kernel had it 35 µs before it was read", in the language of the person: SO_TIMESTAMP(NS), TTL and hop
 * limit, TOS and traffic class, PKTINFO, RECVERR with origin, type, code and offender, descriptors,
 * credentials, datagrams lost. Those it does not know are left out. The names of interfaces are those
 * of this machine now; a number where there is none.
 *
 * Returns: (transfer full) (nullable): %NULL when there is nothing to tell
 */
char *swb_message_facts_dup (const SwbRecord *record, SwbJournal *journal);

G_END_DECLS
