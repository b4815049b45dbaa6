/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include "app/document/swb-bench-loader.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/widgets/swb-file-kind.h"
#include "net/swb-error.h"

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static SwbLoaded *
load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  swb_bench_loader_load_async (file, NULL, loaded_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return swb_bench_loader_load_finish (result, error);
}

static char *
make_file (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (g_get_user_data_dir (), "x.bench", NULL);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_file_set_contents (path, text, (gssize)length, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_good (void)
{
  const char text[] = "# one\npane a AF_INET SOCK_STREAM 0\na bind 127.0.0.1:0\n";
  g_autofree char *path = make_file (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbLoaded) loaded = load (path, &error);

  g_test_summary ("A file without mistakes is there with its text and its commands");
  g_assert_no_error (error);
  g_assert_nonnull (loaded->file);
  g_assert_cmpuint (swb_bench_file_get_n_commands (loaded->file), ==, 2);
  g_assert_cmpstr (loaded->text, ==, text);
}

static void
test_mistakes (void)
{
  const char text[] = "pane a AF_INET SOCK_STREAM 0\na bind 127.0.0.1:65536\nb listen\n";
  g_autofree char *path = make_file (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbLoaded) loaded = load (path, &error);

  g_test_summary ("Every mistake comes with its line");
  g_assert_no_error (error);
  g_assert_null (loaded->file);
  g_assert_cmpuint (loaded->mistakes->len, ==, 2);
  g_assert_cmpuint (((SwbMistake *)loaded->mistakes->pdata[0])->line, ==, 2);
  g_assert_cmpuint (((SwbMistake *)loaded->mistakes->pdata[1])->line, ==, 3);
}

static void
test_binary (void)
{
  const char text[] = "pane\0\xff\xfe\x01\n\x80\x81";
  g_autofree char *path = make_file (text, sizeof text);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbLoaded) loaded = load (path, &error);

  g_test_summary ("A binary file has mistakes");
  g_assert_no_error (error);
  g_assert_null (loaded->file);
  g_assert_cmpuint (loaded->mistakes->len, >, 0);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  SwbLoaded *loaded = load ("/nonexistent/x.bench", &error);

  g_test_summary ("A file that is not there is an error of its own");
  g_assert_null (loaded);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_endless (void)
{
  g_autoptr (GError) error = NULL;
  SwbLoaded *loaded = load ("/dev/zero", &error);

  g_test_summary ("A device without end is not read");
  g_assert_null (loaded);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
guessed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;

  *done = swb_file_kind_guess_finish (result) == SWB_FILE_BENCH;
}

static void
test_pipe (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "pipe.bench", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  g_test_summary ("A pipe that nobody writes to is not waited for");
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  swb_file_kind_guess_async (file, NULL, guessed_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (load (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
test_limit (void)
{
  g_autofree char *path = make_file ("#", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbLoaded) loaded = NULL;

  g_test_summary ("The limit itself is read, a byte more is not");
  g_assert_cmpint (truncate (path, SWB_BENCH_FILE_MAX), ==, 0);
  loaded = load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (loaded->length, ==, SWB_BENCH_FILE_MAX);

  g_assert_cmpint (truncate (path, SWB_BENCH_FILE_MAX + 1), ==, 0);
  g_assert_null (load (path, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_TOO_LARGE);
}

int
main (int argc, char *argv[])
{
  shell_isolate ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bench-loader/good", test_good);
  g_test_add_func ("/bench-loader/mistakes", test_mistakes);
  g_test_add_func ("/bench-loader/binary", test_binary);
  g_test_add_func ("/bench-loader/missing", test_missing);
  g_test_add_func ("/bench-loader/endless", test_endless);
  g_test_add_func ("/bench-loader/pipe", test_pipe);
  g_test_add_func ("/bench-loader/limit", test_limit);

  return g_test_run ();
}
