/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal/swb-journal-model.h"
#include "app/widgets/swb-row-ration.h"
#include "app/test-journal-fixture.h"

#include <errno.h>

/* The journal's model where it tells of a few rows at a time: whoever listens must know the
 * same rows as whoever asks, after each emission. */

#define STEP SWB_ROW_RATION_STEP
#define N_MANY 1000
#define N_BACKLOG 200000 /* more than are looked at in one turn */
#define N_TURNS 2000

typedef struct
{
  JournalFixture fixture;
  SwbJournalModel *model;
  GArray *rows; /* guint64: positions, as told by items-changed */
  guint n_emissions;
  guint n_replaced;
} Test;

static guint
count_rows (Test *test)
{
  return g_list_model_get_n_items (G_LIST_MODEL (test->model));
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, Test *test)
{
  g_assert_cmpuint (position + removed, <=, test->rows->len);
  g_assert_cmpuint (test->rows->len - removed + added, ==, count_rows (test));
  if (removed > 0)
    g_array_remove_range (test->rows, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      guint64 row = swb_journal_model_get_position (test->model, i);

      g_array_insert_val (test->rows, i, row);
    }
  test->n_emissions++;
}

static void
replaced_cb (SwbJournalModel *model, Test *test)
{
  test->n_replaced++;
}

static void
set_up (Test *test, gconstpointer data)
{
  journal_fixture_init (&test->fixture);
  test->rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  test->model = swb_journal_model_new (test->fixture.journal);
  g_signal_connect (test->model, "items-changed", G_CALLBACK (items_changed_cb), test);
  g_signal_connect (test->model, "replaced", G_CALLBACK (replaced_cb), test);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_array_unref (test->rows);
  g_assert_finalize_object (test->model);
  journal_fixture_clear (&test->fixture);
}

static void
append (Test *test, guint n)
{
  for (guint i = 0; i < n; i++)
    journal_fixture_append_send (&test->fixture, 1 + i % 2, "x");
  journal_fixture_publish (&test->fixture);
}

static void
append_repeats (Test *test, guint n)
{
  for (guint i = 0; i < n; i++)
    journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_RECV, EAGAIN);
  journal_fixture_publish (&test->fixture);
}

static void
assert_told (Test *test)
{
  g_assert_cmpuint (test->rows->len, ==, count_rows (test));
  for (guint i = 0; i < test->rows->len; i++)
    {
      guint64 row = g_array_index (test->rows, guint64, i);

      g_assert_cmpuint (row, ==, swb_journal_model_get_position (test->model, i));
    }
}

static gboolean
take_some (Test *test)
{
  return swb_journal_model_update_some (test->model, STEP);
}

static void
append_one_cb (Test *test)
{
  g_signal_handlers_disconnect_by_func (test->model, append_one_cb, test);
  append (test, 1);
}

/* A writer is never done: who asked until it was would never come to an end. */
static void
test_newer (Test *test, gconstpointer data)
{
  g_test_summary ("Records that come while rows are told are left for the next time");
  append (test, 3);
  g_signal_connect_swapped (test->model, "items-changed", G_CALLBACK (append_one_cb), test);
  g_assert_false (take_some (test));
  g_assert_cmpuint (count_rows (test), ==, 3);
  g_assert_false (take_some (test));
  g_assert_cmpuint (count_rows (test), ==, 4);
  assert_told (test);
}

static void
test_amount (void)
{
  g_test_summary ("A list gets a few rows until it has its widgets, then any number");
  g_assert_cmpuint (swb_row_ration_get (0), ==, STEP);
  g_assert_cmpuint (swb_row_ration_get (SWB_ROW_RATION_WARM - 1), ==, STEP);
  g_assert_cmpuint (swb_row_ration_get (SWB_ROW_RATION_WARM), ==, G_MAXUINT);
}

static void
test_counts_all (Test *test, gconstpointer data)
{
  guint index;

  g_test_summary ("All records count at once, while a few are rows; then all are");
  append (test, N_MANY);
  g_assert_true (take_some (test));
  g_assert_cmpuint (count_rows (test), ==, STEP);
  g_assert_cmpuint (swb_journal_model_get_n_unfiltered (test->model), ==, N_MANY);
  g_assert_cmpuint (swb_journal_model_get_n_bytes (test->model), ==, N_MANY);
  g_assert_false (swb_journal_model_find (test->model, N_MANY - 1, &index));
  g_assert_cmpuint (index, ==, STEP);

  append (test, N_MANY);
  g_assert_true (take_some (test));
  g_assert_cmpuint (count_rows (test), ==, 2 * STEP);
  g_assert_cmpuint (test->n_emissions, ==, 2);
  swb_journal_model_update (test->model);
  g_assert_cmpuint (test->n_emissions, ==, 3);
  g_assert_false (take_some (test));
  g_assert_true (swb_journal_model_find (test->model, 2 * N_MANY - 1, &index));
  g_assert_cmpuint (index, ==, 2 * N_MANY - 1);
  assert_told (test);
}

