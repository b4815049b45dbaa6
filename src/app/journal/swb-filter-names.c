/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-filter-names.h"

#include <string.h>

typedef struct
{
  SwbAddress ends[2]; /* by SwbFilterEnd */
} Addresses;

typedef struct
{
  GWeakRef bench;
  GPtrArray *panes; /* GArray of Addresses by connection, by the pane's number less one */
} Names;

static void
names_free (gpointer data)
{
  Names *self = data;

  g_weak_ref_clear (&self->bench);
  g_ptr_array_unref (self->panes);
  g_free (self);
}

static guint
find_pane_cb (const char *name, gpointer user_data)
{
  Names *self = user_data;
  g_autoptr (SwbBench) bench = g_weak_ref_get (&self->bench);
  SwbPane *pane;

  if (bench == NULL)
    return 0;
  pane = swb_bench_find_pane (bench, name);
  for (guint id = 1; pane == NULL; id++)
    {
      SwbPane *candidate = swb_bench_get_pane_by_id (bench, id);

      if (candidate == NULL)
        return 0;
      if (g_str_equal (swb_pane_get_title (candidate), name)
          || g_str_equal (swb_pane_get_name (candidate), name))
        pane = candidate;
    }
  return swb_pane_get_id (pane);
}

static char *
dup_address_cb (guint pane, guint connection, SwbFilterEnd end, gpointer user_data)
{
  Names *self = user_data;
  const Addresses *addresses;
  GArray *connections;

  if (pane == 0 || pane > self->panes->len)
    return NULL;
  connections = g_ptr_array_index (self->panes, pane - 1);
  if (connection >= connections->len)
    return NULL;
  addresses = &g_array_index (connections, Addresses, connection);
  return addresses->ends[end].length > 0 ? swb_address_print (&addresses->ends[end]) : NULL;
}

static GArray *
copy_addresses (SwbPane *pane)
{
  guint n = swb_pane_get_n_accepted (pane) + 1;
  GArray *copy = g_array_sized_new (FALSE, TRUE, sizeof (Addresses), n);

  g_array_set_size (copy, n);
  for (guint i = 0; i < n; i++)
    {
      SwbConnection *connection = swb_pane_find_connection (pane, i);
      Addresses *addresses = &g_array_index (copy, Addresses, i);

      if (connection == NULL)
        continue;
      addresses->ends[SWB_FILTER_LOCAL] = *swb_connection_get_local (connection);
      addresses->ends[SWB_FILTER_PEER] = *swb_connection_get_peer (connection);
    }
  return copy;
}

SwbFilterNames *
swb_filter_names_new_for_bench (SwbBench *bench, gboolean with_addresses)
{
  Names *self;

  g_return_val_if_fail (SWB_IS_BENCH (bench), NULL);

  self = g_new0 (Names, 1);
  g_weak_ref_init (&self->bench, bench);
  self->panes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint id = 1; with_addresses && swb_bench_get_pane_by_id (bench, id) != NULL; id++)
    g_ptr_array_add (self->panes, copy_addresses (swb_bench_get_pane_by_id (bench, id)));
  return swb_filter_names_new (find_pane_cb, dup_address_cb, self, names_free);
}

gboolean
swb_filter_names_are_asked (const char *filter)
{
  return strstr (filter, "peer") != NULL || strstr (filter, "local") != NULL;
}

guint64
swb_filter_names_get_stamp (SwbBench *bench)
{
  guint64 stamp = 0;
  SwbPane *pane;

  for (guint id = 1; (pane = swb_bench_get_pane_by_id (bench, id)) != NULL; id++)
    {
      SwbConnection *own = swb_pane_get_socket (pane);

      stamp = stamp * 31 + swb_pane_get_n_accepted (pane);
      stamp = stamp * 31 + swb_pane_get_state (pane);
      stamp = stamp * 31 + swb_connection_get_local (own)->length;
      stamp = stamp * 31 + swb_connection_get_peer (own)->length;
    }
  return stamp;
}
