/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/bytes/swb-records-source.h"

#include "journal/bytes/swb-record-source.h"

#define GROUP 64u
#define NO_GROUP G_MAXUINT

/* Before every 64th record with bytes. */
typedef struct
{
  guint64 position;
  guint64 offset;
} Mark;

/* A record with bytes. */
typedef struct
{
  guint64 position;
  gsize n_data;
  gsize n_unkept;
  int direction;
  guint64 socket;
} Piece;

/* The records between two marks, as far as the journal still has them. */
typedef struct
{
  guint mark;
  guint64 first; /* offset: what lies between the mark and it is gone */
  guint64 end;
  guint n_pieces;
  Piece pieces[GROUP];
} Group;

struct _SwbRecordsSource
{
  GObject parent_instance;

  SwbJournal *journal;
  SwbHits records;
  GArray *marks; /* Mark */
  SwbRecordsExtent extent;

  GMutex lock; /* of the group that was read last */
  Group group;
};

static guint64
get_length (const SwbRecordsSource *self)
{
  return self->extent.n_sent + self->extent.n_received;
}

static gboolean
has_bytes (const SwbRecord *record)
{
  return record->kind == SWB_RECORD_PACKET
         || (record->kind == SWB_RECORD_CALL && swb_record_get_direction (record) != 0);
}

/* Returns: whether the journal has it; one that has no bytes is empty */
static gboolean
read_piece (SwbRecordsSource *self, guint64 position, Piece *piece)
{
  SwbRecord record;

  if (!swb_journal_read (self->journal, position, &record))
    return FALSE;
  *piece = (Piece){ .position = position,
                    .direction = swb_record_get_direction (&record),
                    .socket = (guint64)record.pane << 32 | record.connection };
  if (has_bytes (&record))
    {
      piece->n_data = record.n_data;
      piece->n_unkept = swb_record_source_count_unkept (&record);
    }
  return TRUE;
}

static guint64
get_size (const Piece *piece)
{
  return (guint64)piece->n_data + piece->n_unkept;
}

/* From the end, since the oldest records go first: behind one that is gone, all lie where
 * they did. */
static void
place (Group *group)
{
  group->first = group->end;
  for (guint i = 0; i < group->n_pieces; i++)
    group->first -= get_size (&group->pieces[i]);
}

static void
load_group (SwbRecordsSource *self, guint mark)
{
  Group *group = &self->group;
  const Mark *marks = &g_array_index (self->marks, Mark, 0);
  gboolean is_last = mark + 1 == self->marks->len;
  guint64 end = is_last ? G_MAXUINT64 : marks[mark + 1].position;
  Piece piece;

  group->mark = mark;
  group->end = is_last ? get_length (self) : marks[mark + 1].offset;
  group->n_pieces = 0;
  for (guint64 position = marks[mark].position;
       swb_hits_next (&self->records, &position) && position < end; position++)
    {
      if (!read_piece (self, position, &piece))
        group->n_pieces = 0;
      else if (get_size (&piece) > 0 && group->n_pieces < GROUP)
        group->pieces[group->n_pieces++] = piece;
    }
  place (group);
}

/* The last one that is not behind @offset. */
static guint
find_mark (SwbRecordsSource *self, guint64 offset)
{
  guint low = 0, high = self->marks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->marks, Mark, middle).offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Returns: where in the piece @offset is; -1 in what is gone, as many bytes as @n_gone */
static gint64
find (SwbRecordsSource *self, guint64 offset, Piece *piece, gsize *n_gone)
{
  Group *group = &self->group;
  guint mark = find_mark (self, offset);
  guint64 at;

  if (group->mark != mark)
    load_group (self, mark);
  at = group->first;
  *n_gone = (gsize)(at - MIN (offset, at));
  if (*n_gone > 0)
    return -1;
  for (guint i = 0; i < group->n_pieces; at += get_size (&group->pieces[i++]))
    if (offset - at < get_size (&group->pieces[i]))
      {
        *piece = group->pieces[i];
        return (gint64)(offset - at);
      }
  g_assert_not_reached ();
}

static guint64
swb_records_source_get_length (SwbByteSource *source)
{
  return get_length (SWB_RECORDS_SOURCE (source));
}

static void
swb_records_source_peek (SwbByteSource *source, guint64 offset, SwbByteRun *run)
{
  SwbRecordsSource *self = SWB_RECORDS_SOURCE (source);
  SwbRecord record;
  Piece piece;
  gint64 within;

  *run = (SwbByteRun){ .place = offset };
  g_mutex_lock (&self->lock);
  within = find (self, offset, &piece, &run->n_bytes);
  g_mutex_unlock (&self->lock);
  if (within < 0)
    return;

  gboolean is_data = (gsize)within < piece.n_data;
  run->n_bytes = (is_data ? piece.n_data : get_size (&piece)) - (gsize)within;
  run->direction = piece.direction;
  run->part = piece.socket;
  if (is_data && swb_journal_read (self->journal, piece.position, &record)
      && record.n_data == piece.n_data)
    run->data = record.data + within;
}

static void
byte_source_iface_init (SwbByteSourceInterface *iface)
{
  iface->get_length = swb_records_source_get_length;
  iface->peek = swb_records_source_peek;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbRecordsSource, swb_records_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SWB_TYPE_BYTE_SOURCE,
                                                      byte_source_iface_init))

static void
swb_records_source_finalize (GObject *object)
{
  SwbRecordsSource *self = SWB_RECORDS_SOURCE (object);

  swb_hits_clear (&self->records);
  g_array_unref (self->marks);
  g_mutex_clear (&self->lock);
  swb_journal_unref (self->journal);
  G_OBJECT_CLASS (swb_records_source_parent_class)->finalize (object);
}

static void
swb_records_source_class_init (SwbRecordsSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_records_source_finalize;
}

static void
swb_records_source_init (SwbRecordsSource *self)
{
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->group.mark = NO_GROUP;
  g_mutex_init (&self->lock);
}

static void
add (SwbRecordsSource *self, const Piece *piece)
{
  SwbRecordsExtent *extent = &self->extent;

  if (extent->n_records++ % GROUP == 0)
    {
      Mark mark = { .position = piece->position, .offset = get_length (self) };

      g_array_append_val (self->marks, mark);
    }
  *(piece->direction > 0 ? &extent->n_sent : &extent->n_received) += get_size (piece);
  extent->n_unkept += piece->n_unkept;
}

SwbRecordsSource *
swb_records_source_new (SwbJournal *journal, SwbHits *records, GCancellable *cancellable)
{
  SwbRecordsSource *self = g_object_new (SWB_TYPE_RECORDS_SOURCE, NULL);
  Piece piece;

  self->journal = swb_journal_ref (journal);
  self->records = *records;
  *records = (SwbHits){ 0 };
  for (guint64 position = 0; swb_hits_next (&self->records, &position); position++)
    {
      if (position % SWB_HITS_CHUNK == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      if (read_piece (self, position, &piece) && get_size (&piece) > 0)
        add (self, &piece);
    }
  return self;
}

const SwbRecordsExtent *
swb_records_source_get_extent (SwbRecordsSource *self)
{
  g_return_val_if_fail (SWB_IS_RECORDS_SOURCE (self), NULL);
  return &self->extent;
}
