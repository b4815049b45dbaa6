/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-columns.h"
#include "app/widgets/swb-pane-colour.h"
#include "app/widgets/swb-widget.h"

#include <glib/gi18n.h>

#define DETAILS_MAX_CHARS 256
#define TOOLTIP_MAX_CHARS 600

/* The badge's look as ui/journal.css has it: its width is measured here, once a text. */
#define BADGE_SCALE 0.82
#define BADGE_PADDING 14
#define CELL_PADDING 16 /* as in ui/journal.css */

typedef struct
{
  const char *title;
  int width; /* pixels; 0 takes what is left */
  const char *css_class;
  gboolean has_tooltip;
  void (*bind) (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row);
} ColumnInfo;

typedef struct
{
  SwbJournalColumns *columns;
  const ColumnInfo *info;
} Column;

static GQuark
item_quark (void)
{
  return g_quark_from_static_string ("swb-journal-list-item");
}

static GQuark
colour_quark (void)
{
  return g_quark_from_static_string ("swb-journal-colour");
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (gtk_widget_has_css_class (widget, css_class) == on)
    return;
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static gboolean
is_aside (const SwbRecord *record)
{
  return record->kind != SWB_RECORD_CALL;
}

static void
take_text (GtkInscription *cell, char *text)
{
  gtk_inscription_set_text (cell, text);
  g_free (text);
}

static void
bind_time (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  gint64 time_ns = swb_journal_row_get_record (row)->time_ns;

  if (self->time_format == SWB_TIME_SELECTED)
    take_text (cell, swb_journal_format_interval (time_ns - self->reference_ns));
  else if (self->time_format == SWB_TIME_ABSOLUTE)
    take_text (cell,
               swb_journal_format_clock (
                   swb_journal_to_wall_ns (swb_journal_row_get_journal (row), time_ns),
                   self->utc));
  else
    take_text (cell, swb_journal_format_time (row, self->time_format));
}

static int
measure_badge (SwbJournalColumns *self, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  gpointer known = g_hash_table_lookup (self->badge_widths, text);
  int width;

  if (known != NULL)
    return GPOINTER_TO_INT (known);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), text);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (BADGE_SCALE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  width += BADGE_PADDING;
  g_hash_table_insert (self->badge_widths, g_strdup (text), GINT_TO_POINTER (width));
  return width;
}

/* No wider than its column has room for: it would be cut off, and not end with "…". */
static int
get_badge_width (SwbJournalColumns *self, const char *text)
{
  int room = gtk_column_view_column_get_fixed_width (self->columns[SWB_JOURNAL_SOCKET])
             - CELL_PADDING;

  return room > 0 ? MIN (measure_badge (self, text), room) : measure_badge (self, text);
}

static void
set_badge_colour (GtkWidget *cell, const char *css_class)
{
  const char *before = g_object_get_qdata (G_OBJECT (cell), colour_quark ());

  if (before == css_class)
    return;
  if (before != NULL)
    gtk_widget_remove_css_class (cell, before);
  if (css_class != NULL)
    gtk_widget_add_css_class (cell, css_class);
  g_object_set_qdata (G_OBJECT (cell), colour_quark (), (gpointer)css_class);
}

static void
bind_socket (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  const SwbRecord *record = swb_journal_row_get_record (row);
  g_autofree char *text = swb_journal_format_socket (self->bench, record);
  gboolean has_pane = record->pane != 0;

  gtk_inscription_set_text (cell, text);
  set_class (GTK_WIDGET (cell), "swb-badge", has_pane);
  set_badge_colour (GTK_WIDGET (cell),
                    has_pane ? swb_pane_colour_get_class (record->pane) : NULL);
  gtk_widget_set_size_request (GTK_WIDGET (cell), get_badge_width (self, text), -1);
}

static guint64
get_n_folded (SwbJournalColumns *self, SwbJournalRow *row, gboolean *is_open)
{
  return swb_journal_model_get_n_folded (self->model, swb_journal_row_get_position (row),
                                         is_open);
}

static void
bind_direction (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  gboolean is_open;

  if (get_n_folded (self, row, &is_open) > 1)
    gtk_inscription_set_text (cell, is_open ? "⊟" : "⊞");
  else
    gtk_inscription_set_text (
        cell, swb_journal_format_direction (swb_journal_row_get_record (row)));
}

static void
bind_call (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  const SwbRecord *record = swb_journal_row_get_record (row);

  take_text (cell, swb_journal_format_call (record));
  set_class (GTK_WIDGET (cell), "swb-aside", is_aside (record));
}

