/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/swb-filter.h"

#include <errno.h>
#include <string.h>

#include "journal/swb-filter-private.h"
#include "journal/swb-journal-private.h"
#include "net/swb-error.h"
#include "random-filter.h"
#include "random-record.h"

/* Segments of 64 entries and 2 KiB: runs of records end in all ways. */
static const SwbJournalLayout small_layout = {
  .index_shift = 6, .arena_shift = 11, .max_index_segments = 512, .max_arena_segments = 4096
};

static char *
dup_address (guint pane, guint connection, SwbFilterEnd end, gpointer user_data)
{
  return dup_numbered_address (pane, connection, (int)end, user_data);
}

static SwbFilterNames *
make_names (void)
{
  return swb_filter_names_new (find_lettered_pane, dup_address, NULL, NULL);
}

static SwbFilter *
parse (const char *text)
{
  g_autoptr (SwbFilterNames) names = make_names ();
  g_autoptr (GError) error = NULL;
  SwbFilter *filter = swb_filter_parse (text, names, NULL, &error);

  if (error != NULL)
    g_test_message ("%s: %s", text, error->message);
  g_assert_no_error (error);
  g_assert_nonnull (filter);
  return filter;
}

static void
assert_prints (const char *text, const char *expected)
{
  g_autoptr (SwbFilter) filter = parse (text);
  g_autofree char *printed = swb_filter_print (filter);

  g_assert_cmpstr (printed, ==, expected);
}

static void
test_print (void)
{
  g_test_summary ("Each form is printed in the one way that stands for it.");

  assert_prints ("", "");
  assert_prints (" \t\n", "");
  assert_prints ("GET", "data ~ \"GET\"");
  assert_prints ("HTTP/1.1 200", "data ~ \"HTTP/1.1\" and data ~ \"200\"");
  assert_prints ("\"a \\x00\\n\"", "data ~ \"a \\x00\\n\"");
  assert_prints ("hex:0d0A", "data ~ \"\\r\\n\"");
  assert_prints ("hex:\"0d 0a\"", "data ~ \"\\r\\n\"");
  assert_prints ("/a\\/b/i", "data =~ /a\\/b/i");
  assert_prints ("data ~* \"x\"", "data ~* \"x\"");
  assert_prints ("data=x", "data = \"x\"");
  assert_prints ("data!=x", "data != \"x\"");
  assert_prints ("pane==a", "pane = a");
  assert_prints ("pane=\"a\"", "pane = a");
  assert_prints ("pane=3", "pane = 3");
  assert_prints ("socket = a#2", "socket = a#2");
  assert_prints ("socket = a#all", "socket = a#all");
  assert_prints ("socket >= 7", "socket >= 7");
  assert_prints ("call = accept4", "call = accept");
  assert_prints ("dir = in", "dir = in");
  assert_prints ("kind != note", "kind != note");
  assert_prints ("origin = survey", "origin = survey");
  assert_prints ("len > 0x40", "len > 64");
  assert_prints ("errno = 111", "errno = ECONNREFUSED");
  assert_prints ("errno != 0", "errno != 0");
  assert_prints ("result = -1", "result = -1");
  assert_prints ("took > 1.5ms", "took > 1500us");
  assert_prints ("took > 2min", "took > 120s");
  assert_prints ("took < 3µs", "took < 3us");
  assert_prints ("time > 2.5s", "time > 2500ms");
  assert_prints ("time > -10s", "time > -10s");
  assert_prints ("time < 14:47:12.5", "time < 14:47:12.5");
  assert_prints ("time < 14:47", "time < 14:47:00");
  assert_prints ("time >= 2026-11-22T14:47:12.000000001Z",
                 "time >= 2026-11-22T14:47:12.000000001Z");
  assert_prints ("time >= 2026-11-22T14:47+01:00", "time >= 2026-11-22T13:47:00Z");
  assert_prints ("peer ~ \":7000\"", "peer ~ \":7000\"");
  assert_prints ("local = 127.0.0.1:7000", "local = \"127.0.0.1:7000\"");
}

