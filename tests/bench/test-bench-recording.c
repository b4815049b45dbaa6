/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "bench-fixture.h"

#include <glib/gstdio.h>

#include "journal/recording/swb-load.h"
#include "journal/recording/swb-recording.h"
#include "net/swb-error.h"

#define SESSION                                                                            \
  "pane server AF_INET SOCK_STREAM 0 \"Echo server\"\n"                                    \
  "pane client AF_INET SOCK_STREAM 0\n"                                                    \
  "pane u AF_INET SOCK_DGRAM 0\n"                                                          \
  "pane gone AF_UNIX SOCK_STREAM 0\n"                                                      \
  "pane a AF_UNIX SOCK_STREAM 0\n"                                                         \
  "pane b AF_UNIX SOCK_STREAM 0\n"                                                         \
  "server bind 127.0.0.1:0\n"                                                              \
  "server listen 128\n"                                                                    \
  "server reply echo\n"                                                                    \
  "client connect server\n"                                                                \
  "client send \"hello\"\n"                                                                \
  "client expect recv \"hello\" within 60s\n"                                              \
  "u bind 127.0.0.1:0\n"                                                                   \
  "u sendto u \"dgram\"\n"                                                                 \
  "u expect recv \"dgram\" within 60s\n"                                                   \
  "a socketpair b\n"                                                                       \
  "a send \"pair\"\n"                                                                      \
  "b expect recv \"pair\" within 60s\n"                                                    \
  "a shutdown SHUT_WR\n"                                                                   \
  "gone remove\n"

static void
assert_same_connection (SwbConnection *x, SwbConnection *y)
{
  g_assert_cmpuint (swb_connection_get_number (x), ==, swb_connection_get_number (y));
  g_assert_cmpint (swb_connection_get_fd (x), ==, swb_connection_get_fd (y));
  g_assert_cmpint (swb_connection_get_state (x), ==, swb_connection_get_state (y));
  g_assert_true (
      swb_address_equal (swb_connection_get_local (x), swb_connection_get_local (y)));
  g_assert_true (
      swb_address_equal (swb_connection_get_peer (x), swb_connection_get_peer (y)));
  g_assert_cmpuint (swb_connection_get_n_sent (x), ==, swb_connection_get_n_sent (y));
  g_assert_cmpuint (swb_connection_get_n_received (x), ==,
                    swb_connection_get_n_received (y));
}

static void
assert_same_pane (SwbPane *x, SwbPane *y)
{
  GListModel *list = swb_pane_get_connections (x);
  guint n = g_list_model_get_n_items (list);

  g_assert_cmpstr (swb_pane_get_name (x), ==, swb_pane_get_name (y));
  g_assert_cmpstr (swb_pane_get_title (x), ==, swb_pane_get_title (y));
  g_assert_cmpint (swb_pane_get_role (x), ==, swb_pane_get_role (y));
  g_assert_cmpint (swb_pane_get_reply (x), ==, swb_pane_get_reply (y));
  g_assert_cmpuint (swb_pane_get_n_calls (x), ==, swb_pane_get_n_calls (y));
  assert_same_connection (swb_pane_get_socket (x), swb_pane_get_socket (y));
  g_assert_cmpuint (n, ==, g_list_model_get_n_items (swb_pane_get_connections (y)));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwbConnection) one = g_list_model_get_item (list, i);
      g_autoptr (SwbConnection) other
          = g_list_model_get_item (swb_pane_get_connections (y), i);

      assert_same_connection (one, other);
    }
}

static void
assert_same_bench (SwbBench *x, SwbBench *y)
{
  GListModel *panes = swb_bench_get_panes (x);
  guint n = g_list_model_get_n_items (panes);

  g_assert_cmpuint (n, ==, g_list_model_get_n_items (swb_bench_get_panes (y)));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwbPane) one = g_list_model_get_item (panes, i);
      g_autoptr (SwbPane) other = g_list_model_get_item (swb_bench_get_panes (y), i);

      assert_same_pane (one, other);
      g_assert_cmpstr (swb_bench_get_pane_name (swb_pane_get_id (one), x), ==,
                       swb_bench_get_pane_name (swb_pane_get_id (one), y));
    }
}

/* What the journal of @self holds by now, saved and opened again. */
static SwbBench *
reopen (BenchFixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "saved.pcapng", NULL);
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (SwbJournal) journal = NULL;
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  swb_export_source_init (&source, self->journal, swb_bench_get_pane_name, self->bench);
  g_assert_true (
      swb_export_save (&source, SWB_EXPORT_PCAPNG, path, NULL, NULL, NULL, &error));
  journal
      = swb_load_open (swb_recording_load, path, NULL, &names, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return swb_bench_new_recording (journal, names);
}

