/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "bench/swb-command.h"

#include <string.h>

#include "net/swb-error.h"

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
    { "a recv auto readv", 13, SWB_ERROR_UNKNOWN },
    { "a recvmmsg", 11, SWB_ERROR_SYNTAX },
    { "a recvmmsg 0", 12, SWB_ERROR_RANGE },
    { "a sendmmsg 65 \"x\"", 12, SWB_ERROR_RANGE },
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
  g_test_add_func ("/command/errors", test_errors);
  g_test_add_func ("/command/hex-position", test_hex_position);
  g_test_add_func ("/command/long-lines", test_long_lines);
  g_test_add_func ("/command/noise", test_noise);
  return g_test_run ();
}
