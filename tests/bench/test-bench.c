/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bench-fixture.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"

static void
assert_refused (BenchFixture *self, const char *text, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (swb_bench_run_text (self->bench, &error, "%s", text), ==, 0);
  g_assert_error (error, SWB_ERROR, code);
}

static void
test_panes (BenchFixture *self, gconstpointer data)
{
  GListModel *panes = swb_bench_get_panes (self->bench);
  g_autofree char *free_name = NULL, *other_free_name = NULL, *no_verb = NULL;

  /* The name is taken at once, the pane comes up through the journal. */
  g_assert_cmpuint (
      swb_bench_run_text (self->bench, NULL, "pane server AF_INET SOCK_STREAM 0"), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (panes), ==, 0);
  assert_refused (self, "pane server AF_INET SOCK_DGRAM 0", SWB_ERROR_EXISTS);
  g_assert_cmpuint (swb_bench_run_text (self->bench, NULL, "server bind 127.0.0.1:0"), ==,
                    2);
  free_name = swb_bench_dup_free_name (self->bench, "server");
  other_free_name = swb_bench_dup_free_name (self->bench, "client");
  g_assert_cmpstr (free_name, ==, "server2");
  g_assert_cmpstr (other_free_name, ==, "client");
  no_verb = swb_bench_dup_free_name (self->bench, "socket");
  g_assert_cmpstr (no_verb, ==, "socket2");

  bench_fixture_wait (self, 2);
  g_assert_cmpstr (self->outcomes->str, ==, "1:0 2:0 ");
  g_assert_cmpuint (g_list_model_get_n_items (panes), ==, 1);
  g_assert_cmpstr (swb_bench_get_pane_name (1, self->bench), ==, "server");
  g_assert_cmpstr (swb_bench_get_pane_name (7, self->bench), ==, "bench");
  g_assert_cmpint (swb_pane_get_state (swb_bench_find_pane (self->bench, "server")), ==,
                   SWB_STATE_BOUND);

  g_assert_cmpint (bench_fixture_run (self, "server remove"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (panes), ==, 0);
  assert_refused (self, "server close", SWB_ERROR_UNKNOWN);
  g_assert_cmpint (bench_fixture_run (self, "pane server AF_INET SOCK_DGRAM 0"), ==, 0);
  g_assert_cmpuint (swb_pane_get_id (swb_bench_find_pane (self->bench, "server")), ==, 2);
  g_assert_true (swb_pane_is_removed (swb_bench_get_pane_by_id (self->bench, 1)));
}

/* A command that needs a socket first has the refusal of socket(), in its words. */
static void
test_no_socket (BenchFixture *self, gconstpointer data)
{
  g_assert_cmpint (bench_fixture_run (self, "pane a AF_INET SOCK_STREAM IPPROTO_UDP"), ==,
                   0);
  g_assert_cmpint (bench_fixture_run (self, "a setsockopt SOL_SOCKET SO_KEEPALIVE 1"), ==,
                   EPROTONOSUPPORT);
  g_assert_true (g_str_has_prefix (self->last_message, "socket: "));
  g_assert_true (g_str_has_suffix (self->last_message,
                                   swb_errno_explain (SWB_CALL_SOCKET, EPROTONOSUPPORT)));
  g_assert_cmpstr (self->last_message, !=,
                   swb_errno_explain (SWB_CALL_SETSOCKOPT, EPROTONOSUPPORT));
}

/* The kernel is given its own number of a level, whatever the table calls it. */
static void
test_level_number (BenchFixture *self, gconstpointer data)
{
  SwbRecord record = { 0 };
  guint64 last;

  g_assert_cmpint (bench_fixture_run (self, "pane a AF_INET SOCK_STREAM 0"), ==, 0);
  g_assert_cmpint (bench_fixture_run (self, "a setsockopt SOL_L2CAP L2CAP_LM 0"), ==, 0);
  last = swb_journal_get_n_records (self->journal);
  while (record.kind != SWB_RECORD_CALL || record.call != SWB_CALL_SETSOCKOPT)
    g_assert_true (swb_journal_read (self->journal, --last, &record));
  g_assert_cmpint (record.ints[0], ==, 6);
  g_assert_cmpint (record.ints[1], ==, 3);
}

static void
test_refusals (BenchFixture *self, gconstpointer data)
{
  g_assert_cmpint (bench_fixture_run (self, "pane a AF_INET SOCK_STREAM 0"), ==, 0);
  assert_refused (self, "b close", SWB_ERROR_UNKNOWN);
  assert_refused (self, "a socketpair b", SWB_ERROR_UNKNOWN);
  assert_refused (self, "a bind 127.0.0.1:65536", SWB_ERROR_RANGE);
  assert_refused (self, "a bind 127.0.0.1:nosuchservice", SWB_ERROR_UNKNOWN);
  assert_refused (self, "a expect accept", SWB_ERROR_UNKNOWN);
  assert_refused (self, "wait 1s", SWB_ERROR_UNKNOWN);
  assert_refused (self, "# nothing", SWB_ERROR_SYNTAX);
  assert_refused (self, "a fly", SWB_ERROR_UNKNOWN);
}

static void
test_too_many_panes (BenchFixture *self, gconstpointer data)
{
  for (guint i = 0; i < SWB_BENCH_MAX_PANES; i++)
    g_assert_cmpuint (
        swb_bench_run_text (self->bench, NULL, "pane p%u AF_INET SOCK_STREAM 0", i), !=, 0);
  assert_refused (self, "pane more AF_INET SOCK_STREAM 0", SWB_ERROR_RANGE);
  bench_fixture_wait (self, SWB_BENCH_MAX_PANES);
  g_assert_cmpuint (g_list_model_get_n_items (swb_bench_get_panes (self->bench)), ==,
                    SWB_BENCH_MAX_PANES);
  g_assert_cmpint (bench_fixture_run (self, "p7 remove"), ==, 0);
  g_assert_cmpint (bench_fixture_run (self, "pane more AF_INET SOCK_STREAM 0"), ==, 0);
}

static void
test_pane_as_address (BenchFixture *self, gconstpointer data)
{
  guint64 last;
  g_autofree char *story = NULL;
  SwbPane *client;

  /* All at once: connect waits until the port that bind got is known. */
  swb_bench_run_text (self->bench, NULL, "pane s AF_INET SOCK_STREAM 0");
  swb_bench_run_text (self->bench, NULL, "pane c AF_INET SOCK_STREAM 0");
  swb_bench_run_text (self->bench, NULL, "s bind 0.0.0.0:0");
  swb_bench_run_text (self->bench, NULL, "s listen");
  last = swb_bench_run_text (self->bench, NULL, "c connect s");
  bench_fixture_wait (self, last);
  g_assert_cmpstr (self->outcomes->str, ==, "1:0 2:0 3:0 4:0 5:0 ");
  client = swb_bench_find_pane (self->bench, "c");
  g_assert_cmpint (swb_pane_get_state (client), ==, SWB_STATE_CONNECTED);
  g_assert_cmphex (
      swb_connection_get_peer (swb_pane_get_socket (client))->in.sin_addr.s_addr, ==,
      htonl (INADDR_LOOPBACK));
  story = bench_fixture_find_note (self, SWB_NOTE_RESOLVED);
  g_assert_nonnull (strstr (story, "127.0.0.1"));
}

static void
test_pane_without_address (BenchFixture *self, gconstpointer data)
{
  g_autofree char *note = NULL;

  bench_fixture_run (self, "pane s AF_INET SOCK_STREAM 0");
  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  g_assert_cmpint (bench_fixture_run (self, "c connect s"), ==, -1);
  note = bench_fixture_find_note (self, SWB_NOTE_PROBLEM);
  g_assert_cmpstr (note, ==, self->last_message);
  g_assert_cmpstr (swb_pane_get_failure (swb_bench_find_pane (self->bench, "c"))->detail,
                   ==, note);
}

/* The ids of COMMAND records in the order of the journal. */
static char *
list_commands (BenchFixture *self)
{
  GString *ids = g_string_new (NULL);
  SwbRecord record;

  for (guint64 i = 0; i < swb_journal_get_n_records (self->journal); i++)
    if (swb_journal_read (self->journal, i, &record) && record.kind == SWB_RECORD_COMMAND)
      g_string_append_printf (ids, "%" G_GINT64_FORMAT " ", record.ints[0]);
  return g_string_free (ids, FALSE);
}

static void
test_resolves (BenchFixture *self, gconstpointer data)
{
  g_autofree char *story = NULL, *ids = NULL;
  guint64 later;

  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  swb_bench_run_text (self->bench, NULL, "c connect localhost:1");
  later = swb_bench_run_text (self->bench, NULL, "c note \"behind it\"");
  bench_fixture_wait (self, later);
  bench_fixture_wait (self, 2);
  ids = list_commands (self);
  g_assert_cmpstr (ids, ==, "1 2 3 ");
  story = bench_fixture_find_note (self, SWB_NOTE_RESOLVED);
  g_assert_nonnull (strstr (story, "localhost"));
  g_assert_nonnull (strstr (self->outcomes->str, "2:111 "));
}

static void
test_unresolved (BenchFixture *self, gconstpointer data)
{
  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  g_assert_cmpint (bench_fixture_run (self, "c connect no-such-host.invalid:80"), ==, -1);
  g_assert_nonnull (strstr (self->last_message, "no-such-host.invalid"));
  g_assert_cmpint (swb_pane_get_failure (swb_bench_find_pane (self->bench, "c"))->call, ==,
                   SWB_CALL_CONNECT);
}

/* Resolving counts against `within`, so not even a name that is there is found in no time.
 */
static void
test_resolves_late (BenchFixture *self, gconstpointer data)
{
  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  g_assert_cmpint (bench_fixture_run (self, "c connect localhost:1 within 0s"), !=, 0);
  g_assert_cmpint (bench_fixture_run (self, "c connect localhost:1 within 60s"), ==,
                   ECONNREFUSED);
}

static void
test_file (BenchFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "pay load", NULL);
  g_autofree char *text = g_strdup_printf ("a send file:\"%s\"", path);

  g_assert_true (g_file_set_contents (path, "from a file", -1, NULL));
  bench_fixture_run (self, "pane a AF_UNIX SOCK_STREAM 0");
  bench_fixture_run (self, "pane b AF_UNIX SOCK_STREAM 0");
  bench_fixture_run (self, "a socketpair b");
  g_assert_cmpint (bench_fixture_run (self, text), ==, 0);
  g_assert_cmpuint (swb_pane_get_n_sent (swb_bench_find_pane (self->bench, "a")), ==, 11);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (bench_fixture_run (self, text), ==, -1);
}

