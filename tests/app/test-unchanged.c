/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "shell-fixture.h"

/* Running a bench is no change of its file: examples are run in the window. Whether a
 * step fails, for want of a right or a network, is not asked here. */

static gboolean
is_over (Shell *shell)
{
  return !shell_can_run (shell) && !shell_is_enabled (shell, "stop-bench");
}

static void
run_line (Shell *shell, const char *line)
{
  g_assert_cmpuint (swb_bench_run_text (shell->bench, NULL, "%s", line), !=, 0);
}

/* A pane more is a change, and without it there is none: so much is known when both were
 * seen. */
static void
assert_unchanged (Shell *shell, const char *name)
{
  g_autofree char *changed = g_strconcat ("• ", name, NULL);

  run_line (shell, "pane a-mark AF_UNIX SOCK_DGRAM 0");
  shell_wait (swb_bench_find_pane (shell->bench, "a-mark") != NULL);
  shell_wait (g_str_equal (shell_get_subtitle (shell), changed));
  run_line (shell, "a-mark remove");
  shell_wait (g_str_equal (shell_get_subtitle (shell), name));
}

static void
test_unchanged (Shell *shell, gconstpointer data)
{
  const char *name = data;
  g_autoptr (GFile) file = g_file_new_build_filename (g_getenv ("SWB_BENCHES"), name, NULL);

  g_test_summary ("Its run changes nothing of the file");
  swb_window_open (shell->window, file);
  shell_wait (shell_can_run (shell));
  shell_activate (shell, "run-bench", NULL);
  shell_wait (is_over (shell));
  g_test_message ("%s", swb_bench_bar_get_text (shell_get_bar (shell)));
  assert_unchanged (shell, name);
}

int
main (int argc, char *argv[])
{
  const char *const names[] = {
    "descriptor-passing.bench", "half-close.bench", "refused-connection.bench",
    "tcp-echo.bench",           "udp-peers.bench",  "unix-seqpacket.bench",
  };

  shell_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/unchanged/", names[i], NULL);

      g_test_add (path, Shell, names[i], shell_set_up, test_unchanged, shell_tear_down);
    }
  return g_test_run ();
}
