/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-script-cursor.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/socket.h>

#include "net/swb-payload.h"

/* How much of what came a message shows. */
#define SHOWN_CHARS 200
#define SHOWN_BYTES 256

typedef struct
{
  guint64 key;         /* pane and connection */
  guint64 next;        /* no unclaimed receive lies before this position */
  gsize claimed;       /* bytes of the record at next */
  guint64 next_accept; /* no unclaimed accept lies before this position */

  /* An expectation that waits for more: it is asked again with every batch of records, and
   * goes on where it was. */
  const guint8 *expected;
  gsize n_expected;
  gsize n_found;    /* bytes of it that came already; 0: none waits */
  guint64 searched; /* the position behind them */
} Cursor;

struct _SwbCursors
{
  SwbJournal *journal;
  GHashTable *cursors;
  guint64 first;
  guint64 end;
};

/* What lies at a place: the unclaimed bytes of one receive. */
typedef struct
{
  guint64 position;
  const guint8 *data;
  gsize length;
  gboolean is_end; /* recv returned 0 */
} Piece;

SwbCursors *
swb_cursors_new (SwbJournal *journal, guint64 first)
{
  SwbCursors *self = g_new0 (SwbCursors, 1);

  self->journal = swb_journal_ref (journal);
  self->cursors = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->first = self->end = first;
  return self;
}

void
swb_cursors_free (SwbCursors *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->cursors);
  swb_journal_unref (self->journal);
  g_free (self);
}

static Cursor *
get_cursor (SwbCursors *self, guint pane, guint connection)
{
  guint64 key = (guint64)pane << 32 | connection;
  Cursor *cursor = g_hash_table_lookup (self->cursors, &key);

  if (cursor == NULL)
    {
      cursor = g_new0 (Cursor, 1);
      cursor->key = key;
      cursor->next = cursor->next_accept = self->first;
      g_hash_table_insert (self->cursors, &cursor->key, cursor);
    }
  return cursor;
}

static void
set_next (Cursor *cursor, guint64 next, gsize claimed)
{
  cursor->next = next;
  cursor->claimed = claimed;
  cursor->n_found = 0;
}

/* Another socket begins: what the one before left is no answer to its expectations. */
void
swb_cursors_advance (SwbCursors *self, guint64 end)
{
  for (guint64 i = self->end; i < end; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, i);

      if (entry->kind == SWB_RECORD_CALL && entry->result >= 0
          && (entry->what == SWB_CALL_SOCKET || entry->what == SWB_CALL_SOCKETPAIR))
        set_next (get_cursor (self, entry->pane, SWB_CONNECTION_NONE), i, 0);
    }
  self->end = MAX (self->end, end);
}

/* Whether the record is a receive on the cursor's socket that took bytes out of the kernel.
 */
static gboolean
read_receive (SwbCursors *self, Cursor *cursor, guint64 position, SwbRecord *record)
{
  const SwbEntry *entry = swb_journal_peek_entry (self->journal, position);

  return entry->kind == SWB_RECORD_CALL && entry->result >= 0
         && (entry->what == SWB_CALL_RECV || entry->what == SWB_CALL_RECVFROM
             || entry->what == SWB_CALL_RECVMSG || entry->what == SWB_CALL_RECVMMSG)
         && ((guint64)entry->pane << 32 | entry->connection) == cursor->key
         && swb_journal_read (self->journal, position, record)
         && !(record->ints[1] & (MSG_PEEK | MSG_ERRQUEUE));
}

/* The first piece at or behind @from. */
static gboolean
find_piece (SwbCursors *self, Cursor *cursor, guint64 from, Piece *piece)
{
  SwbRecord record;
  gsize skip;

  for (guint64 i = from; i < self->end; i++)
    {
      if (!read_receive (self, cursor, i, &record))
        continue;

      skip = i == cursor->next ? MIN (cursor->claimed, record.n_data) : 0;
      *piece = (Piece){ i, record.data + skip, record.n_data - skip,
                        record.result == 0 && record.ints[0] > 0 };
      return TRUE;
    }
  return FALSE;
}

/* The first unclaimed piece; what lies before it is not looked at again. */
static gboolean
find_first (SwbCursors *self, Cursor *cursor, Piece *piece)
{
  gboolean found = find_piece (self, cursor, cursor->next, piece);
  guint64 next = found ? piece->position : self->end;

  if (next != cursor->next)
    set_next (cursor, next, 0);
  return found;
}

static void
claim_until (Cursor *cursor, const Piece *piece, gsize n_of_it)
{
  gsize before = piece->position == cursor->next ? cursor->claimed : 0;

  if (n_of_it == piece->length)
    set_next (cursor, piece->position + 1, 0);
  else
    set_next (cursor, piece->position, before + n_of_it);
}

