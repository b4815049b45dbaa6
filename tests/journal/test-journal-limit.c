/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "limit-fixture.h"

#include <string.h>

#include "journal/store/swb-follower.h"
#include "journal/store/swb-journal-private.h"
#include "journal/bytes/swb-record-source.h"
#include "journal/filter/swb-scan.h"
#include "journal/recording/swb-recording.h"

static void
test_oldest (LimitFixture *self, gconstpointer data)
{
  g_autoptr (SwbJournal) again = NULL;
  SwbLimitEvent event;
  guint64 first;
  gint64 number;

  g_test_summary ("At the limit the oldest records go; positions and what is left stay as "
                  "they were, also when it is opened again.");

  for (guint i = 0; i < 200; i++)
    {
      publish_batch (self);
      g_assert_cmpuint (measure_files (self->folder), <=, LIMIT + 4096);
    }
  first = swb_journal_get_first (self->journal);
  g_assert_cmpuint (first, >, 0);
  g_assert_cmpuint (self->n - first, >, 100);
  g_assert_cmpuint (measure_files (self->folder), >, LIMIT / 2);
  assert_all_right (self->journal, first, self->n);
  g_assert_cmpint (swb_journal_get_start_ns (self->journal), ==, 1);

  g_assert_true (swb_journal_next_event (self->journal, FALSE, &event, &number));
  g_assert_cmpint (event, ==, SWB_LIMIT_GONE);
  g_assert_cmpint (number, ==, (gint64)first);
  g_assert_false (swb_journal_next_event (self->journal, FALSE, &event, &number));

  again = swb_journal_open (self->folder, NULL);
  assert_all_right (again, first, self->n);
}

static void
test_borrowed (LimitFixture *self, gconstpointer data)
{
  g_autoptr (SwbByteSource) source = NULL;
  const SwbEntry *entry;
  SwbRecord record;
  guint64 sum = 0;
  guint8 byte;
  gint8 mark;

  g_test_summary (
      "What was borrowed from a record that has gone can still be looked at; its "
      "source says that it is gone.");

  publish_batch (self);
  entry = swb_journal_peek_entry (self->journal, 3);
  g_assert_true (swb_journal_read (self->journal, 3, &record));
  g_assert_cmpuint (record.n_data, >, 0);
  source = swb_record_source_new (self->journal, 3);
  g_assert_cmpuint (swb_byte_source_read (source, 0, &byte, &mark, 1), ==, 1);
  g_assert_cmpuint (byte, ==, record.data[0]);
  g_assert_false (swb_byte_is_gone (mark));
  while (swb_journal_get_first (self->journal) < 10000)
    publish_batch (self);

  g_assert_false (swb_journal_has (self->journal, 3));
  for (gsize i = 0; i < record.n_data; i++)
    sum += record.data[i];
  g_assert_cmpuint (sum, ==, 0);
  g_assert_cmpint (entry->kind, ==, 0);
  g_assert_cmpint (swb_journal_peek_entry (self->journal, 3)->kind, ==, 0);

  g_assert_cmpuint (swb_byte_source_get_length (source), ==, record.n_data);
  g_assert_cmpuint (swb_byte_source_read (source, 0, &byte, &mark, 1), ==, 1);
  g_assert_true (swb_byte_is_gone (mark));
}

typedef struct
{
  SwbJournal *journal;
  gint stop; /* atomic */
  guint64 n_read;
  guint64 n_wrong;
} Reader;

/* Right, or gone by the time it was looked at. */
static gpointer
read_on (gpointer data)
{
  Reader *self = data;
  guint64 step = 7;

  while (!g_atomic_int_get (&self->stop))
    {
      guint64 first = swb_journal_get_first (self->journal);
      guint64 n = swb_journal_get_n_records (self->journal);

      if (n == first)
        continue;
      step = step * 6364136223846793005u + 1442695040888963407u;
      guint64 position = first + (step >> 33) % MIN (n - first, 200);
      gboolean right = is_right (self->journal, position);

      if (swb_journal_has (self->journal, position) && !right)
        self->n_wrong++;
      self->n_read++;
    }
  return NULL;
}

static void
test_readers (LimitFixture *self, gconstpointer data)
{
  Reader readers[2] = { { .journal = self->journal }, { .journal = self->journal } };
  GThread *threads[2];

  g_test_summary ("Readers at the end where records go find each right, or find it gone.");

  publish_batch (self);
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("reader", read_on, &readers[i]);
  while (self->n < 100000 || __atomic_load_n (&readers[0].n_read, __ATOMIC_RELAXED) < 1000)
    publish_batch (self);
  for (guint i = 0; i < 2; i++)
    {
      g_atomic_int_set (&readers[i].stop, 1);
      g_thread_join (threads[i]);
      g_assert_cmpuint (readers[i].n_wrong, ==, 0);
      g_assert_cmpuint (readers[i].n_read, >, 0);
    }
}

