/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-columns.h"
#include "app/widgets/swb-widget.h"

#include <glib/gi18n.h>

/* Which columns there are, how wide and in which order. What a person changes is kept;
 * until then they adapt to the width, so that the data is always seen. */

#define KEY "journal-columns"
#define SAVE_MS 400

/* As they are called in the settings and in actions. */
static const char *const names[]
    = { "time", "socket", "direction", "call", "data", "result", "took", "number" };
G_STATIC_ASSERT (G_N_ELEMENTS (names) == SWB_JOURNAL_N_COLUMNS);

/* What fits into a width; a column of width 0 takes what is left, one of -1 is hidden. */
static const struct
{
  int from; /* pixels for all columns */
  int widths[SWB_JOURNAL_N_COLUMNS];
} layouts[] = {
  { 700, { 132, 118, 28, 98, 0, 114, 70, -1 } },
  { 600, { 132, 112, 28, 98, 0, 106, -1, -1 } },
  { 520, { 132, 96, 28, 80, 0, 106, -1, -1 } },
  { 420, { -1, 96, 28, 80, 0, 106, -1, -1 } },
  { 0, { -1, 82, 28, 78, 0, -1, -1, -1 } },
};

static gboolean
is_default (SwbJournalColumns *self)
{
  g_autoptr (GVariant) value = g_settings_get_user_value (self->settings, KEY);

  return value == NULL && self->save_source == 0;
}

/* A hidden column has no width: GTK 4.8 leaves the place of a fixed one empty at the end of
 * the rows. */
static void
set_column (SwbJournalColumns *self, guint i, int width, gboolean visible)
{
  GtkColumnViewColumn *column = self->columns[i];

  self->widths[i] = width > 0 ? width : -1;
  gtk_column_view_column_set_fixed_width (column, visible ? self->widths[i] : -1);
  gtk_column_view_column_set_visible (column, visible);
}

static void
adapt (SwbJournalColumns *self, int width)
{
  double scale = swb_widget_get_text_scale (GTK_WIDGET (self->view));
  guint i = 0;

  while (width < layouts[i].from * scale)
    i++;
  self->changes_itself = TRUE;
  for (guint j = 0; j < SWB_JOURNAL_N_COLUMNS; j++)
    set_column (self, j, (int)(layouts[i].widths[j] * scale), layouts[i].widths[j] >= 0);
  self->changes_itself = FALSE;
}

/* Not while sizes are given out. */
static gboolean
adapt_cb (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  SwbJournalColumns *self = user_data;
  int width = gtk_widget_get_width (view);

  self->adapt_tick = 0;
  if (width > 0 && width != self->adapted_width && is_default (self))
    {
      self->adapted_width = width;
      adapt (self, width);
    }
  return G_SOURCE_REMOVE;
}

static void
resized_cb (SwbJournalColumns *self)
{
  if (self->adapt_tick == 0)
    self->adapt_tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), adapt_cb, self, NULL);
}

static void
socket_resized_cb (SwbJournalColumns *self)
{
  swb_journal_columns_rebind (self, SWB_JOURNAL_SOCKET);
}

/* The badges are measured anew. */
static void
text_scaled_cb (SwbJournalColumns *self)
{
  g_hash_table_remove_all (self->badge_widths);
  self->adapted_width = 0;
  swb_journal_columns_rebind (self, SWB_JOURNAL_SOCKET);
  resized_cb (self);
}

static int
find_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return (int)i;
  return -1;
}

static int
get_width (SwbJournalColumns *self, guint i)
{
  return gtk_column_view_column_get_visible (self->columns[i])
             ? gtk_column_view_column_get_fixed_width (self->columns[i])
             : self->widths[i];
}

static void
save (SwbJournalColumns *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sib)"));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      for (guint j = 0; j < SWB_JOURNAL_N_COLUMNS; j++)
        if (self->columns[j] == column)
          g_variant_builder_add (&builder, "(sib)", names[j], get_width (self, j),
                                 gtk_column_view_column_get_visible (column));
    }
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

static gboolean
save_cb (gpointer user_data)
{
  SwbJournalColumns *self = user_data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

/* A drag changes a width many times. */
static void
changed_cb (SwbJournalColumns *self)
{
  if (self->changes_itself)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_MS, save_cb, self);
}

static guint
find_column (SwbJournalColumns *self, GtkColumnViewColumn *column)
{
  guint i = 0;

  while (self->columns[i] != column)
    i++;
  return i;
}

