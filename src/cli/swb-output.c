/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-output.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/swb-interrupt.h"
#include "net/swb-error.h"

gboolean
swb_output_is_stdout (const char *path)
{
  return path == NULL || g_str_equal (path, "-");
}

static void
print_errno (const char *path, int error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_printerr ("swb: %s: %s\n", name, g_strerror (error));
}

int
swb_output_open (const char *path)
{
  int fd;

  if (swb_output_is_stdout (path))
    return STDOUT_FILENO;
  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
  if (fd < 0)
    print_errno (path, errno);
  return fd;
}

static int
get_obstacle (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;

  if (stat (path, &info) == 0 && S_ISDIR (info.st_mode))
    return EISDIR;
  if (access (path, F_OK) == 0)
    return access (path, W_OK) == 0 ? 0 : errno;
  if (errno != ENOENT)
    return errno;
  return access (folder, W_OK | X_OK) == 0 ? 0 : errno;
}

gboolean
swb_output_check (const char *path)
{
  int obstacle = swb_output_is_stdout (path) ? 0 : get_obstacle (path);

  if (obstacle != 0)
    print_errno (path, obstacle);
  return obstacle == 0;
}

gboolean
swb_output_check_format (const char *path, SwbExportFormat format)
{
  gboolean is_text = format != SWB_EXPORT_PCAPNG && format != SWB_EXPORT_RAW;

  if (path != NULL || is_text || !isatty (STDOUT_FILENO))
    return swb_output_check (path);

  g_printerr (_ ("swb: “%s” is not for a terminal; “-o FILE” writes it to a file\n"),
              swb_export_format_get_name (format));
  return FALSE;
}

/* Pipes and devices cannot be replaced; NULL without an error where @path can be. */
static GOutputStream *
open_stream (const char *path, GError **error)
{
  struct stat info;
  int fd;

  if (swb_output_is_stdout (path))
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  if (stat (path, &info) < 0 || S_ISREG (info.st_mode))
    return NULL;

  fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (errno), "%s",
                 g_strerror (errno));
  return fd < 0 ? NULL : g_unix_output_stream_new (fd, TRUE);
}

int
swb_output_print_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return SWB_EXIT_SIGNAL + swb_interrupt_get_signal ();
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return SWB_EXIT_SIGNAL + SIGPIPE;

  /* Those of a text begin with FILE:LINE:COLUMN. */
  if (g_error_matches (error, SWB_ERROR, SWB_ERROR_SYNTAX))
    g_printerr ("%s\n", error->message);
  else
    g_printerr ("swb: %s\n", error->message);
  return error->domain == SWB_ERROR ? SWB_EXIT_WRONG : SWB_EXIT_FAILED;
}

int
swb_output_write (const SwbExportSource *source, SwbExportFormat format, const char *path)
{
  GCancellable *cancellable = swb_interrupt_get_cancellable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = open_stream (path, &error);

  if (stream != NULL)
    swb_export_write (source, format, stream, NULL, NULL, cancellable, &error);
  else if (error == NULL)
    swb_export_save (source, format, path, NULL, NULL, cancellable, &error);
  if (error == NULL)
    return SWB_EXIT_HELD;

  if (error->domain == G_IO_ERROR)
    {
      g_autofree char *name = swb_output_is_stdout (path) ? g_strdup ("stdout")
                                                          : g_filename_display_name (path);
      g_prefix_error (&error, "%s: ", name);
    }
  return swb_output_print_error (error);
}
