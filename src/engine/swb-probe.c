/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-probe.h"

#include <errno.h>

#include "engine/swb-sys.h"

/* Written once by swb_probe_run() under the lock, never changed after @probed is set. */
static GMutex lock;
static GHashTable *answers; /* triple → errno */
static int probed;

static gpointer
triple_key (int domain, int type, int protocol)
{
  return GUINT_TO_POINTER ((guint)domain << 24 | (guint)type << 16
                           | (guint)(protocol & 0xffff));
}

static void
probe_pair (int domain, int type)
{
  guint n_protocols;
  const SwbConstant *protocols = swb_catalog_get_all_protocols (domain, &n_protocols);

  for (guint i = 0; i < n_protocols; i++)
    {
      int protocol = protocols[i].value;

      g_hash_table_insert (answers, triple_key (domain, type, protocol),
                           GINT_TO_POINTER (swb_sys_probe (domain, type, protocol)));
    }
}

void
swb_probe_run (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint n_domains, n_types;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  if (g_atomic_int_get (&probed))
    return;

  answers = g_hash_table_new (NULL, NULL);
  for (guint d = 0; d < n_domains; d++)
    for (guint t = 0; t < n_types; t++)
      probe_pair (domains[d].value, types[t].value);
  g_atomic_int_set (&probed, TRUE);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  swb_probe_run ();
  g_task_return_boolean (task, TRUE);
}

void
swb_probe_run_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, swb_probe_run_async);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
swb_probe_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

int
swb_probe_get (int domain, int type, int protocol)
{
  gpointer value;

  if (!g_atomic_int_get (&probed))
    return -1;
  if (!g_hash_table_lookup_extended (answers, triple_key (domain, type, protocol), NULL,
                                     &value))
    return -1;
  return GPOINTER_TO_INT (value);
}

int
swb_probe_get_type (int domain, int type)
{
  guint n_protocols;
  const SwbConstant *protocols = swb_catalog_get_all_protocols (domain, &n_protocols);
  int best = -1;

  /* Protocol 0 comes first, and its errno is the one that says most of the pair. */
  for (guint i = 0; i < n_protocols && best != 0; i++)
    {
      int answer = swb_probe_get (domain, type, protocols[i].value);

      if (answer == 0 || best == -1)
        best = answer;
    }
  return best;
}

int
swb_probe_get_domain (int domain)
{
  guint n_types;
  const SwbConstant *types = swb_catalog_get_types (&n_types);
  int best = -1;

  for (guint i = 0; i < n_types && best != 0; i++)
    {
      int answer = swb_probe_get_type (domain, types[i].value);

      if (answer == 0 || best == -1)
        best = answer;
    }
  return best;
}
