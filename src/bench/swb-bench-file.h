/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

/* A bench file: its lines, read and checked. Hostile files end in an error, not in memory: a line may have SWB_BENCH_FILE_MAX_LINE bytes, a
 * file SWB_BENCH_FILE_MAX bytes and SWB_BENCH_MAX_PANES panes. */

G_BEGIN_DECLS

#define SWB_BENCH_FILE_MAX (16 * 1024 * 1024)
#define SWB_BENCH_FILE_MAX_LINE (1024 * 1024)

typedef struct _SwbBenchFile SwbBenchFile;

/* A mistake of the file, with its place. */
typedef struct
{
  guint line;   /* from 1 */
  guint column; /* from 1, in characters */
  char *message;
} SwbMistake;

/**
 * swb_bench_file_parse:
 * @text: the contents; need not be UTF-8 (a binary file is a mistake, not a crash)
 * @mistakes: (out) (element-type SwbMistake) (transfer full): all of them, at most 100; empty when the file is right. Checked are syntax, constants, numbers,
 *   addresses, ports, bytes, pane names that were not made before, names made twice
 *
 * Returns: (transfer full) (nullable): the file, or %NULL when there are mistakes
 */
SwbBenchFile *swb_bench_file_parse (const char *text, gsize length, GPtrArray **mistakes);

/* Reads with g_file_load, blocking: for swb. The window loads asynchronously and calls swb_bench_file_parse(). @error: the file could not be read */
SwbBenchFile *swb_bench_file_load (const char *path, GPtrArray **mistakes, GError **error);
void swb_bench_file_free (SwbBenchFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbBenchFile, swb_bench_file_free)

guint swb_bench_file_get_n_commands (SwbBenchFile *self);
const SwbCommand *swb_bench_file_get_command (SwbBenchFile *self, guint index); /* (transfer none); its line is set */

gboolean swb_bench_file_makes_pane (SwbBenchFile *self, const char *name);

/* (transfer full): its lines as they were read */
char *swb_bench_file_dup_text (SwbBenchFile *self);

/**
 * swb_bench_file_compose:
 * @bench: a bench as it stands
 * @loaded: (nullable): the file it came from; its lines (comments, expectations) are kept as they were for panes that still are there
 * @drafts: (nullable) (element-type utf8): further command lines, for what stands in entries but was not yet carried out ("server bind 127.0.0.1:7000")
 *
 * What running did is no part of it: panes whose socket came with a message are left out, and so are their drafts.
 *
 * Returns: (transfer full): the text to save: panes with their specs and titles, for panes that @loaded does not have also reply, modes, bind, listen, connect as they were carried out or drafted
 */
char *swb_bench_file_compose (SwbBench *bench, SwbBenchFile *loaded, GPtrArray *drafts);

G_END_DECLS
