/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/swb-journal-view.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

/* What the journal view costs over ten million records (SWB_BENCH_RECORDS for another
 * number): the time of each frame, from before-paint to after-paint, while a person turns
 * the wheel, drags the scrollbar, pages, jumps; then the same while 100,000 records a
 * second arrive. A main loop that answers nothing between frames shows as a stall. */

#define N_RECORDS G_GUINT64_CONSTANT (10000000)
#define N_PANES 4
#define N_STEPS 120
#define BATCH 1000
#define BATCH_US 10000
#define LIMIT_MS 33.0
#define TICK_MS 2

typedef struct
{
  SwbJournal *journal;
  SwbBench *bench;
  GtkWidget *view;
  GtkAdjustment *adjustment;
  guint64 n_written;
  gint ends; /* atomic */

  GArray *frames; /* double, ms */
  GArray *cpu;    /* the same of this thread's CPU: what a busy machine adds is not in it */
  gint64 paint_began;
  gint64 cpu_began;
  gint64 last_tick;
  double stall; /* ms */
} Rows;

typedef void (*Step) (Rows *rows, guint step);

static const char payload[]
    = "GET /index.html HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";

/* One call in ten finds nothing, some of them one behind the other. */
static void
append (Rows *rows, gint64 time_ns)
{
  guint64 i = rows->n_written++;
  SwbRecord record = { .kind = SWB_RECORD_CALL, .fd = 7, .took_ns = 1000 + i % 5000 };

  record.time_ns = time_ns;
  record.call = i % 2 == 0 ? SWB_CALL_SEND : SWB_CALL_RECV;
  record.pane = 1 + i / 5 % N_PANES;
  record.result = sizeof payload - 1 - i % 40;
  record.ints[0] = i % 2 == 0 ? record.result : 65536;
  record.data = (const guint8 *)payload;
  record.n_data = (gsize)record.result;
  if (i % 100 < 10)
    {
      record.call = SWB_CALL_RECV;
      record.result = -1;
      record.error = EAGAIN;
      record.n_data = 0;
    }
  swb_journal_append (rows->journal, &record);
}

static void
publish (Rows *rows)
{
  g_autoptr (GError) error = NULL;

  if (!swb_journal_publish (rows->journal, &error))
    g_error ("%s", error->message);
}

static void
fill (Rows *rows, guint64 n_records)
{
  gint64 start_ns = (g_get_monotonic_time () - (gint64)n_records) * 1000;

  for (guint64 i = 0; i < n_records; i++)
    append (rows, start_ns + (gint64)i * 1000);
  publish (rows);
}

static gpointer
arrive_thread (gpointer data)
{
  Rows *rows = data;

  while (!g_atomic_int_get (&rows->ends))
    {
      for (guint i = 0; i < BATCH; i++)
        append (rows, g_get_monotonic_time () * 1000);
      publish (rows);
      g_usleep (BATCH_US);
    }
  return NULL;
}

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, Rows *rows)
{
  rows->paint_began = g_get_monotonic_time ();
  rows->cpu_began = get_cpu_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, Rows *rows)
{
  double took = (double)(g_get_monotonic_time () - rows->paint_began) / 1000;
  double cpu = (double)(get_cpu_us () - rows->cpu_began) / 1000;

  if (rows->paint_began == 0)
    return;
  g_array_append_val (rows->frames, took);
  g_array_append_val (rows->cpu, cpu);
}

static gboolean
tick_cb (gpointer data)
{
  Rows *rows = data;
  gint64 now = g_get_monotonic_time ();

  if (rows->last_tick != 0)
    rows->stall = MAX (rows->stall, (double)(now - rows->last_tick) / 1000 - TICK_MS);
  rows->last_tick = now;
  return G_SOURCE_CONTINUE;
}

