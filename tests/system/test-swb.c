/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "journal/notation/swb-notation.h"
#include "swb-fixture.h"

#define TCP "pane a AF_INET SOCK_STREAM 0\n"

/* --- exit status and diagnostics --- */

static void
test_help (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) help = swb_fixture_run (self, NULL, NULL, "--help", NULL);
  g_auto (SwbResult) version = swb_fixture_run (self, NULL, NULL, "--version", NULL);
  g_auto (SwbResult) run_help = swb_fixture_run (self, NULL, NULL, "run", "--help", NULL);

  g_assert_cmpint (help.status, ==, 0);
  swb_assert_contains (help.out, "sockets");
  g_assert_cmpint (version.status, ==, 0);
  swb_assert_contains (version.out, PACKAGE_VERSION);
  g_assert_cmpint (run_help.status, ==, 0);
  swb_assert_contains (run_help.out, "--until-idle");
}

static void
test_wrong_use (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) none = swb_fixture_run (self, NULL, NULL, NULL);
  g_auto (SwbResult) unknown = swb_fixture_run (self, NULL, NULL, "fly", NULL);
  g_auto (SwbResult) no_file = swb_fixture_run (self, NULL, NULL, "run", NULL);
  g_auto (SwbResult) option = swb_fixture_run (self, NULL, NULL, "run", "--fly", "x", NULL);
  g_auto (SwbResult) format
      = swb_fixture_run (self, NULL, NULL, "do", "--journal=xml", "wait 1ms", NULL);
  g_auto (SwbResult) time
      = swb_fixture_run (self, NULL, NULL, "do", "--for=5", "wait 1ms", NULL);
  g_auto (SwbResult) missing
      = swb_fixture_run (self, NULL, NULL, "run", "missing.bench", NULL);
  g_auto (SwbResult) folder = swb_fixture_run (self, NULL, NULL, "check", "/", NULL);

  g_assert_cmpint (none.status, ==, 2);
  g_assert_cmpint (unknown.status, ==, 2);
  g_assert_cmpint (no_file.status, ==, 2);
  g_assert_cmpint (option.status, ==, 2);
  g_assert_cmpint (format.status, ==, 2);
  g_assert_cmpint (time.status, ==, 2);
  g_assert_cmpint (missing.status, ==, 2);
  swb_assert_contains (missing.err, "missing.bench: ");
  g_assert_cmpint (folder.status, ==, 2);
}

static void
test_mistakes (SwbFixture *self, gconstpointer data)
{
  g_autofree char *path = swb_fixture_write (
      self, "x.bench", TCP "a bind 127.0.0.1:65536\nb close\na send hello\n", -1);
  g_auto (SwbResult) check = swb_fixture_run (self, NULL, NULL, "check", "x.bench", NULL);
  g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "run", "x.bench", NULL);
  g_auto (SwbResult) commands = swb_fixture_run (
      self, NULL, NULL, "do", "pane a AF_INET SOCK_STREAM 0", "a fly", NULL);
  g_auto (SwbResult) newline = swb_fixture_run (self, NULL, NULL, "do", "wait\n1s", NULL);

  g_assert_cmpint (check.status, ==, 2);
  g_assert_cmpstr (check.out, ==, "");
  swb_assert_contains (check.err, "x.bench:2:18: ");
  swb_assert_contains (check.err, "x.bench:3:1: ");
  swb_assert_contains (check.err, "x.bench:4:8: ");
  g_assert_cmpint (run.status, ==, 2);
  g_assert_cmpstr (run.err, ==, check.err);
  g_assert_cmpstr (run.out, ==, "");
  g_assert_cmpint (commands.status, ==, 2);
  swb_assert_contains (commands.err, "command 2:3: ");
  g_assert_cmpint (newline.status, ==, 2);
  swb_assert_contains (newline.err, "command 1:5: ");
}

