/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <stdio.h>

#include "app/window/swb-application.h"
#include "support.h"

/* How long a person waits for the first frame of the window, against that of an empty
 * window of libadwaita. This program starts itself again for each run: the clock begins
 * before the process does. */

#define N_RUNS 7
#define RATIO_MAX 1.6

static void
painted_cb (GdkFrameClock *clock, GtkWindow *window)
{
  puts ("frame");
  fflush (stdout);
  g_signal_handlers_disconnect_by_func (clock, painted_cb, window);
  gtk_window_destroy (window);
}

static void
mapped_cb (GtkWindow *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (painted_cb), window);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window)
{
  g_signal_connect (window, "map", G_CALLBACK (mapped_cb), NULL);
}

static void
activate_empty_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  gtk_window_present (GTK_WINDOW (window));
}

static int
show (gboolean empty)
{
  g_autoptr (GtkApplication) application = NULL;

  if (empty)
    {
      application
          = GTK_APPLICATION (adw_application_new (APP_ID, G_APPLICATION_NON_UNIQUE));
      g_signal_connect (application, "activate", G_CALLBACK (activate_empty_cb), NULL);
    }
  else
    {
      application = GTK_APPLICATION (swb_application_new ());
      g_application_set_flags (G_APPLICATION (application),
                               G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
    }
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

static double
measure (const char *program, const char *mode)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  gint64 end;
  char byte;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, mode, NULL);
  if (process == NULL
      || g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL,
                              &error)
             != 1)
    g_error ("no frame came: %s", error != NULL ? error->message : "the program ended");
  end = g_get_monotonic_time ();

  g_subprocess_wait (process, NULL, NULL);
  return (double)(end - begin) / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
get_median (double *values)
{
  qsort (values, N_RUNS, sizeof *values, compare);
  return values[N_RUNS / 2];
}

int
main (int argc, char *argv[])
{
  g_autofree char *home = NULL;
  double empty[N_RUNS];
  double ours[N_RUNS];
  double ratio;

  if (argc == 2)
    return show (g_str_equal (argv[1], "empty"));

  home = g_dir_make_tmp ("swb-first-frame-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  measure (argv[0], "empty"); /* fills the caches of both */
  measure (argv[0], "ours");
  for (guint i = 0; i < N_RUNS; i++)
    {
      empty[i] = measure (argv[0], "empty");
      ours[i] = measure (argv[0], "ours");
    }
  support_remove_tree (home);

  ratio = get_median (ours) / get_median (empty);
  g_print (
      "first frame, median of %d: empty window %.1f ms, ours %.1f ms, ratio %.2f (at most "
      "%.1f)\n",
      N_RUNS, get_median (empty), get_median (ours), ratio, RATIO_MAX);
  return ratio <= RATIO_MAX ? 0 : 1;
}
