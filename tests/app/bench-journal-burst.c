/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/swb-journal-view.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

/* What 20,000 records that arrive at once cost the window that shows them: the time of each
 * frame of the second after, from before-paint to after-paint, and the longest time in
 * which the main loop answered nothing. Each of five windows takes a first burst, into an
 * empty view that has no row widget yet, and a second one. */

#define N_REPEATS 5
#define N_RECORDS 20000
#define N_PANES 4
#define WATCH_MS 1000
#define TICK_MS 2
#define LIMIT_MS 50.0

typedef struct
{
  SwbJournal *journal;
  GtkWidget *view;
  GArray *frames; /* double, ms */
  GArray *cpu;    /* the same of this thread's CPU: what a busy machine adds is not in it */
  gint64 paint_began;
  gint64 cpu_began;
  gint64 last_tick;
  double stall; /* ms */
} Burst;

typedef struct
{
  GArray *frames;
  GArray *cpu;
  double stall;
} Series;

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

static void
series_init (Series *series)
{
  series->frames = g_array_new (FALSE, FALSE, sizeof (double));
  series->cpu = g_array_new (FALSE, FALSE, sizeof (double));
  series->stall = 0;
}

static void
series_clear (Series *series)
{
  g_array_unref (series->frames);
  g_array_unref (series->cpu);
}

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, Burst *burst)
{
  burst->paint_began = g_get_monotonic_time ();
  burst->cpu_began = get_cpu_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, Burst *burst)
{
  double took = (double)(g_get_monotonic_time () - burst->paint_began) / 1000;
  double cpu = (double)(get_cpu_us () - burst->cpu_began) / 1000;

  if (burst->paint_began == 0)
    return;
  g_array_append_val (burst->frames, took);
  g_array_append_val (burst->cpu, cpu);
}

static gboolean
tick_cb (gpointer data)
{
  Burst *burst = data;
  gint64 now = g_get_monotonic_time ();

  if (burst->last_tick != 0)
    burst->stall = MAX (burst->stall, (double)(now - burst->last_tick) / 1000 - TICK_MS);
  burst->last_tick = now;
  return G_SOURCE_CONTINUE;
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
watch_burst (SwbJournal *journal, GtkWidget *view, Series *series)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (view);
  Burst burst
      = { .journal = journal, .view = view, .frames = series->frames, .cpu = series->cpu };
  guint source = g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, tick_cb, &burst, NULL);
  GThread *writer;

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &burst);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &burst);
  writer = g_thread_new ("writer", write_thread, journal);
  iterate (WATCH_MS);
  g_thread_join (writer);
  g_source_remove (source);
  g_signal_handlers_disconnect_by_data (clock, &burst);
  series->stall = MAX (series->stall, burst.stall);
}

static void
run_window (GtkApplication *app, const char *folder, Series *first, Series *second)
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

static int
compare (const void *a, const void *b)
{
  double difference = *(const double *)a - *(const double *)b;

  return difference < 0 ? -1 : difference > 0;
}

static double
pick (GArray *sorted, guint percent)
{
  return g_array_index (sorted, double, (sorted->len - 1) * percent / 100);
}

static void
print_series (const char *name, Series *series)
{
  guint n_over = 0;

  if (series->frames->len == 0)
    g_error ("no frame was drawn");
  g_array_sort (series->frames, compare);
  g_array_sort (series->cpu, compare);
  for (guint i = 0; i < series->frames->len; i++)
    n_over += g_array_index (series->frames, double, i) > LIMIT_MS;
  g_print ("%s: %u frames, median %.1f ms, p95 %.1f ms, max %.1f ms, %u over %.0f ms; "
           "CPU median %.1f ms, max %.1f ms; longest stall of the main loop %.1f ms\n",
           name, series->frames->len, pick (series->frames, 50), pick (series->frames, 95),
           pick (series->frames, 100), n_over, LIMIT_MS, pick (series->cpu, 50),
           pick (series->cpu, 100), series->stall);
}

static void
activate_cb (GtkApplication *app, gpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("swb-burst-XXXXXX", NULL);
  Series first, second;

  g_application_hold (G_APPLICATION (app));
  series_init (&first);
  series_init (&second);
  for (int i = 0; i < N_REPEATS; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%d", parent, i);

      run_window (app, folder, &first, &second);
    }
  g_print ("%d bursts of %d records each:\n", N_REPEATS, N_RECORDS);
  print_series ("into an empty view", &first);
  print_series ("onto 20,000 rows", &second);
  series_clear (&first);
  series_clear (&second);
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
