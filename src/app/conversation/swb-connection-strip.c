/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-connection-strip.h"

#include "app/conversation/swb-chip.h"
#include "app/conversation/swb-connection-finder.h"
#include "app/journal/swb-journal-format.h"
#include "app/widgets/swb-widget.h"

#include <glib/gi18n.h>
#include <sys/socket.h>

/* More of them are no longer chips to look through, but a list to search. */
#define CHIPS_MAX 16

struct _SwbConnectionStrip
{
  GtkBox parent_instance;

  GtkLabel *count;
  GtkLabel *queue;
  GtkToggleButton *all;
  GtkWidget *scroller;
  GtkListView *list;
  GtkMenuButton *find;
  SwbConnectionFinder *finder;
  GtkPopoverMenu *menu;

  SwbPaneRunner *runner;
  GtkSingleSelection *selection;
  GPtrArray *chips;        /* the chips that are bound, borrowed */
  SwbConnection *menu_for; /* whose menu is open */
  guint chosen;
  gboolean recorded;
};

G_DEFINE_FINAL_TYPE (SwbConnectionStrip, swb_connection_strip, GTK_TYPE_BOX)

static guint changed_signal;

static void
label_find (SwbConnectionStrip *self, SwbConnection *connection)
{
  g_autofree char *peer = connection != NULL ? swb_chip_dup_label (connection) : NULL;
  g_autofree char *label = NULL;

  if (connection != NULL && peer[0] != '#')
    label = g_strdup_printf ("#%u · %s", swb_connection_get_number (connection), peer);
  else if (connection != NULL)
    label = g_steal_pointer (&peer);
  /* Translators: opens a list in which one of many connections is searched */
  gtk_menu_button_set_label (self->find, label != NULL ? label : _ ("Find…"));
}

static void
selected_cb (SwbConnectionStrip *self)
{
  SwbConnection *connection = gtk_single_selection_get_selected_item (self->selection);
  guint chosen
      = connection != NULL ? swb_connection_get_number (connection) : SWB_CONNECTION_ALL;

  if (chosen == self->chosen)
    return;
  /* First, since the toggle's own handler asks for it. */
  self->chosen = chosen;
  label_find (self, connection);
  gtk_toggle_button_set_active (self->all, chosen == SWB_CONNECTION_ALL);
  g_signal_emit (self, changed_signal, 0);
}

static void
all_cb (SwbConnectionStrip *self)
{
  if (gtk_toggle_button_get_active (self->all))
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  else if (self->chosen == SWB_CONNECTION_ALL)
    gtk_toggle_button_set_active (self->all, TRUE);
}

static char *
dup_count (guint n, guint n_closed)
{
  g_autofree char *open = swb_journal_format_number (n);
  g_autofree char *closed = swb_journal_format_number (n_closed);

  if (n == 0 && n_closed == 0)
    return g_strdup (_ ("No connections yet"));
  if (n_closed == 0)
    return g_strdup_printf (ngettext ("%s connection", "%s connections", n), open);
  /* Translators: numbers of connections */
  return g_strdup_printf (_ ("%s open · %s closed"), open, closed);
}

/* listen(2) has a limit, of which the kernel takes one more. */
static char *
dup_queue_text (guint n_queued, guint limit)
{
  if (n_queued > limit)
    /* Translators: connections that wait for accept, and how many may, which is too few */
    return g_strdup_printf (
        ngettext ("%u of %u waits · full", "%u of %u wait · full", n_queued), n_queued,
        limit);
  /* Translators: connections that wait for accept, and how many may */
  return g_strdup_printf (ngettext ("%u of %u waits", "%u of %u wait", n_queued), n_queued,
                          limit);
}

/* Connections that wait for accept. By itself it takes them at once, and then there is
 * nothing to see. */
static void
update_queue (SwbConnectionStrip *self, SwbPane *pane)
{
  guint n_queued = 0;
  guint limit = 0;
  gboolean known = swb_pane_get_queue (pane, &n_queued, &limit)
                   && (n_queued > 0 || !swb_pane_get_accept_auto (pane));
  g_autofree char *text = dup_queue_text (n_queued, limit);
  const char *classes[] = { "swb-pill", n_queued > limit ? "busy" : "idle", NULL };

  gtk_widget_set_visible (GTK_WIDGET (self->queue), known);
  if (!known || g_str_equal (gtk_label_get_text (self->queue), text))
    return;
  gtk_label_set_text (self->queue, text);
  swb_widget_set_tooltip (
      GTK_WIDGET (self->queue),
      n_queued > limit
          ? _ ("The kernel keeps one connection more than listen said, and leaves further "
               "clients without an answer until accept makes room")
          : _ ("Connections that wait for accept, and how many listen lets wait"));
  swb_widget_set_classes (GTK_WIDGET (self->queue), classes);
}

