/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "swb-fixture.h"

/* Logs of strace and captures of real programs, through swb as a process. */

static const char server[] = "import http.server, sys\n"
                             "class H(http.server.BaseHTTPRequestHandler):\n"
                             "  def do_GET(self):\n"
                             "    body = b'the body of ' + self.path.encode() + b'\\n'\n"
                             "    self.send_response(200)\n"
                             "    self.send_header('Content-Length', str(len(body)))\n"
                             "    self.end_headers()\n"
                             "    self.wfile.write(body)\n"
                             "  def log_message(self, *a): pass\n"
                             "s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), H)\n"
                             "print('port', s.server_port, flush=True)\n"
                             "s.serve_forever()\n";

static const char talker[]
    = "import os, socket, threading\n"
      "u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(('127.0.0.1', 0))\n"
      "v = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
      "v.sendto(b'datagram \\x00\\xff', u.getsockname()); u.recvfrom(100)\n"
      "v.sendmsg([b'in ', b'pieces'], [], 0, u.getsockname()); u.recvmsg(100)\n"
      "a, b = socket.socketpair()\n"
      "t = threading.Thread(target=lambda: b.send(b.recv(100))); t.start()\n"
      "a.send(b'to the thread'); a.recv(100); t.join()\n"
      "try: socket.create_connection(('127.0.0.1', 1))\n"
      "except OSError: pass\n"
      "p = os.fork()\n"
      "if p == 0: a.send(b'of the child'); os._exit(0)\n"
      "os.waitpid(p, 0); b.recv(100)\n";

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; (text = strchr (text, '\n')) != NULL; text++)
    n++;
  return n;
}

/* --- strace --- */

/* How many calls ended in the log: resumed ones once. */
static guint
count_calls (SwbFixture *self, const char *name)
{
  g_autofree char *log = swb_fixture_read (self, name, NULL);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += strstr (lines[i], ") = ") != NULL || strstr (lines[i], ")  ") != NULL;
  return n;
}

static void
assert_all_calls (SwbFixture *self, const char *name)
{
  g_auto (SwbResult) calls
      = swb_fixture_run (self, NULL, NULL, "show", "--filter", "kind = call", name, NULL);

  g_assert_cmpstr (calls.err, ==, "");
  g_assert_cmpint (calls.status, ==, 0);
  g_assert_cmpuint (count_lines (calls.out), >, 5);
  g_assert_cmpuint (count_lines (calls.out), ==, count_calls (self, name));
}

static SwbLive *
start_server (SwbFixture *self, char **url)
{
  g_autofree char *path = swb_fixture_write (self, "server.py", server, -1);
  SwbLive *live = swb_fixture_start (self, "python3", path, NULL);
  g_autofree char *line = swb_live_read_until (live, "port ");

  *url = g_strdup_printf ("http://127.0.0.1:%s/page", strstr (line, "port ") + 5);
  return live;
}

static void
test_curl (SwbFixture *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_auto (SwbResult) curl = { 0 }, show = { 0 };
  SwbLive *live;

  g_test_summary ("a log of curl is imported call for call");
  if (!swb_fixture_can_trace (self) || !swb_fixture_needs ("curl")
      || !swb_fixture_needs ("python3"))
    return;
  live = start_server (self, &url);
  curl = swb_fixture_run (self, NULL, "strace", "-f", "-ttt", "-T", "-xx", "-s", "65535",
                          "-e", "trace=network", "-o", "curl.log", "curl", "-s", url, NULL);
  swb_live_end (live, SIGTERM, NULL);
  g_assert_cmpint (curl.status, ==, 0);

  assert_all_calls (self, "curl.log");
  show = swb_fixture_run (self, NULL, NULL, "show", "curl.log", NULL);
  swb_assert_contains (show.out, "\"GET /page HTTP/1.1\\r\\n");
  swb_assert_contains (show.out, "the body of /page\\n");
  swb_assert_contains (show.out, " → 127.0.0.1:");
}