static void
test_structure (void)
{
  g_test_summary (
      "And binds tighter than or, not tighter than both; parentheses stay where they are "
      "needed.");

  assert_prints ("len=1 or len=2 and len=3", "len = 1 or len = 2 and len = 3");
  assert_prints ("(len=1 or len=2) and len=3", "(len = 1 or len = 2) and len = 3");
  assert_prints ("(len=1 and len=2) or len=3", "len = 1 and len = 2 or len = 3");
  assert_prints ("len=1 (len=2 len=3)", "len = 1 and len = 2 and len = 3");
  assert_prints ("len=1||(len=2||len=3)", "len = 1 or len = 2 or len = 3");
  assert_prints ("!len=1&&len=2", "not len = 1 and len = 2");
  assert_prints ("not (len=1 and len=2)", "not (len = 1 and len = 2)");
  assert_prints ("not (not len=1)", "not (not len = 1)");
  assert_prints ("((len=1))", "len = 1");
}

static void
assert_fails (const char *text, int code, gsize expected)
{
  g_autoptr (SwbFilterNames) names = make_names ();
  g_autofree char *valid = NULL;
  g_autoptr (GError) error = NULL;
  gsize position = 0;

  g_assert_null (swb_filter_parse (text, names, &position, &error));
  valid = g_utf8_make_valid (text, -1);
  g_test_message ("%s: %" G_GSIZE_FORMAT ": %s", valid, position, error->message);
  g_assert_error (error, SWB_ERROR, code);
  g_assert_cmpuint (position, ==, expected);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_syntax_errors (void)
{
  g_test_summary ("Text that isn't of the grammar fails where it goes wrong.");

  assert_fails ("len", SWB_ERROR_SYNTAX, 4);
  assert_fails ("len and 5", SWB_ERROR_SYNTAX, 5);
  assert_fails ("len =", SWB_ERROR_SYNTAX, 6);
  assert_fails ("len = )", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = x", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = 1x", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = 0x", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = \"a\\x00\"", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = /1/", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len ~ 5", SWB_ERROR_SYNTAX, 5);
  assert_fails ("call < recv", SWB_ERROR_SYNTAX, 6);
  assert_fails ("data < x", SWB_ERROR_SYNTAX, 6);
  assert_fails ("= 5", SWB_ERROR_SYNTAX, 1);
  assert_fails ("x \"y\" = 5", SWB_ERROR_SYNTAX, 7);
  assert_fails ("(x", SWB_ERROR_SYNTAX, 1);
  assert_fails ("x)", SWB_ERROR_SYNTAX, 2);
  assert_fails ("()", SWB_ERROR_SYNTAX, 2);
  assert_fails ("x and", SWB_ERROR_SYNTAX, 6);
  assert_fails ("x or or y", SWB_ERROR_SYNTAX, 6);
  assert_fails ("and x", SWB_ERROR_SYNTAX, 1);
  assert_fails ("not", SWB_ERROR_SYNTAX, 4);
  assert_fails ("not not x", SWB_ERROR_SYNTAX, 5);
  assert_fails ("x \"abc", SWB_ERROR_SYNTAX, 3);
  assert_fails ("\"abc\\", SWB_ERROR_SYNTAX, 1);
  assert_fails ("\"ä\\q\"", SWB_ERROR_SYNTAX, 3);
  assert_fails ("ä hex:0", SWB_ERROR_SYNTAX, 7);
  assert_fails ("hex:0g", SWB_ERROR_SYNTAX, 5);
  assert_fails ("hex:\"0d g\"", SWB_ERROR_SYNTAX, 9);
  assert_fails ("hex:\"0d", SWB_ERROR_SYNTAX, 5);
  assert_fails ("x /abc", SWB_ERROR_SYNTAX, 3);
  assert_fails ("/abc/x", SWB_ERROR_SYNTAX, 6);
  assert_fails ("/(/", SWB_ERROR_SYNTAX, 1);
  assert_fails ("data =~ /(*UTF)x/", SWB_ERROR_SYNTAX, 10);
  assert_fails ("data =~ x", SWB_ERROR_SYNTAX, 9);
  assert_fails ("data ~ /x/", SWB_ERROR_SYNTAX, 8);
  assert_fails ("took > 5", SWB_ERROR_SYNTAX, 8);
  assert_fails ("took > x", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > -", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > \"\"", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 25:00:00", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 14:60", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 2026-02-30T10:00Z", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 2026-02-20", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 1969-12-31T10:00Z", SWB_ERROR_SYNTAX, 8);
  assert_fails ("socket < a", SWB_ERROR_SYNTAX, 10);
  assert_fails ("socket = a#x", SWB_ERROR_SYNTAX, 10);
  assert_fails ("socket = -x", SWB_ERROR_SYNTAX, 10);
  assert_fails ("pane = 1x", SWB_ERROR_SYNTAX, 8);
}

static void
test_other_errors (void)
{
  g_autofree char *long_text = g_strnfill (SWB_FILTER_TEXT_MAX + 1, 'x');
  GString *deep = g_string_new (NULL);

  g_test_summary ("Unknown names, numbers out of range, and too much of anything.");

  assert_fails ("x len2 = 5", SWB_ERROR_UNKNOWN, 3);
  assert_fails ("Len = 5", SWB_ERROR_UNKNOWN, 1);
  assert_fails ("ä and pane = nobody", SWB_ERROR_UNKNOWN, 14);
  assert_fails ("pane = \"\"", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("socket = nobody#1", SWB_ERROR_UNKNOWN, 10);
  assert_fails ("call = fork", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("dir = up", SWB_ERROR_UNKNOWN, 7);
  assert_fails ("kind = kind", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("origin = call", SWB_ERROR_UNKNOWN, 10);
  assert_fails ("origin > auto", SWB_ERROR_SYNTAX, 8);
  assert_fails ("errno = EFOO", SWB_ERROR_UNKNOWN, 9);
  assert_fails ("took > 5d", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("len > 9223372036854775808", SWB_ERROR_RANGE, 7);
  assert_fails ("took > 1000000001s", SWB_ERROR_RANGE, 8);
  assert_fails ("took > 0.5ns", SWB_ERROR_RANGE, 8);
  assert_fails ("socket = a#0", SWB_ERROR_RANGE, 10);
  assert_fails ("socket = a#4294967295", SWB_ERROR_RANGE, 10);
  assert_fails ("x \xff", SWB_ERROR_ENCODING, 3);
  assert_fails (long_text, SWB_ERROR_TOO_LONG, SWB_FILTER_TEXT_MAX + 1);

  long_text[SWB_FILTER_TEXT_MAX] = '\0';
  g_autoptr (SwbFilter) longest = parse (long_text);

  for (guint i = 1; i < SWB_FILTER_DEPTH_MAX; i++)
    g_string_append_c (deep, '(');
  g_string_append_c (deep, 'x');
  for (guint i = 1; i < SWB_FILTER_DEPTH_MAX; i++)
    g_string_append_c (deep, ')');
  g_autoptr (SwbFilter) deepest = parse (deep->str);

  g_string_prepend_c (deep, '(');
  assert_fails (deep->str, SWB_ERROR_TOO_LONG, SWB_FILTER_DEPTH_MAX + 1);
  g_string_free (deep, TRUE);
}

static void
test_boundaries (void)
{
  g_test_summary ("The largest numbers are read and printed.");

  assert_prints ("len > 9223372036854775807", "len > 9223372036854775807");
  assert_prints ("took > 1000000000s", "took > 1000000000s");
  assert_prints ("took > 0.000000001s", "took > 1ns");
  assert_prints ("took > 1.50000000000000000000s", "took > 1500ms");
  assert_prints ("socket = a#4294967294", "socket = a#4294967294");
  assert_prints ("time > -0s", "time > -0s");
}

static void
test_without_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbFilter) filter
      = swb_filter_parse ("pane = pane3 and socket = pane65535#1", NULL, NULL, &error);
  g_autoptr (GError) unknown = NULL;
  gsize position;

  g_test_summary ("Without names, panes are called as the notation calls them.");

  g_assert_no_error (error);
  g_assert_nonnull (filter);
  g_assert_null (swb_filter_parse ("pane = pane65536", NULL, &position, &unknown));
  g_assert_error (unknown, SWB_ERROR, SWB_ERROR_UNKNOWN);
}

static void
test_round_trip (void)
{
  g_test_summary ("What was printed parses to the same filter.");

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (RandomFilter) random = random_filter_new (3);
      g_autofree char *text = random_filter_print (random);
      g_autoptr (SwbFilter) filter = parse (text);
      g_autofree char *printed = swb_filter_print (filter);
      g_autoptr (SwbFilter) again = parse (printed);
      g_autofree char *reprinted = swb_filter_print (again);

      g_assert_true (swb_filter_equal (filter, again));
      g_assert_cmpstr (printed, ==, reprinted);
    }
}

/* Bytes of any value, too, which random filters do not have. */
static void
test_round_trip_bytes (void)
{
  g_test_summary ("Any bytes can be looked for, and are printed so that they come back.");

  for (guint i = 0; i < 500; i++)
    {
      guint8 bytes[32];
      gsize n = (gsize)g_test_rand_int_range (0, sizeof bytes + 1);

      for (gsize j = 0; j < n; j++)
        bytes[j] = (guint8)g_test_rand_int_range (0, 256);

      g_autofree char *quoted = swb_filter_quote (bytes, n);
      g_autofree char *text = g_strconcat ("data = ", quoted, NULL);
      g_autoptr (SwbFilter) filter = parse (text);

      g_assert_cmpmem (filter->root->bytes, filter->root->n_bytes, bytes, n);
      assert_prints (text, text);
    }
}

static SwbJournal *
make_journal (const char *folder, guint n_records)
{
  g_autoptr (GError) error = NULL;
  SwbJournal *journal = swb_journal_new_with_layout (folder, &small_layout, &error);
  guint8 room[64];

  g_assert_no_error (error);
  for (guint i = 0; i < n_records; i++)
    {
      SwbRecord record;

      filterable_record (&record, room);
      swb_journal_append (journal, &record);
      if (g_test_rand_int_range (0, 20) == 0)
        swb_journal_publish (journal, NULL);
    }
  g_assert_true (swb_journal_publish (journal, &error));
  return journal;
}

static guint64
assert_matches (SwbJournal *journal, RandomFilter *random)
{
  guint64 n = swb_journal_get_n_records (journal), n_hits = 0;
  gint64 first_ns = swb_journal_peek_entry (journal, 0)->time_ns;
  gint64 last_ns = swb_journal_peek_entry (journal, n - 1)->time_ns;
  g_autofree char *text = random_filter_print (random);
  g_autoptr (SwbFilter) filter = parse (text);
  g_autoptr (SwbMatcher) matcher = swb_matcher_new (filter, journal, n, NULL);
  guint64 bits[SWB_MATCHER_WORDS];

  for (guint64 i = 0, next; i < n; i = next)
    {
      next = i
             + swb_matcher_select (matcher, i, (guint)MIN (n - i, SWB_MATCHER_BLOCK), bits);
      for (guint64 j = i; j < next; j++)
        {
          gboolean hit = (bits[(j - i) / 64] >> ((j - i) % 64) & 1) != 0;
          SwbRecord record;

          g_assert_true (swb_journal_read (journal, j, &record));
          if (hit != random_filter_match (random, &record, first_ns, last_ns))
            g_error ("record %" G_GUINT64_FORMAT " differs for %s", j, text);
          n_hits += hit ? 1 : 0;
        }
      g_assert_cmpint (swb_filter_match (filter, journal, i), ==, bits[0] & 1);
    }
  return n_hits;
}

static void
test_match (void)
{
  g_autofree char *folder = make_test_folder ();
  SwbJournal *journal = make_journal (folder, 1500);
  guint64 n_hits = 0;

  g_test_summary (
      "Random filters find what the simplest way to look finds, in a journal as it is "
      "written and opened again.");

  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (RandomFilter) random = random_filter_new (i % 4);

      n_hits += assert_matches (journal, random);
    }
  g_assert_cmpuint (n_hits, >, 10000);
  swb_journal_unref (journal);

  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) opened = swb_journal_open (folder, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (RandomFilter) random = random_filter_new (i % 3);

      assert_matches (opened, random);
    }
  remove_test_folder (folder);
}

static void
assert_hits (SwbJournal *journal, const char *text, const char *expected)
{
  g_autoptr (SwbFilter) filter = parse (text);
  GString *hits = g_string_new (NULL);

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    g_string_append_c (hits, swb_filter_match (filter, journal, i) ? 'x' : '.');
  g_test_message ("%s", text);
  g_assert_cmpstr (hits->str, ==, expected);
  g_string_free (hits, TRUE);
}

static void
append_text (SwbJournal *journal, gint64 time_ns, const char *text)
{
  const SwbRecord record = { .time_ns = time_ns,
                             .kind = SWB_RECORD_CALL,
                             .call = SWB_CALL_RECV,
                             .pane = 1,
                             .fd = 3,
                             .result = (int)strlen (text),
                             .ints = { 65536 },
                             .data = (const guint8 *)text,
                             .n_data = strlen (text) };

  swb_journal_append (journal, &record);
}

static void
test_text (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);
  static const char *const texts[] = { "GET /", "get", "GE", "T \r\n", "", "\xff\xfeÄ" };

  g_test_summary (
      "Text is found in a record's own data only, by case or not, by pattern, by "
      "bytes.");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    append_text (journal, (gint64)i * 1000000000, texts[i]);
  swb_journal_publish (journal, NULL);

  assert_hits (journal, "", "xxxxxx");
  assert_hits (journal, "GET", "x.....");
  assert_hits (journal, "data ~* get", "xx....");
  assert_hits (journal, "data ~* \"\"", "xxxxxx");
  assert_hits (journal, "data = \"\"", "....x.");
  assert_hits (journal, "data != get", "x.xxxx");
  assert_hits (journal, "hex:0d0a", "...x..");
  assert_hits (journal, "hex:fffe", ".....x");
  assert_hits (journal, "Ä", ".....x");
  assert_hits (journal, "/^GE?T/", "x.....");
  assert_hits (journal, "/^ge/i", "xxx...");
  assert_hits (journal, "/^$/", "....x.");
  assert_hits (journal, "/\\xff/", ".....x");
  assert_hits (journal, "data ~ T and len < 5", "...x..");
  assert_hits (journal, "peer = \"10.0.1.1:1\"", "xxxxxx");

  swb_journal_delete (journal);
  remove_test_folder (folder);
}

