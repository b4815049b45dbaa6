/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/filter/swb-row-set.h"

#include <errno.h>
#include <glib/gstdio.h>

/* The set is held against lists of positions that are made the plain way. */
typedef struct
{
  char *parent;
  SwbJournal *journal;
  SwbRowSet *set;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  test->parent = g_dir_make_tmp ("swb-row-set-XXXXXX", &error);
  g_assert_no_error (error);
  folder = g_build_filename (test->parent, "journal", NULL);
  test->journal = swb_journal_new (folder, &error);
  g_assert_no_error (error);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_clear_pointer (&test->set, swb_row_set_free);
  swb_journal_delete (test->journal);
  swb_journal_unref (test->journal);
  g_assert_cmpint (g_rmdir (test->parent), ==, 0);
  g_free (test->parent);
}

/* 's' a send of 5 bytes, 'e' a recv that finds nothing, 'E' another's, 'c' a command */
static void
append (Test *test, const char *kinds)
{
  g_autoptr (GError) error = NULL;

  for (const char *p = kinds; *p != '\0'; p++)
    {
      SwbRecord record = { .kind = SWB_RECORD_CALL, .fd = 3, .pane = *p == 'E' ? 2 : 1 };

      record.time_ns = 1000 * (gint64)(p - kinds);
      record.call = *p == 's' ? SWB_CALL_SEND : SWB_CALL_RECV;
      record.result = *p == 's' ? 5 : -1;
      record.error = *p == 's' ? 0 : EAGAIN;
      if (*p == 'c')
        record = (SwbRecord){ .kind = SWB_RECORD_COMMAND, .pane = 1, .fd = -1 };
      swb_journal_append (test->journal, &record);
    }
  g_assert_true (swb_journal_publish (test->journal, &error));
  g_assert_no_error (error);
}

static guint64
take (Test *test)
{
  return swb_row_set_take (test->set, swb_journal_get_n_records (test->journal),
                           G_MAXUINT64);
}

static void
make (Test *test, SwbRowRule rule)
{
  g_clear_pointer (&test->set, swb_row_set_free);
  test->set = swb_row_set_new (test->journal, &rule);
}

