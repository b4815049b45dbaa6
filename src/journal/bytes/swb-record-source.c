/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/bytes/swb-record-source.h"

#define SWB_TYPE_RECORD_SOURCE (swb_record_source_get_type ())
G_DECLARE_FINAL_TYPE (SwbRecordSource, swb_record_source, SWB, RECORD_SOURCE, GObject)

struct _SwbRecordSource
{
  GObject parent_instance;

  SwbJournal *journal;
  guint64 position;
  gsize n_data;
  gsize n_unkept; /* behind the data */
};

static guint64
swb_record_source_get_length (SwbByteSource *source)
{
  SwbRecordSource *self = SWB_RECORD_SOURCE (source);

  return (guint64)self->n_data + self->n_unkept;
}

static void
swb_record_source_peek (SwbByteSource *source, guint64 offset, SwbByteRun *run)
{
  SwbRecordSource *self = SWB_RECORD_SOURCE (source);
  gboolean is_data = offset < self->n_data;
  gsize end = is_data ? self->n_data : self->n_data + self->n_unkept;
  SwbRecord record;

  *run = (SwbByteRun){ .n_bytes = end - offset, .place = offset };
  if (is_data && swb_journal_read (self->journal, self->position, &record)
      && record.n_data == self->n_data)
    run->data = record.data + offset;
}

static void
byte_source_iface_init (SwbByteSourceInterface *iface)
{
  iface->get_length = swb_record_source_get_length;
  iface->peek = swb_record_source_peek;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbRecordSource, swb_record_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SWB_TYPE_BYTE_SOURCE,
                                                      byte_source_iface_init))

static void
swb_record_source_finalize (GObject *object)
{
  swb_journal_unref (SWB_RECORD_SOURCE (object)->journal);
  G_OBJECT_CLASS (swb_record_source_parent_class)->finalize (object);
}

static void
swb_record_source_class_init (SwbRecordSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_record_source_finalize;
}

static void
swb_record_source_init (SwbRecordSource *self)
{
}

/* A capture may have cut the packets short. */
gsize
swb_record_source_count_unkept (const SwbRecord *record)
{
  gint64 n_moved = record->result;

  if (record->kind != SWB_RECORD_PACKET)
    return swb_record_get_n_unkept (record);
  return (gsize)MAX (n_moved - (gint64)record->n_data, 0);
}

SwbByteSource *
swb_record_source_new (SwbJournal *journal, guint64 position)
{
  SwbRecordSource *self = g_object_new (SWB_TYPE_RECORD_SOURCE, NULL);
  SwbRecord record;

  self->journal = swb_journal_ref (journal);
  self->position = position;
  if (swb_journal_read (journal, position, &record))
    {
      self->n_data = record.n_data;
      self->n_unkept = swb_record_source_count_unkept (&record);
    }
  return SWB_BYTE_SOURCE (self);
}
