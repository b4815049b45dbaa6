/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-follow-text-private.h"

#include <glib/gi18n.h>

#define WHEEL_LINES 3

static void
copy (GtkWidget *widget, SwbPayloadFormat format)
{
  g_autofree char *text = swb_follow_text_print (SWB_FOLLOW_TEXT (widget), format);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  static const char *const names[]
      = { "follow.copy-text", "follow.copy-hex", "follow.copy-c", "follow.copy-python",
          "follow.copy-base64" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (action_name, names[i]))
      copy (widget, i);
}

static void
select_all_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_follow_text_select (SWB_FOLLOW_TEXT (widget), 0, G_MAXUINT64);
}

static gboolean
key_pressed_cb (SwbFollowText *self, guint key, guint code, GdkModifierType state)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if ((state & (GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up:
      swb_follow_text_scroll (self, -self->line_height);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      swb_follow_text_scroll (self, self->line_height);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      swb_follow_text_scroll (self, -MAX (height - self->line_height, self->line_height));
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_space:
      swb_follow_text_scroll (self, MAX (height - self->line_height, self->line_height));
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      swb_follow_text_scroll_to (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      swb_follow_text_scroll_to_end (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
wheel_cb (SwbFollowText *self, double dx, double dy, GtkEventControllerScroll *wheel)
{
  gboolean in_pixels
      = gtk_event_controller_scroll_get_unit (wheel) == GDK_SCROLL_UNIT_SURFACE;

  swb_follow_text_scroll (self, in_pixels ? dy : dy * WHEEL_LINES * self->line_height);
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (SwbFollowText *self, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint64 offset;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!swb_follow_text_hit (self, x, y, &offset))
    return;
  /* A click alone takes the selection back; only what is dragged over is selected. */
  if ((state & GDK_SHIFT_MASK) != 0)
    swb_follow_text_select_to (self, offset, TRUE);
  else
    swb_follow_text_select (self, 0, 0);
}

static void
drag_update_cb (SwbFollowText *self, double dx, double dy, GtkGestureDrag *gesture)
{
  guint64 offset, start;
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (!self->has_selection && swb_follow_text_hit (self, x, y, &start))
    swb_follow_text_select_to (self, start, FALSE);
  if (y + dy < 0 || y + dy >= gtk_widget_get_height (GTK_WIDGET (self)))
    swb_follow_text_scroll (self, y + dy < 0 ? -self->line_height : self->line_height);
  if (swb_follow_text_hit (self, x + dx, CLAMP (y + dy, 0, G_MAXINT16), &offset))
    swb_follow_text_select_to (self, offset, TRUE);
}

static void
popup_at (SwbFollowText *self, double x, double y)
{
  GdkRectangle point = { (int)x, (int)y, 1, 1 };

  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &point);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  popup_at (SWB_FOLLOW_TEXT (widget), gtk_widget_get_width (widget) / 3.0,
            gtk_widget_get_height (widget) / 3.0);
}

static void
pressed_cb (SwbFollowText *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  popup_at (self, x, y);
}

static gboolean
tooltip_cb (SwbFollowText *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;
  guint64 offset;

  if (by_keyboard || self->describe == NULL || !swb_follow_text_hit (self, x, y, &offset))
    return FALSE;
  text = self->describe (offset, FALSE, self->describe_data);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static GtkWidget *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();
  g_autoptr (GMenu) selection = g_menu_new ();

  g_menu_append (copies, _ ("Copy as _Text"), "follow.copy-text");
  g_menu_append (copies, _ ("Copy as _Hex"), "follow.copy-hex");
  g_menu_append (copies, _ ("Copy as _C Array"), "follow.copy-c");
  g_menu_append (copies, _ ("Copy as _Python Bytes"), "follow.copy-python");
  g_menu_append (copies, _ ("Copy as _Base64"), "follow.copy-base64");
  g_menu_append (selection, _ ("Select _All"), "follow.select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (selection));
  return gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
}

static void
add_controller (SwbFollowText *self, gpointer controller, const char *signal,
                GCallback callback)
{
  g_signal_connect_swapped (controller, signal, callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
swb_follow_text_init_input (SwbFollowText *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->popover = make_menu ();
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  add_controller (self, drag, "drag-begin", G_CALLBACK (drag_begin_cb));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  add_controller (self, click, "pressed", G_CALLBACK (pressed_cb));
  add_controller (self, gtk_event_controller_key_new (), "key-pressed",
                  G_CALLBACK (key_pressed_cb));
  add_controller (self,
                  gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL),
                  "scroll", G_CALLBACK (wheel_cb));
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
}

void
swb_follow_text_install_input (GtkWidgetClass *widget_class)
{
  static const char *const copies[]
      = { "follow.copy-text", "follow.copy-hex", "follow.copy-c", "follow.copy-python",
          "follow.copy-base64" };

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    gtk_widget_class_install_action (widget_class, copies[i], NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "follow.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "follow.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "follow.copy-text", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK,
                                       "follow.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "follow.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "follow.menu", NULL);
}
