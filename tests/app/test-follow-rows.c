/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/bytes/swb-follow-rows.h"
#include "app/bytes/swb-payload-hex.h"

#include <string.h>

/* Bytes of both directions in pieces; grows when told to. */
#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, GObject)

struct _TestSource
{
  GObject parent_instance;

  GByteArray *bytes;
  GArray *directions; /* gint8 */
  GArray *places;     /* guint64 */
  GArray *parts;      /* guint64 */
  guint64 part;       /* of what is added */
  guint64 totals[2];
  guint64 length; /* what is told */
};

static guint64
test_source_get_length (SwbByteSource *source)
{
  return TEST_SOURCE (source)->length;
}

static void
test_source_peek (SwbByteSource *source, guint64 offset, SwbByteRun *run)
{
  TestSource *self = TEST_SOURCE (source);

  *run = (SwbByteRun){ .data = self->bytes->data + offset,
                       .n_bytes = 1,
                       .direction = g_array_index (self->directions, gint8, offset),
                       .place = g_array_index (self->places, guint64, offset),
                       .part = g_array_index (self->parts, guint64, offset) };
  if (run->direction > 1 || run->direction < -1)
    {
      run->data = NULL;
      run->direction /= 2;
    }
}

static void
byte_source_iface_init (SwbByteSourceInterface *iface)
{
  iface->get_length = test_source_get_length;
  iface->peek = test_source_peek;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSource, test_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SWB_TYPE_BYTE_SOURCE,
                                                      byte_source_iface_init))

static void
test_source_finalize (GObject *object)
{
  TestSource *self = TEST_SOURCE (object);

  g_byte_array_unref (self->bytes);
  g_array_unref (self->directions);
  g_array_unref (self->places);
  g_array_unref (self->parts);
  G_OBJECT_CLASS (test_source_parent_class)->finalize (object);
}

static void
test_source_class_init (TestSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_source_finalize;
}

static void
test_source_init (TestSource *self)
{
  self->bytes = g_byte_array_new ();
  self->directions = g_array_new (FALSE, FALSE, sizeof (gint8));
  self->places = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->parts = g_array_new (FALSE, FALSE, sizeof (guint64));
}

static void
add (TestSource *self, int direction, const void *data, gsize n_bytes)
{
  gint8 value = (gint8)direction;

  g_byte_array_append (self->bytes, data, (guint)n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    {
      guint64 place = self->totals[direction > 0]++;

      g_array_append_val (self->directions, value);
      g_array_append_val (self->places, place);
      g_array_append_val (self->parts, self->part);
    }
  self->length += n_bytes;
}

static void
add_text (TestSource *self, int direction, const char *text)
{
  add (self, direction, text, strlen (text));
}

static SwbFollowRows *
make_rows (TestSource *source, SwbEncoding encoding, SwbFollowStyle style, guint columns)
{
  return swb_follow_rows_new (SWB_BYTE_SOURCE (source), encoding, style, columns);
}

/* Every row on a line of its own, with its direction in front. */
static char *
print_all (SwbFollowRows *rows)
{
  GString *text = g_string_new (NULL);
  SwbFollowRow row;

  if (!swb_follow_rows_find (rows, 0, &row))
    return g_string_free (text, FALSE);
  do
    {
      g_autofree char *line = swb_follow_rows_print (rows, &row, NULL);

      g_string_append_printf (text, "%s%s%s%s\n", row.is_new ? "---\n" : "",
                              row.begins ? "*" : " ", row.direction > 0 ? ">" : "<", line);
    }
  while (swb_follow_rows_next (rows, &row));
  return g_string_free (text, FALSE);
}

static void
assert_rows (TestSource *source, SwbEncoding encoding, SwbFollowStyle style, guint columns,
             const char *expected)
{
  g_autoptr (SwbFollowRows) rows = make_rows (source, encoding, style, columns);
  g_autofree char *text = print_all (rows);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_rows (void)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  SwbFollowRow row;

  g_test_summary ("Rows end at newlines, at the width and where the direction changes");
  add_text (source, 1, "GET / HTTP/1.1\r\n\r\n");
  add_text (source, -1, "ok");
  add_text (source, -1, "ay\n");
  add_text (source, 1, "bye");
  assert_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_TEXT, 10,
               "*>GET / HTTP\n >/1.1␍\n >␍\n*<okay\n*>bye\n");
  assert_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_RAW, 40,
               "*>GET / HTTP/1.1\\r\\n\n >\\r\\n\n*<okay\\n\n*>bye\n");
  g_autoptr (SwbFollowRows) rows
      = make_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_TEXT, 10);
  g_assert_true (swb_follow_rows_find (rows, 20, &row));
  g_assert_cmpuint (row.offset, ==, 18);
  g_assert_cmpuint (row.n_bytes, ==, 5);
  g_assert_true (swb_follow_rows_previous (rows, &row));
  g_assert_cmpuint (row.offset, ==, 16);
  g_assert_false (swb_follow_rows_find (rows, source->length, &row));
}

