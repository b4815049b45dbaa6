/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-holder.h"
#include "net/swb-holder-table.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static SwbAddress
parse (int domain, const char *text)
{
  SwbAddress address;
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      swb_address_parse (domain, SOCK_STREAM, text, &address, &host, NULL, &error));
  g_assert_no_error (error);
  return address;
}

/* Binds, and writes back the address the kernel gave. -1 when the domain is not there. */
static int
bind_socket (int type, SwbAddress *address)
{
  int fd = socket (address->family, type | SOCK_CLOEXEC, 0);

  if (fd < 0 || bind (fd, &address->sa, address->length) < 0)
    {
      if (fd >= 0)
        close (fd);
      return -1;
    }

  address->length = sizeof address->storage;
  g_assert_cmpint (getsockname (fd, &address->sa, &address->length), ==, 0);
  return fd;
}

static void
assert_held_by_us (int type, const SwbAddress *address)
{
  g_autofree char *text = swb_holder_describe (type, 0, address);
  g_autofree char *printed = swb_address_print (address);
  g_autofree char *comm = NULL;
  g_autofree char *expected = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/comm", &comm, NULL, NULL));
  g_strchomp (comm);
  expected = g_strdup_printf ("is held by %s (process %d)", comm, getpid ());

  g_assert_nonnull (text);
  g_assert_true (g_str_has_prefix (text, printed));
  if (!g_str_has_suffix (text, expected))
    g_error ("“%s” does not end in “%s”", text, expected);
}

static void
test_inet (void)
{
  static const struct
  {
    int domain, type;
    const char *text;
  } cases[] = {
    { AF_INET, SOCK_STREAM, "127.0.0.1:0" },
    { AF_INET, SOCK_DGRAM, "127.0.0.1:0" },
    { AF_INET6, SOCK_STREAM, "[::1]:0" },
    { AF_INET6, SOCK_DGRAM, "[::1]:0" },
  };

  g_test_summary (
      "This program's own sockets are found by address, with its name and number");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SwbAddress address = parse (cases[i].domain, cases[i].text);
      int fd = bind_socket (cases[i].type, &address);
      g_autofree char *after = NULL;

      if (fd < 0)
        continue;

      /* A TCP socket that is only bound stands in no table. */
      if (cases[i].type == SOCK_STREAM)
        g_assert_cmpint (listen (fd, 1), ==, 0);
      assert_held_by_us (cases[i].type, &address);

      close (fd);
      after = swb_holder_describe (cases[i].type, 0, &address);
      g_assert_null (after);
    }
}

static void
test_wildcard (void)
{
  SwbAddress any = parse (AF_INET, "0.0.0.0:0");
  int fd = bind_socket (SOCK_DGRAM, &any);
  SwbAddress one = any;
  SwbAddress six = parse (AF_INET6, "[::]:0");
  g_autofree char *udp = NULL;
  g_autofree char *tcp = NULL;

  g_test_summary (
      "A socket on all addresses holds each of them, and is told as what it is");

  g_assert_cmpint (fd, >=, 0);
  one.in.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  six.in6.sin6_port = any.in.sin_port;

  assert_held_by_us (SOCK_DGRAM, &any);
  assert_held_by_us (SOCK_DGRAM, &one);
  assert_held_by_us (SOCK_DGRAM, &six);
  udp = swb_holder_describe (SOCK_DGRAM, 0, &one);
  g_assert_nonnull (strstr (udp, "(as 0.0.0.0:"));
  tcp = swb_holder_describe (SOCK_SEQPACKET, 0, &one);
  g_assert_null (tcp);
  close (fd);
}

static void
test_time_wait (void)
{
  SwbAddress address = parse (AF_INET, "127.0.0.1:0");
  int server = bind_socket (SOCK_STREAM, &address);
  int client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;
  int accepted;
  char byte;
  g_autofree char *text = NULL;

  g_test_summary ("An address that rests after a connection is told as such");

  g_assert_cmpint (listen (server, 1), ==, 0);
  g_assert_cmpint (connect (client, &address.sa, address.length), ==, 0);
  accepted = accept4 (server, NULL, NULL, SOCK_CLOEXEC);
  g_assert_cmpint (accepted, >=, 0);

  /* Who closes first rests: the server's side. Its end of the stream proves that it is
   * there. */
  close (server);
  close (accepted);
  g_assert_cmpint (recv (client, &byte, 1, 0), ==, 0);
  text = swb_holder_describe (SOCK_STREAM, 0, &address);
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "no process"));
  g_clear_pointer (&text, g_free);

  /* The client's FIN may be handled a moment after its close has returned. */
  close (client);
  do
    {
      g_clear_pointer (&text, g_free);
      text = swb_holder_describe (SOCK_STREAM, 0, &address);
      g_assert_nonnull (text);
    }
  while (strstr (text, "TIME_WAIT") == NULL && g_get_monotonic_time () < deadline);
  g_assert_nonnull (strstr (text, "TIME_WAIT"));
}

