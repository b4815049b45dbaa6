/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/notation/swb-notation.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "net/swb-error.h"
#include "notation-lines.h"
#include "random-record.h"

static const char *
name_cb (guint pane, gpointer user_data)
{
  return user_data;
}

static void
assert_round_trip (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  g_autofree char *back = NULL;
  SwbRecord record;

  swb_notation_parse (line, &record, &pane, &bytes, &error);
  g_assert_no_error (error);
  back = swb_notation_print (&record, NULL, name_cb, pane);
  g_assert_cmpstr (back, ==, line);
}

static void
test_strace (void)
{
  g_test_summary ("Lines of strace are understood, and printed as they were.");

  for (gsize i = 0; i < G_N_ELEMENTS (strace_lines); i++)
    {
      g_autofree char *line
          = g_strdup_printf ("server 1732282.123456789 %s <0.000004012>", strace_lines[i]);

      assert_round_trip (line);
    }
}

static void
test_own (void)
{
  g_test_summary ("Commands, outcomes and notes are understood, and printed as they were.");

  for (gsize i = 0; i < G_N_ELEMENTS (own_lines); i++)
    assert_round_trip (own_lines[i]);
}

static void
test_six_digits (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord record;

  g_test_summary ("The six digits of strace's own times are understood.");

  g_assert_true (swb_notation_parse ("server 12.000004 close(4) = 0 <0.000012>", &record,
                                     &pane, &bytes, NULL));
  g_assert_cmpint (record.time_ns, ==, G_GINT64_CONSTANT (12000004000));
  g_assert_cmpint (record.took_ns, ==, 12000);
  g_assert_cmpstr (pane, ==, "server");
}

static int
hostile_byte (void)
{
  static const char likely[] = "9- \"\\{],0";

  return g_test_rand_bit () ? likely[g_test_rand_int_range (0, sizeof likely - 1)]
                            : g_test_rand_int_range (1, 256);
}

static void
parse_any (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord record;

  if (swb_notation_parse (line, &record, &pane, &bytes, &error))
    {
      g_autofree char *printed = swb_notation_print (&record, NULL, name_cb, pane);

      g_assert_nonnull (printed);
      return;
    }

  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_null (pane);
  g_assert_null (bytes);
}

static void
test_hostile (void)
{
  g_test_summary (
      "Lines cut anywhere or changed at random are refused or understood, never fatal.");

  for (gsize i = 0; i < G_N_ELEMENTS (strace_lines); i++)
    {
      g_autofree char *line
          = g_strdup_printf ("server 17.1 %s <0.000004012>", strace_lines[i]);

      for (gsize n = strlen (line); n-- > 0;)
        {
          /* Of the exact size, so that a sanitizer sees a step too far. */
          g_autofree char *cut = g_strndup (line, n);

          parse_any (cut);
        }
    }

  for (int i = 0; i < 50000; i++)
    {
      g_autofree char *line
          = i % 2 == 0
                ? g_strdup (own_lines[g_test_rand_int_range (0, G_N_ELEMENTS (own_lines))])
                : g_strdup_printf (
                    "s 1.1 %s <0.000004012>",
                    strace_lines[g_test_rand_int_range (0, G_N_ELEMENTS (strace_lines))]);
      gint32 length = (gint32)strlen (line);

      for (int j = g_test_rand_int_range (1, 4); j > 0; j--)
        line[g_test_rand_int_range (0, length)] = (char)hostile_byte ();
      parse_any (line);
    }
}

static void
test_column (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord record;

  g_test_summary ("An error names the column where the line went wrong.");

  g_assert_false (swb_notation_parse ("server 1.5 bind(x", &record, &pane, &bytes, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "17"));
  parse_any ("");
  parse_any (" ");
  parse_any ("server");
}

static void
test_names (void)
{
  static const char *const bad[]
      = { "", "two words", "a#1", "\xff", "\033[31mred", "a\nb", "\xe2\x80\xae" };
  SwbRecord record
      = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_CLOSE, .pane = 7, .fd = 3 };
  g_autofree char *good = swb_notation_print (&record, NULL, name_cb, "s\u00e9rver");

  g_test_summary (
      "A name that would break the line, or a terminal, gives way to the number.");

  g_assert_true (g_str_has_prefix (good, "s\u00e9rver 0."));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *line = swb_notation_print (&record, NULL, name_cb, (gpointer)bad[i]);

      g_assert_true (g_str_has_prefix (line, "pane7 0."));
    }
  parse_any ("\xff 1.5 close(3) = 0 <0.1>");
}

static void
test_failed (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord record;

  g_test_summary ("A call that failed has no bytes; no call returns less than -1.");

  g_assert_true (
      swb_notation_parse ("s 1.5 recvfrom(3, \"zz\", 9, 0, NULL, NULL) = -1 EAGAIN "
                          "(Resource temporarily unavailable) <0.1>",
                          &record, &pane, &bytes, NULL));
  g_assert_cmpint (record.error, ==, EAGAIN);
  g_assert_cmpuint (record.n_data, ==, 0);
  g_clear_pointer (&pane, g_free);
  g_clear_pointer (&bytes, g_bytes_unref);
  g_assert_false (
      swb_notation_parse ("s 1.5 close(3) = -2 <0.1>", &record, &pane, &bytes, NULL));
}

