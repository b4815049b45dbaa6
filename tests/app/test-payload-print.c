/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/bytes/swb-payload-copy.h"
#include "app/bytes/swb-payload-inspect.h"
#include "app/bytes/swb-payload-layout.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
test_layout (void)
{
  SwbPayloadLayout layout;
  g_autofree char *offset = NULL;
  g_autofree char *hex = NULL;
  const guint8 data[] = "hello, bench\n0123456789";

  g_test_summary ("Lines of sixteen in two groups of eight, the last one shorter");
  swb_payload_layout_init (&layout, sizeof data - 1, 16);
  g_assert_cmpuint (swb_payload_layout_get_n_lines (&layout), ==, 2);
  g_assert_cmpuint (swb_payload_layout_get_hex_cell (&layout, 8), ==, 6 + 8 * 3 + 1);
  g_assert_cmpuint (swb_payload_layout_get_text_cell (&layout, 0), ==, 56);
  g_assert_cmpuint (swb_payload_layout_get_width (&layout), ==, 72);
  offset = swb_payload_layout_print_offset (&layout, 1);
  g_assert_cmpstr (offset, ==, "0010");
  hex = swb_payload_layout_print_hex (&layout, data, 0);
  g_assert_cmpstr (hex, ==, "68 65 6c 6c 6f 2c 20 62  65 6e 63 68 0a 30 31 32");
  g_free (g_steal_pointer (&hex));
  hex = swb_payload_layout_print_hex (&layout, data + 16, 1);
  g_assert_cmpstr (hex, ==, "33 34 35 36 37 38 39");
}

static void
test_layout_limits (void)
{
  static const struct
  {
    gsize n_bytes;
    gsize n_lines;
    guint offset_cells;
  } rows[] = {
    { 0, 1, 4 },           { 1, 1, 4 },
    { 16, 1, 4 },          { 17, 2, 4 },
    { 65536, 4096, 4 },    { 65537, 4097, 5 },
    { 1 << 20, 65536, 5 }, { (1 << 20) + 1, 65537, 6 },
  };

  g_test_summary ("The offset has as many digits as the last byte needs, at least four");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SwbPayloadLayout layout;

      swb_payload_layout_init (&layout, rows[i].n_bytes, 16);
      g_assert_cmpuint (swb_payload_layout_get_n_lines (&layout), ==, rows[i].n_lines);
      g_assert_cmpuint (layout.offset_cells, ==, rows[i].offset_cells);
    }
}

static void
test_hit (void)
{
  SwbPayloadLayout layout;
  SwbPayloadPart part;

  g_test_summary ("Every byte is hit where it stands, in both parts");
  swb_payload_layout_init (&layout, 40, 16);
  for (gsize i = 0; i < 40; i++)
    {
      guint column = (guint)(i % 16);

      g_assert_cmpuint (swb_payload_layout_hit (
                            &layout, i / 16,
                            swb_payload_layout_get_hex_cell (&layout, column) + 1, &part),
                        ==, i);
      g_assert_cmpint (part, ==, SWB_PAYLOAD_PART_HEX);
      g_assert_cmpuint (
          swb_payload_layout_hit (&layout, i / 16,
                                  swb_payload_layout_get_text_cell (&layout, column) + 0.5,
                                  &part),
          ==, i);
      g_assert_cmpint (part, ==, SWB_PAYLOAD_PART_TEXT);
    }
  g_assert_cmpuint (swb_payload_layout_hit (&layout, 1, 0, &part), ==, 16);
  g_assert_cmpint (part, ==, SWB_PAYLOAD_PART_OFFSET);
  g_assert_cmpuint (swb_payload_layout_hit (&layout, 99, 999, &part), ==, 39);
  swb_payload_layout_init (&layout, 0, 16);
  g_assert_cmpuint (swb_payload_layout_hit (&layout, 3, 30, &part), ==, 0);
}

static char *
print_chars (const char *data, gsize n_bytes, SwbEncoding encoding)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_bytes; i++)
    {
      char glyph[8];

      swb_payload_layout_print_char ((const guint8 *)data, n_bytes, i, encoding, glyph);
      g_string_append_printf (text, "%s|", glyph);
    }
  return g_string_free (text, FALSE);
}