static gboolean
follow_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  *(guint64 *)user_data = first + n_records;
  return G_SOURCE_CONTINUE;
}

static void
test_follower (LimitFixture *self, gconstpointer data)
{
  g_autoptr (GSource) follower = swb_follower_new (self->journal, 0, 0);
  guint64 told = 0;

  g_test_summary ("Nothing goes that a follower wasn't told of, up to twice the limit.");

  g_source_set_callback (follower, G_SOURCE_FUNC (follow_cb), &told, NULL);
  g_source_attach (follower, NULL);
  while (measure_files (self->folder) < LIMIT * 3 / 2)
    publish_batch (self);
  g_assert_cmpuint (swb_journal_get_first (self->journal), ==, 0);

  while (told < self->n)
    g_main_context_iteration (NULL, TRUE);
  publish_batch (self);
  g_assert_cmpuint (swb_journal_get_first (self->journal), >, 0);
  g_assert_cmpuint (swb_journal_get_first (self->journal), <=, told);

  for (guint i = 0; i < 100; i++)
    publish_batch (self);
  g_assert_cmpuint (measure_files (self->folder), <=, 2 * LIMIT + LIMIT / 4);
  g_assert_cmpuint (swb_journal_get_first (self->journal), >, told);
  g_source_destroy (follower);
}

static void
test_small_records (LimitFixture *self, gconstpointer data)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_CLOSE, .fd = 3 };

  g_test_summary ("Records without bytes go, too: the index alone comes to the limit.");

  for (guint i = 0; i < 100000; i++)
    {
      record.time_ns = i;
      swb_journal_append (self->journal, &record);
    }
  g_assert_true (swb_journal_publish (self->journal, NULL));
  g_assert_cmpuint (swb_journal_get_first (self->journal), >, 100000 - LIMIT / 40);
  g_assert_cmpuint (measure_files (self->folder), <=, LIMIT + 256 * 1024);
  for (guint64 i = swb_journal_get_first (self->journal); i < 100000; i++)
    g_assert_cmpint (swb_journal_peek_entry (self->journal, i)->time_ns, ==, (gint64)i);
}

/* As swb_sys_recv() does it. */
static void
receive (SwbJournal *journal, gsize length)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_RECV, .fd = 3 };
  guint8 *hot = swb_journal_reserve (journal, 2 * length);

  memset (hot, 'x', length);
  record.data = hot;
  record.n_data = length;
  record.result = (int)length;
  record.ints[0] = (gint64)(2 * length);
  swb_journal_append (journal, &record);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpint (hot[i], ==, 'x');
}

static void
test_payload (LimitFixture *self, gconstpointer data)
{
  guint64 n_unkept = 0, stopped_at = 0;
  SwbHealth health;
  SwbRecord record;

  g_test_summary ("At the limit calls go on to be recorded, without their bytes; what was "
                  "received can be looked at until the next record, and is counted.");

  while (!self->journal->without_payload)
    {
      receive (self->journal, 5000);
      g_assert_true (swb_journal_publish (self->journal, NULL));
    }
  stopped_at = swb_journal_get_n_records (self->journal);
  expect_event (self, FALSE, SWB_LIMIT_STOPS, LIMIT);
  g_assert_true (swb_journal_read (self->journal, stopped_at - 1, &record));
  g_assert_cmpuint (record.n_data, ==, 5000);

  for (guint i = 0; i < 100; i++, n_unkept += 70000)
    {
      receive (self->journal, 70000);
      if (i % 7 == 0)
        g_assert_true (swb_journal_publish (self->journal, NULL));
    }
  record = (SwbRecord){ .kind = SWB_RECORD_COMMAND, .data = (guint8 *)"a", .n_data = 1 };
  swb_journal_append (self->journal, &record);
  g_assert_true (swb_journal_publish (self->journal, NULL));
  g_assert_cmpuint (measure_files (self->folder), <, LIMIT + 20000);

  for (guint64 i = stopped_at; i < stopped_at + 100; i++)
    {
      g_assert_true (swb_journal_read (self->journal, i, &record));
      g_assert_cmpuint (record.n_data, ==, 0);
      g_assert_cmpint (record.result, ==, 70000);
      g_assert_cmpint (record.ints[0], ==, 140000);
    }
  g_assert_true (swb_journal_read (self->journal, stopped_at + 100, &record));
  g_assert_cmpuint (record.n_data, ==, 1);
  swb_journal_get_health (self->journal, &health);
  g_assert_true (health.without_payload);
  g_assert_cmpuint (health.n_unkept, ==, n_unkept);
  expect_event (self, TRUE, SWB_LIMIT_UNKEPT, n_unkept);

  receive (self->journal, 1000);
  swb_journal_set_limit (self->journal, 2 * LIMIT, SWB_LIMIT_PAYLOAD);
  g_assert_true (swb_journal_publish (self->journal, NULL));
  expect_event (self, FALSE, SWB_LIMIT_AGAIN, 1000);
  receive (self->journal, 10);
  g_assert_true (swb_journal_publish (self->journal, NULL));
  g_assert_true (swb_journal_read (self->journal,
                                   swb_journal_get_n_records (self->journal) - 1, &record));
  g_assert_cmpuint (record.n_data, ==, 10);
}

