/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "bench-fixture.h"
#include "faults.h"
#include "journal/store/swb-journal-health.h"
#include "net/swb-error.h"

#define PAIR                                                                               \
  "pane s AF_INET SOCK_STREAM 0\npane c AF_INET SOCK_STREAM 0\ns bind 127.0.0.1:0\ns "     \
  "listen\n"                                                                               \
  "c connect s\ns expect accept\n"

#define UNIX_PAIR                                                                          \
  "pane a AF_UNIX SOCK_STREAM 0\npane b AF_UNIX SOCK_STREAM 0\na socketpair b\n"

#define DATAGRAMS                                                                          \
  "pane a AF_UNIX SOCK_DGRAM 0\npane b AF_UNIX SOCK_DGRAM 0\na socketpair b\n"

static void
assert_done (BenchFixture *self, const char *text)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, text);

  g_assert_no_error (swb_script_get_error (script));
  g_assert_cmpint (swb_script_get_state (script), ==, SWB_SCRIPT_DONE);
}

static void
assert_failed (BenchFixture *self, const char *text, guint line, int code, const char *part)
{
  g_autoptr (SwbScript) script = bench_fixture_script (self, text);

  g_assert_cmpint (swb_script_get_state (script), ==, SWB_SCRIPT_FAILED);
  g_assert_error (swb_script_get_error (script), SWB_ERROR, code);
  g_test_message ("%s", swb_script_get_error (script)->message);
  g_assert_nonnull (strstr (swb_script_get_error (script)->message, part));
  g_assert_cmpuint (swb_script_get_command (script)->line, ==, line);
}

static void
test_echo (BenchFixture *self, gconstpointer data)
{
  assert_done (self,
               PAIR "s reply echo\n# a comment\n\nc send \"hello\"\nc expect recv \"hel\"\n"
                    "c expect recv \"lo\"\nc shutdown SHUT_WR\nc expect recv eof\nc close\n"
                    "c expect state CLOSED\nwait 1ms\nnote \"so far\"");
}

static void
test_server_connection (BenchFixture *self, gconstpointer data)
{
  assert_done (self, PAIR "c send \"one\"\ns expect recv \"one\"\ns#1 send \"two\"\n"
                          "c expect recv 3 bytes\ns#1 close\nc expect recv eof");
}

static void
test_two_connections (BenchFixture *self, gconstpointer data)
{
  assert_failed (self,
                 PAIR "pane d AF_INET SOCK_STREAM 0\nd connect s\ns expect accept\n"
                      "s expect recv \"x\"",
                 10, SWB_ERROR_EXPECTATION, "s#1");
}

static void
test_mismatch (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, UNIX_PAIR "a send \"hello\"\nb expect recv \"help\" within 60s", 5,
                 SWB_ERROR_EXPECTATION, "expected \"help\", came \"hello\"");
}

static void
test_too_late (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, UNIX_PAIR "a send \"hel\"\nb expect recv \"hello\" within 50ms", 5,
                 SWB_ERROR_TIMEOUT, "came \"hel\"");
}

static void
test_nothing_came (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, UNIX_PAIR "b expect recv 1 bytes within 20ms", 4, SWB_ERROR_TIMEOUT,
                 "expected 1 byte within 20ms, came nothing");
}

static void
test_early_eof (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, UNIX_PAIR "a close\nb expect recv \"x\" within 60s", 5,
                 SWB_ERROR_EXPECTATION, "the end of the stream");
}

static void
test_not_eof (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, UNIX_PAIR "a send \"x\"\nb expect recv eof within 60s", 5,
                 SWB_ERROR_EXPECTATION, "expected the end of the stream, came \"x\"");
}

static void
test_datagrams (BenchFixture *self, gconstpointer data)
{
  assert_done (self, DATAGRAMS
               "a send \"one\"\na send \"\"\na send \"two\"\nb expect recv \"one\"\n"
               "b expect recv \"\"\nb expect recv 3 bytes");
}

static void
test_datagram_prefix (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, DATAGRAMS "a send \"one\"\nb expect recv \"on\" within 60s", 5,
                 SWB_ERROR_EXPECTATION, "came \"one\"");
}

static void
test_expected_errno (BenchFixture *self, gconstpointer data)
{
  assert_done (self,
               "pane c AF_INET SOCK_STREAM 0\nc connect 127.0.0.1:1 expect ECONNREFUSED\n"
               "c expect error ECONNREFUSED");
}

static void
test_other_errno (BenchFixture *self, gconstpointer data)
{
  assert_failed (self,
                 "pane c AF_INET SOCK_STREAM 0\nc connect 127.0.0.1:1 expect ETIMEDOUT", 2,
                 SWB_ERROR_EXPECTATION, "expected ETIMEDOUT, came ECONNREFUSED");
}

static void
test_unexpected_success (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, "pane c AF_INET SOCK_STREAM 0\nc socket expect EMFILE", 2,
                 SWB_ERROR_EXPECTATION, "came success");
}

static void
test_errno_ends (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, "pane c AF_INET SOCK_STREAM 0\nc connect 127.0.0.1:1\nc socket", 2,
                 SWB_ERROR_EXPECTATION, "ECONNREFUSED");
}