static void
visible_cb (SwbJournalColumns *self, GParamSpec *pspec, GtkColumnViewColumn *column)
{
  guint i = find_column (self, column);
  gboolean is_visible = gtk_column_view_column_get_visible (column);
  int width
      = is_visible ? self->widths[i] : gtk_column_view_column_get_fixed_width (column);

  if (self->changes_itself)
    return;
  if (width <= 0)
    width = swb_journal_columns_get_width (i);
  self->changes_itself = TRUE;
  set_column (self, i, width, is_visible);
  self->changes_itself = FALSE;
  changed_cb (self);
}

static void
place_column (SwbJournalColumns *self, guint i, guint place)
{
  g_autoptr (GtkColumnViewColumn) column = g_object_ref (self->columns[i]);

  gtk_column_view_insert_column (self->view, place, column);
}

static void
load (SwbJournalColumns *self)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *name;
  gboolean visible;
  guint place = 0;
  int width;

  self->changes_itself = TRUE;
  g_settings_get (self->settings, KEY, "a(sib)", &iter);
  while (g_variant_iter_next (iter, "(&sib)", &name, &width, &visible))
    {
      int i = find_name (name);

      if (i < 0)
        continue;
      if (width <= 0)
        width = swb_journal_columns_get_width ((guint)i);
      set_column (self, (guint)i, CLAMP (width, -1, G_MAXINT16), visible);
      if (place < SWB_JOURNAL_N_COLUMNS)
        place_column (self, (guint)i, place++);
    }
  self->changes_itself = FALSE;
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbJournalColumns *self = user_data;

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_settings_reset (self->settings, KEY);
  self->changes_itself = TRUE;
  for (guint i = 0; i < SWB_JOURNAL_N_COLUMNS; i++)
    place_column (self, i, i);
  self->changes_itself = FALSE;
  adapt (self, MAX (gtk_widget_get_width (GTK_WIDGET (self->view)), 1));
}

static void
add_actions (SwbJournalColumns *self)
{
  const GActionEntry reset[] = { { .name = "reset", .activate = reset_cb } };
  g_autoptr (GMenu) shown = g_menu_new ();

  self->actions = g_simple_action_group_new ();
  self->menu = g_menu_new ();
  for (guint i = 0; i < SWB_JOURNAL_N_COLUMNS; i++)
    {
      g_autofree char *name = g_strconcat ("columns.", names[i], NULL);
      g_autoptr (GPropertyAction) action
          = g_property_action_new (names[i], self->columns[i], "visible");

      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
      g_menu_append (shown, swb_journal_columns_get_title (i), name);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), reset,
                                   G_N_ELEMENTS (reset), self);
  g_menu_append_section (self->menu, _ ("Columns"), G_MENU_MODEL (shown));
  g_menu_append (self->menu, _ ("_Reset Columns"), "columns.reset");
}

void
swb_journal_columns_layout_init (SwbJournalColumns *self, GtkWidget *owner)
{
  self->settings = g_settings_new (APP_ID);
  add_actions (self);
  gtk_widget_insert_action_group (owner, "columns", G_ACTION_GROUP (self->actions));
  adapt (self, G_MAXINT);
  load (self);
  for (guint i = 0; i < SWB_JOURNAL_N_COLUMNS; i++)
    {
      gtk_column_view_column_set_header_menu (self->columns[i], G_MENU_MODEL (self->menu));
      g_signal_connect_swapped (self->columns[i], "notify::fixed-width",
                                G_CALLBACK (changed_cb), self);
      g_signal_connect_swapped (self->columns[i], "notify::visible",
                                G_CALLBACK (visible_cb), self);
    }
  g_signal_connect_swapped (self->columns[SWB_JOURNAL_SOCKET], "notify::fixed-width",
                            G_CALLBACK (socket_resized_cb), self);
  g_signal_connect_swapped (gtk_column_view_get_columns (self->view), "items-changed",
                            G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view)),
                            "notify::page-size", G_CALLBACK (resized_cb), self);
  g_signal_connect_swapped (gtk_widget_get_settings (GTK_WIDGET (self->view)),
                            "notify::gtk-xft-dpi", G_CALLBACK (text_scaled_cb), self);
}

/* While the view still has its columns. */
void
swb_journal_columns_layout_clear (SwbJournalColumns *self)
{
  if (self->settings == NULL)
    return;
  if (self->save_source != 0)
    save (self);
  g_clear_handle_id (&self->save_source, g_source_remove);
  for (guint i = 0; i < SWB_JOURNAL_N_COLUMNS; i++)
    g_signal_handlers_disconnect_by_data (self->columns[i], self);
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_columns (self->view), self);
  g_signal_handlers_disconnect_by_data (
      gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view)), self);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_settings (GTK_WIDGET (self->view)),
                                        self);
  if (self->adapt_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->adapt_tick);
  self->adapt_tick = 0;
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  g_clear_object (&self->settings);
}
