/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/options/swb-options-model-private.h"

G_DEFINE_FINAL_TYPE (SwbOptionsModel, swb_options_model, G_TYPE_OBJECT)

static guint changed_signal;

static SwbOptionItem *
get_item (SwbOptionsModel *self, guint i)
{
  return g_ptr_array_index (self->items, i);
}

gboolean
swb_options_model_has_socket (SwbOptionsModel *self)
{
  SwbConnection *connection;

  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), FALSE);

  connection = swb_pane_find_connection (self->pane, self->connection);
  return connection != NULL && swb_connection_get_fd (connection) >= 0;
}

gboolean
swb_options_model_is_removed (SwbOptionsModel *self)
{
  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), TRUE);

  return swb_pane_is_removed (self->pane);
}

gboolean
swb_options_model_applies (SwbOptionsModel *self, const SwbOptionLevel *level)
{
  int domain = swb_pane_get_domain (self->pane);
  int number = swb_option_level_get_number (level->level);

  /* Of all levels, those that their numbers mean in this domain: the answer to another is
   * one's that has the same number. */
  if (self->wide)
    return swb_option_level_in (domain, number) == level->level;
  return swb_option_level_applies (level->level, domain,
                                   swb_pane_get_socket_type (self->pane),
                                   swb_pane_get_protocol (self->pane));
}

/* --- rows --- */

static gboolean
is_shown (SwbOptionsModel *self, SwbOptionItem *item)
{
  return swb_options_model_applies (self, swb_option_item_get_level (item))
         && (!self->only_differing || swb_option_item_differs (item))
         && (self->search == NULL || swb_option_item_matches (item, self->search));
}

static gboolean
is_same (SwbOptionsModel *self, GPtrArray *shown)
{
  GListModel *rows = G_LIST_MODEL (self->rows);
  gboolean same = g_list_model_get_n_items (rows) == shown->len;

  for (guint i = 0; i < shown->len && same; i++)
    {
      g_autoptr (SwbOptionItem) item = g_list_model_get_item (rows, i);

      same = item == shown->pdata[i];
    }
  return same;
}

/* A heading is shown where something stands below it. */
static void
fill (SwbOptionsModel *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  SwbOptionItem *heading = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < self->items->len; i++)
    {
      SwbOptionItem *item = get_item (self, i);

      if (swb_option_item_get_option (item) == NULL)
        heading = item;
      else if (is_shown (self, item))
        {
          if (heading != NULL)
            g_ptr_array_add (shown, heading);
          heading = NULL;
          g_ptr_array_add (shown, item);
        }
    }
  /* Rows that stay are left alone: somebody may be typing in one. */
  if (!is_same (self, shown))
    g_list_store_splice (self->rows, 0, n, shown->pdata, shown->len);
}

void
swb_options_model_filter (SwbOptionsModel *self, const char *search, gboolean wide,
                          gboolean only_differing)
{
  gboolean wider;

  g_return_if_fail (SWB_IS_OPTIONS_MODEL (self));

  wider = wide && !self->wide;
  g_free (self->search);
  self->search = search != NULL && *search != '\0' ? g_strdup (search) : NULL;
  self->wide = wide;
  self->only_differing = only_differing;
  fill (self);
  if (wider)
    swb_options_model_refresh (self);
}

SwbOptionItem *
swb_options_model_find (SwbOptionsModel *self, int level, int name)
{
  const SwbOption *option = swb_option_find (level, name);

  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), NULL);

  for (guint i = 0; i < self->items->len && option != NULL; i++)
    if (swb_option_item_get_option (get_item (self, i)) == option)
      return get_item (self, i);
  return NULL;
}

static void
make_items (SwbOptionsModel *self)
{
  guint n_levels;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  for (guint l = 0; l < n_levels; l++)
    {
      guint n;
      const SwbOption *options = swb_option_get_level (levels[l].level, &n);

      g_ptr_array_add (self->items, swb_option_item_new (&levels[l], NULL));
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (self->items, swb_option_item_new (&levels[l], &options[i]));
    }
}

