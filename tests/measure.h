/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* What benchmarks share: clocks, medians, and how a goal is printed. */

G_BEGIN_DECLS

#define MEASURE_RUNS 5

/* One run of one side. */
typedef struct
{
  double wall_s;
  double cpu_s;
} Measured;

double measure_wall_s (void);
double measure_cpu_s (int who); /* RUSAGE_SELF, RUSAGE_CHILDREN */

/* By wall time; sorts @runs. */
Measured measure_median (Measured *runs, guint n_runs);

/* "  ratio  1.43  (to reach: at most 2.5: met)" */
void measure_print_at_most (const char *what, double value, const char *unit, double goal);
void measure_print_at_least (const char *what, double value, const char *unit, double goal);

/* A number from the environment. */
guint64 measure_get_number (const char *variable, guint64 otherwise);

/* KiB of a line of /proc/PID/smaps_rollup, such as "Anonymous"; @pid 0 is this process. */
guint64 measure_memory_kib (int pid, const char *line);

/* How often the threads of a process went to sleep, so far: those of another process that still live, or all there were of
 * this one (@pid 0). */
guint64 measure_sleeps (int pid);

G_END_DECLS
