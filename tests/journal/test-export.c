/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "random-record.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "journal/export/swb-export.h"
#include "net/swb-error.h"

typedef struct
{
  char *folder;
  SwbJournal *journal;
} Fixture;

static void
append (SwbJournal *journal, SwbRecord record, const char *data)
{
  record.time_ns = (gint64)swb_journal_get_n_records (journal) * 1000;
  record.data = (const guint8 *)data;
  record.n_data = strlen (data);
  swb_journal_append (journal, &record);
  g_assert_true (swb_journal_publish (journal, NULL));
}

static void
append_moved (SwbJournal *journal, SwbCall call, guint connection, gint64 flags,
              const char *data)
{
  append (journal,
          (SwbRecord){ .kind = SWB_RECORD_CALL,
                       .call = call,
                       .pane = 1,
                       .connection = connection,
                       .fd = 5,
                       .result = (int)strlen (data),
                       .ints = { 100, flags } },
          data);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = make_test_folder ();
  self->journal = swb_journal_new (self->folder, &error);
  g_assert_no_error (error);
  append (self->journal,
          (SwbRecord){ .kind = SWB_RECORD_COMMAND, .pane = 1, .fd = -1, .ints = { 4 } },
          "a send \"x, y\"");
  append_moved (self->journal, SWB_CALL_SEND, 0, 0, "0123456789abcdef\r\n\"=1+1\"");
  append_moved (self->journal, SWB_CALL_RECV, 1, MSG_PEEK, "look");
  append_moved (self->journal, SWB_CALL_RECV, 1, 0, "look");
  append_moved (self->journal, SWB_CALL_SEND, 1, 0, "answer");
  append_moved (self->journal, SWB_CALL_RECV, 1, 0, " again");
  append (self->journal,
          (SwbRecord){ .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_BIND,
                       .pane = 2,
                       .fd = 7,
                       .result = -1,
                       .error = EADDRINUSE },
          "");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  swb_journal_unref (self->journal);
  remove_test_folder (self->folder);
  g_free (self->folder);
}

static const char *
name_pane (guint pane, gpointer unused)
{
  return pane == 1 ? "a,\"b" : NULL;
}

static char *export(const SwbExportSource *source, SwbExportFormat format, gsize *length)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_export_write (source, format, stream, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  *length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream));
  const char *data = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream));
  return g_strndup (data != NULL ? data : "", *length);
}

static char *
export_all (Fixture *self, SwbExportFormat format)
{
  SwbExportSource source;
  gsize length;

  swb_export_source_init (&source, self->journal, name_pane, NULL);
  return export(&source, format, &length);
}

static void
test_text (Fixture *self, gconstpointer unused)
{
  g_autofree char *text = export_all (self, SWB_EXPORT_TEXT);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  SwbRecord record;

  g_test_summary ("Text is the lines of the notation");
  g_assert_cmpuint (g_strv_length (lines), ==,
                    swb_journal_get_n_records (self->journal) + 1);
  for (guint i = 0; i < swb_journal_get_n_records (self->journal); i++)
    {
      g_assert_true (swb_journal_read (self->journal, i, &record));
      g_autofree char *line = swb_notation_print (&record, self->journal, name_pane, NULL);
      g_assert_cmpstr (lines[i], ==, line);
    }
}

static void
test_json (Fixture *self, gconstpointer unused)
{
  g_autofree char *text = export_all (self, SWB_EXPORT_JSON);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_test_summary ("JSON has one object a line");
  g_assert_cmpuint (g_strv_length (lines), ==,
                    swb_journal_get_n_records (self->journal) + 1);
  for (guint i = 0; i < swb_journal_get_n_records (self->journal); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);

      g_assert_nonnull (node);
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "position"),
                       ==, i);
    }
}

static void
test_hex (Fixture *self, gconstpointer unused)
{
  static const char *expected
      = "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
        "00000010  0d 0a 22 3d 31 2b 31 22                           |..\"=1+1\"|\n"
        "00000018\n# ";
  g_autofree char *text = export_all (self, SWB_EXPORT_HEX);

  g_test_summary ("A hex dump has the rows of hexdump -C below each record");
  g_assert_true (g_str_has_prefix (text, "# a,\"b "));
  g_assert_nonnull (strstr (text, expected));
}