static void
iterate_ms (guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
draw_frame (Rows *rows)
{
  guint n = rows->frames->len;

  gtk_widget_queue_draw (rows->view);
  while (rows->frames->len == n)
    g_main_context_iteration (NULL, TRUE);
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
print_frames (Rows *rows, const char *name)
{
  guint n_over = 0;

  g_array_sort (rows->frames, compare);
  g_array_sort (rows->cpu, compare);
  for (guint i = 0; i < rows->frames->len; i++)
    n_over += g_array_index (rows->frames, double, i) > LIMIT_MS;
  g_print ("%-24s %4u frames: median %5.1f, p95 %5.1f, max %5.1f ms, %u over %.0f; "
           "CPU median %5.1f, max %5.1f; longest stall %5.1f ms\n",
           name, rows->frames->len, pick (rows->frames, 50), pick (rows->frames, 95),
           pick (rows->frames, 100), n_over, LIMIT_MS, pick (rows->cpu, 50),
           pick (rows->cpu, 100), rows->stall);
}

static void
begin (Rows *rows)
{
  g_array_set_size (rows->frames, 0);
  g_array_set_size (rows->cpu, 0);
  rows->last_tick = 0;
  rows->stall = 0;
}

static void
measure (Rows *rows, const char *name, guint n_steps, Step step)
{
  begin (rows);
  for (guint i = 0; i < n_steps; i++)
    {
      step (rows, i);
      draw_frame (rows);
    }
  print_frames (rows, name);
}

static GtkSelectionModel *
get_model (Rows *rows)
{
  GObject *view
      = gtk_widget_get_template_child (rows->view, SWB_TYPE_JOURNAL_VIEW, "column_view");

  return gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
}

static void
wheel_step (Rows *rows, guint step)
{
  gtk_adjustment_set_value (rows->adjustment,
                            gtk_adjustment_get_value (rows->adjustment) + 66);
}

static void
drag_step (Rows *rows, guint step)
{
  gtk_adjustment_set_value (rows->adjustment, gtk_adjustment_get_upper (rows->adjustment)
                                                  * (0.05 + 0.9 * step / N_STEPS));
}

static void
page_step (Rows *rows, guint step)
{
  gboolean done;
  GObject *scrolled
      = gtk_widget_get_template_child (rows->view, SWB_TYPE_JOURNAL_VIEW, "scrolled");

  g_signal_emit_by_name (scrolled, "scroll-child",
                         step % 8 < 6 ? GTK_SCROLL_PAGE_DOWN : GTK_SCROLL_PAGE_UP, FALSE,
                         &done);
}

static void
select_step (Rows *rows, guint step)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (get_model (rows)));

  gtk_selection_model_select_item (get_model (rows), n / 2 + step, TRUE);
}

static void
end_step (Rows *rows, guint step)
{
  if (step % 8 == 0)
    gtk_adjustment_set_value (rows->adjustment, 0);
  else if (step % 8 == 4)
    gtk_widget_activate_action (rows->view, "journal.jump-to-end", NULL);
}

static void
go_step (Rows *rows, guint step)
{
  guint64 n = swb_journal_get_n_records (rows->journal);

  if (step % 4 == 0)
    swb_journal_view_show_record (SWB_JOURNAL_VIEW (rows->view), (step + 1) * n / 141);
}

static void
measure_all (Rows *rows, const char *suffix)
{
  static const struct
  {
    const char *name;
    Step step;
  } steps[] = {
    { "wheel", wheel_step },      { "scrollbar drag", drag_step },
    { "Page keys", page_step },   { "rows selected", select_step },
    { "Home and End", end_step }, { "go to", go_step },
  };

  gtk_adjustment_set_value (rows->adjustment,
                            gtk_adjustment_get_upper (rows->adjustment) / 2);
  draw_frame (rows);
  draw_frame (rows);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *name = g_strconcat (steps[i].name, suffix, NULL);

      measure (rows, name, N_STEPS, steps[i].step);
    }
  gtk_widget_activate_action (rows->view, "journal.jump-to-end", NULL);
  begin (rows);
  iterate_ms (2000);
  if (rows->frames->len > 0)
    print_frames (rows, "at the end, two seconds");
}

