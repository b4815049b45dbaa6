/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "bench-fixture.h"

#include <string.h>

/* A journal of which the oldest records went, with all that had told of its panes. */

#define SESSION                                                                            \
  "pane server AF_INET SOCK_STREAM 0 \"Echo server\"\n"                                    \
  "pane first AF_INET SOCK_STREAM 0\n"                                                     \
  "pane client AF_INET SOCK_STREAM 0\n"                                                    \
  "pane u AF_INET SOCK_DGRAM 0\n"                                                          \
  "pane gone AF_UNIX SOCK_STREAM 0\n"                                                      \
  "server bind 127.0.0.1:0\n"                                                              \
  "server listen 128\n"                                                                    \
  "server reply discard\n"                                                                 \
  "first connect server\n"                                                                 \
  "server accept within 30s\n"                                                             \
  "client connect server\n"                                                                \
  "server accept within 30s\n"                                                             \
  "first close\n"                                                                          \
  "u bind 127.0.0.1:0\n"                                                                   \
  "u recv manual\n"                                                                        \
  "gone remove\n"

/* Until the responder has closed the first connection, whose peer went. */
static void
begin (BenchFixture *test)
{
  g_autoptr (SwbScript) script = bench_fixture_script (test, SESSION);
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  g_assert_cmpint (swb_script_get_state (script), ==, SWB_SCRIPT_DONE);
  while (swb_pane_find_open (swb_bench_find_pane (test->bench, "server"), 1) != G_MAXUINT)
    {
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
}

/* Traffic until the records of the session have gone. */
static void
fill (BenchFixture *test, guint64 end)
{
  g_autofree char *bytes = g_strnfill (60000, 'x');
  g_autofree char *command = g_strdup_printf ("client send \"%s\"", bytes);
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  swb_journal_set_limit (test->journal, SWB_JOURNAL_LIMIT_MIN, SWB_LIMIT_OLDEST);
  while (swb_journal_get_first (test->journal) < end)
    {
      g_assert_cmpint (bench_fixture_run (test, command), ==, 0);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
  /* What the engine tells of that is in the files before it does anything else. */
  g_assert_cmpint (bench_fixture_run (test, "client getsockname"), ==, 0);
}

static SwbBench *
reopen (BenchFixture *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal
      = swb_journal_open (swb_journal_get_folder (test->journal), &error);
  SwbBench *bench;

  g_assert_no_error (error);
  bench = swb_bench_new_recording (journal, NULL);
  swb_bench_catch_up (bench);
  return bench;
}

static void
assert_same_end (SwbConnection *x, SwbConnection *y)
{
  g_assert_cmpint (swb_connection_get_fd (x), ==, swb_connection_get_fd (y));
  g_assert_cmpint (swb_connection_get_state (x), ==, swb_connection_get_state (y));
  g_assert_true (
      swb_address_equal (swb_connection_get_local (x), swb_connection_get_local (y)));
  g_assert_true (
      swb_address_equal (swb_connection_get_peer (x), swb_connection_get_peer (y)));
}

static void
assert_same_pane (SwbBench *live, SwbBench *left, const char *name)
{
  SwbPane *x = swb_bench_find_pane (live, name), *y = swb_bench_find_pane (left, name);
  guint n = g_list_model_get_n_items (swb_pane_get_connections (x));

  g_test_message ("%s", name);
  g_assert_nonnull (y);
  g_assert_cmpuint (swb_pane_get_id (x), ==, swb_pane_get_id (y));
  g_assert_cmpstr (swb_pane_get_title (x), ==, swb_pane_get_title (y));
  g_assert_cmpint (swb_pane_get_domain (x), ==, swb_pane_get_domain (y));
  g_assert_cmpint (swb_pane_get_socket_type (x), ==, swb_pane_get_socket_type (y));
  g_assert_cmpint (swb_pane_get_role (x), ==, swb_pane_get_role (y));
  g_assert_cmpint (swb_pane_get_reply (x), ==, swb_pane_get_reply (y));
  g_assert_cmpint (swb_pane_get_recv_auto (x), ==, swb_pane_get_recv_auto (y));
  g_assert_cmpuint (swb_pane_get_n_accepted (x), ==, swb_pane_get_n_accepted (y));
  assert_same_end (swb_pane_get_socket (x), swb_pane_get_socket (y));
  g_assert_cmpuint (n, ==, g_list_model_get_n_items (swb_pane_get_connections (y)));
  for (guint i = 1; i <= swb_pane_get_n_accepted (x); i++)
    if (swb_pane_find_open (x, i) != G_MAXUINT)
      assert_same_end (swb_pane_find_connection (x, i), swb_pane_find_connection (y, i));
}

static void
test_panes (BenchFixture *test, gconstpointer data)
{
  const char *const names[] = { "server", "client", "u" };
  g_autoptr (SwbBench) left = NULL;
  g_autofree char *note = NULL;

  g_test_summary ("Panes, and what of them is open, outlive the records that made them");
  begin (test);
  fill (test, swb_journal_get_n_records (test->journal));
  note = bench_fixture_find_note (test, SWB_NOTE_PANE);
  g_assert_nonnull (note);
  left = reopen (test);
  g_assert_cmpuint (g_list_model_get_n_items (swb_bench_get_panes (left)), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_same_pane (test->bench, left, names[i]);
  g_assert_nonnull (swb_bench_find_pane (left, "first"));
  g_assert_null (swb_pane_find_connection (swb_bench_find_pane (left, "server"), 1));
}

static void
test_goes_on (BenchFixture *test, gconstpointer data)
{
  g_autoptr (SwbBench) left = NULL;

  g_test_summary ("What happens after that is folded into them, and told again in time");
  begin (test);
  fill (test, swb_journal_get_n_records (test->journal));
  g_assert_cmpint (bench_fixture_run (test, "server title \"Changed\""), ==, 0);
  g_assert_cmpint (bench_fixture_run (test, "first connect server"), ==, 0);
  g_assert_cmpint (bench_fixture_run (test, "server accept within 30s"), ==, 0);
  g_assert_cmpint (bench_fixture_run (test, "u close"), ==, 0);
  left = reopen (test);
  assert_same_pane (test->bench, left, "server");
  assert_same_pane (test->bench, left, "first");
  g_clear_object (&left);

  fill (test, swb_journal_get_n_records (test->journal));
  left = reopen (test);
  assert_same_pane (test->bench, left, "server");
  assert_same_pane (test->bench, left, "first");
  g_assert_cmpint (swb_pane_get_state (swb_bench_find_pane (left, "u")), ==,
                   SWB_STATE_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name)                                                                          \
  g_test_add ("/bench/limit/" #name, BenchFixture, NULL, bench_fixture_set_up,             \
              test_##name, bench_fixture_tear_down)
  ADD (panes);
  ADD (goes_on);
#undef ADD
  return g_test_run ();
}
