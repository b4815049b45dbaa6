/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal/swb-journal-model.h"
#include "app/test-journal-fixture.h"

#include <errno.h>

typedef struct
{
  JournalFixture fixture;
  SwbJournalModel *model;
  GString *changes;
} Test;

/* "0+3" three rows came at 0, "0-3" three went, as GTK's own list tests write it. */
static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Test *test)
{
  if (test->changes->len > 0)
    g_string_append (test->changes, ", ");
  g_string_append_printf (test->changes, "%u", position);
  if (removed > 0)
    g_string_append_printf (test->changes, "-%u", removed);
  if (added > 0)
    g_string_append_printf (test->changes, "+%u", added);
}

static void
set_up (Test *test, gconstpointer data)
{
  journal_fixture_init (&test->fixture);
  test->changes = g_string_new (NULL);
  test->model = swb_journal_model_new (test->fixture.journal);
  g_signal_connect (test->model, "items-changed", G_CALLBACK (items_changed_cb), test);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_assert_cmpstr (test->changes->str, ==, "");
  g_string_free (test->changes, TRUE);
  g_assert_finalize_object (test->model);
  journal_fixture_clear (&test->fixture);
}

#define assert_changes(test, expected)                                                     \
  G_STMT_START                                                                             \
  {                                                                                        \
    g_assert_cmpstr ((test)->changes->str, ==, (expected));                                \
    g_string_set_size ((test)->changes, 0);                                                \
  }                                                                                        \
  G_STMT_END

/* The positions of the rows: "0 2 3". */
static char *
print_rows (SwbJournalModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (SwbJournalRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? " " : "",
                              swb_journal_row_get_position (row));
    }
  return g_string_free (text, FALSE);
}

static void
assert_rows (SwbJournalModel *model, const char *expected)
{
  g_autofree char *rows = print_rows (model);

  g_assert_cmpstr (rows, ==, expected);
}

/* 0 command of pane 1, 1 send of pane 1, 2 note of pane 2, 3 send of pane 2, 4 send of pane
 * 1 */
static void
append_five (Test *test)
{
  journal_fixture_append_command (&test->fixture, 1, "client send \"one\"");
  journal_fixture_append_send (&test->fixture, 1, "one");
  journal_fixture_append_note (&test->fixture, 2, "a note");
  journal_fixture_append_send (&test->fixture, 2, "three");
  journal_fixture_append_send (&test->fixture, 1, "seven!!");
  journal_fixture_publish (&test->fixture);
}

static void
test_empty (Test *test, gconstpointer data)
{
  g_test_summary ("An empty journal has no row and announces nothing");
  swb_journal_model_update (test->model);
  assert_changes (test, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->model)), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (test->model), 0));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (test->model))
                 == SWB_TYPE_JOURNAL_ROW);
}

static void
test_grows (Test *test, gconstpointer data)
{
  g_test_summary (
      "Each update announces what came with one emission, and what didn't with none");
  append_five (test);
  assert_changes (test, "");
  swb_journal_model_update (test->model);
  assert_changes (test, "0+5");
  assert_rows (test->model, "0 1 2 3 4");
  swb_journal_model_update (test->model);
  assert_changes (test, "");

  for (int i = 0; i < 20000; i++)
    journal_fixture_append_send (&test->fixture, 1, "x");
  journal_fixture_publish (&test->fixture);
  swb_journal_model_update (test->model);
  assert_changes (test, "5+20000");
  g_assert_cmpuint (swb_journal_model_get_n_bytes (test->model), ==, 15 + 20000);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (test->model), 20005));
}

static void
test_pane (Test *test, gconstpointer data)
{
  g_test_summary ("A pane's records are a subset that grows with its own records only");
  append_five (test);
  swb_journal_model_update (test->model);
  assert_changes (test, "0+5");
  swb_journal_model_set_filter (test->model, 1, TRUE);
  assert_changes (test, "0-5+3");
  assert_rows (test->model, "0 1 4");
  g_assert_cmpuint (swb_journal_model_get_n_bytes (test->model), ==, 10);

  journal_fixture_append_send (&test->fixture, 2, "other");
  journal_fixture_publish (&test->fixture);
  swb_journal_model_update (test->model);
  assert_changes (test, "");

  append_five (test);
  swb_journal_model_update (test->model);
  assert_changes (test, "3+3");
  assert_rows (test->model, "0 1 4 6 7 10");
  swb_journal_model_set_filter (test->model, 3, TRUE);
  assert_changes (test, "0-6");
  swb_journal_model_set_filter (test->model, 0, TRUE);
  swb_journal_model_update (test->model);
  assert_changes (test, "0+8, 8+3");
}