static void
test_cancel (BenchFixture *self, gconstpointer data)
{
  guint64 accept_id;

  bench_fixture_run (self, "pane s AF_INET SOCK_STREAM 0");
  bench_fixture_run (self, "s bind 127.0.0.1:0");
  bench_fixture_run (self, "s listen");
  accept_id = swb_bench_run_text (self->bench, NULL, "s accept");
  swb_bench_cancel (self->bench, accept_id);
  bench_fixture_wait (self, accept_id);
  g_assert_cmpint (self->last_error, ==, ECANCELED);
}

static void
test_cancel_before (BenchFixture *self, gconstpointer data)
{
  guint64 id;

  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  id = swb_bench_run_text (self->bench, NULL, "c connect localhost:1");
  swb_bench_cancel (self->bench, id);
  bench_fixture_wait (self, id);
  g_assert_cmpint (self->last_error, ==, -1);
  g_assert_cmpint (bench_fixture_run (self, "c socket"), ==, 0);
}

static void
test_errno (BenchFixture *self, gconstpointer data)
{
  SwbPane *pane;

  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  g_assert_cmpint (bench_fixture_run (self, "c connect 127.0.0.1:1"), ==, ECONNREFUSED);
  g_assert_cmpstr (self->last_message, !=, "");
  pane = swb_bench_find_pane (self->bench, "c");
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_CONNECT);
  g_assert_cmpint (swb_pane_get_failure (pane)->error, ==, ECONNREFUSED);
}

