/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-view-private.h"
#include "app/bytes/swb-payload-copy.h"

#include <glib/gi18n.h>

static void
copy_line_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autofree char *lines = swb_journal_copy_print (SWB_JOURNAL_VIEW (widget));

  if (*lines != '\0')
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), lines);
}

/* What a clipboard does not take is refused where the bytes are shown. */
static void
copy_data (GtkWidget *widget, SwbPayloadFormat format)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  SwbJournalRow *row = swb_journal_view_get_row (self);
  const SwbRecord *record = row != NULL ? swb_journal_row_get_record (row) : NULL;
  g_autofree char *text = NULL;

  if (record == NULL || record->n_data == 0)
    return;
  if (record->n_data > SWB_PAYLOAD_COPY_MAX)
    {
      swb_payload_view_refuse_copy (self->payload, record->n_data);
      return;
    }
  text = swb_payload_copy_print (record->data, record->n_data, format, SWB_ENCODING_UTF8);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_text_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  copy_data (widget, SWB_COPY_TEXT);
}

static void
copy_hex_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  copy_data (widget, SWB_COPY_HEX);
}

static void
follow_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbJournalRow *row = swb_journal_view_get_row (SWB_JOURNAL_VIEW (widget));
  const SwbRecord *record = row != NULL ? swb_journal_row_get_record (row) : NULL;

  if (record != NULL && record->pane != 0)
    gtk_widget_activate_action (widget, "win.follow", "(uu)", record->pane,
                                record->connection);
}

static void
all_panes_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_journal_view_set_pane (SWB_JOURNAL_VIEW (widget), NULL);
}

static void
jump_to_end_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);

  if (self->model != NULL)
    swb_journal_model_update (self->model);
  swb_journal_view_follow (self, TRUE);
}

static void
filter_by (GtkWidget *widget, SwbJournalColumn column)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  SwbJournalRow *row = swb_journal_view_get_row (self);
  g_autofree char *clause = NULL;

  if (row == NULL)
    return;
  clause = swb_journal_clause_new (self->bench, swb_journal_row_get_journal (row),
                                   swb_journal_row_get_record (row), column);
  swb_journal_filter_add (self, clause);
}

static void
filter_cell_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  filter_by (widget, SWB_JOURNAL_VIEW (widget)->clicked);
}

static void
filter_whole (GtkWidget *widget,
              char *(*make_clause) (SwbBench *bench, const SwbRecord *record))
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  SwbJournalRow *row = swb_journal_view_get_row (self);
  g_autofree char *clause
      = row != NULL ? make_clause (self->bench, swb_journal_row_get_record (row)) : NULL;

  swb_journal_filter_add (self, clause);
}

static void
filter_pane_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  filter_whole (widget, swb_journal_clause_new_pane);
}

static void
filter_conversation_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  filter_whole (widget, swb_journal_clause_new_conversation);
}

static void
filter_call_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  filter_by (widget, SWB_JOURNAL_CALL);
}

static void
toggle_repeats_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  SwbJournalRow *row = swb_journal_view_get_row (self);

  if (row != NULL)
    swb_journal_rows_toggle (self, swb_journal_row_get_position (row));
}

static void
go_to_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_menu_button_popup (SWB_JOURNAL_VIEW (widget)->goto_button);
}

static void
only_errors_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_journal_filter_add (SWB_JOURNAL_VIEW (widget), SWB_JOURNAL_ERRORS);
}

static void
clear_filter_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_journal_filter_clear (SWB_JOURNAL_VIEW (widget));
}

static void
find_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_journal_view_find (SWB_JOURNAL_VIEW (widget));
}

static void
popup_at (SwbJournalView *self, double x, double y)
{
  GdkRectangle point = { 0, 0, 1, 1 };
  double view_x, view_y;

  gtk_widget_translate_coordinates (GTK_WIDGET (self->column_view), GTK_WIDGET (self), x, y,
                                    &view_x, &view_y);
  point.x = (int)view_x;
  point.y = (int)view_y;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &point);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);

  self->clicked = SWB_JOURNAL_N_COLUMNS;
  swb_journal_actions_update (self);
  if (swb_journal_view_get_row (self) != NULL)
    popup_at (self, gtk_widget_get_width (GTK_WIDGET (self->column_view)) / 3.0,
              gtk_widget_get_height (GTK_WIDGET (self->column_view)) / 2.0);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, SwbJournalView *self)
{
  g_autoptr (SwbJournalRow) row = NULL;
  guint index;

  row = swb_journal_columns_pick (&self->columns, x, y, &index);
  if (row == NULL)
    return;
  self->clicked = swb_journal_columns_pick_column (&self->columns, x, y);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), index))
    swb_row_selection_select (self->selection, index);
  swb_journal_actions_update (self);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (self, x, y);
}

/* The sign before a group of repeats is a button. */
static void
clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, SwbJournalView *self)
{
  g_autoptr (SwbJournalRow) row = NULL;
  guint index;

  if (swb_journal_columns_pick_column (&self->columns, x, y) != SWB_JOURNAL_DIRECTION)
    return;
  row = swb_journal_columns_pick (&self->columns, x, y, &index);
  if (row != NULL
      && swb_journal_model_get_n_folded (self->model, swb_journal_row_get_position (row),
                                         NULL)
             > 1)
    swb_journal_rows_toggle (self, swb_journal_row_get_position (row));
}