static void
test_commands (Test *test, gconstpointer data)
{
  g_test_summary ("Commands are rows when asked for");
  swb_journal_model_set_filter (test->model, 0, FALSE);
  assert_changes (test, "");
  append_five (test);
  swb_journal_model_update (test->model);
  assert_changes (test, "0+4");
  assert_rows (test->model, "1 2 3 4");
  swb_journal_model_set_filter (test->model, 0, FALSE);
  assert_changes (test, "");
  swb_journal_model_set_filter (test->model, 1, FALSE);
  assert_changes (test, "0-4+2");
  assert_rows (test->model, "1 4");
  swb_journal_model_set_filter (test->model, 0, TRUE);
  assert_changes (test, "0-2+5");
}

static void
test_paused (Test *test, gconstpointer data)
{
  g_test_summary ("A paused model stands still, and catches up with one emission");
  append_five (test);
  swb_journal_model_update (test->model);
  assert_changes (test, "0+5");
  swb_journal_model_set_paused (test->model, TRUE);
  g_assert_true (swb_journal_model_get_paused (test->model));
  append_five (test);
  swb_journal_model_update (test->model);
  append_five (test);
  swb_journal_model_update (test->model);
  assert_changes (test, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (test->model)), ==, 5);

  swb_journal_model_set_filter (test->model, 2, TRUE);
  assert_changes (test, "0-5+2");
  swb_journal_model_set_paused (test->model, FALSE);
  assert_changes (test, "2+4");
  assert_rows (test->model, "2 3 7 8 12 13");
}

static void
test_find (Test *test, gconstpointer data)
{
  guint index;

  g_test_summary ("A record is found by its position, or the place where it would be");
  g_assert_false (swb_journal_model_find (test->model, 0, &index));
  g_assert_cmpuint (index, ==, 0);
  append_five (test);
  swb_journal_model_update (test->model);
  swb_journal_model_set_filter (test->model, 1, FALSE);
  assert_changes (test, "0+5, 0-5+2");

  g_assert_true (swb_journal_model_find (test->model, 4, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_cmpuint (swb_journal_model_get_position (test->model, 1), ==, 4);
  g_assert_false (swb_journal_model_find (test->model, 0, &index));
  g_assert_cmpuint (index, ==, 0);
  g_assert_false (swb_journal_model_find (test->model, 3, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_false (swb_journal_model_find (test->model, G_MAXUINT64, &index));
  g_assert_cmpuint (index, ==, 2);
}

static void
test_row (Test *test, gconstpointer data)
{
  g_autoptr (SwbJournalRow) first = NULL;
  g_autoptr (SwbJournalRow) second = NULL;
  const SwbRecord *record;

  g_test_summary ("A row has its record, and the time since the row above");
  append_five (test);
  swb_journal_model_update (test->model);
  swb_journal_model_set_filter (test->model, 2, TRUE);
  assert_changes (test, "0+5, 0-5+2");
  first = g_list_model_get_item (G_LIST_MODEL (test->model), 0);
  second = g_list_model_get_item (G_LIST_MODEL (test->model), 1);

  record = swb_journal_row_get_record (second);
  g_assert_cmpint (record->call, ==, SWB_CALL_SEND);
  g_assert_cmpmem (record->data, record->n_data, "three", 5);
  g_assert_true (record == swb_journal_row_get_record (second));
  g_assert_true (swb_journal_row_get_journal (second) == test->fixture.journal);
  g_assert_cmpint (swb_journal_row_get_delta_ns (first), ==, 0);
  g_assert_cmpint (swb_journal_row_get_delta_ns (second), ==, 1000);
}

static void
test_failure_bytes (Test *test, gconstpointer data)
{
  g_test_summary ("Calls that failed or moved no data count no bytes");
  journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_SEND, EPIPE);
  journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_CONNECT, ECONNREFUSED);
  journal_fixture_append_note (&test->fixture, 1, "words");
  journal_fixture_publish (&test->fixture);
  swb_journal_model_update (test->model);
  assert_changes (test, "0+3");
  g_assert_cmpuint (swb_journal_model_get_n_bytes (test->model), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name)                                                                          \
  g_test_add ("/journal-model/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (empty);
  ADD (grows);
  ADD (pane);
  ADD (commands);
  ADD (paused);
  ADD (find);
  ADD (row);
  ADD (failure_bytes);
#undef ADD
  return g_test_run ();
}
