/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bench-fixture.h"
#include "net/swb-error.h"

static SwbBenchFile *
parse (const char *text)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  SwbBenchFile *file = swb_bench_file_parse (text, strlen (text), &mistakes);

  for (guint i = 0; i < mistakes->len; i++)
    g_test_message ("%s", ((SwbMistake *)mistakes->pdata[i])->message);
  g_assert_cmpuint (mistakes->len, ==, 0);
  g_assert_nonnull (file);
  return file;
}

/* @expected: "line:column line:column…" of all mistakes */
static void
assert_mistakes_of (const char *text, gsize length, const char *expected)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GString) places = g_string_new (NULL);

  g_assert_null (swb_bench_file_parse (text, length, &mistakes));
  for (guint i = 0; i < mistakes->len; i++)
    {
      const SwbMistake *mistake = mistakes->pdata[i];

      g_assert_true (g_utf8_validate (mistake->message, -1, NULL));
      g_string_append_printf (places, "%s%u:%u", i ? " " : "", mistake->line,
                              mistake->column);
    }
  g_assert_cmpstr (places->str, ==, expected);
}

static void
assert_mistakes (const char *text, const char *expected)
{
  assert_mistakes_of (text, strlen (text), expected);
}

#define TCP "pane a AF_INET SOCK_STREAM 0\n"

static void
test_right (void)
{
  g_autoptr (SwbBenchFile) file
      = parse ("# TCP echo\r\n\r\npane s AF_INET SOCK_STREAM 0 \"Echo server\"\r\n"
               "pane c AF_INET SOCK_STREAM 0\n  s bind 127.0.0.1:7000\nc connect s\n"
               "c connect localhost:http\nwait 1s");
  g_autoptr (SwbBenchFile) empty = parse ("");

  g_assert_cmpuint (swb_bench_file_get_n_commands (file), ==, 6);
  g_assert_cmpuint (swb_bench_file_get_command (file, 0)->line, ==, 3);
  g_assert_cmpuint (swb_bench_file_get_command (file, 5)->line, ==, 8);
  g_assert_null (swb_bench_file_get_command (file, 6));
  g_assert_cmpuint (swb_bench_file_get_n_commands (empty), ==, 0);
}

static void
test_mistakes (void)
{
  assert_mistakes ("pane a AF_INET", "1:15");
  assert_mistakes (TCP "a bind 127.0.0.1:65536", "2:18");
  assert_mistakes (TCP "a bind 127.0.0.1:nosuchservice", "2:18");
  assert_mistakes (TCP "a sendto 127.0.0.1:65536 \"x\"", "2:20");
  assert_mistakes (TCP "a send hex:4", "2:12");
  assert_mistakes (TCP "pane a AF_INET SOCK_STREAM 0", "2:6");
  assert_mistakes (TCP "b close\na socketpair c", "2:1 3:14");
  assert_mistakes (TCP "a remove\na close", "3:1");
  assert_mistakes ("pane a AF_FOO SOCK_STREAM 0\na socket\na close\nb close", "1:8 4:1");
  assert_mistakes ("é\n\n" TCP "a é", "1:1 4:3");
}

static void
test_long_path (void)
{
  g_autofree char *longest = g_strnfill (107, 'p'), *longer = g_strnfill (108, 'p');
  g_autofree char *right
      = g_strconcat ("pane a AF_UNIX SOCK_STREAM 0\na bind ", longest, NULL);
  g_autofree char *wrong
      = g_strconcat ("pane a AF_UNIX SOCK_STREAM 0\na bind ", longer, NULL);
  g_autoptr (SwbBenchFile) file = parse (right);
  g_autoptr (GPtrArray) mistakes = NULL;

  g_assert_null (swb_bench_file_parse (wrong, strlen (wrong), &mistakes));
  g_assert_cmpuint (mistakes->len, ==, 1);
}

static void
test_binary (void)
{
  guint8 noise[4096];

  assert_mistakes_of ("# x\nab\0c", 8, "2:3");
  assert_mistakes_of ("\0", 1, "1:1");
  assert_mistakes_of ("\xff\xfe\xfd", 3, "1:1");
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GPtrArray) mistakes = NULL;

      for (guint i = 0; i < sizeof noise; i++)
        noise[i] = (guint8)g_test_rand_int_range (round % 2, 256);
      g_assert_null (swb_bench_file_parse ((const char *)noise, sizeof noise, &mistakes));
      g_assert_cmpuint (mistakes->len, >=, 1);
      g_assert_cmpuint (mistakes->len, <=, 100);
    }
}

