/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-compat.h"
#include "app/widgets/swb-still.h"
#include "app/journal/swb-journal-view-private.h"

G_DEFINE_FINAL_TYPE (SwbJournalView, swb_journal_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BENCH,
  PROP_PANE,
  PROP_PAUSED,
  PROP_TIME_FORMAT,
  PROP_COMMANDS,
  PROP_ONLY_PANE,
  PROP_FOLDS,
  PROP_UTC,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
records_cb (SwbBench *bench, guint64 first, guint64 n_records, SwbJournalView *self)
{
  swb_journal_model_forget (self->model);
  if (self->paused)
    return;
  swb_journal_filter_renew (self);
  swb_journal_view_take (self);
}

static void
set_commands (SwbJournalView *self, gboolean commands)
{
  if (self->commands == commands)
    return;
  self->commands = commands;
  swb_journal_rows_apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMMANDS]);
}

static void
set_folds (SwbJournalView *self, gboolean folds)
{
  if (self->folds == folds)
    return;
  self->folds = folds;
  swb_journal_rows_apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDS]);
}

static void
set_utc (SwbJournalView *self, gboolean utc)
{
  if (self->columns.utc == utc)
    return;
  self->columns.utc = utc;
  swb_journal_columns_rebind (&self->columns, SWB_JOURNAL_TIME);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UTC]);
}

static void
set_paused (SwbJournalView *self, gboolean paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  if (self->model != NULL)
    {
      swb_journal_model_set_paused (self->model, paused);
      swb_journal_view_take (self);
      if (!paused && self->follows)
        swb_journal_view_scroll_to_end (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

static void
set_time_format (SwbJournalView *self, SwbTimeFormat format)
{
  if (self->columns.time_format == format)
    return;
  self->columns.time_format = format;
  swb_journal_columns_rebind (&self->columns, SWB_JOURNAL_TIME);
  gtk_drop_down_set_selected (self->time_choice, format);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIME_FORMAT]);
}

static void
time_chosen_cb (GtkDropDown *choice, GParamSpec *pspec, SwbJournalView *self)
{
  set_time_format (self, gtk_drop_down_get_selected (choice));
}

static void
set_only_pane (SwbJournalView *self, gboolean only_pane)
{
  SwbJournalRow *row = swb_journal_view_get_row (self);
  SwbPane *pane = NULL;

  if (only_pane && row != NULL && self->bench != NULL)
    pane = swb_bench_get_pane_by_id (self->bench, swb_journal_row_get_record (row)->pane);
  swb_journal_view_set_pane (self, pane);
}

static void
swb_journal_view_get_property (GObject *object, guint property_id, GValue *value,
                               GParamSpec *pspec)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (object);

  switch (property_id)
    {
    case PROP_BENCH:
      g_value_set_object (value, self->bench);
      break;
    case PROP_PANE:
      g_value_set_object (value, self->pane);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_TIME_FORMAT:
      g_value_set_static_string (value,
                                 swb_time_format_get_name (self->columns.time_format));
      break;
    case PROP_COMMANDS:
      g_value_set_boolean (value, self->commands);
      break;
    case PROP_ONLY_PANE:
      g_value_set_boolean (value, self->pane != NULL);
      break;
    case PROP_FOLDS:
      g_value_set_boolean (value, self->folds);
      break;
    case PROP_UTC:
      g_value_set_boolean (value, self->columns.utc);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
swb_journal_view_set_property (GObject *object, guint property_id, const GValue *value,
                               GParamSpec *pspec)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (object);

  switch (property_id)
    {
    case PROP_BENCH:
      swb_journal_view_set_bench (self, g_value_get_object (value));
      break;
    case PROP_PANE:
      swb_journal_view_set_pane (self, g_value_get_object (value));
      break;
    case PROP_PAUSED:
      set_paused (self, g_value_get_boolean (value));
      break;
    case PROP_TIME_FORMAT:
      set_time_format (self, swb_time_format_from_name (g_value_get_string (value)));
      break;
    case PROP_COMMANDS:
      set_commands (self, g_value_get_boolean (value));
      break;
    case PROP_ONLY_PANE:
      set_only_pane (self, g_value_get_boolean (value));
      break;
    case PROP_FOLDS:
      set_folds (self, g_value_get_boolean (value));
      break;
    case PROP_UTC:
      set_utc (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
clear_bench (SwbJournalView *self)
{
  g_clear_signal_handler (&self->records_handler, self->bench);
  g_clear_object (&self->bench);
  g_clear_object (&self->pane);
  self->columns.bench = NULL;
  swb_journal_filter_detach (self);
  swb_journal_rows_set_model (self, NULL);
}

static void
swb_journal_view_dispose (GObject *object)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (object);

  clear_bench (self);
  g_clear_handle_id (&self->take_source, g_source_remove);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_cancellable_cancel (self->adding);
  g_clear_object (&self->adding);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->column_view != NULL)
    swb_journal_columns_clear (&self->columns);
  gtk_widget_dispose_template (GTK_WIDGET (self), SWB_TYPE_JOURNAL_VIEW);
  self->marks = NULL;
  g_clear_object (&self->shown_row);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (swb_journal_view_parent_class)->dispose (object);
}

static void
swb_journal_view_finalize (GObject *object)
{
  g_free (SWB_JOURNAL_VIEW (object)->filter_text);
  g_free (SWB_JOURNAL_VIEW (object)->find_text);
  G_OBJECT_CLASS (swb_journal_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_BENCH] = g_param_spec_object ("bench", NULL, NULL, SWB_TYPE_BENCH, flags);
  properties[PROP_PANE] = g_param_spec_object ("pane", NULL, NULL, SWB_TYPE_PANE, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  properties[PROP_TIME_FORMAT]
      = g_param_spec_string ("time-format", NULL, NULL, "absolute", flags);
  properties[PROP_COMMANDS] = g_param_spec_boolean ("commands", NULL, NULL, FALSE, flags);
  properties[PROP_ONLY_PANE] = g_param_spec_boolean ("only-pane", NULL, NULL, FALSE, flags);
  properties[PROP_FOLDS] = g_param_spec_boolean ("folds", NULL, NULL, FALSE, flags);
  properties[PROP_UTC] = g_param_spec_boolean ("utc", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/journal-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, toolbar);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, bar);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, bar_start);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, bar_end);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, heading);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, steer);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, mistake);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, mistake_label);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, empty_label);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, pane_toggle);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, pane_chip);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, pane_name);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, count_label);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, status_label);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, view_button);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, view_menu);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, goto_button);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, goto_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, goto_mistake);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, list_box);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, time_choice);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, paned);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, column_view);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, payload);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, row_menu);
  gtk_widget_class_bind_template_child_full (widget_class, "end_button", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "pause_toggle", FALSE, 0);
}

