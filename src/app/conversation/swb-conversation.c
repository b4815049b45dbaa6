/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-conversation.h"

#include "app/conversation/swb-bubble.h"
#include "app/widgets/swb-still.h"
#include "net/swb-payload.h"

#include <glib/gi18n.h>

/* The clipboard takes no more text than this of one payload. */
#define COPY_MAX (4 * 1024 * 1024)

struct _SwbConversation
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkListView *list;
  GtkScrolledWindow *scroller;
  GtkPopoverMenu *menu;

  SwbSpeechModel *model;
  GtkSingleSelection *selection;
  gboolean follows;
  guint catch_up; /* source: rows were measured since the last frame */
};

G_DEFINE_FINAL_TYPE (SwbConversation, swb_conversation, ADW_TYPE_BIN)

static guint show_record_signal;
static guint answer_signal;

static void
scroll_to_end (SwbConversation *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (n > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n - 1);
}

static void
items_changed_cb (SwbConversation *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  if (self->follows)
    scroll_to_end (self);
}

static gboolean
is_at_end (GtkAdjustment *adjustment)
{
  double end
      = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);

  return end >= gtk_adjustment_get_upper (adjustment) - 8;
}

/* Only a person's scrolling says whether to follow: when rows come or are measured, the
 * value moves by itself. */
static void
scrolled_cb (SwbConversation *self, GtkAdjustment *adjustment)
{
  if (self->catch_up == 0)
    self->follows = is_at_end (adjustment);
}

static gboolean
catch_up_cb (gpointer user_data)
{
  SwbConversation *self = user_data;

  self->catch_up = 0;
  if (self->follows && !is_at_end (gtk_scrolled_window_get_vadjustment (self->scroller)))
    scroll_to_end (self);
  return G_SOURCE_REMOVE;
}

/* A row is measured when it is first shown, and may then be higher than the list had
 * guessed. */
static void
measured_cb (SwbConversation *self, GtkAdjustment *adjustment)
{
  if (self->catch_up == 0)
    self->catch_up = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 25, catch_up_cb, self, NULL);
}

static void
setup_cb (SwbConversation *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, swb_bubble_new ());
}

static void
bind_cb (SwbConversation *self, GtkListItem *item)
{
  swb_bubble_set_speech (SWB_BUBBLE (gtk_list_item_get_child (item)),
                         gtk_list_item_get_item (item));
}

static void
unbind_cb (SwbConversation *self, GtkListItem *item)
{
  swb_bubble_set_speech (SWB_BUBBLE (gtk_list_item_get_child (item)), NULL);
}

static SwbSpeech *
get_selected (SwbConversation *self)
{
  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection)
                                 : NULL;
}

static void
show_selected (SwbConversation *self)
{
  SwbSpeech *speech = get_selected (self);

  if (speech != NULL)
    g_signal_emit (self, show_record_signal, 0, swb_speech_get_position (speech));
}

static void
activate_cb (SwbConversation *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  show_selected (self);
}

static char *
dup_copy (SwbSpeech *speech, gboolean as_hex)
{
  g_autoptr (GBytes) bytes = swb_speech_dup_bytes (speech);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (swb_speech_get_side (speech) == SWB_SPEECH_EVENT)
    return swb_speech_dup_text (speech);
  length = MIN (length, COPY_MAX);
  if (as_hex)
    return swb_payload_print_hex ((const guint8 *)data, length, " ");
  /* Text with its own line ends where it is text, else what the screen shows. */
  if (length > 0 && g_utf8_validate (data, (gssize)length, NULL))
    return g_strndup (data, length);
  return swb_payload_display ((const guint8 *)data, length, SWB_ENCODING_UTF8, COPY_MAX);
}

static void
copy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbConversation *self = SWB_CONVERSATION (widget);
  SwbSpeech *speech = get_selected (self);
  g_autofree char *text = NULL;

  if (speech == NULL)
    return;
  text = dup_copy (speech, g_str_equal (action_name, "bubble.copy-hex"));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