static void
test_time (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);
  gint64 wall_s = journal->anchor.wall_ns / 1000000000;
  gint64 base = swb_journal_from_wall_ns (journal, wall_s * 1000000000);

  g_test_summary (
      "Times count from the first record, back from the last, or on the wall's clock.");

  for (guint i = 0; i < 5; i++)
    append_text (journal, base + (gint64)i * 1000000000, "x");
  swb_journal_publish (journal, NULL);

  assert_hits (journal, "time > 2.5s", "...xx");
  assert_hits (journal, "time >= 2s", "..xxx");
  assert_hits (journal, "time = 2s", "..x..");
  assert_hits (journal, "time > -1s", "....x");
  assert_hits (journal, "time >= -1s", "...xx");
  assert_hits (journal, "time <= -10s", ".....");
  assert_hits (journal, "time < 1000000000s", "xxxxx");

  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (wall_s + 1);
  g_autofree char *absolute = g_date_time_format (utc, "time >= %Y-%m-%dT%H:%M:%SZ");
  assert_hits (journal, absolute, ".xxxx");
  g_autofree char *fine = g_date_time_format (utc, "time > %Y-%m-%dT%H:%M:%S.5+00:00");
  assert_hits (journal, fine, "..xxx");
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *here = g_date_time_format (local, "time >= %Y-%m-%dT%H:%M:%S");
  assert_hits (journal, here, ".xxxx");
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_local (wall_s);
  if (g_date_time_get_day_of_month (local) == g_date_time_get_day_of_month (start))
    {
      g_autofree char *clock = g_date_time_format (local, "time >= %H:%M:%S");

      assert_hits (journal, clock, ".xxxx");
    }

  swb_journal_delete (journal);
  remove_test_folder (folder);
}

