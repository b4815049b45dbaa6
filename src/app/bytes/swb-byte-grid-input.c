/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-byte-grid-private.h"

#include <glib/gi18n.h>

/* In the order of SwbPayloadFormat. */
static const char *const copies[] = { "bytes.copy-text", "bytes.copy-hex", "bytes.copy-c",
                                      "bytes.copy-python", "bytes.copy-base64" };

static guint refused;

static void
copy (GtkWidget *widget, SwbPayloadFormat format)
{
  SwbByteGrid *self = SWB_BYTE_GRID (widget);
  g_autofree char *text = swb_byte_grid_print (self, format);
  guint64 first, n_bytes;

  if (text != NULL)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
      return;
    }
  n_bytes = swb_byte_grid_get_selection (self, &first);
  if (n_bytes == 0)
    n_bytes = swb_byte_grid_get_state (self)->n_bytes;
  g_signal_emit (self, refused, 0, n_bytes);
}

static void
copy_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  copy (widget, SWB_BYTE_GRID_GET_CLASS (widget)->get_copy_format (SWB_BYTE_GRID (widget)));
}

static void
copy_as_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    if (g_str_equal (action_name, copies[i]))
      copy (widget, i);
}

static void
select_all_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_byte_grid_select (SWB_BYTE_GRID (widget), 0, G_MAXUINT64);
}

static int
count_page (SwbByteGrid *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  return MAX (height / swb_byte_grid_get_state (self)->line_height - 1, 1);
}

/* The keypad's keys do what the others of their name do. */
static guint
get_key (guint key)
{
  static const guint keys[][2] = {
    { GDK_KEY_KP_Left, GDK_KEY_Left },       { GDK_KEY_KP_Right, GDK_KEY_Right },
    { GDK_KEY_KP_Up, GDK_KEY_Up },           { GDK_KEY_KP_Down, GDK_KEY_Down },
    { GDK_KEY_KP_Page_Up, GDK_KEY_Page_Up }, { GDK_KEY_KP_Page_Down, GDK_KEY_Page_Down },
    { GDK_KEY_KP_Home, GDK_KEY_Home },       { GDK_KEY_KP_End, GDK_KEY_End },
    { GDK_KEY_KP_Space, GDK_KEY_space },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i][0] == key)
      return keys[i][1];
  return key;
}

/* How many rows a key goes down; 0 for the other keys. */
static int
count_rows (SwbByteGrid *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_Up:
      return -1;
    case GDK_KEY_Down:
      return 1;
    case GDK_KEY_Page_Up:
      return -count_page (self);
    case GDK_KEY_Page_Down:
      return count_page (self);
    default:
      return 0;
    }
}

/* Returns: %FALSE for a key that goes nowhere */
static gboolean
step (SwbByteGrid *self, guint key, gboolean to_edge, guint64 from, guint64 *to)
{
  SwbByteGridClass *klass = SWB_BYTE_GRID_GET_CLASS (self);
  guint64 last_byte = swb_byte_grid_get_state (self)->n_bytes - 1, first, last;
  int n_rows = count_rows (self, key);

  if (n_rows != 0)
    {
      *to = klass->step (self, from, n_rows);
      return TRUE;
    }
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    {
      klass->get_char (self, from, &first, &last);
      *to = key == GDK_KEY_Left ? first - MIN (first, 1) : MIN (last + 1, last_byte);
      return TRUE;
    }
  if (key != GDK_KEY_Home && key != GDK_KEY_End)
    return FALSE;
  klass->get_row (self, from, &first, &last);
  if (to_edge)
    *to = key == GDK_KEY_Home ? 0 : last_byte;
  else
    *to = key == GDK_KEY_Home ? first : last;
  return TRUE;
}