static void
bind_details (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  const SwbRecord *record = swb_journal_row_get_record (row);

  guint64 n_folded = get_n_folded (self, row, NULL);
  g_autofree char *details
      = swb_journal_format_details (self->bench, record, DETAILS_MAX_CHARS);

  if (n_folded > 1)
    take_text (cell, swb_journal_format_folded (
                         n_folded,
                         swb_journal_model_get_folded_ns (
                             self->model, swb_journal_row_get_position (row)),
                         details));
  else
    swb_inscription_set_data (cell, details);
  set_class (GTK_WIDGET (cell), "swb-aside", is_aside (record));
}

static void
bind_result (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  const SwbRecord *record = swb_journal_row_get_record (row);

  take_text (cell, swb_journal_format_result (record));
  set_class (GTK_WIDGET (cell), "swb-failed", swb_journal_is_failure (record));
}

static void
bind_took (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  take_text (cell, swb_journal_format_took (swb_journal_row_get_record (row)));
}

static void
bind_number (SwbJournalColumns *self, GtkInscription *cell, SwbJournalRow *row)
{
  take_text (cell, swb_journal_format_number (swb_journal_row_get_position (row) + 1));
}

static const ColumnInfo column_infos[] = {
  { N_ ("Time"), 132, "swb-time", TRUE, bind_time },
  { N_ ("Socket"), 118, "swb-socket", TRUE, bind_socket },
  { "", 28, "swb-direction", FALSE, bind_direction },
  { N_ ("Call"), 98, "swb-call", FALSE, bind_call },
  { N_ ("Data / arguments"), 0, "swb-data", TRUE, bind_details },
  { N_ ("Result"), 106, "swb-result", TRUE, bind_result },
  { N_ ("Took"), 70, "swb-took", FALSE, bind_took },
  /* Translators: the number of a record, as a column's title */
  { N_ ("No."), 96, "swb-number", FALSE, bind_number },
};
G_STATIC_ASSERT (G_N_ELEMENTS (column_infos) == SWB_JOURNAL_N_COLUMNS);

static gboolean
is_cut_off (GtkWidget *cell)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  layout = gtk_widget_create_pango_layout (
      cell, gtk_inscription_get_text (GTK_INSCRIPTION (cell)));
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (cell);
}

/* "Sunday, 22 November 2026, …" and the record's number */
static char *
print_moment (SwbJournalColumns *self, SwbJournalRow *row)
{
  gint64 wall_ns = swb_journal_to_wall_ns (swb_journal_row_get_journal (row),
                                           swb_journal_row_get_record (row)->time_ns);
  g_autofree char *date = swb_journal_format_date (wall_ns, self->utc);
  g_autofree char *number
      = swb_journal_format_number (swb_journal_row_get_position (row) + 1);

  /* Translators: the date and time of a record of the journal, and its number */
  return g_strdup_printf (_ ("%s\nRecord %s"), date, number);
}

static gboolean
query_tooltip_cb (GtkWidget *cell, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
                  Column *column)
{
  GtkListItem *item = g_object_get_qdata (G_OBJECT (cell), item_quark ());
  g_autofree char *text = NULL;

  if (item == NULL || gtk_list_item_get_item (item) == NULL)
    return FALSE;
  if (column->info->bind == bind_time)
    text = print_moment (column->columns, gtk_list_item_get_item (item));
  else if (!is_cut_off (cell))
    return FALSE;
  else if (column->info->bind == bind_details)
    text = swb_journal_format_details (
        column->columns->bench, swb_journal_row_get_record (gtk_list_item_get_item (item)),
        TOOLTIP_MAX_CHARS);
  else
    text = g_strdup (gtk_inscription_get_text (GTK_INSCRIPTION (cell)));
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (cell, column->info->css_class);
  if (column->info->bind == bind_socket)
    {
      gtk_widget_set_halign (cell, GTK_ALIGN_START);
      gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
    }
  g_object_set_qdata (G_OBJECT (cell), item_quark (), item);
  /* The row is. In GTK 4.8 a cell would take the click too, and select what the row
   * unselects. */
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_activatable (item, FALSE);
  if (column->info->has_tooltip)
    {
      gtk_widget_set_has_tooltip (cell, TRUE);
      g_signal_connect (cell, "query-tooltip", G_CALLBACK (query_tooltip_cb), column);
    }
  gtk_list_item_set_child (item, cell);
}

/* What a screen reader tells of the row, whichever columns are hidden. */
static char *
dup_name (SwbJournalColumns *self, SwbJournalRow *row)
{
  guint64 position = swb_journal_row_get_position (row);
  guint64 n_folded = get_n_folded (self, row, NULL);
  g_autofree char *name = swb_journal_format_row (self->bench, row);
  g_autofree char *repeats = NULL;

  if (n_folded <= 1)
    return g_steal_pointer (&name);
  repeats = swb_journal_format_folded (
      n_folded, swb_journal_model_get_folded_ns (self->model, position), "");
  return g_strdup_printf ("%s, %s", name, repeats);
}

