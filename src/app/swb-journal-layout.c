/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-journal-view-private.h"

#define HANDLE_WIDTH 6

/* Below this width the toolbar has two lines. */
#define NARROW 900

/* Of the toolbar, as in ui/journal.css. */
#define BAR_PADDING 24

/* Not while sizes are given out. */
static gboolean
turn_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar),
                                  self->is_narrow ? GTK_ORIENTATION_VERTICAL
                                                  : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

void
swb_journal_layout_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  int bar_minimum, bar_natural, end_minimum, minimum_below, natural_below;

  gtk_widget_measure (self->toolbar, orientation, -1, &bar_minimum, &bar_natural, NULL,
                      NULL);
  gtk_widget_measure (self->paned, orientation, -1, &minimum_below, &natural_below, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = bar_minimum + minimum_below;
      *natural = bar_natural + natural_below;
      return;
    }
  /* Whatever the bar is now, it can have two lines. */
  gtk_widget_measure (self->bar_start, orientation, -1, &bar_minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->bar_end, orientation, -1, &end_minimum, NULL, NULL, NULL);
  *minimum = MAX (MAX (bar_minimum, end_minimum) + BAR_PADDING, minimum_below);
  *natural = MAX (bar_natural, natural_below);
}

/* The payload begins as wide as its lines of 16 bytes, if more than half is left to the
 * rows. */
static void
divide (SwbJournalView *self, int width)
{
  int wanted;

  self->is_divided = TRUE;
  gtk_widget_measure (GTK_WIDGET (self->payload), GTK_ORIENTATION_HORIZONTAL, -1, NULL,
                      &wanted, NULL, NULL);
  if (wanted < width / 2)
    gtk_paned_set_position (GTK_PANED (self->paned), width - wanted - HANDLE_WIDTH);
}

void
swb_journal_layout_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  GtkAllocation place = { 0, 0, width, 0 };

  if (self->is_narrow != (width < NARROW))
    {
      self->is_narrow = width < NARROW;
      gtk_widget_add_tick_callback (widget, turn_cb, NULL, NULL);
    }
  if (!self->is_divided)
    divide (self, width);
  gtk_widget_measure (self->toolbar, GTK_ORIENTATION_VERTICAL, width, &place.height, NULL,
                      NULL, NULL);
  gtk_widget_size_allocate (self->toolbar, &place, -1);
  place.y = place.height;
  place.height = MAX (height - place.y, 0);
  gtk_widget_size_allocate (self->paned, &place, -1);
  gtk_popover_present (GTK_POPOVER (self->popover));
}
