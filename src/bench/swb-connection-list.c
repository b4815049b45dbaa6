/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-pane-private.h"

/* Between two flushes the model shows what it showed: items behind n_shown are not there
 * yet, and closed ones still are. So 10,000 accepts of one turn are one items-changed. */
struct _SwbConnectionList
{
  GObject parent_instance;
  GPtrArray *items; /* SwbConnection, by number */
  guint n_shown;
  gboolean any_closed;
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
swb_connection_list_note_closed (SwbConnectionList *self)
{
  self->any_closed = TRUE;
}

static gboolean
is_open (SwbConnectionList *self, guint index)
{
  const SwbConnection *connection = self->items->pdata[index];

  return connection->fd >= 0 || connection->is_seen;
}

void
swb_connection_list_flush (SwbConnectionList *self)
{
  guint first = self->n_shown, n_before = self->n_shown;
  GPtrArray *kept;

  if (!self->any_closed && self->items->len == self->n_shown)
    return;

  if (self->any_closed)
    {
      for (first = 0; first < n_before && is_open (self, first);)
        first++;
      kept = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < self->items->len; i++)
        if (is_open (self, i))
          g_ptr_array_add (kept, g_object_ref (self->items->pdata[i]));
      g_ptr_array_unref (self->items);
      self->items = kept;
      self->any_closed = FALSE;
    }

  self->n_shown = self->items->len;
  if (first < n_before || first < self->n_shown)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n_before - first,
                                self->n_shown - first);
}
