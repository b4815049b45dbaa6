/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/filter/swb-scan.h"

#include <string.h>

#include "journal/store/swb-journal-private.h"
#include "journal/filter/swb-scan-hits.h"
#include "journal/filter/swb-scan-needle.h"
#include "random-filter.h"
#include "random-record.h"

/* Segments of 1,024 entries and 32 KiB. */
static const SwbJournalLayout small_layout = { .index_shift = 10,
                                               .arena_shift = 15,
                                               .max_index_segments = 512,
                                               .max_arena_segments = 4096 };

/* What a list model would hold: positions, put in where they are announced. */
typedef struct
{
  char *folder;
  SwbJournal *journal;
  SwbScan *scan;
  GArray *positions; /* of guint64 */
  guint n_calls;
  guint64 first_told; /* position of the first hit told */
  gboolean free_at_once;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = make_test_folder ();
  self->journal = swb_journal_new_with_layout (self->folder, &small_layout, &error);
  g_assert_no_error (error);
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint64));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->scan, swb_scan_free);
  swb_journal_delete (self->journal);
  swb_journal_unref (self->journal);
  remove_test_folder (self->folder);
  g_array_unref (self->positions);
  g_free (self->folder);
}

static void
append (Fixture *self, guint n)
{
  g_autoptr (GError) error = NULL;
  guint8 room[64];

  for (guint i = 0; i < n; i++)
    {
      SwbRecord record;

      filterable_record (&record, room);
      swb_journal_append (self->journal, &record);
    }
  g_assert_true (swb_journal_publish (self->journal, &error));
}

static SwbFilter *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SwbFilter *filter = swb_filter_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  return filter;
}

static void
hits_cb (SwbScan *scan, guint64 first_hit, guint64 n_added, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_true (scan == self->scan);
  if (self->n_calls++ == 0 && n_added > 0)
    self->first_told = swb_scan_get_hit (scan, first_hit);
  g_assert_cmpuint (first_hit, <=, self->positions->len);
  for (guint64 i = first_hit; i < first_hit + n_added; i++)
    {
      guint64 position = swb_scan_get_hit (scan, i);

      g_array_insert_val (self->positions, (guint)i, position);
    }
  g_assert_cmpuint (self->positions->len, ==, swb_scan_get_n_hits (scan));

  if (self->free_at_once)
    g_clear_pointer (&self->scan, swb_scan_free);
}

static void
begin (Fixture *self, SwbFilter *filter, guint64 visible, guint64 n_visible)
{
  g_array_set_size (self->positions, 0);
  self->n_calls = 0;
  g_clear_pointer (&self->scan, swb_scan_free);
  self->scan = swb_scan_new (self->journal, filter, visible, n_visible, 0, hits_cb, self);
}

static void
wait_until_done (Fixture *self)
{
  guint64 n = swb_journal_get_n_records (self->journal);

  while (swb_scan_get_n_scanned (self->scan) < n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (swb_scan_is_done (self->scan));
  g_assert_cmpuint (swb_scan_get_n_records (self->scan), ==, n);
}

/* Every record is told, once, in its place. */
static void
assert_found (Fixture *self, SwbFilter *filter)
{
  guint64 n_before = 0;

  for (guint64 i = 0; i < swb_journal_get_n_records (self->journal); i++)
    {
      gboolean hit = swb_filter_match (filter, self->journal, i);

      g_assert_cmpuint (swb_scan_get_n_before (self->scan, i), ==, n_before);
      g_assert_cmpint (swb_scan_is_hit (self->scan, i), ==, hit);
      if (hit)
        {
          g_assert_cmpuint (n_before, <, self->positions->len);
          g_assert_cmpuint (g_array_index (self->positions, guint64, n_before), ==, i);
          g_assert_cmpuint (swb_scan_get_hit (self->scan, n_before), ==, i);
          n_before++;
        }
    }
  g_assert_cmpuint (self->positions->len, ==, n_before);
}

static void
test_scan (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = { "",
                                       "ab",
                                       "data ~* abba",
                                       "len > 60",
                                       "len > 50 and abA",
                                       "not (a or b)",
                                       "/aab?A/",
                                       "pane = 2 or Ab",
                                       "zzz",
                                       "time > 3s and time < 20s",
                                       "peer ~ 127" };

  g_test_summary ("A scan finds what matching each record finds, over many chunks.");

  append (self, 40000);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (SwbFilter) filter = parse (texts[i]);

      begin (self, filter, 0, 0);
      wait_until_done (self);
      assert_found (self, filter);
    }
}