/* Splits by RFC 4180; each cell with a '\n' behind, rows apart by an empty line. */
static char *
read_csv (const char *text)
{
  GString *cells = g_string_new (NULL);
  gboolean is_quoted = FALSE;

  for (; *text != '\0'; text++)
    if (is_quoted && text[0] == '"' && text[1] == '"')
      g_string_append_c (cells, *text++);
    else if (*text == '"')
      is_quoted = !is_quoted;
    else if (!is_quoted && *text == ',')
      g_string_append_c (cells, '\n');
    else if (!is_quoted && text[0] == '\r' && text[1] == '\n')
      {
        g_string_append (cells, "\n\n");
        text++;
      }
    else
      g_string_append_c (cells, *text);

  g_assert_false (is_quoted);
  return g_string_free (cells, FALSE);
}

static void
test_csv (Fixture *self, gconstpointer unused)
{
  g_autofree char *text = export_all (self, SWB_EXPORT_CSV);
  g_autofree char *cells = read_csv (text);

  g_test_summary (
      "CSV quotes what RFC 4180 wants quoted, and lines have the same number of cells");
  g_assert_true (g_str_has_prefix (text, "position,time,time_ns,"));
  g_assert_nonnull (strstr (text, "\"a,\"\"b\""));
  g_assert_nonnull (strstr (cells, "a send \"x, y\"\n"));
  g_assert_nonnull (strstr (cells, "\"0123456789abcdef\\r\\n\\\"=1+1\\\"\"\n"));
  g_assert_nonnull (strstr (cells, "\nbind\n7\n\n0\n-1\nEADDRINUSE\n"));

  guint n_rows = 0;
  for (const char *at = text; (at = strstr (at, "\r\n")) != NULL; at += 2)
    n_rows++;
  g_assert_cmpuint (n_rows, ==, swb_journal_get_n_records (self->journal) + 1);
}

static void
test_raw (Fixture *self, gconstpointer unused)
{
  SwbExportSource source;
  gsize length;

  g_test_summary ("Raw is the bytes of one direction of one connection, each once");
  swb_export_source_init (&source, self->journal, NULL, NULL);
  source.pane = 1;
  source.connection = 1;
  source.direction = -1;
  g_autofree char *in = export(&source, SWB_EXPORT_RAW, &length);
  g_assert_cmpstr (in, ==, "look again");

  source.direction = 1;
  g_autofree char *out = export(&source, SWB_EXPORT_RAW, &length);
  g_assert_cmpstr (out, ==, "answer");

  source.pane = 2;
  g_autofree char *none = export(&source, SWB_EXPORT_RAW, &length);
  g_assert_cmpuint (length, ==, 0);
}

static void
test_ranges (Fixture *self, gconstpointer unused)
{
  const guint64 positions[] = { 0, 4 };
  SwbExportSource source;
  gsize length;

  g_test_summary ("A range, chosen positions, and nothing at all");
  swb_export_source_init (&source, self->journal, NULL, NULL);
  source.first = 3;
  source.n_records = 1;
  g_autofree char *one = export(&source, SWB_EXPORT_TEXT, &length);
  g_assert_nonnull (strstr (one, "\"look\""));
  g_assert_true (strchr (one, '\n') == one + length - 1);

  source.positions = positions;
  source.n_records = G_N_ELEMENTS (positions);
  g_autofree char *two = export(&source, SWB_EXPORT_TEXT, &length);
  g_assert_nonnull (strstr (two, "> #4 a send"));
  g_assert_nonnull (strstr (two, "\"answer\""));

  source.n_records = 0;
  g_autofree char *none = export(&source, SWB_EXPORT_TEXT, &length);
  g_assert_cmpuint (length, ==, 0);
}

/* Sizes over the buffer's: pieces are flushed while it goes on. */
static void
test_large (Fixture *self, gconstpointer unused)
{
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'q');
  SwbExportSource source;

  g_test_summary ("Every format takes records larger than its buffer");
  append_moved (self->journal, SWB_CALL_SEND, 0, 0, large);
  append_moved (self->journal, SWB_CALL_RECV, 0, 0, large);
  swb_export_source_init (&source, self->journal, NULL, NULL);
  source.pane = 1;
  source.direction = 1;
  for (int format = 0; format < SWB_N_EXPORTS; format++)
    {
      gsize length;
      g_autofree char *text = export(&source, format, &length);

      g_assert_cmpuint (length, >, strlen (large));
    }
}

static void
test_names (void)
{
  SwbExportFormat format;

  g_test_summary ("Formats have names");
  for (int i = 0; i < SWB_N_EXPORTS; i++)
    {
      g_assert_true (swb_export_format_from_name (swb_export_format_get_name (i), &format));
      g_assert_cmpint (format, ==, i);
    }
  g_assert_false (swb_export_format_from_name ("pdf", &format));
}

