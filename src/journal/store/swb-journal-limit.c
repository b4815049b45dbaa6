/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-journal-health.h"

#include "journal/store/swb-journal-private.h"

#include <sys/statvfs.h>

#define DEFAULT_LIMIT (G_GUINT64_CONSTANT (4) << 30)
#define SHARE_OF_FREE 10

/* Every segment is at most that share of the limit. */
#define SHARE_OF_LIMIT 8
#define SEGMENT_MIN (64u * 1024)

/* That files are whole is looked at so often while records come, and that old records went
 * is noted no more often. */
#define CHECK_NS (G_GINT64_CONSTANT (250) * 1000 * 1000)
#define TELL_NS (G_GINT64_CONSTANT (1000) * 1000 * 1000)

guint64
swb_journal_get_default_limit (const char *folder)
{
  g_autofree char *path = g_strdup (folder);
  struct statvfs status;

  while (statvfs (path, &status) < 0)
    {
      g_autofree char *parent = g_path_get_dirname (path);

      if (g_str_equal (parent, path))
        return DEFAULT_LIMIT;
      g_free (path);
      path = g_steal_pointer (&parent);
    }

  guint64 n_free = (guint64)status.f_bavail * status.f_frsize;
  return CLAMP (n_free / SHARE_OF_FREE, SWB_JOURNAL_LIMIT_MIN, DEFAULT_LIMIT);
}

void
swb_journal_set_limit (SwbJournal *self, guint64 n_bytes, SwbLimitPolicy policy)
{
  g_return_if_fail (n_bytes == 0 || n_bytes >= SWB_JOURNAL_LIMIT_MIN);

  __atomic_store_n (&self->policy, policy, __ATOMIC_RELAXED);
  __atomic_store_n (&self->limit, n_bytes, __ATOMIC_RELAXED);
}

/* --- what the writer tells of its health --- */

static void
ring (SwbJournal *self)
{
  swb_bell_ring (&self->health, self->health.count + 1);
}

void
swb_journal_set_error (SwbJournal *self, int error)
{
  /* While it fails the number of lost records grows. */
  if (G_LIKELY (self->error == 0 && error == 0))
    return;

  __atomic_store_n (&self->error, error, __ATOMIC_RELAXED);
  ring (self);
}

void
swb_journal_get_health (SwbJournal *self, SwbHealth *health)
{
  *health = (SwbHealth){
    .error = __atomic_load_n (&self->error, __ATOMIC_RELAXED),
    .n_unrecorded = __atomic_load_n (&self->n_unrecorded, __ATOMIC_RELAXED),
    .without_payload = __atomic_load_n (&self->without_payload, __ATOMIC_RELAXED),
    .n_unkept = __atomic_load_n (&self->n_unkept, __ATOMIC_RELAXED),
    .limit = __atomic_load_n (&self->limit, __ATOMIC_RELAXED),
    .deleted = __atomic_load_n (&self->deleted, __ATOMIC_RELAXED),
    .n_cut = __atomic_load_n (&self->n_cut, __ATOMIC_RELAXED),
  };
}

/* --- the limit --- */

static guint
get_segment (SwbJournal *self, guint64 position)
{
  return (guint)(swb_journal_peek_entry (self, position)->offset
                 >> self->layout.arena_shift);
}

/* The first position whose bytes are behind the arena segment @number; offsets only grow.
 */
