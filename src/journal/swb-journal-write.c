/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-journal-private.h"

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
write_hot (SwbJournal *self, GError **error)
{
  SwbJournalHot *hot = &self->hot;
  guint arena_number = (guint)(hot->offset >> self->layout.arena_shift);
  gsize arena_at = hot->offset & (self->arena.size - 1);
  guint index_number = (guint)(self->n_records >> self->layout.index_shift);
  guint64 first = self->n_records & ((1u << self->layout.index_shift) - 1);
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

gboolean
swb_journal_publish (SwbJournal *self, GError **error)
{
  SwbJournalHot *hot = &self->hot;

  g_return_val_if_fail (hot->bytes != NULL, FALSE);

  guint n = hot->n_entries;
  gsize used = hot->used;
  if (n == 0)
    return TRUE;

  gboolean written = write_hot (self, error);
  hot->n_entries = 0;
  hot->used = 0;
  hot->reserved = 0;
  if (!written)
    {
      __atomic_add_fetch (&self->n_unrecorded, n, __ATOMIC_RELAXED);
      return FALSE;
    }

  hot->offset += used;
  __atomic_add_fetch (&self->n_bytes, used + n * sizeof (SwbEntry), __ATOMIC_RELAXED);

  /* Sequentially consistent, since a follower that arms itself looks at the count
   * afterwards. */
  __atomic_store_n (&self->n_records, self->n_records + n, __ATOMIC_SEQ_CST);
  if (__atomic_load_n (&self->n_armed, __ATOMIC_SEQ_CST) > 0)
    swb_journal_wake_followers (self);

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
  guint64 next = self->n_records + self->hot.n_entries;
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
        hot->offset = (hot->offset | (self->arena.size - 1)) + 1;
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

  make_room (self, n_bytes);
  self->hot.reserved = n_bytes;
  return self->hot.bytes + self->hot.used;
}

void
swb_journal_append (SwbJournal *self, const SwbRecord *record)
{
  SwbJournalHot *hot = &self->hot;
  SwbRecord kept = *record;

  g_return_if_fail (hot->bytes != NULL);

  kept.n_data = MIN (record->n_data, get_data_max (self));
  gboolean in_place
      = record->data == hot->bytes + hot->used && kept.n_data <= hot->reserved;
  if (!in_place)
    {
      make_room (self, kept.n_data);
      if (kept.n_data > 0)
        memcpy (hot->bytes + hot->used, record->data, kept.n_data);
    }

  SwbEntry *entry = &hot->entries[hot->n_entries];
  swb_record_encode (&kept, entry, hot->bytes + hot->used + kept.n_data);
  entry->offset = hot->offset + hot->used;

  hot->n_entries++;
  hot->used += entry->length;
  hot->reserved = 0;
}
