/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-filter-bar.h"

#include "app/journal/swb-filter-completion.h"
#include "app/journal/swb-filter-saved.h"
#include "app/widgets/swb-widget.h"
#include "journal/filter/swb-filter.h"

#include <glib/gi18n.h>
#include <string.h>

#define DELAY_MS 150

struct _SwbFilterBar
{
  GtkWidget parent_instance;

  GtkDropDown *use;
  GtkWidget *entry;
  GtkWidget *steps;
  GtkLabel *place;
  GtkWidget *next;
  GtkWidget *previous;
  GtkMenuButton *saved_button;
  GtkWidget *help_button;
  GtkPopover *help_popover;
  GtkGrid *examples;
  GtkLabel *fields_label;
  SwbFilterCompletion *completion;
  guint delay;
  char *told; /* what "changed" was emitted for last */
  gboolean told_finds;
};

G_DEFINE_FINAL_TYPE (SwbFilterBar, swb_filter_bar, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  LEFT,
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *filter;
  const char *meaning;
} examples[] = {
  { "\"GET /\"", N_ ("The data contains this text") },
  { "len > 100 and data ~ hex:0d0a", N_ ("More than 100 bytes, with a CR LF in them") },
  { "errno = ECONNREFUSED or took > 1ms", N_ ("Refused, or slow") },
  { "call = recv and peer ~ 127.0.0.1:", N_ ("Received from this machine") },
  { "time > -10s and not data =~ /ping|pong/i",
    N_ ("Of the last ten seconds, without pings") },
};

