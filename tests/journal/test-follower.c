/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/store/swb-follower.h"

#include <string.h>

#include "random-record.h"

typedef struct
{
  char *folder;
  SwbJournal *journal;
  GMainContext *context;
  guint64 next;  /* position expected to be told next */
  guint64 until; /* the loop below ends there */
  guint n_calls;
  gint64 last_call;
  gint64 least_gap;
  gboolean keep;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = make_test_folder ();
  fixture->journal = swb_journal_new (fixture->folder, NULL);
  fixture->context = g_main_context_new ();
  fixture->least_gap = G_MAXINT64;
  fixture->keep = G_SOURCE_CONTINUE;
  g_assert_nonnull (fixture->journal);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_main_context_unref (fixture->context);
  remove_test_folder (fixture->folder);
  swb_journal_unref (fixture->journal);
  g_free (fixture->folder);
}

static void
append (SwbJournal *journal, guint n)
{
  guint8 room[100];
  SwbRecord record;

  for (guint i = 0; i < n; i++)
    {
      numbered_record (&record, i, room, sizeof room);
      swb_journal_append (journal, &record);
    }
  g_assert_true (swb_journal_publish (journal, NULL));
}

static gboolean
came_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  Fixture *fixture = user_data;
  gint64 now = g_get_monotonic_time ();

  g_assert_cmpuint (first, ==, fixture->next);
  g_assert_cmpuint (n_records, >, 0);
  g_assert_cmpuint (first + n_records, <=, swb_journal_get_n_records (journal));
  fixture->next += n_records;
  if (fixture->n_calls++ > 0)
    fixture->least_gap = MIN (fixture->least_gap, now - fixture->last_call);
  fixture->last_call = now;
  return fixture->keep;
}

static GSource *
follow (Fixture *fixture, guint64 first, gint64 interval_us)
{
  GSource *source = swb_follower_new (fixture->journal, first, interval_us);

  fixture->next = first;
  g_source_set_callback (source, G_SOURCE_FUNC (came_cb), fixture, NULL);
  g_source_attach (source, fixture->context);
  return source;
}

static void
iterate_pending (Fixture *fixture)
{
  while (g_main_context_iteration (fixture->context, FALSE))
    ;
}

static void
destroy (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("What was there is told at once, and what comes later when it comes, "
                  "each record once.");

  append (fixture->journal, 7);
  GSource *source = follow (fixture, 2, 0);
  iterate_pending (fixture);
  g_assert_cmpuint (fixture->next, ==, 7);
  g_assert_cmpuint (fixture->n_calls, ==, 1);

  append (fixture->journal, 1);
  append (fixture->journal, 1);
  iterate_pending (fixture);
  g_assert_cmpuint (fixture->next, ==, 9);
  g_assert_cmpuint (fixture->n_calls, ==, 2);
  destroy (source);
}

static void
test_idle (Fixture *fixture, gconstpointer data)
{
  gint timeout;
  gint priority;

  g_test_summary ("While nothing comes no time-out is set and no call is made.");

  append (fixture->journal, 3);
  GSource *source = follow (fixture, 0, 16667);
  iterate_pending (fixture);
  g_assert_cmpuint (fixture->n_calls, ==, 1);

  g_assert_true (g_main_context_acquire (fixture->context));
  g_main_context_prepare (fixture->context, &priority);
  g_main_context_query (fixture->context, priority, &timeout, NULL, 0);
  g_assert_cmpint (timeout, ==, -1);
  g_main_context_release (fixture->context);
  g_assert_cmpint (g_source_get_ready_time (source), ==, -1);
  destroy (source);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_test_summary (
      "A callback may remove its source; publishing without followers goes on.");

  fixture->keep = G_SOURCE_REMOVE;
  GSource *source = follow (fixture, 0, 0);
  append (fixture->journal, 1);
  iterate_pending (fixture);
  g_assert_true (g_source_is_destroyed (source));
  append (fixture->journal, 1);
  iterate_pending (fixture);
  g_assert_cmpuint (fixture->n_calls, ==, 1);
  g_source_unref (source);
  append (fixture->journal, 1);

  destroy (follow (fixture, 0, 0));
  append (fixture->journal, 1);
  g_assert_cmpuint (fixture->n_calls, ==, 1);
}

static void
test_keeps_journal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_test_summary ("A follower of an opened journal keeps it alive and tells all of it.");

  append (fixture->journal, 5);
  SwbJournal *written = fixture->journal;
  fixture->journal = swb_journal_open (fixture->folder, &error);
  g_assert_no_error (error);
  GSource *source = follow (fixture, 0, 0);
  swb_journal_unref (fixture->journal);
  fixture->journal = written;
  iterate_pending (fixture);
  g_assert_cmpuint (fixture->next, ==, 5);
  destroy (source);
}

typedef struct
{
  SwbJournal *journal;
  guint n;
  guint pause; /* writes so many and then yields */
} Writer;

static gpointer
write_many (gpointer data)
{
  Writer *writer = data;

  for (guint i = 0; i < writer->n; i++)
    {
      append (writer->journal, 1);
      if (writer->pause > 0 && i % writer->pause == 0)
        g_thread_yield ();
    }

  return NULL;
}

/* Ends when the last record was told; if one were missed this would wait for ever. */
static void
follow_writer (Fixture *fixture, gint64 interval_us, guint n, guint pause)
{
  Writer writer = { fixture->journal, n, pause };
  guint64 until = swb_journal_get_n_records (fixture->journal) + n;
  GSource *source
      = follow (fixture, swb_journal_get_n_records (fixture->journal), interval_us);
  GThread *thread = g_thread_new ("writer", write_many, &writer);

  while (fixture->next < until)
    g_main_context_iteration (fixture->context, TRUE);

  g_thread_join (thread);
  g_assert_cmpuint (fixture->next, ==, until);
  destroy (source);
}

static void
test_none_missed (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("Over many bursts of a writer thread no record is missed, the last one "
                  "of each neither.");

  for (int i = 0; i < 300; i++)
    follow_writer (fixture, 0, (guint)g_test_rand_int_range (1, 40),
                   (guint)g_test_rand_int_range (0, 3));
  for (int i = 0; i < 20; i++)
    follow_writer (fixture, 500, (guint)g_test_rand_int_range (1, 400), 10);
}

static void
test_interval (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("A stream of records is told no more often than the interval.");

  follow_writer (fixture, 10000, 20000, 100);
  g_assert_cmpint (fixture->n_calls, >=, 1);
  if (fixture->n_calls > 1)
    g_assert_cmpint (fixture->least_gap, >=, 9900);
}

#define ADD(path, function)                                                                \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/follower/told", test_told);
  ADD ("/follower/idle", test_idle);
  ADD ("/follower/removed", test_removed);
  ADD ("/follower/keeps-journal", test_keeps_journal);
  ADD ("/follower/none-missed", test_none_missed);
  ADD ("/follower/interval", test_interval);
  return g_test_run ();
}