static void
test_chars (void)
{
  static const struct
  {
    const char *data;
    gsize n_bytes;
    SwbEncoding encoding;
    const char *expected;
  } rows[] = {
    { "ab c", 4, SWB_ENCODING_UTF8, "a|b| |c|" },
    { "\r\n\t\0\x7f", 5, SWB_ENCODING_UTF8, "␍|⏎|⇥|␀|␡|" },
    { "\xc3\xa9x", 3, SWB_ENCODING_UTF8, "é||x|" },
    { "\xc3\xa9", 2, SWB_ENCODING_LATIN1, "Ã|©|" },
    { "\xe2\x82\xac\xe2\x82", 5, SWB_ENCODING_UTF8, "€|||·|·|" },
    { "\xff\x80", 2, SWB_ENCODING_UTF8, "·|·|" },
    { "\xe2\x80\xae"
      "a",
      4, SWB_ENCODING_UTF8, "·|||a|" },
    { "\xcc\x81", 2, SWB_ENCODING_UTF8, "·||" },
    { "\x85", 1, SWB_ENCODING_LATIN1, "·|" },
    { "h\0\x3d\xd8\x00\xde\n\0", 8, SWB_ENCODING_UTF16LE, "h||😀||||⏎||" },
    { "\0h\xd8\x3d\0x", 6, SWB_ENCODING_UTF16BE, "h||·|·|x||" },
    { "h\0i", 3, SWB_ENCODING_UTF16LE, "h||·|" },
  };

  g_test_summary (
      "Characters stand at their first byte; controls, marks and rubbish are told apart");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = print_chars (rows[i].data, rows[i].n_bytes, rows[i].encoding);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
test_chars_random (void)
{
  g_test_summary ("Whatever the bytes, every glyph is valid UTF-8 and no control");
  for (int round = 0; round < 2000; round++)
    {
      guint8 data[24];
      gsize n_bytes = (gsize)g_test_rand_int_range (1, sizeof data);

      for (gsize i = 0; i < n_bytes; i++)
        data[i] = (guint8)g_test_rand_int ();
      for (gsize i = 0; i < n_bytes; i++)
        {
          char glyph[8];

          swb_payload_layout_print_char (data, n_bytes, i,
                                         (SwbEncoding)(round % SWB_N_ENCODINGS), glyph);
          g_assert_true (g_utf8_validate (glyph, -1, NULL));
          g_assert_cmpint (g_utf8_strlen (glyph, -1), <=, 1);
          if (*glyph != '\0')
            g_assert_true (g_unichar_isprint (g_utf8_get_char (glyph)));
        }
    }
}

static void
test_copy (void)
{
  static const struct
  {
    SwbPayloadFormat format;
    SwbEncoding encoding;
    const char *expected;
  } rows[] = {
    { SWB_COPY_TEXT, SWB_ENCODING_UTF8, "a\"\\\n�\xef\xbf\xbd" },
    { SWB_COPY_TEXT, SWB_ENCODING_LATIN1, "a\"\\\n\xef\xbf\xbdÿ" },
    { SWB_COPY_HEX, SWB_ENCODING_UTF8, "61 22 5c 0a 00 ff" },
    { SWB_COPY_C, SWB_ENCODING_UTF8,
      "static const unsigned char data[6] = {\n  0x61, 0x22, 0x5c, 0x0a, 0x00, "
      "0xff,\n};\n" },
    { SWB_COPY_PYTHON, SWB_ENCODING_UTF8, "b\"a\\\"\\\\\\n\\x00\\xff\"" },
    { SWB_COPY_BASE64, SWB_ENCODING_UTF8, "YSJcCgD/" },
  };
  const guint8 data[] = { 'a', '"', '\\', '\n', 0, 0xff };

  g_test_summary ("Bytes are copied as text, hex, C and Python");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text
          = swb_payload_copy_print (data, sizeof data, rows[i].format, rows[i].encoding);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

/* Every byte, and the sequences that a careless printer would let the next byte change. */
static void
fill_awkward (guint8 data[1024])
{
  static const char tail[] = "\x01"
                             "1\0"
                             "7\"\\\n\r\x7f"
                             "f%s";

  for (guint i = 0; i < 1024; i++)
    data[i] = (guint8)(i < 256 ? i : (guint)g_test_rand_int ());
  memcpy (data + 300, tail, sizeof tail);
}

/* Runs @argv with @input at its standard input. Returns: what it wrote; NULL where there is
 * no such program */
static char *
run (const char *const *argv, const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autoptr (GSubprocess) process = NULL;
  char *output = NULL;

  if (program == NULL)
    return NULL;
  process = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static void
test_python (void)
{
  const char *const argv[]
      = { "python3", "-c", "import sys\nprint(eval(sys.stdin.read()).hex(), end='')",
          NULL };
  guint8 data[1024];
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *output = NULL;

  g_test_summary ("Python reads the bytes as they are");
  fill_awkward (data);
  text = swb_payload_copy_print (data, sizeof data, SWB_COPY_PYTHON, SWB_ENCODING_UTF8);
  output = run (argv, text);
  if (output == NULL)
    {
      g_test_skip ("python3 is not installed");
      return;
    }
  expected = swb_payload_print_hex (data, sizeof data, "");
  g_assert_cmpstr (output, ==, expected);
}

static void
test_c (void)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-copy-XXXXXX", NULL);
  g_autofree char *program = g_build_filename (folder, "program", NULL);
  const char *const compile[]
      = { "cc", "-std=c99", "-pedantic-errors", "-x", "c", "-o", program, "-", NULL };
  const char *const execute[] = { program, NULL };
  guint8 data[1024];
  g_autofree char *array = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *said = NULL;
  g_autofree char *output = NULL;

  g_test_summary ("The C compiler reads the bytes as they are");
  fill_awkward (data);
  array = swb_payload_copy_print (data, sizeof data, SWB_COPY_C, SWB_ENCODING_UTF8);
  text = g_strconcat ("#include <stdio.h>\n", array,
                      "int main (void) { for (unsigned i = 0; i < sizeof data; i++) "
                      "printf (\"%02x\", data[i]); return 0; }\n",
                      NULL);
  said = run (compile, text);
  if (said != NULL)
    {
      output = run (execute, NULL);
      expected = swb_payload_print_hex (data, sizeof data, "");
      g_assert_cmpstr (output, ==, expected);
      g_assert_cmpint (g_unlink (program), ==, 0);
    }
  else
    g_test_skip ("cc is not installed");
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_inspect (void)
{
  static const struct
  {
    const char *data;
    gsize n_bytes;
    gboolean big_endian;
    gboolean is_signed;
    const char *expected;
  } rows[] = {
    { "", 0, FALSE, FALSE, "" },
    { "\x01", 1, FALSE, FALSE, "" },
    { "\x01\x02", 2, FALSE, FALSE, "u16 513" },
    { "\x01\x02\x03", 3, TRUE, FALSE, "u16 258" },
    { "\x7f\xff", 2, TRUE, TRUE, "i16 32767" },
    { "\xfe\xff\xff\xff", 4, FALSE, TRUE, "i16 −2  i32 −2" },
    { "\x80\0\0\0\0\0\0\0zz", 10, TRUE, FALSE,
      "u16 32768  u32 2147483648  u64 9223372036854775808" },
    { "\x80\0\0\0\0\0\0\0zz", 10, TRUE, TRUE,
      "i16 −32768  i32 −2147483648  i64 −9223372036854775808" },
  };

  g_test_summary ("Bytes as numbers in both orders, as many as there are");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text
          = swb_payload_inspect ((const guint8 *)rows[i].data, rows[i].n_bytes,
                                 rows[i].big_endian, rows[i].is_signed);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payload/layout", test_layout);
  g_test_add_func ("/payload/layout-limits", test_layout_limits);
  g_test_add_func ("/payload/hit", test_hit);
  g_test_add_func ("/payload/chars", test_chars);
  g_test_add_func ("/payload/chars-random", test_chars_random);
  g_test_add_func ("/payload/copy", test_copy);
  g_test_add_func ("/payload/python", test_python);
  g_test_add_func ("/payload/c", test_c);
  g_test_add_func ("/payload/inspect", test_inspect);
  return g_test_run ();
}
