/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-error.h"
#include "net/swb-payload.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
assert_bytes (GBytes *bytes, const char *expected, gsize length)
{
  gsize n;
  const void *data;

  g_assert_nonnull (bytes);
  data = g_bytes_get_data (bytes, &n);
  g_assert_cmpmem (data, n, expected, length);
}

#define assert_text(text, encoding, end, expected)                                         \
  G_STMT_START                                                                             \
  {                                                                                        \
    g_autoptr (GError) e = NULL;                                                           \
    g_autoptr (GBytes) b = swb_payload_from_text (text, encoding, end, NULL, &e);          \
    g_assert_no_error (e);                                                                 \
    assert_bytes (b, expected, sizeof (expected) - 1);                                     \
  }                                                                                        \
  G_STMT_END

static void
test_escapes (void)
{
  g_test_summary ("Each escape gives its byte; Packet Sender's two digits win over \\0");

  assert_text ("", SWB_ENCODING_UTF8, SWB_LINE_END_NONE, "");
  assert_text ("a\\n\\r\\t\\\\\\\"b", SWB_ENCODING_UTF8, SWB_LINE_END_NONE, "a\n\r\t\\\"b");
  assert_text ("\\x00\\xfF\\x41", SWB_ENCODING_UTF8, SWB_LINE_END_NONE,
               "\0\xff"
               "A");
  assert_text ("\\0", SWB_ENCODING_UTF8, SWB_LINE_END_NONE, "\0");
  assert_text ("\\0g", SWB_ENCODING_UTF8, SWB_LINE_END_NONE, "\0g");
  assert_text ("\\0a", SWB_ENCODING_UTF8, SWB_LINE_END_NONE, "\x0a");
  assert_text ("\\41\\fe1", SWB_ENCODING_UTF8, SWB_LINE_END_NONE,
               "A\xfe"
               "1");
  assert_text ("\"quoted\"", SWB_ENCODING_UTF8, SWB_LINE_END_NONE, "\"quoted\"");
}

static void
test_encodings (void)
{
  g_test_summary (
      "Characters and line ends are written in the encoding, escaped bytes as they are");

  assert_text ("é€", SWB_ENCODING_UTF8, SWB_LINE_END_LF, "\xc3\xa9\xe2\x82\xac\n");
  assert_text ("é\\xff", SWB_ENCODING_LATIN1, SWB_LINE_END_CRLF, "\xe9\xff\r\n");
  assert_text ("ÿ", SWB_ENCODING_LATIN1, SWB_LINE_END_CR, "\xff\r");
  assert_text ("é\\n\\x01", SWB_ENCODING_UTF16LE, SWB_LINE_END_NUL, "\xe9\0\n\0\x01\0\0");
  assert_text ("😀", SWB_ENCODING_UTF16BE, SWB_LINE_END_CRLF, "\xd8\x3d\xde\x00\0\r\0\n");
  g_assert_cmpstr (swb_encoding_get_name (SWB_ENCODING_UTF16LE), ==, "UTF-16 LE");
}

static void
assert_text_fails (const char *text, SwbEncoding encoding, int code, gsize position,
                   const char *piece)
{
  g_autoptr (GError) error = NULL;
  gsize at = G_MAXSIZE;

  g_assert_null (swb_payload_from_text (text, encoding, SWB_LINE_END_NONE, &at, &error));
  g_assert_error (error, SWB_ERROR, code);
  g_assert_cmpuint (at, ==, position);
  g_assert_nonnull (strstr (error->message, piece));
}

static void
test_text_errors (void)
{
  g_test_summary ("A bad escape or character is named with its position");

  assert_text_fails ("ab\\", SWB_ENCODING_UTF8, SWB_ERROR_SYNTAX, 2, "Character 3");
  assert_text_fails ("é\\q", SWB_ENCODING_UTF8, SWB_ERROR_SYNTAX, 2, "Character 2: “\\q”");
  assert_text_fails ("\\x4", SWB_ENCODING_UTF8, SWB_ERROR_SYNTAX, 0, "Character 1");
  assert_text_fails ("\\xg0", SWB_ENCODING_UTF8, SWB_ERROR_SYNTAX, 0, "\\x");
  assert_text_fails ("\\4", SWB_ENCODING_UTF8, SWB_ERROR_SYNTAX, 0, "\\4");
  assert_text_fails ("\\ü", SWB_ENCODING_UTF8, SWB_ERROR_SYNTAX, 0, "\\ü");
  assert_text_fails ("a\\n€", SWB_ENCODING_LATIN1, SWB_ERROR_ENCODING, 3,
                     "Character 4, “€” (U+20AC)");
  assert_text_fails ("Ā", SWB_ENCODING_LATIN1, SWB_ERROR_ENCODING, 0, "(U+0100)");
  assert_text_fails ("a\xff", SWB_ENCODING_UTF8, SWB_ERROR_ENCODING, 1, "0xff");
  assert_text_fails ("\\\xc3", SWB_ENCODING_UTF8, SWB_ERROR_SYNTAX, 0, "Character 1");
}

