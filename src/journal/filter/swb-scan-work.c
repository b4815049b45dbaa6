/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-scan-private.h"

#include "journal/filter/swb-filter-private.h"

#include <string.h>

/* What has been found so far of a range of large records is told before all of it is. */
#define PATIENCE_US 10000

static void
clear_result (gpointer data)
{
  g_free (((SwbScanResult *)data)->words);
}

static GArray *
make_results (void)
{
  GArray *results = g_array_new (FALSE, FALSE, sizeof (SwbScanResult));

  g_array_set_clear_func (results, clear_result);
  return results;
}

SwbScanWork *
swb_scan_work_new (SwbJournal *journal, SwbFilter *filter, GSource *source)
{
  SwbScanWork *self = g_new0 (SwbScanWork, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->journal = swb_journal_ref (journal);
  self->filter = swb_filter_ref (filter);
  self->n_at_start = swb_journal_get_n_records (journal);
  g_mutex_init (&self->lock);
  self->pending = g_array_new (FALSE, FALSE, sizeof (SwbScanRange));
  self->results = make_results ();
  self->source = source;
  return self;
}

void
swb_scan_work_unref (SwbScanWork *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  swb_journal_unref (self->journal);
  swb_filter_unref (self->filter);
  g_mutex_clear (&self->lock);
  g_array_unref (self->pending);
  g_array_unref (self->results);
  g_free (self);
}

void
swb_scan_work_cancel (SwbScanWork *self)
{
  g_atomic_int_set (&self->cancelled, 1);

  g_mutex_lock (&self->lock);
  g_array_set_size (self->pending, 0);
  self->source = NULL;
  g_mutex_unlock (&self->lock);
}

static gboolean
pop_range (SwbScanWork *self, SwbScanRange *range)
{
  guint n = self->pending->len;

  if (n == 0)
    return FALSE;

  *range = g_array_index (self->pending, SwbScanRange, n - 1);
  g_array_set_size (self->pending, n - 1);
  return TRUE;
}

/* A worker's end is decided under the lock, so that no range is left without one. */
static gboolean
get_range (SwbScanWork *self, SwbScanRange *range)
{
  g_mutex_lock (&self->lock);
  gboolean got = !g_atomic_int_get (&self->cancelled) && pop_range (self, range);
  if (!got)
    self->n_workers--;
  g_mutex_unlock (&self->lock);
  return got;
}

static void
put_result (SwbScanWork *self, const SwbScanResult *result)
{
  g_mutex_lock (&self->lock);
  g_array_append_vals (self->results, result, 1);
  if (self->source != NULL && !self->announced)
    {
      self->announced = TRUE;
      g_source_set_ready_time (self->source, self->not_before);
    }
  g_mutex_unlock (&self->lock);
}

static void
add_bits (SwbScanResult *result, guint64 position, const guint64 *bits, guint n)
{
  guint n_hits = 0;

  for (guint i = 0; i < (n + 63) / 64; i++)
    n_hits += (guint)__builtin_popcountll (bits[i]);

  if (n_hits > 0)
    {
      if (result->words == NULL)
        result->words = g_new0 (guint64, SWB_HITS_WORDS);
      swb_hits_put_bits (result->words, (guint)(position % SWB_HITS_CHUNK), bits, n);
      result->n_hits += n_hits;
    }
  result->range.n += n;
}

static void
scan_range (SwbScanWork *self, SwbMatcher *matcher, SwbScanRange range)
{
  while (range.n > 0)
    {
      gint64 until = g_get_monotonic_time () + PATIENCE_US;
      guint64 n_undecided = swb_matcher_get_n_undecided (matcher);
      SwbScanResult result = { .range.first = range.first };

      do
        {
          guint64 bits[SWB_MATCHER_WORDS];
          guint n = swb_matcher_select (matcher, range.first,
                                        MIN (range.n, SWB_MATCHER_BLOCK), bits);

          if (g_atomic_int_get (&self->cancelled))
            {
              g_free (result.words);
              return;
            }
          add_bits (&result, range.first, bits, n);
          range.first += n;
          range.n -= n;
        }
      while (range.n > 0 && g_get_monotonic_time () < until);

      result.n_undecided = swb_matcher_get_n_undecided (matcher) - n_undecided;
      put_result (self, &result);
    }
}

static void
work (gpointer data, gpointer user_data)
{
  SwbScanWork *self = data;
  g_autoptr (SwbMatcher) matcher = swb_matcher_new (
      self->filter, self->journal, MAX (self->n_at_start, 1), &self->cancelled);
  SwbScanRange range;

  while (get_range (self, &range))
    scan_range (self, matcher, range);

  g_clear_pointer (&matcher, swb_matcher_free);
  swb_scan_work_unref (self);
}

static GThreadPool *
get_pool (void)
{
  static gsize made;
  static GThreadPool *pool;

  if (g_once_init_enter (&made))
    {
      pool = g_thread_pool_new (work, NULL, (gint)g_get_num_processors (), FALSE, NULL);
      g_once_init_leave (&made, 1);
    }
  return pool;
}

static void
set_workers (SwbScanWork *self)
{
  guint wanted = MIN (self->pending->len, g_get_num_processors ());

  for (; self->n_workers < wanted; self->n_workers++)
    {
      g_atomic_ref_count_inc (&self->ref_count);
      g_thread_pool_push (get_pool (), self, NULL);
    }
}

/* The first range ends with its chunk, so that no range lies in two. */
static void
push_ranges (SwbScanWork *self, guint64 first, guint64 n)
{
  while (n > 0)
    {
      guint room = SWB_HITS_CHUNK - (guint)(first % SWB_HITS_CHUNK);
      SwbScanRange range = { .first = first, .n = (guint)MIN (room, n) };

      g_array_append_val (self->pending, range);
      first += range.n;
      n -= range.n;
    }
}

void
swb_scan_work_add (SwbScanWork *self, guint64 first, guint64 n)
{
  g_mutex_lock (&self->lock);
  push_ranges (self, first, n);
  set_workers (self);
  g_mutex_unlock (&self->lock);
}

void
swb_scan_work_prioritise (SwbScanWork *self, guint64 first, guint64 n)
{
  g_autoptr (GArray) now = g_array_new (FALSE, FALSE, sizeof (SwbScanRange));
  guint kept = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->pending->len; i++)
    {
      SwbScanRange range = g_array_index (self->pending, SwbScanRange, i);

      if (range.first < first + n && first < range.first + range.n)
        g_array_append_val (now, range);
      else
        g_array_index (self->pending, SwbScanRange, kept++) = range;
    }
  g_array_set_size (self->pending, kept);
  if (now->len > 0)
    g_array_append_vals (self->pending, now->data, now->len);
  g_mutex_unlock (&self->lock);
}

static int
compare_results (gconstpointer a, gconstpointer b)
{
  guint64 first = ((const SwbScanResult *)a)->range.first;
  guint64 second = ((const SwbScanResult *)b)->range.first;

  return first < second ? -1 : first > second;
}

GArray *
swb_scan_work_take (SwbScanWork *self, gint64 not_before)
{
  GArray *fresh = make_results ();

  g_mutex_lock (&self->lock);
  GArray *results = self->results;
  self->results = fresh;
  self->announced = FALSE;
  self->not_before = not_before;
  g_mutex_unlock (&self->lock);

  g_array_sort (results, compare_results);
  return results;
}
