/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-journal-health.h"

#include "journal/store/swb-journal-private.h"

void
swb_journal_owed_init (SwbOwed *self)
{
  g_mutex_init (&self->lock);
  self->endings = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  self->records = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
}

void
swb_journal_owed_clear (SwbOwed *self)
{
  g_array_unref (self->endings);
  g_array_unref (self->records);
  g_mutex_clear (&self->lock);
}

void
swb_journal_owe (SwbJournal *self)
{
  const SwbJournalHot *hot = &self->hot;

  for (guint i = 0; i < hot->n_entries; i++)
    {
      const SwbEntry *entry = &hot->entries[i];
      SwbRecord record;

      if (entry->kind != SWB_RECORD_OUTCOME
          || !swb_record_decode (entry, hot->bytes + (entry->offset - hot->offset),
                                 &record))
        continue;
      /* Who waits for it needs no more; its sentence goes with the hot buffer. */
      record.data = NULL;
      record.n_data = 0;
      g_array_append_val (self->owed.records, record);
      g_mutex_lock (&self->owed.lock);
      g_array_append_val (self->owed.endings, record);
      g_mutex_unlock (&self->owed.lock);
    }
}

GArray *
swb_journal_take_endings (SwbJournal *self)
{
  GArray *endings = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  GArray *taken;

  g_mutex_lock (&self->owed.lock);
  taken = self->owed.endings;
  self->owed.endings = endings;
  g_mutex_unlock (&self->owed.lock);
  return taken;
}

void
swb_journal_append_owed (SwbJournal *self)
{
  g_autoptr (GArray) records = self->owed.records;

  if (G_LIKELY (records->len == 0))
    {
      g_steal_pointer (&records);
      return;
    }

  self->owed.records = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  __atomic_sub_fetch (&self->n_unrecorded, records->len, __ATOMIC_RELAXED);
  for (guint i = 0; i < records->len; i++)
    swb_journal_append (self, &g_array_index (records, SwbRecord, i));
}
