/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/bytes/swb-byte-search.h"
#include "net/swb-error.h"

#include <string.h>
#include <sys/mman.h>

static SwbByteSource *
make_source (const guint8 *data, gsize n_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, n_bytes);

  return swb_byte_source_new_for_bytes (bytes);
}

static void
wait_done (SwbByteSearch *search)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!swb_byte_search_is_done (search))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
}

static SwbByteSearch *
search_for (SwbByteSource *source, const char *needle, gboolean caseless)
{
  g_autoptr (GBytes) bytes = g_bytes_new (needle, strlen (needle));
  SwbByteSearch *search = swb_byte_search_new (source, bytes, caseless);

  wait_done (search);
  return search;
}

static void
test_places (void)
{
  const char *text = "GET get Get aaaa";
  g_autoptr (SwbByteSource) source = make_source ((const guint8 *)text, strlen (text));
  g_autoptr (SwbByteSearch) exact = search_for (source, "get", FALSE);
  g_autoptr (SwbByteSearch) any = search_for (source, "get", TRUE);
  g_autoptr (SwbByteSearch) twos = search_for (source, "aa", FALSE);
  g_autoptr (SwbByteSearch) none = search_for (source, "POST", TRUE);

  g_test_summary ("Places in order, none overlapping, in one case or in both");
  g_assert_cmpuint (swb_byte_search_get_n_hits (exact), ==, 1);
  g_assert_cmpuint (swb_byte_search_get_hit (exact, 0), ==, 4);
  g_assert_cmpuint (swb_byte_search_get_n_hits (any), ==, 3);
  g_assert_cmpuint (swb_byte_search_get_n_hits (twos), ==, 2);
  g_assert_cmpuint (swb_byte_search_get_hit (twos, 1), ==, 14);
  g_assert_cmpuint (swb_byte_search_get_n_hits (none), ==, 0);
  g_assert_cmpuint (swb_byte_search_count_before (any, 0), ==, 0);
  g_assert_cmpuint (swb_byte_search_count_before (any, 4), ==, 1);
  g_assert_cmpuint (swb_byte_search_count_before (any, 5), ==, 2);
  g_assert_cmpuint (swb_byte_search_count_before (any, 99), ==, 3);
}

/* Few different bytes, so that places are many, also over the borders of windows. */
static void
test_random (void)
{
  g_test_summary ("The same places as a plain search from the front finds");
  for (int round = 0; round < 20; round++)
    {
      gsize n_bytes = (gsize)g_test_rand_int_range (1, 700000);
      g_autofree char *data = g_malloc (n_bytes);
      g_autoptr (SwbByteSource) source = NULL;
      g_autoptr (SwbByteSearch) search = NULL;
      char needle[7] = { 0 };
      guint n_hits = 0;
      const char *at, *found;

      for (gsize i = 0; i < n_bytes; i++)
        data[i] = "ab"[g_test_rand_int_range (0, 2)];
      for (int i = g_test_rand_int_range (0, 6); i >= 0; i--)
        needle[i] = "ab"[g_test_rand_int_range (0, 2)];
      if (needle[0] == '\0')
        needle[0] = 'a';
      source = make_source ((const guint8 *)data, n_bytes);
      search = search_for (source, needle, FALSE);
      for (at = data;
           (found = memmem (at, (gsize)(data + n_bytes - at), needle, strlen (needle)))
           != NULL;
           at = found + strlen (needle))
        g_assert_cmpuint (swb_byte_search_get_hit (search, n_hits++), ==,
                          (guint64)(found - data));
      g_assert_cmpuint (swb_byte_search_get_n_hits (search), ==, n_hits);
    }
}

static void
test_huge (void)
{
  const gsize n_bytes = (gsize)1 << 30;
  char *data = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SwbByteSource) source = NULL;
  g_autoptr (SwbByteSearch) search = NULL;
  g_autoptr (SwbByteSearch) zeros = NULL;

  g_test_summary (
      "A GiB: the place at its very end is found; too many places end the search");
  g_assert_true (data != MAP_FAILED);
  memcpy (data + n_bytes - 3, "end", 3);
  bytes = g_bytes_new_static (data, n_bytes);
  source = swb_byte_source_new_for_bytes (bytes);
  search = search_for (source, "end", FALSE);
  g_assert_cmpuint (swb_byte_search_get_n_hits (search), ==, 1);
  g_assert_cmpuint (swb_byte_search_get_hit (search, 0), ==, n_bytes - 3);
  g_clear_pointer (&bytes, g_bytes_unref);
  bytes = g_bytes_new ("", 1);
  zeros = swb_byte_search_new (source, bytes, FALSE);
  wait_done (zeros);
  g_assert_cmpuint (swb_byte_search_get_n_hits (zeros), ==, SWB_BYTE_SEARCH_MAX_HITS);
  g_clear_object (&zeros);
  g_clear_object (&search);
  g_clear_object (&source);
  munmap (data, n_bytes);
}

static void
test_stop (void)
{
  g_autofree guint8 *data = g_malloc0 (8 * 1024 * 1024);
  g_autoptr (SwbByteSource) source = make_source (data, 8 * 1024 * 1024);
  g_autoptr (GBytes) needle = g_bytes_new ("x", 1);
  gpointer left = swb_byte_search_new (source, needle, FALSE);

  g_test_summary ("A search that is let go of ends");
  g_object_add_weak_pointer (left, &left);
  swb_byte_search_stop (left);
  g_object_unref (left);
  while (left != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    SwbEncoding encoding;
    const char *bytes;
    gsize n_bytes;
    int code;
  } rows[] = {
    { "", SWB_ENCODING_UTF8, "", 0, 0 },
    { "é", SWB_ENCODING_UTF8, "\xc3\xa9", 2, 0 },
    { "é", SWB_ENCODING_LATIN1, "\xe9", 1, 0 },
    { "ab", SWB_ENCODING_UTF16BE, "\0a\0b", 4, 0 },
    { "\\r\\n", SWB_ENCODING_UTF8, "\r\n", 2, 0 },
    { "hex:0d0a", SWB_ENCODING_UTF16LE, "\r\n", 2, 0 },
    { "HEX:0d 0A", SWB_ENCODING_UTF8, "\r\n", 2, 0 },
    { "hex:", SWB_ENCODING_UTF8, "", 0, 0 },
    { "hex:0", SWB_ENCODING_UTF8, NULL, 0, SWB_ERROR_SYNTAX },
    { "hex:zz", SWB_ENCODING_UTF8, NULL, 0, SWB_ERROR_SYNTAX },
    { "\\q", SWB_ENCODING_UTF8, NULL, 0, SWB_ERROR_SYNTAX },
    { "€", SWB_ENCODING_LATIN1, NULL, 0, SWB_ERROR_ENCODING },
  };

  g_test_summary ("Text in the encoding that is shown, escapes, and bytes in hex");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes
          = swb_byte_search_parse (rows[i].text, rows[i].encoding, &error);

      if (rows[i].bytes == NULL)
        {
          g_assert_null (bytes);
          g_assert_error (error, SWB_ERROR, rows[i].code);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                       rows[i].bytes, rows[i].n_bytes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/byte-search/places", test_places);
  g_test_add_func ("/byte-search/random", test_random);
  g_test_add_func ("/byte-search/huge", test_huge);
  g_test_add_func ("/byte-search/stop", test_stop);
  g_test_add_func ("/byte-search/parse", test_parse);
  return g_test_run ();
}
