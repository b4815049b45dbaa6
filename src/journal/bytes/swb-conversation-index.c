/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/bytes/swb-conversation-index.h"

#include "journal/bytes/swb-record-source.h"
#include "journal/store/swb-follower.h"
#include "journal/store/swb-source.h"

#include <sys/socket.h>

#define CHUNKS_PER_MARK 64u
#define INTERVAL_US 16667
#define INLINE_RECORDS 4096u     /* are looked at where they are told of */
#define SLICE_RECORDS (1u << 18) /* for a worker, between two looks at what it found */

#define POSITION_BITS 37
#define SIZE_BITS 25
#define CHUNK_MAX ((G_GUINT64_CONSTANT (1) << SIZE_BITS) - 1)

/* 2^37 records, each of at most 2^24 bytes. What was not kept of one stands behind it, in
 * as many chunks as it needs. One of no bytes stands for the end of a connection, and is
 * not kept. */
typedef struct
{
  guint64 position : POSITION_BITS;
  guint64 n_bytes : SIZE_BITS;
  guint64 is_sent : 1;
  guint64 is_unkept : 1;
} Chunk;

G_STATIC_ASSERT (sizeof (Chunk) == 8);
G_STATIC_ASSERT (SWB_JOURNAL_DATA_MAX <= CHUNK_MAX);

/* The bytes of each direction before every 64th chunk, or before a connection. */
typedef struct
{
  guint64 sent;
  guint64 received;
} Mark;

struct _SwbConversationIndex
{
  GObject parent_instance;

  SwbJournal *journal;
  guint pane;
  guint connection;
  GSource *follower;
  GCancellable *cancellable;
  gboolean is_working;
  guint64 next; /* the first record not looked at */
  guint64 end;  /* of those known to be there */

  GMutex lock; /* what is below: readers on other threads */
  GArray *chunks;
  GArray *marks;
  GArray *begins; /* Mark: where another connection of the same socket's begins */
  Mark total;
  Mark unkept; /* of them */
};

G_DEFINE_FINAL_TYPE (SwbConversationIndex, swb_conversation_index, G_TYPE_OBJECT)

static guint grown_signal;

/* What a worker is given: it must not touch the index. */
typedef struct
{
  SwbJournal *journal;
  guint pane;
  guint connection;
  guint64 first;
  guint64 end;
} Slice;

static void
slice_free (gpointer data)
{
  swb_journal_unref (((Slice *)data)->journal);
  g_free (data);
}

/* Of a connection seen from outside, packets tell. */
static gboolean
moves_bytes (const SwbEntry *entry)
{
  return entry->kind == SWB_RECORD_CALL || entry->kind == SWB_RECORD_PACKET;
}

static gboolean
is_close (const SwbEntry *entry)
{
  return entry->kind == SWB_RECORD_CALL && entry->what == SWB_CALL_CLOSE
         && entry->result == 0;
}

static void
add_bytes (GArray *chunks, guint64 position, gboolean is_sent, guint64 n_bytes,
           gboolean is_unkept)
{
  for (guint64 n; n_bytes > 0; n_bytes -= n)
    {
      Chunk chunk
          = { .position = position & ((G_GUINT64_CONSTANT (1) << POSITION_BITS) - 1),
              .n_bytes = MIN (n_bytes, CHUNK_MAX) & CHUNK_MAX,
              .is_sent = is_sent,
              .is_unkept = is_unkept };

      g_array_append_val (chunks, chunk);
      n = chunk.n_bytes;
    }
}

/* Bytes that were only looked at come again. */
static gboolean
is_peek (const SwbRecord *record, int direction)
{
  return record->kind == SWB_RECORD_CALL && direction < 0
         && (record->ints[1] & MSG_PEEK) != 0;
}

static void
scan (const Slice *slice, GArray *chunks)
{
  for (guint64 position = slice->first; position < slice->end; position++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (slice->journal, position);
      Chunk end = { 0 };
      SwbRecord record;
      int direction;

      if (!moves_bytes (entry) || entry->pane != slice->pane
          || entry->connection != slice->connection)
        continue;
      if (is_close (entry))
        g_array_append_val (chunks, end);
      if (entry->result <= 0 || !swb_journal_read (slice->journal, position, &record))
        continue;
      direction = swb_record_get_direction (&record);
      if (direction == 0 || is_peek (&record, direction))
        continue;
      add_bytes (chunks, position, direction > 0, record.n_data, FALSE);
      add_bytes (chunks, position, direction > 0, swb_record_source_count_unkept (&record),
                 TRUE);
    }
}

