/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "corpus.h"

G_BEGIN_DECLS

#define MUTATE_MAX_BYTES 4096 /* unless the seed is longer */

/* Makes an input of @bytes: one of the seeds, changed in one to eight ways. The same state of @random makes the same input. */
void mutate (GByteArray *bytes, const Corpus *corpus, GRand *random);

G_END_DECLS
