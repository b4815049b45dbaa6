/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-compat.h"
#include "app/swb-journal-view-private.h"

#include <glib/gi18n.h>

/* How many rows are made a frame, until so many are there. */
#define WARM_STEP 16
#define WARM_ROWS 224

#define HANDLE_WIDTH 6

/* What the columns want. */
#define ROWS_WIDTH 840

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
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The list scrolls to where it reckons its last row, which it may not have laid out yet,
 * and can miss by a row. Two frames later the height is known. */
static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  if (--self->settles_in > 0)
    return G_SOURCE_CONTINUE;
  if (self->follows)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

static void
scroll_to_end (SwbJournalView *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n_rows == 0)
    return;
  swb_compat_scroll_to (self->column_view, n_rows - 1);
  if (self->settles_in == 0)
    {
      self->settles_in = 2;
      gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
    }
}

static void
update_count (SwbJournalView *self)
{
  guint n_rows
      = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  g_autofree char *text = NULL;

  if (n_rows > 0)
    text = swb_journal_format_count (n_rows, swb_journal_model_get_n_bytes (self->model));
  gtk_label_set_text (self->count_label, text != NULL ? text : "");
  gtk_stack_set_visible_child_name (self->stack, n_rows > 0 ? "rows" : "empty");
}

/* A list keeps some 200 row widgets, and to make and style all of them takes a tenth of a
 * second. So the first rows come a few a frame; from then on any number comes at once. */
static gboolean
take_records (SwbJournalView *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gboolean has_more;

  has_more = swb_journal_model_update_some (self->model,
                                            n_rows < WARM_ROWS ? WARM_STEP : G_MAXUINT);
  update_count (self);
  if (self->follows && !has_more)
    scroll_to_end (self);
  return has_more;
}

static gboolean
take_more_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);

  if (self->model != NULL && take_records (self))
    return G_SOURCE_CONTINUE;
  self->takes_more = FALSE;
  return G_SOURCE_REMOVE;
}

static void
records_cb (SwbBench *bench, guint64 first, guint64 n_records, SwbJournalView *self)
{
  if (self->paused || self->takes_more)
    return;
  self->takes_more = take_records (self);
  if (self->takes_more)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), take_more_cb, NULL, NULL);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, SwbJournalView *self)
{
  swb_payload_view_set_row (self->payload, swb_journal_view_get_row (self));
  swb_journal_actions_update (self);
}

/* A person who scrolls up leaves the end, and comes back to it by scrolling down. What
 * grows, or a window that changes its height, moves nobody. */
static void
scrolled_cb (GtkAdjustment *adjustment, SwbJournalView *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);
  gboolean at_end = value + gtk_adjustment_get_page_size (adjustment) >= upper - 1;
  gboolean went_up = value < self->last_value && upper >= self->last_upper;

  self->last_value = value;
  self->last_upper = upper;
  if (at_end != self->follows && (at_end || went_up))
    {
      self->follows = at_end;
      swb_journal_actions_update (self);
    }
}

/* Rows are never replaced while one is selected: the selection would look for it among all
 * the new ones. */
static void
filter (SwbJournalView *self)
{
  SwbJournalRow *row = swb_journal_view_get_row (self);
  guint64 position = row != NULL ? swb_journal_row_get_position (row) : 0;
  gboolean had_row = row != NULL;
  guint index;

  if (self->model == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  swb_journal_model_set_filter (
      self->model, self->pane != NULL ? swb_pane_get_id (self->pane) : 0, self->commands);
  update_count (self);
  if (had_row && swb_journal_model_find (self->model, position, &index))
    gtk_single_selection_set_selected (self->selection, index);
  if (self->follows || !had_row)
    swb_journal_view_follow (self, TRUE);
  else if (index < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    swb_compat_scroll_to (self->column_view, index);
}

static void
set_commands (SwbJournalView *self, gboolean commands)
{
  if (self->commands == commands)
    return;
  self->commands = commands;
  filter (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMMANDS]);
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
      update_count (self);
      if (!paused && self->follows)
        scroll_to_end (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

static void
set_time_format (SwbJournalView *self, SwbTimeFormat format)
{
  if (self->columns.time_format == format)
    return;
  self->columns.time_format = format;
  swb_journal_columns_rebind_time (&self->columns);
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
  if (self->selection != NULL)
    gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->model);
}

static void
swb_journal_view_dispose (GObject *object)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (object);

  clear_bench (self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), SWB_TYPE_JOURNAL_VIEW);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (swb_journal_view_parent_class)->dispose (object);
}

static void
swb_journal_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline,
                          int *natural_baseline)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  int bar_minimum, bar_natural, minimum_below, natural_below;

  gtk_widget_measure (self->toolbar, orientation, -1, &bar_minimum, &bar_natural, NULL,
                      NULL);
  gtk_widget_measure (self->paned, orientation, -1, &minimum_below, &natural_below, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = bar_minimum + minimum_below;
      *natural = bar_natural + natural_below;
      return;
    }
  *minimum = MAX (bar_minimum, minimum_below);
  *natural = MAX (bar_natural, natural_below);
}

/* The payload is as wide as its lines of 16 bytes where the rows have their room beside it,
 * else it has a third. */
