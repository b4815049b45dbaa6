/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "swb-fixture.h"

/* swb show and swb convert as processes. */

/* A TCP session, a datagram, a pair and an error: r.pcapng, and the same journal in kept.
 */
static void
record (SwbFixture *self)
{
  g_autofree char *bench = swb_fixture_write (
      self, "x.bench",
      "pane server AF_INET SOCK_STREAM 0 as server\nserver bind 127.0.0.1:0\n"
      "server listen\nserver reply echo\n"
      "pane client AF_INET SOCK_STREAM 0\nclient connect server\n"
      "client send \"GET / \\x00\\xff\\n\"\n"
      "client expect recv \"GET / \\x00\\xff\\n\" within 60s\n"
      "pane a AF_UNIX SOCK_STREAM 0\npane b AF_UNIX SOCK_STREAM 0\na socketpair b\n"
      "a send \"pair\"\nb expect recv \"pair\" within 60s\n"
      "pane u AF_INET SOCK_DGRAM 0\nu sendto 127.0.0.1:9 \"\\x1b[31m\"\n"
      "pane n AF_INET SOCK_STREAM 0\nn connect 127.0.0.1:1 expect ECONNREFUSED\n",
      -1);
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "run", "--journal=pcapng", "-o", "r.pcapng",
                         "--keep-journal=kept", bench, NULL);

  g_assert_cmpstr (run.err, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.out, ==, "");
}

static void
assert_shows (SwbFixture *self, const char *filter, guint n_lines, const char *part)
{
  g_auto (SwbResult) show
      = swb_fixture_run (self, NULL, NULL, "show", "--filter", filter, "r.pcapng", NULL);
  guint n_shown = 0;

  for (const char *at = show.out; (at = strchr (at, '\n')) != NULL; at++)
    n_shown++;
  g_assert_cmpstr (show.err, ==, "");
  g_assert_cmpint (show.status, ==, 0);
  if (n_shown != n_lines)
    g_error ("%s: %u lines expected in:\n%s", filter, n_lines, show.out);
  swb_assert_contains (show.out, part);
}

/* --- what comes back --- */

static void
test_round_trip (SwbFixture *self, gconstpointer data)
{
  static const char *const formats[] = { "text", "json", "csv", "hex" };

  g_test_summary ("a recording shows the records of the journal that it was made of");
  record (self);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_auto (SwbResult) kept
          = swb_fixture_run (self, NULL, NULL, "show", "--as", formats[i], "kept", NULL);
      g_auto (SwbResult) recorded = swb_fixture_run (self, NULL, NULL, "show", "--as",
                                                     formats[i], "r.pcapng", NULL);

      g_assert_cmpint (kept.status, ==, 0);
      g_assert_cmpstr (recorded.err, ==, "");
      g_assert_cmpint (recorded.status, ==, 0);
      g_assert_cmpstr (recorded.out, ==, kept.out);
      g_assert_null (strchr (recorded.out, '\x1b'));
      swb_assert_contains (recorded.out, "client");
    }
}

static void
test_same_as_run (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) run = swb_fixture_run (
      self, NULL, NULL, "do", "--keep-journal=kept", "pane a AF_UNIX SOCK_STREAM 0",
      "pane b AF_UNIX SOCK_STREAM 0", "a socketpair b", "a send \"x\"",
      "b expect recv \"x\"", "b remove", "note \"of no pane\"", NULL);
  g_auto (SwbResult) kept = swb_fixture_run (self, NULL, NULL, "show", "kept", NULL);
  g_auto (SwbResult) convert
      = swb_fixture_run (self, NULL, NULL, "convert", "kept", "k.pcapng", NULL);
  g_auto (SwbResult) recorded
      = swb_fixture_run (self, NULL, NULL, "show", "k.pcapng", NULL);

  g_test_summary ("the text that a run printed, its kept journal and a recording agree");
  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (kept.out, ==, run.out);
  g_assert_cmpint (convert.status, ==, 0);
  g_assert_cmpstr (recorded.out, ==, run.out);
}

