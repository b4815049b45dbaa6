/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench-file.h"

/* Reads and checks a bench file in a worker thread: it may be large, on a slow disk, or no file at all but a pipe. */

G_BEGIN_DECLS

typedef struct
{
  char *text;
  gsize length;
  SwbBenchFile *file;  /* nullable: it has mistakes */
  GPtrArray *mistakes; /* (element-type SwbMistake) */
} SwbLoaded;

void swb_loaded_free (SwbLoaded *loaded);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbLoaded, swb_loaded_free)

void swb_bench_loader_load_async (GFile *file, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);

/* @error: of GIO, or SWB_ERROR_TOO_LARGE. (transfer full) (nullable) */
SwbLoaded *swb_bench_loader_load_finish (GAsyncResult *result, GError **error);

/* (transfer full): the same from text that is there already. */
SwbLoaded *swb_bench_loader_check (const char *text, gsize length);

G_END_DECLS