static void
test_sizes (Fixture *self, gconstpointer data)
{
  static const guint sizes[] = {
    1, 63, 64, 65, 1023, 1024, 1025, SWB_HITS_CHUNK - 1, SWB_HITS_CHUNK, SWB_HITS_CHUNK + 1
  };
  g_autoptr (SwbFilter) filter = parse ("a");

  g_test_summary (
      "Journals that end at, before and behind the borders of words, blocks and "
      "chunks.");

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      append (self, sizes[i] - (i > 0 ? sizes[i - 1] : 0));
      begin (self, filter, 0, 0);
      wait_until_done (self);
      assert_found (self, filter);
    }
}

static void
test_live (Fixture *self, gconstpointer data)
{
  g_autoptr (SwbFilter) filter = parse ("ab and len > 10");

  g_test_summary (
      "Records that come later are looked at as they come, from an empty journal on.");

  begin (self, filter, 0, 0);
  for (guint i = 0; i < 60; i++)
    {
      append (self, (guint)g_test_rand_int_range (1, 1500));
      if (g_test_rand_bit ())
        wait_until_done (self);
      else
        g_main_context_iteration (NULL, FALSE);
    }
  wait_until_done (self);
  assert_found (self, filter);
}

static gpointer
write_records (gpointer data)
{
  for (guint i = 0; i < 200; i++)
    append (data, 200);
  return NULL;
}

static void
test_live_writer (Fixture *self, gconstpointer data)
{
  g_autoptr (SwbFilter) filter = parse ("aba or dir = in");

  g_test_summary ("The same, with a writer in its own thread.");

  begin (self, filter, 0, 0);
  GThread *writer = g_thread_new ("writer", write_records, self);
  while (swb_scan_get_n_scanned (self->scan) < 40000)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (writer);
  wait_until_done (self);
  assert_found (self, filter);
}

static void
test_visible (Fixture *self, gconstpointer data)
{
  g_autoptr (SwbFilter) all = parse ("len >= 0");

  g_test_summary ("Moving records to the front loses none.");

  append (self, 120000);
  begin (self, all, 50000, 30);
  wait_until_done (self);
  assert_found (self, all);
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (SwbFilter) slow = parse ("/(a|b|A|B)*z/");
  g_autoptr (SwbFilter) fast = parse ("len >= 0");

  g_test_summary ("A scan that was freed says nothing more, and the next one is right.");

  append (self, 60000);
  for (guint i = 0; i < 50; i++)
    {
      begin (self, slow, 0, 0);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  begin (self, fast, 0, 0);
  wait_until_done (self);
  assert_found (self, fast);

  g_clear_pointer (&self->scan, swb_scan_free);
  guint n_calls = self->n_calls;
  append (self, 100);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->n_calls, ==, n_calls);
}

static void
test_free_in_callback (Fixture *self, gconstpointer data)
{
  g_autoptr (SwbFilter) filter = parse ("len >= 0");

  g_test_summary ("A callback may free its scan.");

  append (self, 60000);
  self->free_at_once = TRUE;
  begin (self, filter, 0, 0);
  while (self->scan != NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->n_calls, ==, 1);
}

static const guint8 *
find_naively (const char *needle, gsize n, gboolean caseless, const guint8 *bytes,
              gsize length)
{
  for (gsize i = 0; i + n <= length; i++)
    {
      gsize same = 0;

      while (same < n
             && (caseless ? g_ascii_tolower (needle[same])
                                == g_ascii_tolower ((char)bytes[i + same])
                          : needle[same] == (char)bytes[i + same]))
        same++;
      if (same == n)
        return bytes + i;
    }
  return NULL;
}