static void
test_same (BenchFixture *self, gconstpointer data)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, SESSION);
  g_autoptr (SwbBench) recording = NULL;

  g_test_summary ("A recording has the panes, connections, states and addresses that the "
                  "session had");
  g_assert_cmpint (swb_script_get_state (script), ==, SWB_SCRIPT_DONE);
  recording = reopen (self);
  swb_bench_catch_up (self->bench);
  swb_bench_catch_up (recording);
  g_assert_cmpuint (g_list_model_get_n_items (swb_bench_get_panes (recording)), ==, 5);
  g_assert_null (swb_bench_find_pane (recording, "gone"));
  g_assert_cmpint (swb_pane_get_state (swb_bench_find_pane (recording, "server")), ==,
                   SWB_STATE_LISTENING);
  g_assert_cmpint (swb_pane_get_state (swb_bench_find_pane (recording, "a")), ==,
                   SWB_STATE_SHUT);
  assert_same_bench (self->bench, recording);
}

static void
test_ended (BenchFixture *self, gconstpointer data)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, SESSION);
  g_autoptr (SwbJournal) journal = NULL;
  g_autoptr (SwbBench) recording = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("The folder of a session that was ended gives what it ended with");
  swb_bench_stop (self->bench);
  journal = swb_journal_open (swb_journal_get_folder (self->journal), &error);
  g_assert_no_error (error);
  recording = swb_bench_new_recording (journal, NULL);
  swb_bench_catch_up (recording);
  g_assert_cmpint (swb_pane_get_state (swb_bench_find_pane (recording, "server")), ==,
                   SWB_STATE_CLOSED);
  assert_same_bench (self->bench, recording);
}

static void
count_cb (SwbBench *bench, guint64 first, guint64 n_records, guint64 *next)
{
  g_assert_cmpuint (first, ==, *next);
  *next = first + n_records;
}

static void
test_turns (BenchFixture *self, gconstpointer data)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, SESSION);
  g_autoptr (SwbBench) recording = reopen (self);
  guint64 next = 0;

  g_test_summary (
      "The panes come with the turns of the main loop, without being asked for");
  g_signal_connect (recording, "records", G_CALLBACK (count_cb), &next);
  g_assert_false (swb_bench_is_folded (recording));
  while (!swb_bench_is_folded (recording))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (next, ==,
                    swb_journal_get_n_records (swb_bench_get_journal (recording)));
  g_assert_nonnull (swb_bench_find_pane (recording, "client"));
}

static void
test_commands (BenchFixture *self, gconstpointer data)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, SESSION);
  g_autoptr (SwbBench) recording = reopen (self);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Nothing can be called in a recording");
  swb_bench_catch_up (recording);
  g_assert_true (swb_bench_is_recording (recording));
  g_assert_false (swb_bench_is_recording (self->bench));
  g_assert_cmpuint (swb_bench_run_text (recording, &error, "client send \"x\""), ==, 0);
  g_assert_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_cmpuint (swb_bench_run_text (recording, &error, "pane c AF_INET SOCK_STREAM 0"),
                    ==, 0);
  g_assert_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN);
  swb_bench_cancel (recording, 1);
  swb_bench_stop (recording);
}

static void
test_names (BenchFixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (SwbBench) recording = NULL;

  g_test_summary ("Panes without a command have the names of the file, if those are names");
  g_hash_table_insert (names, GUINT_TO_POINTER (1), g_strdup ("server"));
  g_hash_table_insert (names, GUINT_TO_POINTER (2), g_strdup ("two words\n"));
  recording = swb_bench_new_recording (self->journal, names);
  g_assert_cmpstr (swb_bench_get_pane_name (1, recording), ==, "server");
  g_assert_true (swb_bench_has_recorded_name (recording, 1));
  g_assert_false (swb_bench_has_recorded_name (recording, 2));
  g_assert_false (swb_bench_has_recorded_name (self->bench, 1));
  g_assert_cmpstr (swb_bench_get_pane_name (2, recording), ==, "bench");
  g_assert_cmpstr (swb_bench_get_pane_name (3, recording), ==, "bench");
  g_assert_cmpstr (swb_bench_get_pane_name (0, recording), ==, "bench");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name)                                                                          \
  g_test_add ("/bench-recording/" #name, BenchFixture, NULL, bench_fixture_set_up,         \
              test_##name, bench_fixture_tear_down)
  ADD (same);
  ADD (ended);
  ADD (turns);
  ADD (commands);
  ADD (names);
#undef ADD
  return g_test_run ();
}
