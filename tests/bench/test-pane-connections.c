/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fold-fixture.h"

#include <errno.h>

static void
test_server (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_listener (self);
  GListModel *connections = swb_pane_get_connections (pane);
  SwbConnection *second;

  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_LISTENING);
  g_assert_cmpint (swb_pane_get_role (pane), ==, SWB_ROLE_SERVER);
  assert_address (swb_connection_get_local (swb_pane_get_socket (pane)), "127.0.0.1:7000");
  g_assert_true (swb_pane_has_done (pane, SWB_CALL_BIND));
  g_assert_false (swb_pane_has_done (pane, SWB_CALL_CONNECT));

  g_signal_connect (connections, "items-changed", G_CALLBACK (note_items_cb), self);
  g_signal_connect (pane, "changed", G_CALLBACK (count_changed_cb), self);
  append_call_at (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4001");
  append_call_at (self, 1, SWB_CALL_ACCEPT, 6, 0, "127.0.0.1:4002");
  append_call (self, 1, 0, SWB_CALL_ACCEPT, -1, EAGAIN);
  fold_records (self);
  assert_changes (self, "0-0+2 ");
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_cmpuint (swb_pane_get_n_accepted (pane), ==, 2);
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_NONE);

  second = swb_pane_find_connection (pane, 2);
  g_assert_cmpint (swb_connection_get_fd (second), ==, 6);
  assert_address (swb_connection_get_peer (second), "127.0.0.1:4002");
  g_assert_null (swb_pane_find_connection (pane, 3));

  append_received (self, 1, 2, "hello", 0);
  append_received (self, 1, 2, "", 0);
  fold_records (self);
  g_assert_cmpuint (swb_connection_get_n_received (second), ==, 5);
  g_assert_cmpint (swb_connection_get_state (second), ==, SWB_STATE_PEER_CLOSED);
  assert_changes (self, "");

  append_call (self, 1, 1, SWB_CALL_CLOSE, 0, 0);
  append_call_at (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4003");
  fold_records (self);
  assert_changes (self, "0-1+0 1-0+1 ");
  g_assert_cmpuint (swb_pane_find_open (pane, 1), ==, G_MAXUINT);
  g_assert_cmpuint (swb_pane_find_open (pane, 2), ==, 0);
  g_assert_cmpuint (swb_pane_find_open (pane, 3), ==, 1);
  g_assert_cmpuint (swb_pane_find_open (pane, 4), ==, G_MAXUINT);
  g_assert_cmpint (swb_connection_get_state (swb_pane_find_connection (pane, 1)), ==,
                   SWB_STATE_CLOSED);
  g_assert_cmpint (swb_connection_get_fd (swb_pane_find_connection (pane, 1)), ==, -1);

  append_call_at (self, 1, SWB_CALL_ACCEPT, 9, 0, "127.0.0.1:4004");
  append_call (self, 1, 4, SWB_CALL_CLOSE, 0, 0);
  fold_records (self);
  assert_changes (self, "");
  g_assert_cmpuint (g_list_model_get_n_items (connections), ==, 2);
  fold_records (self);
  g_assert_cmpuint (self->n_changed, ==, 4);
}

static void
test_many_connections (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_listener (self);
  GListModel *connections = swb_pane_get_connections (pane);

  g_signal_connect (connections, "items-changed", G_CALLBACK (note_items_cb), self);
  for (guint i = 0; i < 10000; i++)
    append_call_at (self, 1, SWB_CALL_ACCEPT, 10 + (int)i, 0, "127.0.0.1:4001");
  fold_records (self);
  assert_changes (self, "0-0+10000 ");
  for (guint i = 5000; i < 10000; i++)
    append_call (self, 1, i + 1, SWB_CALL_CLOSE, 0, 0);
  fold_records (self);
  assert_changes (self, "5000-5000+0 ");

  /* Few leave one by one, in the order in which they closed. */
  append_call (self, 1, 4000, SWB_CALL_CLOSE, 0, 0);
  append_call (self, 1, 1, SWB_CALL_CLOSE, 0, 0);
  append_call (self, 1, 1, SWB_CALL_CLOSE, -1, EBADF);
  fold_records (self);
  assert_changes (self, "3999-1+0 0-1+0 ");
}

static void
check_open (SwbPane *pane)
{
  GListModel *connections = swb_pane_get_connections (pane);
  guint n_open = 0;

  for (guint i = 1; i <= swb_pane_get_n_accepted (pane); i++)
    if (swb_connection_get_fd (swb_pane_find_connection (pane, i)) >= 0)
      {
        g_autoptr (SwbConnection) connection = g_list_model_get_item (connections, n_open);

        g_assert_cmpuint (swb_connection_get_number (connection), ==, i);
        g_assert_cmpuint (swb_pane_find_open (pane, i), ==, n_open);
        n_open++;
      }
    else
      g_assert_cmpuint (swb_pane_find_open (pane, i), ==, G_MAXUINT);
  g_assert_cmpuint (g_list_model_get_n_items (connections), ==, n_open);
}

/* A list that hears of every change by its numbers alone. */
static void
mirror_cb (GListModel *model, guint position, guint removed, guint added, GArray *mirror)
{
  g_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (SwbConnection) connection = g_list_model_get_item (model, position + i);
      guint number = swb_connection_get_number (connection);

      g_array_insert_val (mirror, position + i, number);
    }
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (model));
}

static void
test_random_connections (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_listener (self);
  GListModel *connections = swb_pane_get_connections (pane);
  g_autoptr (GArray) mirror = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  g_test_summary ("whatever comes and goes in a turn, the announcements add up");
  g_signal_connect (connections, "items-changed", G_CALLBACK (mirror_cb), mirror);
  for (guint turn = 0; turn < 200; turn++)
    {
      guint n_new = (guint)g_test_rand_int_range (0, 60);
      guint n_closing = (guint)g_test_rand_int_range (0, turn % 2 == 0 ? 60 : 5);

      for (guint i = 0; i < n_new; i++, n++)
        append_call_at (self, 1, SWB_CALL_ACCEPT, 10, 0, "127.0.0.1:4001");
      for (guint i = 0; i < n_closing && n > 0; i++)
        append_call (self, 1, (guint)g_test_rand_int_range (1, (gint)n + 1), SWB_CALL_CLOSE,
                     0, 0);
      fold_records (self);
      check_open (pane);
      for (guint i = 0; i < mirror->len; i++)
        g_assert_cmpuint (swb_pane_find_open (pane, g_array_index (mirror, guint, i)), ==,
                          i);
    }
  g_signal_handlers_disconnect_by_data (connections, mirror);
}

/* The fold has to keep up with a million records a second; the figure is printed. */
static void
test_speed (FoldFixture *self, gconstpointer data)
{
  enum
  {
    N = 200000
  };
  gint64 start;
  double seconds;

  make_listener (self);
  append_call_at (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4001");
  for (guint i = 0; i < N; i++)
    append_received (self, 1, 1, "hello", 0);
  g_assert_true (swb_journal_publish (self->journal, NULL));
  start = g_get_monotonic_time ();
  fold_records (self);
  seconds = (double)(g_get_monotonic_time () - start) / 1e6;
  g_test_message ("%.0f records a second", N / seconds);
  g_assert_cmpuint (swb_pane_get_n_received (swb_fold_get_pane (self->fold, 1)), ==, 5 * N);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_PANE_TEST ("server", test_server);
  ADD_PANE_TEST ("many-connections", test_many_connections);
  ADD_PANE_TEST ("random-connections", test_random_connections);
  ADD_PANE_TEST ("speed", test_speed);
  return g_test_run ();
}