static void
test_random (Fixture *self, gconstpointer unused)
{
  guint8 room[300];

  g_test_summary ("Any records can be exported in every format");
  for (guint i = 0; i < 500; i++)
    {
      SwbRecord record;

      random_record (&record, room, sizeof room);
      record.time_ns &= G_GINT64_CONSTANT (0x3fffffffffffffff);
      swb_journal_append (self->journal, &record);
    }
  g_assert_true (swb_journal_publish (self->journal, NULL));
  for (int format = 0; format < SWB_N_EXPORTS; format++)
    {
      g_autofree char *text = export_all (self, format);

      g_assert_nonnull (text);
    }

  g_autofree char *csv = export_all (self, SWB_EXPORT_CSV);
  g_autofree char *cells = read_csv (csv);
  g_assert_nonnull (cells);
}

/* --- failures --- */

static void
test_full (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  guint8 room[16];
  g_autoptr (GOutputStream) stream
      = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  SwbExportSource source;

  g_test_summary ("An output that takes no more is an error");
  swb_export_source_init (&source, self->journal, NULL, NULL);
  for (int format = 0; format < SWB_N_EXPORTS; format++)
    {
      if (format == SWB_EXPORT_RAW)
        continue;
      g_assert_false (swb_export_write (&source, format, stream, NULL, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_clear_error (&error);
    }
}

static void
cancel_cb (guint64 done, guint64 total, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancel (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "export", NULL);
  SwbExportSource source;

  g_test_summary ("A cancelled export leaves no file");
  swb_export_source_init (&source, self->journal, NULL, NULL);
  for (int format = 0; format < SWB_N_EXPORTS; format++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (swb_export_save (&source, format, path, cancel_cb, cancellable,
                                       cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

typedef struct
{
  GMainLoop *loop;
  GError *error;
  gboolean saved;
} Wait;

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->saved = swb_export_save_finish (result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
test_async (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "export", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *content = NULL;
  Wait wait = { .loop = loop };
  guint64 *positions = g_new0 (guint64, 1);
  SwbExportSource source;

  g_test_summary ("A worker's export has its own copy of what is to be exported");
  swb_export_source_init (&source, self->journal, name_pane, NULL);
  positions[0] = 4;
  source.positions = positions;
  source.n_records = 1;
  swb_export_save_async (&source, SWB_EXPORT_TEXT, path, NULL, NULL, NULL, saved_cb, &wait);
  positions[0] = G_MAXUINT64;
  g_free (positions);
  g_main_loop_run (loop);
  g_assert_no_error (wait.error);
  g_assert_true (wait.saved);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "a,\"b#1 "));
  g_unlink (path);

  source.positions = NULL;
  swb_export_save_async (&source, SWB_EXPORT_TEXT, "/nonexistent/export", NULL, NULL, NULL,
                         saved_cb, &wait);
  g_main_loop_run (loop);
  g_assert_false (wait.saved);
  g_assert_error (wait.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&wait.error);
}

static gboolean
has_bytes (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 0;
}

static void
test_cancel_late (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "export", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { .loop = loop };
  SwbExportSource source;

  g_test_summary ("An export that is cancelled at any time says what became of the file");
  swb_export_source_init (&source, self->journal, NULL, NULL);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 end_us = g_get_monotonic_time () + g_test_rand_int_range (0, 500);

      swb_export_save_async (&source, SWB_EXPORT_TEXT, path, NULL, NULL, cancellable,
                             saved_cb, &wait);
      while (g_get_monotonic_time () < end_us || (i % 2 == 0 && !has_bytes (path)))
        g_thread_yield ();
      g_cancellable_cancel (cancellable);
      g_main_loop_run (loop);
      g_assert_cmpint (wait.saved, ==, has_bytes (path));
      if (!wait.saved)
        g_assert_error (wait.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (wait.saved, ==, g_file_test (path, G_FILE_TEST_EXISTS));
      g_clear_error (&wait.error);
      g_unlink (path);
    }
}

#define ADD(name, function)                                                                \
  g_test_add ("/export/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("text", test_text);
  ADD ("json", test_json);
  ADD ("hex", test_hex);
  ADD ("csv", test_csv);
  ADD ("raw", test_raw);
  ADD ("ranges", test_ranges);
  ADD ("large", test_large);
  ADD ("random", test_random);
  g_test_add_func ("/export/names", test_names);
  ADD ("full", test_full);
  ADD ("cancel", test_cancel);
  ADD ("async", test_async);
  ADD ("cancel-late", test_cancel_late);
  return g_test_run ();
}
