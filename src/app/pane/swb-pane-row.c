/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-row.h"

#include "app/pane/swb-pane-handle.h"

typedef struct
{
  GtkWidget *child;
  GtkWidget *handle; /* to the right of the child; not shown for the last one */
  double weight;     /* its share of the width */
  int floor; /* the least width, larger than the child's own after a resize beyond the row
              */
  int width; /* as allocated */
  int grabbed_width;
} Slot;

struct _SwbPaneRow
{
  GtkWidget parent_instance;

  GPtrArray *slots; /* (element-type Slot) */
};

G_DEFINE_FINAL_TYPE (SwbPaneRow, swb_pane_row, GTK_TYPE_WIDGET)

static void
slot_free (Slot *slot)
{
  gtk_widget_unparent (slot->handle);
  gtk_widget_unparent (slot->child);
  g_free (slot);
}

static Slot *
get_slot (SwbPaneRow *self, guint index)
{
  return g_ptr_array_index (self->slots, index);
}

static int
slot_get_minimum (Slot *slot)
{
  int minimum = 0;

  gtk_widget_measure (slot->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  return MAX (MAX (minimum, SWB_PANE_ROW_MIN_WIDTH), slot->floor);
}

/* Shares @room by weight. Whoever would get less than his minimum gets that, and the others
 * share the rest, until all are content: at most one round per child. */
static void
share_width (SwbPaneRow *self, int room, int *widths)
{
  gboolean settled = FALSE;

  for (guint i = 0; i < self->slots->len; i++)
    widths[i] = 0;
  while (!settled)
    {
      double weights = 0;
      double rest = room;

      settled = TRUE;
      for (guint i = 0; i < self->slots->len; i++)
        if (widths[i] > 0)
          rest -= widths[i];
        else
          weights += get_slot (self, i)->weight;

      for (guint i = 0; i < self->slots->len; i++)
        {
          Slot *slot = get_slot (self, i);
          int minimum = slot_get_minimum (slot);

          if (widths[i] == 0 && slot->weight * rest / weights < minimum)
            {
              widths[i] = minimum;
              settled = FALSE;
            }
        }

      for (guint i = 0; settled && i < self->slots->len; i++)
        if (widths[i] == 0)
          widths[i] = (int)(get_slot (self, i)->weight * rest / weights);
    }
}

static int
get_gaps (SwbPaneRow *self)
{
  return self->slots->len > 0 ? (int)(self->slots->len - 1) * SWB_PANE_ROW_GAP : 0;
}

static void
measure_widths (SwbPaneRow *self, int *minimum, int *natural)
{
  *minimum = *natural = get_gaps (self);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      int least = slot_get_minimum (slot);
      int wanted = 0;

      gtk_widget_measure (slot->child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL,
                          NULL);
      *minimum += least;
      *natural += MAX (least, wanted);
    }
}

/* @width: of the row, or -1. Text that wraps is higher in a narrow pane than in a wide one.
 */
static void
measure_heights (SwbPaneRow *self, int width, int *minimum, int *natural)
{
  g_autofree int *widths = g_new (int, self->slots->len);

  share_width (self, MAX (width, 0) - get_gaps (self), widths);
  *minimum = *natural = 0;
  for (guint i = 0; i < self->slots->len; i++)
    {
      int least, wanted;

      gtk_widget_measure (get_slot (self, i)->child, GTK_ORIENTATION_VERTICAL,
                          width < 0 ? -1 : widths[i], &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

static void
swb_pane_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                      int *minimum, int *natural, int *minimum_baseline,
                      int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_widths (SWB_PANE_ROW (widget), minimum, natural);
  else
    measure_heights (SWB_PANE_ROW (widget), for_size, minimum, natural);
}

static GtkSizeRequestMode
swb_pane_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
swb_pane_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbPaneRow *self = SWB_PANE_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autofree int *widths = g_new (int, self->slots->len);
  int x = 0;

  share_width (self, width - get_gaps (self), widths);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      int left = rtl ? width - x - widths[i] : x;
      int handle_left = rtl ? left - SWB_PANE_ROW_GAP : left + widths[i];

      slot->width = widths[i];
      gtk_widget_size_allocate (slot->child, &(GtkAllocation){ left, 0, widths[i], height },
                                -1);
      if (gtk_widget_get_visible (slot->handle))
        gtk_widget_size_allocate (
            slot->handle, &(GtkAllocation){ handle_left, 0, SWB_PANE_ROW_GAP, height }, -1);
      x += widths[i] + SWB_PANE_ROW_GAP;
    }
}

static gboolean
find_handle (SwbPaneRow *self, SwbPaneHandle *handle, guint *index)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      if (slot->handle == GTK_WIDGET (handle))
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
grabbed_cb (SwbPaneHandle *handle, SwbPaneRow *self)
{
  guint index;

  if (find_handle (self, handle, &index))
    {
      Slot *slot = get_slot (self, index);

      slot->grabbed_width = slot->width;
    }
}