static void
test_scan (LimitFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbFilter) filter = swb_filter_parse ("len >= 0", NULL, NULL, &error);
  g_autoptr (SwbScan) scan = NULL;
  guint64 n_gone, n_before, first;

  g_test_summary ("A scan begins at the first record, and forgets those that go.");

  g_assert_no_error (error);
  while (swb_journal_get_first (self->journal) == 0)
    publish_batch (self);
  scan = swb_scan_new (self->journal, filter, 0, 0, 0, NULL, NULL);
  while (!swb_scan_is_done (scan))
    g_main_context_iteration (NULL, TRUE);
  n_before = swb_scan_get_n_hits (scan);
  g_assert_cmpuint (n_before, >, 0);
  first = swb_journal_get_first (self->journal);
  g_assert_cmpuint (swb_scan_get_hit (scan, 0), >=, first);

  while (swb_journal_get_first (self->journal) == first)
    {
      publish_batch (self);
      while (!swb_scan_is_done (scan) || swb_scan_get_n_records (scan) < self->n)
        g_main_context_iteration (NULL, TRUE);
    }
  first = swb_journal_get_first (self->journal);
  n_before = swb_scan_get_n_hits (scan);
  n_gone = swb_scan_forget (scan, first);
  g_assert_cmpuint (n_gone, >, 0);
  g_assert_cmpuint (swb_scan_get_n_hits (scan), ==, n_before - n_gone);
  g_assert_cmpuint (swb_scan_get_hit (scan, 0), >=, first);
  g_assert_cmpuint (swb_scan_get_n_before (scan, first), ==, 0);
  g_assert_cmpuint (swb_scan_forget (scan, first), ==, 0);
  for (guint64 i = 0; i < swb_scan_get_n_hits (scan); i++)
    g_assert_true (swb_scan_is_hit (scan, swb_scan_get_hit (scan, i)));
}

static void
test_recording (LimitFixture *self, gconstpointer data)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  g_test_summary (
      "A recording of records of which the oldest went meanwhile has the others.");

  publish_batch (self);
  swb_export_source_init (&source, self->journal, NULL, NULL);
  while (swb_journal_get_first (self->journal) == 0)
    {
      publish_batch (self);
      source.n_records = swb_journal_get_n_records (self->journal);
    }
  g_assert_true (swb_recording_save (&source, out, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (out, NULL, NULL));

  g_autoptr (GBytes) bytes
      = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (SwbJournal) again
      = swb_recording_load (in, 0, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_journal_get_n_records (again), ==,
                    self->n - swb_journal_get_first (self->journal));
}

static void
test_default_limit (void)
{
  guint64 limit = swb_journal_get_default_limit ("/no/such/folder");

  g_test_summary ("The limit is 4 GiB or less, also for a folder that isn't there yet.");

  g_assert_cmpuint (limit, >=, SWB_JOURNAL_LIMIT_MIN);
  g_assert_cmpuint (limit, <=, G_GUINT64_CONSTANT (4) << 30);
  g_assert_cmpuint (swb_journal_get_default_limit ("relative"), >=, SWB_JOURNAL_LIMIT_MIN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_LIMIT_TEST ("oldest", SWB_LIMIT_OLDEST, test_oldest);
  ADD_LIMIT_TEST ("borrowed", SWB_LIMIT_OLDEST, test_borrowed);
  ADD_LIMIT_TEST ("readers", SWB_LIMIT_OLDEST, test_readers);
  ADD_LIMIT_TEST ("follower", SWB_LIMIT_OLDEST, test_follower);
  ADD_LIMIT_TEST ("small-records", SWB_LIMIT_OLDEST, test_small_records);
  ADD_LIMIT_TEST ("payload", SWB_LIMIT_PAYLOAD, test_payload);
  ADD_LIMIT_TEST ("scan", SWB_LIMIT_OLDEST, test_scan);
  ADD_LIMIT_TEST ("recording", SWB_LIMIT_OLDEST, test_recording);
  g_test_add_func ("/journal/limit/default", test_default_limit);
  return g_test_run ();
}
