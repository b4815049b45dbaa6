/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-journal.h"

#include "journal/swb-journal-private.h"

#include <errno.h>
#include <sys/file.h>
#include <unistd.h>

/* 2^20 entries of 40 bytes and 64 MiB of arena a segment: the tables below have room for 4
 * G records and 1 TiB, and cost 160 KiB of memory that is never touched. */
static const SwbJournalLayout default_layout = {
  .index_shift = 20,
  .arena_shift = 26,
  .max_index_segments = 4096,
  .max_arena_segments = 16384,
};

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
  self->followers = g_ptr_array_new ();
  g_mutex_init (&self->followers_lock);
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

static void
load_entries (SwbJournal *self)
{
  guint64 mapped = G_MAXUINT64;
  gsize n_mapped = 0;

  for (guint number = 0; number < self->index.n_max; number++)
    {
      gsize n = swb_segments_open (&self->index, number) / sizeof (SwbEntry);
      const SwbEntry *entries
          = (const SwbEntry *)swb_segments_get_map (&self->index, number);

      for (gsize i = 0; i < n; i++)
        {
          if (!is_backed (self, &entries[i], &mapped, &n_mapped))
            return;

          self->n_records++;
          self->n_bytes += sizeof (SwbEntry) + entries[i].length;
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
  g_ptr_array_unref (self->followers);
  g_mutex_clear (&self->followers_lock);
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
  return __atomic_load_n (&self->n_records, __ATOMIC_SEQ_CST);
}

guint64
swb_journal_get_n_bytes (SwbJournal *self)
{
  return __atomic_load_n (&self->n_bytes, __ATOMIC_RELAXED);
}

const SwbEntry *
swb_journal_peek_entry (SwbJournal *self, guint64 position)
{
  const guint8 *map
      = swb_segments_get_map (&self->index, position >> self->layout.index_shift);

  return (const SwbEntry *)map + (position & ((1u << self->layout.index_shift) - 1));
}

gboolean
swb_journal_read (SwbJournal *self, guint64 position, SwbRecord *record)
{
  if (position >= swb_journal_get_n_records (self))
    return FALSE;

  const SwbEntry *entry = swb_journal_peek_entry (self, position);
  if (entry->length == 0)
    return swb_record_decode (entry, NULL, record);

  gsize at = entry->offset & (self->arena.size - 1);
  const guint8 *map
      = swb_segments_get_map (&self->arena, entry->offset >> self->layout.arena_shift);
  if (map == NULL || at + entry->length > self->arena.size)
    return FALSE;

  return swb_record_decode (entry, map + at, record);
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
