/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

/* So many that closed in one turn leave the model one by one, so that a view keeps its
 * place; more of them in one go. */
#define FEW_CLOSED 16

/* Between two flushes the model shows what it showed: items behind n_shown are not there
 * yet, and closed ones still are. So 10,000 accepts of one turn are one items-changed. */
struct _SwbConnectionList
{
  GObject parent_instance;
  GPtrArray *items; /* SwbConnection, by number */
  guint n_shown;
  GArray *closed; /* guint: numbers of those that closed since the last flush */
};

static GType
get_item_type (GListModel *model)
{
  return SWB_TYPE_CONNECTION;
}

static guint
get_n_items (GListModel *model)
{
  return SWB_CONNECTION_LIST (model)->n_shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SwbConnectionList *self = SWB_CONNECTION_LIST (model);

  return position < self->n_shown ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbConnectionList, swb_connection_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
swb_connection_list_finalize (GObject *object)
{
  SwbConnectionList *self = SWB_CONNECTION_LIST (object);

  g_ptr_array_unref (self->items);
  g_array_unref (self->closed);
  G_OBJECT_CLASS (swb_connection_list_parent_class)->finalize (object);
}

static void
swb_connection_list_class_init (SwbConnectionListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_connection_list_finalize;
}

static void
swb_connection_list_init (SwbConnectionList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->closed = g_array_new (FALSE, FALSE, sizeof (guint));
}

SwbConnectionList *
swb_connection_list_new (void)
{
  return g_object_new (SWB_TYPE_CONNECTION_LIST, NULL);
}

void
swb_connection_list_append (SwbConnectionList *self, SwbConnection *connection)
{
  g_ptr_array_add (self->items, g_object_ref (connection));
}

void
swb_connection_list_note_closed (SwbConnectionList *self, SwbConnection *connection)
{
  if (!connection->is_seen)
    g_array_append_val (self->closed, connection->number);
}

/* Where the first item stands whose number is not below @number. */
static guint
find_place (SwbConnectionList *self, guint number)
{
  guint first = 0, end = self->items->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;
      SwbConnection *connection = self->items->pdata[middle];

      if (connection->number < number)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

guint
swb_connection_list_find (SwbConnectionList *self, guint number)
{
  guint place = find_place (self, number);

  if (place >= self->n_shown
      || swb_connection_get_number (self->items->pdata[place]) != number)
    return G_MAXUINT;
  return place;
}

static void
remove_one (SwbConnectionList *self, guint number)
{
  guint place = find_place (self, number);

  g_ptr_array_remove_index (self->items, place);
  if (place >= self->n_shown)
    return;

  self->n_shown--;
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
}

/* One that was seen from outside has no descriptor, and stays. */
static gboolean
is_open (const SwbConnection *connection)
{
  return connection->fd >= 0 || connection->is_seen;
}

/* Takes the closed ones out from @first to below @end, and says how many of the others were
 * shown. */
static guint
compact (SwbConnectionList *self, guint first, guint end)
{
  guint place = first, n_kept = 0;

  for (guint i = first; i < end; i++)
    {
      SwbConnection *connection = self->items->pdata[i];

      if (!is_open (connection))
        continue;
      n_kept += i < self->n_shown;
      self->items->pdata[i] = self->items->pdata[place];
      self->items->pdata[place++] = connection;
    }
  g_ptr_array_remove_range (self->items, place, end - place);
  return n_kept;
}

static void
remove_many (SwbConnectionList *self)
{
  guint low = G_MAXUINT, high = 0;
  guint first, n_removed, n_kept, end;

  for (guint i = 0; i < self->closed->len; i++)
    {
      low = MIN (low, g_array_index (self->closed, guint, i));
      high = MAX (high, g_array_index (self->closed, guint, i));
    }
  first = find_place (self, low);
  end = find_place (self, high) + 1;
  n_removed = MAX (MIN (end, self->n_shown), first) - first;
  n_kept = compact (self, first, end);
  self->n_shown -= n_removed - n_kept;
  if (n_removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n_removed, n_kept);
}

void
swb_connection_list_flush (SwbConnectionList *self)
{
  guint n_before;

  if (self->closed->len > FEW_CLOSED)
    remove_many (self);
  else
    for (guint i = 0; i < self->closed->len; i++)
      remove_one (self, g_array_index (self->closed, guint, i));
  g_array_set_size (self->closed, 0);

  n_before = self->n_shown;
  self->n_shown = self->items->len;
  if (n_before < self->n_shown)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->n_shown - n_before);
}
