/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-strip.h"

#include "app/pane/swb-pane-row.h"

/* In a window that is as low as that the cards scroll. */
#define MIN_HEIGHT 180

struct _SwbPaneStrip
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  SwbPaneRow *row;

  SwbBench *bench;
  SwbPaneView *current;  /* weak: had the focus last */
  SwbPaneView *revealed; /* weak: to be scrolled to when it has a place */
  guint tick;
  guint frames_left; /* until the row is laid out with what was added or removed */
};

enum
{
  SIGNAL_VIEW_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbPaneStrip, swb_pane_strip, GTK_TYPE_WIDGET)

static void
focus_changed_cb (GtkEventController *controller, GParamSpec *pspec, SwbPaneStrip *self)
{
  if (gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (controller)))
    g_set_weak_pointer (&self->current,
                        SWB_PANE_VIEW (gtk_event_controller_get_widget (controller)));
}

static SwbPaneView *
make_view (SwbPaneStrip *self, SwbPane *pane)
{
  GtkWidget *view = swb_pane_view_new (self->bench, pane);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (focus, "notify::contains-focus", G_CALLBACK (focus_changed_cb), self);
  gtk_widget_add_controller (view, focus);
  return SWB_PANE_VIEW (view);
}

/* When the current pane goes, its neighbour takes its place: Ctrl+W can be pressed again.
 */
static void
remove_view (SwbPaneStrip *self, guint position)
{
  gboolean was_current
      = swb_pane_row_get_child (self->row, position) == GTK_WIDGET (self->current);
  guint n_left;

  if (was_current)
    g_clear_weak_pointer (&self->current);
  swb_pane_row_remove (self->row, position);
  n_left = swb_pane_row_get_n_children (self->row);
  if (was_current && n_left > 0)
    {
      GtkWidget *next = swb_pane_row_get_child (self->row, MIN (position, n_left - 1));

      g_set_weak_pointer (&self->current, SWB_PANE_VIEW (next));
      swb_pane_strip_reveal (self, SWB_PANE_VIEW (next));
    }
}

static void
items_changed_cb (GListModel *panes, guint position, guint removed, guint added,
                  SwbPaneStrip *self)
{
  SwbPaneView *first = NULL;

  for (guint i = 0; i < removed; i++)
    remove_view (self, position);

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (SwbPane) pane = g_list_model_get_item (panes, position + i);
      SwbPaneView *view = make_view (self, pane);

      swb_pane_row_insert (self->row, position + i, GTK_WIDGET (view));
      g_signal_emit (self, signals[SIGNAL_VIEW_ADDED], 0, view);
      if (first == NULL && !swb_bench_is_arrival (self->bench, pane))
        first = view;
    }

  /* Of those that come together, a server and its client, one begins with the first. What a
   * peer sent takes the focus from nobody. */
  if (first != NULL && self->revealed == NULL)
    swb_pane_strip_reveal (self, first);
}

static gboolean
scroll_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SwbPaneStrip *self = SWB_PANE_STRIP (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);
  graphene_rect_t bounds;

  /* A tick comes before its frame's layout, so the places are right only in the next one.
   */
  if (self->frames_left > 0
      || (self->revealed != NULL
          && gtk_widget_get_width (GTK_WIDGET (self->revealed)) == 0))
    {
      self->frames_left = self->frames_left > 0 ? self->frames_left - 1 : 0;
      return G_SOURCE_CONTINUE;
    }

  if (self->revealed != NULL
      && gtk_widget_compute_bounds (GTK_WIDGET (self->revealed), GTK_WIDGET (self->row),
                                    &bounds))
    {
      gtk_adjustment_clamp_page (adjustment, bounds.origin.x,
                                 bounds.origin.x + bounds.size.width
                                     + 2 * SWB_PANE_ROW_GAP);
      gtk_widget_child_focus (GTK_WIDGET (self->revealed), GTK_DIR_TAB_FORWARD);
    }
  g_clear_weak_pointer (&self->revealed);
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
drop_bench (SwbPaneStrip *self)
{
  if (self->bench == NULL)
    return;

  g_signal_handlers_disconnect_by_func (swb_bench_get_panes (self->bench), items_changed_cb,
                                        self);
  while (swb_pane_row_get_n_children (self->row) > 0)
    swb_pane_row_remove (self->row, 0);
  g_clear_object (&self->bench);
}

static void
swb_pane_strip_dispose (GObject *object)
{
  SwbPaneStrip *self = SWB_PANE_STRIP (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_weak_pointer (&self->current);
  g_clear_weak_pointer (&self->revealed);
  drop_bench (self);
  g_clear_pointer ((GtkWidget **)&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (swb_pane_strip_parent_class)->dispose (object);
}

static void
swb_pane_strip_class_init (SwbPaneStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_pane_strip_dispose;
  signals[SIGNAL_VIEW_ADDED]
      = g_signal_new ("view-added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, SWB_TYPE_PANE_VIEW);
  gtk_widget_class_set_css_name (widget_class, "swb-pane-strip");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
swb_pane_strip_init (SwbPaneStrip *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->scroller = GTK_SCROLLED_WINDOW (scroller);
  self->row = SWB_PANE_ROW (swb_pane_row_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (self->scroller, MIN_HEIGHT);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->row));
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

void
swb_pane_strip_set_bench (SwbPaneStrip *self, SwbBench *bench)
{
  GListModel *panes;

  g_return_if_fail (SWB_IS_PANE_STRIP (self));
  g_return_if_fail (bench == NULL || SWB_IS_BENCH (bench));

  drop_bench (self);
  if (bench == NULL)
    return;

  self->bench = g_object_ref (bench);
  panes = swb_bench_get_panes (bench);
  g_signal_connect (panes, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (panes, 0, 0, g_list_model_get_n_items (panes), self);
}

guint
swb_pane_strip_get_n_views (SwbPaneStrip *self)
{
  g_return_val_if_fail (SWB_IS_PANE_STRIP (self), 0);

  return swb_pane_row_get_n_children (self->row);
}

SwbPaneView *
swb_pane_strip_get_view (SwbPaneStrip *self, guint index)
{
  g_return_val_if_fail (SWB_IS_PANE_STRIP (self), NULL);

  return SWB_PANE_VIEW (swb_pane_row_get_child (self->row, index));
}

SwbPaneView *
swb_pane_strip_get_current (SwbPaneStrip *self)
{
  g_return_val_if_fail (SWB_IS_PANE_STRIP (self), NULL);

  return self->current;
}

void
swb_pane_strip_reveal (SwbPaneStrip *self, SwbPaneView *view)
{
  g_return_if_fail (SWB_IS_PANE_STRIP (self));
  g_return_if_fail (SWB_IS_PANE_VIEW (view));

  g_set_weak_pointer (&self->revealed, view);
  self->frames_left = 1;
  if (self->tick == 0)
    self->tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_tick_cb, NULL, NULL);
}