static int
get_payload_width (SwbJournalView *self, int width)
{
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (self->payload), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      &natural, NULL, NULL);
  if (width - natural >= ROWS_WIDTH)
    return natural;
  return CLAMP (width / 3, minimum, natural);
}

/* The paned gives what the window grew to the rows, also after its position was set. */
static int
get_growth (SwbJournalView *self, int width)
{
  return self->divided_width > 0 ? width - self->divided_width : 0;
}

/* Follows the width of the window until a person has moved the divider. */
static void
divide (SwbJournalView *self, const GtkAllocation *place)
{
  GtkPaned *paned = GTK_PANED (self->paned);
  gboolean moved
      = self->divided_width > 0 && gtk_paned_get_position (paned) != self->divided_at;
  gboolean divides = place->width != self->divided_width && !moved;

  if (divides)
    gtk_paned_set_position (paned, place->width - get_payload_width (self, place->width)
                                       - HANDLE_WIDTH - get_growth (self, place->width));
  gtk_widget_size_allocate (self->paned, place, -1);
  if (!divides)
    return;

  /* Read back: the paned keeps it within the children's limits. */
  self->divided_width = place->width;
  self->divided_at = gtk_paned_get_position (paned);
}

static void
swb_journal_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbJournalView *self = SWB_JOURNAL_VIEW (widget);
  GtkAllocation place = { 0, 0, width, 0 };

  gtk_widget_measure (self->toolbar, GTK_ORIENTATION_VERTICAL, width, &place.height, NULL,
                      NULL, NULL);
  gtk_widget_size_allocate (self->toolbar, &place, -1);
  place.y = place.height;
  place.height = MAX (height - place.y, 0);
  divide (self, &place);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
swb_journal_view_finalize (GObject *object)
{
  swb_journal_columns_clear (&SWB_JOURNAL_VIEW (object)->columns);
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
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/journal-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, toolbar);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, pane_toggle);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, pane_chip);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, pane_name);
  gtk_widget_class_bind_template_child (widget_class, SwbJournalView, count_label);
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
  widget_class->measure = swb_journal_view_measure;
  widget_class->size_allocate = swb_journal_view_size_allocate;

  g_type_ensure (SWB_TYPE_PAYLOAD_VIEW);
  bind_template (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  swb_journal_actions_install (widget_class);
}

static void
swb_journal_view_init (SwbJournalView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->follows = TRUE;

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (self->selection, "notify::selected", G_CALLBACK (selected_cb), self);

  swb_journal_columns_add (&self->columns, self->column_view);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                    G_CALLBACK (scrolled_cb), self);
  g_signal_connect (self->time_choice, "notify::selected", G_CALLBACK (time_chosen_cb),
                    self);

  swb_journal_actions_init (self);
  swb_journal_actions_update (self);
  update_count (self);
}

SwbJournalRow *
swb_journal_view_get_row (SwbJournalView *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

void
swb_journal_view_follow (SwbJournalView *self, gboolean follows)
{
  self->follows = follows;
  if (follows)
    scroll_to_end (self);
  swb_journal_actions_update (self);
}

GtkWidget *
swb_journal_view_new (void)
{
  return g_object_new (SWB_TYPE_JOURNAL_VIEW, NULL);
}

void
swb_journal_view_set_bench (SwbJournalView *self, SwbBench *bench)
{
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
      self->model = swb_journal_model_new (swb_bench_get_journal (bench));
      swb_journal_model_set_filter (self->model, 0, self->commands);
      swb_journal_model_set_paused (self->model, self->paused);
      gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
      self->records_handler
          = g_signal_connect (bench, "records", G_CALLBACK (records_cb), self);
    }
  swb_payload_view_set_bench (self->payload, bench);
  update_count (self);
  if (bench != NULL)
    records_cb (bench, 0, 0, self);
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
  filter (self);
  swb_journal_actions_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PANE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLY_PANE]);
}

/* Takes away the filter that hides a record. */
static gboolean
reveal (SwbJournalView *self, guint64 position, guint *index)
{
  const SwbEntry *entry;

  if (swb_journal_model_find (self->model, position, index))
    return TRUE;
  entry = swb_journal_peek_entry (swb_bench_get_journal (self->bench), position);
  if (self->pane != NULL && entry->pane != swb_pane_get_id (self->pane))
    swb_journal_view_set_pane (self, NULL);
  if (entry->kind == SWB_RECORD_COMMAND || entry->kind == SWB_RECORD_OUTCOME)
    set_commands (self, TRUE);
  return swb_journal_model_find (self->model, position, index);
}

void
swb_journal_view_show_record (SwbJournalView *self, guint64 position)
{
  guint index;

  g_return_if_fail (SWB_IS_JOURNAL_VIEW (self));

  if (self->bench == NULL
      || position >= swb_journal_get_n_records (swb_bench_get_journal (self->bench)))
    return;
  swb_journal_model_update (self->model);
  if (!reveal (self, position, &index))
    return;
  update_count (self);
  gtk_single_selection_set_selected (self->selection, index);
  swb_journal_view_follow (
      self, index + 1 == g_list_model_get_n_items (G_LIST_MODEL (self->model)));
  swb_compat_scroll_to (self->column_view, index);
}
