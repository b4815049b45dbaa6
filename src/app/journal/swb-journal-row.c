/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-row.h"

struct _SwbJournalRow
{
  GObject parent_instance;

  SwbJournal *journal;
  guint64 position;
  guint64 previous;
  SwbRecord record;
  gboolean decoded;
};

G_DEFINE_FINAL_TYPE (SwbJournalRow, swb_journal_row, G_TYPE_OBJECT)

static void
decode (SwbJournalRow *self)
{
  const SwbEntry *entry = swb_journal_peek_entry (self->journal, self->position);

  self->decoded = TRUE;
  if (swb_journal_read (self->journal, self->position, &self->record))
    return;

  self->record = (SwbRecord){
    .time_ns = entry->time_ns,
    .kind = entry->kind,
    .origin = entry->origin,
    .pane = entry->pane,
    .connection = entry->connection,
    .fd = entry->fd,
  };
}

static void
swb_journal_row_finalize (GObject *object)
{
  SwbJournalRow *self = SWB_JOURNAL_ROW (object);

  swb_journal_unref (self->journal);
  G_OBJECT_CLASS (swb_journal_row_parent_class)->finalize (object);
}

static void
swb_journal_row_class_init (SwbJournalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_journal_row_finalize;
}

static void
swb_journal_row_init (SwbJournalRow *self)
{
}

SwbJournalRow *
swb_journal_row_new (SwbJournal *journal, guint64 position, guint64 previous)
{
  SwbJournalRow *self = g_object_new (SWB_TYPE_JOURNAL_ROW, NULL);

  self->journal = swb_journal_ref (journal);
  self->position = position;
  self->previous = previous;
  return self;
}

SwbJournal *
swb_journal_row_get_journal (SwbJournalRow *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_ROW (self), NULL);
  return self->journal;
}

guint64
swb_journal_row_get_position (SwbJournalRow *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_ROW (self), 0);
  return self->position;
}

gint64
swb_journal_row_get_delta_ns (SwbJournalRow *self)
{
  gint64 time_ns, previous_ns;

  g_return_val_if_fail (SWB_IS_JOURNAL_ROW (self), 0);

  time_ns = swb_journal_peek_entry (self->journal, self->position)->time_ns;
  previous_ns = swb_journal_peek_entry (self->journal, self->previous)->time_ns;
  return swb_journal_has (self->journal, self->previous) ? time_ns - previous_ns : 0;
}

const SwbRecord *
swb_journal_row_get_record (SwbJournalRow *self)
{
  g_return_val_if_fail (SWB_IS_JOURNAL_ROW (self), NULL);
  if (!self->decoded)
    decode (self);
  return &self->record;
}
