/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include <glib/gstdio.h>

#include "app/sessions/swb-session.h"

static void
test_kept (void)
{
  g_autofree char *notice = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbBench) bench = swb_session_new_bench (&notice, &error);

  g_test_summary ("A journal with records stays in the state folder when the session ends");
  g_assert_no_error (error);
  g_assert_null (notice);
  folder = g_strdup (swb_journal_get_folder (swb_bench_get_journal (bench)));
  g_assert_true (g_str_has_prefix (folder, g_get_user_state_dir ()));
  g_assert_cmpuint (swb_bench_run_text (bench, &error, "pane a AF_UNIX SOCK_STREAM 0"), !=,
                    0);
  swb_session_end (bench);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
}

static void
test_empty (void)
{
  g_autofree char *notice = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (SwbBench) bench = swb_session_new_bench (&notice, NULL);

  g_test_summary ("A journal without records is not kept");
  folder = g_strdup (swb_journal_get_folder (swb_bench_get_journal (bench)));
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  swb_session_end (bench);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* A file where the folder should be: nobody can write into that, root neither. */
static void
block (const char *folder)
{
  g_autofree char *aside = g_strdup_printf ("%s-aside", folder);
  g_autoptr (GError) error = NULL;

  g_rename (folder, aside);
  g_file_set_contents (folder, "", 0, &error);
  g_assert_no_error (error);
}

static void
test_elsewhere (void)
{
  g_autofree char *state
      = g_build_filename (g_get_user_state_dir (), "socket-workbench", NULL);
  g_autofree char *notice = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbBench) bench = NULL;

  g_test_summary (
      "Where the state folder takes nothing, the journal is in the runtime folder, "
      "the person is told, and it goes with the session");
  block (state);
  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  bench = swb_session_new_bench (&notice, &error);
  g_assert_no_error (error);
  folder = g_strdup (swb_journal_get_folder (swb_bench_get_journal (bench)));
  g_assert_true (g_str_has_prefix (folder, g_get_user_runtime_dir ()));
  g_assert_nonnull (strstr (notice, folder));
  g_assert_cmpuint (swb_bench_run_text (bench, &error, "pane a AF_UNIX SOCK_STREAM 0"), !=,
                    0);
  swb_session_end (bench);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  shell_isolate ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/kept", test_kept);
  g_test_add_func ("/session/empty", test_empty);
  g_test_add_func ("/session/elsewhere", test_elsewhere);

  return g_test_run ();
}
