/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* What a target starts from: its seeds and the words of its language. */

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *seeds; /* of GBytes, one at least */
  GPtrArray *words; /* of GBytes */
} Corpus;

/**
 * corpus_load:
 * @name: of the target
 *
 * Seeds are the lines of seeds/NAME.txt, with the escapes of payloads; the files of seeds/NAME/ as they are; and what
 * fuzz_add_seeds() adds. Words are those of dict/NAME.dict, in libFuzzer's format.
 */
void corpus_load (Corpus *self, const char *name);
void corpus_clear (Corpus *self);

/* Writes each seed to a file in @folder: libFuzzer's form of a corpus. */
void corpus_export (const Corpus *self, const char *folder);

G_END_DECLS
