/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-journal.h"

#include "journal/store/swb-journal-private.h"

#include <errno.h>
#include <sys/file.h>
#include <unistd.h>

/* 2^20 entries of 40 bytes and 64 MiB of arena a segment. A journal with a limit goes on
 * for ever, so the tables below have room for 2^40 records and 64 TiB: their pages are not
 * touched before they are needed. */
static const SwbJournalLayout default_layout = {
  .index_shift = 20,
  .arena_shift = 26,
  .max_index_segments = 1u << 20,
  .max_arena_segments = 1u << 20,
};

/* With a small limit an index segment is to be small, too. */
#define INDEX_SHIFT_MIN 12
#define SEGMENTS_PER_LIMIT 16

G_STATIC_ASSERT (SWB_JOURNAL_INDEX_SEGMENT == 1u << 20);
G_STATIC_ASSERT (SWB_JOURNAL_ARENA_SEGMENT == 1u << 26);

G_DEFINE_BOXED_TYPE (SwbJournal, swb_journal, swb_journal_ref, swb_journal_unref)

static void
init_segments (SwbJournal *self)
{
  const SwbJournalLayout *layout = &self->layout;

  swb_segments_init (&self->index, self->folder, "index",
                     ((gsize)1 << layout->index_shift) * sizeof (SwbEntry),
                     layout->max_index_segments);
  swb_segments_init (&self->arena, self->folder, "arena", (gsize)1 << layout->arena_shift,
                     layout->max_arena_segments);
}

