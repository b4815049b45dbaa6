/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-follower.h"

#include "journal/store/swb-journal-private.h"

/* A follower is armed while it waits. Whoever takes it out of that state, by exchanging the
 * flag, sets its ready time: the writer after a publish, or the follower itself when it
 * finds that records came between its last look and its arming. So no record is missed, and
 * no timer runs while nothing comes. */
typedef struct
{
  GSource source;
  SwbJournal *journal;
  SwbBell *bell; /* of the journal */
  guint64 next;  /* told up to; atomic, since the writer looks at it */
  gint64 interval_us;
  gint64 not_before; /* monotonic time of the next call at the earliest; written before
                        arming */
  gint armed;
} SwbFollower;

static gboolean
disarm (SwbFollower *self)
{
  if (!__atomic_exchange_n (&self->armed, 0, __ATOMIC_SEQ_CST))
    return FALSE;

  __atomic_sub_fetch (&self->bell->n_armed, 1, __ATOMIC_SEQ_CST);
  return TRUE;
}

static void
wake (SwbFollower *self)
{
  gint64 ready_time = __atomic_load_n (&self->not_before, __ATOMIC_RELAXED);

  if (disarm (self))
    g_source_set_ready_time (&self->source, ready_time);
}

static void
arm (SwbFollower *self)
{
  __atomic_add_fetch (&self->bell->n_armed, 1, __ATOMIC_SEQ_CST);
  __atomic_store_n (&self->armed, 1, __ATOMIC_SEQ_CST);

  if (__atomic_load_n (&self->bell->count, __ATOMIC_SEQ_CST) > self->next)
    wake (self);
}

void
swb_bell_init (SwbBell *self)
{
  self->followers = g_ptr_array_new ();
  g_mutex_init (&self->lock);
}

void
swb_bell_clear (SwbBell *self)
{
  g_ptr_array_unref (self->followers);
  g_mutex_clear (&self->lock);
}

void
swb_bell_ring (SwbBell *self, guint64 count)
{
  /* Sequentially consistent, since a follower that arms itself looks at the count
   * afterwards. */
  __atomic_store_n (&self->count, count, __ATOMIC_SEQ_CST);
  if (__atomic_load_n (&self->n_armed, __ATOMIC_SEQ_CST) == 0)
    return;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->followers->len; i++)
    wake (g_ptr_array_index (self->followers, i));
  g_mutex_unlock (&self->lock);
}

guint64
swb_bell_get_told (SwbBell *self)
{
  guint64 told = G_MAXUINT64;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->followers->len; i++)
    {
      SwbFollower *follower = g_ptr_array_index (self->followers, i);

      told = MIN (told, __atomic_load_n (&follower->next, __ATOMIC_ACQUIRE));
    }
  g_mutex_unlock (&self->lock);
  return told;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  SwbFollower *self = (SwbFollower *)source;
  SwbFollowFunc follow = (SwbFollowFunc)(void (*) (void))callback;
  guint64 first = self->next;
  guint64 count = __atomic_load_n (&self->bell->count, __ATOMIC_SEQ_CST);

  g_return_val_if_fail (callback != NULL, G_SOURCE_REMOVE);

  /* Before arming: afterwards the ready time is whoever's who disarms. */
  g_source_set_ready_time (source, -1);
  if (count > first)
    {
      if (follow (self->journal, first, count - first, user_data) == G_SOURCE_REMOVE)
        return G_SOURCE_REMOVE;
      __atomic_store_n (&self->next, count, __ATOMIC_RELEASE);
      /* Counted from the end, so that a slow callback leaves time for what has less
       * priority. */
      __atomic_store_n (&self->not_before, g_get_monotonic_time () + self->interval_us,
                        __ATOMIC_RELAXED);
    }

  arm (self);
  return G_SOURCE_CONTINUE;
}

/* Dispose, not finalize: the writer must not find a source that has no references any more.
 */
static void
dispose (GSource *source)
{
  SwbFollower *self = (SwbFollower *)source;
  SwbBell *bell = self->bell;

  g_mutex_lock (&bell->lock);
  disarm (self);
  g_ptr_array_remove_fast (bell->followers, self);
  g_mutex_unlock (&bell->lock);
}

static void
finalize (GSource *source)
{
  swb_journal_unref (((SwbFollower *)source)->journal);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch, .finalize = finalize };

static GSource *
follow_bell (SwbJournal *journal, SwbBell *bell, guint64 first, gint64 interval_us)
{
  GSource *source = g_source_new (&source_funcs, sizeof (SwbFollower));
  SwbFollower *self = (SwbFollower *)source;

  self->journal = swb_journal_ref (journal);
  self->bell = bell;
  self->next = first;
  self->interval_us = interval_us;
  g_source_set_static_name (source, "[swb] follower");
  g_source_set_dispose_function (source, dispose);

  g_mutex_lock (&bell->lock);
  g_ptr_array_add (bell->followers, self);
  g_mutex_unlock (&bell->lock);

  arm (self);
  return source;
}

GSource *
swb_follower_new (SwbJournal *journal, guint64 first, gint64 interval_us)
{
  g_return_val_if_fail (interval_us >= 0, NULL);

  return follow_bell (journal, &journal->records, first, interval_us);
}

GSource *
swb_follower_new_for_health (SwbJournal *journal, gint64 interval_us)
{
  g_return_val_if_fail (interval_us >= 0, NULL);

  return follow_bell (journal, &journal->health, 0, interval_us);
}
