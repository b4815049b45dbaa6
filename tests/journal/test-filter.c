/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "filter-fixture.h"

#include "journal/filter/swb-filter-private.h"
#include "net/swb-error.h"
#include "random-filter.h"

static void
assert_prints (const char *text, const char *expected)
{
  g_autoptr (SwbFilter) filter = parse_filter (text);
  g_autofree char *printed = swb_filter_print (filter);

  g_assert_cmpstr (printed, ==, expected);
}

static void
test_print (void)
{
  g_test_summary ("Each form is printed in the one way that stands for it.");

  assert_prints ("", "");
  assert_prints (" \t\n", "");
  assert_prints ("GET", "data ~ \"GET\"");
  assert_prints ("HTTP/1.1 200", "data ~ \"HTTP/1.1\" and data ~ \"200\"");
  assert_prints ("\"a \\x00\\n\"", "data ~ \"a \\x00\\n\"");
  assert_prints ("hex:0d0A", "data ~ \"\\r\\n\"");
  assert_prints ("hex:\"0d 0a\"", "data ~ \"\\r\\n\"");
  assert_prints ("/a\\/b/i", "data =~ /a\\/b/i");
  assert_prints ("data ~* \"x\"", "data ~* \"x\"");
  assert_prints ("data=x", "data = \"x\"");
  assert_prints ("data!=x", "data != \"x\"");
  assert_prints ("pane==a", "pane = a");
  assert_prints ("pane=\"a\"", "pane = a");
  assert_prints ("pane=3", "pane = 3");
  assert_prints ("socket = a#2", "socket = a#2");
  assert_prints ("socket = a#all", "socket = a#all");
  assert_prints ("socket >= 7", "socket >= 7");
  assert_prints ("call = accept4", "call = accept");
  assert_prints ("dir = in", "dir = in");
  assert_prints ("kind != note", "kind != note");
  assert_prints ("origin = survey", "origin = survey");
  assert_prints ("len > 0x40", "len > 64");
  assert_prints ("errno = 111", "errno = ECONNREFUSED");
  assert_prints ("errno != 0", "errno != 0");
  assert_prints ("result = -1", "result = -1");
  assert_prints ("took > 1.5ms", "took > 1500us");
  assert_prints ("took > 2min", "took > 120s");
  assert_prints ("took < 3µs", "took < 3us");
  assert_prints ("time > 2.5s", "time > 2500ms");
  assert_prints ("time > -10s", "time > -10s");
  assert_prints ("time < 14:47:12.5", "time < 14:47:12.5");
  assert_prints ("time < 14:47", "time < 14:47:00");
  assert_prints ("time >= 2026-11-22T14:47:12.000000001Z",
                 "time >= 2026-11-22T14:47:12.000000001Z");
  assert_prints ("time >= 2026-11-22T14:47+01:00", "time >= 2026-11-22T13:47:00Z");
  assert_prints ("peer ~ \":7000\"", "peer ~ \":7000\"");
  assert_prints ("local = 127.0.0.1:7000", "local = \"127.0.0.1:7000\"");
}

static void
test_structure (void)
{
  g_test_summary (
      "And binds tighter than or, not tighter than both; parentheses stay where they are "
      "needed.");

  assert_prints ("len=1 or len=2 and len=3", "len = 1 or len = 2 and len = 3");
  assert_prints ("(len=1 or len=2) and len=3", "(len = 1 or len = 2) and len = 3");
  assert_prints ("(len=1 and len=2) or len=3", "len = 1 and len = 2 or len = 3");
  assert_prints ("len=1 (len=2 len=3)", "len = 1 and len = 2 and len = 3");
  assert_prints ("len=1||(len=2||len=3)", "len = 1 or len = 2 or len = 3");
  assert_prints ("!len=1&&len=2", "not len = 1 and len = 2");
  assert_prints ("not (len=1 and len=2)", "not (len = 1 and len = 2)");
  assert_prints ("not (not len=1)", "not (not len = 1)");
  assert_prints ("((len=1))", "len = 1");
}

