/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <sys/ioctl.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "bench/swb-command.h"
#include "bench/swb-constants.h"
#include "bench/swb-duration.h"
#include "journal/swb-record.h"
#include "net/swb-error.h"

static SwbCommand *
parse (const char *line)
{
  g_autoptr (GError) error = NULL;
  SwbCommand *command = swb_command_parse (line, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (command);
  return command;
}

static void
assert_prints (const char *line, const char *expected)
{
  g_autoptr (SwbCommand) command = parse (line);
  g_autofree char *text = swb_command_print (command);
  g_autoptr (SwbCommand) again = parse (text);
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
  g_autoptr (SwbCommand) send = parse ("server#2 send \"a\\x00b\" MSG_OOB within 3s");
  g_autoptr (SwbCommand) all = parse ("server#all close");
  g_autoptr (SwbCommand) pane = parse ("pane x AF_INET SOCK_DGRAM 17 \"Über\" as plain");
  g_autoptr (SwbCommand) option = parse ("x setsockopt SOL_SOCKET SO_SNDBUF -1");
  g_autoptr (SwbCommand) count = parse ("x expect recv 2147483647 bytes");
  g_autoptr (SwbCommand) path = parse ("x bind \"/a \\\"q\\\"\"");
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
  };
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
test_errors (void)
{
  static const struct
  {
    const char *line;
    guint column;
    int code;
  } rows[] = {
    { "pane", 5, SWB_ERROR_SYNTAX },
    { "pane 9x AF_INET SOCK_STREAM 0", 6, SWB_ERROR_SYNTAX },
    { "pane send AF_INET SOCK_STREAM 0", 6, SWB_ERROR_SYNTAX },
    { "pane a AF_FOO SOCK_STREAM 0", 8, SWB_ERROR_UNKNOWN },
    { "pane a AF_INET SOCK_FOO 0", 16, SWB_ERROR_UNKNOWN },
    { "pane a AF_INET SOCK_STREAM foo_bar", 28, SWB_ERROR_UNKNOWN },
    { "pane a AF_INET SOCK_STREAM", 27, SWB_ERROR_SYNTAX },
    { "pane a AF_INET SOCK_STREAM 0 as boss", 33, SWB_ERROR_SYNTAX },
    { "pane a AF_INET SOCK_STREAM 0 \"T", 30, SWB_ERROR_SYNTAX },
    { "pane a AF_INET SOCK_STREAM 0 \"T\"x", 33, SWB_ERROR_SYNTAX },
    { "a", 2, SWB_ERROR_SYNTAX },
    { "a cnnect x", 3, SWB_ERROR_UNKNOWN },
    { "é send", 1, SWB_ERROR_SYNTAX },
    { "a send \"é\" x", 12, SWB_ERROR_UNKNOWN },
    { "a#0 close", 3, SWB_ERROR_RANGE },
    { "a#x close", 3, SWB_ERROR_RANGE },
    { "a#4294967295 close", 3, SWB_ERROR_RANGE },
    { "a#1 bind x", 5, SWB_ERROR_SYNTAX },
    { "a bind", 7, SWB_ERROR_SYNTAX },
    { "a bind x y", 10, SWB_ERROR_SYNTAX },
    { "a bind x within 1s", 10, SWB_ERROR_SYNTAX },
    { "a listen many", 10, SWB_ERROR_SYNTAX },
    { "a listen 4294967296", 10, SWB_ERROR_RANGE },
    { "a recv 16777217", 8, SWB_ERROR_RANGE },
    { "a recv auto within 1s", 13, SWB_ERROR_SYNTAX },
    { "a recv auto recvmmsg", 13, SWB_ERROR_UNKNOWN },
    { "a recv auto recv 16777217", 18, SWB_ERROR_RANGE },
    { "a recv auto recv 4 MSG_PEEK", 28, SWB_ERROR_RANGE },
    { "a recv manual recv", 15, SWB_ERROR_SYNTAX },
    { "a recv within", 14, SWB_ERROR_SYNTAX },
    { "a recv within 1 s", 15, SWB_ERROR_SYNTAX },
    { "a recv within 99999999999s", 15, SWB_ERROR_RANGE },
    { "a recv within 1s within 1s", 18, SWB_ERROR_SYNTAX },
    { "a send", 7, SWB_ERROR_SYNTAX },
    { "a send hello", 8, SWB_ERROR_SYNTAX },
    { "a send file:", 8, SWB_ERROR_SYNTAX },
    { "a send \"\\q\"", 9, SWB_ERROR_SYNTAX },
    { "a shutdown", 11, SWB_ERROR_SYNTAX },
    { "a shutdown now", 12, SWB_ERROR_UNKNOWN },
    { "a setsockopt SOL_SOCKET SO_FOO 1", 25, SWB_ERROR_UNKNOWN },
    { "a setsockopt FOO SO_FOO 1", 14, SWB_ERROR_UNKNOWN },
    { "a close expect EFOO", 16, SWB_ERROR_UNKNOWN },
    { "a expect", 9, SWB_ERROR_SYNTAX },
    { "a expect recv 5", 16, SWB_ERROR_SYNTAX },
    { "a expect state HAPPY", 16, SWB_ERROR_UNKNOWN },
    { "a expect recv \"x\" expect EPIPE", 19, SWB_ERROR_SYNTAX },
    { "wait", 5, SWB_ERROR_SYNTAX },
    { "wait 5", 6, SWB_ERROR_SYNTAX },
    { "a wait 5s", 3, SWB_ERROR_SYNTAX },
    { "note hello", 6, SWB_ERROR_SYNTAX },
    { "a note \"\\x00\"", 8, SWB_ERROR_ENCODING },
    { "a bind \"\\xff\"", 8, SWB_ERROR_ENCODING },
    { "a send <9999 bytes>", 8, SWB_ERROR_SYNTAX },
    { "a send \"\xff\"", 9, SWB_ERROR_SYNTAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      guint column = 0;

      g_test_message ("row %u", i);
      g_assert_null (swb_command_parse (rows[i].line, &column, &error));
      g_assert_error (error, SWB_ERROR, rows[i].code);
      g_assert_cmpuint (column, ==, rows[i].column);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_hex_position (void)
{
  g_autoptr (GError) error = NULL;
  guint column = 0;

  g_assert_null (swb_command_parse ("a send hex:48 6x 6c", &column, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_cmpuint (column, >=, 15);
  g_assert_cmpuint (column, <=, 16);
}

static void
test_long_lines (void)
{
  gsize sizes[] = { SWB_COMMAND_LINE_MAX, SWB_COMMAND_LINE_MAX + 1, 10 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_malloc (sizes[i] + 1);
      g_autoptr (SwbCommand) command = NULL;

      memset (line, 'x', sizes[i]);
      memcpy (line, "a send \"", 8);
      line[sizes[i] - 1] = '"';
      line[sizes[i]] = '\0';
      command = swb_command_parse (line, NULL, &error);
      if (i == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, SWB_ERROR, SWB_ERROR_TOO_LONG);
    }
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

static void
test_durations (void)
{
  static const struct
  {
    const char *text;
    gint64 ns;
  } right[] = {
    { "0s", 0 },
    { "1ns", 1 },
    { "100us", 100000 },
    { "100µs", 100000 },
    { "500ms", 500000000 },
    { "1.5s", 1500000000 },
    { "0.000000001s", 1 },
    { "2min", G_GINT64_CONSTANT (120000000000) },
    { "1000000000s", SWB_DURATION_MAX_NS },
  };
  static const char *const wrong[]
      = { "", "s", "5", "1.s", ".5s", "-1s", "1 s", "1.5ns", "1h", "1s1s" };
  gint64 ns = -7;

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_assert_true (swb_duration_parse (right[i].text, &ns, NULL));
      g_assert_cmpint (ns, ==, right[i].ns);
    }
  ns = -7;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (swb_duration_parse (wrong[i], &ns, &error));
      g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
    }
  g_assert_cmpint (ns, ==, -7);
  g_assert_false (swb_duration_parse ("1000000001s", &ns, NULL));

  for (guint i = 0; i < 1000; i++)
    {
      gint64 random = (gint64)g_test_rand_double_range (0, (double)SWB_DURATION_MAX_NS);
      g_autofree char *text = swb_duration_print (random);

      g_assert_true (swb_duration_parse (text, &ns, NULL));
      g_assert_cmpint (ns, ==, random);
    }
}

/* --- print and parse are inverse --- */

static char *
random_name (void)
{
  static const char letters[] = "abcXYZ019-_";
  char *name;

  do
    {
      GString *text = g_string_new ("p");

      for (int i = g_test_rand_int_range (0, 31); i > 0; i--)
        g_string_append_c (text, letters[g_test_rand_int_range (0, sizeof letters - 1)]);
      name = g_string_free (text, FALSE);
    }
  while (!swb_command_is_pane_name (name));
  return name;
}

static char *
random_text (void)
{
  static const char *const pieces[]
      = { "a",  "B",      "9", " ", "\"",     "\\", "#",  "\t",   "é",
          "日", "\u202e", "@", ":", "within", "/",  "\n", "\x01", "😀" };
  GString *text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (0, 20); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static GBytes *
random_bytes (void)
{
  guint8 data[64];
  int length = g_test_rand_int_range (0, 65);

  for (int i = 0; i < length; i++)
    data[i] = (guint8)g_test_rand_int_range (0, 256);
  return g_bytes_new (data, (gsize)length);
}

static void
fill_randomly (SwbCommand *command)
{
  int *numbers = command->numbers;

  switch (command->verb)
    {
    case SWB_VERB_PANE:
      numbers[0] = g_test_rand_int_range (0, 45);
      numbers[1] = g_test_rand_int_range (0, 11);
      numbers[2] = g_test_rand_int_range (0, 300);
      command->title = g_test_rand_bit () ? random_text () : NULL;
      command->has_role = g_test_rand_bit ();
      command->role
          = command->has_role ? (SwbRole)g_test_rand_int_range (0, 3) : SWB_ROLE_PLAIN;
      break;
    case SWB_VERB_BIND:
    case SWB_VERB_CONNECT:
    case SWB_VERB_UNLINK:
      command->address = random_text ();
      break;
    case SWB_VERB_LISTEN:
      numbers[0] = (int)g_test_rand_int ();
      break;
    case SWB_VERB_SENDTO:
      command->address = random_text ();
      G_GNUC_FALLTHROUGH;
    case SWB_VERB_SENDMSG:
    case SWB_VERB_SEND:
      if (command->verb == SWB_VERB_SENDMSG && g_test_rand_bit ())
        command->other = random_name ();
      if (g_test_rand_bit ())
        command->bytes = random_bytes ();
      else
        command->file = g_strconcat ("f", NULL);
      numbers[0] = g_test_rand_bit () ? (int)g_test_rand_int () : 0;
      break;
    case SWB_VERB_RECVMSG:
      if (g_test_rand_bit ())
        command->other = random_name ();
      G_GNUC_FALLTHROUGH;
    case SWB_VERB_RECV:
    case SWB_VERB_RECVFROM:
      numbers[0] = g_test_rand_bit () ? g_test_rand_int_range (0, 16777217) : 0;
      numbers[1] = g_test_rand_bit () ? (int)g_test_rand_int () : 0;
      break;
    case SWB_VERB_IOCTL:
      numbers[0] = g_test_rand_bit () ? FIONREAD : g_test_rand_int_range (-3, 6);
      break;
    case SWB_VERB_SHUTDOWN:
      numbers[0] = g_test_rand_int_range (-3, 6);
      break;
    case SWB_VERB_SETSOCKOPT:
      command->bytes = random_bytes ();
      G_GNUC_FALLTHROUGH;
    case SWB_VERB_GETSOCKOPT:
      numbers[0] = g_test_rand_int_range (0, 45);
      numbers[1] = g_test_rand_int_range (0, 80);
      break;
    case SWB_VERB_SOCKETPAIR:
      command->other = random_name ();
      break;
    case SWB_VERB_ACCEPT_MODE:
    case SWB_VERB_RECV_MODE:
      numbers[0] = g_test_rand_bit ();
      break;
    case SWB_VERB_REPLY:
      numbers[0] = g_test_rand_int_range (0, SWB_N_REPLIES);
      command->bytes = numbers[0] == SWB_REPLY_FIXED ? random_bytes () : NULL;
      break;
    case SWB_VERB_TITLE:
      command->title = random_text ();
      break;
    case SWB_VERB_NOTE:
      {
        char *text = random_text ();
        numbers[0] = SWB_NOTE_TEXT;
        command->bytes = g_bytes_new_take (text, strlen (text));
      }
      break;
    case SWB_VERB_WAIT:
      command->duration_ns = g_test_rand_int_range (0, G_MAXINT);
      break;
    case SWB_VERB_EXPECT:
      command->expect
          = (SwbExpectKind)g_test_rand_int_range (SWB_EXPECT_RECV, SWB_EXPECT_ERROR + 1);
      command->bytes = command->expect == SWB_EXPECT_RECV ? random_bytes () : NULL;
      numbers[0]
          = command->expect == SWB_EXPECT_RECV_N ? g_test_rand_int_range (0, G_MAXINT) : 0;
      command->state = command->expect == SWB_EXPECT_STATE ? g_strdup ("BOUND") : NULL;
      command->expected_errno = command->expect == SWB_EXPECT_ERROR ? ECONNRESET : 0;
      break;
    default:
      break;
    }
  if (swb_command_verb_waits (command->verb) && g_test_rand_bit ())
    command->within_ns = g_test_rand_int_range (0, G_MAXINT);
  if (command->verb < SWB_VERB_PANE && g_test_rand_bit ())
    command->expected_errno = g_test_rand_int_range (1, 30);
}

static void
assert_bytes_equal (GBytes *a, GBytes *b)
{
  g_assert_true ((a == NULL) == (b == NULL));
  if (a != NULL)
    g_assert_true (g_bytes_equal (a, b));
}

static void
assert_same (const SwbCommand *a, const SwbCommand *b)
{
  g_assert_cmpint (a->verb, ==, b->verb);
  g_assert_cmpstr (a->pane, ==, b->pane);
  g_assert_cmpuint (a->connection, ==, b->connection);
  g_assert_cmpmem (a->numbers, sizeof a->numbers, b->numbers, sizeof b->numbers);
  g_assert_cmpint (a->has_role, ==, b->has_role);
  g_assert_cmpint (a->role, ==, b->role);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->other, ==, b->other);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpstr (a->file, ==, b->file);
  g_assert_cmpstr (a->state, ==, b->state);
  g_assert_cmpint (a->expect, ==, b->expect);
  g_assert_cmpint (a->duration_ns, ==, b->duration_ns);
  g_assert_cmpint (a->within_ns, ==, b->within_ns);
  g_assert_cmpint (a->expected_errno, ==, b->expected_errno);
  assert_bytes_equal (a->bytes, b->bytes);
}

static void
test_random (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      SwbVerb verb = (SwbVerb)g_test_rand_int_range (SWB_VERB_SOCKET, SWB_N_VERBS);
      gboolean connected = verb == SWB_VERB_SEND || verb == SWB_VERB_RECV
                           || verb == SWB_VERB_EXPECT || verb == SWB_VERB_CLOSE;
      g_autofree char *name = verb == SWB_VERB_WAIT ? NULL : random_name ();
      g_autoptr (SwbCommand) command = swb_command_new (
          verb, name, connected ? (guint)g_test_rand_int_range (0, 5) : 0);
      g_autoptr (SwbCommand) again = NULL;
      g_autofree char *text = NULL;
      g_autoptr (SwbCommand) copy = NULL;

      fill_randomly (command);
      text = swb_command_print (command);
      g_assert_null (strchr (text, '\n'));
      again = parse (text);
      assert_same (command, again);
      copy = swb_command_copy (command);
      assert_same (command, copy);
    }
}

/* Whatever comes, there is a command or an error, and the column is within the line. */
static void
test_noise (void)
{
  static const char *const words[]
      = { "pane", "a",      "send", "expect",  "recv", "hex:", "\"",      "\\", "#",  " ",
          " ",    "within", "1s",   "AF_INET", "0",    "\xff", "file:\"", "é",  "all" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (SwbCommand) command = NULL;
      guint column = 1;

      for (int n = g_test_rand_int_range (0, 14); n > 0; n--)
        g_string_append (line, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      command = swb_command_parse (line->str, &column, &error);
      g_assert_true (command == NULL || error == NULL);
      g_assert_cmpuint (column, >=, 1);
      g_assert_cmpuint (column, <=, line->len + 1);
    }
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
  g_test_add_func ("/command/errors", test_errors);
  g_test_add_func ("/command/hex-position", test_hex_position);
  g_test_add_func ("/command/long-lines", test_long_lines);
  g_test_add_func ("/command/describe", test_describe);
  g_test_add_func ("/command/pane-names", test_pane_names);
  g_test_add_func ("/command/durations", test_durations);
  g_test_add_func ("/command/random", test_random);
  g_test_add_func ("/command/noise", test_noise);
  return g_test_run ();
}