static guint64 *
get_count (Mark *mark, const Chunk *chunk)
{
  return chunk->is_sent ? &mark->sent : &mark->received;
}

/* One that had no bytes is not told of. */
static void
add_begin (SwbConversationIndex *self)
{
  guint n = self->begins->len;
  Mark last = n > 0 ? g_array_index (self->begins, Mark, n - 1) : (Mark){ 0 };

  if (last.sent != self->total.sent || last.received != self->total.received)
    g_array_append_val (self->begins, self->total);
}

static void
add_chunks (SwbConversationIndex *self, const GArray *found)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < found->len; i++)
    {
      const Chunk *chunk = &g_array_index (found, Chunk, i);

      if (chunk->n_bytes == 0)
        {
          add_begin (self);
          continue;
        }
      if (self->chunks->len % CHUNKS_PER_MARK == 0)
        g_array_append_val (self->marks, self->total);
      g_array_append_vals (self->chunks, chunk, 1);
      *get_count (&self->total, chunk) += chunk->n_bytes;
      if (chunk->is_unkept)
        *get_count (&self->unkept, chunk) += chunk->n_bytes;
    }
  g_mutex_unlock (&self->lock);
}

static void
scan_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GArray *chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));

  scan (data, chunks);
  g_task_return_pointer (task, chunks, (GDestroyNotify)g_array_unref);
}

/* What is left to be looked at: little here and now, much in a worker, slice by slice. */
static void
advance (SwbConversationIndex *self, GAsyncReadyCallback callback)
{
  guint64 n = MIN (self->end - self->next, SLICE_RECORDS);
  g_autoptr (GTask) task = NULL;
  Slice slice = { self->journal, self->pane, self->connection, self->next, self->next + n };

  if (n == 0 || self->is_working)
    return;
  if (n <= INLINE_RECORDS)
    {
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Chunk));

      scan (&slice, found);
      self->next = slice.end;
      add_chunks (self, found);
      return;
    }
  self->is_working = TRUE;
  swb_journal_ref (slice.journal);
  /* Not the task's object: the worker may be the last to let go of the task, and this one
   * ends on its own thread. */
  task = g_task_new (NULL, self->cancellable, callback, g_object_ref (self));
  g_task_set_task_data (task, g_memdup2 (&slice, sizeof slice), slice_free);
  g_task_run_in_thread (task, scan_in_worker);
}

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbConversationIndex) self = user_data;
  const Slice *slice = g_task_get_task_data (G_TASK (result));
  g_autoptr (GArray) found = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_working = FALSE;
  if (found == NULL)
    return;
  self->next = slice->end;
  add_chunks (self, found);
  advance (self, scanned_cb);
  g_signal_emit (self, grown_signal, 0);
}

static gboolean
records_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  SwbConversationIndex *self = user_data;
  guint before = self->chunks->len;

  self->end = MAX (self->end, first + n_records);
  advance (self, scanned_cb);
  if (self->chunks->len != before || (first == 0 && !self->is_working))
    g_signal_emit (self, grown_signal, 0);
  return G_SOURCE_CONTINUE;
}

static void
swb_conversation_index_dispose (GObject *object)
{
  SwbConversationIndex *self = SWB_CONVERSATION_INDEX (object);

  swb_source_clear (&self->follower);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (swb_conversation_index_parent_class)->dispose (object);
}

static void
swb_conversation_index_finalize (GObject *object)
{
  SwbConversationIndex *self = SWB_CONVERSATION_INDEX (object);

  g_object_unref (self->cancellable);
  g_array_unref (self->chunks);
  g_array_unref (self->marks);
  g_array_unref (self->begins);
  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->journal, swb_journal_unref);
  G_OBJECT_CLASS (swb_conversation_index_parent_class)->finalize (object);
}

