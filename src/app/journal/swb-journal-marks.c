/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-marks.h"

#include "app/widgets/swb-compat.h"

#define WIDTH 8
#define MARGIN 1

struct _SwbJournalMarks
{
  GtkWidget parent_instance;

  GtkAdjustment *adjustment;
  SwbJournalModel *model;
  SwbScan *hits; /* borrowed; nullable */
};

G_DEFINE_FINAL_TYPE (SwbJournalMarks, swb_journal_marks, GTK_TYPE_WIDGET)

/* Hits before a row; all of them behind the last. */
static guint64
count_before (SwbJournalMarks *self, guint row, guint n_rows)
{
  if (row >= n_rows)
    return swb_scan_get_n_hits (self->hits);
  return swb_scan_get_n_before (self->hits,
                                swb_journal_model_get_position (self->model, row));
}

GBytes *
swb_journal_marks_compute (SwbJournalMarks *self, guint height)
{
  guint8 *marks = g_new0 (guint8, MAX (height, 1));
  guint n_rows;

  g_return_val_if_fail (SWB_IS_JOURNAL_MARKS (self), NULL);

  n_rows = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  for (guint y = 0; self->hits != NULL && n_rows > 0 && y < height; y++)
    {
      guint first = (guint)((guint64)y * n_rows / height);
      guint end = MAX ((guint)((guint64)(y + 1) * n_rows / height), first + 1);

      marks[y] = count_before (self, end, n_rows) > count_before (self, first, n_rows);
    }
  return g_bytes_new_take (marks, height);
}

static void
swb_journal_marks_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SwbJournalMarks *self = SWB_JOURNAL_MARKS (widget);
  guint height = (guint)gtk_widget_get_height (widget);
  g_autoptr (GBytes) bytes = swb_journal_marks_compute (self, height);
  const guint8 *marks = g_bytes_get_data (bytes, NULL);
  GdkRGBA colour;

  swb_compat_get_colour (widget, &colour);
  for (guint y = 0; y < height;)
    {
      guint n = 0;

      while (y + n < height && marks[y + n])
        n++;
      /* A mark is two pixels high, or it isn't seen. */
      if (n > 0)
        gtk_snapshot_append_color (
            snapshot, &colour,
            &GRAPHENE_RECT_INIT (MARGIN, (float)y, WIDTH - 2 * MARGIN, (float)MAX (n, 2)));
      y += MAX (n, 1);
    }
}

static void
swb_journal_marks_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : 0;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y,
            SwbJournalMarks *self)
{
  double page = gtk_adjustment_get_page_size (self->adjustment);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);

  gtk_adjustment_set_value (self->adjustment,
                            y / height * gtk_adjustment_get_upper (self->adjustment)
                                - page / 2);
}

static void
swb_journal_marks_dispose (GObject *object)
{
  SwbJournalMarks *self = SWB_JOURNAL_MARKS (object);

  swb_journal_marks_set (self, NULL, NULL);
  g_clear_object (&self->adjustment);
  G_OBJECT_CLASS (swb_journal_marks_parent_class)->dispose (object);
}

static void
swb_journal_marks_class_init (SwbJournalMarksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_journal_marks_dispose;
  widget_class->snapshot = swb_journal_marks_snapshot;
  widget_class->measure = swb_journal_marks_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
swb_journal_marks_init (SwbJournalMarks *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "swb-journal-marks");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
swb_journal_marks_set_adjustment (SwbJournalMarks *self, GtkAdjustment *adjustment)
{
  g_return_if_fail (SWB_IS_JOURNAL_MARKS (self));
  g_set_object (&self->adjustment, adjustment);
}

void
swb_journal_marks_set (SwbJournalMarks *self, SwbJournalModel *model, SwbScan *hits)
{
  g_return_if_fail (SWB_IS_JOURNAL_MARKS (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  self->hits = hits;
  if (model != NULL)
    g_signal_connect_swapped (model, "items-changed", G_CALLBACK (gtk_widget_queue_draw),
                              self);
  gtk_widget_set_visible (GTK_WIDGET (self), hits != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