/* A file that was cut off anywhere is read or refused, and what is behind its end is not
 * looked at. */
static void
test_truncated (void)
{
  static const char text[]
      = TCP "a send \"h\\x41é\" within 1s\na expect recv hex:41 42 within 1s\n";

  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autofree char *copy = g_memdup2 (text, MAX (length, 1));
      g_autoptr (GPtrArray) mistakes = NULL;
      g_autoptr (SwbBenchFile) file = swb_bench_file_parse (copy, length, &mistakes);

      g_assert_true ((file == NULL) == (mistakes->len > 0));
    }
}

static void
test_long_line (void)
{
  gsize sizes[] = { SWB_BENCH_FILE_MAX_LINE, SWB_BENCH_FILE_MAX_LINE + 1, 10 * 1024 * 1024,
                    SWB_BENCH_FILE_MAX + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strnfill (sizes[i], 'x');
      g_autoptr (GPtrArray) mistakes = NULL;
      g_autoptr (SwbBenchFile) file = NULL;

      text[0] = '#';
      file = swb_bench_file_parse (text, sizes[i], &mistakes);
      g_assert_cmpuint (mistakes->len, ==, i == 0 ? 0 : 1);
      g_assert_true ((file != NULL) == (i == 0));
    }
}

static void
test_many_panes (void)
{
  guint counts[] = { SWB_BENCH_MAX_PANES, SWB_BENCH_MAX_PANES + 1, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) mistakes = NULL;
      g_autoptr (SwbBenchFile) file = NULL;

      for (guint n = 0; n < counts[i]; n++)
        g_string_append_printf (text, "pane p%u AF_INET SOCK_STREAM 0\n", n);
      for (guint n = 0; n < counts[i]; n += 100)
        g_string_append_printf (text, "p%u socket\n", n);
      file = swb_bench_file_parse (text->str, text->len, &mistakes);
      g_assert_cmpuint (mistakes->len, ==, i == 0 ? 0 : 1);
      if (i > 0)
        g_assert_cmpuint (((SwbMistake *)mistakes->pdata[0])->line, ==,
                          SWB_BENCH_MAX_PANES + 1);
    }
}

static void
test_many_mistakes (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) mistakes = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "nonsense\n");
  g_assert_null (swb_bench_file_parse (text->str, text->len, &mistakes));
  g_assert_cmpuint (mistakes->len, ==, 100);
}

