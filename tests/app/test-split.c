/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "app/widgets/swb-split.h"

#define LEAST_BELOW 100
#define ENOUGH_ABOVE 440

typedef struct
{
  SwbSplit *split;
  GtkWidget *paned;
  GtkWidget *above;
  GtkWidget *below;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  test->above = gtk_label_new ("panes");
  test->below = gtk_label_new ("journal");
  gtk_widget_set_size_request (test->below, -1, LEAST_BELOW);
  gtk_paned_set_resize_start_child (GTK_PANED (test->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (test->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (test->paned), FALSE);
  gtk_paned_set_start_child (GTK_PANED (test->paned), test->above);
  test->split = g_object_new (SWB_TYPE_SPLIT, "child", test->paned, NULL);
  g_object_ref_sink (test->split);
  g_object_ref_sink (test->below);
  swb_split_set_below (test->split, 300);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_object_unref (test->below);
  g_object_run_dispose (G_OBJECT (test->split));
  g_assert_finalize_object (test->split);
}

/* Gives it @height; what the lower child then has. */
static int
give (Test *test, int height)
{
  int least;

  gtk_widget_measure (GTK_WIDGET (test->split), GTK_ORIENTATION_VERTICAL, -1, &least, NULL,
                      NULL, NULL);
  g_assert_cmpint (height, >=, least);
  gtk_widget_queue_allocate (test->paned);
  gtk_widget_allocate (GTK_WIDGET (test->split), 400, height, -1, NULL);
  return gtk_widget_get_height (test->below);
}

static void
test_room (Test *test, gconstpointer data)
{
  g_test_summary ("The lower child gives way in a low window and has its height again");
  swb_split_set_end_child (test->split, test->below);
  g_assert_cmpint (give (test, 1000), ==, 300);
  g_assert_cmpint (give (test, 1400), ==, 300);
  g_assert_cmpint (give (test, 640), <, 300);
  g_assert_cmpint (gtk_widget_get_height (test->above), ==, ENOUGH_ABOVE);
  g_assert_cmpint (give (test, 400), ==, LEAST_BELOW);
  g_assert_cmpint (swb_split_get_below (test->split), ==, 300);
  g_assert_cmpint (give (test, 1000), ==, 300);
}

static void
test_moved (Test *test, gconstpointer data)
{
  int position;

  g_test_summary ("What a person gave it stays, also through a lower window");
  swb_split_set_end_child (test->split, test->below);
  g_assert_cmpint (give (test, 1000), ==, 300);
  position = gtk_paned_get_position (GTK_PANED (test->paned));
  gtk_paned_set_position (GTK_PANED (test->paned), position - 50);
  g_assert_cmpint (swb_split_get_below (test->split), ==, 350);
  g_assert_cmpint (give (test, 1000), ==, 350);
  g_assert_cmpint (give (test, 600), <, 350);
  g_assert_cmpint (give (test, 900), ==, 350);
}

static void
test_alone (Test *test, gconstpointer data)
{
  g_test_summary ("The upper child has all until there is a lower one");
  give (test, 900);
  g_assert_cmpint (gtk_widget_get_height (test->above), ==, 900);
  swb_split_set_end_child (test->split, test->below);
  g_assert_cmpint (give (test, 900), ==, 300);
  swb_split_set_end_child (test->split, NULL);
  give (test, 900);
  g_assert_cmpint (gtk_widget_get_height (test->above), ==, 900);
  g_assert_cmpint (swb_split_get_below (test->split), ==, 300);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name) g_test_add ("/split/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (room);
  ADD (moved);
  ADD (alone);
#undef ADD

  return g_test_run ();
}
