/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/journal-view-fixture.h"
#include "app/journal/swb-journal-view-private.h"

#include <adwaita.h>

#define get_child journal_view_test_get_child
#define publish journal_view_test_publish
#define activate journal_view_test_activate

typedef JournalViewTest Test;

static GtkColumnViewColumn *
get_column (Test *test, guint i)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (GTK_COLUMN_VIEW (get_child (test, "column_view"))), i);

  return column;
}

static gboolean
is_kept (gpointer data)
{
  g_autoptr (GVariant) kept = g_settings_get_user_value (data, "journal-columns");

  return kept != NULL;
}

static void
test_kept (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (GVariant) kept = NULL;
  GtkWidget *other;
  GtkColumnView *view;

  g_test_summary ("Columns that somebody moved, hid or resized come back as they were");
  g_settings_reset (settings, "journal-columns");
  journal_fixture_append_traffic (&test->fixture, 3);
  publish (test);
  journal_view_test_draw (test, 4);
  g_assert_true (gtk_column_view_column_get_visible (get_column (test, 6)));
  g_assert_false (gtk_column_view_column_get_visible (get_column (test, 7)));
  activate (test, "columns.took");
  g_assert_false (gtk_column_view_column_get_visible (get_column (test, 6)));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 6)), ==, -1);
  activate (test, "columns.number");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 7)), ==, 96);
  gtk_column_view_column_set_fixed_width (get_column (test, 1), 222);
  gtk_column_view_insert_column (GTK_COLUMN_VIEW (get_child (test, "column_view")), 0,
                                 get_column (test, 3));
  journal_fixture_wait (is_kept, settings);
  test->view = SWB_JOURNAL_VIEW (swb_journal_view_new ());
  gtk_window_set_child (test->window, GTK_WIDGET (test->view));
  swb_journal_view_set_bench (test->view, test->bench);
  journal_view_test_draw (test, 4);
  g_assert_cmpstr (gtk_column_view_column_get_title (get_column (test, 0)), ==, "Call");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 2)), ==, 222);
  g_assert_false (gtk_column_view_column_get_visible (get_column (test, 6)));
  activate (test, "columns.took");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (test, 6)), ==, 70);

  activate (test, "columns.reset");
  g_assert_cmpstr (gtk_column_view_column_get_title (get_column (test, 0)), ==, "Time");
  g_assert_true (gtk_column_view_column_get_visible (get_column (test, 6)));
  kept = g_settings_get_user_value (settings, "journal-columns");
  g_assert_null (kept);
  other = get_child (test, "column_view");
  view = GTK_COLUMN_VIEW (other);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (view)), ==,
                    SWB_JOURNAL_N_COLUMNS);
}

static void
test_clicks (Test *test, gconstpointer data)
{
  g_test_summary (
      "A click belongs to the row: with a cell that takes it too, Ctrl+click did nothing");
  for (guint i = 0; i < SWB_JOURNAL_N_COLUMNS; i++)
    {
      g_autoptr (GtkListItem) item = g_object_new (GTK_TYPE_LIST_ITEM, NULL);

      g_signal_emit_by_name (gtk_column_view_column_get_factory (get_column (test, i)),
                             "setup", item);
      g_assert_false (gtk_list_item_get_selectable (item));
      g_assert_false (gtk_list_item_get_activatable (item));
      gtk_list_item_set_child (item, NULL);
    }
}

static void
test_nonsense (Test *test, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  GtkWidget *view;

  g_test_summary ("Settings with nonsense in them do no harm");
  g_settings_set_value (
      settings, "journal-columns",
      g_variant_new_parsed (
          "[('what', 5, true), ('time', -77, true), ('time', 99999999, true)]"));
  view = g_object_ref_sink (swb_journal_view_new ());
  g_settings_reset (settings, "journal-columns");
  g_assert_finalize_object (view);
}

/* The first one below @widget; NULL until there is one. */
static GtkWidget *
find_badge (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_INSCRIPTION (widget) && gtk_widget_has_css_class (widget, "swb-badge"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_badge (child);
  return found;
}

static gboolean
has_badge (gpointer data)
{
  return find_badge (get_child (data, "column_view")) != NULL;
}

static void
test_badge (Test *test, gconstpointer data)
{
  GtkWidget *badge;
  int width;

  g_test_summary ("A badge is not wider than its column, and as wide as its text again");
  journal_fixture_append_traffic (&test->fixture, 10);
  publish (test);
  journal_fixture_wait (has_badge, test);
  badge = find_badge (get_child (test, "column_view"));
  gtk_column_view_column_set_fixed_width (get_column (test, 1), 40);
  gtk_widget_get_size_request (badge, &width, NULL);
  g_assert_cmpint (width, <=, 40);
  gtk_column_view_column_set_fixed_width (get_column (test, 1), 300);
  gtk_widget_get_size_request (badge, &width, NULL);
  g_assert_cmpint (width, >, 40);
  g_assert_cmpint (width, <, 300);
  activate (test, "columns.reset");
}

typedef struct
{
  Test *test;
  int width;
} Wanted;

static gboolean
has_width (gpointer data)
{
  Wanted *wanted = data;

  return gtk_column_view_column_get_fixed_width (get_column (wanted->test, 0))
         == wanted->width;
}

static void
test_text_size (Test *test, gconstpointer data)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  Wanted usual = { test, swb_journal_columns_get_width (SWB_JOURNAL_TIME) };
  Wanted twice = { test, 2 * usual.width };
  int dpi;

  /* GTK 4.8 warns of labels that have their new baseline before their new size. */
  g_test_summary ("Where text is twice as large, the columns of few letters are as wide");
  g_settings_reset (settings, "journal-columns");
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
  gtk_window_set_default_size (test->window, 1400, 500);
  journal_fixture_append_traffic (&test->fixture, 10);
  publish (test);
  journal_fixture_wait (has_width, &usual);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 192 * PANGO_SCALE, NULL);
  journal_fixture_wait (has_width, &twice);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  g_log_set_always_fatal (fatal);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/journal-columns/" #name, Test, NULL, journal_view_test_set_up,             \
              test_##name, journal_view_test_tear_down)
  ADD (kept);
  ADD (clicks);
  ADD (nonsense);
  ADD (badge);
  ADD (text_size);
#undef ADD
  return g_test_run ();
}
