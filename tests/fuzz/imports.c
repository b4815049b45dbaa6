/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "imports.h"

#include "fuzz.h"
#include "journal/notation/swb-notation.h"
#include "journal/recording/swb-recording.h"
#include "net/swb-error.h"

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
      /* An input that is nothing, or packed, has no place to tell of. */
      g_assert_true (g_regex_match_simple ("offset [0-9]+|^this (is empty|was compressed)",
                                           error->message, 0, 0));
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

void
imports_check (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = fuzz_load (swb_import_load, bytes, &names, &error);
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
  again = fuzz_load (swb_import_load, json, NULL, &error);
  g_assert_no_error (error);
  fuzz_assert_journals_equal (journal, again);
}