static void
test_accept_too_late (BenchFixture *self, gconstpointer data)
{
  assert_failed (self,
                 "pane s AF_INET SOCK_STREAM 0\ns bind 127.0.0.1:0\ns listen\n"
                 "s accept within 20ms",
                 4, SWB_ERROR_TIMEOUT, "ETIMEDOUT");
}

static void
test_wrong_state (BenchFixture *self, gconstpointer data)
{
  assert_failed (self,
                 "pane s AF_INET SOCK_STREAM 0\ns bind 127.0.0.1:0\n"
                 "s expect state LISTEN within 20ms",
                 3, SWB_ERROR_TIMEOUT, "came BOUND");
}

static void
test_unknown_pane (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, "pane s AF_INET SOCK_STREAM 0\nt socket", 2, SWB_ERROR_UNKNOWN, "t");
  assert_failed (self, "u expect recv \"x\" within 20ms", 1, SWB_ERROR_UNKNOWN, "u");
}

static void
test_shortened (BenchFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (UNIX_PAIR "a send \"");
  g_autoptr (SwbScript) script = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\"\nb expect recv \"y\" within 60s");
  script = bench_fixture_script (self, text->str);
  g_assert_error (swb_script_get_error (script), SWB_ERROR, SWB_ERROR_EXPECTATION);
  g_assert_cmpuint (strlen (swb_script_get_error (script)->message), <, 300);
}

static void
test_stop (BenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbScript) script = swb_script_new_from_text (
      self->bench, "pane s AF_INET SOCK_STREAM 0\ns bind 127.0.0.1:0\ns listen\ns accept",
      &error);

  swb_script_start (script);
  while (swb_script_get_index (script) < 3)
    g_main_context_iteration (NULL, TRUE);
  swb_script_stop (script);
  g_assert_cmpint (swb_script_get_state (script), ==, SWB_SCRIPT_STOPPED);
  g_assert_null (swb_script_get_error (script));
}

/* The errno of open() says of sendmsg() something else: that no socket has the path. */
static void
test_no_file (BenchFixture *self, gconstpointer data)
{
  assert_failed (self, DATAGRAMS "a sendmsg file /nonexistent/file \"x\"\n", 4,
                 SWB_ERROR_EXPECTATION,
                 "ENOENT: the file /nonexistent/file could not be opened: ");
}

static void
test_bad_text (BenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (swb_script_new_from_text (self->bench, "# x\npane s AF_INET", &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "line 2, column 15"));
}

static void
test_empty (BenchFixture *self, gconstpointer data)
{
  assert_done (self, "# nothing\n");
}

#define ADD(path, func)                                                                    \
  g_test_add ("/script/" path, BenchFixture, NULL, bench_fixture_set_up, func,             \
              bench_fixture_tear_down)

/* How many OUTCOME records there are, each of another command. */
static guint
count_outcomes (BenchFixture *self)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  SwbRecord record;

  for (guint64 i = 0; i < swb_journal_get_n_records (self->journal); i++)
    if (swb_journal_read (self->journal, i, &record) && record.kind == SWB_RECORD_OUTCOME)
      g_assert_true (g_hash_table_add (ids, GSIZE_TO_POINTER ((gsize)record.ints[0])));
  return g_hash_table_size (ids);
}

static void
test_unrecorded (BenchFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 n_before;
  SwbHealth health;

  g_test_summary ("while the journal cannot be written a script goes on to its end, and "
                  "fails where it would; afterwards the journal has each outcome once");
  assert_done (self, UNIX_PAIR);
  n_before = swb_journal_get_n_records (self->journal);
  faults_set_write_error (ENOSPC);
  for (guint i = 0; i < 100; i++)
    g_string_append (text, "a send \"x\"\n");
  assert_done (self, text->str);
  assert_failed (self, "a send \"x\"\na bind /\na close", 2, SWB_ERROR_EXPECTATION,
                 "EADDRINUSE");
  g_assert_cmpuint (swb_journal_get_n_records (self->journal), ==, n_before);
  swb_journal_get_health (self->journal, &health);
  g_assert_cmpint (health.error, ==, ENOSPC);

  faults_set_write_error (0);
  assert_done (self, "a send \"x\"\nb expect recv \"x\"\na close");
  g_assert_cmpuint (count_outcomes (self), ==, 3 + 100 + 2 + 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("echo", test_echo);
  ADD ("server-connection", test_server_connection);
  ADD ("two-connections", test_two_connections);
  ADD ("mismatch", test_mismatch);
  ADD ("too-late", test_too_late);
  ADD ("nothing-came", test_nothing_came);
  ADD ("early-eof", test_early_eof);
  ADD ("not-eof", test_not_eof);
  ADD ("datagrams", test_datagrams);
  ADD ("datagram-prefix", test_datagram_prefix);
  ADD ("expected-errno", test_expected_errno);
  ADD ("other-errno", test_other_errno);
  ADD ("unexpected-success", test_unexpected_success);
  ADD ("errno-ends", test_errno_ends);
  ADD ("accept-too-late", test_accept_too_late);
  ADD ("wrong-state", test_wrong_state);
  ADD ("unknown-pane", test_unknown_pane);
  ADD ("shortened", test_shortened);
  ADD ("unrecorded", test_unrecorded);
  ADD ("stop", test_stop);
  ADD ("bad-text", test_bad_text);
  ADD ("no-file", test_no_file);
  ADD ("empty", test_empty);
  return g_test_run ();
}
