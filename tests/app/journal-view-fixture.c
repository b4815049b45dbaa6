/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal-view-fixture.h"

#include "app/journal/swb-filter-bar.h"
#include "support.h"

void
journal_view_test_set_up (JournalViewTest *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  journal_fixture_init (&test->fixture);
  test->bench = swb_bench_new (test->fixture.journal, 0, &error);
  g_assert_no_error (error);
  test->view = SWB_JOURNAL_VIEW (swb_journal_view_new ());
  test->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (test->window, 1200, 400);
  gtk_window_set_child (test->window, GTK_WIDGET (test->view));
  swb_journal_view_set_bench (test->view, test->bench);
  gtk_window_present (test->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
}

void
journal_view_test_tear_down (JournalViewTest *test, gconstpointer data)
{
  g_object_ref (test->view);
  gtk_window_destroy (test->window);
  support_finalize (test->view);
  swb_bench_stop (test->bench);
  support_finalize (test->bench);
  journal_fixture_clear (&test->fixture);
}

GtkWidget *
journal_view_test_get_child (JournalViewTest *test, const char *name)
{
  GObject *child = gtk_widget_get_template_child (GTK_WIDGET (test->view),
                                                  SWB_TYPE_JOURNAL_VIEW, name);

  g_assert_nonnull (child);
  return GTK_WIDGET (child);
}

GtkSelectionModel *
journal_view_test_get_rows (JournalViewTest *test)
{
  return gtk_column_view_get_model (
      GTK_COLUMN_VIEW (journal_view_test_get_child (test, "column_view")));
}

guint
journal_view_test_count_rows (JournalViewTest *test)
{
  return g_list_model_get_n_items (G_LIST_MODEL (journal_view_test_get_rows (test)));
}

const char *
journal_view_test_get_label (JournalViewTest *test, const char *name)
{
  return gtk_label_get_text (GTK_LABEL (journal_view_test_get_child (test, name)));
}

void
journal_view_test_filter (JournalViewTest *test, const char *text)
{
  swb_filter_bar_set_text (
      SWB_FILTER_BAR (journal_view_test_get_child (test, "filter_bar")), text);
}

void
journal_view_test_publish (JournalViewTest *test)
{
  journal_fixture_publish (&test->fixture);
  swb_bench_catch_up (test->bench);
}

void
journal_view_test_draw (JournalViewTest *test, guint n_frames)
{
  for (guint i = 0; i < n_frames; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (test->view));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
    }
}

void
journal_view_test_activate (JournalViewTest *test, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (test->view), action, NULL));
}

typedef struct
{
  JournalViewTest *test;
  guint n_rows;
  GtkLabel *label;
  const char *text;
} Expected;

static gboolean
has_rows (gpointer data)
{
  Expected *expected = data;

  return journal_view_test_count_rows (expected->test) == expected->n_rows;
}

void
journal_view_test_wait_for_rows (JournalViewTest *test, guint n_rows)
{
  Expected expected = { .test = test, .n_rows = n_rows };

  journal_fixture_wait (has_rows, &expected);
}

static gboolean
has_text (gpointer data)
{
  Expected *expected = data;

  return g_str_equal (gtk_label_get_text (expected->label), expected->text);
}

void
journal_view_test_wait_for_label (JournalViewTest *test, GtkLabel *label, const char *text)
{
  Expected expected = { .test = test, .label = label, .text = text };

  journal_fixture_wait (has_text, &expected);
}