static void
test_unix (void)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-holder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a b.sock", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *other = g_build_filename (folder, "link", "a b.sock", NULL);
  SwbAddress address = parse (AF_UNIX, path);
  SwbAddress through_link = parse (AF_UNIX, other);
  g_autofree char *none = swb_holder_describe (SOCK_STREAM, 0, &address);
  g_autofree char *after = NULL;
  int fd;

  g_test_summary (
      "A path is held while its socket is open, and stale when only the file is left");

  g_assert_null (none);
  g_assert_false (swb_holder_path_is_stale (&address));

  fd = bind_socket (SOCK_STREAM, &address);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (symlink (".", link), ==, 0);
  assert_held_by_us (SOCK_STREAM, &address);
  g_assert_false (swb_holder_path_is_stale (&address));
  g_assert_false (swb_holder_path_is_stale (&through_link));

  close (fd);
  after = swb_holder_describe (SOCK_STREAM, 0, &address);
  g_assert_null (after);
  g_assert_true (swb_holder_path_is_stale (&address));
  g_assert_true (swb_holder_path_is_stale (&through_link));

  g_unlink (path);
  g_assert_false (swb_holder_path_is_stale (&address));
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_false (swb_holder_path_is_stale (&address));
  g_unlink (path);
  g_unlink (link);
  g_rmdir (folder);
}

static void
test_relative (void)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-holder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "relative.sock", NULL);
  g_autofree char *before = g_get_current_dir ();
  SwbAddress absolute = parse (AF_UNIX, path);
  SwbAddress relative = parse (AF_UNIX, "relative.sock");
  int fd;

  g_test_summary ("A socket bound by a relative path is never taken for stale");

  g_assert_cmpint (chdir (folder), ==, 0);
  fd = bind_socket (SOCK_DGRAM, &relative);
  g_assert_cmpint (fd, >=, 0);
  g_assert_false (swb_holder_path_is_stale (&absolute));
  g_assert_false (swb_holder_path_is_stale (&relative));
  close (fd);
  g_assert_true (swb_holder_path_is_stale (&absolute));

  g_unlink (path);
  g_assert_cmpint (chdir (before), ==, 0);
  g_rmdir (folder);
}

static void
test_abstract (void)
{
  g_autofree char *name = g_strdup_printf ("@swb-test-%d\\0end", getpid ());
  SwbAddress address = parse (AF_UNIX, name);
  int fd = bind_socket (SOCK_DGRAM, &address);
  SwbAddress unnamed = parse (AF_UNIX, "");
  g_autofree char *none = swb_holder_describe (SOCK_DGRAM, 0, &unnamed);

  g_test_summary (
      "An abstract name is found, is never stale, and no name is held by nobody");

  g_assert_cmpint (fd, >=, 0);
  assert_held_by_us (SOCK_DGRAM, &address);
  g_assert_false (swb_holder_path_is_stale (&address));
  g_assert_null (none);
  close (fd);
}

static void
test_rows (void)
{
  static const char *const wrong[] = {
    "",
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid",
    "   0: 0100007F:1B58",
    "   0: 0100007F1B58 00000000:0000 0A 0:0 00:0 0 0 0 178 1",
    "   0: 0100007G:1B58 00000000:0000 0A 0:0 00:0 0 0 0 178 1",
  };
  SwbHolderRow row = { .inode = 1 };
  SwbAddress expected = parse (AF_INET, "hex:02 00 1b 58 7f 00 00 01 0000000000000000");

  g_test_summary ("A row of the kernel's table is read, and anything else refused");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (swb_holder_parse_inet_row (wrong[i], AF_INET, &row));
  g_assert_cmpuint (row.inode, ==, 1);

  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    return;

  g_assert_true (
      swb_holder_parse_inet_row ("   0: 0100007F:1B58 00000000:0000 0A "
                                 "00000000:00000000 00:00000000 00000000     0        "
                                 "0 178 1 0000000000000000 100 0 0 10 0",
                                 AF_INET, &row));
  g_assert_true (swb_address_equal (&row.address, &expected));
  g_assert_cmpuint (row.state, ==, SWB_HOLDER_LISTEN);
  g_assert_cmpuint (row.inode, ==, 178);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holder/inet", test_inet);
  g_test_add_func ("/holder/wildcard", test_wildcard);
  g_test_add_func ("/holder/time-wait", test_time_wait);
  g_test_add_func ("/holder/unix", test_unix);
  g_test_add_func ("/holder/relative", test_relative);
  g_test_add_func ("/holder/abstract", test_abstract);
  g_test_add_func ("/holder/rows", test_rows);
  return g_test_run ();
}