static void
test_failed (SwbFixture *self, gconstpointer data)
{
  g_autofree char *path = swb_fixture_write (
      self, "x.bench",
      "pane a AF_UNIX SOCK_STREAM 0\npane b AF_UNIX SOCK_STREAM 0\na socketpair b\n"
      "a send \"came\"\n\nb expect recv \"want\" within 60s\n",
      -1);
  g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "run", "x.bench", NULL);
  g_auto (SwbResult) check = swb_fixture_run (self, NULL, NULL, "check", "x.bench", NULL);
  g_auto (SwbResult) refused
      = swb_fixture_run (self, NULL, NULL, "do", "--journal=none",
                         "pane a AF_INET SOCK_STREAM 0", "a connect 127.0.0.1:1", NULL);

  g_assert_cmpint (check.status, ==, 0);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_cmpstr (run.err, ==, "x.bench:6:1: b: expected \"want\", came \"came\"\n");
  g_assert_cmpint (refused.status, ==, 1);
  swb_assert_contains (refused.err, "command 2:1: ");
  swb_assert_contains (refused.err, "ECONNREFUSED");
  g_assert_cmpstr (refused.out, ==, "");
}

/* --- the journal on stdout --- */

static void
test_text (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "do", "pane a AF_UNIX SOCK_STREAM 0",
                         "pane b AF_UNIX SOCK_STREAM 0", "a socketpair b",
                         "a send \"\\x1b[31m\\x00é\"", "b expect recv 8 bytes", NULL);
  g_auto (GStrv) lines = g_strsplit (run.out, "\n", -1);
  guint n_calls = 0;

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.err, ==, "");
  g_assert_null (strchr (run.out, '\x1b'));
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *pane = NULL;
      g_autoptr (GBytes) bytes = NULL;
      SwbRecord record;

      g_assert_true (swb_notation_parse (lines[i], &record, &pane, &bytes, &error));
      g_assert_no_error (error);
      n_calls += record.kind == SWB_RECORD_CALL;
    }
  g_assert_cmpuint (n_calls, ==, 5); /* socketpair, send, recv, two closes */
}

static void
test_json (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) run = swb_fixture_run (
      self, NULL, NULL, "do", "--journal=json", "pane a AF_UNIX SOCK_STREAM 0",
      "pane b AF_UNIX SOCK_STREAM 0", "a socketpair b", "a send \"\\x00\\xff\"", NULL);
  g_auto (GStrv) lines = g_strsplit (run.out, "\n", -1);
  gboolean sent = FALSE;

  g_assert_cmpint (run.status, ==, 0);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *object;

      g_assert_nonnull (node);
      object = json_node_get_object (node);
      g_assert_cmpint (json_object_get_int_member (object, "position"), ==, i);
      if (g_strcmp0 (json_object_get_string_member_with_default (object, "call", ""),
                     "send")
          != 0)
        continue;
      sent = TRUE;
      g_assert_cmpstr (json_object_get_string_member (object, "data"), ==, "AP8=");
    }
  g_assert_true (sent);
}

static void
test_sockets (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) table = swb_fixture_run (self, NULL, NULL, "sockets", NULL);
  g_auto (SwbResult) json = swb_fixture_run (self, NULL, NULL, "sockets", "--json", NULL);
  g_autoptr (JsonNode) node = json_from_string (json.out, NULL);
  g_auto (GStrv) lines = g_strsplit (table.out, "\n", -1);

  g_assert_cmpint (table.status, ==, 0);
  g_assert_cmpint (json.status, ==, 0);
  swb_assert_contains (table.out, "AF_UNIX");
  g_assert_nonnull (node);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==,
                    g_strv_length (lines) - 1);
}

/* --- how it ends --- */

static void
test_interrupt (SwbFixture *self, gconstpointer data)
{
  int signals[] = { SIGINT, SIGTERM };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      SwbLive *live
          = swb_fixture_start (self, NULL, "do", "pane s AF_INET SOCK_STREAM 0",
                               "s bind 127.0.0.1:0", "s listen", "s accept", NULL);
      g_autofree char *line = swb_live_read_until (live, "> #4 s accept");
      g_autofree char *all = NULL;

      g_assert_cmpint (swb_live_end (live, signals[i], &all), ==, 128 + signals[i]);
      swb_assert_contains (all, "ECANCELED");
      swb_assert_contains (all, " close(");
    }
}