static void
test_talker (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) run = { 0 }, show = { 0 };

  g_test_summary ("datagrams, pairs, threads, a child and an error of a real program");
  if (!swb_fixture_can_trace (self) || !swb_fixture_needs ("python3"))
    return;
  run = swb_fixture_run (self, NULL, "strace", "-f", "-yy", "-ttt", "-T", "-s", "65535",
                         "-e", "trace=network", "-o", "talker.log", "python3", "-c", talker,
                         NULL);
  g_assert_cmpint (run.status, ==, 0);
  assert_all_calls (self, "talker.log");
  show = swb_fixture_run (self, NULL, NULL, "show", "talker.log", NULL);
  swb_assert_contains (show.out, "\"datagram \\0\\377\"");
  swb_assert_contains (show.out, "\"in pieces\"");
  swb_assert_contains (show.out, "\"to the thread\"");
  swb_assert_contains (show.out, "\"of the child\"");
  swb_assert_contains (show.out, "ECONNREFUSED");
}

/* --- captures --- */

static SwbLive *
start_capture (SwbFixture *self, const char *filter)
{
  g_autoptr (GSubprocess) probe = NULL;
  SwbLive *live;

  probe = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
      "dumpcap", "-q", "-i", "lo", "-a", "duration:1", "-w", "/dev/null", NULL);
  if (probe == NULL || !g_subprocess_wait_check (probe, NULL, NULL))
    {
      g_test_skip ("capturing on lo is not permitted here");
      return NULL;
    }
  live = swb_fixture_start (self, "dumpcap", "-i", "lo", "-f", filter, "-w", "c.pcapng",
                            NULL);
  g_free (swb_live_read_until (live, "File: "));
  return live;
}

/* What tshark says of the bytes of a flow: hex lines; those of the server are indented. */
static char *
follow (SwbFixture *self, gboolean is_out)
{
  g_auto (SwbResult) shark = swb_fixture_run (self, NULL, "tshark", "-r", "c.pcapng", "-q",
                                              "-z", "follow,tcp,raw,0", NULL);
  g_auto (GStrv) lines = g_strsplit (shark.out, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *hex = lines[i] + (lines[i][0] == '\t');

      if (*hex != '\0' && hex[strspn (hex, "0123456789abcdef")] == '\0'
          && (lines[i][0] == '\t') == is_out)
        g_string_append (text, hex);
    }
  return g_string_free (text, FALSE);
}

static char *
read_hex (SwbFixture *self, const char *name)
{
  gsize length;
  g_autofree char *bytes = swb_fixture_read (self, name, &length);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", (guchar)bytes[i]);
  return g_string_free (text, FALSE);
}

static void
test_capture (SwbFixture *self, gconstpointer data)
{
  g_autofree char *url = NULL, *filter = NULL, *bytes = NULL;
  SwbLive *live, *capture;
  gsize length = 0;

  g_test_summary ("a capture of an HTTP exchange has the bytes that tshark follows");
  if (!swb_fixture_needs ("dumpcap") || !swb_fixture_needs ("tshark")
      || !swb_fixture_needs ("curl") || !swb_fixture_needs ("python3"))
    return;
  live = start_server (self, &url);
  filter = g_strdup_printf ("tcp port %d", (int)strtol (strrchr (url, ':') + 1, NULL, 10));
  capture = start_capture (self, filter);
  if (capture != NULL)
    {
      g_auto (SwbResult) curl = swb_fixture_run (self, NULL, "curl", "-s", url, NULL);

      g_assert_cmpint (curl.status, ==, 0);
      /* Packets are written some time after they were on the wire. */
      for (gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
           (bytes == NULL || memmem (bytes, length, "the body of /page", 17) == NULL)
           && g_get_monotonic_time () < end;
           g_usleep (20000))
        {
          g_clear_pointer (&bytes, g_free);
          bytes = swb_fixture_read (self, "c.pcapng", &length);
        }
      swb_live_end (capture, SIGINT, NULL);
    }
  swb_live_end (live, SIGTERM, NULL);
  if (capture == NULL)
    return;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *want = follow (self, i == 1);
      g_auto (SwbResult) raw = swb_fixture_run (
          self, NULL, NULL, "show", "--as=raw", "-o", "raw", "--filter",
          i == 1 ? "kind = packet and dir = out" : "kind = packet and dir = in", "c.pcapng",
          NULL);

      g_assert_cmpstr (raw.err, ==, "");
      g_assert_cmpint (raw.status, ==, 0);
      g_autofree char *got = read_hex (self, "raw");
      g_assert_cmpuint (strlen (want), >, 20);
      g_assert_cmpstr (got, ==, want);
    }
}