static void
assert_fails (const char *text, int code, gsize expected)
{
  g_autoptr (SwbFilterNames) names = make_filter_names ();
  g_autofree char *valid = NULL;
  g_autoptr (GError) error = NULL;
  gsize position = 0;

  g_assert_null (swb_filter_parse (text, names, &position, &error));
  valid = g_utf8_make_valid (text, -1);
  g_test_message ("%s: %" G_GSIZE_FORMAT ": %s", valid, position, error->message);
  g_assert_error (error, SWB_ERROR, code);
  g_assert_cmpuint (position, ==, expected);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_syntax_errors (void)
{
  g_test_summary ("Text that isn't of the grammar fails where it goes wrong.");

  assert_fails ("len", SWB_ERROR_SYNTAX, 4);
  assert_fails ("len and 5", SWB_ERROR_SYNTAX, 5);
  assert_fails ("len =", SWB_ERROR_SYNTAX, 6);
  assert_fails ("len = )", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = x", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = 1x", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = 0x", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = \"a\\x00\"", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len = /1/", SWB_ERROR_SYNTAX, 7);
  assert_fails ("len ~ 5", SWB_ERROR_SYNTAX, 5);
  assert_fails ("call < recv", SWB_ERROR_SYNTAX, 6);
  assert_fails ("data < x", SWB_ERROR_SYNTAX, 6);
  assert_fails ("= 5", SWB_ERROR_SYNTAX, 1);
  assert_fails ("x \"y\" = 5", SWB_ERROR_SYNTAX, 7);
  assert_fails ("(x", SWB_ERROR_SYNTAX, 1);
  assert_fails ("x)", SWB_ERROR_SYNTAX, 2);
  assert_fails ("()", SWB_ERROR_SYNTAX, 2);
  assert_fails ("x and", SWB_ERROR_SYNTAX, 6);
  assert_fails ("x or or y", SWB_ERROR_SYNTAX, 6);
  assert_fails ("and x", SWB_ERROR_SYNTAX, 1);
  assert_fails ("not", SWB_ERROR_SYNTAX, 4);
  assert_fails ("not not x", SWB_ERROR_SYNTAX, 5);
  assert_fails ("x \"abc", SWB_ERROR_SYNTAX, 3);
  assert_fails ("\"abc\\", SWB_ERROR_SYNTAX, 1);
  assert_fails ("\"ä\\q\"", SWB_ERROR_SYNTAX, 3);
  assert_fails ("ä hex:0", SWB_ERROR_SYNTAX, 7);
  assert_fails ("hex:0g", SWB_ERROR_SYNTAX, 5);
  assert_fails ("hex:\"0d g\"", SWB_ERROR_SYNTAX, 9);
  assert_fails ("hex:\"0d", SWB_ERROR_SYNTAX, 5);
  assert_fails ("x /abc", SWB_ERROR_SYNTAX, 3);
  assert_fails ("/abc/x", SWB_ERROR_SYNTAX, 6);
  assert_fails ("/(/", SWB_ERROR_SYNTAX, 1);
  assert_fails ("data =~ /(*UTF)x/", SWB_ERROR_SYNTAX, 10);
  assert_fails ("data =~ x", SWB_ERROR_SYNTAX, 9);
  assert_fails ("data ~ /x/", SWB_ERROR_SYNTAX, 8);
  assert_fails ("took > 5", SWB_ERROR_SYNTAX, 8);
  assert_fails ("took > x", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > -", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > \"\"", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 25:00:00", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 14:60", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 2026-02-30T10:00Z", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 2026-02-20", SWB_ERROR_SYNTAX, 8);
  assert_fails ("time > 1969-12-31T10:00Z", SWB_ERROR_SYNTAX, 8);
  assert_fails ("socket < a", SWB_ERROR_SYNTAX, 10);
  assert_fails ("socket = a#x", SWB_ERROR_SYNTAX, 10);
  assert_fails ("socket = -x", SWB_ERROR_SYNTAX, 10);
  assert_fails ("pane = 1x", SWB_ERROR_SYNTAX, 8);
}

static void
test_other_errors (void)
{
  g_autofree char *long_text = g_strnfill (SWB_FILTER_TEXT_MAX + 1, 'x');
  GString *deep = g_string_new (NULL);

  g_test_summary ("Unknown names, numbers out of range, and too much of anything.");

  assert_fails ("x len2 = 5", SWB_ERROR_UNKNOWN, 3);
  assert_fails ("Len = 5", SWB_ERROR_UNKNOWN, 1);
  assert_fails ("ä and pane = nobody", SWB_ERROR_UNKNOWN, 14);
  assert_fails ("pane = \"\"", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("socket = nobody#1", SWB_ERROR_UNKNOWN, 10);
  assert_fails ("call = fork", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("dir = up", SWB_ERROR_UNKNOWN, 7);
  assert_fails ("kind = kind", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("origin = call", SWB_ERROR_UNKNOWN, 10);
  assert_fails ("origin > auto", SWB_ERROR_SYNTAX, 8);
  assert_fails ("errno = EFOO", SWB_ERROR_UNKNOWN, 9);
  assert_fails ("took > 5d", SWB_ERROR_UNKNOWN, 8);
  assert_fails ("len > 9223372036854775808", SWB_ERROR_RANGE, 7);
  assert_fails ("took > 1000000001s", SWB_ERROR_RANGE, 8);
  assert_fails ("took > 0.5ns", SWB_ERROR_RANGE, 8);
  assert_fails ("socket = a#0", SWB_ERROR_RANGE, 10);
  assert_fails ("socket = a#4294967295", SWB_ERROR_RANGE, 10);
  assert_fails ("x \xff", SWB_ERROR_ENCODING, 3);
  assert_fails (long_text, SWB_ERROR_TOO_LONG, SWB_FILTER_TEXT_MAX + 1);

  long_text[SWB_FILTER_TEXT_MAX] = '\0';
  g_autoptr (SwbFilter) longest = parse_filter (long_text);

  for (guint i = 1; i < SWB_FILTER_DEPTH_MAX; i++)
    g_string_append_c (deep, '(');
  g_string_append_c (deep, 'x');
  for (guint i = 1; i < SWB_FILTER_DEPTH_MAX; i++)
    g_string_append_c (deep, ')');
  g_autoptr (SwbFilter) deepest = parse_filter (deep->str);

  g_string_prepend_c (deep, '(');
  assert_fails (deep->str, SWB_ERROR_TOO_LONG, SWB_FILTER_DEPTH_MAX + 1);
  g_string_free (deep, TRUE);
}

static void
test_pattern_message (void)
{
  g_autoptr (GError) error = NULL;

  g_test_summary ("What is wrong with a pattern is told of what was written");
  g_assert_null (swb_filter_parse ("/(ab/", NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "(ab"));
  g_assert_null (strstr (error->message, "LIMIT"));
  g_assert_nonnull (strstr (error->message, "char 3"));
}

static void
test_boundaries (void)
{
  g_test_summary ("The largest numbers are read and printed.");

  assert_prints ("len > 9223372036854775807", "len > 9223372036854775807");
  assert_prints ("took > 1000000000s", "took > 1000000000s");
  assert_prints ("took > 0.000000001s", "took > 1ns");
  assert_prints ("took > 1.50000000000000000000s", "took > 1500ms");
  assert_prints ("socket = a#4294967294", "socket = a#4294967294");
  assert_prints ("time > -0s", "time > -0s");
}

static void
test_without_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbFilter) filter
      = swb_filter_parse ("pane = pane3 and socket = pane65535#1", NULL, NULL, &error);
  g_autoptr (GError) unknown = NULL;
  gsize position;

  g_test_summary ("Without names, panes are called as the notation calls them.");

  g_assert_no_error (error);
  g_assert_nonnull (filter);
  g_assert_null (swb_filter_parse ("pane = pane65536", NULL, &position, &unknown));
  g_assert_error (unknown, SWB_ERROR, SWB_ERROR_UNKNOWN);
}

static void
test_round_trip (void)
{
  g_test_summary ("What was printed parses to the same filter.");

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (RandomFilter) random = random_filter_new (3);
      g_autofree char *text = random_filter_print (random);
      g_autoptr (SwbFilter) filter = parse_filter (text);
      g_autofree char *printed = swb_filter_print (filter);
      g_autoptr (SwbFilter) again = parse_filter (printed);
      g_autofree char *reprinted = swb_filter_print (again);

      g_assert_true (swb_filter_equal (filter, again));
      g_assert_cmpstr (printed, ==, reprinted);
    }
}

/* Bytes of any value, too, which random filters do not have. */
static void
test_round_trip_bytes (void)
{
  g_test_summary ("Any bytes can be looked for, and are printed so that they come back.");

  for (guint i = 0; i < 500; i++)
    {
      guint8 bytes[32];
      gsize n = (gsize)g_test_rand_int_range (0, sizeof bytes + 1);

      for (gsize j = 0; j < n; j++)
        bytes[j] = (guint8)g_test_rand_int_range (0, 256);

      g_autofree char *quoted = swb_filter_quote (bytes, n);
      g_autofree char *text = g_strconcat ("data = ", quoted, NULL);
      g_autoptr (SwbFilter) filter = parse_filter (text);

      g_assert_cmpmem (filter->root->bytes, filter->root->n_bytes, bytes, n);
      assert_prints (text, text);
    }
}

static void
test_hostile_text (void)
{
  static const char *const pieces[] = { "(",    ")",    "\"",     "/",   "\\",   "=",
                                        "~",    "!",    "and ",   "or ", "not ", "data",
                                        "len",  "time", "socket", "a#",  "5",    "-",
                                        ":",    "hex:", "0x",     ".",   "s",    "\xc3",
                                        "\xa4", "i",    " ",      "*" };
  g_autoptr (SwbFilterNames) names = make_filter_names ();

  g_test_summary (
      "Whatever is typed, it parses and prints back, or fails with a place in it.");

  for (guint i = 0; i < 50000; i++)
    {
      GString *text = g_string_new (NULL);
      gsize position = 0;

      for (gint n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      g_autoptr (GError) error = NULL;
      g_autoptr (SwbFilter) filter = swb_filter_parse (text->str, names, &position, &error);
      if (filter != NULL)
        {
          g_autofree char *printed = swb_filter_print (filter);
          g_autoptr (SwbFilter) again = parse_filter (printed);

          g_assert_true (swb_filter_equal (filter, again));
        }
      else
        {
          g_assert_true (error->domain == SWB_ERROR);
          g_assert_cmpuint (position, >=, 1);
          g_assert_cmpuint (position, <=, text->len + 1);
        }
      g_string_free (text, TRUE);
    }
}

static void
test_lists (void)
{
  const char *const *fields = swb_filter_list_fields ();

  g_test_summary ("Fields and their values can be listed, and are what the parser takes.");

  g_assert_cmpuint (g_strv_length ((char **)fields), ==, 14);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autofree const char **values = swb_filter_list_values (fields[i]);

      for (guint j = 0; values[j] != NULL; j++)
        {
          g_autofree char *text = g_strdup_printf ("%s = %s", fields[i], values[j]);

          assert_prints (text, text);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/print", test_print);
  g_test_add_func ("/filter/structure", test_structure);
  g_test_add_func ("/filter/syntax-errors", test_syntax_errors);
  g_test_add_func ("/filter/other-errors", test_other_errors);
  g_test_add_func ("/filter/pattern-message", test_pattern_message);
  g_test_add_func ("/filter/boundaries", test_boundaries);
  g_test_add_func ("/filter/without-names", test_without_names);
  g_test_add_func ("/filter/round-trip", test_round_trip);
  g_test_add_func ("/filter/round-trip-bytes", test_round_trip_bytes);
  g_test_add_func ("/filter/hostile-text", test_hostile_text);
  g_test_add_func ("/filter/lists", test_lists);
  return g_test_run ();
}
