/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-compose-text.h"

struct _SwbComposeText
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkTextView *view;
  GtkLabel *hint;
};

G_DEFINE_FINAL_TYPE (SwbComposeText, swb_compose_text, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  ACTIVATE,
  WALK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkTextBuffer *
get_buffer (SwbComposeText *self)
{
  return gtk_text_view_get_buffer (self->view);
}

/* A hyphen at the end of a line would look like a byte to send. */
static void
forbid_hyphens (SwbComposeText *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag_by_name (buffer, "bytes", &start, &end);
}

static void
changed_cb (SwbComposeText *self)
{
  forbid_hyphens (self);
  gtk_widget_set_visible (GTK_WIDGET (self->hint),
                          gtk_text_buffer_get_char_count (get_buffer (self)) == 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_in_last_line (SwbComposeText *self, int step)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter cursor;
  int last = step < 0 ? 0 : gtk_text_buffer_get_line_count (buffer) - 1;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_get_line (&cursor) == last;
}

static gboolean
walk (SwbComposeText *self, int step)
{
  gboolean taken = FALSE;

  if (is_in_last_line (self, step))
    g_signal_emit (self, signals[WALK], 0, step, &taken);
  return taken;
}

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter
         || keyval == GDK_KEY_ISO_Enter;
}

/* Enter may end what an input method composes. */
static gboolean
enter (SwbComposeText *self, GtkEventControllerKey *controller)
{
  GdkEvent *event
      = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (event != NULL && gtk_text_view_im_context_filter_keypress (self->view, event))
    gtk_text_view_reset_im_context (self->view);
  else
    g_signal_emit (self, signals[ACTIVATE], 0);
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (SwbComposeText *self, guint keyval, guint keycode, GdkModifierType state,
        GtkEventControllerKey *controller)
{
  GdkModifierType held = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK);

  if (is_enter (keyval) && (held == 0 || held == GDK_CONTROL_MASK))
    return enter (self, controller);
  if (held == 0 && (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up))
    return walk (self, -1);
  if (held == 0 && (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down))
    return walk (self, 1);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
swb_compose_text_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SWB_COMPOSE_TEXT (widget)->view));
}

static void
swb_compose_text_dispose (GObject *object)
{
  g_clear_pointer (&SWB_COMPOSE_TEXT (object)->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (swb_compose_text_parent_class)->dispose (object);
}

static void
swb_compose_text_class_init (SwbComposeTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_compose_text_dispose;
  widget_class->grab_focus = swb_compose_text_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", SWB_TYPE_COMPOSE_TEXT, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", SWB_TYPE_COMPOSE_TEXT, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WALK] = g_signal_new ("walk", SWB_TYPE_COMPOSE_TEXT, G_SIGNAL_RUN_LAST, 0,
                                g_signal_accumulator_true_handled, NULL, NULL,
                                G_TYPE_BOOLEAN, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-compose-text.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbComposeText, overlay);
  gtk_widget_class_bind_template_child (widget_class, SwbComposeText, view);
  gtk_widget_class_bind_template_child (widget_class, SwbComposeText, hint);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "swb-compose-text");
}

static void
swb_compose_text_init (SwbComposeText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_text_buffer_create_tag (get_buffer (self), "bytes", "insert-hyphens", FALSE, NULL);
}

char *
swb_compose_text_dup_text (SwbComposeText *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

void
swb_compose_text_set_text (SwbComposeText *self, const char *text)
{
  GtkTextIter end;

  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_buffer_place_cursor (get_buffer (self), &end);
}

void
swb_compose_text_set_hint (SwbComposeText *self, const char *hint)
{
  gtk_label_set_text (self->hint, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, hint, -1);
}

void
swb_compose_text_select (SwbComposeText *self, int start, int end)
{
  GtkTextIter from;
  GtkTextIter to;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &from, start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &to, end);
  gtk_text_buffer_select_range (get_buffer (self), &to, &from);
}