static void
test_needle (void)
{
  g_test_summary ("A needle is found where the simplest way to look finds it, in memory "
                  "that ends where it says.");

  for (guint round = 0; round < 20000; round++)
    {
      static const char letters[] = "abAB\0\xe4[{";
      guint n_letters = (guint)g_test_rand_int_range (2, sizeof letters);
      gsize length = (gsize)g_test_rand_int_range (0, 300),
            n = (gsize)g_test_rand_int_range (1, 8);
      g_autofree guint8 *bytes = g_malloc (MAX (length, 1));
      gboolean caseless = g_test_rand_bit ();
      char text[8];

      for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)letters[g_test_rand_int_range (0, (gint32)n_letters)];
      for (gsize i = 0; i < n; i++)
        text[i] = letters[g_test_rand_int_range (0, (gint32)n_letters)];

      g_autoptr (SwbNeedle) needle = swb_needle_new (text, n, caseless);
      g_assert_true (swb_needle_find (needle, bytes, length)
                     == find_naively (text, n, caseless, bytes, length));
    }

  g_autoptr (SwbNeedle) empty = swb_needle_new ("", 0, FALSE);
  g_assert_true (swb_needle_find (empty, (const guint8 *)"x", 1) != NULL);
}

static void
test_needle_hostile (void)
{
  gsize length = 4 * 1024 * 1024, n = 32768;
  g_autofree char *text = g_strnfill (n, 'a');
  g_autofree char *bytes = g_strnfill (length, 'a');

  g_test_summary ("Bytes that look like the needle everywhere take no quadratic time.");

  text[n / 2] = 'b';
  g_autoptr (SwbNeedle) absent = swb_needle_new (text, n, FALSE);
  g_assert_null (swb_needle_find (absent, (const guint8 *)bytes, length));
  for (gsize i = 0; i < length; i += 8)
    bytes[i] = 'b';
  g_autoptr (SwbNeedle) caseless = swb_needle_new (text, n, TRUE);
  g_assert_null (swb_needle_find (caseless, (const guint8 *)bytes, length));

  memset (bytes, 'a', length);
  memcpy (bytes + length - n, text, n);
  for (gsize i = n / 2; i < length - n; i += n - 1)
    bytes[i] = 'b';
  g_assert_true (swb_needle_find (absent, (const guint8 *)bytes, length)
                 == memmem (bytes, length, text, n));
}

static void
test_hits (void)
{
  SwbHits hits = { 0 };
  gboolean *set = g_new0 (gboolean, 3 * SWB_HITS_CHUNK);
  guint64 n = 0;

  g_test_summary ("A set of positions counts, orders and tells what is in it.");

  for (guint round = 0; round < 200; round++)
    {
      guint chunk = (guint)g_test_rand_int_range (0, 3), n_added = 0;
      guint64 *words = g_new0 (guint64, SWB_HITS_WORDS);

      for (guint i = 0; i < 50; i++)
        {
          guint at = (guint)g_test_rand_int_range (0, SWB_HITS_CHUNK);
          const guint64 bit = 1;

          if (set[chunk * SWB_HITS_CHUNK + at])
            continue;
          set[chunk * SWB_HITS_CHUNK + at] = TRUE;
          swb_hits_put_bits (words, at, &bit, 1);
          n_added++;
        }
      swb_hits_add (&hits, chunk, words, n_added);
      n += n_added;
      g_assert_cmpuint (hits.n_hits, ==, n);
      g_assert_cmpuint (swb_hits_get_n_before (&hits, 100 * SWB_HITS_CHUNK), ==, n);
    }

  n = 0;
  for (guint i = 0; i < 3 * SWB_HITS_CHUNK; i++)
    {
      g_assert_cmpint (swb_hits_contain (&hits, i), ==, set[i]);
      g_assert_cmpuint (swb_hits_get_n_before (&hits, i), ==, n);
      if (set[i])
        g_assert_cmpuint (swb_hits_get (&hits, n++), ==, i);
    }
  swb_hits_clear (&hits);
  g_free (set);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/needle", test_needle);
  g_test_add_func ("/scan/needle-hostile", test_needle_hostile);
  g_test_add_func ("/scan/hits", test_hits);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/scan/scan", test_scan);
  ADD ("/scan/sizes", test_sizes);
  ADD ("/scan/live", test_live);
  ADD ("/scan/live-writer", test_live_writer);
  ADD ("/scan/visible", test_visible);
  ADD ("/scan/cancel", test_cancel);
  ADD ("/scan/free-in-callback", test_free_in_callback);
#undef ADD
  return g_test_run ();
}
