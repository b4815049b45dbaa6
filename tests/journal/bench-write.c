/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "journal/store/swb-journal-private.h"
#include "measure.h"

/* What ten million records of 64 bytes cost on disk, in memory and in time, written as the
 * engine does: bytes straight into the hot buffer, a publish for every 64 of them. Against
 * it, in turn: the same bytes with plain write() into one file. SWB_BENCH_RECORDS is
 * another number of records. Needs about 1.8 GB of disk below $TMPDIR. */

#define DATA_BYTES 64
#define BATCH 64

typedef struct
{
  guint64 n_sized; /* bytes: by st_size */
  guint64 n_used;  /* and by blocks of the disk */
} Disk;

static void
add_file (Disk *disk, const char *path)
{
  struct stat status;

  if (g_stat (path, &status) != 0)
    return;
  disk->n_sized += (guint64)status.st_size;
  disk->n_used += (guint64)status.st_blocks * 512;
}

static Disk
measure_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  Disk disk = { 0 };
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      add_file (&disk, path);
    }
  return disk;
}

static void
append (SwbJournal *journal, guint64 i)
{
  guint8 *room = swb_journal_reserve (journal, 65536);

  memset (room, 'a' + (int)(i % 26), DATA_BYTES);
  swb_journal_append (journal, &(SwbRecord){ .time_ns = (gint64)i * 1000,
                                             .took_ns = 2000,
                                             .kind = SWB_RECORD_CALL,
                                             .origin = SWB_ORIGIN_AUTO,
                                             .call = SWB_CALL_RECV,
                                             .pane = 1,
                                             .connection = 1,
                                             .fd = 5,
                                             .result = DATA_BYTES,
                                             .ints = { 65536 },
                                             .data = room,
                                             .n_data = DATA_BYTES });
}

static Measured
write_journal (const char *folder, guint64 n_records, Disk *disk, guint64 *memory_kib)
{
  g_autoptr (GError) error = NULL;
  double began = measure_wall_s (), cpu = measure_cpu_s (RUSAGE_SELF);
  SwbJournal *journal = swb_journal_new (folder, &error);
  Measured run;

  g_assert_no_error (error);
  for (guint64 i = 0; i < n_records; i++)
    {
      append (journal, i);
      if (i % BATCH == BATCH - 1)
        g_assert_true (swb_journal_publish (journal, NULL));
    }
  swb_journal_publish (journal, &error);
  g_assert_no_error (error);
  run = (Measured){ measure_wall_s () - began, measure_cpu_s (RUSAGE_SELF) - cpu };
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, n_records);
  *memory_kib = MAX (*memory_kib, measure_memory_kib (0, "Anonymous"));
  *disk = measure_folder (folder);
  swb_journal_delete (journal);
  swb_journal_unref (journal);
  return run;
}

static Measured
write_plain (const char *path, guint64 n_records)
{
  g_autofree char *bytes = g_strnfill (DATA_BYTES * BATCH, 'a');
  double began = measure_wall_s (), cpu = measure_cpu_s (RUSAGE_SELF);
  FILE *file = fopen (path, "w");
  Measured run;

  setvbuf (file, NULL, _IONBF, 0);
  for (guint64 i = 0; i < n_records; i += BATCH)
    g_assert_cmpuint (fwrite (bytes, 1, DATA_BYTES * BATCH, file), ==, DATA_BYTES * BATCH);
  fclose (file);
  run = (Measured){ measure_wall_s () - began, measure_cpu_s (RUSAGE_SELF) - cpu };
  g_unlink (path);
  return run;
}

int
main (void)
{
  guint64 n_records = measure_get_number ("SWB_BENCH_RECORDS", 10000000);
  g_autofree char *parent = g_dir_make_tmp ("swb-bench-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (parent, "journal", NULL);
  g_autofree char *path = g_build_filename (parent, "plain", NULL);
  Measured journaled[MEASURE_RUNS], plain[MEASURE_RUNS], j, p;
  guint64 memory_kib = 0;
  Disk disk;

  for (guint i = 0; i < MEASURE_RUNS; i++)
    {
      journaled[i] = write_journal (folder, n_records, &disk, &memory_kib);
      plain[i] = write_plain (path, n_records);
    }
  g_rmdir (parent);

  j = measure_median (journaled, MEASURE_RUNS);
  p = measure_median (plain, MEASURE_RUNS);
  printf ("journal %.1f million records of 64 bytes, medians of %d interleaved runs\n",
          (double)n_records / 1e6, MEASURE_RUNS);
  printf ("  journal                %.3f s wall %.3f s cpu  %.3f us a record\n", j.wall_s,
          j.cpu_s, j.wall_s * 1e6 / (double)n_records);
  printf ("  the bytes, write()     %.3f s wall %.3f s cpu  (journal to it %.2f x)\n",
          p.wall_s, p.cpu_s, j.wall_s / p.wall_s);
  measure_print_at_most ("on disk, a record, by the files' sizes",
                         (double)disk.n_sized / (double)n_records, " bytes", 112);
  measure_print_at_most ("on disk, a record, by blocks used",
                         (double)disk.n_used / (double)n_records, " bytes", 112);
  measure_print_at_most ("anonymous memory of the process", (double)memory_kib / 1024,
                         " MB", 60);
  return 0;
}