static SwbMatch
match_datagram (SwbCursors *self, Cursor *cursor, const guint8 *expected, gsize n_expected)
{
  Piece piece;

  if (!find_first (self, cursor, &piece))
    return SWB_MATCH_MORE;
  if (piece.length != n_expected
      || (expected != NULL && n_expected > 0
          && memcmp (piece.data, expected, n_expected) != 0))
    return SWB_MATCH_FAILED;

  claim_until (cursor, &piece, piece.length);
  return SWB_MATCH_HELD;
}

/* Where the expectation goes on, or begins. FALSE when there is nothing to begin with. */
static gboolean
resume (SwbCursors *self, Cursor *cursor, const guint8 *expected, gsize n_expected)
{
  Piece piece;

  if (cursor->n_found > 0 && cursor->expected == expected
      && cursor->n_expected == n_expected)
    return TRUE;

  if (!find_first (self, cursor, &piece))
    return FALSE;
  cursor->expected = expected;
  cursor->n_expected = n_expected;
  cursor->n_found = 0;
  cursor->searched = cursor->next;
  return TRUE;
}

static SwbMatch
match_stream (SwbCursors *self, Cursor *cursor, const guint8 *expected, gsize n_expected)
{
  Piece piece;

  if (n_expected == 0)
    return SWB_MATCH_HELD;
  if (!resume (self, cursor, expected, n_expected))
    return SWB_MATCH_MORE;

  while (find_piece (self, cursor, cursor->searched, &piece))
    {
      gsize length = MIN (piece.length, n_expected - cursor->n_found);

      if (piece.is_end)
        return SWB_MATCH_FAILED;
      if (expected != NULL && length > 0
          && memcmp (piece.data, expected + cursor->n_found, length) != 0)
        return SWB_MATCH_FAILED;
      cursor->n_found += length;
      cursor->searched = piece.position + 1;
      if (cursor->n_found == n_expected)
        {
          claim_until (cursor, &piece, length);
          return SWB_MATCH_HELD;
        }
    }
  cursor->searched = self->end;
  return SWB_MATCH_MORE;
}

SwbMatch
swb_cursors_match (SwbCursors *self, guint pane, guint connection, gboolean datagrams,
                   const guint8 *expected, gsize n_expected)
{
  Cursor *cursor = get_cursor (self, pane, connection);

  return datagrams ? match_datagram (self, cursor, expected, n_expected)
                   : match_stream (self, cursor, expected, n_expected);
}

SwbMatch
swb_cursors_match_eof (SwbCursors *self, guint pane, guint connection)
{
  Cursor *cursor = get_cursor (self, pane, connection);
  Piece piece;

  if (!find_first (self, cursor, &piece))
    return SWB_MATCH_MORE;
  if (!piece.is_end)
    return SWB_MATCH_FAILED;

  claim_until (cursor, &piece, piece.length);
  return SWB_MATCH_HELD;
}

SwbMatch
swb_cursors_match_accept (SwbCursors *self, guint pane)
{
  Cursor *cursor = get_cursor (self, pane, SWB_CONNECTION_NONE);

  for (; cursor->next_accept < self->end; cursor->next_accept++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (self->journal, cursor->next_accept);

      if (entry->kind != SWB_RECORD_CALL || entry->what != SWB_CALL_ACCEPT
          || entry->pane != pane || entry->result < 0)
        continue;
      cursor->next_accept++;
      return SWB_MATCH_HELD;
    }
  return SWB_MATCH_MORE;
}

char *
swb_cursors_print_shortened (const guint8 *data, gsize length)
{
  g_autofree char *text = swb_payload_print (data, MIN (length, SHOWN_BYTES));
  g_autofree char *start = NULL;

  if (length <= SHOWN_BYTES && g_utf8_strlen (text, -1) <= SHOWN_CHARS)
    return g_steal_pointer (&text);
  start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), SHOWN_CHARS));
  return g_strconcat (start, "…", NULL);
}

char *
swb_cursors_describe (SwbCursors *self, guint pane, guint connection, gboolean datagrams)
{
  Cursor *cursor = get_cursor (self, pane, connection);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean found, ended = FALSE;
  Piece piece;

  for (found = find_first (self, cursor, &piece); found && bytes->len <= SHOWN_BYTES;
       found = find_piece (self, cursor, piece.position + 1, &piece))
    {
      if (datagrams)
        return swb_cursors_print_shortened (piece.data, piece.length);
      ended = piece.is_end;
      if (piece.length > 0)
        g_byte_array_append (bytes, piece.data, (guint)MIN (piece.length, SHOWN_BYTES + 1));
    }

  if (bytes->len > 0)
    return swb_cursors_print_shortened (bytes->data, bytes->len);
  return g_strdup (ended ? _ ("the end of the stream") : _ ("nothing"));
}