static void
test_failed_control (void)
{
  static const char line[]
      = "x 1.0 recvmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ab\", "
        "iov_len=2}], msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_IP, "
        "cmsg_type=IP_TTL, cmsg_data=[64]}], msg_controllen=24, msg_flags=0}, 0) = -1 "
        "EAGAIN (x) <0.000001>";
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  g_autoptr (GError) error = NULL;
  SwbRecord record;

  g_test_summary (
      "A receive that failed brought no control messages, whatever a line says.");
  g_assert_true (swb_notation_parse (line, &record, &pane, &bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpint (record.error, ==, EAGAIN);
  g_assert_cmpuint (record.n_data, ==, 0);
  g_assert_cmpuint (record.n_control, ==, 0);
}

static void
test_journal_time (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord back, record = {
    .kind = SWB_RECORD_CALL, .call = SWB_CALL_CLOSE, .pane = 3, .fd = 4, .time_ns = 5
  };
  g_autofree char *line = swb_notation_print (&record, journal, NULL, NULL);

  g_test_summary ("With a journal the time is of the wall clock; a pane without a name has "
                  "its number.");

  g_assert_true (swb_notation_parse (line, &back, &pane, &bytes, NULL));
  g_assert_cmpint (back.time_ns, ==, swb_journal_to_wall_ns (journal, 5));
  g_assert_cmpstr (pane, ==, "pane3");
  remove_test_folder (folder);
}

static void
test_print_call (void)
{
  SwbRecord record
      = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_LISTEN, .fd = 3, .ints = { 128 } };
  g_autofree char *call = swb_notation_print_call (&record);
  g_autofree char *option = swb_notation_print_option (SOL_SOCKET, SO_ERROR);

  g_test_summary ("A call and the name of an option can be had alone.");

  g_assert_cmpstr (call, ==, "listen(3, 128) = 0");
  g_assert_cmpstr (option, ==, "SO_ERROR");
}

/* The rows of the picture of the window: line, call, details, result. */
static const struct
{
  const char *line;
  const char *call;
  const char *details;
  const char *result;
} short_rows[] = {
  { "s 1.1 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 7 <0.1>",
    "socket", "AF_INET, SOCK_STREAM, 0", "= 7" },
  { "s 1.1 bind(7, {sa_family=AF_INET, sin_port=htons(7000), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0 <0.1>",
    "bind", "7, 127.0.0.1:7000", "= 0" },
  { "s 1.1 listen(7, 128) = 0 <0.1>", "listen", "7, 128", "= 0" },
  { "s 1.1 connect(8, {sa_family=AF_INET, sin_port=htons(7000), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = -1 "
    "EINPROGRESS (Operation now in progress) <0.1>",
    "connect", "8, 127.0.0.1:7000", "EINPROGRESS" },
  { "s 1.1 accept4(7, {sa_family=AF_INET, sin_port=htons(40312), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => "
    "16], 0) = 9 <0.1>",
    "accept4", "7 → 127.0.0.1:40312", "= 9" },
  { "s 1.1 sendto(8, \"hello, bench\\n\", 13, 0, NULL, 0) = 13 <0.1>", "send",
    "hello, bench⏎", "13 B" },
  { "s 1.1 recvfrom(8, \"hello, bench\\n\", 65536, 0, NULL, NULL) = 13 <0.1>", "recv",
    "hello, bench⏎", "13 B" },
  { "s 1.1 recvfrom(8, \"\", 65536, 0, NULL, NULL) = 0 <0.1>", "recv", "", "eof" },
  { "s 1.1 shutdown(8, SHUT_WR) = 0 <0.1>", "shutdown", "8, SHUT_WR", "= 0" },
  { "s 1.1 close(8) = 0 <0.1>", "close", "8", "= 0" },
  { "s 1.1 getsockopt(8, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0 <0.1>",
    "getsockopt", "8, SOL_SOCKET, SO_ERROR, [ECONNREFUSED]", "= 0" },
  { "s 1.1 > #1 s listen 128", "command", "s listen 128", "" },
  { "s 1.1 < #1 EPERM no", "outcome", "no", "EPERM" },
  { "s 1.1 * text hi", "note", "hi", "" },
};

static void
test_short (void)
{
  g_test_summary ("The short forms are those of the window's picture.");

  for (gsize i = 0; i < G_N_ELEMENTS (short_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *pane = NULL;
      g_autofree char *details = NULL;
      g_autofree char *result = NULL;
      SwbRecord record;

      swb_notation_parse (short_rows[i].line, &record, &pane, &bytes, &error);
      g_assert_no_error (error);
      details = swb_notation_short_details (&record, 80);
      result = swb_notation_short_result (&record);
      g_assert_cmpstr (swb_notation_short_call (&record), ==, short_rows[i].call);
      g_assert_cmpstr (details, ==, short_rows[i].details);
      g_assert_cmpstr (result, ==, short_rows[i].result);
    }
}

static void
test_durations (void)
{
  static const struct
  {
    gint64 ns;
    const char *text;
  } rows[] = {
    { -1, "0 µs" },
    { 0, "0 µs" },
    { 11000, "11 µs" },
    { 999499, "999 µs" },
    { 999500, "1.0 ms" },
    { 1200000, "1.2 ms" },
    { 999949999, "999.9 ms" },
    { 999950000, "1.0 s" },
    { 3400000000, "3.4 s" },
  };

  g_test_summary ("Durations have the unit that suits them.");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = swb_notation_short_duration (rows[i].ns);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notation/strace", test_strace);
  g_test_add_func ("/notation/own", test_own);
  g_test_add_func ("/notation/six-digits", test_six_digits);
  g_test_add_func ("/notation/hostile", test_hostile);
  g_test_add_func ("/notation/column", test_column);
  g_test_add_func ("/notation/names", test_names);
  g_test_add_func ("/notation/failed", test_failed);
  g_test_add_func ("/notation/failed-control", test_failed_control);
  g_test_add_func ("/notation/journal-time", test_journal_time);
  g_test_add_func ("/notation/print-call", test_print_call);
  g_test_add_func ("/notation/short", test_short);
  g_test_add_func ("/notation/durations", test_durations);
  return g_test_run ();
}