static void
assert_rows (Test *test, const char *expected)
{
  GString *text = g_string_new (NULL);

  for (guint64 row = 0; row < swb_row_set_get_n_rows (test->set); row++)
    {
      guint64 position = swb_row_set_get_position (test->set, row);
      guint64 n = swb_row_set_get_n_folded (test->set, position);

      g_string_append_printf (text, "%s%d", row > 0 ? " " : "", (int)position);
      if (n > 1)
        g_string_append_printf (text, "x%d", (int)n);
      g_assert_cmpuint (swb_row_set_get_n_before (test->set, position), ==, row);
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
}

static void
test_rule (Test *test, gconstpointer data)
{
  g_test_summary ("A rule lets a pane's records through, with or without commands");
  append (test, "cseEs");
  make (test, (SwbRowRule){ .commands = TRUE });
  g_assert_cmpuint (take (test), ==, 5);
  assert_rows (test, "0 1 2 3 4");
  g_assert_cmpuint (swb_row_set_get_n_bytes (test->set), ==, 10);
  make (test, (SwbRowRule){ 0 });
  g_assert_cmpuint (take (test), ==, 4);
  assert_rows (test, "1 2 3 4");
  make (test, (SwbRowRule){ .pane = 2 });
  g_assert_cmpuint (take (test), ==, 1);
  assert_rows (test, "3");
  make (test, (SwbRowRule){ .pane = 9, .folds = TRUE });
  g_assert_cmpuint (take (test), ==, 0);
  g_assert_cmpuint (swb_row_set_get_n_seen (test->set), ==, 5);
}

static void
test_folds (Test *test, gconstpointer data)
{
  g_test_summary ("Repeats are one row that opens and closes, and grows as it is");
  append (test, "seeceEEe");
  make (test, (SwbRowRule){ .folds = TRUE });
  g_assert_cmpuint (take (test), ==, 4);
  assert_rows (test, "0 1x3 5x2 7");
  g_assert_cmpuint (swb_row_set_get_n_passing (test->set), ==, 7);
  g_assert_cmpuint (swb_row_set_get_last (test->set, 1), ==, 4);
  g_assert_cmpuint (swb_row_set_get_head (test->set, 4), ==, 1);
  g_assert_cmpuint (swb_row_set_get_head (test->set, 0), ==, 0);
  g_assert_false (swb_row_set_is_open (test->set, 1));

  g_assert_cmpuint (swb_row_set_toggle (test->set, 4), ==, 2);
  g_assert_true (swb_row_set_is_open (test->set, 1));
  assert_rows (test, "0 1x3 2 4 5x2 7");
  g_assert_cmpuint (swb_row_set_toggle (test->set, 0), ==, 0);
  g_assert_cmpuint (swb_row_set_toggle (test->set, 1), ==, 2);
  assert_rows (test, "0 1x3 5x2 7");

  append (test, "e");
  g_assert_cmpuint (take (test), ==, 0);
  assert_rows (test, "0 1x3 5x2 7x2");
  g_assert_cmpuint (swb_row_set_toggle (test->set, 7), ==, 1);
  append (test, "ee");
  g_assert_cmpuint (take (test), ==, 2);
  assert_rows (test, "0 1x3 5x2 7x4 8 9 10");
  append (test, "s");
  g_assert_cmpuint (take (test), ==, 1);
  g_assert_cmpuint (swb_row_set_toggle (test->set, 8), ==, 3);
  assert_rows (test, "0 1x3 5x2 7x4 11");
}

static void
test_forget (Test *test, gconstpointer data)
{
  g_test_summary ("Rows go from the top; a group that is cut goes on with its next record");
  append (test, "seeceEEe");
  make (test, (SwbRowRule){ .folds = TRUE });
  take (test);
  assert_rows (test, "0 1x3 5x2 7");
  g_assert_cmpuint (swb_row_set_forget (test->set, 0), ==, 0);
  g_assert_cmpuint (swb_row_set_forget (test->set, 1), ==, 1);
  assert_rows (test, "1x3 5x2 7");
  g_assert_cmpuint (swb_row_set_get_n_bytes (test->set), ==, 0);
  g_assert_cmpuint (swb_row_set_forget (test->set, 2), ==, 0);
  assert_rows (test, "2x2 5x2 7");
  g_assert_cmpuint (swb_row_set_forget (test->set, 6), ==, 1);
  assert_rows (test, "6 7");
  append (test, "es");
  take (test);
  assert_rows (test, "6 7x2 9");
  g_assert_cmpuint (swb_row_set_get_n_bytes (test->set), ==, 5);
  g_assert_cmpuint (swb_row_set_forget (test->set, 20), ==, 3);
  g_assert_cmpuint (swb_row_set_get_n_rows (test->set), ==, 0);
  g_assert_cmpuint (swb_row_set_get_n_seen (test->set), ==, 20);
}

/* Bytes of many blocks of sums, cut anywhere. */
static void
test_forget_bytes (Test *test, gconstpointer data)
{
  const guint n = 20000;
  g_autofree char *kinds = g_strnfill (n, 's');
  guint64 first = 0;

  g_test_summary ("The bytes of rows that go are taken off, wherever the cut is");
  for (guint i = 0; i < n / 3; i++)
    kinds[g_test_rand_int_range (0, (int)n)] = 'E';
  append (test, kinds);
  make (test, (SwbRowRule){ .pane = 1 });
  take (test);
  while (first < n)
    {
      guint64 n_sends = 0;

      for (guint64 i = first; i < n; i++)
        n_sends += kinds[i] == 's';
      g_assert_cmpuint (swb_row_set_get_n_rows (test->set), ==, n_sends);
      g_assert_cmpuint (swb_row_set_get_n_bytes (test->set), ==, 5 * n_sends);
      first += (guint64)g_test_rand_int_range (1, 6000);
      swb_row_set_forget (test->set, first);
    }
}

static void
test_forget_at_border (Test *test, gconstpointer data)
{
  g_autofree char *block = g_strnfill (4096, 's');

  g_test_summary ("Bytes are right where rows went just as a block of sums was full");
  make (test, (SwbRowRule){ 0 });
  append (test, block);
  take (test);
  swb_row_set_forget (test->set, 10);
  append (test, block);
  take (test);
  g_assert_cmpuint (swb_row_set_get_n_bytes (test->set), ==, (8192 - 10) * 5);
  swb_row_set_forget (test->set, 5000);
  g_assert_cmpuint (swb_row_set_get_n_bytes (test->set), ==, (8192 - 5000) * 5);
}

static void
test_copy (Test *test, gconstpointer data)
{
  SwbHits hits = { 0 };
  guint64 position = 0;

  g_test_summary ("A closed row stands for all of its records");
  append (test, "seees");
  make (test, (SwbRowRule){ .folds = TRUE });
  take (test);
  swb_row_set_copy (test->set, 1, 1, &hits);
  g_assert_cmpuint (hits.n_hits, ==, 3);
  g_assert_true (swb_hits_next (&hits, &position));
  g_assert_cmpuint (position, ==, 1);
  position = 4;
  g_assert_false (swb_hits_next (&hits, &position));
  swb_hits_clear (&hits);
  swb_row_set_toggle (test->set, 1);
  swb_row_set_copy (test->set, 1, 1, &hits);
  g_assert_cmpuint (hits.n_hits, ==, 1);
  swb_hits_clear (&hits);
}

/* What the rows should be, without any bits: the heads, and those of groups that are open.
 */
static void
assert_like_plain (Test *test, const char *kinds, GHashTable *open)
{
  guint64 n_rows = 0, head = 0;

  for (guint64 i = 0; kinds[i] != '\0'; i++)
    {
      gboolean repeats = i > 0 && kinds[i] != 's' && kinds[i] == kinds[i - 1];

      if (!repeats)
        head = i;
      if (repeats && !g_hash_table_contains (open, GUINT_TO_POINTER ((guint)head)))
        continue;
      g_assert_cmpuint (swb_row_set_get_position (test->set, n_rows), ==, i);
      g_assert_cmpuint (swb_row_set_get_n_before (test->set, i), ==, n_rows);
      g_assert_cmpuint (swb_row_set_get_head (test->set, i), ==, head);
      n_rows++;
    }
  g_assert_cmpuint (swb_row_set_get_n_rows (test->set), ==, n_rows);
}

static void
test_random (Test *test, gconstpointer data)
{
  g_autoptr (GHashTable) open = g_hash_table_new (NULL, NULL);
  GString *kinds = g_string_new (NULL);

  g_test_summary (
      "Random journals, also over the borders of chunks, fold as a plain loop does");
  make (test, (SwbRowRule){ .folds = TRUE });
  for (int round = 0; round < 12; round++)
    {
      GString *more = g_string_new (NULL);
      char kind = 'e';

      for (int i = g_test_rand_int_range (1, 6000); i > 0; i--)
        {
          if (g_test_rand_int_range (0, 40) == 0)
            kind = "seE"[g_test_rand_int_range (0, 3)];
          g_string_append_c (more, kind);
        }
      append (test, more->str);
      g_string_append (kinds, more->str);
      g_string_free (more, TRUE);
      take (test);
      for (int i = 0; i < 20; i++)
        {
          guint at = (guint)g_test_rand_int_range (0, (gint32)kinds->len);
          guint head = (guint)swb_row_set_get_head (test->set, at);

          if (swb_row_set_toggle (test->set, at) > 0
              && !g_hash_table_remove (open, GUINT_TO_POINTER (head)))
            g_hash_table_add (open, GUINT_TO_POINTER (head));
        }
      assert_like_plain (test, kinds->str, open);
    }
  g_string_free (kinds, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name) g_test_add ("/row-set/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (rule);
  ADD (folds);
  ADD (forget);
  ADD (forget_bytes);
  ADD (forget_at_border);
  ADD (copy);
  ADD (random);
#undef ADD
  return g_test_run ();
}
