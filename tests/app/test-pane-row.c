/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <adwaita.h>

#include "app/pane/swb-pane-handle.h"
#include "app/pane/swb-pane-row.h"

typedef struct
{
  SwbPaneRow *row;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->row = SWB_PANE_ROW (g_object_ref_sink (swb_pane_row_new ()));
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_assert_finalize_object (test->row);
}

static void
fill (Test *test, guint n_children)
{
  for (guint i = 0; i < n_children; i++)
    swb_pane_row_insert (test->row, i, gtk_label_new ("a pane"));
}

static void
lay_out (Test *test, int width)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (test->row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (test->row), GTK_ORIENTATION_VERTICAL,
                      MAX (width, minimum), NULL, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (test->row), MAX (width, minimum), 300, -1, NULL);
}

static int
get_width (Test *test, guint index)
{
  return gtk_widget_get_width (swb_pane_row_get_child (test->row, index));
}

static int
get_minimum (Test *test)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (test->row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  return minimum;
}

static void
test_empty (Test *test, gconstpointer data)
{
  g_test_summary ("A row without children has no width of its own and can be laid out");
  lay_out (test, 100);
  g_assert_cmpuint (swb_pane_row_get_n_children (test->row), ==, 0);
  g_assert_cmpint (get_minimum (test), ==, 0);
}

static void
test_equal (Test *test, gconstpointer data)
{
  g_test_summary ("Children share the width alike, less the gaps between them");
  fill (test, 3);
  lay_out (test, 3 * 500 + 2 * SWB_PANE_ROW_GAP);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (get_width (test, i), ==, 500);
}

static void
test_minimum (Test *test, gconstpointer data)
{
  g_test_summary ("No child is narrower than the minimum, whatever there is room for");
  fill (test, 4);
  g_assert_cmpint (get_minimum (test), ==,
                   4 * SWB_PANE_ROW_MIN_WIDTH + 3 * SWB_PANE_ROW_GAP);
  lay_out (test, 800);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (get_width (test, i), ==, SWB_PANE_ROW_MIN_WIDTH);
}

static void
test_resize (Test *test, gconstpointer data)
{
  g_test_summary (
      "What one child gains its right neighbour loses; a third keeps its width");
  fill (test, 3);
  lay_out (test, 3 * 500 + 2 * SWB_PANE_ROW_GAP);
  swb_pane_row_resize (test->row, 0, 530);
  lay_out (test, 3 * 500 + 2 * SWB_PANE_ROW_GAP);
  g_assert_cmpint (get_width (test, 0), ==, 530);
  g_assert_cmpint (get_width (test, 1), ==, 470);
  g_assert_cmpint (get_width (test, 2), ==, 500);

  swb_pane_row_resize (test->row, 0, 1);
  lay_out (test, 3 * 500 + 2 * SWB_PANE_ROW_GAP);
  g_assert_cmpint (get_width (test, 0), ==, SWB_PANE_ROW_MIN_WIDTH);
  g_assert_cmpint (get_width (test, 1), ==, 1000 - SWB_PANE_ROW_MIN_WIDTH);
}

static void
test_beyond (Test *test, gconstpointer data)
{
  g_test_summary (
      "A child that is made wider than the row has room for makes the row wider");
  fill (test, 2);
  lay_out (test, 2 * 500 + SWB_PANE_ROW_GAP);
  swb_pane_row_resize (test->row, 0, 900);
  g_assert_cmpint (get_minimum (test), ==, 900 + SWB_PANE_ROW_MIN_WIDTH + SWB_PANE_ROW_GAP);
  lay_out (test, 0);
  g_assert_cmpint (get_width (test, 0), ==, 900);
  g_assert_cmpint (get_width (test, 1), ==, SWB_PANE_ROW_MIN_WIDTH);

  swb_pane_row_equalize (test->row);
  lay_out (test, 2 * 500 + SWB_PANE_ROW_GAP);
  g_assert_cmpint (get_width (test, 0), ==, 500);
  g_assert_cmpint (get_width (test, 1), ==, 500);
}

static void
test_remove (Test *test, gconstpointer data)
{
  GtkWidget *second;

  g_test_summary ("What is left after a removal keeps its order and fills the row");
  fill (test, 3);
  second = swb_pane_row_get_child (test->row, 1);
  swb_pane_row_remove (test->row, 0);
  g_assert_cmpuint (swb_pane_row_get_n_children (test->row), ==, 2);
  g_assert_true (swb_pane_row_get_child (test->row, 0) == second);
  lay_out (test, 2 * 500 + SWB_PANE_ROW_GAP);
  g_assert_cmpint (get_width (test, 0), ==, 500);
}

static void
test_handle (Test *test, gconstpointer data)
{
  GtkWidget *handle;

  g_test_summary (
      "A handle stands between two children, never behind the last; moves resize");
  fill (test, 2);
  lay_out (test, 2 * 500 + SWB_PANE_ROW_GAP);
  handle = gtk_widget_get_next_sibling (swb_pane_row_get_child (test->row, 0));
  g_assert_true (SWB_IS_PANE_HANDLE (handle));
  g_assert_true (gtk_widget_get_visible (handle));
  g_assert_true (gtk_widget_get_focusable (handle));
  g_assert_false (gtk_widget_get_visible (
      gtk_widget_get_next_sibling (swb_pane_row_get_child (test->row, 1))));

  g_signal_emit_by_name (handle, "grabbed");
  g_signal_emit_by_name (handle, "moved", 20);
  g_signal_emit_by_name (handle, "moved", 30);
  lay_out (test, 2 * 500 + SWB_PANE_ROW_GAP);
  g_assert_cmpint (get_width (test, 0), ==, 530);

  g_signal_emit_by_name (handle, "reset");
  lay_out (test, 2 * 500 + SWB_PANE_ROW_GAP);
  g_assert_cmpint (get_width (test, 0), ==, 500);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/pane-row/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (empty);
  ADD (equal);
  ADD (minimum);
  ADD (resize);
  ADD (beyond);
  ADD (remove);
  ADD (handle);
#undef ADD

  return g_test_run ();
}
