/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal/swb-journal-format.h"
#include "app/widgets/swb-local-time.h"
#include "app/test-journal-fixture.h"

#include <errno.h>

static void
assert_take (char *actual, const char *expected)
{
  g_assert_cmpstr (actual, ==, expected);
  g_free (actual);
}

static void
test_time (void)
{
  g_test_summary ("Times have milliseconds and microseconds apart, intervals their sign");
  g_setenv ("TZ", "UTC", TRUE);
  assert_take (swb_journal_format_clock (0, FALSE), "00:00:00.000 000");
  assert_take (swb_journal_format_clock (G_GINT64_CONSTANT (38527113042999), TRUE),
               "10:42:07.113 042");
  assert_take (swb_journal_format_clock (-1000, FALSE), "23:59:59.999 999");
  assert_take (swb_journal_format_interval (0), "+0.000 000");
  assert_take (swb_journal_format_interval (G_GINT64_CONSTANT (5004221000)), "+5.004 221");
  assert_take (swb_journal_format_interval (999), "+0.000 000");
  assert_take (swb_journal_format_interval (-1000), "−0.000 001");
  assert_take (swb_journal_format_interval (G_GINT64_CONSTANT (3600000000000)),
               "+3600.000 000");
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_half_past_five (gpointer data)
{
  g_autoptr (GDateTime) time = swb_local_time_new (0);

  return g_date_time_get_hour (time) == 5 && g_date_time_get_minute (time) == 30;
}

static void
test_local (void)
{
  g_autoptr (GDateTime) time = swb_local_time_new (G_MAXINT64);
  guint source = g_timeout_add (50, wake_cb, NULL);

  g_test_summary ("Another zone is noticed soon; a time that is none is no time");
  g_assert_null (time);
  g_setenv ("TZ", "IST-5:30", TRUE);
  journal_fixture_wait (is_half_past_five, NULL);
  g_source_remove (source);
  g_setenv ("TZ", "UTC", TRUE);
}

static void
test_time_format (void)
{
  g_test_summary ("Each format has a name; an unknown name is absolute");
  for (SwbTimeFormat i = SWB_TIME_ABSOLUTE; i <= SWB_TIME_DELTA; i++)
    g_assert_cmpint (swb_time_format_from_name (swb_time_format_get_name (i)), ==, i);
  g_assert_cmpint (swb_time_format_from_name ("relative"), ==, SWB_TIME_RELATIVE);
  g_assert_cmpint (swb_time_format_from_name ("nonsense"), ==, SWB_TIME_ABSOLUTE);
  g_assert_cmpint (swb_time_format_from_name (NULL), ==, SWB_TIME_ABSOLUTE);
}

static void
test_count (void)
{
  g_test_summary ("Counts have grouped digits, sizes the shortest unit");
  assert_take (swb_journal_format_number (0), "0");
  assert_take (swb_journal_format_number (999), "999");
  assert_take (swb_journal_format_number (1000), "1,000");
  assert_take (swb_journal_format_number (10000000), "10,000,000");
  assert_take (swb_journal_format_number (G_MAXUINT64), "18,446,744,073,709,551,615");
  assert_take (swb_journal_format_size (0), "0 B");
  assert_take (swb_journal_format_size (999), "999 B");
  assert_take (swb_journal_format_size (1300), "1.3\u00a0kB");
  assert_take (swb_journal_format_count (1, 13), "1 event · 13 B");
  assert_take (swb_journal_format_count (10000, 52), "10,000 events · 52 B");
}

static void
test_direction (void)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_SEND, .result = 1 };

  g_test_summary (
      "Arrows tell where bytes went; commands and outcomes have marks of their own");
  g_assert_cmpstr (swb_journal_format_direction (&record), ==, "→");
  record.call = SWB_CALL_RECVFROM;
  g_assert_cmpstr (swb_journal_format_direction (&record), ==, "←");
  record.call = SWB_CALL_BIND;
  g_assert_cmpstr (swb_journal_format_direction (&record), ==, "·");
  record.kind = SWB_RECORD_NOTE;
  g_assert_cmpstr (swb_journal_format_direction (&record), ==, "·");
  record.kind = SWB_RECORD_COMMAND;
  g_assert_cmpstr (swb_journal_format_direction (&record), ==, "▸");
  record.kind = SWB_RECORD_OUTCOME;
  g_assert_cmpstr (swb_journal_format_direction (&record), ==, "◂");
}

static void
test_failure (void)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_CONNECT, .result = -1 };

  g_test_summary ("What only has to wait is no failure");
  for (int i = 0; i < 2; i++)
    {
      record.error = i == 0 ? EAGAIN : EINPROGRESS;
      g_assert_false (swb_journal_is_failure (&record));
    }
  record.error = ECONNREFUSED;
  g_assert_true (swb_journal_is_failure (&record));
  record.error = 0;
  g_assert_false (swb_journal_is_failure (&record));
}

static void
test_socket (void)
{
  JournalFixture fixture;
  g_autoptr (GError) error = NULL;
  SwbRecord record = { .pane = 1 };
  SwbBench *bench;

  g_test_summary ("A pane is called by its title, its connections by name and number");
  journal_fixture_init (&fixture);
  bench = swb_bench_new (fixture.journal, 0, &error);
  g_assert_no_error (error);
  assert_take (swb_journal_format_socket (NULL, &record), "pane1");
  assert_take (swb_journal_format_socket (bench, &record), "pane1");
  swb_bench_run_text (bench, &error, "pane server AF_INET SOCK_STREAM 0 \"Echo server\"");
  g_assert_no_error (error);
  while (swb_bench_find_pane (bench, "server") == NULL)
    g_main_context_iteration (NULL, TRUE);
  record.pane = swb_pane_get_id (swb_bench_find_pane (bench, "server"));
  assert_take (swb_journal_format_socket (bench, &record), "Echo server");
  record.connection = 3;
  assert_take (swb_journal_format_socket (bench, &record), "Echo server #3");
  record.connection = SWB_CONNECTION_ALL;
  assert_take (swb_journal_format_socket (bench, &record), "Echo server #all");
  record.pane = 0;
  assert_take (swb_journal_format_socket (bench, &record), "");
  swb_bench_stop (bench);
  g_assert_finalize_object (bench);
  journal_fixture_clear (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-format/time", test_time);
  g_test_add_func ("/journal-format/local", test_local);
  g_test_add_func ("/journal-format/time-format", test_time_format);
  g_test_add_func ("/journal-format/count", test_count);
  g_test_add_func ("/journal-format/direction", test_direction);
  g_test_add_func ("/journal-format/failure", test_failure);
  g_test_add_func ("/journal-format/socket", test_socket);
  return g_test_run ();
}
