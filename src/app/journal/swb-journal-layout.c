/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-view-private.h"
#include "app/widgets/swb-widget.h"

#define HANDLE_WIDTH 6

/* What the columns want. */
#define ROWS_WIDTH 840

/* Below this width the toolbar has two lines, or where one has no room for its words and so
 * much of the filter. */
#define NARROW 900
#define FILTER_ROOM 100

/* Below this width the payload is there only while a row is selected. */
#define TIGHT 700

/* Of the payload with lines of 8 bytes and their text. */
#define HEX_WIDTH 270

/* Below this width the toolbar has less. */
#define TINY 480

/* Of the toolbar, as in ui/journal.css and in the template. */
#define BAR_PADDING 24
#define BAR_SPACING 6

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
  gtk_widget_set_visible (self->heading, !self->is_tiny);
  gtk_widget_set_visible (self->steer, !self->is_tiny);
  swb_journal_layout_update (self);
  return G_SOURCE_REMOVE;
}

static int
measure_width (GtkWidget *widget, gboolean natural)
{
  int least, wanted;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return natural ? wanted : least;
}

/* Of a line of the toolbar without @part, which a tiny one does not have. */
static int
get_least_line (GtkWidget *line, GtkWidget *part)
{
  int least = measure_width (line, FALSE) + BAR_PADDING;

  return gtk_widget_get_visible (part) ? least - measure_width (part, FALSE) - BAR_SPACING
                                       : least;
}

void
swb_journal_layout_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  int bar_minimum, bar_natural, minimum_below, natural_below;

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
  *minimum = MAX (MAX (get_least_line (self->bar_start, self->heading),
                       get_least_line (self->bar_end, self->steer)),
                  minimum_below);
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
  if (!self->is_tiny)
    minimum = MAX (minimum, MIN (HEX_WIDTH, natural));
  return CLAMP (width / 3, minimum, natural);
}

/* Follows the width of the window until a person has moved the divider; what the window
 * then grows is the rows'. Before that the paned must not move what is set here, as it does
 * where the rows resize. */
static void
divide (SwbJournalView *self, const GtkAllocation *place)
{
  GtkPaned *paned = GTK_PANED (self->paned);
  gboolean moved
      = self->divided_width > 0 && gtk_paned_get_position (paned) != self->divided_at;
  gboolean divides = place->width != self->divided_width && !moved
                     && gtk_widget_get_visible (GTK_WIDGET (self->payload));

  gtk_paned_set_resize_start_child (paned, moved);
  gtk_paned_set_resize_end_child (paned, !moved);
  if (divides)
    gtk_paned_set_position (paned, place->width - get_payload_width (self, place->width)
                                       - HANDLE_WIDTH);
  gtk_widget_size_allocate (self->paned, place, -1);
  if (!divides)
    return;

  /* Read back: the paned keeps it within the children's limits. */
  self->divided_width = place->width;
  self->divided_at = gtk_paned_get_position (paned);
}

/* What one line needs, whether or not there are two now: the count is in the other half
 * then. */
static int
get_line_width (SwbJournalView *self)
{
  GtkWidget *count = GTK_WIDGET (self->count_label);
  int words = measure_width (self->bar_start, TRUE) + measure_width (self->bar_end, FALSE);

  if (!self->is_narrow)
    words += measure_width (count, TRUE) - measure_width (count, FALSE);
  return words + FILTER_ROOM + BAR_SPACING + BAR_PADDING;
}

static void
update_room (SwbJournalView *self, int width)
{
  double scaled = width / swb_widget_get_text_scale (GTK_WIDGET (self));
  gboolean is_narrow = scaled < NARROW || width < get_line_width (self);

  if (self->is_narrow == is_narrow && self->is_tight == (scaled < TIGHT)
      && self->is_tiny == (scaled < TINY))
    return;

  self->is_narrow = is_narrow;
  self->is_tight = scaled < TIGHT;
  self->is_tiny = scaled < TINY;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), turn_cb, NULL, NULL);
}

void
swb_journal_layout_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  GtkAllocation place = { 0, 0, width, 0 };
  int bar_minimum;

  update_room (self, width);
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
