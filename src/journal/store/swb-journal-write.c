/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-journal-private.h"

#include "net/swb-error.h"

#include <errno.h>
#include <string.h>

void
swb_journal_hot_init (SwbJournalHot *self)
{
  self->size = SWB_JOURNAL_HOT_BYTES;
  self->bytes = g_malloc (self->size);
  self->entries = g_new (SwbEntry, SWB_JOURNAL_HOT_ENTRIES);
}

void
swb_journal_hot_clear (SwbJournalHot *self)
{
  g_clear_pointer (&self->bytes, g_free);
  g_clear_pointer (&self->entries, g_free);
}

static gsize
get_data_max (const SwbJournal *self)
{
  return MIN (SWB_JOURNAL_DATA_MAX, self->arena.size - SWB_RECORD_DETAILS_MAX);
}

static gboolean
write_to_files (SwbJournal *self, GError **error)
{
  SwbJournalHot *hot = &self->hot;
  guint arena_number = (guint)(hot->offset >> self->layout.arena_shift);
  gsize arena_at = hot->offset & (self->arena.size - 1);
  guint index_number = (guint)(self->records.count >> self->layout.index_shift);
  guint64 first = self->records.count & ((1u << self->layout.index_shift) - 1);
  gsize index_at = first * sizeof (SwbEntry);

  if ((hot->used == 0
       || swb_segments_write (&self->arena, arena_number, arena_at, hot->bytes, hot->used,
                              error))
      && swb_segments_write (&self->index, index_number, index_at, hot->entries,
                             hot->n_entries * sizeof (SwbEntry), error))
    return TRUE;

  /* Entries that nobody may believe go before their arena is written again. */
  swb_segments_rewind (&self->index, index_number, index_at);
  swb_segments_rewind (&self->arena, arena_number, arena_at);
  return FALSE;
}

/* A segment may be due in a folder that somebody deleted. */
static gboolean
write_hot (SwbJournal *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (write_to_files (self, &reason)
      || (g_error_matches (reason, SWB_ERRNO, ENOENT) && swb_journal_anchor_restore (self)
          && write_to_files (self, NULL)))
    {
      swb_journal_set_error (self, 0);
      return TRUE;
    }

  swb_journal_owe (self);
  swb_journal_set_error (self, reason->code);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

gboolean
swb_journal_publish (SwbJournal *self, GError **error)
{
  SwbJournalHot *hot = &self->hot;

  g_return_val_if_fail (hot->bytes != NULL, FALSE);

  guint n = hot->n_entries;
  gsize used = hot->used;
  if (n == 0)
    return TRUE;

  if (self->records.count == 0)
    __atomic_store_n (&self->start_ns, hot->entries[0].time_ns, __ATOMIC_RELAXED);
  swb_journal_check_files (self, hot->entries[n - 1].time_ns);
  gboolean written = write_hot (self, error);
  hot->n_entries = 0;
  hot->used = 0;
  hot->reserved = 0;
  hot->gap = 0;
  if (!written)
    {
      __atomic_add_fetch (&self->n_unrecorded, n, __ATOMIC_RELAXED);
      return FALSE;
    }

  hot->offset += used;
  __atomic_add_fetch (&self->n_bytes, used + n * sizeof (SwbEntry), __ATOMIC_RELAXED);
  swb_bell_ring (&self->records, self->records.count + n);
  swb_journal_keep_limit (self);
  return TRUE;
}

/* What was dropped is counted; whoever asks for it is told by the next
 * swb_journal_publish() or by the count. */
static void
publish_full (SwbJournal *self)
{
  g_autoptr (GError) error = NULL;

  if (!swb_journal_publish (self, &error))
    g_debug ("%s", error->message);
}

static gboolean
index_is_full (const SwbJournal *self)
{
  guint64 next = self->records.count + self->hot.n_entries;
  gboolean at_border = (next & ((1u << self->layout.index_shift) - 1)) == 0;

  return self->hot.n_entries == SWB_JOURNAL_HOT_ENTRIES
         || (self->hot.n_entries > 0 && at_border);
}

/* Makes room for one record of @n_data bytes, in memory and in the segments. */
static void
make_room (SwbJournal *self, gsize n_data)
{
  SwbJournalHot *hot = &self->hot;
  gsize wanted = n_data + SWB_RECORD_DETAILS_MAX;

  if (index_is_full (self) || hot->used + wanted > hot->size)
    publish_full (self);

  gsize at = hot->offset & (self->arena.size - 1);
  if (at + hot->used + wanted > self->arena.size)
    {
      publish_full (self);
      if ((hot->offset & (self->arena.size - 1)) != 0)
        hot->offset = swb_journal_get_next_segment (self, hot->offset);
    }

  if (wanted > hot->size)
    {
      g_free (hot->bytes);
      hot->size = wanted;
      hot->bytes = g_malloc (hot->size);
    }
}

guint8 *
swb_journal_reserve (SwbJournal *self, gsize n_bytes)
{
  g_return_val_if_fail (self->hot.bytes != NULL, NULL);
  g_return_val_if_fail (n_bytes <= get_data_max (self), NULL);

  gsize gap = self->without_payload ? SWB_RECORD_DETAILS_MAX : 0;
  make_room (self, gap + n_bytes);
  self->hot.reserved = n_bytes;
  self->hot.gap = gap;
  return self->hot.bytes + self->hot.used + gap;
}

static gboolean
is_payload (const SwbRecord *record)
{
  return record->kind == SWB_RECORD_CALL && swb_call_moves_bytes (record->call);
}

/* How many of the record's bytes are kept. */
static gsize
get_n_kept (SwbJournal *self, const SwbRecord *record)
{
  if (!self->without_payload || record->n_data == 0 || !is_payload (record))
    return MIN (record->n_data, get_data_max (self));

  __atomic_add_fetch (&self->n_unkept, record->n_data, __ATOMIC_RELAXED);
  return 0;
}

void
swb_journal_append (SwbJournal *self, const SwbRecord *record)
{
  SwbJournalHot *hot = &self->hot;
  SwbRecord kept = *record;

  g_return_if_fail (hot->bytes != NULL);

  kept.n_data = get_n_kept (self, record);
  gboolean in_room
      = record->data == hot->bytes + hot->used + hot->gap && kept.n_data <= hot->reserved;
  if (!in_room)
    make_room (self, kept.n_data);

  guint8 *at = hot->bytes + hot->used;
  if (kept.n_data > 0 && record->data != at)
    memmove (at, record->data, kept.n_data);

  SwbEntry *entry = &hot->entries[hot->n_entries];
  swb_record_encode (&kept, entry, at + kept.n_data);
  entry->offset = hot->offset + hot->used;

  hot->n_entries++;
  hot->used += entry->length;
  hot->reserved = 0;
  hot->gap = 0;
}
