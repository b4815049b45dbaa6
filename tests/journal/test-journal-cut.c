/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "limit-fixture.h"

#include <unistd.h>

#include "journal/store/swb-journal-private.h"
#include "random-record.h"

static void
cut_file (const char *folder, const char *name, off_t length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (truncate (path, length), ==, 0);
}

static void
test_cut_arena (LimitFixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  SwbHealth health;
  SwbRecord borrowed;
  guint64 n, sum = 0;
  gsize cut_at;

  g_test_summary ("A file that is cut while it is mapped crashes no reader: what was in it "
                  "is damaged, what comes later is whole.");

  swb_journal_set_limit (self->journal, 0, SWB_LIMIT_OLDEST);
  for (guint i = 0; i < 10; i++)
    publish_batch (self);
  n = self->n;
  g_assert_true (swb_journal_read (self->journal, n - 1, &borrowed));
  cut_at = swb_journal_peek_entry (self->journal, 100)->offset;
  cut_file (self->folder, "arena-00000", (off_t)cut_at);
  for (gsize i = 0; i < borrowed.n_data; i++)
    sum += borrowed.data[i];
  g_assert_cmpuint (sum, ==, 0);

  publish_batch (self);
  swb_journal_get_health (self->journal, &health);
  g_assert_cmpuint (health.n_cut, >, 0);
  expect_event (self, FALSE, SWB_LIMIT_CUT, health.n_cut);
  publish_batch (self);
  for (guint64 i = 0; i < self->n; i++)
    if (i < 99 || i >= n)
      g_assert_true (is_right (self->journal, i));
    else if (i > 100)
      g_assert_false (is_right (self->journal, i));
}

static void
test_cut_index (LimitFixture *self, gconstpointer data)
{
  SwbLimitEvent event;
  gint64 number;
  guint64 n;

  g_test_summary ("An index that is cut has lost its entries, and takes the next ones.");

  for (guint i = 0; i < 10; i++)
    publish_batch (self);
  n = self->n;
  cut_file (self->folder, "index-00000", 100 * sizeof (SwbEntry));
  for (guint64 i = 0; i < n; i++)
    g_assert_cmpint (is_right (self->journal, i), ==, i < 100);
  publish_batch (self);
  g_assert_true (swb_journal_next_event (self->journal, FALSE, &event, &number));
  g_assert_cmpint (event, ==, SWB_LIMIT_CUT);
  g_assert_cmpint (number, ==, (gint64)((n - 100) * sizeof (SwbEntry)));
  for (guint64 i = 0; i < self->n; i++)
    g_assert_cmpint (is_right (self->journal, i), ==, i < 100 || i >= n);
}

static void
test_deleted (LimitFixture *self, gconstpointer data)
{
  g_autoptr (SwbJournal) again = NULL;
  SwbHealth health;
  guint64 n;

  g_test_summary ("A journal whose folder was deleted goes on, says so, and is on the disk "
                  "again with the next segment.");

  publish_batch (self);
  swb_journal_get_health (self->journal, &health);
  g_assert_false (health.deleted);
  remove_test_folder (self->folder);
  publish_batch (self);
  swb_journal_get_health (self->journal, &health);
  g_assert_true (health.deleted);
  expect_event (self, FALSE, SWB_LIMIT_DELETED, 0);
  for (guint64 i = 0; i < self->n; i++)
    g_assert_true (is_right (self->journal, i));

  n = swb_journal_get_n_unrecorded (self->journal);
  while (swb_journal_get_first (self->journal) < 5000)
    publish_batch (self);
  g_assert_cmpuint (swb_journal_get_n_unrecorded (self->journal), ==, n);
  again = swb_journal_open (self->folder, NULL);
  g_assert_nonnull (again);
  assert_all_right (again, swb_journal_get_first (again), self->n);
}

static void
test_first_missing (LimitFixture *self, gconstpointer data)
{
  g_autofree char *arena = g_build_filename (self->folder, "arena-00000", NULL);
  g_autoptr (SwbJournal) again = NULL;

  g_test_summary ("A journal without its oldest file begins later.");

  while (measure_files (self->folder) < LIMIT / 2)
    publish_batch (self);
  g_assert_cmpint (unlink (arena), ==, 0);
  again = swb_journal_open (self->folder, NULL);
  g_assert_cmpuint (swb_journal_get_first (again), >, 0);
  assert_all_right (again, swb_journal_get_first (again), self->n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_LIMIT_TEST ("cut-arena", SWB_LIMIT_OLDEST, test_cut_arena);
  ADD_LIMIT_TEST ("cut-index", SWB_LIMIT_OLDEST, test_cut_index);
  ADD_LIMIT_TEST ("deleted", SWB_LIMIT_OLDEST, test_deleted);
  ADD_LIMIT_TEST ("first-missing", SWB_LIMIT_OLDEST, test_first_missing);
  return g_test_run ();
}
