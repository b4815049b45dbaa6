/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "swb-fixture.h"

/* swb and other programs, as clients and as servers of each other. */

/* An echo server of swb's, ready; @address becomes what clients connect to. */
static SwbLive *
start_server (SwbFixture *self, const char *type, const char *reply, guint *port)
{
  g_autofree char *pane = g_strdup_printf ("pane s AF_INET %s 0 as server", type);
  g_autofree char *reply_line = g_strdup_printf ("s reply %s", reply);
  gboolean stream = g_str_equal (type, "SOCK_STREAM");
  SwbLive *live = swb_fixture_start (self, NULL, "do", "--for=60s", pane, reply_line,
                                     "s bind 127.0.0.1:0",
                                     stream ? "s listen" : "note \"ready\"", NULL);
  g_autofree char *named = swb_live_read_until (live, "getsockname(");
  g_autofree char *ready = swb_live_read_until (live, "< #4 ok");

  *port = swb_fixture_find_port (named);
  g_assert_cmpuint (*port, !=, 0);
  return live;
}

static void
end_server (SwbLive *live, const char *part)
{
  g_autofree char *all = NULL;

  g_assert_cmpint (swb_live_end (live, SIGTERM, &all), ==, 0);
  swb_assert_contains (all, part);
}

static void
test_ncat_client (SwbFixture *self, gconstpointer data)
{
  g_autofree char *port_text = NULL;
  g_auto (SwbResult) client = { 0 };
  SwbLive *live;
  guint port;

  if (!swb_fixture_needs ("ncat"))
    return;
  live = start_server (self, "SOCK_STREAM", "echo", &port);
  port_text = g_strdup_printf ("%u", port);
  client = swb_fixture_run (self, "hello, ncat\n", "ncat", "127.0.0.1", port_text, NULL);
  g_assert_cmpstr (client.out, ==, "hello, ncat\n");
  end_server (live, "s#1 ");
}

static void
test_socat_clients (SwbFixture *self, gconstpointer data)
{
  g_autofree char *tcp = NULL, *udp = NULL;
  g_auto (SwbResult) stream = { 0 }, datagram = { 0 };
  SwbLive *live;
  guint port;

  if (!swb_fixture_needs ("socat"))
    return;
  live = start_server (self, "SOCK_STREAM", "echo", &port);
  tcp = g_strdup_printf ("TCP:127.0.0.1:%u", port);
  stream = swb_fixture_run (self, "hello, socat\n", "socat", "-t", "60", "-", tcp, NULL);
  g_assert_cmpstr (stream.out, ==, "hello, socat\n");
  end_server (live, "\"hello, socat\\n\", 13");

  live = start_server (self, "SOCK_DGRAM", "echo", &port);
  /* A datagram socket has no end: it is at one after the bytes that come back. */
  udp = g_strdup_printf ("UDP:127.0.0.1:%u,readbytes=11", port);
  datagram = swb_fixture_run (self, "hello, udp\n", "socat", "-t", "60", "-", udp, NULL);
  g_assert_cmpstr (datagram.out, ==, "hello, udp\n");
  end_server (live, "\"hello, udp\\n\", 11");
}

static void
test_curl (SwbFixture *self, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_auto (SwbResult) client = { 0 };
  SwbLive *live;
  guint port;

  if (!swb_fixture_needs ("curl"))
    return;
  live = start_server (self, "SOCK_STREAM",
                       "\"HTTP/1.0 200 OK\\r\\nContent-Length: 6\\r\\n\\r\\nhello\\n\"",
                       &port);
  url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  client
      = swb_fixture_run (self, NULL, "curl", "-s", "--noproxy", "*", "-m", "60", url, NULL);
  g_assert_cmpint (client.status, ==, 0);
  g_assert_cmpstr (client.out, ==, "hello\n");
  end_server (live, "GET / HTTP/1.1");
}

static const char python_client[]
    = "import socket, sys\n"
      "s = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 60)\n"
      "s.sendall(bytes(range(256)) * 4000)\n"
      "s.shutdown(socket.SHUT_WR)\n"
      "got = b''\n"
      "while True:\n"
      "    part = s.recv(65536)\n"
      "    if not part: break\n"
      "    got += part\n"
      "print(got == bytes(range(256)) * 4000)\n";

