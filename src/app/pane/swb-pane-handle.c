/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-handle.h"

#include <glib/gi18n.h>

#define KEY_STEP 24

struct _SwbPaneHandle
{
  GtkWidget parent_instance;

  double
      drag_origin; /* of the pointer, in the row's coordinates: the handle itself moves */
};

enum
{
  SIGNAL_GRABBED,
  SIGNAL_MOVED,
  SIGNAL_RESET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbPaneHandle, swb_pane_handle, GTK_TYPE_WIDGET)

static double
to_row (SwbPaneHandle *self, double x)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double row_x = x;

  gtk_widget_translate_coordinates (widget, gtk_widget_get_parent (widget), x, 0, &row_x,
                                    NULL);
  return row_x;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, SwbPaneHandle *self)
{
  self->drag_origin = to_row (self, x);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[SIGNAL_GRABBED], 0);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double offset_x, double offset_y,
                SwbPaneHandle *self)
{
  double start_x, start_y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0,
                 (int)(to_row (self, start_x + offset_x) - self->drag_origin));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, SwbPaneHandle *self)
{
  if (n_press == 2)
    g_signal_emit (self, signals[SIGNAL_RESET], 0);
}

static gboolean
move_by_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  int step = g_variant_get_int32 (args);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    step = -step;
  g_signal_emit (widget, signals[SIGNAL_GRABBED], 0);
  g_signal_emit (widget, signals[SIGNAL_MOVED], 0, step);
  return TRUE;
}

static gboolean
reset_by_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_signal_emit (widget, signals[SIGNAL_RESET], 0);
  return TRUE;
}

static void
add_gestures (SwbPaneHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_gesture_group (drag, click);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
swb_pane_handle_class_init (SwbPaneHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[SIGNAL_GRABBED] = g_signal_new ("grabbed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_RESET] = g_signal_new ("reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "swb-pane-handle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, move_by_key, "i", -KEY_STEP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, move_by_key, "i", KEY_STEP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, reset_by_key, NULL);
}

static void
swb_pane_handle_init (SwbPaneHandle *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_cursor_from_name (widget, "col-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Width of the pane on the left"), -1);
  add_gestures (self);
}

GtkWidget *
swb_pane_handle_new (void)
{
  return g_object_new (SWB_TYPE_PANE_HANDLE, NULL);
}
