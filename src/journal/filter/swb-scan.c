/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-scan.h"

#include "journal/store/swb-follower.h"
#include "journal/filter/swb-scan-private.h"
#include "journal/store/swb-source.h"

/* As the follower's: below GTK's redraw. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

struct _SwbScan
{
  guint ref_count; /* the caller's, and one while it is being told */
  SwbScanWork *work;
  GSource *source; /* ready when there are results */
  GSource *follower;
  gint64 interval_us;
  SwbScanFunc func; /* NULL once freed */
  gpointer user_data;

  SwbHits hits;
  guint64 n_records;
  guint64 n_scanned;
  guint64 n_undecided;
  guint64 first; /* below it there are no hits */
};

static void
unref (SwbScan *self)
{
  if (--self->ref_count > 0)
    return;

  swb_hits_clear (&self->hits);
  g_free (self);
}

static void
tell (SwbScan *self, guint64 first_hit, guint64 n_added)
{
  if (self->func != NULL)
    self->func (self, first_hit, n_added, self->user_data);
}

/* What is found below the first position doesn't count any more. */
static void
add_hits (SwbScan *self, SwbScanResult *result)
{
  swb_hits_add (&self->hits, (guint)(result->range.first / SWB_HITS_CHUNK),
                g_steal_pointer (&result->words), result->n_hits);
  if (result->range.first < self->first)
    result->n_hits -= (guint)swb_hits_drop (&self->hits, self->first);
}

/* Takes over results of records side by side, from @i on. Returns how many hits they bring.
 */
static guint64
take_over (SwbScan *self, GArray *results, guint *i)
{
  guint64 n_added = 0, next;

  do
    {
      SwbScanResult *result = &g_array_index (results, SwbScanResult, (*i)++);

      next = result->range.first + result->range.n;
      if (result->words != NULL)
        add_hits (self, result);
      n_added += result->n_hits;
      self->n_scanned += result->range.n;
      self->n_undecided += result->n_undecided;
    }
  while (*i < results->len
         && g_array_index (results, SwbScanResult, *i).range.first == next);

  return n_added;
}

static void
tell_results (SwbScan *self, GArray *results)
{
  gboolean told = FALSE;

  for (guint i = 0; i < results->len && self->work != NULL;)
    {
      guint64 first = g_array_index (results, SwbScanResult, i).range.first;
      guint64 first_hit = swb_hits_get_n_before (&self->hits, first);
      guint64 n_added = take_over (self, results, &i);

      if (n_added > 0 || (i == results->len && !told))
        tell (self, first_hit, n_added);
      told = told || n_added > 0;
    }
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  SwbScan *self = user_data;

  /* Before the results are taken: afterwards a worker may set it. */
  g_source_set_ready_time (source, -1);
  g_autoptr (GArray) results
      = swb_scan_work_take (self->work, g_get_monotonic_time () + self->interval_us);

  self->ref_count++;
  tell_results (self, results);
  unref (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

static gboolean
never_called (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
follow_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  SwbScan *self = user_data;

  self->n_records = first + n_records;
  swb_scan_work_add (self->work, first, n_records);
  return G_SOURCE_CONTINUE;
}

static void
attach (GSource *source, GSourceFunc callback, SwbScan *self, GMainContext *context)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_set_priority (source, PRIORITY);
  g_source_attach (source, context);
}

SwbScan *
swb_scan_new (SwbJournal *journal, SwbFilter *filter, guint64 visible_first,
              guint64 n_visible, gint64 interval_us, SwbScanFunc func, gpointer user_data)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  SwbScan *self;

  g_return_val_if_fail (journal != NULL && filter != NULL && interval_us >= 0, NULL);

  self = g_new0 (SwbScan, 1);
  self->ref_count = 1;
  self->interval_us = interval_us;
  self->func = func;
  self->user_data = user_data;
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "[swb] scan");
  self->work = swb_scan_work_new (journal, filter, self->source);
  self->n_records = self->work->n_at_start;
  self->first = MIN (swb_journal_get_first (journal), self->n_records);
  self->n_scanned = self->first;
  self->follower = swb_follower_new (journal, self->n_records, interval_us);

  attach (self->source, never_called, self, context);
  attach (self->follower, G_SOURCE_FUNC (follow_cb), self, context);
  swb_scan_work_add (self->work, self->first, self->n_records - self->first);
  if (n_visible > 0)
    swb_scan_work_prioritise (self->work, visible_first, n_visible);
  return self;
}

void
swb_scan_free (SwbScan *self)
{
  g_return_if_fail (self != NULL && self->work != NULL);

  self->func = NULL;
  swb_scan_work_cancel (self->work);
  swb_source_clear (&self->follower);
  swb_source_clear (&self->source);
  g_clear_pointer (&self->work, swb_scan_work_unref);
  unref (self);
}

gboolean
swb_scan_is_done (SwbScan *self)
{
  return self->n_scanned == self->n_records;
}

guint64
swb_scan_get_n_scanned (SwbScan *self)
{
  return self->n_scanned;
}

guint64
swb_scan_get_n_records (SwbScan *self)
{
  return self->n_records;
}

guint64
swb_scan_get_n_hits (SwbScan *self)
{
  return self->hits.n_hits;
}

guint64
swb_scan_get_n_undecided (SwbScan *self)
{
  return self->n_undecided;
}

guint64
swb_scan_get_hit (SwbScan *self, guint64 number)
{
  return swb_hits_get (&self->hits, number);
}

guint64
swb_scan_get_n_before (SwbScan *self, guint64 position)
{
  return swb_hits_get_n_before (&self->hits, position);
}

gboolean
swb_scan_is_hit (SwbScan *self, guint64 position)
{
  return swb_hits_contain (&self->hits, position);
}

void
swb_scan_copy_hits (SwbScan *self, guint64 first, guint64 end, SwbHits *to)
{
  g_return_if_fail (self != NULL && to != NULL);

  swb_hits_copy_range (to, &self->hits, first, end);
}

guint64
swb_scan_forget (SwbScan *self, guint64 position)
{
  if (position <= self->first)
    return 0;

  self->first = position;
  return swb_hits_drop (&self->hits, position);
}