static void
test_encodings (void)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (TestSource) wide = g_object_new (TEST_TYPE_SOURCE, NULL);

  g_test_summary ("What is no character is seen as such; wide ones count twice; UTF-16 is "
                  "counted within its direction");
  add_text (source, 1,
            "\xff"
            "a\xc3");
  add_text (source, 1, "\xa9漢漢漢漢\x01");
  assert_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_TEXT, 10,
               "*>\\xffaé漢漢\n >漢漢␁\n");
  add (wide, -1, "!", 1);
  add (wide, 1, "h\0i\0\n\0\x3d\xd8\x00\xdex\0", 12);
  assert_rows (wide, SWB_ENCODING_UTF16LE, SWB_FOLLOW_STYLE_TEXT, 20,
               "*<\\x21\n*>hi\n >😀x\n");
}

static void
add_part (TestSource *self)
{
  self->part++;
  self->totals[0] = self->totals[1] = 0;
}

static void
test_parts (void)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);

  g_test_summary ("Another connection begins a line, even amid a character");
  add_part (source);
  add_text (source, 1, "one");
  add_part (source);
  add_text (source, 1, "two\xc3");
  add_part (source);
  add_text (source, 1, "\xa4");
  add_text (source, -1, "x");
  add_part (source);
  add_text (source, -1, "y");
  assert_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_TEXT, 40,
               "*>one\n---\n*>two\\xc3\n---\n*>\\xa4\n*<x\n---\n*<y\n");
  assert_rows (source, SWB_ENCODING_UTF16LE, SWB_FOLLOW_STYLE_TEXT, 40,
               "*>湯\\x65\n---\n*>睴썯\n---\n*>\\xa4\n*<\\x78\n---\n*<\\x79\n");
}

/* Two lines of 16 bytes; another connection begins with the byte @at. */
static char *
dup_second_line (guint at)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  SwbByteGrid *hex = SWB_BYTE_GRID (g_object_ref_sink (swb_payload_hex_new ()));
  char *line;

  add (source, 1, "0123456789abcdef0123456789abcdef", at);
  add_part (source);
  add (source, 1, "0123456789abcdef0123456789abcdef", 32 - at);
  swb_byte_grid_set_source (hex, SWB_BYTE_SOURCE (source));
  swb_payload_hex_set_per_line (SWB_PAYLOAD_HEX (hex), 16);
  swb_byte_grid_select (hex, 20, 1);
  line = SWB_BYTE_GRID_GET_CLASS (hex)->describe (hex);
  g_object_unref (hex);
  return line;
}

static void
test_hex_parts (void)
{
  g_autofree char *before = dup_second_line (15);
  g_autofree char *first = dup_second_line (16);
  g_autofree char *amid = dup_second_line (31);

  g_test_summary ("The dump says where another connection begins: in a line, or with it");
  g_assert_cmpstr (
      before, ==,
      "0010: 31 32 33 34 35 36 37 38  39 61 62 63 64 65 66 30: 123456789abcdef0");
  g_assert_true (g_str_has_prefix (first, "0010, another connection: 30 31 "));
  g_assert_true (g_str_has_prefix (amid, "0010, another connection: 30 31 "));
}

static void
test_empty (void)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (SwbFollowRows) rows
      = make_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_TEXT, 80);
  SwbFollowRow row;

  g_test_summary ("Nothing has no row; bytes that come lengthen the last one");
  g_assert_false (swb_follow_rows_find (rows, 0, &row));
  add_text (source, 1, "a");
  g_assert_false (swb_follow_rows_find (rows, 0, &row));
  swb_follow_rows_grow (rows);
  g_assert_true (swb_follow_rows_find (rows, 0, &row));
  g_assert_cmpuint (row.n_bytes, ==, 1);
  add_text (source, 1, "b\nc");
  swb_follow_rows_grow (rows);
  g_assert_true (swb_follow_rows_find (rows, 0, &row));
  g_assert_cmpuint (row.n_bytes, ==, 3);
  g_assert_true (swb_follow_rows_next (rows, &row));
  g_assert_false (swb_follow_rows_next (rows, &row));
  g_assert_cmpuint (row.offset, ==, 3);
}

static void
add_random (TestSource *source, gsize n_bytes)
{
  static const char *const words[] = { "a",
                                       "Wort ",
                                       "é",
                                       "漢",
                                       "\n",
                                       "\r\n",
                                       "\xff",
                                       "\xe6",
                                       "\0\1",
                                       "😀",
                                       "long long line without an end " };
  int direction = 1;

  while (n_bytes > 0)
    {
      const char *word = words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];
      gsize n = MIN (MAX (strlen (word), 1), n_bytes);

      if (g_test_rand_int_range (0, 50) == 0)
        direction = -direction;
      add (source, direction, word, n);
      n_bytes -= n;
    }
}

