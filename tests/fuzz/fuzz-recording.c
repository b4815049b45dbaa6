/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include "journal/recording/swb-recording.h"
#include "net/swb-error.h"

/* A recording: loaded, read record by record, saved, and loaded again to the same journal.
 */

static GBytes *
save (SwbJournal *journal, GHashTable *names)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  swb_export_source_init (&source, journal,
                          names != NULL ? swb_recording_get_pane_name : NULL, names);
  swb_recording_save (&source, stream, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = fuzz_load (swb_recording_load, bytes, &names, &error);
  g_autoptr (SwbJournal) again = NULL;
  g_autoptr (GBytes) saved = NULL;

  if (journal == NULL)
    {
      fuzz_assert_explained (error);
      g_assert_cmpint (error->code, ==, SWB_ERROR_FORMAT);
      return 0;
    }
  g_assert_no_error (error);
  saved = save (journal, names);
  again = fuzz_load (swb_recording_load, saved, NULL, &error);
  g_assert_no_error (error);
  fuzz_assert_journals_equal (journal, again);
  g_assert_cmpint (swb_journal_to_wall_ns (journal, 0), ==,
                   swb_journal_to_wall_ns (again, 0));
  return 0;
}

/* One recording of everything, and one for every ten records of it. */
void
fuzz_add_seeds (GPtrArray *seeds)
{
  g_autoptr (SwbJournal) journal = fuzz_make_journal ();
  guint64 n = swb_journal_get_n_records (journal);

  g_ptr_array_add (seeds, save (journal, NULL));
  for (guint64 i = 0; i + 10 <= n; i += 10)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      SwbExportSource source;

      swb_export_source_init (&source, journal, NULL, NULL);
      source.first = i;
      source.n_records = 10;
      g_assert_true (swb_recording_save (&source, stream, NULL, NULL, NULL, NULL));
      g_output_stream_close (stream, NULL, NULL);
      g_ptr_array_add (
          seeds, g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream)));
    }
}
