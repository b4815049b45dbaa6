/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-fresh-options.h"

#include <glib/gi18n.h>

#include "engine/swb-sys.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"
#include "net/swb-prediction.h"

struct _SwbFreshOptions
{
  gatomicrefcount refs;
  GHashTable *answers; /* SwbOption → SwbSysOption */
};

typedef struct
{
  int domain;
  int type;
  int protocol;
} Triple;

typedef struct
{
  Triple triple;
  gboolean may_load;
} Wish;

static GMutex lock;
static GHashTable *known; /* Triple → SwbFreshOptions */

static guint
triple_hash (gconstpointer key)
{
  const Triple *triple = key;

  return (guint)triple->domain * 65599u + (guint)triple->type * 257u
         + (guint)triple->protocol;
}

static gboolean
triple_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Triple)) == 0;
}

static void
answer_free (gpointer data)
{
  SwbSysOption *answer = data;

  g_clear_pointer (&answer->value, g_bytes_unref);
  g_free (answer);
}

SwbFreshOptions *
swb_fresh_options_ref (SwbFreshOptions *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
swb_fresh_options_unref (SwbFreshOptions *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_hash_table_unref (self->answers);
  g_free (self);
}

/* (element-type SwbOption): those that can be read without effect */
static GPtrArray *
list_options (const Triple *triple)
{
  GPtrArray *list = g_ptr_array_new ();
  guint n_levels;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  for (guint l = 0; l < n_levels; l++)
    {
      guint n;
      const SwbOption *options = swb_option_get_level (levels[l].level, &n);

      if (!swb_option_level_applies (levels[l].level, triple->domain, triple->type,
                                     triple->protocol))
        continue;
      for (guint i = 0; i < n; i++)
        if ((options[i].flags & (SWB_OPTION_READ | SWB_OPTION_TAKES)) == SWB_OPTION_READ)
          g_ptr_array_add (list, (gpointer)&options[i]);
    }
  return list;
}

static SwbFreshOptions *
ask (const Triple *triple, GError **error)
{
  g_autoptr (GPtrArray) options = list_options (triple);
  g_autofree SwbSysOption *answers = g_new0 (SwbSysOption, options->len);
  /* A packet socket with a protocol hears the link for as long as it is there. */
  int protocol = triple->domain == AF_PACKET ? 0 : triple->protocol;
  int failed = swb_sys_probe_options (triple->domain, triple->type, protocol,
                                      (const SwbOption *const *)options->pdata,
                                      options->len, answers);
  SwbFreshOptions *self;

  if (failed != 0)
    {
      g_set_error (error, SWB_ERRNO, failed,
                   _ ("There is no fresh socket to compare with (%s)"),
                   swb_errno_name (failed));
      return NULL;
    }

  self = g_new0 (SwbFreshOptions, 1);
  g_atomic_ref_count_init (&self->refs);
  self->answers = g_hash_table_new_full (NULL, NULL, NULL, answer_free);
  for (guint i = 0; i < options->len; i++)
    g_hash_table_insert (self->answers, options->pdata[i],
                         g_memdup2 (&answers[i], sizeof answers[i]));
  return self;
}

static gboolean
would_load (const Triple *triple, GError **error)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_get ();
  SwbPrediction prediction
      = swb_predict (kernel, triple->domain, triple->type, triple->protocol);

  if (prediction.reason != SWB_REASON_LOADS)
    return FALSE;

  g_set_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN,
               _ ("The kernel would load a module for a fresh socket"));
  return TRUE;
}

SwbFreshOptions *
swb_fresh_options_read (int domain, int type, int protocol, gboolean may_load,
                        GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Triple triple = { domain, type, protocol };
  SwbFreshOptions *self;

  if (known == NULL)
    known = g_hash_table_new (triple_hash, triple_equal);

  self = g_hash_table_lookup (known, &triple);
  if (self == NULL)
    {
      if (!may_load && would_load (&triple, error))
        return NULL;
      self = ask (&triple, error);
      if (self == NULL)
        return NULL;
      g_hash_table_insert (known, g_memdup2 (&triple, sizeof triple), self);
    }
  return swb_fresh_options_ref (self);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  const Triple *triple = &wish->triple;
  GError *error = NULL;
  SwbFreshOptions *self = swb_fresh_options_read (triple->domain, triple->type,
                                                  triple->protocol, wish->may_load, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify)swb_fresh_options_unref);
  else
    g_task_return_error (task, error);
}

void
swb_fresh_options_read_async (int domain, int type, int protocol, gboolean may_load,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish wish = { { domain, type, protocol }, may_load };

  g_task_set_source_tag (task, swb_fresh_options_read_async);
  g_task_set_task_data (task, g_memdup2 (&wish, sizeof wish), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

SwbFreshOptions *
swb_fresh_options_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
swb_fresh_options_get (SwbFreshOptions *self, const SwbOption *option, int *error)
{
  SwbSysOption *answer = g_hash_table_lookup (self->answers, option);

  *error = answer != NULL ? answer->error : 0;
  return answer != NULL ? answer->value : NULL;
}