static void
swb_conversation_index_class_init (SwbConversationIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_conversation_index_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_conversation_index_finalize;
  grown_signal = g_signal_new ("grown", SWB_TYPE_CONVERSATION_INDEX, G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
swb_conversation_index_init (SwbConversationIndex *self)
{
  self->cancellable = g_cancellable_new ();
  self->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->begins = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_mutex_init (&self->lock);
}

SwbConversationIndex *
swb_conversation_index_new (SwbJournal *journal, guint pane, guint connection)
{
  SwbConversationIndex *self = g_object_new (SWB_TYPE_CONVERSATION_INDEX, NULL);

  self->journal = swb_journal_ref (journal);
  self->pane = pane;
  self->connection = connection;
  self->follower = swb_follower_new (journal, 0, INTERVAL_US);
  g_source_set_callback (self->follower, G_SOURCE_FUNC (records_cb), self, NULL);
  g_source_attach (self->follower, g_main_context_get_thread_default ());
  return self;
}

SwbJournal *
swb_conversation_index_get_journal (SwbConversationIndex *self)
{
  return self->journal;
}

static guint64
count (const Mark *mark, SwbConversationSide side)
{
  return (side >= 0 ? mark->sent : 0) + (side <= 0 ? mark->received : 0);
}

guint64
swb_conversation_index_get_n_bytes (SwbConversationIndex *self, SwbConversationSide side)
{
  guint64 n_bytes;

  g_mutex_lock (&self->lock);
  n_bytes = count (&self->total, side);
  g_mutex_unlock (&self->lock);
  return n_bytes;
}

guint64
swb_conversation_index_get_n_unkept (SwbConversationIndex *self, SwbConversationSide side)
{
  guint64 n_bytes;

  g_mutex_lock (&self->lock);
  n_bytes = count (&self->unkept, side);
  g_mutex_unlock (&self->lock);
  return n_bytes;
}

guint64
swb_conversation_index_get_n_chunks (SwbConversationIndex *self)
{
  return self->chunks->len;
}

gboolean
swb_conversation_index_is_complete (SwbConversationIndex *self)
{
  return self->next == swb_journal_get_n_records (self->journal);
}

/* How many of @marks are not behind @offset. */
static guint
count_marks (const GArray *marks, SwbConversationSide side, guint64 offset)
{
  guint low = 0, high = marks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (count (&g_array_index (marks, Mark, middle), side) <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static const Chunk *
find_chunk (SwbConversationIndex *self, SwbConversationSide side, guint64 offset,
            Mark *before)
{
  guint mark = count_marks (self->marks, side, offset) - 1;

  *before = g_array_index (self->marks, Mark, mark);
  for (guint i = mark * CHUNKS_PER_MARK; i < self->chunks->len; i++)
    {
      const Chunk *chunk = &g_array_index (self->chunks, Chunk, i);
      gboolean counts = side == SWB_CONVERSATION_BOTH || (side > 0) == chunk->is_sent;

      if (counts && count (before, side) + chunk->n_bytes > offset)
        return chunk;
      *get_count (before, chunk) += chunk->n_bytes;
    }
  return NULL;
}

void
swb_conversation_index_find (SwbConversationIndex *self, SwbConversationSide side,
                             guint64 offset, SwbConversationChunk *chunk)
{
  const Chunk *found;
  Mark before, begin = { 0 };
  guint part;

  g_mutex_lock (&self->lock);
  g_assert (offset < count (&self->total, side));
  found = find_chunk (self, side, offset, &before);
  g_assert (found != NULL);
  part = count_marks (self->begins, side, offset);
  if (part > 0)
    begin = g_array_index (self->begins, Mark, part - 1);
  *chunk = (SwbConversationChunk){
    .position = found->position,
    .offset = count (&before, side),
    .place = found->is_sent ? before.sent - begin.sent : before.received - begin.received,
    .part = part,
    .n_bytes = found->n_bytes,
    .direction = found->is_sent ? 1 : -1,
    .is_unkept = found->is_unkept,
  };
  g_mutex_unlock (&self->lock);
}

guint64 *
swb_conversation_index_dup_positions (SwbConversationIndex *self, SwbConversationSide side,
                                      guint64 *n_positions)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < self->chunks->len; i++)
    {
      const Chunk *chunk = &g_array_index (self->chunks, Chunk, i);
      guint64 position = chunk->position;

      if (positions->len > 0
          && g_array_index (positions, guint64, positions->len - 1) == position)
        continue;
      if (side == SWB_CONVERSATION_BOTH || (side > 0) == chunk->is_sent)
        g_array_append_val (positions, position);
    }
  *n_positions = positions->len;
  return (guint64 *)g_array_free (positions, FALSE);
}
