/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "random-record.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>

#include "journal/export/swb-export.h"
#include "journal/recording/swb-load.h"
#include "journal/recording/swb-recording.h"

/* Records of calls whose bytes were not kept, handed on. */

typedef struct
{
  char *folder;
  SwbJournal *journal;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->folder = make_test_folder ();
  self->journal = swb_journal_new (self->folder, NULL);
  g_assert_nonnull (self->journal);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  swb_journal_unref (self->journal);
  remove_test_folder (self->folder);
  g_free (self->folder);
}

/* A receive of @result bytes of which the journal has @data. */
static void
append (Fixture *self, const char *data, int result, SwbRecord *read)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_RECV,
                       .pane = 1,
                       .fd = 5,
                       .result = result,
                       .ints = { 4096 },
                       .data = (const guint8 *)data,
                       .n_data = strlen (data) };

  swb_journal_append (self->journal, &record);
  g_assert_true (swb_journal_publish (self->journal, NULL));
  g_assert_true (swb_journal_read (self->journal,
                                   swb_journal_get_n_records (self->journal) - 1, read));
}

static char *
export_as (Fixture *self, SwbExportFormat format)
{
  g_autofree char *path = g_build_filename (self->folder, "exported", NULL);
  g_autoptr (GError) error = NULL;
  SwbExportSource source;
  char *text;

  swb_export_source_init (&source, self->journal, NULL, NULL);
  g_assert_true (swb_export_save (&source, format, path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  return text;
}

static void
assert_same (const SwbRecord *a, const SwbRecord *b)
{
  g_assert_cmpint (a->call, ==, b->call);
  g_assert_cmpint (a->result, ==, b->result);
  g_assert_cmpint (a->ints[0], ==, b->ints[0]);
  g_assert_cmpmem (a->data, a->n_data, b->data, b->n_data);
  g_assert_cmpuint (swb_record_get_n_unkept (a), ==, swb_record_get_n_unkept (b));
}

/* The last record, of a recording that was saved and opened again. */
static void
assert_reopened (Fixture *self, const SwbRecord *wanted)
{
  g_autofree char *path = g_build_filename (self->folder, "recording.pcapng", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "reopened", NULL);
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (SwbJournal) journal = NULL;
  g_autoptr (GError) error = NULL;
  SwbExportSource source;
  SwbRecord record;

  swb_export_source_init (&source, self->journal, NULL, NULL);
  g_assert_true (
      swb_export_save (&source, SWB_EXPORT_PCAPNG, path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  journal
      = swb_load_open (swb_recording_load, path, folder, &names, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (
      swb_journal_read (journal, swb_journal_get_n_records (journal) - 1, &record));
  assert_same (&record, wanted);
  swb_journal_delete (journal);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_formats (Fixture *self, gconstpointer unused)
{
  g_autofree char *long_data = g_strnfill (100, 'x');
  SwbRecord record;

  g_test_summary ("What was not kept is said by each format, and only that");
  append (self, long_data, 100, &record);
  g_assert_cmpuint (swb_record_get_n_unkept (&record), ==, 0);
  g_autofree char *whole = export_as (self, SWB_EXPORT_HEX);
  g_assert_null (strstr (whole, "kept"));

  append (self, "head", 1000, &record);
  g_assert_cmpuint (swb_record_get_n_unkept (&record), ==, 996);
  g_autofree char *text = export_as (self, SWB_EXPORT_TEXT);
  g_autofree char *hex = export_as (self, SWB_EXPORT_HEX);
  g_autofree char *json = export_as (self, SWB_EXPORT_JSON);
  g_autofree char *csv = export_as (self, SWB_EXPORT_CSV);
  g_assert_nonnull (strstr (text, "\"head\"..., 4096, 0, NULL, NULL) = 1000 "
                                  "/* 996 bytes were not kept */ <"));
  g_assert_nonnull (strstr (hex, " = 1000 /* 996 bytes were not kept */"));
  g_assert_nonnull (strstr (json, "\"not_kept\":996"));
  g_assert_nonnull (strstr (csv, ",0\r\n"));
  g_assert_true (g_str_has_suffix (csv, ",996\r\n"));
}

static void
test_reopened (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  SwbRecord record, parsed;

  g_test_summary ("How much was not kept is known again from a line and from a recording");
  for (int kept = 0; kept <= 4; kept++)
    {
      g_autofree char *data = g_strnfill ((gsize)kept, 'k');
      g_autofree char *line = NULL;
      g_autofree char *pane = NULL;
      g_autoptr (GBytes) bytes = NULL;

      append (self, data, 4, &record);
      line = swb_notation_print (&record, NULL, NULL, NULL);
      swb_notation_parse (line, &parsed, &pane, &bytes, &error);
      g_assert_no_error (error);
      assert_same (&parsed, &record);
      assert_reopened (self, &record);
    }
}

static guint64
count (Fixture *self, guint connection, int direction)
{
  SwbExportSource source;

  swb_export_source_init (&source, self->journal, NULL, NULL);
  source.pane = 1;
  source.connection = connection;
  source.direction = direction;
  return swb_export_count_unkept (&source, NULL);
}

static void
append_other (Fixture *self, SwbRecord record, int direction, const char *data)
{
  record.pane = 1;
  record.fd = -1;
  record.packet = direction > 0 ? SWB_PACKET_OUT | IPPROTO_TCP : IPPROTO_TCP;
  record.data = (const guint8 *)data;
  record.n_data = strlen (data);
  swb_journal_append (self->journal, &record);
}

static void
test_count (Fixture *self, gconstpointer unused)
{
  SwbRecord record;

  g_test_summary (
      "What one direction of one connection lacks is counted, of calls and captures");
  g_assert_cmpuint (count (self, 0, 0), ==, 0);
  append (self, "whole", 5, &record);
  g_assert_cmpuint (count (self, 0, -1), ==, 0);
  append (self, "head", 1000, &record);
  append (self, "", 10, &record);
  append_other (self, (SwbRecord){ .kind = SWB_RECORD_PACKET, .result = 300 }, -1, "cut");
  append_other (self, (SwbRecord){ .kind = SWB_RECORD_PACKET, .result = 300 }, 1, "cut");
  append_other (
      self,
      (SwbRecord){ .kind = SWB_RECORD_NOTE, .note = SWB_NOTE_GAP, .ints = { 70, -1 } }, 0,
      "");
  append_other (
      self, (SwbRecord){ .kind = SWB_RECORD_PACKET, .connection = 2, .result = 9 }, -1, "");
  g_assert_true (swb_journal_publish (self->journal, NULL));
  g_assert_cmpuint (count (self, 0, -1), ==, 996 + 10 + 297 + 70);
  g_assert_cmpuint (count (self, 0, 1), ==, 297);
  g_assert_cmpuint (count (self, 0, 0), ==, 996 + 10 + 2 * 297 + 70);
  g_assert_cmpuint (count (self, 2, -1), ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/unkept/formats", Fixture, NULL, set_up, test_formats, tear_down);
  g_test_add ("/unkept/reopened", Fixture, NULL, set_up, test_reopened, tear_down);
  g_test_add ("/unkept/count", Fixture, NULL, set_up, test_count, tear_down);
  return g_test_run ();
}