/* What made the panes went with the oldest records. */
static void
test_at_limit (SwbFixture *self, gconstpointer data)
{
  g_autofree char *bytes = g_strnfill (60000, 'x');
  GString *text = g_string_new ("pane a AF_UNIX SOCK_STREAM 0\n"
                                "pane b AF_UNIX SOCK_STREAM 0\na socketpair b\n");
  g_autofree char *bench = NULL;

  g_test_summary ("panes have their names when the records that named them have gone");
  for (int i = 0; i < 40; i++)
    g_string_append_printf (text, "a send \"%s\"\n", bytes);
  bench = swb_fixture_write (self, "limit.bench", text->str, -1);
  g_string_free (text, TRUE);
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "run", "--journal=none",
                         "--keep-journal=limited", "--journal-limit=1M", bench, NULL);
  g_auto (SwbResult) show = swb_fixture_run (self, NULL, NULL, "show", "--filter",
                                             "call = send", "limited", NULL);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpint (show.status, ==, 0);
  g_assert_true (g_str_has_prefix (show.out, "a "));
  g_assert_null (strstr (show.out, "pane1"));
}

static void
test_filters (SwbFixture *self, gconstpointer data)
{
  g_test_summary ("show prints what passes a filter, and nothing else");
  record (self);
  assert_shows (self, "call = send and pane = client", 1, "client ");
  assert_shows (self, "data ~ \"pair\" and kind = call", 2, "b ");
  assert_shows (self, "kind = outcome and errno = ECONNREFUSED", 1, "n ");
  assert_shows (self, "socket = server#1 and dir = in and len > 0", 1, "server#1 ");
  assert_shows (self, "peer ~ \"127.0.0.1\" and dir = out and pane = client", 1, "GET");
  assert_shows (self, "len = 424242", 0, "");
}

static void
test_filter_mistakes (SwbFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *filter;
    const char *message;
  } cases[] = { { "len > ", "filter:7: " },
                { "pane = nobody", "filter:8: " },
                { "(a", "filter:1: " },
                { "data =~ /(/", "filter:" } };

  g_test_summary ("a filter's mistake is told with its column, exit status 2");
  record (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (SwbResult) show = swb_fixture_run (self, NULL, NULL, "show", "r.pcapng",
                                                 "--filter", cases[i].filter, NULL);

      g_assert_cmpint (show.status, ==, 2);
      g_assert_cmpstr (show.out, ==, "");
      swb_assert_contains (show.err, cases[i].message);
    }
}

static void
test_raw (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) all = { 0 }, one = { 0 }, none = { 0 };
  g_autofree char *raw = NULL;
  gsize length;

  g_test_summary ("raw is one direction of one socket, or a mistake");
  record (self);
  all = swb_fixture_run (self, NULL, NULL, "show", "--as=raw", "r.pcapng", NULL);
  g_assert_cmpint (all.status, ==, 2);
  g_assert_cmpstr (all.out, ==, "");
  swb_assert_contains (all.err, "dir = ");
  one = swb_fixture_run (self, NULL, NULL, "show", "--as=raw", "-o", "raw",
                         "--filter=pane = client and dir = out", "r.pcapng", NULL);
  g_assert_cmpint (one.status, ==, 0);
  raw = swb_fixture_read (self, "raw", &length);
  g_assert_cmpmem (raw, length, "GET / \x00\xff\n", 9);
  none = swb_fixture_run (self, NULL, NULL, "show", "--as=raw", "--filter=len = 424242",
                          "r.pcapng", NULL);
  g_assert_cmpint (none.status, ==, 0);
  g_assert_cmpstr (none.out, ==, "");
}

static void
test_part (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) part = { 0 }, want = { 0 }, got = { 0 };

  g_test_summary ("a filter's result is a recording of its own, with its panes' names");
  record (self);
  part = swb_fixture_run (self, NULL, NULL, "show", "--as=pcapng", "-o", "p.pcapng",
                          "--filter=kind = call", "r.pcapng", NULL);
  g_assert_cmpint (part.status, ==, 0);
  want = swb_fixture_run (self, NULL, NULL, "show", "--filter=kind = call and len > 0",
                          "r.pcapng", NULL);
  got = swb_fixture_run (self, NULL, NULL, "show", "--filter=len > 0", "p.pcapng", NULL);
  g_assert_cmpint (got.status, ==, 0);
  g_assert_cmpstr (got.out, ==, want.out);
}

static void
test_convert (SwbFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *format;
  } cases[] = { { "o.json", "json" }, { "o.csv", "csv" }, { "o.txt", "text" } };
  g_auto (SwbResult) again = { 0 }, first = { 0 }, second = { 0 };

  g_test_summary ("convert writes what show prints, by the file's ending");
  record (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (SwbResult) convert
          = swb_fixture_run (self, NULL, NULL, "convert", "r.pcapng", cases[i].name, NULL);
      g_auto (SwbResult) show = swb_fixture_run (self, NULL, NULL, "show", "--as",
                                                 cases[i].format, "r.pcapng", NULL);
      g_autofree char *file = swb_fixture_read (self, cases[i].name, NULL);

      g_assert_cmpint (convert.status, ==, 0);
      g_assert_cmpstr (convert.out, ==, "");
      g_assert_cmpstr (file, ==, show.out);
    }

  first = swb_fixture_run (self, NULL, NULL, "show", "r.pcapng", NULL);
  again = swb_fixture_run (self, NULL, NULL, "convert", "r.pcapng", "r.pcapng", NULL);
  second = swb_fixture_run (self, NULL, NULL, "show", "r.pcapng", NULL);
  g_assert_cmpint (again.status, ==, 0);
  g_assert_cmpstr (second.out, ==, first.out);
}