static void
test_stop (BenchFixture *self, gconstpointer data)
{
  bench_fixture_run (self, "pane s AF_INET SOCK_STREAM 0");
  bench_fixture_run (self, "s bind 127.0.0.1:0");
  bench_fixture_run (self, "s listen");
  swb_bench_run_text (self->bench, NULL, "s accept");
  swb_bench_stop (self->bench);
  g_assert_nonnull (strstr (self->outcomes->str, "4:125 "));
  g_assert_cmpint (swb_pane_get_state (swb_bench_find_pane (self->bench, "s")), ==,
                   SWB_STATE_CLOSED);
  assert_refused (self, "s socket", SWB_ERROR_UNKNOWN);
}

#define ADD(path, func)                                                                    \
  g_test_add ("/bench/" path, BenchFixture, NULL, bench_fixture_set_up, func,              \
              bench_fixture_tear_down)

static guint
find_place (BenchFixture *self, const char *name)
{
  GListModel *panes = swb_bench_get_panes (self->bench);

  for (guint i = 0; i < g_list_model_get_n_items (panes); i++)
    {
      g_autoptr (SwbPane) pane = g_list_model_get_item (panes, i);

      if (g_str_equal (swb_pane_get_name (pane), name))
        return i;
    }
  return G_MAXUINT;
}