static void
print_memory (const char *when)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return;
  line = strstr (text, "\nAnonymous:");
  if (line != NULL)
    g_print ("anonymous memory %s: %.0f MB\n", when,
             (double)g_ascii_strtoull (line + strlen ("\nAnonymous:"), NULL, 10) / 1024);
}

static double
get_ms_since (gint64 began)
{
  return (double)(g_get_monotonic_time () - began) / 1000;
}

static void
open_view (Rows *rows)
{
  GtkWidget *window = gtk_window_new ();
  GdkFrameClock *clock;
  gint64 began;

  rows->view = swb_journal_view_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  gtk_window_set_child (GTK_WINDOW (window), rows->view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (rows->view);
  rows->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (
      gtk_widget_get_template_child (rows->view, SWB_TYPE_JOURNAL_VIEW, "scrolled")));
  clock = gtk_widget_get_frame_clock (rows->view);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), rows);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), rows);
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, tick_cb, rows, NULL);

  begin (rows);
  began = g_get_monotonic_time ();
  swb_journal_view_set_bench (SWB_JOURNAL_VIEW (rows->view), rows->bench);
  g_print ("the view took its journal in %.1f ms", get_ms_since (began));
  while (g_list_model_get_n_items (G_LIST_MODEL (get_model (rows))) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_print (", had rows after %.1f ms", get_ms_since (began));
  while (g_list_model_get_n_items (G_LIST_MODEL (get_model (rows))) < rows->n_written / 2)
    g_main_context_iteration (NULL, TRUE);
  g_print (", all after %.1f ms\n", get_ms_since (began));
  iterate_ms (500);
  print_frames (rows, "opening");
}

static void
run (Rows *rows)
{
  const char *text = g_getenv ("SWB_BENCH_RECORDS");
  guint64 n_records = text != NULL ? g_ascii_strtoull (text, NULL, 10) : N_RECORDS;
  gint64 began = g_get_monotonic_time ();
  GThread *writer;

  fill (rows, MAX (n_records, BATCH));
  g_print ("%" G_GUINT64_FORMAT " records written in %.0f ms\n", rows->n_written,
           get_ms_since (began));
  began = g_get_monotonic_time ();
  swb_bench_catch_up (rows->bench);
  g_print ("the bench took them in %.0f ms\n", get_ms_since (began));
  print_memory ("before the view");
  open_view (rows);
  print_memory ("with the view");
  measure_all (rows, "");
  writer = g_thread_new ("writer", arrive_thread, rows);
  measure_all (rows, ", arriving");
  g_atomic_int_set (&rows->ends, 1);
  g_thread_join (writer);
  print_memory ("at the end");
  g_print ("%" G_GUINT64_FORMAT " records at the end\n", rows->n_written);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("swb-rows-XXXXXX", &error);
  g_autofree char *folder = g_build_filename (parent, "journal", NULL);
  Rows rows = { .journal = swb_journal_new (folder, &error) };

  if (rows.journal == NULL)
    g_error ("%s", error->message);
  rows.bench = swb_bench_new (rows.journal, 16667, &error);
  if (rows.bench == NULL)
    g_error ("%s", error->message);
  rows.frames = g_array_new (FALSE, FALSE, sizeof (double));
  rows.cpu = g_array_new (FALSE, FALSE, sizeof (double));
  adw_init ();
  run (&rows);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (rows.view)));
  swb_bench_stop (rows.bench);
  g_object_unref (rows.bench);
  g_array_unref (rows.frames);
  g_array_unref (rows.cpu);
  swb_journal_delete (rows.journal);
  swb_journal_unref (rows.journal);
  g_rmdir (parent);
  return 0;
}