/* --- how it ends --- */

/* Half a recording on stdin, and nobody who would send the rest. */
static void
test_interrupted_show (SwbFixture *self, gconstpointer data)
{
  g_autofree char *whole = NULL, *cache = NULL;
  SwbLive *live;
  gboolean is_reading = FALSE;

  g_test_summary ("a signal ends show while it reads, and leaves nothing behind");
  record (self);
  whole = swb_fixture_read (self, "r.pcapng", NULL);
  cache = g_build_filename (self->state, "socket-workbench", NULL);
  live = swb_fixture_start (self, NULL, "show", "-", NULL);
  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (live->process),
                                            whole, 500, NULL, NULL, NULL));
  while (!is_reading)
    {
      g_autoptr (GDir) dir = g_dir_open (cache, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        is_reading = is_reading || g_str_has_prefix (name, "recording-");
    }
  g_assert_cmpint (swb_live_end (live, SIGTERM, NULL), ==, 128 + SIGTERM);
}

static void
test_full (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) show = { 0 };

  g_test_summary ("a full disk is exit status 1");
  record (self);
  show = swb_fixture_run (self, NULL, NULL, "show", "-o", "/dev/full", "r.pcapng", NULL);
  g_assert_cmpint (show.status, ==, 1);
  swb_assert_contains (show.err, "/dev/full: ");
}

/* --- mistakes --- */

static void
assert_wrong (SwbResult result, const char *part)
{
  g_assert_cmpint (result.status, ==, 2);
  g_assert_cmpstr (result.out, ==, "");
  swb_assert_contains (result.err, part);
  swb_result_clear (&result);
}

#define RUN(...) swb_fixture_run (self, NULL, NULL, __VA_ARGS__, NULL)

static void
test_wrong_use (SwbFixture *self, gconstpointer data)
{
  g_test_summary ("wrong use is exit status 2");
  record (self);
  assert_wrong (RUN ("show"), "one recording");
  assert_wrong (RUN ("show", "a", "b"), "one recording");
  assert_wrong (RUN ("show", "--as=xml", "r.pcapng"), "xml");
  assert_wrong (RUN ("show", "--fly", "r.pcapng"), "fly");
  assert_wrong (RUN ("show", "missing"), "missing");
  assert_wrong (RUN ("show", "/"), "/");
  assert_wrong (RUN ("show", "-o", "missing/x", "r.pcapng"), "missing/x: ");
  assert_wrong (RUN ("convert", "r.pcapng"), "two files");
  assert_wrong (RUN ("convert", "r.pcapng", "o.xml"), "o.xml");
  assert_wrong (RUN ("convert", "r.json", "o.txt"), "r.json");
  assert_wrong (RUN ("convert", "missing.pcapng", "o.txt"), "missing.pcapng");
  assert_wrong (RUN ("convert", "r.pcapng", "missing/o.txt"), "missing/o.txt: ");
  g_assert_false (swb_fixture_exists (self, "o.txt"));
}

/* --- hostile files --- */

static void
test_truncated (SwbFixture *self, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize length;

  g_test_summary ("a recording that ends early is an error with its offset");
  record (self);
  whole = swb_fixture_read (self, "r.pcapng", &length);
  for (guint i = 0; i < 12; i++)
    {
      gssize cut = g_test_rand_int_range (1, (gint32)length);
      g_autofree char *path = swb_fixture_write (self, "cut.pcapng", whole, cut);

      assert_wrong (RUN ("show", path), "cut.pcapng: ");
      assert_wrong (RUN ("show", path), "offset");
    }
}

/* Bytes turned over at random: an error or other records, but never a crash. */
static void
test_damaged (SwbFixture *self, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize length;

  g_test_summary ("damaged recordings never crash");
  record (self);
  whole = swb_fixture_read (self, "r.pcapng", &length);
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *bytes = g_memdup2 (whole, length);
      g_autofree char *path = NULL;

      for (guint n = 0; n < 4; n++)
        bytes[g_test_rand_int_range (0, (gint32)length)] = (char)g_test_rand_int ();
      path = swb_fixture_write (self, "damaged.pcapng", bytes, (gssize)length);

      g_auto (SwbResult) show
          = RUN ("show", "--filter", "peer = \"x\" or len >= 0", "--as=json", path);
      if (show.status != 0)
        {
          g_assert_cmpint (show.status, ==, 2);
          g_assert_cmpstr (show.err, !=, "");
        }
    }
}