static guint64
find_behind (SwbJournal *self, guint number)
{
  guint64 low = self->first, high = self->records.count;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (get_segment (self, middle) <= number)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Where the journal would begin without its oldest segment, of the arena or of the index.
 * The published count: nothing can go. */
static guint64
get_next_first (SwbJournal *self)
{
  guint64 behind_index = (guint64)(self->index.first + 1) << self->layout.index_shift;

  return MIN (MIN (behind_index, find_behind (self, self->arena.first)),
              self->records.count);
}

/* The position moves first: see swb_journal_has(). */
static void
begin_at (SwbJournal *self, guint64 first)
{
  __atomic_store_n (&self->first, first, __ATOMIC_SEQ_CST);
  swb_segments_drop (&self->arena, get_segment (self, first));
  swb_segments_drop (&self->index, (guint)(first >> self->layout.index_shift));
}

static guint64
get_n_used (const SwbJournal *self)
{
  return self->arena.n_bytes + self->index.n_bytes;
}

static void
drop_oldest (SwbJournal *self, guint64 limit)
{
  guint64 told = swb_bell_get_told (&self->records);

  while (get_n_used (self) > limit)
    {
      guint64 first = get_next_first (self);

      if (first >= self->records.count || (first > told && get_n_used (self) <= 2 * limit))
        break;
      begin_at (self, first);
    }
}

/* Small segments for a small limit: the arena's next one begins before this one is full. */
static void
end_segment (SwbJournal *self, guint64 limit)
{
  guint64 used = self->hot.offset & (self->arena.size - 1);

  if (used > MAX (limit / SHARE_OF_LIMIT, SEGMENT_MIN))
    self->hot.offset = swb_journal_get_next_segment (self, self->hot.offset);
}

static void
set_without_payload (SwbJournal *self, gboolean without)
{
  if (G_LIKELY (self->without_payload == without))
    return;

  __atomic_store_n (&self->without_payload, without, __ATOMIC_RELAXED);
  ring (self);
}

void
swb_journal_keep_limit (SwbJournal *self)
{
  guint64 limit = __atomic_load_n (&self->limit, __ATOMIC_RELAXED);
  SwbLimitPolicy policy = __atomic_load_n (&self->policy, __ATOMIC_RELAXED);
  gboolean is_over = limit > 0 && get_n_used (self) > limit;

  set_without_payload (self, is_over && policy == SWB_LIMIT_PAYLOAD);
  if (limit == 0 || policy != SWB_LIMIT_OLDEST)
    return;

  end_segment (self, limit);
  if (is_over)
    drop_oldest (self, limit);
}

/* --- what others do to the files --- */

/* What is written behind a cut would leave a hole before it that reads as zeros; in a new
 * segment it doesn't. */
static void
move_hot (SwbJournal *self)
{
  guint64 offset = swb_journal_get_next_segment (self, self->hot.offset);

  for (guint i = 0; i < self->hot.n_entries; i++)
    self->hot.entries[i].offset += offset - self->hot.offset;
  self->hot.offset = offset;
}

void
swb_journal_check_files (SwbJournal *self, gint64 now_ns)
{
  gsize n_arena = 0, n_index = 0;

  if (G_LIKELY (now_ns - self->checked_ns < CHECK_NS && now_ns >= self->checked_ns))
    return;

  self->checked_ns = now_ns;
  SwbSegmentState arena = swb_segments_check (&self->arena, &n_arena);
  SwbSegmentState index = swb_segments_check (&self->index, &n_index);
  if (arena == SWB_SEGMENT_CUT)
    move_hot (self);
  if (index == SWB_SEGMENT_CUT)
    swb_segments_mend (&self->index);

  if (arena == SWB_SEGMENT_DELETED || index == SWB_SEGMENT_DELETED)
    __atomic_store_n (&self->deleted, 1, __ATOMIC_RELAXED);
  __atomic_add_fetch (&self->n_cut, n_arena + n_index, __ATOMIC_RELAXED);
  if (self->n_cut > self->told.n_cut || self->deleted != self->told.deleted)
    ring (self);
}

/* --- what the records should say --- */

static gboolean
tell (SwbLimitEvent *event, SwbLimitEvent what, gint64 *number, guint64 value)
{
  *event = what;
  *number = (gint64)value;
  return TRUE;
}

static gboolean
next_file_event (SwbJournal *self, SwbLimitEvent *event, gint64 *number)
{
  SwbTold *told = &self->told;

  if (self->deleted && !told->deleted)
    {
      told->deleted = TRUE;
      return tell (event, SWB_LIMIT_DELETED, number, 0);
    }
  if (self->n_cut > told->n_cut)
    {
      guint64 n = self->n_cut - told->n_cut;

      told->n_cut = self->n_cut;
      return tell (event, SWB_LIMIT_CUT, number, n);
    }
  return FALSE;
}

static gboolean
next_payload_event (SwbJournal *self, gboolean all, SwbLimitEvent *event, gint64 *number)
{
  SwbTold *told = &self->told;
  guint64 n_unkept = self->n_unkept - told->n_unkept;
  gboolean keeps = !self->without_payload;

  if (keeps == told->payload && !(all && n_unkept > 0))
    return FALSE;

  if (!keeps && told->payload)
    {
      told->payload = FALSE;
      return tell (event, SWB_LIMIT_STOPS, number,
                   __atomic_load_n (&self->limit, __ATOMIC_RELAXED));
    }

  told->n_unkept = self->n_unkept;
  told->payload = keeps;
  return tell (event, keeps ? SWB_LIMIT_AGAIN : SWB_LIMIT_UNKEPT, number, n_unkept);
}

gboolean
swb_journal_next_event (SwbJournal *self, gboolean all, SwbLimitEvent *event,
                        gint64 *number)
{
  SwbTold *told = &self->told;

  if (self->first != told->first)
    {
      gint64 now_ns = swb_journal_peek_entry (self, self->records.count - 1)->time_ns;

      if (all || told->first == 0 || now_ns - told->first_ns >= TELL_NS)
        {
          told->first = self->first;
          told->first_ns = now_ns;
          return tell (event, SWB_LIMIT_GONE, number, self->first);
        }
    }

  return next_payload_event (self, all, event, number)
         || next_file_event (self, event, number);
}
