/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/bytes/swb-record-source.h"
#include "journal/bytes/swb-records-source.h"

#include <glib/gstdio.h>
#include <string.h>

#define UNKEPT 4

typedef struct
{
  char *folder;
  SwbJournal *journal;
  SwbHits records;   /* what is selected */
  GByteArray *bytes; /* of it; what was not kept as 0 */
  GArray *marks;     /* gint8: the direction of each; UNKEPT more where it was not kept */
  guint64 n_records; /* that have some */
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("swb-records-XXXXXX", NULL);

  test->folder = g_build_filename (parent, "journal", NULL);
  test->journal = swb_journal_new_limited (test->folder, SWB_JOURNAL_LIMIT_MIN,
                                           SWB_LIMIT_OLDEST, NULL);
  g_assert_nonnull (test->journal);
  swb_journal_set_limit (test->journal, 0, SWB_LIMIT_OLDEST);
  test->bytes = g_byte_array_new ();
  test->marks = g_array_new (FALSE, FALSE, 1);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (test->folder);

  swb_hits_clear (&test->records);
  swb_journal_delete (test->journal);
  swb_journal_unref (test->journal);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  g_byte_array_unref (test->bytes);
  g_array_unref (test->marks);
  g_free (test->folder);
}

static void
publish (Test *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_journal_publish (test->journal, &error));
  g_assert_no_error (error);
}

static void
expect (Test *test, const SwbRecord *record)
{
  gsize n_unkept = swb_record_source_count_unkept (record);

  for (gsize i = 0; i < record->n_data + n_unkept; i++)
    {
      guint8 byte = i < record->n_data ? record->data[i] : 0;
      gint8 direction = (gint8)swb_record_get_direction (record);

      if (i >= record->n_data)
        direction = (gint8)(direction + UNKEPT);
      g_byte_array_append (test->bytes, &byte, 1);
      g_array_append_val (test->marks, direction);
    }
  test->n_records += record->n_data + n_unkept > 0;
}

/* A call that moved bytes, of which some may not have been kept; or none, or no call. */
static void
append_random (Test *test, gboolean selected)
{
  guint8 data[200];
  gsize n_bytes = (gsize)g_test_rand_int_range (1, sizeof data);
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = g_test_rand_bit () ? SWB_CALL_SEND : SWB_CALL_RECV,
                       .pane = (guint)g_test_rand_int_range (1, 4),
                       .connection = (guint)g_test_rand_int_range (0, 3),
                       .fd = 5,
                       .result = (int)n_bytes,
                       .ints = { (gint64)n_bytes },
                       .data = data,
                       .n_data = n_bytes };

  for (gsize i = 0; i < n_bytes; i++)
    data[i] = (guint8)g_test_rand_int ();
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      record = (SwbRecord){ .kind = SWB_RECORD_NOTE, .note = SWB_NOTE_TEXT, .pane = 1 };
      break;
    case 1:
      record.call = SWB_CALL_RECV;
      record.result = -1;
      record.error = 11;
      record.n_data = 0;
      break;
    case 2:
      record.n_data = n_bytes / 2;
      break;
    case 3:
      record.kind = SWB_RECORD_PACKET;
      record.call = SWB_CALL_NONE;
      record.packet = g_test_rand_bit () ? SWB_PACKET_OUT : 0;
      record.n_data -= n_bytes / 3;
      break;
    default:
      break;
    }
  if (selected)
    {
      swb_hits_put (&test->records, swb_journal_get_n_records (test->journal));
      if (record.kind != SWB_RECORD_NOTE)
        expect (test, &record);
    }
  swb_journal_append (test->journal, &record);
  publish (test);
}

static void
assert_run (Test *test, SwbByteSource *source, guint64 offset)
{
  gint8 mark = g_array_index (test->marks, gint8, offset);
  SwbByteRun run;

  swb_byte_source_peek (source, offset, &run);
  g_assert_cmpuint (run.n_bytes, >, 0);
  g_assert_cmpuint (offset + run.n_bytes, <=, test->bytes->len);
  g_assert_cmpint (run.direction + (run.data == NULL ? UNKEPT : 0), ==, mark);
  if (run.data != NULL)
    g_assert_cmpmem (run.data, run.n_bytes, test->bytes->data + offset, run.n_bytes);
}

static void
assert_source (Test *test, SwbByteSource *source)
{
  g_autofree guint8 *bytes = g_malloc (test->bytes->len + 10);
  g_autofree gint8 *marks = g_malloc (test->bytes->len + 10);
  gsize n;

  g_assert_cmpuint (swb_byte_source_get_length (source), ==, test->bytes->len);
  n = swb_byte_source_read (source, 0, bytes, marks, test->bytes->len + 10);
  g_assert_cmpmem (bytes, n, test->bytes->data, test->bytes->len);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (swb_byte_get_direction (marks[i])
                         + (swb_byte_is_gone (marks[i]) ? UNKEPT : 0),
                     ==, g_array_index (test->marks, gint8, i));
  for (int i = 0; i < 500; i++)
    assert_run (test, source, (guint64)g_test_rand_int_range (0, (int)test->bytes->len));
}