static void
test_hostile (SwbFixture *self, gconstpointer data)
{
  g_autofree char *empty = swb_fixture_write (self, "empty.pcapng", "", 0);
  g_autofree char *text = swb_fixture_write (self, "text.pcapng", "not a recording\n", -1);
  g_autofree char *anchor = NULL, *folder = g_build_filename (self->folder, "j", NULL);

  g_test_summary ("files that are no recordings are refused");
  assert_wrong (RUN ("show", empty), "empty.pcapng: ");
  assert_wrong (RUN ("show", text), "text.pcapng: ");
  assert_wrong (RUN ("show", "/dev/zero"), "/dev/zero: ");
  assert_wrong (RUN ("show", "/dev/null"), "/dev/null: ");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  assert_wrong (RUN ("show", folder), "anchor");
  anchor = swb_fixture_write (self, "j/anchor", "no anchor", -1);
  assert_wrong (RUN ("show", folder), "anchor");
}

/* What an interface is called is anybody's text. */
static void
test_hostile_name (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) part = { 0 }, show = { 0 };
  g_autofree char *bytes = NULL, *path = NULL;
  gsize length;
  guint n_changed = 0;

  g_test_summary ("no name of a pane brings escapes to the terminal");
  record (self);
  part = RUN ("show", "--as=pcapng", "-o", "p.pcapng",
              "--filter=pane = client and kind = call", "r.pcapng");
  g_assert_cmpint (part.status, ==, 0);
  bytes = swb_fixture_read (self, "p.pcapng", &length);
  for (gsize i = 0; i + 6 <= length; i++)
    if (memcmp (bytes + i, "client", 6) == 0)
      {
        memcpy (bytes + i, "\x1b[31mX", 6);
        n_changed++;
      }
  g_assert_cmpuint (n_changed, >, 0);
  path = swb_fixture_write (self, "name.pcapng", bytes, (gssize)length);
  show = RUN ("show", path);
  g_assert_cmpint (show.status, ==, 0);
  g_assert_null (strchr (show.out, '\x1b'));
  swb_assert_contains (show.out, "pane");
}

/* --- other tools --- */

static void
test_wireshark (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) infos = { 0 }, follow = { 0 }, malformed = { 0 };

  g_test_summary ("tshark and capinfos take a run's recording");
  if (!swb_fixture_needs ("tshark") || !swb_fixture_needs ("capinfos"))
    return;
  record (self);
  infos = swb_fixture_run (self, NULL, "capinfos", "r.pcapng", NULL);
  g_assert_cmpint (infos.status, ==, 0);
  swb_assert_contains (infos.out, "pcapng");
  follow = swb_fixture_run (self, NULL, "tshark", "-r", "r.pcapng", "-q", "-z",
                            "follow,tcp,ascii,0", NULL);
  g_assert_cmpint (follow.status, ==, 0);
  swb_assert_contains (follow.out, "GET /");
  malformed = swb_fixture_run (self, NULL, "tshark", "-r", "r.pcapng", "-Y",
                               "_ws.malformed", NULL);
  g_assert_cmpint (malformed.status, ==, 0);
  g_assert_cmpstr (malformed.out, ==, "");
}

#define ADD(path, func)                                                                    \
  g_test_add ("/swb-show/" path, SwbFixture, NULL, swb_fixture_set_up, func,               \
              swb_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (SWB_SUITE_PATIENCE_S);
  ADD ("round-trip", test_round_trip);
  ADD ("same-as-run", test_same_as_run);
  ADD ("at-limit", test_at_limit);
  ADD ("filters", test_filters);
  ADD ("filter-mistakes", test_filter_mistakes);
  ADD ("raw", test_raw);
  ADD ("part", test_part);
  ADD ("convert", test_convert);
  ADD ("interrupted-show", test_interrupted_show);
  ADD ("full", test_full);
  ADD ("wrong-use", test_wrong_use);
  ADD ("truncated", test_truncated);
  ADD ("damaged", test_damaged);
  ADD ("hostile", test_hostile);
  ADD ("hostile-name", test_hostile_name);
  ADD ("wireshark", test_wireshark);
  return g_test_run ();
}