/* --- a fresh socket --- */

static void
fresh_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbFreshOptions) fresh = swb_fresh_options_read_finish (result, NULL);
  g_autoptr (SwbOptionsModel) self = user_data;

  if (fresh == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  g_clear_pointer (&self->fresh, swb_fresh_options_unref);
  self->fresh = g_steal_pointer (&fresh);
  for (guint i = 0; i < self->items->len; i++)
    swb_option_item_set_fresh (get_item (self, i), self->fresh);
  if (self->only_differing)
    fill (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
read_fresh (SwbOptionsModel *self)
{
  if (self->fresh == NULL)
    swb_fresh_options_read_async (
        swb_pane_get_domain (self->pane), swb_pane_get_socket_type (self->pane),
        swb_pane_get_protocol (self->pane), swb_options_model_has_socket (self),
        self->cancellable, fresh_cb, g_object_ref (self));
}

/* --- the journal --- */

static void
forget (SwbOptionsModel *self)
{
  self->read_ns = 0;
  for (guint i = 0; i < self->items->len; i++)
    swb_option_item_forget (get_item (self, i));
}

/* A socket came or went, or the pane did. */
static void
follow_socket (SwbOptionsModel *self)
{
  gboolean is_open = swb_options_model_has_socket (self);
  gboolean is_removed = swb_options_model_is_removed (self);

  if (is_open == self->was_open && is_removed == self->was_removed)
    return;
  self->was_open = is_open;
  self->was_removed = is_removed;
  if (!is_open)
    forget (self);
  read_fresh (self);
  swb_options_model_refresh (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
records_cb (SwbOptionsModel *self, guint64 first, guint64 n_records)
{
  gboolean told = FALSE;

  for (guint64 i = 0; i < n_records; i++)
    told |= swb_options_model_fold (self, first + i);
  follow_socket (self);
  if (!told)
    return;

  if (self->only_differing)
    fill (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
swb_options_model_dispose (GObject *object)
{
  SwbOptionsModel *self = SWB_OPTIONS_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->bench);
  g_clear_object (&self->pane);
  G_OBJECT_CLASS (swb_options_model_parent_class)->dispose (object);
}

static void
swb_options_model_finalize (GObject *object)
{
  SwbOptionsModel *self = SWB_OPTIONS_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->rows);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->fresh, swb_fresh_options_unref);
  g_free (self->search);
  G_OBJECT_CLASS (swb_options_model_parent_class)->finalize (object);
}

static void
swb_options_model_class_init (SwbOptionsModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = swb_options_model_dispose;
  object_class->finalize = swb_options_model_finalize;
  changed_signal = g_signal_new ("changed", SWB_TYPE_OPTIONS_MODEL, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("problem", SWB_TYPE_OPTIONS_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("other", SWB_TYPE_OPTIONS_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
swb_options_model_init (SwbOptionsModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_list_store_new (SWB_TYPE_OPTION_ITEM);
  make_items (self);
}

SwbOptionsModel *
swb_options_model_new (SwbBench *bench, SwbPane *pane, guint connection)
{
  SwbOptionsModel *self = g_object_new (SWB_TYPE_OPTIONS_MODEL, NULL);

  self->bench = g_object_ref (bench);
  self->pane = g_object_ref (pane);
  self->connection = connection;
  self->was_open = swb_options_model_has_socket (self);
  g_signal_connect_object (bench, "records", G_CALLBACK (records_cb), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  read_fresh (self);
  swb_options_model_refresh (self);
  return self;
}

GListModel *
swb_options_model_get_rows (SwbOptionsModel *self)
{
  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), NULL);

  return G_LIST_MODEL (self->rows);
}

gint64
swb_options_model_get_read_time (SwbOptionsModel *self)
{
  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), 0);

  return self->read_ns;
}

guint
swb_options_model_get_n_differing (SwbOptionsModel *self)
{
  guint n = 0;

  g_return_val_if_fail (SWB_IS_OPTIONS_MODEL (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    n += swb_option_item_differs (get_item (self, i));
  return n;
}
