/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <glib/gstdio.h>

#include "journal/store/swb-journal-private.h"
#include "journal/filter/swb-scan.h"

/* Filters over ten million records against a tool that only counts lines of the same bytes:
 * medians of interleaved runs. The records are 64 to 107 bytes of random letters, each a
 * line; one in 100,003 has the needle. Needs about 2.3 GB of disk below $TMPDIR for as long
 * as it runs. */

#define N_RUNS 5
#define N_RECORDS 10000000u
#define N_PANES 8
#define BYTES_NEEDED (6.0e9)
#define NEEDLE "needleword"

#define FIELD_FILTER "len > 100 and pane = 3"
#define TEXT_FILTER "data ~ \"" NEEDLE "\""
#define CASELESS_FILTER "data ~* \"" NEEDLE "\""
#define BOTH_FILTER "pane = 3 and data ~ \"" NEEDLE "\""

typedef struct
{
  double wall_s;
  double cpu_s;
  double first_s; /* until the first hit was told */
  guint64 n_hits;
} Run;

typedef struct
{
  const char *text;
  Run first;
  Run runs[N_RUNS];
} Measured;

static double
now_s (void)
{
  return (double)g_get_monotonic_time () / 1e6;
}

static double
cpu_s (int who)
{
  struct rusage used;

  getrusage (who, &used);
  return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
         + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static guint64
next_random (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static gsize
fill (guint8 *room, guint64 number, guint64 *state)
{
  gsize n = 64 + next_random (state) % 44;

  for (gsize i = 0; i < n; i += 8)
    {
      guint64 bits = next_random (state);

      for (gsize j = i; j < MIN (i + 8, n); j++, bits >>= 8)
        room[j] = (bits & 0x1f) < 26 ? 'a' + (bits & 0x1f) : ' ';
    }
  if (number % 100003 == 5000)
    memcpy (room + 20, NEEDLE, strlen (NEEDLE));
  room[n - 1] = '\n';
  return n;
}

/* A tenth of the records where the disk is small. */
static guint
choose_n_records (const char *folder)
{
  struct statvfs disk;

  if (statvfs (folder, &disk) != 0
      || (double)disk.f_bavail * (double)disk.f_frsize < BYTES_NEEDED)
    return N_RECORDS / 10;
  return N_RECORDS;
}

static SwbJournal *
make_journal (const char *folder, const char *payload_path, guint n_records)
{
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = swb_journal_new (folder, &error);
  FILE *payload = fopen (payload_path, "w");
  guint64 state = 88172645463325252u;

  g_assert_no_error (error);
  g_assert_nonnull (payload);
  for (guint i = 0; i < n_records; i++)
    {
      guint8 *room = swb_journal_reserve (journal, 112);
      gsize n = fill (room, i, &state);
      const SwbRecord record = { .time_ns = (gint64)i * 1000,
                                 .took_ns = 2000,
                                 .kind = SWB_RECORD_CALL,
                                 .origin = SWB_ORIGIN_AUTO,
                                 .call = SWB_CALL_RECV,
                                 .pane = i % N_PANES + 1,
                                 .fd = 5,
                                 .result = (int)n,
                                 .ints = { 65536 },
                                 .data = room,
                                 .n_data = n };

      g_assert_cmpuint (fwrite (room, 1, n, payload), ==, n);
      swb_journal_append (journal, &record);
    }
  swb_journal_publish (journal, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fclose (payload), ==, 0);
  g_assert_cmpuint (swb_journal_get_n_unrecorded (journal), ==, 0);
  return journal;
}

static void
hits_cb (SwbScan *scan, guint64 first_hit, guint64 n_added, gpointer user_data)
{
  double *first_s = user_data;

  if (n_added > 0 && *first_s == 0)
    *first_s = now_s ();
}

static Run
scan (SwbJournal *journal, const char *text)
{
  g_autoptr (SwbFilter) filter = swb_filter_parse (text, NULL, NULL, NULL);
  double began = now_s (), cpu = cpu_s (RUSAGE_SELF), first_s = 0;
  g_autoptr (SwbScan) scan = swb_scan_new (journal, filter, 0, 0, 0, hits_cb, &first_s);

  while (!swb_scan_is_done (scan))
    g_main_context_iteration (NULL, TRUE);
  return (Run){ now_s () - began, cpu_s (RUSAGE_SELF) - cpu, first_s - began,
                swb_scan_get_n_hits (scan) };
}

static Run
count_lines (const char *tool, const char *path)
{
  const char *argv[] = { tool, "-c", "-a", "-F", NEEDLE, path, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "C", TRUE);
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  double began = now_s (), cpu = cpu_s (RUSAGE_CHILDREN);

  g_spawn_sync (NULL, (char **)argv, environment,
                G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, &output,
                NULL, NULL, &error);
  g_assert_no_error (error);
  return (Run){ now_s () - began, cpu_s (RUSAGE_CHILDREN) - cpu, 0,
                g_ascii_strtoull (output, NULL, 10) };
}

static int
compare_wall (gconstpointer a, gconstpointer b)
{
  double left = ((const Run *)a)->wall_s;
  double right = ((const Run *)b)->wall_s;

  return left < right ? -1 : left > right;
}

static Run
median (Run *runs)
{
  qsort (runs, N_RUNS, sizeof (Run), compare_wall);
  return runs[N_RUNS / 2];
}

static void
print_filter (Measured *measured, guint n_records)
{
  Run run = median (measured->runs);

  printf ("  %-40s %.3f s wall  %.3f s cpu  %.1f ns a record  first hit after %.4f s  "
          "(first run %.3f s)  %" G_GUINT64_FORMAT " hits\n",
          measured->text, run.wall_s, run.cpu_s, run.wall_s * 1e9 / n_records, run.first_s,
          measured->first.wall_s, run.n_hits);
}

static void
measure (SwbJournal *journal, const char *payload_path, guint n_records)
{
  Measured filters[]
      = { { FIELD_FILTER }, { TEXT_FILTER }, { CASELESS_FILTER }, { BOTH_FILTER } };
  g_autofree char *rg = g_find_program_in_path ("rg");
  const char *tool = rg != NULL ? "rg" : "grep";
  Run tool_runs[N_RUNS];

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    filters[i].first = scan (journal, filters[i].text);
  count_lines (tool, payload_path);
  for (guint i = 0; i < N_RUNS; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (filters); j++)
        filters[j].runs[i] = scan (journal, filters[j].text);
      tool_runs[i] = count_lines (tool, payload_path);
    }

  Run counted = median (tool_runs);
  printf ("filter %u records of 64 to 107 bytes, medians of %d interleaved runs\n",
          n_records, N_RUNS);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    print_filter (&filters[i], n_records);
  printf ("  %-40s %.3f s wall  %.3f s cpu  %" G_GUINT64_FORMAT " lines\n",
          rg != NULL ? "rg -c -a -F" : "grep -c -a -F", counted.wall_s, counted.cpu_s,
          counted.n_hits);
  g_assert_cmpuint (counted.n_hits, ==, median (filters[1].runs).n_hits);

  Run field = median (filters[0].runs), text = median (filters[1].runs);
  printf ("  field filter %.1f ns a record (to reach: 10, stretch: 4); %.1f ns of cpu\n",
          field.wall_s * 1e9 / n_records, field.cpu_s * 1e9 / n_records);
  printf (
      "  ratio        text filter to %s %.2f (to reach: 2, stretch: 1); %.2f of its cpu\n",
      tool, text.wall_s / counted.wall_s, text.cpu_s / counted.cpu_s);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("swb-bench-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *folder = g_build_filename (parent, "journal", NULL);
  g_autofree char *payload_path = g_build_filename (parent, "payload", NULL);
  guint n_records = choose_n_records (parent);
  g_autoptr (SwbJournal) journal = make_journal (folder, payload_path, n_records);

  printf ("journal       %.1f bytes on disk a record\n",
          (double)swb_journal_get_n_bytes (journal) / n_records);
  measure (journal, payload_path, n_records);

  swb_journal_delete (journal);
  g_unlink (payload_path);
  g_rmdir (parent);
  return EXIT_SUCCESS;
}