static void
swb_journal_view_class_init (SwbJournalViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = swb_journal_view_dispose;
  object_class->finalize = swb_journal_view_finalize;
  object_class->get_property = swb_journal_view_get_property;
  object_class->set_property = swb_journal_view_set_property;
  install_properties (object_class);
  widget_class->measure = swb_journal_layout_measure;
  widget_class->size_allocate = swb_journal_layout_allocate;

  g_type_ensure (SWB_TYPE_FILTER_BAR);
  g_type_ensure (SWB_TYPE_PAYLOAD_VIEW);
  g_type_ensure (SWB_TYPE_STILL);
  bind_template (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  swb_journal_actions_install (widget_class);
}

static void
swb_journal_view_init (SwbJournalView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->follows = TRUE;
  self->is_narrow = TRUE; /* as the template is */
  self->clicked = SWB_JOURNAL_N_COLUMNS;

  swb_journal_columns_add (&self->columns, self->column_view);
  swb_journal_columns_layout_init (&self->columns, GTK_WIDGET (self));
  swb_journal_rows_init (self);
  swb_journal_follow_init (self);
  g_signal_connect (self->time_choice, "notify::selected", G_CALLBACK (time_chosen_cb),
                    self);

  self->marks = g_object_new (SWB_TYPE_JOURNAL_MARKS, NULL);
  swb_journal_marks_set_adjustment (self->marks,
                                    gtk_scrolled_window_get_vadjustment (self->scrolled));
  gtk_box_append (GTK_BOX (self->list_box), GTK_WIDGET (self->marks));
  self->settings = g_settings_new (APP_ID);
  g_settings_bind (self->settings, "journal-folds", self, "folds", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "journal-utc", self, "utc", G_SETTINGS_BIND_DEFAULT);
  swb_journal_filter_init (self);
  swb_journal_goto_init (self);
  swb_journal_actions_init (self);
  swb_journal_actions_update (self);
  swb_journal_view_update_count (self);
}

GtkWidget *
swb_journal_view_new (void)
{
  return g_object_new (SWB_TYPE_JOURNAL_VIEW, NULL);
}

void
swb_journal_view_set_bench (SwbJournalView *self, SwbBench *bench)
{
  g_autoptr (SwbJournalModel) model = NULL;

  g_return_if_fail (SWB_IS_JOURNAL_VIEW (self));
  g_return_if_fail (bench == NULL || SWB_IS_BENCH (bench));

  if (self->bench == bench)
    return;
  swb_journal_view_set_pane (self, NULL);
  clear_bench (self);
  if (bench != NULL)
    {
      self->bench = g_object_ref (bench);
      self->columns.bench = bench;
      model = swb_journal_model_new (swb_bench_get_journal (bench));
      swb_journal_rows_set_model (self, model);
      swb_journal_rows_apply (self);
      swb_journal_model_set_paused (self->model, self->paused);
      self->records_handler
          = g_signal_connect (bench, "records", G_CALLBACK (records_cb), self);
    }
  swb_payload_view_set_bench (self->payload, bench);
  swb_journal_view_update_count (self);
  if (bench != NULL)
    {
      records_cb (bench, 0, 0, self);
      swb_journal_filter_apply (self);
    }
  swb_journal_view_follow (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BENCH]);
}

void
swb_journal_view_set_pane (SwbJournalView *self, SwbPane *pane)
{
  g_return_if_fail (SWB_IS_JOURNAL_VIEW (self));
  g_return_if_fail (pane == NULL || SWB_IS_PANE (pane));

  if (!g_set_object (&self->pane, pane))
    return;
  gtk_label_set_text (self->pane_name, pane != NULL ? swb_pane_get_title (pane) : "");
  gtk_widget_set_visible (self->pane_chip, pane != NULL);
  gtk_widget_set_visible (self->pane_toggle, pane == NULL);
  swb_journal_rows_apply (self);
  swb_journal_actions_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PANE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLY_PANE]);
}

void
swb_journal_view_find (SwbJournalView *self)
{
  g_return_if_fail (SWB_IS_JOURNAL_VIEW (self));
  if (swb_payload_view_find_here (self->payload))
    return;
  swb_filter_bar_set_finds (self->filter_bar, TRUE);
  swb_filter_bar_take_focus (self->filter_bar);
}

void
swb_journal_view_filter (SwbJournalView *self)
{
  g_return_if_fail (SWB_IS_JOURNAL_VIEW (self));

  swb_filter_bar_set_finds (self->filter_bar, FALSE);
  swb_filter_bar_take_focus (self->filter_bar);
}
