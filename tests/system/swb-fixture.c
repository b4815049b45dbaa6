/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "swb-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *
get_swb (void)
{
  const char *swb = g_getenv ("SWB");

  g_assert_nonnull (swb);
  return swb;
}

void
swb_fixture_set_up (SwbFixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("swb-system-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->state = g_build_filename (self->folder, "state", NULL);
}

/* Every run deletes its journal, however it ended. */
static void
assert_no_journals (SwbFixture *self)
{
  g_autofree char *path
      = g_build_filename (self->state, "socket-workbench", "journals", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  if (dir != NULL)
    g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
}

/* What a recording was read into has no name any more, however the reading ended. */
static void
assert_no_recordings (SwbFixture *self)
{
  g_autofree char *path = g_build_filename (self->state, "socket-workbench", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "recording-"));
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_all (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
swb_fixture_tear_down (SwbFixture *self, gconstpointer data)
{
  assert_no_journals (self);
  assert_no_recordings (self);
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self->state);
}

gboolean
swb_fixture_needs (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);
  g_autofree char *message = g_strdup_printf ("%s is not installed", program);

  if (path == NULL)
    g_test_skip (message);
  return path != NULL;
}

static GSubprocessLauncher *
make_launcher (SwbFixture *self, GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", self->state, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", self->state, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIO_USE_VFS", "local", TRUE);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  return launcher;
}

static GPtrArray *
collect_arguments (const char *program, va_list arguments)
{
  GPtrArray *argv = g_ptr_array_new ();
  char *argument;

  g_ptr_array_add (argv, (gpointer)(program ? program : get_swb ()));
  while ((argument = va_arg (arguments, char *)) != NULL)
    g_ptr_array_add (argv, argument);
  g_ptr_array_add (argv, NULL);
  return argv;
}

static int
get_status (GSubprocess *process)
{
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                              : 1000 + g_subprocess_get_term_sig (process);
}

void
swb_result_clear (SwbResult *result)
{
  g_free (result->out);
  g_free (result->err);
}

SwbResult
swb_fixture_run (SwbFixture *self, const char *input, const char *program, ...)
{
  g_autoptr (GSubprocessLauncher) launcher
      = make_launcher (self, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  SwbResult result = { 0 };
  va_list arguments;

  va_start (arguments, program);
  argv = collect_arguments (program, arguments);
  va_end (arguments);

  process
      = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  result.status = get_status (process);
  return result;
}

SwbLive *
swb_fixture_start (SwbFixture *self, const char *program, ...)
{
  g_autoptr (GSubprocessLauncher) launcher
      = make_launcher (self, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  SwbLive *live = g_new0 (SwbLive, 1);
  va_list arguments;

  va_start (arguments, program);
  argv = collect_arguments (program, arguments);
  va_end (arguments);

  live->process
      = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, &error);
  g_assert_no_error (error);
  live->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (live->process));
  live->lines = g_string_new (NULL);
  return live;
}

char *
swb_live_read_until (SwbLive *live, const char *part)
{
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (live->out, NULL, NULL, NULL);

      if (line == NULL)
        g_error ("“%s” did not come; what came:\n%s", part, live->lines->str);
      g_string_append_printf (live->lines, "%s\n", line);
      if (strstr (line, part) != NULL)
        return g_steal_pointer (&line);
    }
}

int
swb_live_end (SwbLive *live, int signal, char **all)
{
  char *line;
  int status;

  if (signal != 0)
    g_subprocess_send_signal (live->process, signal);
  while ((line = g_data_input_stream_read_line (live->out, NULL, NULL, NULL)) != NULL)
    {
      g_string_append_printf (live->lines, "%s\n", line);
      g_free (line);
    }
  g_assert_true (g_subprocess_wait (live->process, NULL, NULL));
  status = get_status (live->process);

  if (all != NULL)
    *all = g_strdup (live->lines->str);
  g_string_free (live->lines, TRUE);
  g_object_unref (live->out);
  g_object_unref (live->process);
  g_free (live);
  return status;
}

char *
swb_fixture_write (SwbFixture *self, const char *name, const char *contents, gssize length)
{
  char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, contents, length, NULL));
  return path;
}

char *
swb_fixture_read (SwbFixture *self, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

gboolean
swb_fixture_exists (SwbFixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

guint
swb_fixture_find_port (const char *line)
{
  const char *port = strstr (line, "_port=htons(");

  return port ? (guint)g_ascii_strtoull (port + strlen ("_port=htons("), NULL, 10) : 0;
}

gboolean
swb_fixture_can_trace (SwbFixture *self)
{
  g_auto (SwbResult) probe = { 0 };

  if (!swb_fixture_needs ("strace"))
    return FALSE;
  probe = swb_fixture_run (self, NULL, "strace", "-f", "-o", "probe", "true", NULL);
  if (probe.status != 0)
    g_test_skip ("ptrace is not permitted here");
  return probe.status == 0;
}

void
swb_assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}