static void
test_filtered (Test *test, gconstpointer data)
{
  const guint first = N_MANY / 2 - SWB_ROW_RATION_WARM;

  g_test_summary ("A filter set meanwhile shows the last rows for which a list makes "
                  "widgets, a few at a time, and then all");
  append (test, N_MANY);
  g_assert_true (take_some (test));
  swb_journal_model_set_filter (test->model, 2, TRUE);
  g_assert_cmpuint (count_rows (test), ==, STEP);
  g_assert_cmpuint (swb_journal_model_get_position (test->model, 0), ==, 2 * first + 1);
  g_assert_true (take_some (test));
  g_assert_cmpuint (count_rows (test), ==, 2 * STEP);
  assert_told (test);
  swb_journal_model_update (test->model);
  g_assert_cmpuint (count_rows (test), ==, N_MANY / 2);
  g_assert_cmpuint (swb_journal_model_get_position (test->model, 0), ==, 1);
  assert_told (test);
}

static void
test_paused (Test *test, gconstpointer data)
{
  g_test_summary ("Pausing meanwhile keeps what was seen, and nothing newer");
  append (test, N_MANY);
  g_assert_true (take_some (test));
  swb_journal_model_set_paused (test->model, TRUE);
  append (test, N_MANY);
  swb_journal_model_update (test->model);
  g_assert_cmpuint (count_rows (test), ==, N_MANY);
  assert_told (test);
}

static void
test_folded (Test *test, gconstpointer data)
{
  g_test_summary ("An open group of which only a part was told closes");
  swb_journal_model_set_folds (test->model, TRUE);
  append (test, 2);
  append_repeats (test, 3);
  swb_journal_model_update (test->model);
  g_assert_cmpuint (count_rows (test), ==, 3);
  g_assert_true (swb_journal_model_toggle (test->model, 2));
  g_assert_cmpuint (count_rows (test), ==, 5);
  append_repeats (test, 10);
  g_assert_true (take_some (test));
  g_assert_cmpuint (count_rows (test), ==, 5 + STEP);
  g_assert_true (swb_journal_model_toggle (test->model, 2));
  g_assert_cmpuint (count_rows (test), ==, 3);
  g_assert_false (take_some (test));
  assert_told (test);
}

static void
test_backlog (Test *test, gconstpointer data)
{
  guint n_turns = 0;

  g_test_summary ("Many records behind rows are added to them, in several turns");
  append (test, 10);
  swb_journal_model_update (test->model);
  append (test, N_BACKLOG);
  for (; swb_journal_model_update_some (test->model, G_MAXUINT); n_turns++)
    g_assert_cmpuint (count_rows (test), <, 10 + N_BACKLOG);
  g_assert_cmpuint (n_turns, >, 0);
  g_assert_cmpuint (count_rows (test), ==, 10 + N_BACKLOG);
  g_assert_cmpuint (test->n_replaced, ==, 0);
  assert_told (test);
}

static void
turn (Test *test)
{
  guint n_seen = (guint)swb_journal_get_n_records (test->fixture.journal);

  switch (g_test_rand_int_range (0, 10))
    {
    case 0:
      swb_journal_model_set_filter (test->model, (guint)g_test_rand_int_range (0, 3), TRUE);
      break;
    case 1:
      swb_journal_model_set_folds (test->model, g_test_rand_bit ());
      break;
    case 2:
      swb_journal_model_set_paused (test->model, g_test_rand_bit ());
      break;
    case 3:
      swb_journal_model_toggle (test->model,
                                (guint)g_test_rand_int_range (0, (int)n_seen + 1));
      break;
    case 4:
      append (test, (guint)g_test_rand_int_range (0, 40));
      break;
    case 5:
      append_repeats (test, (guint)g_test_rand_int_range (0, 40));
      break;
    default:
      swb_journal_model_update_some (test->model, (guint)g_test_rand_int_range (1, 30));
    }
}

static void
test_random (Test *test, gconstpointer data)
{
  g_autoptr (SwbJournalModel) fresh = swb_journal_model_new (test->fixture.journal);

  g_test_summary ("Whatever comes between, the rows told are the rows there are");
  for (guint i = 0; i < N_TURNS; i++)
    {
      turn (test);
      assert_told (test);
    }
  swb_journal_model_set_paused (test->model, FALSE);
  swb_journal_model_set_filter (test->model, 0, TRUE);
  swb_journal_model_set_folds (test->model, FALSE);
  swb_journal_model_update (test->model);
  swb_journal_model_update (fresh);
  g_assert_cmpuint (count_rows (test), ==, g_list_model_get_n_items (G_LIST_MODEL (fresh)));
  assert_told (test);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name)                                                                          \
  g_test_add ("/row-ration/" #name, Test, NULL, set_up, test_##name, tear_down)
  g_test_add_func ("/row-ration/amount", test_amount);
  ADD (counts_all);
  ADD (newer);
  ADD (filtered);
  ADD (paused);
  ADD (folded);
  ADD (backlog);
  ADD (random);
#undef ADD
  return g_test_run ();
}
