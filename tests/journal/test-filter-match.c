/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "filter-fixture.h"

#include <string.h>

#include "journal/filter/swb-filter-private.h"
#include "journal/store/swb-journal-private.h"
#include "random-filter.h"
#include "random-record.h"

/* Segments of 64 entries and 2 KiB: runs of records end in all ways. */
static const SwbJournalLayout small_layout = {
  .index_shift = 6, .arena_shift = 11, .max_index_segments = 512, .max_arena_segments = 4096
};

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
  g_autoptr (SwbFilter) filter = parse_filter (text);
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
  g_autoptr (SwbFilter) filter = parse_filter (text);
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
test_time_of_short_day (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);
  g_autoptr (GDateTime) noon = g_date_time_new_utc (2026, 3, 29, 12, 0, 0);
  gint64 base = journal->anchor.monotonic_ns;

  g_test_summary ("The clock of a day with 23 hours is the clock on the wall.");
  g_setenv ("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", TRUE);
  journal->anchor.wall_ns = g_date_time_to_unix (noon) * 1000000000;

  append_text (journal, base, "14:00");
  append_text (journal, base + 46 * 60 * G_GINT64_CONSTANT (1000000000), "14:46");
  append_text (journal, base + 48 * 60 * G_GINT64_CONSTANT (1000000000), "14:48");
  swb_journal_publish (journal, NULL);
  assert_hits (journal, "time >= 14:00:00", "xxx");
  assert_hits (journal, "time > 14:47:12.5", "..x");
  assert_hits (journal, "time < 13:59:59", "...");

  g_unsetenv ("TZ");
  swb_journal_delete (journal);
  remove_test_folder (folder);
}

static void
test_hostile_regex (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);
  g_autofree char *as = g_strnfill (100000, 'a');
  g_autoptr (SwbFilter) filter = parse_filter ("/^(a+)+$/ or /(a|aa)*b/ or /((a*)*)*c/");

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
          g_autoptr (SwbFilter) filter
              = parse_filter (i % 2 ? "ab" : "data ~* aba or peer = x");
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/match", test_match);
  g_test_add_func ("/filter/text", test_text);
  g_test_add_func ("/filter/time", test_time);
  g_test_add_func ("/filter/time-of-short-day", test_time_of_short_day);
  g_test_add_func ("/filter/hostile-regex", test_hostile_regex);
  g_test_add_func ("/filter/damaged", test_damaged);
  return g_test_run ();
}
