/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-compat.h"
#include "app/journal/swb-journal-view-private.h"

/* A list is laid out within so many frames after its rows changed. */
#define SETTLE_FRAMES 2

/* Rows that came while the list had no size were not scrolled to. */
static gboolean
is_far_from_end (GtkAdjustment *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);

  return page > 0
         && gtk_adjustment_get_value (adjustment) + 2 * page
                < gtk_adjustment_get_upper (adjustment);
}

/* The list scrolls to where it reckons its last row, which it may not have laid out yet,
 * and can miss by a row. Two frames later the height is known. */
static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (--self->settles_in > 0)
    return G_SOURCE_CONTINUE;
  if (!self->follows || !gtk_widget_get_mapped (GTK_WIDGET (self->column_view))
      || n_rows == 0)
    return G_SOURCE_REMOVE;
  /* Over a million rows a value alone takes the list to where it has nothing to draw. */
  if (is_far_from_end (adjustment))
    {
      swb_compat_scroll_to (self->column_view, n_rows - 1);
      self->settles_in = SETTLE_FRAMES;
      return G_SOURCE_CONTINUE;
    }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

void
swb_journal_view_scroll_to_end (SwbJournalView *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n_rows == 0)
    return;
  swb_compat_scroll_to (self->column_view, n_rows - 1);
  if (self->settles_in == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
  self->settles_in = SETTLE_FRAMES;
}

void
swb_journal_view_follow (SwbJournalView *self, gboolean follows)
{
  self->follows = follows;
  if (follows)
    swb_journal_view_scroll_to_end (self);
  swb_journal_actions_update (self);
}

/* A person who scrolls up leaves the end, and comes back to it by scrolling down. What
 * grows, or a window that changes its height, moves nobody. */
static void
scrolled_cb (GtkAdjustment *adjustment, SwbJournalView *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);
  gboolean at_end = value + gtk_adjustment_get_page_size (adjustment) >= upper - 1;
  gboolean went_up = value < self->last_value && upper >= self->last_upper;

  self->last_value = value;
  self->last_upper = upper;
  if (at_end != self->follows && (at_end || went_up))
    {
      self->follows = at_end;
      swb_journal_actions_update (self);
    }
}

/* Rows that have no size yet cannot be scrolled to, also where they only took the place of
 * those that the journal forgot. */
static void
items_changed_cb (GListModel *rows, guint index, guint removed, guint added,
                  SwbJournalView *self)
{
  if (self->settles_in > 0)
    self->settles_in = SETTLE_FRAMES;
}

void
swb_journal_follow_init (SwbJournalView *self)
{
  self->follows = TRUE;
  g_signal_connect (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                    G_CALLBACK (scrolled_cb), self);
}