static void
test_python_client (SwbFixture *self, gconstpointer data)
{
  g_autofree char *port_text = NULL;
  g_auto (SwbResult) client = { 0 };
  SwbLive *live;
  guint port;

  if (!swb_fixture_needs ("python3"))
    return;
  live = start_server (self, "SOCK_STREAM", "echo", &port);
  port_text = g_strdup_printf ("%u", port);
  client = swb_fixture_run (self, NULL, "python3", "-c", python_client, port_text, NULL);
  g_assert_cmpstr (client.out, ==, "True\n");
  end_server (live, "s#1 ");
}

static const char python_server[] = "import socket\n"
                                    "l = socket.create_server(('127.0.0.1', 0))\n"
                                    "print('port', l.getsockname()[1], flush=True)\n"
                                    "c, _ = l.accept()\n"
                                    "c.sendall(c.recv(100).upper())\n"
                                    "c.close()\n";

static void
test_python_server (SwbFixture *self, gconstpointer data)
{
  g_autofree char *line = NULL, *connect = NULL;
  g_auto (SwbResult) client = { 0 };
  SwbLive *live;

  if (!swb_fixture_needs ("python3"))
    return;
  live = swb_fixture_start (self, "python3", "-c", python_server, NULL);
  line = swb_live_read_until (live, "port ");
  connect = g_strdup_printf ("c connect 127.0.0.1:%s", line + strlen ("port "));
  client = swb_fixture_run (self, NULL, NULL, "do", "pane c AF_INET SOCK_STREAM 0", connect,
                            "c send \"ping\\n\"", "c expect recv \"PING\\n\"",
                            "c expect recv eof", "c expect state CLOSE_WAIT", NULL);
  g_assert_cmpstr (client.err, ==, "");
  g_assert_cmpint (client.status, ==, 0);
  g_assert_cmpint (swb_live_end (live, 0, NULL), ==, 0);
}

static void
test_socat_server (SwbFixture *self, gconstpointer data)
{
  g_autofree char *line = NULL, *connect = NULL;
  g_auto (SwbResult) client = { 0 };
  SwbLive *live;

  if (!swb_fixture_needs ("socat"))
    return;
  live = swb_fixture_start (self, "socat", "-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1",
                            "EXEC:cat", NULL);
  line = swb_live_read_until (live, "listening on ");
  connect = g_strdup_printf ("c connect %s", strstr (line, "127.0.0.1:"));
  client = swb_fixture_run (self, NULL, NULL, "do", "pane c AF_INET SOCK_STREAM 0", connect,
                            "c send \"ping\"", "c expect recv \"ping\"",
                            "c shutdown SHUT_WR", "c expect recv eof", NULL);
  g_assert_cmpstr (client.err, ==, "");
  g_assert_cmpint (client.status, ==, 0);
  g_assert_cmpint (swb_live_end (live, 0, NULL), ==, 0);
}

static void
test_unix_peers (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) client = { 0 };
  g_autofree char *ready = NULL, *path = g_build_filename (self->folder, "s", NULL);
  SwbLive *live;

  if (!swb_fixture_needs ("ncat"))
    return;
  live = swb_fixture_start (self, NULL, "do", "--for=60s", "pane s AF_UNIX SOCK_STREAM 0",
                            "s reply echo", "s bind s", "s listen", NULL);
  ready = swb_live_read_until (live, "< #4 ok");
  client = swb_fixture_run (self, "hello, unix\n", "ncat", "-U", path, NULL);
  g_assert_cmpstr (client.out, ==, "hello, unix\n");
  end_server (live, "sun_path=\"s\"");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define ADD(path, func)                                                                    \
  g_test_add ("/swb-peers/" path, SwbFixture, NULL, swb_fixture_set_up, func,              \
              swb_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (SWB_SUITE_PATIENCE_S);
  ADD ("ncat-client", test_ncat_client);
  ADD ("socat-clients", test_socat_clients);
  ADD ("curl", test_curl);
  ADD ("python-client", test_python_client);
  ADD ("python-server", test_python_server);
  ADD ("socat-server", test_socat_server);
  ADD ("unix-peers", test_unix_peers);
  return g_test_run ();
}
