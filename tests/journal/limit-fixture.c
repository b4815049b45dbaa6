/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "limit-fixture.h"

#include <string.h>
#include <sys/stat.h>

#include "random-record.h"

#define ROOM 3000
#define BATCH 50

void
limit_fixture_set_up (LimitFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = make_test_folder ();
  self->journal = swb_journal_new_limited (self->folder, LIMIT,
                                           (SwbLimitPolicy)GPOINTER_TO_UINT (data), &error);
  g_assert_no_error (error);
}

void
limit_fixture_tear_down (LimitFixture *self, gconstpointer data)
{
  swb_journal_unref (self->journal);
  remove_test_folder (self->folder);
  g_free (self->folder);
}

/* A quarter of a second apart, so that every batch looks at the files. */
void
publish_batch (LimitFixture *self)
{
  guint8 room[ROOM];
  SwbRecord record;

  for (guint i = 0; i < BATCH; i++)
    {
      numbered_record (&record, self->n, room, ROOM);
      record.time_ns = (gint64)(self->n / BATCH) * 250 * 1000 * 1000 + 1;
      swb_journal_append (self->journal, &record);
      self->n++;
    }
  g_assert_true (swb_journal_publish (self->journal, NULL));
}

gboolean
is_right (SwbJournal *journal, guint64 position)
{
  SwbRecord record, wanted;
  guint8 room[ROOM];

  if (!swb_journal_read (journal, position, &record))
    return FALSE;
  numbered_record (&wanted, position, room, ROOM);
  return record.n_data == wanted.n_data
         && (wanted.n_data == 0 || memcmp (record.data, wanted.data, wanted.n_data) == 0);
}

void
assert_all_right (SwbJournal *journal, guint64 first, guint64 n)
{
  g_assert_cmpuint (swb_journal_get_first (journal), ==, first);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, n);
  for (guint64 i = 0; i < n; i++)
    {
      SwbRecord record;

      g_assert_cmpint (swb_journal_has (journal, i), ==, i >= first);
      if (i >= first)
        g_assert_true (is_right (journal, i));
      else
        g_assert_false (swb_journal_read (journal, i, &record));
    }
}

guint64
measure_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint64 sum = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      g_assert_cmpint (stat (path, &status), ==, 0);
      sum += (guint64)status.st_size;
    }
  return sum;
}

void
expect_event (LimitFixture *self, gboolean all, SwbLimitEvent wanted, guint64 wanted_number)
{
  SwbLimitEvent event;
  gint64 number;

  g_assert_true (swb_journal_next_event (self->journal, all, &event, &number));
  g_assert_cmpint (event, ==, wanted);
  g_assert_cmpint (number, ==, (gint64)wanted_number);
  g_assert_false (swb_journal_next_event (self->journal, FALSE, &event, &number));
}