/* An empty journal over an anchor; takes over @anchor_fd. */
static SwbJournal *
make (const char *folder, const SwbJournalLayout *layout, const SwbJournalAnchor *anchor,
      int anchor_fd)
{
  SwbJournal *self = g_new0 (SwbJournal, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->folder = g_strdup (folder);
  self->layout = *layout;
  self->anchor = *anchor;
  self->anchor_fd = anchor_fd;
  self->start_ns = anchor->monotonic_ns;
  self->told.payload = TRUE;
  swb_journal_owed_init (&self->owed);
  swb_bell_init (&self->records);
  swb_bell_init (&self->health);
  init_segments (self);
  return self;
}

SwbJournal *
swb_journal_new_with_layout (const char *folder, const SwbJournalLayout *layout,
                             GError **error)
{
  SwbJournalAnchor anchor
      = { .index_shift = layout->index_shift, .arena_shift = layout->arena_shift };
  int fd;

  if (!swb_journal_anchor_create (folder, &anchor, &fd, error))
    return NULL;

  SwbJournal *self = make (folder, layout, &anchor, fd);
  swb_journal_hot_init (&self->hot);
  return self;
}

SwbJournal *
swb_journal_new (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return swb_journal_new_with_layout (folder, &default_layout, error);
}

SwbJournal *
swb_journal_new_limited (const char *folder, guint64 n_bytes, SwbLimitPolicy policy,
                         GError **error)
{
  SwbJournalLayout layout = default_layout;
  SwbJournal *self;

  g_return_val_if_fail (folder != NULL, NULL);

  while (n_bytes > 0 && layout.index_shift > INDEX_SHIFT_MIN
         && sizeof (SwbEntry) << layout.index_shift > n_bytes / SEGMENTS_PER_LIMIT)
    layout.index_shift--;

  self = swb_journal_new_with_layout (folder, &layout, error);
  if (self != NULL)
    swb_journal_set_limit (self, n_bytes, policy);
  return self;
}

/* Whether the arena has all bytes of @entry. @mapped: the segment looked at last, and the
 * bytes its file has. */
static gboolean
is_backed (SwbJournal *self, const SwbEntry *entry, guint64 *mapped, gsize *n_mapped)
{
  guint64 number = entry->offset >> self->layout.arena_shift;
  gsize at = entry->offset & (self->arena.size - 1);

  if (entry->length == 0)
    return TRUE;

  if (number != *mapped)
    {
      /* Offsets only grow: a segment seen before cannot come again. */
      if (number >= self->arena.n_max
          || swb_segments_get_map (&self->arena, number) != NULL)
        return FALSE;

      *mapped = number;
      *n_mapped = swb_segments_open (&self->arena, (guint)number);
    }

  return at + entry->length <= *n_mapped;
}

/* Whether @entry, before which there is none, was of a segment that has gone. */
static gboolean
has_gone (SwbJournal *self, const SwbEntry *entry)
{
  return self->first == self->records.count
         && entry->offset >> self->layout.arena_shift < self->arena.first;
}

static void
find_first (SwbJournal *self)
{
  guint first = swb_segments_find_first (&self->index);

  self->index.first = first < self->index.n_max ? first : 0;
  first = swb_segments_find_first (&self->arena);
  self->arena.first = first < self->arena.n_max ? first : 0;
  self->records.count = (guint64)self->index.first << self->layout.index_shift;
  self->first = self->records.count;
}

static void
load_entries (SwbJournal *self)
{
  guint64 mapped = G_MAXUINT64;
  gsize n_mapped = 0;

  find_first (self);
  for (guint number = self->index.first; number < self->index.n_max; number++)
    {
      gsize n = swb_segments_open (&self->index, number) / sizeof (SwbEntry);
      const SwbEntry *entries
          = (const SwbEntry *)swb_segments_get_map (&self->index, number);

      for (gsize i = 0; i < n; i++)
        {
          if (has_gone (self, &entries[i]))
            self->first++;
          else if (is_backed (self, &entries[i], &mapped, &n_mapped))
            self->n_bytes += sizeof (SwbEntry) + entries[i].length;
          else
            return;

          if (self->records.count++ == 0)
            self->start_ns = entries[i].time_ns;
        }

      if (n < (gsize)1 << self->layout.index_shift)
        return;
    }
}

SwbJournal *
swb_journal_open (const char *folder, GError **error)
{
  SwbJournalLayout layout = default_layout;
  SwbJournalAnchor anchor;
  int fd;

  g_return_val_if_fail (folder != NULL, NULL);

  if (!swb_journal_anchor_load (folder, &anchor, &fd, error))
    return NULL;

  /* Keeps it from being swept. A living writer's lock stands in the way and does the same.
   */
  if (flock (fd, LOCK_SH | LOCK_NB) < 0)
    g_debug ("%s has a writer: %s", folder, g_strerror (errno));

  layout.index_shift = anchor.index_shift;
  layout.arena_shift = anchor.arena_shift;
  SwbJournal *self = make (folder, &layout, &anchor, fd);
  load_entries (self);
  return self;
}

SwbJournal *
swb_journal_ref (SwbJournal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
swb_journal_unref (SwbJournal *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->hot.bytes != NULL)
    swb_journal_publish (self, NULL);

  swb_journal_hot_clear (&self->hot);
  swb_segments_clear (&self->index);
  swb_segments_clear (&self->arena);
  close (self->anchor_fd);
  swb_journal_owed_clear (&self->owed);
  swb_bell_clear (&self->records);
  swb_bell_clear (&self->health);
  g_free (self->folder);
  g_free (self);
}

const char *
swb_journal_get_folder (SwbJournal *self)
{
  return self->folder;
}

void
swb_journal_delete (SwbJournal *self)
{
  g_atomic_int_set (&self->removed, TRUE);
  swb_journal_remove_files (self->folder);
}

guint64
swb_journal_get_n_unrecorded (SwbJournal *self)
{
  return __atomic_load_n (&self->n_unrecorded, __ATOMIC_RELAXED);
}

guint64
swb_journal_get_n_records (SwbJournal *self)
{
  return __atomic_load_n (&self->records.count, __ATOMIC_SEQ_CST);
}

guint64
swb_journal_get_first (SwbJournal *self)
{
  return __atomic_load_n (&self->first, __ATOMIC_ACQUIRE);
}

/* The writer moves the first position before it takes the maps away. So whoever read zeros
 * in place of a record, and looks at the position afterwards, finds it moved. */
gboolean
swb_journal_has (SwbJournal *self, guint64 position)
{
  __atomic_thread_fence (__ATOMIC_ACQUIRE);
  return position >= __atomic_load_n (&self->first, __ATOMIC_RELAXED)
         && position < swb_journal_get_n_records (self);
}

gint64
swb_journal_get_start_ns (SwbJournal *self)
{
  return __atomic_load_n (&self->start_ns, __ATOMIC_RELAXED);
}

guint64
swb_journal_get_n_bytes (SwbJournal *self)
{
  return __atomic_load_n (&self->n_bytes, __ATOMIC_RELAXED);
}

const SwbEntry *
swb_journal_peek_entry (SwbJournal *self, guint64 position)
{
  static const SwbEntry none;
  const guint8 *map
      = swb_segments_get_map (&self->index, position >> self->layout.index_shift);

  if (G_UNLIKELY (map == NULL))
    return &none;
  return (const SwbEntry *)map + (position & ((1u << self->layout.index_shift) - 1));
}

/* For callers that go on with a record that is not there. */
static gboolean
give_none (SwbRecord *record)
{
  *record = (SwbRecord){ .fd = -1 };
  return FALSE;
}

/* Of an entry that may turn to zeros meanwhile: so a copy. */
static gboolean
read_entry (SwbJournal *self, const SwbEntry entry, SwbRecord *record)
{
  if (entry.kind == 0)
    return give_none (record);
  if (entry.length == 0)
    return swb_record_decode (&entry, NULL, record);

  gsize at = entry.offset & (self->arena.size - 1);
  guint64 number = entry.offset >> self->layout.arena_shift;
  const guint8 *map = swb_segments_get_map (&self->arena, number);
  if (map == NULL || at + entry.length > self->arena.size)
    return give_none (record);

  return swb_record_decode (&entry, map + at, record)
         && swb_segments_has (&self->arena, number, at, entry.length);
}

gboolean
swb_journal_read (SwbJournal *self, guint64 position, SwbRecord *record)
{
  if (!swb_journal_has (self, position))
    return give_none (record);

  return read_entry (self, *swb_journal_peek_entry (self, position), record)
         && swb_journal_has (self, position);
}

/* Without signs, since sums of times from a damaged file may go beyond any number. */
gint64
swb_journal_to_wall_ns (SwbJournal *self, gint64 time_ns)
{
  return (gint64)((guint64)time_ns - (guint64)self->anchor.monotonic_ns
                  + (guint64)self->anchor.wall_ns);
}

gint64
swb_journal_from_wall_ns (SwbJournal *self, gint64 wall_ns)
{
  return (gint64)((guint64)wall_ns - (guint64)self->anchor.wall_ns
                  + (guint64)self->anchor.monotonic_ns);
}
