/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"
#include "journal/recording/swb-load.h"

/* A fuzz target is one file, fuzz-NAME.c, with the two functions below. It is linked twice: with the driver, as a test
 * that replays its seeds and some thousand mutations of them with any compiler, and with libFuzzer (build-aux/fuzz). An
 * input that crashed becomes a seed. */

G_BEGIN_DECLS

/**
 * LLVMFuzzerTestOneInput:
 *
 * As libFuzzer calls it: aborts (g_assert) where the module broke a promise.
 *
 * Returns: 0
 */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Adds to @seeds (of GBytes) what is not in seeds/NAME.txt or seeds/NAME/: what it takes a program to make. */
void fuzz_add_seeds (GPtrArray *seeds);

/* --- for targets --- */

/* (transfer full): @data up to its first zero byte, in memory of that size, so that a sanitizer sees who reads beyond. */
char *fuzz_dup_text (const guint8 *data, gsize size);

/* The same, newlines as spaces: for parsers of one line. */
char *fuzz_dup_line (const guint8 *data, gsize size);

/* The next byte of the input, 0 at its end: for choices. */
guint8 fuzz_take_byte (const guint8 **data, gsize *size);

/* Adds every line of the example benches, or every bench as a whole. */
void fuzz_add_benches (GPtrArray *seeds, gboolean by_line);

/* Asserts that a text for people is one line of valid UTF-8 without control characters. */
void fuzz_assert_harmless (const char *line);

/* Asserts that an error is set, with a sentence, in the domain of what is not the kernel's business. */
void fuzz_assert_explained (const GError *error);

/* Whether all is equal that a record says; the data by its bytes. */
void fuzz_assert_records_equal (const SwbRecord *a, const SwbRecord *b);

/* The same of all records of two journals, by the clock on the wall. */
void fuzz_assert_journals_equal (SwbJournal *a, SwbJournal *b);

/* Loads bytes into a journal whose folder is gone when this returns, and asserts that it is, also where @load failed. */
SwbJournal *fuzz_load (SwbLoadFunc load, GBytes *bytes, GHashTable **names, GError **error);

/* (transfer full): the name of a new file or folder in memory (tmpfs where there is one). Whatever the target leaves there goes when
 * the process ends. */
char *fuzz_dup_path (const char *stem);

/**
 * fuzz_read_record:
 * @record: (out): borrows its data from @data
 *
 * Makes a record of the input: 36 bytes of fields, then details, then data.
 *
 * Returns: %FALSE when the input is none
 */
gboolean fuzz_read_record (const guint8 *data, gsize size, SwbRecord *record);

/* (transfer full): the input that fuzz_read_record() makes @record of. */
GBytes *fuzz_write_record (const SwbRecord *record);

/* (transfer full): a small journal of calls of all kinds, commands, outcomes and notes; one for the life of the process. */
SwbJournal *fuzz_make_journal (void);

G_END_DECLS
