/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/frame-watch.h"
#include "app/journal/swb-filter-bar.h"
#include "app/journal/swb-journal-view.h"

#include <glib/gstdio.h>

/* What a filter costs the window that shows a million records: how long until there are
 * rows, until all was looked at, and what the frames cost meanwhile. */

#define N_RECORDS 1000000
#define TIMEOUT_US 20000000
#define LIMIT_MS 50.0

static const char *const filters[] = {
  "len > 40", "data ~ \"number 77\"", "no such text", "data =~ /number 9+4/ and pane = 2",
  "",
};

static void
append (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autofree char *text = g_strdup_printf ("GET /number %u HTTP/1.1\r\n", i);
      SwbRecord record = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_SEND, .fd = 7 };

      record.time_ns = G_GINT64_CONSTANT (1000000000) + i * 1000;
      record.pane = 1 + i % 4;
      record.result = (int)strlen (text);
      record.data = (const guint8 *)text;
      record.n_data = strlen (text);
      swb_journal_append (journal, &record);
    }
  if (!swb_journal_publish (journal, &error))
    g_error ("%s", error->message);
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

static GObject *
get_child (GtkWidget *view, const char *name)
{
  return gtk_widget_get_template_child (view, SWB_TYPE_JOURNAL_VIEW, name);
}

static void
run_filter (GtkWidget *view, const char *text, FrameWatch *watch)
{
  const char *name = *text != '\0' ? text : "(cleared)";
  GtkLabel *count = GTK_LABEL (get_child (view, "count_label"));
  g_autofree char *before = g_strdup (gtk_label_get_text (count));
  g_autofree char *last = g_strdup (before);
  gint64 began, first = 0, end;

  frame_watch_reset (watch);
  began = end = g_get_monotonic_time ();
  swb_filter_bar_set_text (SWB_FILTER_BAR (get_child (view, "filter_bar")), text);
  /* Until nothing has changed for a second. */
  while (g_get_monotonic_time () < end + 1000000
         && g_get_monotonic_time () < began + TIMEOUT_US)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_str_equal (gtk_label_get_text (count), last))
        continue;
      g_free (last);
      last = g_strdup (gtk_label_get_text (count));
      end = g_get_monotonic_time ();
      first = first != 0 ? first : end;
    }
  g_print ("%s: first rows %.1f ms, all %.1f ms: %s\n", name,
           (double)(MAX (first, began) - began) / 1000, (double)(end - began) / 1000, last);
  frame_watch_print (watch, "", LIMIT_MS);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("swb-bench-XXXXXX", &error);
  g_autofree char *folder = g_build_filename (parent, "journal", NULL);
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, &error);
  g_autoptr (SwbBench) bench
      = journal != NULL ? swb_bench_new (journal, 16667, &error) : NULL;
  GtkWidget *window, *view;
  FrameWatch watch;

  if (bench == NULL)
    g_error ("%s", error->message);
  adw_init ();
  window = gtk_window_new ();
  view = swb_journal_view_new ();
  append (journal);
  swb_bench_catch_up (bench);
  swb_journal_view_set_bench (SWB_JOURNAL_VIEW (view), bench);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  iterate (3000);
  frame_watch_init (&watch);
  frame_watch_start (&watch, view);
  iterate (1000);
  g_print ("a second at rest: longest stall %.1f ms\n", watch.stall);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    run_filter (view, filters[i], &watch);
  frame_watch_clear (&watch);
  gtk_window_destroy (GTK_WINDOW (window));
  swb_bench_stop (bench);
  swb_journal_delete (journal);
  g_rmdir (parent);
  return 0;
}
