/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-probe.h"

#include <sys/socket.h>

#include "engine/swb-sys.h"
#include "net/swb-prediction.h"

/* Written under the lock, never changed after it was published. */
typedef struct _Probe Probe;
struct _Probe
{
  SwbKernel *kernel;
  GHashTable *answers; /* triple → errno, of those that were asked */
  Probe *before;       /* nullable */
};

static GMutex lock;
static Probe *probe; /* old ones are kept: a reader may be at them, and they are few */

static gpointer
triple_key (int domain, int type, int protocol)
{
  return GUINT_TO_POINTER ((guint)domain << 24 | (guint)type << 16
                           | (guint)(protocol & 0xffff));
}

static void
ask_pair (Probe *self, int domain, int type)
{
  /* A packet socket with a protocol hears the link for as long as it is there. 0 hears
   * nothing, and is given to whom the others are given. */
  gboolean listens = domain == AF_PACKET || type == SOCK_PACKET;
  guint n_protocols;
  const SwbConstant *protocols = swb_catalog_get_protocols (domain, type, &n_protocols);
  int answer = -1;

  for (guint i = 0; i < n_protocols; i++)
    {
      int protocol = protocols[i].value;

      if (swb_predict (self->kernel, domain, type, protocol).reason != SWB_REASON_THERE)
        continue;
      if (!listens || answer < 0)
        answer = swb_sys_probe (domain, type, listens ? 0 : protocol);
      g_hash_table_insert (self->answers, triple_key (domain, type, protocol),
                           GINT_TO_POINTER (answer));
    }
}

static Probe *
make_probe (void)
{
  Probe *self = g_new0 (Probe, 1);
  guint n_domains, n_types;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  self->before = probe;
  self->kernel = swb_kernel_get ();
  self->answers = g_hash_table_new (NULL, NULL);
  for (guint d = 0; d < n_domains; d++)
    for (guint t = 0; t < n_types; t++)
      ask_pair (self, domains[d].value, types[t].value);

  return self;
}

void
swb_probe_run (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (g_atomic_pointer_get (&probe) == NULL)
    g_atomic_pointer_set (&probe, make_probe ());
}

void
swb_probe_again (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  swb_kernel_refresh ();
  g_atomic_pointer_set (&probe, make_probe ());
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

static void
again_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  swb_probe_again ();
  g_task_return_boolean (task, TRUE);
}

void
swb_probe_again_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, swb_probe_again_async);
  g_task_run_in_thread (task, again_in_thread);
}

gboolean
swb_probe_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

int
swb_probe_get (int domain, int type, int protocol)
{
  const Probe *self = g_atomic_pointer_get (&probe);
  gpointer value;

  if (self == NULL)
    return -1;
  if (g_hash_table_lookup_extended (self->answers, triple_key (domain, type, protocol),
                                    NULL, &value))
    return GPOINTER_TO_INT (value);
  return swb_predict (self->kernel, domain, type, protocol).error;
}

int
swb_probe_get_type (int domain, int type)
{
  guint n_protocols;
  const SwbConstant *protocols = swb_catalog_get_protocols (domain, type, &n_protocols);
  int best = -1;

  /* The first protocol's errno is the one that says most of the pair. */
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