static void
test_terminate_lingering (SwbFixture *self, gconstpointer data)
{
  SwbLive *live
      = swb_fixture_start (self, NULL, "do", "--for=60s", "pane s AF_INET SOCK_STREAM 0",
                           "s bind 127.0.0.1:0", "s listen", NULL);
  g_autofree char *line = swb_live_read_until (live, "< #3 ok");
  g_autofree char *all = NULL;

  g_assert_cmpint (swb_live_end (live, SIGTERM, &all), ==, 0);
  swb_assert_contains (all, " close(");
}

static void
test_for (SwbFixture *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "do", "--for=300ms", "note \"x\"", NULL);
  g_auto (SwbResult) idle = { 0 };
  gint64 middle = g_get_monotonic_time ();

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpint (middle - start, >=, 300000);
  idle = swb_fixture_run (self, NULL, NULL, "do", "--until-idle", "note \"x\"", NULL);
  g_assert_cmpint (idle.status, ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - middle, >=, 1000000);
}

static void
test_reader_gone (SwbFixture *self, gconstpointer data)
{
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_auto (SwbResult) run = { 0 };

  /* The reader takes its time to go. */
  for (guint i = 0; i < 600; i++)
    g_string_append (notes, "note \"x\"\nwait 100ms\n");
  path = swb_fixture_write (self, "notes.bench", notes->str, -1);
  run = swb_fixture_run (self, NULL, "sh", "-c",
                         "(\"$SWB\" run notes.bench; echo $? >&2) | head -n 1", NULL);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.err, ==, "141\n");
}

static void
test_keep_journal (SwbFixture *self, gconstpointer data)
{
  g_autofree char *kept = g_build_filename (self->folder, "kept", NULL);
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "do", "--keep-journal=kept", "note \"x\"", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = swb_journal_open (kept, &error);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_journal_get_n_records (journal), ==, 3);
}

/* --- hostile files --- */

static void
assert_hostile (SwbFixture *self, const char *contents, gssize length, const char *part)
{
  g_autofree char *path = swb_fixture_write (self, "hostile.bench", contents, length);
  g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "run", path, NULL);

  g_assert_cmpint (run.status, ==, 2);
  swb_assert_contains (run.err, part);
  g_assert_cmpuint (strlen (run.err), <, 100000);
}

static void
test_hostile (SwbFixture *self, gconstpointer data)
{
  g_autofree char *line = g_strnfill (10 * 1024 * 1024, 'x');
  g_autoptr (GString) panes = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (panes, "pane p%u AF_INET SOCK_STREAM 0\n", i);
  assert_hostile (self, line, -1, ":1:1: ");
  assert_hostile (self, panes->str, -1, ":1001:1: ");
  assert_hostile (self,
                  "\x7f"
                  "ELF\0\0\0",
                  7, ":1:5: ");
  assert_hostile (self, "pane a AF_IN", -1, ":1:8: ");
  assert_hostile (self, "a send \"\x1b[2J\xff\"", -1, ":1:13: ");
}

static void
test_endless_file (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "check", "/dev/zero", NULL);

  g_assert_cmpint (run.status, ==, 2);
}

#define ADD(path, func)                                                                    \
  g_test_add ("/swb/" path, SwbFixture, NULL, swb_fixture_set_up, func,                    \
              swb_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (SWB_SUITE_PATIENCE_S);
  ADD ("help", test_help);
  ADD ("wrong-use", test_wrong_use);
  ADD ("mistakes", test_mistakes);
  ADD ("failed", test_failed);
  ADD ("text", test_text);
  ADD ("json", test_json);
  ADD ("sockets", test_sockets);
  ADD ("interrupt", test_interrupt);
  ADD ("terminate-lingering", test_terminate_lingering);
  ADD ("for", test_for);
  ADD ("reader-gone", test_reader_gone);
  ADD ("keep-journal", test_keep_journal);
  ADD ("hostile", test_hostile);
  ADD ("endless-file", test_endless_file);
  return g_test_run ();
}