show_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show_selected (SWB_CONVERSATION (widget));
}

static void
answer_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbConversation *self = SWB_CONVERSATION (widget);
  SwbSpeech *speech = get_selected (self);
  g_autofree char *address = speech != NULL ? swb_speech_dup_sender (speech) : NULL;

  if (address != NULL)
    g_signal_emit (self, answer_signal, 0, address);
}

static void
update_answer (SwbConversation *self)
{
  SwbSpeech *speech = get_selected (self);
  g_autofree char *address = speech != NULL ? swb_speech_dup_sender (speech) : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bubble.answer", address != NULL);
}

static void
open_menu (SwbConversation *self, double x, double y)
{
  GdkRectangle rect = { (int)x, (int)y, 1, 1 };

  update_answer (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &rect);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  SwbConversation *self = SWB_CONVERSATION (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  graphene_point_t point = { 24, 24 };

  if (get_selected (self) == NULL)
    return FALSE;
  if (focus != NULL)
    (void)!gtk_widget_compute_point (focus, widget, &GRAPHENE_POINT_INIT (24, 8), &point);
  open_menu (self, point.x, point.y);
  return TRUE;
}

/* The row's bubble below the pointer; the list has no other way to say it in GTK 4.8. */
static SwbBubble *
pick_bubble (SwbConversation *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && widget != GTK_WIDGET (self) && !SWB_IS_BUBBLE (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      if (child != NULL && SWB_IS_BUBBLE (child))
        return SWB_BUBBLE (child);
      widget = gtk_widget_get_parent (widget);
    }
  return widget != NULL && SWB_IS_BUBBLE (widget) ? SWB_BUBBLE (widget) : NULL;
}

static void
pressed_cb (SwbConversation *self, int n_press, double x, double y, GtkGesture *gesture)
{
  SwbBubble *bubble = pick_bubble (self, x, y);
  SwbSpeech *speech = bubble != NULL ? swb_bubble_get_speech (bubble) : NULL;

  if (speech == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_single_selection_set_selected (
      self->selection,
      swb_speech_model_find (self->model, swb_speech_get_position (speech)));
  open_menu (self, x, y);
}

static void
swb_conversation_dispose (GObject *object)
{
  SwbConversation *self = SWB_CONVERSATION (object);

  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->menu)));
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_handle_id (&self->catch_up, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (swb_conversation_parent_class)->dispose (object);
}

static void
swb_conversation_class_init (SwbConversationClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_conversation_dispose;
  show_record_signal
      = g_signal_new ("show-record", SWB_TYPE_CONVERSATION, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  answer_signal = g_signal_new ("answer", SWB_TYPE_CONVERSATION, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (SWB_TYPE_STILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-conversation.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbConversation, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbConversation, list);
  gtk_widget_class_bind_template_child (widget_class, SwbConversation, scroller);
  gtk_widget_class_bind_template_child (widget_class, SwbConversation, menu);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_cb);
  gtk_widget_class_install_action (widget_class, "bubble.copy-text", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "bubble.copy-hex", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "bubble.answer", NULL, answer_action);
  gtk_widget_class_install_action (widget_class, "bubble.show", NULL, show_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "bubble.copy-text", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "bubble.copy-hex", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb,
                                NULL);
}

static void
swb_conversation_init (SwbConversation *self)
{
  self->follows = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (measured_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller),
                           "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}

void
swb_conversation_set_pane (SwbConversation *self, SwbBench *bench, SwbPane *pane)
{
  g_assert (self->model == NULL);
  self->model = swb_speech_model_new (bench, pane);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  items_changed_cb (self);
}

void
swb_conversation_set_connection (SwbConversation *self, guint connection)
{
  self->follows = TRUE;
  swb_speech_model_set_connection (self->model, connection);
}
