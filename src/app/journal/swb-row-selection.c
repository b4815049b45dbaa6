/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-row-selection.h"

struct _SwbRowSelection
{
  GObject parent_instance;

  SwbJournalModel *model;
  GtkBitset *selected;
  guint lead;
  SwbJournalRow *lead_row; /* made when it is asked for */

  GArray *kept; /* guint64: selected records that are no rows now, the lead first */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
swb_row_selection_get_item_type (GListModel *list)
{
  return SWB_TYPE_JOURNAL_ROW;
}

static guint
swb_row_selection_get_n_items (GListModel *list)
{
  SwbRowSelection *self = SWB_ROW_SELECTION (list);

  return self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
}

static gpointer
swb_row_selection_get_item (GListModel *list, guint index)
{
  SwbRowSelection *self = SWB_ROW_SELECTION (list);

  return self->model != NULL ? g_list_model_get_item (G_LIST_MODEL (self->model), index)
                             : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = swb_row_selection_get_item_type;
  iface->get_n_items = swb_row_selection_get_n_items;
  iface->get_item = swb_row_selection_get_item;
}

static void
set_lead (SwbRowSelection *self, guint lead)
{
  self->lead = lead;
  g_clear_object (&self->lead_row);
}

/* Any row that is selected, where the lead is not any more. */
static void
find_lead (SwbRowSelection *self)
{
  if (self->lead != GTK_INVALID_LIST_POSITION
      && gtk_bitset_contains (self->selected, self->lead))
    return;
  set_lead (self, gtk_bitset_is_empty (self->selected)
                      ? GTK_INVALID_LIST_POSITION
                      : gtk_bitset_get_minimum (self->selected));
}

/* No more than there are: of all numbers it would be 65,536 parts, each allocated. */
static GtkBitset *
make_all (SwbRowSelection *self)
{
  return gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self)));
}

static gboolean
swb_row_selection_is_selected (GtkSelectionModel *model, guint index)
{
  return gtk_bitset_contains (SWB_ROW_SELECTION (model)->selected, index);
}

static GtkBitset *
swb_row_selection_get_selection_in_range (GtkSelectionModel *model, guint first, guint n)
{
  return gtk_bitset_ref (SWB_ROW_SELECTION (model)->selected);
}

/* The lists look at each of their rows in the range that they are told of: of one row that
 * was selected and one that is, those between are left out. */
static void
tell_changes (SwbRowSelection *self, GtkBitset *changes)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self);
  guint first = gtk_bitset_get_minimum (changes);
  guint last = gtk_bitset_get_maximum (changes);

  if (gtk_bitset_get_size (changes) == 2)
    {
      gtk_selection_model_selection_changed (model, first, 1);
      gtk_selection_model_selection_changed (model, last, 1);
    }
  else
    gtk_selection_model_selection_changed (model, first, last - first + 1);
}

static gboolean
swb_row_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected,
                                 GtkBitset *mask)
{
  SwbRowSelection *self = SWB_ROW_SELECTION (model);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self));

  /* The rows that are to be other than they are, among those of the mask. */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  gtk_bitset_remove_range (changes, n_rows, G_MAXUINT - n_rows);
  g_array_set_size (self->kept, 0);
  if (gtk_bitset_is_empty (changes))
    return TRUE;
  gtk_bitset_difference (self->selected, changes);
  find_lead (self);
  tell_changes (self, changes);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/* The lead is set before anybody is told. */
