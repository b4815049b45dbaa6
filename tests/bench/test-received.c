/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>

#include "bench-fixture.h"

/* A socket that came with a message and that nobody asked for: the bench makes it a pane.
 */

#define PAIR                                                                               \
  "pane p AF_UNIX SOCK_DGRAM 0\npane q AF_UNIX SOCK_DGRAM 0\np socketpair q\n"             \
  "q recv manual\n"

static void
run_script (BenchFixture *self, const char *text)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, text);

  g_assert_no_error (swb_script_get_error (script));
}

static SwbPane *
wait_for_pane (BenchFixture *self, const char *name, SwbState state)
{
  SwbPane *pane;

  while ((pane = swb_bench_find_pane (self->bench, name)) == NULL
         || swb_pane_get_state (pane) != state)
    g_main_context_iteration (NULL, TRUE);
  return pane;
}

static void
test_listener (BenchFixture *self, gconstpointer data)
{
  SwbPane *pane;

  g_test_summary (
      "it has the domain, type, protocol, name and state of what it was given, and goes on "
      "as that");
  run_script (self,
              PAIR "pane s AF_INET SOCK_STREAM 0\npane c AF_INET SOCK_STREAM 0\n"
                   "s bind 127.0.0.1:0\ns listen 3\np sendmsg fd s \"x\"\nq recvmsg\n");
  pane = wait_for_pane (self, "received", SWB_STATE_LISTENING);
  g_assert_cmpint (swb_pane_get_domain (pane), ==, AF_INET);
  g_assert_cmpint (swb_pane_get_socket_type (pane), ==, SOCK_STREAM);
  g_assert_cmpint (swb_pane_get_protocol (pane), ==, IPPROTO_TCP);
  g_assert_cmpstr (swb_pane_get_title (pane), ==, "Came to q");
  run_script (self,
              "s close\nc connect received\nreceived expect accept\nc send \"hello\"\n"
              "received expect recv \"hello\"\n");
}

static void
test_two (BenchFixture *self, gconstpointer data)
{
  g_test_summary ("each has a name of its own; one for a named pane makes none");
  run_script (self,
              PAIR "pane n AF_INET6 SOCK_DGRAM 0\npane m AF_INET6 SOCK_DGRAM 0\nn socket\n"
                   "p sendmsg fd n \"1\"\nq recvmsg\np sendmsg fd n \"2\"\nq recvmsg fd m\n"
                   "p sendmsg fd n \"3\"\nq recvmsg\n");
  wait_for_pane (self, "received2", SWB_STATE_CREATED);
  wait_for_pane (self, "received", SWB_STATE_CREATED);
  g_assert_cmpuint (g_list_model_get_n_items (swb_bench_get_panes (self->bench)), ==, 6);
  g_assert_cmpint (bench_fixture_run (self, "m take 9999"), ==, EBADF);
}

/* The sentences of the notes that tell of sockets that were turned away. */
static guint
count_turned_away (BenchFixture *self, SwbPane *pane)
{
  SwbJournal *journal = swb_bench_get_journal (self->bench);
  SwbRecord record;
  guint n = 0;

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    if (swb_journal_read (journal, i, &record) && record.kind == SWB_RECORD_NOTE
        && record.note == SWB_NOTE_DESCRIPTOR && record.ints[1] < 0)
      {
        g_autofree char *text = g_strndup ((const char *)record.data, record.n_data);

        g_assert_cmpuint (record.pane, ==, swb_pane_get_id (pane));
        g_assert_nonnull (
            strstr (text, "a socket AF_INET6 SOCK_DGRAM IPPROTO_UDP, was closed"));
        n++;
      }
  return n;
}

static void
test_many (BenchFixture *self, gconstpointer data)
{
  const guint beyond = 6;
  SwbPane *q;

  g_test_summary ("a peer that sends one after another gets 64 panes; what comes beyond is "
                  "closed and named; a pane that is closed makes room");
  run_script (self, PAIR "pane n AF_INET6 SOCK_DGRAM 0\nn socket\n");
  for (guint i = 0; i < SWB_BENCH_MAX_ARRIVALS + beyond; i++)
    run_script (self, "p sendmsg fd n \"x\"\nq recvmsg\n");
  q = swb_bench_find_pane (self->bench, "q");
  while (count_turned_away (self, q) < beyond)
    g_main_context_iteration (NULL, TRUE);
  wait_for_pane (self, "received64", SWB_STATE_CREATED);
  g_assert_cmpuint (g_list_model_get_n_items (swb_bench_get_panes (self->bench)), ==,
                    3 + SWB_BENCH_MAX_ARRIVALS);

  g_assert_cmpint (bench_fixture_run (self, "received7 remove"), ==, 0);
  run_script (self, "p sendmsg fd n \"x\"\nq recvmsg\n");
  wait_for_pane (self, "received7", SWB_STATE_CREATED);
  g_assert_cmpuint (count_turned_away (self, q), ==, beyond);
}

static void
test_no_file (BenchFixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SwbPane *pane;

  g_test_summary ("nobody put it on the bench: a file of the bench does not have it");
  run_script (self, PAIR "pane n AF_INET6 SOCK_DGRAM 0\nn socket\n");
  before = swb_bench_file_compose (self->bench, NULL, NULL);
  run_script (self, "p sendmsg fd n \"x\"\nq recvmsg\n");
  pane = wait_for_pane (self, "received", SWB_STATE_CREATED);
  g_assert_true (swb_bench_is_arrival (self->bench, pane));
  g_assert_false (
      swb_bench_is_arrival (self->bench, swb_bench_find_pane (self->bench, "n")));
  after = swb_bench_file_compose (self->bench, NULL, NULL);
  g_assert_cmpstr (after, ==, before);
}

#define ADD(path, func)                                                                    \
  g_test_add ("/received/" path, BenchFixture, NULL, bench_fixture_set_up, func,           \
              bench_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("listener", test_listener);
  ADD ("two", test_two);
  ADD ("many", test_many);
  ADD ("no-file", test_no_file);
  return g_test_run ();
}