static void
test_hex (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = swb_payload_from_hex ("48 65,6C:6c-6f\t0x0a\n0XFF00 0", NULL, &error);
  g_autoptr (GBytes) good = NULL;
  g_autoptr (GBytes) empty = swb_payload_from_hex (" ,", NULL, NULL);

  g_test_summary ("Hex forgives separators and 0x, and refuses a lone digit");

  g_assert_null (bytes);
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);

  good = swb_payload_from_hex ("48 65,6C:6c-6f\t0x0a\n0XFF00", NULL, NULL);
  assert_bytes (good, "Hello\n\xff\0", 8);
  assert_bytes (empty, "", 0);
}

static void
assert_hex_fails (const char *text, gsize position, const char *piece)
{
  g_autoptr (GError) error = NULL;
  gsize at = G_MAXSIZE;

  g_assert_null (swb_payload_from_hex (text, &at, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_cmpuint (at, ==, position);
  g_assert_nonnull (strstr (error->message, piece));
}

static void
test_hex_errors (void)
{
  g_test_summary ("A stray character or lone digit is named with its position");

  assert_hex_fails ("4", 0, "Character 1: the hex digit “4”");
  assert_hex_fails ("48 6", 3, "Character 4");
  assert_hex_fails ("4 8", 0, "Character 1");
  assert_hex_fails ("48 zz", 3, "“z”");
  assert_hex_fails ("48é", 2, "Character 3");
  assert_hex_fails ("0x", 0, "stands alone");
  assert_hex_fails ("0x4", 2, "stands alone");
}

static void
assert_parse_fails (const char *text, gsize position)
{
  g_autoptr (GError) error = NULL;
  gsize at = G_MAXSIZE;

  g_assert_null (swb_payload_parse (text, &at, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_cmpuint (at, ==, position);
}

static void
test_parse (void)
{
  g_autoptr (GBytes) quoted = swb_payload_parse ("\"a\\\"b\\\\\"", NULL, NULL);
  g_autoptr (GBytes) empty = swb_payload_parse ("\"\"", NULL, NULL);
  g_autoptr (GBytes) hex = swb_payload_parse ("hex:48 65", NULL, NULL);

  g_test_summary ("The two forms of a command's bytes, and the position of each error");

  assert_bytes (quoted, "a\"b\\", 4);
  assert_bytes (empty, "", 0);
  assert_bytes (hex, "He", 2);

  assert_parse_fails ("", 0);
  assert_parse_fails ("hello", 0);
  assert_parse_fails ("file:x", 0);
  assert_parse_fails ("\"abc", 4);
  assert_parse_fails ("\"abc\\\"", 6);
  assert_parse_fails ("\"abc\" d", 5);
  assert_parse_fails ("\"abc\\q\"", 4);
  assert_parse_fails ("hex:48 6", 7);
}

static void
test_print (void)
{
  static const guint8 mixed[] = "h\xc3\xa9\n\"\\\x01\xff\x7f\xe2\x80\xae\xef\xbb\xbf";
  g_autofree char *text = swb_payload_print (mixed, sizeof mixed - 1);
  g_autofree char *nul = swb_payload_print ((const guint8 *)"a\0b", 3);
  g_autofree char *hex = swb_payload_print_hex ((const guint8 *)"Hel", 3, " ");
  g_autofree char *none = swb_payload_print_hex (NULL, 0, " ");

  g_test_summary ("Plain characters print as they are, all else as escapes");

  g_assert_cmpstr (text, ==,
                   "\"hé\\n\\\"\\\\\\x01\\xff\\x7f\\xe2\\x80\\xae\\xef\\xbb\\xbf\"");
  g_assert_cmpstr (nul, ==, "\"a\\x00b\"");
  g_assert_cmpstr (hex, ==, "48 65 6c");
  g_assert_cmpstr (none, ==, "");
}

static void
fill_random (guint8 *data, gsize length)
{
  static const char favourites[] = "\\\"x0af\n\xe2\x80\xae\xc3";

  for (gsize i = 0; i < length; i++)
    data[i] = g_test_rand_bit ()
                  ? (guint8)favourites[g_test_rand_int_range (0, sizeof favourites)]
                  : (guint8)g_test_rand_int_range (0, 256);
}

static void
test_round_trip (void)
{
  g_test_summary ("Random bytes print and parse to themselves, in both forms");

  for (guint i = 0; i < 5000; i++)
    {
      guint8 data[40];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof data + 1);
      g_autofree char *text = NULL;
      g_autofree char *hex = NULL;
      g_autoptr (GBytes) from_text = NULL;
      g_autoptr (GBytes) from_hex = NULL;

      fill_random (data, length);
      text = swb_payload_print (data, length);
      hex = swb_payload_print_hex (data, length, i % 2 ? " " : "");
      g_assert_true (g_utf8_validate (text, -1, NULL));
      from_text = swb_payload_parse (text, NULL, NULL);
      from_hex = swb_payload_from_hex (hex, NULL, NULL);
      assert_bytes (from_text, (const char *)data, length);
      assert_bytes (from_hex, (const char *)data, length);
    }
}

static void
assert_display (const char *data, gsize length, SwbEncoding encoding, gsize max,
                const char *expected)
{
  g_autofree char *text = swb_payload_display ((const guint8 *)data, length, encoding, max);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_display (void)
{
  g_test_summary ("Nothing on the screen is invisible, turns the line round, or ends it");

  assert_display ("a\r\n\t\0\x1b\x7f", 7, SWB_ENCODING_UTF8, 99, "a␍⏎⇥␀␛␡");
  assert_display ("\xe2\x80\xae<b>\xff", 7, SWB_ENCODING_UTF8, 99, "[U+202E]<b>\\xff");
  assert_display ("\xef\xbb\xbf\xe2\x80\x8b\xe2\x80\xa8", 9, SWB_ENCODING_UTF8, 99,
                  "[U+FEFF][U+200B][U+2028]");
  assert_display ("\xc2\x85\xe2\x81\xa6\xe2\x80\x8f", 8, SWB_ENCODING_UTF8, 99,
                  "[U+0085][U+2066][U+200F]");
  assert_display ("\xe9\x85", 2, SWB_ENCODING_LATIN1, 99, "é[U+0085]");
  assert_display ("\xe9\0\x3d\xd8\0\xde\x3d\xd8!", 9, SWB_ENCODING_UTF16LE, 99,
                  "é😀\\x3d\\xd8\\x21");
  assert_display ("\0A\xdc\x00\0B", 6, SWB_ENCODING_UTF16BE, 99, "A\\xdc\\x00B");
  assert_display ("\xe2\x82", 2, SWB_ENCODING_UTF8, 99, "\\xe2\\x82");
}

static void
test_display_limit (void)
{
  g_test_summary (
      "Exactly the limit is shown whole; one more ends in an ellipsis within the limit");

  assert_display ("abcd", 4, SWB_ENCODING_UTF8, 4, "abcd");
  assert_display ("abcde", 5, SWB_ENCODING_UTF8, 4, "abc…");
  assert_display ("ab\xff"
                  "c",
                  4, SWB_ENCODING_UTF8, 6, "ab…");
  assert_display ("a", 1, SWB_ENCODING_UTF8, 0, "");
  assert_display ("ab", 2, SWB_ENCODING_UTF8, 1, "…");
  assert_display (NULL, 0, SWB_ENCODING_UTF8, 0, "");
}

static void
test_display_is_valid (void)
{
  g_test_summary ("Whatever comes, the display is valid UTF-8, one line, within its limit");

  for (guint i = 0; i < 5000; i++)
    {
      guint8 data[40];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof data + 1);
      gsize max = (gsize)g_test_rand_int_range (0, 60);
      g_autofree char *text = NULL;

      fill_random (data, length);
      text = swb_payload_display (data, length, i % SWB_N_ENCODINGS, max);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (text, -1), <=, max);
      for (const char *at = text; *at != '\0'; at++)
        g_assert_cmpint ((guint8)*at, >=, 0x20);
    }
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static GBytes *
load (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  swb_payload_load_file_async (path, NULL, load_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return swb_payload_load_file_finish (result, error);
}

static void
test_file (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("swb-payload-XXXXXX", &path, &error);
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *big = NULL;

  g_test_summary (
      "A file is read whole; one over the limit, a folder, a device or none is refused");

  g_assert_no_error (error);
  empty = load (path, &error);
  g_assert_no_error (error);
  assert_bytes (empty, "", 0);

  big = g_strnfill (100000, 'x');
  g_assert_cmpint (write (fd, big, 100000), ==, 100000);
  bytes = load (path, &error);
  g_assert_no_error (error);
  assert_bytes (bytes, big, 100000);

  g_assert_cmpint (ftruncate (fd, SWB_PAYLOAD_FILE_MAX + 1L), ==, 0);
  g_assert_null (load (path, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_assert_null (load ("/dev/zero", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);

  g_close (fd, NULL);
  g_unlink (path);
  g_assert_null (load (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payload/escapes", test_escapes);
  g_test_add_func ("/payload/encodings", test_encodings);
  g_test_add_func ("/payload/text-errors", test_text_errors);
  g_test_add_func ("/payload/hex", test_hex);
  g_test_add_func ("/payload/hex-errors", test_hex_errors);
  g_test_add_func ("/payload/parse", test_parse);
  g_test_add_func ("/payload/print", test_print);
  g_test_add_func ("/payload/round-trip", test_round_trip);
  g_test_add_func ("/payload/display", test_display);
  g_test_add_func ("/payload/display-limit", test_display_limit);
  g_test_add_func ("/payload/display-is-valid", test_display_is_valid);
  g_test_add_func ("/payload/file", test_file);
  return g_test_run ();
}