static gboolean
swb_row_selection_select_item (GtkSelectionModel *model, guint index,
                               gboolean unselect_rest)
{
  SwbRowSelection *self = SWB_ROW_SELECTION (model);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_range (index, 1);
  g_autoptr (GtkBitset) mask = unselect_rest ? make_all (self) : gtk_bitset_ref (selected);
  gboolean was_selected = gtk_bitset_contains (self->selected, index);
  gboolean had_lead = self->lead == index;

  if (index >= g_list_model_get_n_items (G_LIST_MODEL (model)))
    return FALSE;
  set_lead (self, index);
  gtk_selection_model_set_selection (model, selected, mask);
  if (was_selected && !had_lead)
    g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/* The lead is the end that is not where it was: the one a person moves. */
static gboolean
swb_row_selection_select_range (GtkSelectionModel *model, guint first, guint n,
                                gboolean unselect_rest)
{
  SwbRowSelection *self = SWB_ROW_SELECTION (model);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_range (first, n);
  g_autoptr (GtkBitset) mask = unselect_rest ? make_all (self) : gtk_bitset_ref (selected);

  if (n == 0 || first >= g_list_model_get_n_items (G_LIST_MODEL (model)))
    return FALSE;
  set_lead (self,
            self->lead < first || self->lead == first + n - 1 ? first : first + n - 1);
  return gtk_selection_model_set_selection (model, selected, mask);
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = swb_row_selection_is_selected;
  iface->get_selection_in_range = swb_row_selection_get_selection_in_range;
  iface->set_selection = swb_row_selection_set_selection;
  iface->select_item = swb_row_selection_select_item;
  iface->select_range = swb_row_selection_select_range;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbRowSelection, swb_row_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

/* Selects again what was kept and is a row now. */
static void
restore (SwbRowSelection *self)
{
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < self->kept->len;)
    {
      guint index;

      if (!swb_journal_model_find (self->model, g_array_index (self->kept, guint64, i),
                                   &index))
        {
          i++;
          continue;
        }
      g_array_remove_index (self->kept, i);
      gtk_bitset_add (self->selected, index);
      if (self->lead == GTK_INVALID_LIST_POSITION)
        set_lead (self, index);
      first = MIN (first, index);
      last = MAX (last, index);
    }
  if (first > last)
    return;
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first,
                                         last - first + 1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
items_changed_cb (GListModel *model, guint index, guint removed, guint added,
                  SwbRowSelection *self)
{
  guint64 n_before = gtk_bitset_get_size (self->selected);
  guint lead = self->lead;

  gtk_bitset_splice (self->selected, index, removed, added);
  if (lead != GTK_INVALID_LIST_POSITION && lead >= index)
    set_lead (self,
              lead >= index + removed ? lead + added - removed : GTK_INVALID_LIST_POSITION);
  find_lead (self);
  g_list_model_items_changed (G_LIST_MODEL (self), index, removed, added);
  if (added > 0)
    restore (self);
  if (gtk_bitset_get_size (self->selected) < n_before)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
keep (SwbRowSelection *self, guint index)
{
  guint64 position = swb_journal_model_get_position (self->model, index);

  g_array_append_val (self->kept, position);
}

/* All rows go: what is selected is known by its records now. */
static void
replacing_cb (SwbJournalModel *model, SwbRowSelection *self)
{
  guint64 n = gtk_bitset_get_size (self->selected);

  if (n == 0)
    return;
  g_array_set_size (self->kept, 0);
  keep (self, self->lead);
  for (guint i = 0; n <= SWB_ROW_SELECTION_KEPT && i < n; i++)
    if (gtk_bitset_get_nth (self->selected, i) != self->lead)
      keep (self, gtk_bitset_get_nth (self->selected, i));
}

static void
swb_row_selection_dispose (GObject *object)
{
  swb_row_selection_set_model (SWB_ROW_SELECTION (object), NULL);
  G_OBJECT_CLASS (swb_row_selection_parent_class)->dispose (object);
}

static void
swb_row_selection_finalize (GObject *object)
{
  SwbRowSelection *self = SWB_ROW_SELECTION (object);

  gtk_bitset_unref (self->selected);
  g_array_unref (self->kept);
  G_OBJECT_CLASS (swb_row_selection_parent_class)->finalize (object);
}

static void
swb_row_selection_class_init (SwbRowSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_row_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_row_selection_finalize;
  signals[CHANGED] = g_signal_new ("changed", SWB_TYPE_ROW_SELECTION, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
swb_row_selection_init (SwbRowSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->lead = GTK_INVALID_LIST_POSITION;
  self->kept = g_array_new (FALSE, FALSE, sizeof (guint64));
}

SwbRowSelection *
swb_row_selection_new (void)
{
  return g_object_new (SWB_TYPE_ROW_SELECTION, NULL);
}

void
swb_row_selection_set_model (SwbRowSelection *self, SwbJournalModel *model)
{
  guint n_before;

  g_return_if_fail (SWB_IS_ROW_SELECTION (self));

  if (self->model == model)
    return;
  n_before = g_list_model_get_n_items (G_LIST_MODEL (self));
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  g_array_set_size (self->kept, 0);
  gtk_bitset_remove_all (self->selected);
  set_lead (self, GTK_INVALID_LIST_POSITION);
  if (model != NULL)
    {
      g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
      g_signal_connect (model, "replacing", G_CALLBACK (replacing_cb), self);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before,
                              g_list_model_get_n_items (G_LIST_MODEL (self)));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
swb_row_selection_select (SwbRowSelection *self, guint index)
{
  g_return_if_fail (SWB_IS_ROW_SELECTION (self));

  if (index == GTK_INVALID_LIST_POSITION)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self));
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self), index, TRUE);
}

guint64
swb_row_selection_get_n_selected (SwbRowSelection *self)
{
  g_return_val_if_fail (SWB_IS_ROW_SELECTION (self), 0);
  return gtk_bitset_get_size (self->selected);
}

GtkBitset *
swb_row_selection_get_rows (SwbRowSelection *self)
{
  g_return_val_if_fail (SWB_IS_ROW_SELECTION (self), NULL);
  return self->selected;
}

guint
swb_row_selection_get_lead (SwbRowSelection *self)
{
  g_return_val_if_fail (SWB_IS_ROW_SELECTION (self), GTK_INVALID_LIST_POSITION);
  return self->lead;
}

SwbJournalRow *
swb_row_selection_get_lead_row (SwbRowSelection *self)
{
  g_return_val_if_fail (SWB_IS_ROW_SELECTION (self), NULL);

  if (self->lead_row == NULL && self->lead != GTK_INVALID_LIST_POSITION)
    self->lead_row = g_list_model_get_item (G_LIST_MODEL (self), self->lead);
  return self->lead_row;
}

gboolean
swb_row_selection_is_hidden (SwbRowSelection *self)
{
  g_return_val_if_fail (SWB_IS_ROW_SELECTION (self), FALSE);
  return self->kept->len > 0;
}
