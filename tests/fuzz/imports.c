/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "imports.h"

#include "fuzz.h"
#include "journal/swb-notation.h"
#include "journal/swb-recording.h"
#include "net/swb-error.h"

static SwbJournal *
load (GBytes *bytes, GHashTable **names, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autofree char *folder = fuzz_dup_path ("imported");
  SwbJournal *journal = swb_import_load (stream, g_bytes_get_size (bytes), folder, names,
                                         NULL, NULL, NULL, error);

  if (journal != NULL)
    swb_journal_delete (journal);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  return journal;
}

/* "LINE:COLUMN: …" of a text, "…, at offset N" of what is none. */
static void
assert_says_where (const GError *error)
{
  fuzz_assert_explained (error);
  if (error->code == SWB_ERROR_SYNTAX)
    g_assert_true (
        g_regex_match_simple ("^[1-9][0-9]*:[1-9][0-9]*: .", error->message, 0, 0));
  else
    {
      g_assert_cmpint (error->code, ==, SWB_ERROR_FORMAT);
      g_assert_true (g_regex_match_simple ("offset [0-9]+", error->message, 0, 0));
    }
}

static void
assert_prints (SwbJournal *journal, GHashTable *names)
{
  SwbRecord record;

  for (guint64 i = 0; swb_journal_read (journal, i, &record); i++)
    {
      g_autofree char *line
          = swb_notation_print (&record, journal, swb_recording_get_pane_name, names);
      g_autofree char *details = swb_notation_short_details (&record, 40);

      fuzz_assert_harmless (line);
      fuzz_assert_harmless (details);
    }
}

static GBytes *
to_json (SwbJournal *journal, GHashTable *names)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  swb_export_source_init (&source, journal, swb_recording_get_pane_name, names);
  swb_export_write (&source, SWB_EXPORT_JSON, stream, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
assert_journals_equal (SwbJournal *a, SwbJournal *b)
{
  guint64 n = swb_journal_get_n_records (a);

  g_assert_cmpuint (n, ==, swb_journal_get_n_records (b));
  for (guint64 i = 0; i < n; i++)
    {
      SwbRecord left, right;

      g_assert_true (swb_journal_read (a, i, &left));
      g_assert_true (swb_journal_read (b, i, &right));
      left.time_ns = swb_journal_to_wall_ns (a, left.time_ns);
      right.time_ns = swb_journal_to_wall_ns (b, right.time_ns);
      fuzz_assert_records_equal (&left, &right);
    }
}

void
imports_check (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = load (bytes, &names, &error);
  g_autoptr (SwbJournal) again = NULL;
  g_autoptr (GBytes) json = NULL;

  if (journal == NULL)
    {
      assert_says_where (error);
      return;
    }

  g_assert_no_error (error);
  assert_prints (journal, names);
  if (swb_journal_get_n_records (journal) == 0)
    return;

  json = to_json (journal, names);
  again = load (json, NULL, &error);
  g_assert_no_error (error);
  assert_journals_equal (journal, again);
}