static void
test_load (BenchFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "x.bench", NULL);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbBenchFile) file = NULL;

  g_assert_null (swb_bench_file_load (path, &mistakes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (swb_bench_file_load (self->folder, &mistakes, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, TCP, -1, NULL));
  file = swb_bench_file_load (path, &mistakes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_bench_file_get_n_commands (file), ==, 1);
  g_unlink (path);
}

/* What is composed from a bench is a right file, and says what the bench has. */
static void
test_compose (BenchFixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (SwbBenchFile) file = NULL;

  bench_fixture_run (self, "pane s AF_INET SOCK_STREAM 0 \"Echo \\\"server\\\"\"");
  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  bench_fixture_run (self, "pane gone AF_INET SOCK_STREAM 0");
  bench_fixture_run (self, "s reply \"hi\"");
  bench_fixture_run (self, "c recv manual");
  bench_fixture_run (self, "s setsockopt SOL_SOCKET SO_KEEPALIVE 1");
  bench_fixture_run (self, "s setsockopt IPPROTO_IP IP_TTL 9");
  bench_fixture_run (self, "s setsockopt SOL_SOCKET SO_KEEPALIVE 0");
  bench_fixture_run (self, "s bind 127.0.0.1:0");
  bench_fixture_run (self, "s listen");
  bench_fixture_run (self, "c connect s");
  bench_fixture_run (self, "gone remove");
  text = swb_bench_file_compose (self->bench, NULL, NULL);
  g_assert_cmpstr (text, ==,
                   "pane s AF_INET SOCK_STREAM 0 \"Echo \\\"server\\\"\" as server\n"
                   "pane c AF_INET SOCK_STREAM 0 as client\n"
                   "s reply \"hi\"\n"
                   "s setsockopt SOL_SOCKET SO_KEEPALIVE 0\n"
                   "s setsockopt IPPROTO_IP IP_TTL 9\n"
                   "s bind 127.0.0.1:0\n"
                   "s listen 4096\n"
                   "c recv manual\n"
                   "c connect s\n");
  file = parse (text);
}

/* How a pane receives is saved; in a file that said it, the present word stands. */
static void
test_compose_receive (BenchFixture *self, gconstpointer data)
{
  g_autoptr (SwbBenchFile) file
      = parse ("pane u AF_INET SOCK_DGRAM 0\nu setsockopt SOL_SOCKET SO_RCVBUF 1 # few\n");
  g_autofree char *text = NULL, *loaded = NULL;

  bench_fixture_run (self, "pane u AF_INET SOCK_DGRAM 0");
  bench_fixture_run (self, "u recv auto recvmsg 4");
  bench_fixture_run (self, "u setsockopt SOL_SOCKET SO_RCVBUF 4096");
  bench_fixture_run (self, "u setsockopt SOL_SOCKET SO_RCVBUF 65536");
  bench_fixture_run (self, "u bind 127.0.0.1:0");
  text = swb_bench_file_compose (self->bench, NULL, NULL);
  g_assert_cmpstr (text, ==,
                   "pane u AF_INET SOCK_DGRAM 0\nu recv auto recvmsg 4\n"
                   "u setsockopt SOL_SOCKET SO_RCVBUF 65536\nu bind 127.0.0.1:0\n");
  loaded = swb_bench_file_compose (self->bench, file, NULL);
  g_assert_cmpstr (loaded, ==,
                   "pane u AF_INET SOCK_DGRAM 0\n"
                   "u setsockopt SOL_SOCKET SO_RCVBUF 65536\n");
}

static void
test_compose_loaded (BenchFixture *self, gconstpointer data)
{
  g_autoptr (SwbBenchFile) file
      = parse ("# mine\npane s AF_INET SOCK_STREAM 0\npane gone AF_INET SOCK_STREAM 0\n"
               "s bind 127.0.0.1:7000   # why\n\ngone socket\ns expect state BOUND\n");
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();
  g_autofree char *text = NULL, *drafted = NULL;

  bench_fixture_run (self, "pane s AF_INET SOCK_STREAM 0");
  bench_fixture_run (self, "pane new AF_INET SOCK_DGRAM 0");
  text = swb_bench_file_compose (self->bench, file, NULL);
  g_assert_cmpstr (text, ==,
                   "# mine\npane s AF_INET SOCK_STREAM 0\ns bind 127.0.0.1:7000   # why\n\n"
                   "s expect state BOUND\npane new AF_INET SOCK_DGRAM 0\n");

  g_ptr_array_add (drafts, (gpointer) "s bind 127.0.0.1:8000");
  g_ptr_array_add (drafts, (gpointer) "new bind 127.0.0.1:9000");
  g_ptr_array_add (drafts, (gpointer) "new sendto 127.0.0.1:1 \"x\"");
  drafted = swb_bench_file_compose (self->bench, file, drafts);
  g_assert_cmpstr (drafted, ==,
                   "# mine\npane s AF_INET SOCK_STREAM 0\ns bind 127.0.0.1:8000\n\n"
                   "s expect state BOUND\npane new AF_INET SOCK_DGRAM 0\n"
                   "new bind 127.0.0.1:9000\nnew sendto 127.0.0.1:1 \"x\"\n");
}

#define ADD(path, func)                                                                    \
  g_test_add ("/bench-file/" path, BenchFixture, NULL, bench_fixture_set_up, func,         \
              bench_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench-file/right", test_right);
  g_test_add_func ("/bench-file/mistakes", test_mistakes);
  g_test_add_func ("/bench-file/long-path", test_long_path);
  g_test_add_func ("/bench-file/binary", test_binary);
  g_test_add_func ("/bench-file/truncated", test_truncated);
  g_test_add_func ("/bench-file/long-line", test_long_line);
  g_test_add_func ("/bench-file/many-panes", test_many_panes);
  g_test_add_func ("/bench-file/many-mistakes", test_many_mistakes);
  ADD ("load", test_load);
  ADD ("compose", test_compose);
  ADD ("compose-receive", test_compose_receive);
  ADD ("compose-loaded", test_compose_loaded);
  return g_test_run ();
}