/* --- JSON lines, and mistakes --- */

static void
test_json (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) run = swb_fixture_run (
      self, NULL, NULL, "do", "--keep-journal=kept", "pane a AF_UNIX SOCK_STREAM 0",
      "pane b AF_UNIX SOCK_STREAM 0", "a socketpair b", "a send \"x\\x00\\xff\"",
      "b expect recv \"x\\x00\\xff\"", "note \"of no pane\"", NULL);
  g_auto (SwbResult) convert
      = swb_fixture_run (self, NULL, NULL, "convert", "kept", "k.json", NULL);
  g_auto (SwbResult) kept = swb_fixture_run (self, NULL, NULL, "show", "kept", NULL);
  g_auto (SwbResult) again = swb_fixture_run (self, NULL, NULL, "show", "k.json", NULL);
  g_auto (SwbResult) back
      = swb_fixture_run (self, NULL, NULL, "convert", "k.json", "k.pcapng", NULL);
  g_auto (SwbResult) twice
      = swb_fixture_run (self, NULL, NULL, "show", "--as=json", "k.pcapng", NULL);
  g_autofree char *json = swb_fixture_read (self, "k.json", NULL);

  g_test_summary ("JSON lines are the same journal again");
  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpint (convert.status, ==, 0);
  g_assert_cmpint (back.status, ==, 0);
  g_assert_cmpstr (again.err, ==, "");
  g_assert_cmpstr (again.out, ==, kept.out);
  g_assert_cmpstr (twice.out, ==, json);
}

static void
test_mistakes (SwbFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *text;
    const char *message;
  } cases[] = {
    { "a.log", "1732282123.1 close(3) = 0\n12:00:01 close(3) = 0\n", "a.log:2:10: " },
    { "b.log", "socket(AF_INET, SOCK_STREAM, 0) = 3\n", "b.log:1:1: there is no time" },
    { "c.txt", "{\"pane\":\"x\"}\n", "c.txt:1:1: “time_ns” is missing\n" },
    { "d.txt", "a,b,c\n", "swb: d.txt: this is neither a recording" },
    { "e.pcap.gz", "\x1f\x8b\x08", "swb: e.pcap.gz: this was compressed by gzip: " },
    { "f.json", "", "swb: f.json: this is empty: " },
  };

  g_test_summary ("mistakes are told as FILE:LINE:COLUMN, exit status 2");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = swb_fixture_write (self, cases[i].name, cases[i].text, -1);
      g_auto (SwbResult) show
          = swb_fixture_run (self, NULL, NULL, "show", cases[i].name, NULL);

      g_assert_cmpint (show.status, ==, 2);
      g_assert_cmpstr (show.out, ==, "");
      g_assert_true (g_str_has_prefix (show.err, cases[i].message));
    }
}

#define ADD(path, func)                                                                    \
  g_test_add ("/swb-import/" path, SwbFixture, NULL, swb_fixture_set_up, func,             \
              swb_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (SWB_SUITE_PATIENCE_S);
  ADD ("curl", test_curl);
  ADD ("talker", test_talker);
  ADD ("capture", test_capture);
  ADD ("json", test_json);
  ADD ("mistakes", test_mistakes);
  return g_test_run ();
}
