/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/frame-watch.h"
#include "app/journal/swb-journal-view.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* What 20,000 records that arrive at once cost the window that shows them: the time of each
 * frame of the second after, from before-paint to after-paint, and the longest time in
 * which the main loop answered nothing. Each of five windows takes a first burst, into an
 * empty view that has no row widget yet, and a second one. */

#define N_REPEATS 5
#define N_RECORDS 20000
#define N_PANES 4
#define WATCH_MS 1000
#define LIMIT_MS 50.0

static const char payload[]
    = "GET /index.html HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";

static gpointer
write_thread (gpointer data)
{
  SwbJournal *journal = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      SwbRecord record = { .kind = SWB_RECORD_CALL, .fd = 7, .took_ns = 1000 + i % 5000 };

      record.time_ns = g_get_monotonic_time () * 1000;
      record.call = i % 2 == 0 ? SWB_CALL_SEND : SWB_CALL_RECV;
      record.pane = 1 + i % N_PANES;
      record.result = sizeof payload - 1 - i % 40;
      record.ints[0] = i % 2 == 0 ? record.result : 65536;
      record.data = (const guint8 *)payload;
      record.n_data = (gsize)record.result;
      swb_journal_append (journal, &record);
    }
  if (!swb_journal_publish (journal, &error))
    g_error ("%s", error->message);
  return NULL;
}

static gboolean
end_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
iterate (guint milliseconds)
{
  gboolean ended = FALSE;

  g_timeout_add (milliseconds, end_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
watch_burst (SwbJournal *journal, GtkWidget *view, FrameWatch *watch)
{
  GThread *writer;

  frame_watch_start (watch, view);
  writer = g_thread_new ("writer", write_thread, journal);
  iterate (WATCH_MS);
  g_thread_join (writer);
  frame_watch_stop (watch);
}

static void
run_window (GtkApplication *app, const char *folder, FrameWatch *first, FrameWatch *second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, &error);
  g_autoptr (SwbBench) bench
      = journal != NULL ? swb_bench_new (journal, 16667, &error) : NULL;
  GtkWidget *window = adw_application_window_new (app), *view = swb_journal_view_new ();

  if (bench == NULL)
    g_error ("%s", error->message);
  swb_journal_view_set_bench (SWB_JOURNAL_VIEW (view), bench);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  iterate (500);
  watch_burst (journal, view, first);
  watch_burst (journal, view, second);
  gtk_window_destroy (GTK_WINDOW (window));
  swb_bench_stop (bench);
  swb_journal_delete (journal);
}

static void
activate_cb (GtkApplication *app, gpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("swb-burst-XXXXXX", NULL);
  FrameWatch first, second;

  g_application_hold (G_APPLICATION (app));
  frame_watch_init (&first);
  frame_watch_init (&second);
  for (int i = 0; i < N_REPEATS; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%d", parent, i);

      run_window (app, folder, &first, &second);
    }
  g_print ("%d bursts of %d records each:\n", N_REPEATS, N_RECORDS);
  frame_watch_print (&first, "into an empty view", LIMIT_MS);
  frame_watch_print (&second, "onto 20,000 rows", LIMIT_MS);
  frame_watch_clear (&first);
  frame_watch_clear (&second);
  g_rmdir (parent);
  g_application_release (G_APPLICATION (app));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) app = adw_application_new (
      "io.github.socketworkbench.SocketWorkbench", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
