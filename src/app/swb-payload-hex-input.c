/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-payload-hex-private.h"

#include <glib/gi18n.h>

static void
copy (GtkWidget *widget, SwbPayloadFormat format)
{
  SwbPayloadHex *self = SWB_PAYLOAD_HEX (widget);
  g_autofree char *text = swb_payload_hex_print (self, format);
  gsize first, n_bytes;

  if (text == NULL)
    {
      n_bytes = swb_payload_hex_get_selection (self, &first);
      swb_payload_hex_refuse_copy (self, n_bytes > 0 ? n_bytes : self->layout.n_bytes);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gboolean in_text = SWB_PAYLOAD_HEX (widget)->part == SWB_PAYLOAD_PART_TEXT;

  copy (widget, in_text ? SWB_COPY_TEXT : SWB_COPY_HEX);
}

static void
copy_as_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  static const char *const names[] = { "hex.copy-text", "hex.copy-hex", "hex.copy-c",
                                       "hex.copy-python", "hex.copy-base64" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (action_name, names[i]))
      copy (widget, i);
}

static void
select_all_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_payload_hex_select (SWB_PAYLOAD_HEX (widget), 0, G_MAXSIZE);
}

static gsize
step (SwbPayloadHex *self, guint key, gboolean to_end)
{
  gsize per_line = self->layout.per_line, cursor = self->cursor;
  gsize page = per_line
               * MAX (gtk_widget_get_height (GTK_WIDGET (self)) / self->line_height - 1, 1);
  gsize last = self->layout.n_bytes - 1;

  switch (key)
    {
    case GDK_KEY_Left:
      return cursor - MIN (cursor, 1);
    case GDK_KEY_Right:
      return MIN (cursor + 1, last);
    case GDK_KEY_Up:
      return cursor >= per_line ? cursor - per_line : cursor;
    case GDK_KEY_Down:
      return cursor + per_line <= last ? cursor + per_line : cursor;
    case GDK_KEY_Page_Up:
      return cursor >= page ? cursor - page : cursor % per_line;
    case GDK_KEY_Page_Down:
      return MIN (cursor + page, last);
    case GDK_KEY_Home:
      return to_end ? 0 : cursor - cursor % per_line;
    case GDK_KEY_End:
      return to_end ? last : MIN (cursor - cursor % per_line + per_line - 1, last);
    default:
      return G_MAXSIZE;
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code,
                GdkModifierType state, SwbPayloadHex *self)
{
  gsize cursor;

  if (self->layout.n_bytes == 0 || (state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  cursor = step (self, key, (state & GDK_CONTROL_MASK) != 0);
  if (cursor == G_MAXSIZE)
    return GDK_EVENT_PROPAGATE;
  swb_payload_hex_move (self, self->has_selection ? cursor : self->cursor,
                        (state & GDK_SHIFT_MASK) != 0);
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, SwbPayloadHex *self)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gsize index = swb_payload_hex_hit (self, x, y, &self->part);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  swb_payload_hex_move (self, index, (state & GDK_SHIFT_MASK) != 0);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, SwbPayloadHex *self)
{
  SwbPayloadPart part;
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    swb_payload_hex_move (self, swb_payload_hex_hit (self, x + dx, y + dy, &part), TRUE);
}

static void
popup_at (SwbPayloadHex *self, double x, double y)
{
  GdkRectangle point = { (int)x, (int)y, 1, 1 };

  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &point);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  popup_at (SWB_PAYLOAD_HEX (widget), gtk_widget_get_width (widget) / 3.0,
            gtk_widget_get_height (widget) / 3.0);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, SwbPayloadHex *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  popup_at (self, x, y);
}

static GtkWidget *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();
  g_autoptr (GMenu) selection = g_menu_new ();

  g_menu_append (copies, _ ("Copy as _Text"), "hex.copy-text");
  g_menu_append (copies, _ ("Copy as _Hex"), "hex.copy-hex");
  g_menu_append (copies, _ ("Copy as _C Array"), "hex.copy-c");
  g_menu_append (copies, _ ("Copy as _Python Bytes"), "hex.copy-python");
  g_menu_append (copies, _ ("Copy as _Base64"), "hex.copy-base64");
  g_menu_append (selection, _ ("Select _All"), "hex.select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (selection));
  return gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
}

void
swb_payload_hex_init_input (SwbPayloadHex *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->popover = make_menu ();
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
swb_payload_hex_install_input (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "hex.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "hex.copy-text", NULL, copy_as_cb);
  gtk_widget_class_install_action (widget_class, "hex.copy-hex", NULL, copy_as_cb);
  gtk_widget_class_install_action (widget_class, "hex.copy-c", NULL, copy_as_cb);
  gtk_widget_class_install_action (widget_class, "hex.copy-python", NULL, copy_as_cb);
  gtk_widget_class_install_action (widget_class, "hex.copy-base64", NULL, copy_as_cb);
  gtk_widget_class_install_action (widget_class, "hex.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "hex.menu", NULL, menu_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "hex.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK,
                                       "hex.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "hex.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "hex.menu", NULL);
}

char *
swb_payload_hex_print (SwbPayloadHex *self, SwbPayloadFormat format)
{
  g_autofree guint8 *data = NULL;
  gsize first, n_bytes;

  g_return_val_if_fail (SWB_IS_PAYLOAD_HEX (self), NULL);

  n_bytes = swb_payload_hex_get_selection (self, &first);
  if (n_bytes == 0)
    n_bytes = self->layout.n_bytes;
  if (n_bytes > SWB_PAYLOAD_COPY_MAX)
    return NULL;
  data = g_malloc (n_bytes + 1);
  if (self->source != NULL)
    n_bytes = swb_byte_source_read (self->source, first, data, NULL, n_bytes);
  return swb_payload_copy_print (data, n_bytes, format, self->encoding);
}