/* The list has no model while it is hidden: it would make its rows all the same. */
static void
show_chips (SwbConnectionStrip *self, gboolean few)
{
  if (gtk_widget_get_visible (self->scroller) == few)
    return;

  gtk_widget_set_visible (self->scroller, few);
  gtk_widget_set_visible (GTK_WIDGET (self->find), !few);
  gtk_list_view_set_model (self->list, few ? GTK_SELECTION_MODEL (self->selection) : NULL);
}

static void
update (SwbConnectionStrip *self)
{
  SwbPane *pane = swb_pane_runner_get_pane (self->runner);
  guint n = g_list_model_get_n_items (swb_pane_get_connections (pane));
  gboolean serves
      = swb_pane_get_role (pane) == SWB_ROLE_SERVER && swb_pane_has_connections (pane);
  g_autofree char *text = self->recorded && n == 0
                              ? g_strdup (_ ("No connections at the end"))
                              : dup_count (n, swb_pane_get_n_accepted (pane) - n);

  gtk_widget_set_visible (
      GTK_WIDGET (self),
      n > 0 || (serves && swb_pane_get_state (pane) == SWB_STATE_LISTENING));
  gtk_widget_set_visible (GTK_WIDGET (self->all), n > 0);
  gtk_label_set_text (self->count, text);
  update_queue (self, pane);
  show_chips (self, n <= CHIPS_MAX);
  for (guint i = 0; i < self->chips->len; i++)
    swb_chip_update (g_ptr_array_index (self->chips, i));
}

static void
open_menu (SwbConnectionStrip *self, GtkWidget *widget, SwbConnection *connection)
{
  graphene_rect_t bounds;
  GdkRectangle rect;

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    return;
  rect = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                         (int)bounds.size.height };
  g_set_object (&self->menu_for, connection);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &rect);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
chip_pressed_cb (SwbConnectionStrip *self, int n_press, double x, double y,
                 GtkGesture *gesture)
{
  GtkWidget *chip = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, chip, swb_chip_get_connection (SWB_CHIP (chip)));
}

static SwbConnection *
get_chosen (SwbConnectionStrip *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
find_pressed_cb (SwbConnectionStrip *self, int n_press, double x, double y,
                 GtkGesture *gesture)
{
  if (get_chosen (self) == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, GTK_WIDGET (self->find), get_chosen (self));
}

static void
found_cb (SwbConnectionStrip *self, guint number)
{
  swb_connection_strip_choose (self, number);
}

static void
setup_cb (SwbConnectionStrip *self, GtkListItem *item)
{
  GtkWidget *chip = swb_chip_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (chip_pressed_cb), self);
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, chip);
}

static void
bind_cb (SwbConnectionStrip *self, GtkListItem *item)
{
  SwbChip *chip = SWB_CHIP (gtk_list_item_get_child (item));

  swb_chip_set_connection (chip, gtk_list_item_get_item (item),
                           swb_pane_runner_get_pane (self->runner));
  g_ptr_array_add (self->chips, chip);
}

static void
unbind_cb (SwbConnectionStrip *self, GtkListItem *item)
{
  SwbChip *chip = SWB_CHIP (gtk_list_item_get_child (item));

  g_ptr_array_remove_fast (self->chips, chip);
  swb_chip_set_connection (chip, NULL, NULL);
}

/* The actions are of the one whose menu was opened last. */
static void
run_verb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbConnectionStrip *self = SWB_CONNECTION_STRIP (widget);
  gboolean closes = g_str_equal (action_name, "connection.close");
  SwbCommand *command;

  if (self->menu_for == NULL)
    return;
  command
      = swb_pane_runner_command (self->runner, closes ? SWB_VERB_CLOSE : SWB_VERB_SHUTDOWN);
  command->connection = swb_connection_get_number (self->menu_for);
  command->numbers[0] = SHUT_WR;
  swb_pane_runner_run (self->runner, command);
}

