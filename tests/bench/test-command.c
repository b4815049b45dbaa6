/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "command-fixture.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "journal/store/swb-record.h"
#include "net/swb-error.h"

static void
assert_prints (const char *line, const char *expected)
{
  g_autoptr (SwbCommand) command = parse_command (line);
  g_autofree char *text = swb_command_print (command);
  g_autoptr (SwbCommand) again = parse_command (text);
  g_autofree char *text_again = swb_command_print (again);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (text_again, ==, expected);
  g_assert_cmpint (command->verb, ==, again->verb);
}

static void
test_lines (void)
{
  static const struct
  {
    const char *line, *printed;
  } rows[] = {
    { "pane server AF_INET SOCK_STREAM 0 \"Echo server\"", NULL },
    { "pane a-b_9 AF_UNIX SOCK_SEQPACKET 0", NULL },
    { "pane a 2 1 6 as client", "pane a AF_INET SOCK_STREAM IPPROTO_TCP as client" },
    { "pane a AF_INET6 SOCK_DGRAM IPPROTO_UDP \"T\" as server", NULL },
    { "a socket", NULL },
    { "  a\tsocket  # why", "a socket" },
    { "a bind 127.0.0.1:0", NULL },
    { "a bind \"\"", NULL },
    { "a bind \"/tmp/a b\"", NULL },
    { "a bind @demo\\x00x", NULL },
    { "a listen", "a listen 4096" },
    { "a listen -1", NULL },
    { "a accept", NULL },
    { "a accept within 1.5s", "a accept within 1500ms" },
    { "a accept auto", NULL },
    { "a recv manual", NULL },
    { "a#3 recv auto", NULL },
    { "a recv auto recvmsg", NULL },
    { "a recv auto recvmmsg 1500", NULL },
    { "a recvmmsg 64", NULL },
    { "a#2 recvmmsg 3 4 MSG_PEEK within 1s expect EAGAIN", NULL },
    { "a sendmmsg 2 \"x\" MSG_DONTWAIT", NULL },
    { "a recv auto recv 4", NULL },
    { "a recv auto recvfrom 100 MSG_WAITALL", NULL },
    { "a recv auto 1 # byte", "a recv auto 1" },
    { "a recv auto MSG_WAITALL", NULL },
    { "a recv auto 0 0x10000000", NULL },
    { "a recvmsg 4 MSG_ERRQUEUE within 1s expect EAGAIN", NULL },
    { "a recvmsg fd b", NULL },
    { "a#2 recvmsg fd b 4 MSG_PEEK within 1s", NULL },
    { "a sendmsg \"x\"", NULL },
    { "a sendmsg fd b hex:00 MSG_DONTWAIT expect EAGAIN",
      "a sendmsg fd b \"\\x00\" MSG_DONTWAIT expect EAGAIN" },
    { "a#1 sendmsg fd b file:x", NULL },
    { "a sendmsg file /etc/hosts \"x\"", NULL },
    { "a sendmsg file /etc/hosts r \"x\"", "a sendmsg file /etc/hosts \"x\"" },
    { "a sendmsg fd b file \"two words\" rw hex:01 MSG_DONTWAIT expect EPERM",
      "a sendmsg fd b file \"two words\" rw \"\\x01\" MSG_DONTWAIT expect EPERM" },
    { "a sendmsg file w w file:w", NULL },
    { "a sendmsg credentials \"x\"", NULL },
    { "a sendmsg file x credentials 1 0 0 \"x\"", NULL },
    { "a recvmsg control 0", NULL },
    { "a recvmsg fd b control 24 4 MSG_PEEK", NULL },
    { "a recvmsg control 1024 within 1s", NULL },
    { "a queue", NULL },
    { "a take 12", NULL },
    { "a next within 1s expect ECONNREFUSED", NULL },
    { "a setsockopt SOL_SOCKET SO_RCVBUF 4096", NULL },
    { "a connect localhost:http within 2s expect ECONNREFUSED", NULL },
    { "a connect b expect EALREADY within 1ns", "a connect b within 1ns expect EALREADY" },
    { "a send \"\\x00\\n\\\"\\\\é\"", NULL },
    { "a#all send hex:48 65 6c MSG_OOB|MSG_MORE", "a#all send \"Hel\" MSG_OOB|MSG_MORE" },
    { "a send hex:0x48,65 within 1s", "a send \"He\" within 1s" },
    { "a send file:x", NULL },
    { "a send file:\"a b\" MSG_EOR", NULL },
    { "a send \"x\" 0x10000000", NULL },
    { "a sendto 127.0.0.1:9 \"x\"", NULL },
    { "a recv", NULL },
    { "a recv 100", NULL },
    { "a recv MSG_PEEK", NULL },
    { "a recv 100 MSG_PEEK within 1s", NULL },
    { "a recv 0 0x10000000", NULL },
    { "a recvfrom 16777216", NULL },
    { "a shutdown SHUT_WR", NULL },
    { "a shutdown 2", "a shutdown SHUT_RDWR" },
    { "a shutdown 7 expect EINVAL", NULL },
    { "a#4294967294 close", NULL },
    { "a remove", NULL },
    { "a unlink /tmp/x", NULL },
    { "a setsockopt SOL_SOCKET SO_REUSEADDR 1", NULL },
    { "a setsockopt IPPROTO_TCP TCP_CONGESTION \"cubic\"", NULL },
    { "a setsockopt 1 2 \"\\x01\\x00\\x00\\x00\"",
      "a setsockopt SOL_SOCKET SO_REUSEADDR 1" },
    { "a setsockopt SOL_SOCKET SO_RCVTIMEO \"\\x01\\x00\\x00\\x00\"", NULL },
    { "a getsockopt SOL_TCP TCP_NODELAY", "a getsockopt IPPROTO_TCP TCP_NODELAY" },
    { "a getsockopt SOL_SOCKET all", NULL },
    { "a getsockopt SOL_L2CAP all", NULL },
    { "a getsockopt 6 all", "a getsockopt IPPROTO_TCP all" },
    { "a setsockopt SOL_L2CAP L2CAP_LM 2", NULL },
    { "a setsockopt SOL_HCI 7 2", NULL },
    { "a getsockopt SOL_ATALK 1", NULL },
    { "a#2 getsockopt 9999 all", NULL },
    { "a ioctl FIONREAD", NULL },
    { "a#1 ioctl SIOCATMARK expect EINVAL", NULL },
    { "a ioctl SIOCOUTQ", NULL },
    { "a getsockname", NULL },
    { "a getpeername expect ENOTCONN", NULL },
    { "a socketpair b", NULL },
    { "a reply echo", NULL },
    { "a title \"A name, and “more”\"", NULL },
    { "a title \"\"", NULL },
    { "a reply none", NULL },
    { "a reply \"fixed\\n\"", NULL },
    { "a expect recv \"x\" within 500ms", NULL },
    { "a#2 expect recv eof", NULL },
    { "a expect recv 12 bytes", NULL },
    { "a expect recv file:want", NULL },
    { "a expect accept", NULL },
    { "a expect state CLOSE_WAIT", NULL },
    { "a expect error EADDRINUSE", NULL },
    { "wait 500ms", NULL },
    { "note \"so far\"", NULL },
    { "a note \"# not a comment\"", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_prints (rows[i].line, rows[i].printed ? rows[i].printed : rows[i].line);
}

static void
test_blank (void)
{
  static const char *const lines[] = { "", "   ", "\t", "# pane", "  # x", "\r" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (swb_command_parse (lines[i], NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_fields (void)
{
  g_autoptr (SwbCommand) send
      = parse_command ("server#2 send \"a\\x00b\" MSG_OOB within 3s");
  g_autoptr (SwbCommand) all = parse_command ("server#all close");
  g_autoptr (SwbCommand) pane
      = parse_command ("pane x AF_INET SOCK_DGRAM 17 \"Über\" as plain");
  g_autoptr (SwbCommand) option = parse_command ("x setsockopt SOL_SOCKET SO_SNDBUF -1");
  g_autoptr (SwbCommand) count = parse_command ("x expect recv 2147483647 bytes");
  g_autoptr (SwbCommand) path = parse_command ("x bind \"/a \\\"q\\\"\"");
  int value;

  g_assert_cmpint (send->verb, ==, SWB_VERB_SEND);
  g_assert_cmpstr (send->pane, ==, "server");
  g_assert_cmpuint (send->connection, ==, 2);
  g_assert_cmpmem (g_bytes_get_data (send->bytes, NULL), g_bytes_get_size (send->bytes),
                   "a\0b", 3);
  g_assert_cmpint (send->numbers[0], ==, MSG_OOB);
  g_assert_cmpint (send->within_ns, ==, G_GINT64_CONSTANT (3000000000));
  g_assert_cmpuint (all->connection, ==, SWB_CONNECTION_ALL);
  g_assert_cmpint (pane->numbers[0], ==, AF_INET);
  g_assert_cmpint (pane->numbers[1], ==, SOCK_DGRAM);
  g_assert_cmpint (pane->numbers[2], ==, 17);
  g_assert_cmpstr (pane->title, ==, "Über");
  g_assert_true (pane->has_role);
  g_assert_cmpuint (g_bytes_get_size (option->bytes), ==, sizeof value);
  memcpy (&value, g_bytes_get_data (option->bytes, NULL), sizeof value);
  g_assert_cmpint (value, ==, -1);
  g_assert_cmpint (count->expect, ==, SWB_EXPECT_RECV_N);
  g_assert_cmpint (count->numbers[0], ==, G_MAXINT);
  g_assert_cmpstr (path->address, ==, "/a \"q\"");
}

static void
assert_address (const char *line, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbCommand) command = swb_command_parse (line, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (command->address, ==, expected);
}

static void
assert_option (const char *line, gconstpointer value, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbCommand) command = swb_command_parse (line, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (command->bytes, NULL),
                   g_bytes_get_size (command->bytes), value, length);
}

static void
test_options (void)
{
  static const char *const wrong[] = {
    "a setsockopt SOL_SOCKET SO_LINGER perhaps",
    "a setsockopt SOL_SOCKET SO_LINGER",
    "a setsockopt SOL_SOCKET SO_KEEPALIVE perhaps",
    "a setsockopt SOL_SOCKET SO_RCVBUF 4294967296",
    "a setsockopt SOL_SOCKET 4242 perhaps",
    "a setsockopt SOL_SOCKET all 1",
    "a setsockopt SOL_SCTP SCTP_INITMSG streams=1",
  };
  const guint16 init[4] = { 1, 0, 1, 0 };
  int on = 1;
  struct linger linger = { 1, 5 };
  struct timeval time = { 1, 500000 };

  g_test_summary ("Values of options are written as people say them, in bytes always");

  assert_option ("a setsockopt SOL_SOCKET SO_KEEPALIVE on", &on, sizeof on);
  assert_option ("a setsockopt SOL_SOCKET SO_LINGER on 5s", &linger, sizeof linger);
  assert_option ("a setsockopt SOL_SOCKET SO_RCVTIMEO 1.5s expect EINVAL", &time,
                 sizeof time);
  assert_option ("a setsockopt SOL_SOCKET SO_BINDTODEVICE lo", "lo", 3);
  assert_option ("a setsockopt IPPROTO_TCP TCP_CONGESTION \"reno\"", "reno", 4);
  assert_option ("a setsockopt 4242 7 hex:01 02", "\1\2", 2);
  assert_option ("a setsockopt SOL_NETLINK NETLINK_EXT_ACK 1", &on, sizeof on);
  assert_option ("a setsockopt SOL_SCTP SCTP_INITMSG num_ostreams=1 max_attempts=1", init,
                 sizeof init);
  assert_option ("a setsockopt SOL_BLUETOOTH BT_SECURITY 2", "\2", 2);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (swb_command_parse (wrong[i], NULL, &error));
      g_assert_nonnull (error);
    }
}

static void
test_forms (void)
{
  g_test_summary ("An address of two words is one, with quotes and without");

  assert_address ("a connect vsock 1:7000", "vsock 1:7000");
  assert_address ("a connect \"x25 1234567\" within 1s", "x25 1234567");
  assert_address ("a connect x25 1234567 expect EAFNOSUPPORT", "x25 1234567");
  assert_address ("a sendto packet lo:ETH_P_IP:00:00:00:00:00:00 \"hi\"",
                  "packet lo:ETH_P_IP:00:00:00:00:00:00");
  /* A pane may have such a name. */
  assert_address ("a connect can", "can");
  assert_address ("a connect can expect ECONNREFUSED", "can");
  assert_address ("a sendto can \"hi\"", "can");
}

static void
test_describe (void)
{
  g_autoptr (SwbCommand) command = swb_command_new (SWB_VERB_SEND, "a", 2);
  g_autofree guint8 *data = g_malloc0 (5000);
  g_autofree char *text = NULL, *whole = NULL;
  g_autoptr (GError) error = NULL;

  command->bytes = g_bytes_new (data, 5000);
  text = swb_command_describe (command);
  g_assert_cmpstr (text, ==, "a#2 send <5000 bytes>");
  g_assert_null (swb_command_parse (text, NULL, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_cmpint (swb_command_peek_verb (text), ==, SWB_VERB_SEND);
  g_assert_cmpint (swb_command_peek_verb (""), ==, SWB_VERB_NONE);
  g_assert_cmpint (swb_command_peek_verb ("pane x"), ==, SWB_VERB_PANE);

  g_clear_pointer (&command->bytes, g_bytes_unref);
  command->bytes = g_bytes_new (data, 4096);
  whole = swb_command_describe (command);
  g_assert_null (strchr (whole, '<'));
}

static void
test_pane_names (void)
{
  g_autofree char *longest = g_strnfill (32, 'a'), *longer = g_strnfill (33, 'a');

  g_assert_true (swb_command_is_pane_name ("a"));
  g_assert_true (swb_command_is_pane_name ("Server-2_x"));
  g_assert_true (swb_command_is_pane_name (longest));
  g_assert_false (swb_command_is_pane_name (longer));
  g_assert_false (swb_command_is_pane_name (""));
  g_assert_false (swb_command_is_pane_name ("2a"));
  g_assert_false (swb_command_is_pane_name ("a b"));
  g_assert_false (swb_command_is_pane_name ("connect"));
  g_assert_false (swb_command_is_pane_name ("within"));
  g_assert_false (swb_command_is_pane_name ("é"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/lines", test_lines);
  g_test_add_func ("/command/blank", test_blank);
  g_test_add_func ("/command/fields", test_fields);
  g_test_add_func ("/command/options", test_options);
  g_test_add_func ("/command/forms", test_forms);
  g_test_add_func ("/command/describe", test_describe);
  g_test_add_func ("/command/pane-names", test_pane_names);
  return g_test_run ();
}
