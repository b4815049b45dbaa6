/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

double
measure_wall_s (void)
{
  return (double)g_get_monotonic_time () / 1e6;
}

double
measure_cpu_s (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int
compare_wall (gconstpointer a, gconstpointer b)
{
  double left = ((const Measured *)a)->wall_s;
  double right = ((const Measured *)b)->wall_s;

  return (left > right) - (left < right);
}

Measured
measure_median (Measured *runs, guint n_runs)
{
  qsort (runs, n_runs, sizeof *runs, compare_wall);
  return runs[n_runs / 2];
}

void
measure_print_at_most (const char *what, double value, const char *unit, double goal)
{
  printf ("  %-44s %10.2f%s  (to reach: at most %g: %s)\n", what, value, unit, goal,
          value <= goal ? "met" : "not met");
}

void
measure_print_at_least (const char *what, double value, const char *unit, double goal)
{
  printf ("  %-44s %10.2f%s  (to reach: at least %g: %s)\n", what, value, unit, goal,
          value >= goal ? "met" : "not met");
}

guint64
measure_get_number (const char *variable, guint64 otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* The number behind "NAME:" in a file of /proc, 0 when there is none. */
static guint64
read_number (const char *path, const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  for (line = text; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n';
      if (g_str_has_prefix (line, name) && line[strlen (name)] == ':')
        return g_ascii_strtoull (line + strlen (name) + 1, NULL, 10);
    }
  return 0;
}

guint64
measure_memory_kib (int pid, const char *line)
{
  g_autofree char *path
      = g_strdup_printf ("/proc/%d/smaps_rollup", pid != 0 ? pid : getpid ());

  return read_number (path, line);
}

guint64
measure_sleeps (int pid)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) tasks = pid != 0 ? g_dir_open (folder, 0, NULL) : NULL;
  struct rusage usage;
  const char *task;
  guint64 sum = 0;

  getrusage (RUSAGE_SELF, &usage);
  if (pid == 0)
    return (guint64)usage.ru_nvcsw;

  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, task, "status", NULL);

      sum += read_number (path, "voluntary_ctxt_switches");
    }
  return sum;
}
