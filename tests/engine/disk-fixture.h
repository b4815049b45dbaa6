/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "engine-fixture.h"

/* An echo server of an engine whose journal lies on a disk that gets into trouble, and its
 * one peer. */

typedef struct
{
  Bench bench;
  int peer;
  guint64 n_sent;    /* and echoed */
  guint64 untold_id; /* of a command that ended while the disk took nothing */
} DiskBench;

/* With the journal in @disk; echoes something that is recorded. */
void disk_bench_init (DiskBench *self, const char *disk);
void disk_bench_clear (DiskBench *self);

/* Sends @length bytes, and waits until all of them have come back. */
void disk_bench_echo (DiskBench *self, gsize length);

/* Traffic goes on until the engine has told of @what, or of anything where that is 0. */
void disk_bench_echo_until_note (DiskBench *self, SwbNote note, gint64 what,
                                 SwbRecord *found);

/* The note that tells of @what, wherever it is; FALSE: there is none yet. */
gboolean disk_bench_find_note (DiskBench *self, SwbNote note, gint64 what,
                               SwbRecord *found);

/* Bytes that the journal says were received. */
guint64 disk_bench_count_received (DiskBench *self);

/* While the disk takes nothing: bytes are echoed, commands end, what was recorded can be read,
 * and what is not is counted. */
void disk_bench_assert_loses (DiskBench *self);

/* Once it takes bytes again: notes tell how many records were lost for @error, the command's
 * end is told, and all that comes is recorded. */
void disk_bench_assert_recovers (DiskBench *self, int error);
