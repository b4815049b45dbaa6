/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "many-clients.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void
many_clients_start (ManyClients *self, const char *program)
{
  g_autoptr (GError) error = NULL;
  GInputStream *answers;

  self->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                          &error, program, NULL);
  g_assert_no_error (error);
  self->lines = g_subprocess_get_stdin_pipe (self->process);
  answers = g_subprocess_get_stdout_pipe (self->process);
  self->answers = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (answers));
}

void
many_clients_stop (ManyClients *self)
{
  g_assert_true (g_output_stream_close (self->lines, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (self->process, NULL, NULL));
  g_clear_object (&self->process);
}

void
many_clients_tell (ManyClients *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat (text, "\n", NULL);
  g_assert_true (
      g_output_stream_write_all (self->lines, line, strlen (line), NULL, NULL, NULL));
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

int
many_clients_await (ManyClients *self, GMainContext *context)
{
  g_autoptr (GSource) source = g_unix_fd_source_new (self->answers, G_IO_IN | G_IO_HUP);
  gboolean readable = FALSE;
  char answer[64] = "";
  int number = -1;

  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), &readable, NULL);
  g_source_attach (source, context);
  while (!readable)
    g_main_context_iteration (context, TRUE);
  if (read (self->answers, answer, sizeof answer - 1) <= 0
      || sscanf (answer, "ok %d", &number) != 1)
    g_error ("the clients answered: %s", answer);
  return number;
}

/* A clock of another thread is its id in the upper bits: clock_getcpuclockid(3) as the
 * kernel makes it. */
static gint64
read_thread_clock (int thread)
{
  struct timespec now;

  g_assert_cmpint (clock_gettime ((clockid_t)(~(unsigned)thread << 3 | 6), &now), ==, 0);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

gint64
many_clients_get_thread_cpu_ns (const char *thread_name)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const char *id;

  while ((id = g_dir_read_name (threads)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/proc/self/task/%s/comm", id);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL)
          && g_str_equal (g_strchomp (name), thread_name))
        return read_thread_clock (atoi (id));
    }
  g_error ("there is no thread %s", thread_name);
}