static gboolean
scroll (SwbByteGrid *self, guint key)
{
  SwbByteGridClass *klass = SWB_BYTE_GRID_GET_CLASS (self);
  int n_rows = key == GDK_KEY_space ? count_page (self) : count_rows (self, key);

  if (n_rows != 0)
    klass->scroll_rows (self, n_rows);
  else if (key == GDK_KEY_Home || key == GDK_KEY_End)
    klass->scroll_to_edge (self, key == GDK_KEY_End);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* The first key says where it begins; those that go far take what lies between with them.
 */
static gboolean
begin (SwbByteGrid *self, guint key, gboolean extend, gboolean to_edge)
{
  SwbByteGridState *grid = swb_byte_grid_get_state (self);
  guint64 start = SWB_BYTE_GRID_GET_CLASS (self)->get_start (self), to;

  if (!step (self, key, to_edge, start, &to))
    return GDK_EVENT_PROPAGATE;
  grid->anchor = start;
  if (extend && key != GDK_KEY_Left && key != GDK_KEY_Right)
    swb_byte_grid_move (self, to, TRUE);
  else
    swb_byte_grid_move (self, start, FALSE);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (SwbByteGrid *self, guint keyval, guint code, GdkModifierType state)
{
  SwbByteGridState *grid = swb_byte_grid_get_state (self);
  guint key = get_key (keyval);
  gboolean extend = (state & GDK_SHIFT_MASK) != 0;
  gboolean to_edge = (state & GDK_CONTROL_MASK) != 0;
  guint64 to;

  if (grid->n_bytes == 0 || (state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if (SWB_BYTE_GRID_GET_CLASS (self)->keys_scroll && !extend)
    return scroll (self, key);
  if (!grid->has_selection)
    return begin (self, key, extend, to_edge);
  if (!step (self, key, to_edge, grid->cursor, &to))
    return GDK_EVENT_PROPAGATE;
  swb_byte_grid_move (self, to, extend);
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (SwbByteGrid *self, double x, double y, GtkGesture *gesture)
{
  SwbByteGridClass *klass = SWB_BYTE_GRID_GET_CLASS (self);
  SwbByteGridState *grid = swb_byte_grid_get_state (self);
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean extend = (state & GDK_SHIFT_MASK) != 0;
  guint64 offset;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!klass->hit (self, x, y, TRUE, &offset))
    return;
  if (extend || klass->click_selects)
    {
      swb_byte_grid_move (self, offset,
                          extend && (grid->has_selection || !klass->click_selects));
      return;
    }
  /* A click alone takes the selection back; only what is dragged over is selected. */
  swb_byte_grid_select (self, 0, 0);
  grid->anchor = grid->cursor = offset;
}

static void
drag_update_cb (SwbByteGrid *self, double dx, double dy, GtkGestureDrag *gesture)
{
  guint64 offset;
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y)
      && SWB_BYTE_GRID_GET_CLASS (self)->hit (self, x + dx, y + dy, FALSE, &offset))
    swb_byte_grid_move (self, offset, TRUE);
}

static void
popup_at (SwbByteGrid *self, double x, double y)
{
  GtkPopover *popover = GTK_POPOVER (swb_byte_grid_get_state (self)->popover);
  GdkRectangle point = { (int)x, (int)y, 1, 1 };

  gtk_popover_set_pointing_to (popover, &point);
  gtk_popover_popup (popover);
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  popup_at (SWB_BYTE_GRID (widget), gtk_widget_get_width (widget) / 3.0,
            gtk_widget_get_height (widget) / 3.0);
}

static void
pressed_cb (SwbByteGrid *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  popup_at (self, x, y);
}

static GtkWidget *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) formats = g_menu_new ();
  g_autoptr (GMenu) selection = g_menu_new ();

  g_menu_append (formats, _ ("Copy as _Text"), "bytes.copy-text");
  g_menu_append (formats, _ ("Copy as _Hex"), "bytes.copy-hex");
  g_menu_append (formats, _ ("Copy as _C Array"), "bytes.copy-c");
  g_menu_append (formats, _ ("Copy as _Python Bytes"), "bytes.copy-python");
  g_menu_append (formats, _ ("Copy as _Base64"), "bytes.copy-base64");
  g_menu_append (selection, _ ("Select _All"), "bytes.select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (formats));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (selection));
  return gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
}

static void
add_controller (SwbByteGrid *self, gpointer controller, const char *signal,
                GCallback callback)
{
  g_signal_connect_swapped (controller, signal, callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
swb_byte_grid_init_input (SwbByteGrid *self)
{
  SwbByteGridState *grid = swb_byte_grid_get_state (self);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  grid->popover = make_menu ();
  gtk_popover_set_has_arrow (GTK_POPOVER (grid->popover), FALSE);
  gtk_widget_set_halign (grid->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (grid->popover, GTK_WIDGET (self));

  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  add_controller (self, drag, "drag-begin", G_CALLBACK (drag_begin_cb));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  add_controller (self, click, "pressed", G_CALLBACK (pressed_cb));
  add_controller (self, gtk_event_controller_key_new (), "key-pressed",
                  G_CALLBACK (key_pressed_cb));
}

void
swb_byte_grid_install_input (GtkWidgetClass *widget_class)
{
  refused = g_signal_new ("copy-refused", SWB_TYPE_BYTE_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  gtk_widget_class_install_action (widget_class, "bytes.copy", NULL, copy_cb);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    gtk_widget_class_install_action (widget_class, copies[i], NULL, copy_as_cb);
  gtk_widget_class_install_action (widget_class, "bytes.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "bytes.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "bytes.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK,
                                       "bytes.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "bytes.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "bytes.menu", NULL);
}