static void
moved_cb (SwbPaneHandle *handle, int offset, SwbPaneRow *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint index;

  if (find_handle (self, handle, &index))
    {
      Slot *slot = get_slot (self, index);

      swb_pane_row_resize (self, index, slot->grabbed_width + (rtl ? -offset : offset));
    }
}

static void
reset_cb (SwbPaneHandle *handle, SwbPaneRow *self)
{
  swb_pane_row_equalize (self);
}

static void
show_handles (SwbPaneRow *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      gtk_widget_set_visible (slot->handle, i + 1 < self->slots->len);
      if (i + 1 == self->slots->len)
        slot->floor = 0; /* nothing is left that could make it smaller again */
    }
}

static void
swb_pane_row_dispose (GObject *object)
{
  SwbPaneRow *self = SWB_PANE_ROW (object);

  g_ptr_array_set_size (self->slots, 0);
  G_OBJECT_CLASS (swb_pane_row_parent_class)->dispose (object);
}

static void
swb_pane_row_finalize (GObject *object)
{
  SwbPaneRow *self = SWB_PANE_ROW (object);

  g_ptr_array_unref (self->slots);
  G_OBJECT_CLASS (swb_pane_row_parent_class)->finalize (object);
}

static void
swb_pane_row_class_init (SwbPaneRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_pane_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_pane_row_finalize;
  widget_class->get_request_mode = swb_pane_row_get_request_mode;
  widget_class->measure = swb_pane_row_measure;
  widget_class->size_allocate = swb_pane_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "swb-pane-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
swb_pane_row_init (SwbPaneRow *self)
{
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify)slot_free);
}

GtkWidget *
swb_pane_row_new (void)
{
  return g_object_new (SWB_TYPE_PANE_ROW, NULL);
}

guint
swb_pane_row_get_n_children (SwbPaneRow *self)
{
  g_return_val_if_fail (SWB_IS_PANE_ROW (self), 0);

  return self->slots->len;
}

GtkWidget *
swb_pane_row_get_child (SwbPaneRow *self, guint index)
{
  g_return_val_if_fail (SWB_IS_PANE_ROW (self), NULL);
  g_return_val_if_fail (index < self->slots->len, NULL);

  return get_slot (self, index)->child;
}

void
swb_pane_row_insert (SwbPaneRow *self, guint index, GtkWidget *child)
{
  GtkWidget *before = NULL;
  double weights = 0;
  Slot *slot;

  g_return_if_fail (SWB_IS_PANE_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (child));
  g_return_if_fail (index <= self->slots->len);

  for (guint i = 0; i < self->slots->len; i++)
    weights += get_slot (self, i)->weight;
  if (index > 0)
    before = get_slot (self, index - 1)->handle;

  slot = g_new0 (Slot, 1);
  slot->child = child;
  slot->handle = swb_pane_handle_new ();
  slot->weight = self->slots->len > 0 ? weights / self->slots->len : 1;
  g_signal_connect (slot->handle, "grabbed", G_CALLBACK (grabbed_cb), self);
  g_signal_connect (slot->handle, "moved", G_CALLBACK (moved_cb), self);
  g_signal_connect (slot->handle, "reset", G_CALLBACK (reset_cb), self);

  /* The order of the widgets is the order of the Tab key. */
  gtk_widget_insert_after (child, GTK_WIDGET (self), before);
  gtk_widget_insert_after (slot->handle, GTK_WIDGET (self), child);
  g_ptr_array_insert (self->slots, (int)index, slot);
  show_handles (self);
}

void
swb_pane_row_remove (SwbPaneRow *self, guint index)
{
  g_return_if_fail (SWB_IS_PANE_ROW (self));
  g_return_if_fail (index < self->slots->len);

  g_ptr_array_remove_index (self->slots, index);
  show_handles (self);
}

void
swb_pane_row_resize (SwbPaneRow *self, guint index, int width)
{
  Slot *slot;
  Slot *next;
  int neighbour;

  g_return_if_fail (SWB_IS_PANE_ROW (self));
  g_return_if_fail (index + 1 < self->slots->len);

  slot = get_slot (self, index);
  next = get_slot (self, index + 1);
  slot->floor = 0;
  width = MAX (width, slot_get_minimum (slot));
  neighbour = next->width - (width - slot->width);
  if (neighbour < slot_get_minimum (next))
    {
      neighbour = slot_get_minimum (next);
      slot->floor = width;
    }

  for (guint i = 0; i < self->slots->len; i++)
    get_slot (self, i)->weight = MAX (1, get_slot (self, i)->width);
  slot->weight = width;
  next->weight = neighbour;
  /* Two moves may come between two frames. */
  slot->width = width;
  next->width = neighbour;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
swb_pane_row_equalize (SwbPaneRow *self)
{
  g_return_if_fail (SWB_IS_PANE_ROW (self));

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      slot->weight = 1;
      slot->floor = 0;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