static void
tell (SwbFilterBar *self)
{
  const char *text = swb_filter_bar_get_text (self);

  g_clear_handle_id (&self->delay, g_source_remove);
  if (g_strcmp0 (self->told, text) == 0
      && self->told_finds == swb_filter_bar_get_finds (self))
    return;
  self->told_finds = swb_filter_bar_get_finds (self);
  g_free (self->told);
  self->told = g_strdup (text);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
delay_cb (gpointer user_data)
{
  SwbFilterBar *self = user_data;

  self->delay = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

/* Not the entry's own delay: it has none for an empty text, which is also what a replaced
 * text is in between. */
static void
changed_cb (SwbFilterBar *self)
{
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add (DELAY_MS, delay_cb, self);
}

static void
stop_cb (SwbFilterBar *self)
{
  if (swb_filter_completion_hide (self->completion))
    return;
  if (*swb_filter_bar_get_text (self) == '\0')
    g_signal_emit (self, signals[LEFT], 0);
  else
    swb_filter_bar_set_text (self, "");
}

static void
use_cb (SwbFilterBar *self)
{
  gboolean finds = swb_filter_bar_get_finds (self);

  g_object_set (self->entry, "placeholder-text",
                finds ? _ ("Find: GET or errno = EPIPE")
                      : _ ("Filter: len>100 and data~\"GET\""),
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  finds ? _ ("Find") : _ ("Filter"), -1);
  tell (self);
}

static void
next_cb (SwbFilterBar *self)
{
  tell (self);
  g_signal_emit (self, signals[STEP], 0, 1);
}

static void
previous_cb (SwbFilterBar *self)
{
  tell (self);
  g_signal_emit (self, signals[STEP], 0, -1);
}

/* Shift+Enter is the way back. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        SwbFilterBar *self)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || !(state & GDK_SHIFT_MASK)
      || !swb_filter_bar_get_finds (self))
    return FALSE;
  previous_cb (self);
  return TRUE;
}

static void
activate_cb (SwbFilterBar *self)
{
  swb_filter_completion_hide (self->completion);
  if (swb_filter_bar_get_finds (self))
    {
      next_cb (self);
      return;
    }
  tell (self);
  g_signal_emit (self, signals[LEFT], 0);
}

static void
example_cb (GtkButton *button, SwbFilterBar *self)
{
  gtk_popover_popdown (self->help_popover);
  swb_filter_bar_set_text (self, gtk_button_get_label (button));
  gtk_widget_grab_focus (self->entry);
}

static void
add_example (SwbFilterBar *self, int row)
{
  GtkWidget *button = gtk_button_new_with_label (examples[row].filter);
  GtkWidget *label = gtk_label_new (_ (examples[row].meaning));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "swb-filter-example");
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "swb-filter-meaning");
  g_signal_connect (button, "clicked", G_CALLBACK (example_cb), self);
  gtk_grid_attach (self->examples, button, 0, 2 * row, 1, 1);
  gtk_grid_attach (self->examples, label, 0, 2 * row + 1, 1, 1);
}

static gboolean
swb_filter_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SWB_FILTER_BAR (widget)->entry);
}

static void
swb_filter_bar_dispose (GObject *object)
{
  SwbFilterBar *self = SWB_FILTER_BAR (object);

  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_pointer (&self->completion, swb_filter_completion_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SWB_TYPE_FILTER_BAR);
  G_OBJECT_CLASS (swb_filter_bar_parent_class)->dispose (object);
}

static void
swb_filter_bar_finalize (GObject *object)
{
  g_free (SWB_FILTER_BAR (object)->told);
  G_OBJECT_CLASS (swb_filter_bar_parent_class)->finalize (object);
}

static void
swb_filter_bar_class_init (SwbFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = swb_filter_bar_dispose;
  object_class->finalize = swb_filter_bar_finalize;
  widget_class->grab_focus = swb_filter_bar_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", SWB_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", SWB_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);

  signals[STEP] = g_signal_new ("step", SWB_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, use);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, steps);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, place);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, next);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, previous);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, saved_button);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, help_button);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, help_popover);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, examples);
  gtk_widget_class_bind_template_child (widget_class, SwbFilterBar, fields_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
}

static void
swb_filter_bar_init (SwbFilterBar *self)
{
  g_autofree char *fields = g_strjoinv (", ", (char **)(gpointer)swb_filter_list_fields ());
  g_autofree char *text = NULL;
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  gtk_menu_button_set_popover (self->saved_button, swb_filter_saved_new (self));
  self->told = g_strdup ("");
  self->completion
      = swb_filter_completion_new (GTK_WIDGET (self), GTK_EDITABLE (self->entry));
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    add_example (self, (int)i);
  /* Translators: the names of the filter language's fields follow */
  text = g_strdup_printf (_ ("Fields: %s"), fields);
  gtk_label_set_text (self->fields_label, text);
}

const char *
swb_filter_bar_get_text (SwbFilterBar *self)
{
  g_return_val_if_fail (SWB_IS_FILTER_BAR (self), NULL);
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
swb_filter_bar_set_text (SwbFilterBar *self, const char *text)
{
  g_return_if_fail (SWB_IS_FILTER_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  swb_filter_completion_hide (self->completion);
  tell (self);
}

gboolean
swb_filter_bar_get_finds (SwbFilterBar *self)
{
  g_return_val_if_fail (SWB_IS_FILTER_BAR (self), FALSE);
  return gtk_drop_down_get_selected (self->use) == 1;
}

void
swb_filter_bar_set_finds (SwbFilterBar *self, gboolean finds)
{
  g_return_if_fail (SWB_IS_FILTER_BAR (self));
  gtk_drop_down_set_selected (self->use, finds ? 1 : 0);
}

void
swb_filter_bar_set_place (SwbFilterBar *self, const char *place, gboolean has_hits)
{
  g_return_if_fail (SWB_IS_FILTER_BAR (self));

  gtk_widget_set_visible (self->steps, place != NULL);
  gtk_label_set_text (self->place, place != NULL ? place : "");
  gtk_widget_set_sensitive (self->next, has_hits);
  gtk_widget_set_sensitive (self->previous, has_hits);
}

/* The word where it is; what is missing behind the end is marked at the last character. */
static PangoAttrList *
make_mark (const char *text, gsize position)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *mark = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
  gsize n_chars = (gsize)g_utf8_strlen (text, -1);
  const char *from = g_utf8_offset_to_pointer (
      text, (glong)MIN (position - 1, n_chars > 0 ? n_chars - 1 : 0));

  mark->start_index = (guint)(from - text);
  mark->end_index = (guint)(from - text + strcspn (from, " "));
  mark->end_index = MAX (mark->end_index, mark->start_index + 1);
  pango_attr_list_insert (attributes, mark);
  return attributes;
}

static void
mark_place (SwbFilterBar *self, gsize position)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  PangoAttrList *attributes
      = position > 0 ? make_mark (swb_filter_bar_get_text (self), position) : NULL;

  gtk_text_set_attributes (GTK_TEXT (text), attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

void
swb_filter_bar_set_mistake (SwbFilterBar *self, const char *mistake, gsize position)
{
  g_return_if_fail (SWB_IS_FILTER_BAR (self));

  mark_place (self, mistake != NULL ? position : 0);
  swb_widget_mark_wrong (self->entry, mistake != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  mistake != NULL ? mistake : "", -1);
}

void
swb_filter_bar_take_focus (SwbFilterBar *self)
{
  g_return_if_fail (SWB_IS_FILTER_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