static void
restore (BenchFixture *self, SwbPane *pane, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = swb_bench_restore (self->bench, pane, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, expected);
  g_assert_cmpint (bench_fixture_run (self, "note \"after it\""), ==, 0);
}

static void
test_restore (BenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SwbPane *pane;

  g_test_summary (
      "a removed pane comes back as the same one, at its place, without a socket");
  g_assert_cmpint (bench_fixture_run (self, "pane a AF_INET SOCK_DGRAM 0 \"First\""), ==,
                   0);
  g_assert_cmpint (bench_fixture_run (self, "pane b AF_INET SOCK_DGRAM 0"), ==, 0);
  pane = swb_bench_find_pane (self->bench, "a");
  g_assert_null (swb_bench_restore (self->bench, pane, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_EXISTS);

  g_assert_cmpint (bench_fixture_run (self, "a recv manual"), ==, 0);
  g_assert_cmpint (bench_fixture_run (self, "a bind 127.0.0.1:0"), ==, 0);
  g_assert_cmpint (bench_fixture_run (self, "a remove"), ==, 0);
  g_assert_cmpuint (find_place (self, "a"), ==, G_MAXUINT);
  restore (self, pane, "a");
  g_assert_true (swb_bench_find_pane (self->bench, "a") == pane);
  g_assert_cmpuint (find_place (self, "a"), ==, 0);
  g_assert_cmpuint (find_place (self, "b"), ==, 1);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_NONE);
  g_assert_cmpstr (swb_pane_get_title (pane), ==, "First");
  g_assert_true (swb_pane_get_recv_auto (pane));
  g_assert_cmpint (bench_fixture_run (self, "a bind 127.0.0.1:0"), ==, 0);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_BOUND);

  /* Its name may be another's by now. */
  g_assert_cmpint (bench_fixture_run (self, "a remove"), ==, 0);
  g_assert_cmpint (bench_fixture_run (self, "pane a AF_INET SOCK_STREAM 0"), ==, 0);
  restore (self, pane, "a2");
  g_assert_cmpuint (find_place (self, "a2"), ==, 0);
  g_assert_cmpuint (find_place (self, "a"), ==, 2);
}

static void
test_title (BenchFixture *self, gconstpointer data)
{
  SwbPane *pane;

  g_test_summary ("a pane gets another title, and none");
  g_assert_cmpint (bench_fixture_run (self, "pane a AF_INET SOCK_DGRAM 0 \"First\""), ==,
                   0);
  pane = swb_bench_find_pane (self->bench, "a");
  g_assert_cmpint (bench_fixture_run (self, "a title \"Second \\\"one\\\"\""), ==, 0);
  g_assert_cmpstr (swb_pane_get_title (pane), ==, "Second \"one\"");
  g_assert_cmpint (bench_fixture_run (self, "a title \"\""), ==, 0);
  g_assert_cmpstr (swb_pane_get_title (pane), ==, "a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("panes", test_panes);
  ADD ("refusals", test_refusals);
  ADD ("level-number", test_level_number);
  ADD ("no-socket", test_no_socket);
  ADD ("restore", test_restore);
  ADD ("title", test_title);
  ADD ("too-many-panes", test_too_many_panes);
  ADD ("pane-as-address", test_pane_as_address);
  ADD ("pane-without-address", test_pane_without_address);
  ADD ("resolves", test_resolves);
  ADD ("unresolved", test_unresolved);
  ADD ("resolves-late", test_resolves_late);
  ADD ("file", test_file);
  ADD ("cancel", test_cancel);
  ADD ("cancel-before", test_cancel_before);
  ADD ("errno", test_errno);
  ADD ("stop", test_stop);
  return g_test_run ();
}