static void
ask_peer_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbConnectionStrip *self = SWB_CONNECTION_STRIP (widget);
  SwbCommand *command;

  if (self->menu_for == NULL)
    return;
  command = swb_pane_runner_command (self->runner, SWB_VERB_GETSOCKOPT);
  command->connection = swb_connection_get_number (self->menu_for);
  command->numbers[0] = SOL_SOCKET;
  command->numbers[1] = SO_PEERCRED;
  swb_pane_runner_run (self->runner, command);
}

static void
follow_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbConnectionStrip *self = SWB_CONNECTION_STRIP (widget);

  if (self->menu_for != NULL)
    gtk_widget_activate_action (widget, "win.follow", "(uu)",
                                swb_pane_get_id (swb_pane_runner_get_pane (self->runner)),
                                swb_connection_get_number (self->menu_for));
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  SwbConnectionStrip *self = SWB_CONNECTION_STRIP (widget);
  GtkWidget *place = GTK_WIDGET (self->find);

  if (get_chosen (self) == NULL)
    return FALSE;
  for (guint i = 0; i < self->chips->len; i++)
    {
      SwbChip *chip = g_ptr_array_index (self->chips, i);

      if (swb_chip_get_connection (chip) == get_chosen (self))
        place = GTK_WIDGET (chip);
    }
  open_menu (self, place, get_chosen (self));
  return TRUE;
}

static void
swb_connection_strip_dispose (GObject *object)
{
  SwbConnectionStrip *self = SWB_CONNECTION_STRIP (object);

  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->menu)));
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->menu_for);
  g_clear_object (&self->runner);

  G_OBJECT_CLASS (swb_connection_strip_parent_class)->dispose (object);
}

static void
swb_connection_strip_finalize (GObject *object)
{
  g_ptr_array_unref (SWB_CONNECTION_STRIP (object)->chips);

  G_OBJECT_CLASS (swb_connection_strip_parent_class)->finalize (object);
}

static void
swb_connection_strip_class_init (SwbConnectionStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = swb_connection_strip_dispose;
  object_class->finalize = swb_connection_strip_finalize;
  changed_signal = g_signal_new ("changed", SWB_TYPE_CONNECTION_STRIP, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SWB_TYPE_CONNECTION_FINDER);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/socketworkbench/SocketWorkbench/ui/pane-connection-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, count);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, queue);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, all);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, list);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, find);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, finder);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionStrip, menu);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_install_action (widget_class, "connection.shutdown", NULL, run_verb);
  gtk_widget_class_install_action (widget_class, "connection.close", NULL, run_verb);
  gtk_widget_class_install_action (widget_class, "connection.ask-peer", NULL, ask_peer_cb);
  gtk_widget_class_install_action (widget_class, "connection.follow", NULL, follow_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb,
                                NULL);
}

static void
swb_connection_strip_init (SwbConnectionStrip *self)
{
  self->chips = g_ptr_array_new ();
  self->chosen = SWB_CONNECTION_ALL;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
}

void
swb_connection_strip_set_runner (SwbConnectionStrip *self, SwbPaneRunner *runner)
{
  SwbPane *pane = swb_pane_runner_get_pane (runner);

  g_assert (self->runner == NULL);
  self->runner = g_object_ref (runner);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, swb_pane_get_connections (pane));
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  swb_connection_finder_set_pane (self->finder, pane);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connection.ask-peer",
                                 swb_pane_get_domain (pane) == AF_UNIX);
  label_find (self, NULL);
  update (self);
}

guint
swb_connection_strip_get_chosen (SwbConnectionStrip *self)
{
  return self->chosen;
}

void
swb_connection_strip_choose (SwbConnectionStrip *self, guint number)
{
  SwbPane *pane = swb_pane_runner_get_pane (self->runner);

  /* What is not found is G_MAXUINT in both worlds. */
  gtk_single_selection_set_selected (
      self->selection, number == SWB_CONNECTION_ALL ? GTK_INVALID_LIST_POSITION
                                                    : swb_pane_find_open (pane, number));
}

gboolean
swb_connection_strip_find (SwbConnectionStrip *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return FALSE;
  if (gtk_widget_get_visible (self->scroller))
    return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  gtk_menu_button_popup (self->find);
  return TRUE;
}

void
swb_connection_strip_set_recorded (SwbConnectionStrip *self)
{
  self->recorded = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connection.shutdown", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connection.close", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connection.ask-peer", FALSE);
  update (self);
}