/* The cell's parent is the column's, and that one's is the row. */
static void
name_row (SwbJournalColumns *self, GtkWidget *cell, SwbJournalRow *row)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *widget = parent != NULL ? gtk_widget_get_parent (parent) : NULL;
  g_autofree char *name = NULL;

  if (widget == NULL)
    return;
  name = dup_name (self, row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/* One cell of a row gives it its name. */
static gboolean
gives_name (const Column *column)
{
  SwbJournalColumns *self = column->columns;
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) other = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (other))
        return other == self->columns[column->info - column_infos];
    }
  return FALSE;
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  SwbJournalRow *row = gtk_list_item_get_item (item);

  column->info->bind (column->columns, GTK_INSCRIPTION (cell), row);
  if (gives_name (column))
    name_row (column->columns, cell, row);
}

static void
teardown_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (cell != NULL)
    {
      g_signal_handlers_disconnect_by_func (cell, query_tooltip_cb, column);
      g_object_set_qdata (G_OBJECT (cell), item_quark (), NULL);
    }
  gtk_list_item_set_child (item, NULL);
}

static GtkListItemFactory *
make_factory (SwbJournalColumns *self, const ColumnInfo *info)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *column = g_new (Column, 1);

  *column = (Column){ self, info };
  g_object_set_data_full (G_OBJECT (factory), "swb-column", column, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), column);
  return factory;
}

void
swb_journal_columns_add (SwbJournalColumns *self, GtkColumnView *view)
{
  self->view = view;
  self->badge_widths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (column_infos); i++)
    {
      const ColumnInfo *info = &column_infos[i];
      const char *title = *info->title != '\0' ? _ (info->title) : "";
      g_autoptr (GtkColumnViewColumn) column = NULL;

      column = gtk_column_view_column_new (title, make_factory (self, info));
      gtk_column_view_column_set_resizable (column, *info->title != '\0');
      gtk_column_view_column_set_expand (column, info->width == 0);
      if (info->width != 0)
        gtk_column_view_column_set_fixed_width (column, info->width);
      gtk_column_view_append_column (view, column);
      self->columns[i] = column;
    }
}

void
swb_journal_columns_clear (SwbJournalColumns *self)
{
  swb_journal_columns_layout_clear (self);
  g_clear_pointer (&self->badge_widths, g_hash_table_unref);
  self->bench = NULL;
}

static void
rebind_below (SwbJournalColumns *self, GtkWidget *widget, const ColumnInfo *info)
{
  GtkListItem *item = g_object_get_qdata (G_OBJECT (widget), item_quark ());

  if (item != NULL && gtk_list_item_get_item (item) != NULL
      && gtk_widget_has_css_class (widget, info->css_class))
    {
      info->bind (self, GTK_INSCRIPTION (widget), gtk_list_item_get_item (item));
      if (info->bind == bind_details)
        name_row (self, widget, gtk_list_item_get_item (item));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rebind_below (self, child, info);
}

void
swb_journal_columns_rebind (SwbJournalColumns *self, SwbJournalColumn column)
{
  rebind_below (self, GTK_WIDGET (self->view), &column_infos[column]);
}

void
swb_journal_columns_set_reference (SwbJournalColumns *self, SwbJournalRow *row)
{
  if (row == NULL)
    return;
  self->reference_ns = swb_journal_row_get_record (row)->time_ns;
  if (self->time_format == SWB_TIME_SELECTED)
    swb_journal_columns_rebind (self, SWB_JOURNAL_TIME);
}

int
swb_journal_columns_get_width (SwbJournalColumn column)
{
  return column_infos[column].width;
}

const char *
swb_journal_columns_get_title (SwbJournalColumn column)
{
  return column == SWB_JOURNAL_DIRECTION ? _ ("Direction") : _ (column_infos[column].title);
}

SwbJournalRow *
swb_journal_columns_pick (SwbJournalColumns *self, double x, double y, guint *index)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  /* Between the cells lies the row: step to what is inside it. */
  for (; widget != NULL && widget != GTK_WIDGET (self->view);
       widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *inner = widget;
      GtkListItem *item;

      while (gtk_widget_get_first_child (inner) != NULL)
        inner = gtk_widget_get_first_child (inner);
      item = g_object_get_qdata (G_OBJECT (inner), item_quark ());
      if (item == NULL || gtk_list_item_get_item (item) == NULL)
        continue;
      *index = gtk_list_item_get_position (item);
      return g_object_ref (gtk_list_item_get_item (item));
    }
  return NULL;
}

SwbJournalColumn
swb_journal_columns_pick_column (SwbJournalColumns *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && gtk_widget_get_first_child (widget) != NULL)
    widget = gtk_widget_get_first_child (widget);
  for (guint i = 0; widget != NULL && i < G_N_ELEMENTS (column_infos); i++)
    if (gtk_widget_has_css_class (widget, column_infos[i].css_class))
      return i;
  return SWB_JOURNAL_N_COLUMNS;
}