/* Rows have to be the same from wherever they are come upon. */
static void
test_random (void)
{
  g_test_summary ("Rows cover every byte once, forwards, backwards and from anywhere");
  for (int round = 0; round < 12; round++)
    {
      g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
      g_autoptr (SwbFollowRows) rows = NULL;
      g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint64));
      guint64 offset = 0;
      SwbFollowRow row;

      add_random (source, (gsize)g_test_rand_int_range (1, 100000));
      rows = make_rows (source, (SwbEncoding)(round % SWB_N_ENCODINGS), round % 2,
                        (guint)g_test_rand_int_range (8, 120));
      g_assert_true (swb_follow_rows_find (rows, 0, &row));
      do
        {
          g_assert_cmpuint (row.offset, ==, offset);
          g_assert_cmpuint (row.n_bytes, >, 0);
          g_array_append_val (starts, row.offset);
          offset += row.n_bytes;
          for (guint64 i = row.offset; i < offset; i++)
            g_assert_cmpint (g_array_index (source->directions, gint8, i), ==,
                             row.direction);
        }
      while (swb_follow_rows_next (rows, &row));
      g_assert_cmpuint (offset, ==, source->length);

      for (guint i = starts->len - 1; i > 0; i--)
        {
          g_assert_cmpuint (row.offset, ==, g_array_index (starts, guint64, i));
          g_assert_true (swb_follow_rows_previous (rows, &row));
        }
      g_assert_false (swb_follow_rows_previous (rows, &row));
      for (int i = 0; i < 200; i++)
        {
          guint64 at = (guint64)g_test_rand_int_range (0, (int)source->length);

          g_assert_true (swb_follow_rows_find (rows, at, &row));
          g_assert_cmpuint (row.offset, <=, at);
          g_assert_cmpuint (at, <, row.offset + row.n_bytes);
        }
    }
}

static void
test_gone (void)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (SwbFollowPiece));
  g_autofree guint8 *nothing = g_malloc0 (SWB_FOLLOW_BLOCK);
  g_autofree char *text = NULL;
  SwbFollowRows *rows;
  SwbFollowRow row;

  g_test_summary ("Bytes that are gone are a row that says how many, in each direction; "
                  "none is shown as a zero");
  add_text (source, 1, "hel\xc3");
  add (source, 2, nothing, 5);
  add_text (source, 1, "lo\n");
  add (source, -2, nothing, 1);
  add_text (source, -1, "end");
  add (source, -2, nothing, SWB_FOLLOW_BLOCK);
  assert_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_TEXT, 80,
               "*>hel\\xc3\n >5 bytes were not kept\n >lo\n*<1 byte was not kept\n <end\n"
               " <16368 bytes were not kept\n <16 bytes were not kept\n");
  rows = make_rows (source, SWB_ENCODING_UTF16LE, SWB_FOLLOW_STYLE_RAW, 80);
  g_assert_true (swb_follow_rows_find (rows, 6, &row));
  g_assert_true (row.is_gone);
  g_assert_cmpuint (row.offset, ==, 4);
  g_assert_cmpuint (row.n_bytes, ==, 5);
  text = swb_follow_rows_print (rows, &row, pieces);
  g_assert_cmpuint (pieces->len, ==, 2);
  g_assert_cmpuint (g_array_index (pieces, SwbFollowPiece, 1).byte, ==, 5);
  swb_follow_rows_free (rows);
}

static void
test_pieces (void)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (SwbFollowRows) rows = NULL;
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (SwbFollowPiece));
  g_autofree char *text = NULL;
  static const SwbFollowPiece expected[] = {
    { 0, 0, SWB_FOLLOW_PLAIN },    { 2, 2, SWB_FOLLOW_INVALID },
    { 6, 3, SWB_FOLLOW_PLAIN },    { 7, 4, SWB_FOLLOW_STAND_IN },
    { 7, 5, SWB_FOLLOW_STAND_IN },
  };
  SwbFollowRow row;

  g_test_summary ("Every character of a row's text is known by its byte");
  add_text (source, 1, "é\xffx\n");
  rows = make_rows (source, SWB_ENCODING_UTF8, SWB_FOLLOW_STYLE_TEXT, 80);
  g_assert_true (swb_follow_rows_find (rows, 0, &row));
  text = swb_follow_rows_print (rows, &row, pieces);
  g_assert_cmpstr (text, ==, "é\\xffx");
  g_assert_cmpuint (pieces->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < pieces->len; i++)
    {
      const SwbFollowPiece *piece = &g_array_index (pieces, SwbFollowPiece, i);

      g_assert_cmpuint (piece->at, ==, expected[i].at);
      g_assert_cmpuint (piece->byte, ==, expected[i].byte);
      if (i + 1 < pieces->len)
        g_assert_cmpint (piece->kind, ==, expected[i].kind);
    }
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/follow-rows/rows", test_rows);
  g_test_add_func ("/follow-rows/encodings", test_encodings);
  g_test_add_func ("/follow-rows/parts", test_parts);
  g_test_add_func ("/follow-rows/hex-parts", test_hex_parts);
  g_test_add_func ("/follow-rows/empty", test_empty);
  g_test_add_func ("/follow-rows/random", test_random);
  g_test_add_func ("/follow-rows/pieces", test_pieces);
  g_test_add_func ("/follow-rows/gone", test_gone);
  return g_test_run ();
}
