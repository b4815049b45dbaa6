/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-view-private.h"

#define HANDLE_WIDTH 6

/* What the columns want. */
#define ROWS_WIDTH 840

/* Below this width the toolbar has two lines. */
#define NARROW 900

/* Below this width the payload is there only while a row is selected. */
#define TIGHT 700

/* Of the toolbar, as in ui/journal.css. */
#define BAR_PADDING 24

void
swb_journal_layout_update (SwbJournalView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->payload),
                          !self->is_tight || self->shown_row != NULL);
}

/* In two lines there is more room in the first. */
static void
place_count (SwbJournalView *self)
{
  g_autoptr (GtkWidget) count = GTK_WIDGET (g_object_ref (self->count_label));

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (count)), count);
  if (self->is_narrow)
    gtk_box_append (GTK_BOX (self->bar_start), count);
  else
    gtk_box_insert_child_after (GTK_BOX (self->bar_end), count,
                                GTK_WIDGET (self->filter_bar));
  gtk_widget_set_hexpand (count, self->is_narrow);
}

/* Not while sizes are given out. */
static gboolean
turn_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar),
                                  self->is_narrow ? GTK_ORIENTATION_VERTICAL
                                                  : GTK_ORIENTATION_HORIZONTAL);
  place_count (self);
  swb_journal_layout_update (self);
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

/* The payload is as wide as its lines of 16 bytes where the rows have their room beside it,
 * else it has a third. */
static int
get_payload_width (SwbJournalView *self, int width)
{
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (self->payload), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      &natural, NULL, NULL);
  if (width - natural >= ROWS_WIDTH)
    return natural;
  return CLAMP (width / 3, minimum, natural);
}

/* The paned gives what the window grew to the rows, also after its position was set. */
static int
get_growth (SwbJournalView *self, int width)
{
  return self->divided_width > 0 ? width - self->divided_width : 0;
}

/* Follows the width of the window until a person has moved the divider. */
static void
divide (SwbJournalView *self, const GtkAllocation *place)
{
  GtkPaned *paned = GTK_PANED (self->paned);
  gboolean moved
      = self->divided_width > 0 && gtk_paned_get_position (paned) != self->divided_at;
  gboolean divides = place->width != self->divided_width && !moved
                     && gtk_widget_get_visible (GTK_WIDGET (self->payload));

  if (divides)
    gtk_paned_set_position (paned, place->width - get_payload_width (self, place->width)
                                       - HANDLE_WIDTH - get_growth (self, place->width));
  gtk_widget_size_allocate (self->paned, place, -1);
  if (!divides)
    return;

  /* Read back: the paned keeps it within the children's limits. */
  self->divided_width = place->width;
  self->divided_at = gtk_paned_get_position (paned);
}

void
swb_journal_layout_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  GtkAllocation place = { 0, 0, width, 0 };
  int bar_minimum;

  if (self->is_narrow != (width < NARROW) || self->is_tight != (width < TIGHT))
    {
      self->is_narrow = width < NARROW;
      self->is_tight = width < TIGHT;
      gtk_widget_add_tick_callback (widget, turn_cb, NULL, NULL);
    }
  /* Until it turns, a frame later, it may need more than there is. */
  gtk_widget_measure (self->toolbar, GTK_ORIENTATION_HORIZONTAL, -1, &bar_minimum, NULL,
                      NULL, NULL);
  place.width = MAX (width, bar_minimum);
  gtk_widget_measure (self->toolbar, GTK_ORIENTATION_VERTICAL, place.width, &place.height,
                      NULL, NULL, NULL);
  gtk_widget_size_allocate (self->toolbar, &place, -1);
  place.width = width;
  place.y = place.height;
  place.height = MAX (height - place.y, 0);
  divide (self, &place);
  gtk_popover_present (GTK_POPOVER (self->popover));
}