static void
test_hostile_regex (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);
  g_autofree char *as = g_strnfill (100000, 'a');
  g_autoptr (SwbFilter) filter = parse ("/^(a+)+$/ or /(a|aa)*b/ or /((a*)*)*c/");

  g_test_summary ("A pattern that would take for ever gives up, and is no hit.");

  as[99999] = '!';
  append_text (journal, 1, as);
  swb_journal_publish (journal, NULL);
  g_autoptr (SwbMatcher) matcher = swb_matcher_new (filter, journal, 1, NULL);
  guint64 bits[SWB_MATCHER_WORDS];
  swb_matcher_select (matcher, 0, 1, bits);
  g_assert_cmpuint (bits[0], ==, 0);
  g_assert_cmpuint (swb_matcher_get_n_undecided (matcher), >, 0);

  swb_journal_delete (journal);
  remove_test_folder (folder);
}

static void
test_hostile_text (void)
{
  static const char *const pieces[] = { "(",    ")",    "\"",     "/",   "\\",   "=",
                                        "~",    "!",    "and ",   "or ", "not ", "data",
                                        "len",  "time", "socket", "a#",  "5",    "-",
                                        ":",    "hex:", "0x",     ".",   "s",    "\xc3",
                                        "\xa4", "i",    " ",      "*" };
  g_autoptr (SwbFilterNames) names = make_names ();

  g_test_summary (
      "Whatever is typed, it parses and prints back, or fails with a place in it.");

  for (guint i = 0; i < 50000; i++)
    {
      GString *text = g_string_new (NULL);
      gsize position = 0;

      for (gint n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      g_autoptr (GError) error = NULL;
      g_autoptr (SwbFilter) filter = swb_filter_parse (text->str, names, &position, &error);
      if (filter != NULL)
        {
          g_autofree char *printed = swb_filter_print (filter);
          g_autoptr (SwbFilter) again = parse (printed);

          g_assert_true (swb_filter_equal (filter, again));
        }
      else
        {
          g_assert_true (error->domain == SWB_ERROR);
          g_assert_cmpuint (position, >=, 1);
          g_assert_cmpuint (position, <=, text->len + 1);
        }
      g_string_free (text, TRUE);
    }
}

/* Entries as no writer makes them, but whose bytes are in the file. */
static void
test_damaged (void)
{
  g_autofree char *folder = make_test_folder ();
  SwbJournal *journal = make_journal (folder, 640);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A damaged journal is searched without a crash.");

  swb_journal_unref (journal);
  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *path = g_build_filename (folder, "index-00003", NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      SwbEntry *entries = (SwbEntry *)contents;
      for (guint i = 0; i < length / sizeof *entries; i++)
        if (g_test_rand_int_range (0, 4) == 0)
          {
            entries[i].length = g_test_rand_bit () ? 0 : entries[i].length / 2;
            entries[i].n_details = (guint)g_test_rand_int () & 0xff;
            entries[i].offset += g_test_rand_bit () ? 0 : (guint)g_test_rand_int ();
            entries[i].offset
                = g_test_rand_bit ()
                      ? entries[i].offset
                      : entries[g_test_rand_int_range (0, (gint32)i + 1)].offset;
          }
      g_assert_true (g_file_set_contents_full (path, contents, (gssize)length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));

      g_autoptr (SwbJournal) opened = swb_journal_open (folder, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < 20 && swb_journal_get_n_records (opened) > 0; i++)
        {
          g_autoptr (SwbFilter) filter = parse (i % 2 ? "ab" : "data ~* aba or peer = x");
          g_autoptr (SwbMatcher) matcher
              = swb_matcher_new (filter, opened, swb_journal_get_n_records (opened), NULL);
          guint64 bits[SWB_MATCHER_WORDS];

          for (guint64 at = 0; at < swb_journal_get_n_records (opened);)
            at += swb_matcher_select (
                matcher, at,
                (guint)MIN (swb_journal_get_n_records (opened) - at, SWB_MATCHER_BLOCK),
                bits);
        }
    }
  remove_test_folder (folder);
}

static void
test_lists (void)
{
  const char *const *fields = swb_filter_list_fields ();

  g_test_summary ("Fields and their values can be listed, and are what the parser takes.");

  g_assert_cmpuint (g_strv_length ((char **)fields), ==, 14);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autofree const char **values = swb_filter_list_values (fields[i]);

      for (guint j = 0; values[j] != NULL; j++)
        {
          g_autofree char *text = g_strdup_printf ("%s = %s", fields[i], values[j]);

          assert_prints (text, text);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/print", test_print);
  g_test_add_func ("/filter/structure", test_structure);
  g_test_add_func ("/filter/syntax-errors", test_syntax_errors);
  g_test_add_func ("/filter/other-errors", test_other_errors);
  g_test_add_func ("/filter/boundaries", test_boundaries);
  g_test_add_func ("/filter/without-names", test_without_names);
  g_test_add_func ("/filter/round-trip", test_round_trip);
  g_test_add_func ("/filter/round-trip-bytes", test_round_trip_bytes);
  g_test_add_func ("/filter/match", test_match);
  g_test_add_func ("/filter/text", test_text);
  g_test_add_func ("/filter/time", test_time);
  g_test_add_func ("/filter/hostile-regex", test_hostile_regex);
  g_test_add_func ("/filter/hostile-text", test_hostile_text);
  g_test_add_func ("/filter/damaged", test_damaged);
  g_test_add_func ("/filter/lists", test_lists);
  return g_test_run ();
}