static void
test_random (Test *test, gconstpointer data)
{
  g_autoptr (SwbRecordsSource) source = NULL;
  const SwbRecordsExtent *extent;

  g_test_summary ("The bytes of the selected records, one behind the other, and no others");
  for (int i = 0; i < 1000; i++)
    append_random (test, g_test_rand_int_range (0, 3) != 0);
  source = swb_records_source_new (test->journal, &test->records, NULL);
  g_assert_cmpuint (test->records.n_hits, ==, 0);
  extent = swb_records_source_get_extent (source);
  g_assert_cmpuint (extent->n_records, ==, test->n_records);
  g_assert_cmpuint (extent->n_sent + extent->n_received, ==, test->bytes->len);
  assert_source (test, SWB_BYTE_SOURCE (source));
}

static void
append_text (Test *test, guint pane, const char *text)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_SEND,
                       .pane = pane,
                       .fd = 5,
                       .result = (int)strlen (text),
                       .ints = { (gint64)strlen (text) },
                       .data = (const guint8 *)text,
                       .n_data = strlen (text) };

  swb_hits_put (&test->records, swb_journal_get_n_records (test->journal));
  swb_journal_append (test->journal, &record);
  publish (test);
}

static void
test_sockets (Test *test, gconstpointer data)
{
  g_autoptr (SwbRecordsSource) source = NULL;
  gint8 marks[6];
  guint8 bytes[6];

  g_test_summary ("Where another socket's bytes begin is known");
  append_text (test, 1, "a");
  append_text (test, 1, "b");
  append_text (test, 2, "cd");
  append_text (test, 1, "ef");
  source = swb_records_source_new (test->journal, &test->records, NULL);
  g_assert_cmpuint (
      swb_byte_source_read (SWB_BYTE_SOURCE (source), 0, bytes, marks, sizeof bytes), ==,
      6);
  g_assert_cmpmem (bytes, 6, "abcdef", 6);
  for (int i = 0; i < 6; i++)
    g_assert_cmpint (swb_byte_is_of_odd_part (marks[i]), ==, i == 2 || i == 3);
}

static void
test_none (Test *test, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SwbRecordsSource) empty = NULL;
  g_autoptr (SwbRecordsSource) cancelled = NULL;

  g_test_summary ("Of no records there are no bytes, nor where nobody wants them any more");
  empty = swb_records_source_new (test->journal, &test->records, NULL);
  g_assert_cmpuint (swb_byte_source_get_length (SWB_BYTE_SOURCE (empty)), ==, 0);
  append_text (test, 1, "a");
  g_cancellable_cancel (cancellable);
  cancelled = swb_records_source_new (test->journal, &test->records, cancellable);
  g_assert_cmpuint (swb_byte_source_get_length (SWB_BYTE_SOURCE (cancelled)), ==, 0);
}

/* The oldest go to make room; what is left lies where it lay. */
static void
test_gone (Test *test, gconstpointer data)
{
  g_autoptr (SwbRecordsSource) source = NULL;
  SwbByteRun run = { 0 };
  guint64 offset = 0;
  guint64 first;

  g_test_summary (
      "Records that the limit took have gone to the byte, others have not moved");
  for (int i = 0; i < 9000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%0200d", i);

      append_text (test, 1, text);
    }
  source = swb_records_source_new (test->journal, &test->records, NULL);
  swb_journal_set_limit (test->journal, SWB_JOURNAL_LIMIT_MIN, SWB_LIMIT_OLDEST);
  append_text (test, 1, "last");
  first = swb_journal_get_first (test->journal);
  g_assert_cmpuint (first, >, 0);
  g_assert_cmpuint (first, <, 9000);
  for (; offset < first * 200; offset += run.n_bytes)
    {
      swb_byte_source_peek (SWB_BYTE_SOURCE (source), offset, &run);
      g_assert_null (run.data);
    }
  g_assert_cmpuint (offset, ==, first * 200);
  for (guint64 i = first; i < 9000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%0200d", (int)i);

      swb_byte_source_peek (SWB_BYTE_SOURCE (source), i * 200, &run);
      g_assert_cmpmem (run.data, run.n_bytes, text, 200);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name)                                                                          \
  g_test_add ("/records-source/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (random);
  ADD (sockets);
  ADD (none);
  ADD (gone);
#undef ADD
  return g_test_run ();
}
