/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-filter-completion.h"

#include "journal/filter/swb-filter.h"

#include <string.h>

#define MAX_ROWS 8

struct _SwbFilterCompletion
{
  GtkEditable *entry;
  GtkWidget *popover;
  GtkListBox *list;
  gsize n_typed;
  guint update;
};

static gboolean
is_in_quotes (const char *text)
{
  gboolean in = FALSE;

  for (; *text != '\0'; text++)
    if (*text == '\\' && text[1] != '\0')
      text++;
    else if (*text == '"')
      in = !in;
  return in;
}

static gboolean
is_of_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* The field before an operator that @text ends with; NULL when it doesn't. */
static char *
dup_field_before (const char *text, gsize length)
{
  gsize end;

  while (length > 0 && text[length - 1] == ' ')
    length--;
  end = length;
  while (end > 0 && strchr ("=!<>~*", text[end - 1]) != NULL)
    end--;
  if (end == length)
    return NULL;
  while (end > 0 && text[end - 1] == ' ')
    end--;
  length = end;
  while (end > 0 && is_of_word (text[end - 1]))
    end--;
  return g_strndup (text + end, length - end);
}

static void
add_matching (GPtrArray *found, const char *const *words, const char *prefix)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (*words, prefix) && !g_str_equal (*words, prefix))
      g_ptr_array_add (found, g_strdup (*words));
}

GPtrArray *
swb_filter_completion_list (const char *text, gsize *n_typed)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  gsize length = strlen (text), start = length;
  g_autofree char *field = NULL;

  *n_typed = 0;
  if (is_in_quotes (text))
    return found;
  while (start > 0 && is_of_word (text[start - 1]))
    start--;
  *n_typed = length - start;
  field = dup_field_before (text, start);
  if (field != NULL)
    {
      gboolean is_known = g_strv_contains (swb_filter_list_fields (), field);
      g_autofree const char **values = is_known ? swb_filter_list_values (field) : NULL;

      if (values != NULL)
        add_matching (found, values, text + start);
    }
  else if (*n_typed > 0)
    add_matching (found, swb_filter_list_fields (), text + start);
  return found;
}

gboolean
swb_filter_completion_hide (SwbFilterCompletion *self)
{
  g_clear_handle_id (&self->update, g_source_remove);
  if (!gtk_widget_get_visible (self->popover))
    return FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  return TRUE;
}

static void
take (SwbFilterCompletion *self, GtkListBoxRow *row)
{
  const char *word = gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row)));
  int position = gtk_editable_get_position (self->entry);

  /* Inserted first, so that the text never shrinks to what asks for another list. */
  swb_filter_completion_hide (self);
  gtk_editable_insert_text (self->entry, word + self->n_typed, -1, &position);
  gtk_editable_set_position (self->entry, position);
  swb_filter_completion_hide (self);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, SwbFilterCompletion *self)
{
  take (self, row);
}

static void
fill (SwbFilterCompletion *self, GPtrArray *words)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < words->len && i < MAX_ROWS; i++)
    {
      GtkWidget *label = gtk_label_new (g_ptr_array_index (words, i));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (self->list, label);
    }
  gtk_list_box_unselect_all (self->list);
}

static void
point_at_cursor (SwbFilterCompletion *self)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (self->entry));
  GtkWidget *parent = gtk_widget_get_parent (self->popover);
  gsize position = (gsize)gtk_editable_get_position (self->entry);
  graphene_point_t point = { 0, 0 };
  graphene_rect_t cursor;
  GdkRectangle place;

  gtk_text_compute_cursor_extents (text, position, &cursor, NULL);
  if (!gtk_widget_compute_point (GTK_WIDGET (text), parent, &cursor.origin, &point))
    return;
  place = (GdkRectangle){ (int)point.x, (int)point.y, 1, (int)cursor.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
}

static gboolean
update_cb (gpointer user_data)
{
  SwbFilterCompletion *self = user_data;
  g_autoptr (GPtrArray) words = NULL;
  g_autofree char *before = NULL;

  self->update = 0;
  before = gtk_editable_get_chars (self->entry, 0, gtk_editable_get_position (self->entry));
  words = swb_filter_completion_list (before, &self->n_typed);
  if (words->len == 0)
    {
      swb_filter_completion_hide (self);
      return G_SOURCE_REMOVE;
    }
  fill (self, words);
  point_at_cursor (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return G_SOURCE_REMOVE;
}

/* The cursor goes where it belongs only after this. */
static void
changed_cb (GtkEditable *entry, SwbFilterCompletion *self)
{
  GtkWidget *widget = GTK_WIDGET (entry);
  gboolean has_focus
      = (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  if (has_focus && gtk_widget_get_mapped (widget) && self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
move (SwbFilterCompletion *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : by > 0 ? 0 : -1;

  gtk_list_box_select_row (
      self->list, index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code,
                GdkModifierType state, SwbFilterCompletion *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!gtk_widget_get_visible (self->popover)
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  if (row == NULL && key == GDK_KEY_Tab)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    move (self, 1);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    move (self, -1);
  else if (row != NULL
           && (key == GDK_KEY_Tab || key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    take (self, row);
  else
    return FALSE;
  return TRUE;
}

static void
focus_left_cb (GtkEventControllerFocus *controller, SwbFilterCompletion *self)
{
  swb_filter_completion_hide (self);
}

static void
connect_signals (SwbFilterCompletion *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), key);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  g_signal_connect (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}

SwbFilterCompletion *
swb_filter_completion_new (GtkWidget *parent, GtkEditable *entry)
{
  SwbFilterCompletion *self = g_new0 (SwbFilterCompletion, 1);

  self->entry = entry;
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_add_css_class (self->popover, "menu");
  gtk_widget_add_css_class (self->popover, "swb-filter-completion");
  gtk_widget_set_parent (self->popover, parent);
  connect_signals (self);
  return self;
}

void
swb_filter_completion_free (SwbFilterCompletion *self)
{
  g_signal_handlers_disconnect_by_data (self->entry, self);
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_handle_id (&self->update, g_source_remove);
  gtk_widget_unparent (self->popover);
  g_free (self);
}