static gboolean
can_filter_cell (SwbJournalView *self, const SwbRecord *record)
{
  g_autofree char *clause = NULL;

  if (record == NULL || self->clicked == SWB_JOURNAL_N_COLUMNS || self->bench == NULL)
    return FALSE;
  clause = swb_journal_clause_new (self->bench, swb_bench_get_journal (self->bench), record,
                                   self->clicked);
  return clause != NULL;
}

static gboolean
can_toggle (SwbJournalView *self, SwbJournalRow *row)
{
  return row != NULL && self->model != NULL
         && swb_journal_model_is_in_group (self->model, swb_journal_row_get_position (row));
}

void
swb_journal_actions_update (SwbJournalView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  SwbJournalRow *row = swb_journal_view_get_row (self);
  const SwbRecord *record = row != NULL ? swb_journal_row_get_record (row) : NULL;
  gboolean has_data = record != NULL && record->n_data > 0;

  gtk_widget_action_set_enabled (widget, "journal.copy-line", record != NULL);
  gtk_widget_action_set_enabled (widget, "journal.copy-text", has_data);
  gtk_widget_action_set_enabled (widget, "journal.copy-hex", has_data);
  gtk_widget_action_set_enabled (widget, "journal.follow",
                                 record != NULL && record->pane != 0);
  gtk_widget_action_set_enabled (widget, "journal.only-pane",
                                 self->pane != NULL
                                     || (record != NULL && record->pane != 0));
  gtk_widget_action_set_enabled (widget, "journal.filter-cell",
                                 can_filter_cell (self, record));
  gtk_widget_action_set_enabled (widget, "journal.filter-pane",
                                 record != NULL && record->pane != 0);
  gtk_widget_action_set_enabled (widget, "journal.filter-conversation",
                                 record != NULL && record->pane != 0);
  gtk_widget_action_set_enabled (widget, "journal.toggle-repeats", can_toggle (self, row));
  gtk_widget_action_set_enabled (widget, "journal.filter-call", record != NULL);
  gtk_widget_action_set_enabled (widget, "journal.all-panes", self->pane != NULL);
  gtk_widget_action_set_enabled (widget, "journal.jump-to-end", !self->follows);
}

/* Before the search entry, where the same keys mean "next match". */
static void
add_go_to (SwbJournalView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_g, GDK_CONTROL_MASK),
                        gtk_named_action_new ("journal.go-to")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
swb_journal_actions_init (SwbJournalView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append_section (menu, NULL, self->view_menu);
  g_menu_append_submenu (menu, _ ("Co_lumns"), G_MENU_MODEL (self->columns.menu));
  gtk_menu_button_set_menu_model (self->view_button, G_MENU_MODEL (menu));
  self->popover = gtk_popover_menu_new_from_model (self->row_menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->column_view), GTK_EVENT_CONTROLLER (click));

  add_go_to (self);
  click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->column_view), GTK_EVENT_CONTROLLER (click));
}

void
swb_journal_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "journal.copy-line", NULL, copy_line_cb);
  gtk_widget_class_install_action (widget_class, "journal.copy-text", NULL, copy_text_cb);
  gtk_widget_class_install_action (widget_class, "journal.copy-hex", NULL, copy_hex_cb);
  gtk_widget_class_install_action (widget_class, "journal.follow", NULL, follow_cb);
  gtk_widget_class_install_action (widget_class, "journal.all-panes", NULL, all_panes_cb);
  gtk_widget_class_install_action (widget_class, "journal.jump-to-end", NULL,
                                   jump_to_end_cb);
  gtk_widget_class_install_action (widget_class, "journal.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "journal.filter-cell", NULL,
                                   filter_cell_cb);
  gtk_widget_class_install_action (widget_class, "journal.filter-pane", NULL,
                                   filter_pane_cb);
  gtk_widget_class_install_action (widget_class, "journal.filter-call", NULL,
                                   filter_call_cb);
  gtk_widget_class_install_action (widget_class, "journal.filter-conversation", NULL,
                                   filter_conversation_cb);
  gtk_widget_class_install_action (widget_class, "journal.toggle-repeats", NULL,
                                   toggle_repeats_cb);
  gtk_widget_class_install_action (widget_class, "journal.go-to", NULL, go_to_cb);
  gtk_widget_class_install_property_action (widget_class, "journal.folds", "folds");
  gtk_widget_class_install_property_action (widget_class, "journal.utc", "utc");
  gtk_widget_class_install_action (widget_class, "journal.only-errors", NULL,
                                   only_errors_cb);
  gtk_widget_class_install_action (widget_class, "journal.clear-filter", NULL,
                                   clear_filter_cb);
  gtk_widget_class_install_action (widget_class, "journal.find", NULL, find_cb);
  gtk_widget_class_install_property_action (widget_class, "journal.only-pane", "only-pane");
  gtk_widget_class_install_property_action (widget_class, "journal.commands", "commands");
  gtk_widget_class_install_property_action (widget_class, "journal.paused", "paused");
  gtk_widget_class_install_property_action (widget_class, "journal.time-format",
                                            "time-format");

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "journal.copy-line", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "journal.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "journal.menu", NULL);
}
