/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/frame-watch.h"
#include "app/journal/swb-filter-bar.h"
#include "app/journal/swb-journal-view.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

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
#define N_SELECTIONS 5
#define PATIENCE_US (30 * G_USEC_PER_SEC)

typedef struct
{
  SwbJournal *journal;
  SwbBench *bench;
  GtkWidget *view;
  GtkAdjustment *adjustment;
  guint64 n_written;
  gint ends; /* atomic */

  FrameWatch watch;
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

  for (gint64 due = g_get_monotonic_time (); !g_atomic_int_get (&rows->ends);)
    {
      gint64 now = g_get_monotonic_time ();

      for (guint i = 0; i < BATCH; i++)
        append (rows, now * 1000);
      publish (rows);
      due += BATCH_US;
      g_usleep ((gulong)MAX (due - g_get_monotonic_time (), 0));
    }
  return NULL;
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
  guint n = rows->watch.frames->len;

  gtk_widget_queue_draw (rows->view);
  while (rows->watch.frames->len == n)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure (Rows *rows, const char *name, guint n_steps, Step step)
{
  frame_watch_reset (&rows->watch);
  for (guint i = 0; i < n_steps; i++)
    {
      step (rows, i);
      draw_frame (rows);
    }
  frame_watch_print (&rows->watch, name, LIMIT_MS);
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
  frame_watch_reset (&rows->watch);
  iterate_ms (2000);
  if (rows->watch.frames->len > 0)
    frame_watch_print (&rows->watch, "at the end, two seconds", LIMIT_MS);
}

static double
get_ms_since (gint64 began)
{
  return (double)(g_get_monotonic_time () - began) / 1000;
}

static GtkLabel *
get_label (GtkWidget *widget, GType type, const char *name)
{
  return GTK_LABEL (gtk_widget_get_template_child (widget, type, name));
}

/* Until the sum of the selected rows is told. Returns: how long that took, in ms */
static double
select_rows (Rows *rows, guint first, guint n)
{
  GtkLabel *status = get_label (rows->view, SWB_TYPE_JOURNAL_VIEW, "status_label");
  gint64 began = g_get_monotonic_time ();

  gtk_selection_model_select_range (get_model (rows), first, n, TRUE);
  while (strstr (gtk_label_get_text (status), "span") == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () > began + PATIENCE_US)
        g_error ("nothing was told of %u selected rows", n);
    }
  return get_ms_since (began);
}

static int
compare (const void *a, const void *b)
{
  double difference = *(const double *)a - *(const double *)b;

  return difference < 0 ? -1 : difference > 0;
}

static void
measure_selection (Rows *rows, const char *name, guint first, guint n)
{
  GtkLabel *status = get_label (rows->view, SWB_TYPE_JOURNAL_VIEW, "status_label");
  double took[N_SELECTIONS];

  frame_watch_reset (&rows->watch);
  for (guint i = 0; i < N_SELECTIONS; i++)
    {
      took[i] = select_rows (rows, first, n);
      iterate_ms (200);
      if (i + 1 < N_SELECTIONS)
        gtk_selection_model_select_item (get_model (rows), first, TRUE);
    }
  qsort (took, N_SELECTIONS, sizeof took[0], compare);
  g_print ("%s, median of %d: after %.0f ms: %s\n", name, N_SELECTIONS,
           took[N_SELECTIONS / 2], gtk_label_get_text (status));
  frame_watch_print (&rows->watch, name, LIMIT_MS);
}

static void
set_finds (Rows *rows, SwbFilterBar *bar, gboolean finds)
{
  swb_filter_bar_set_finds (bar, finds);
  swb_filter_bar_set_text (bar,
                           finds ? "data ~ \"GET /index.html HTTP/1.1\\r\\nHost\"" : "");
}

/* Marks are beside the rows while hits come, and while the rows are scrolled. */
static void
measure_find (Rows *rows)
{
  SwbFilterBar *bar = SWB_FILTER_BAR (
      gtk_widget_get_template_child (rows->view, SWB_TYPE_JOURNAL_VIEW, "filter_bar"));

  frame_watch_reset (&rows->watch);
  set_finds (rows, bar, TRUE);
  iterate_ms (3000);
  g_print ("Find: %s\n",
           gtk_label_get_text (get_label (GTK_WIDGET (bar), SWB_TYPE_FILTER_BAR, "place")));
  frame_watch_print (&rows->watch, "Find, three seconds", LIMIT_MS);
  measure (rows, "drag with marks", N_STEPS, drag_step);
  frame_watch_reset (&rows->watch);
  for (guint i = 0; i < N_STEPS; i++)
    {
      g_signal_emit_by_name (bar, "step", i % 3 == 0 ? -1 : 1);
      draw_frame (rows);
    }
  frame_watch_print (&rows->watch, "next hit", LIMIT_MS);
  set_finds (rows, bar, FALSE);
}

static void
measure_many (Rows *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (get_model (rows)));

  measure_selection (rows, "all selected", 0, n);
  measure_selection (rows, "half selected", n / 2, n - n / 2);
  measure_find (rows);
}

/* All of it again while records arrive. */
static void
measure_arriving (Rows *rows)
{
  guint64 n_before = rows->n_written;
  gint64 began = g_get_monotonic_time ();
  GThread *writer = g_thread_new ("writer", arrive_thread, rows);

  measure_all (rows, ", arriving");
  g_atomic_int_set (&rows->ends, 1);
  g_thread_join (writer);
  g_print ("%.0f records a second arrived meanwhile\n",
           (double)(rows->n_written - n_before) * 1000 / get_ms_since (began));
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

static void
open_view (Rows *rows)
{
  GtkWidget *window = gtk_window_new ();
  gint64 began;

  rows->view = swb_journal_view_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  gtk_window_set_child (GTK_WINDOW (window), rows->view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (rows->view);
  rows->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (
      gtk_widget_get_template_child (rows->view, SWB_TYPE_JOURNAL_VIEW, "scrolled")));
  frame_watch_start (&rows->watch, rows->view);

  frame_watch_reset (&rows->watch);
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
  frame_watch_print (&rows->watch, "opening", LIMIT_MS);
}

static void
run (Rows *rows)
{
  const char *text = g_getenv ("SWB_BENCH_RECORDS");
  guint64 n_records = text != NULL ? g_ascii_strtoull (text, NULL, 10) : N_RECORDS;
  gint64 began = g_get_monotonic_time ();

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
  measure_many (rows);
  measure_arriving (rows);
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
  frame_watch_init (&rows.watch);
  adw_init ();
  run (&rows);
  frame_watch_clear (&rows.watch);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (rows.view)));
  swb_bench_stop (rows.bench);
  g_object_unref (rows.bench);
  swb_journal_delete (rows.journal);
  swb_journal_unref (rows.journal);
  g_rmdir (parent);
  return 0;
}
