/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "journal/store/swb-journal-private.h"
#include "net/swb-address.h"

#include <string.h>

/* Records side by side in the index whose bytes are side by side in one arena segment. */
typedef struct
{
  guint first;
  guint end;    /* behind the last record */
  guint64 from; /* arena offsets of the bytes */
  guint64 to;
} Run;

static inline gboolean
is_set (const guint64 *bits, guint i)
{
  return (bits[i / 64] >> (i % 64) & 1) != 0;
}

static inline void
set (guint64 *bits, guint i)
{
  bits[i / 64] |= (guint64)1 << (i % 64);
}

static gboolean
is_cancelled (const SwbBlock *self)
{
  return self->cancelled != NULL && g_atomic_int_get (self->cancelled) != 0;
}

const guint8 *
swb_entry_get_data (SwbJournal *journal, const SwbEntry *entry, gsize *n_data)
{
  gsize at = entry->offset & (journal->arena.size - 1);
  const guint8 *map = swb_segments_get_map (&journal->arena,
                                            entry->offset >> journal->layout.arena_shift);

  *n_data = 0;
  if (map == NULL || entry->length <= entry->n_details
      || entry->n_details > SWB_RECORD_DETAILS_MAX
      || at + entry->length > journal->arena.size)
    return NULL;

  *n_data = entry->length - entry->n_details;
  return map + at;
}

/* --- many records: their bytes as one --- */

static guint64
get_segment (const SwbBlock *self, guint i)
{
  return self->entries[i].offset >> self->journal->layout.arena_shift;
}

/* The writer's own journal has its offsets in order. */
static void
find_run_in_order (const SwbBlock *self, Run *run)
{
  guint64 segment = get_segment (self, run->first);
  guint low = run->first, high = self->n;

  if (get_segment (self, high - 1) == segment)
    low = high - 1;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (get_segment (self, middle) == segment)
        low = middle;
      else
        high = middle;
    }

  run->end = low + 1;
  run->from = self->entries[run->first].offset;
  run->to = self->entries[low].offset + self->entries[low].length;
}

/* A journal from a file may be damaged. Only bytes of records that have some are known to
 * be in the file. */
static void
find_run_with_care (const SwbBlock *self, Run *run)
{
  guint64 segment = get_segment (self, run->first);
  guint64 next = self->entries[run->first].offset;
  guint i;

  run->from = run->to = next;
  for (i = run->first; i < self->n; i++)
    {
      const SwbEntry *entry = &self->entries[i];

      if (get_segment (self, i) != segment || entry->offset < next
          || entry->n_details > MIN (entry->length, SWB_RECORD_DETAILS_MAX))
        break;

      if (entry->length > 0 && run->to == run->from)
        run->from = entry->offset;
      next = entry->offset + entry->length;
      if (entry->length > 0)
        run->to = next;
    }

  run->end = MAX (i, run->first + 1);
  if (i == run->first)
    run->to = run->from;
}

/* The record of @run that the byte at @offset belongs to. */
static guint
find_record (const SwbBlock *self, const Run *run, guint64 offset)
{
  guint low = run->first, high = run->end;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->entries[middle].offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Either way the search goes on with the next record: one hit is enough, and one that goes
 * beyond its record's data can only be followed by others that do. */
static void
search_run (const SwbBlock *self, const SwbNode *node, const Run *run, const guint64 *asked,
            guint64 *out)
{
  gsize mask = self->journal->arena.size - 1;
  const guint8 *map = swb_segments_get_map (&self->journal->arena,
                                            run->from >> self->journal->layout.arena_shift);
  guint64 next = run->from;

  if (map == NULL || (run->from & mask) + (run->to - run->from) > mask + 1)
    return;

  const guint8 *from = map + (run->from & mask);
  while (next < run->to)
    {
      const guint8 *found = swb_needle_find (node->needle, from + (next - run->from),
                                             (gsize)(run->to - next));
      if (found == NULL)
        break;

      guint64 offset = run->from + (guint64)(found - from);
      guint i = find_record (self, run, offset);
      const SwbEntry *entry = &self->entries[i];
      if (offset + node->n_bytes <= entry->offset + entry->length - entry->n_details
          && is_set (asked, i))
        set (out, i);
      /* Entries that have just gone read as zeros. */
      next = MAX (offset + 1, i + 1 < run->end ? entry[1].offset : run->to);
    }
}

static void
search_together (const SwbBlock *self, const SwbNode *node, const guint64 *asked,
                 guint64 *out)
{
  gboolean is_own = self->journal->hot.entries != NULL;
  Run run = { 0 };

  for (; run.first < self->n && !is_cancelled (self); run.first = run.end)
    {
      if (is_own)
        find_run_in_order (self, &run);
      else
        find_run_with_care (self, &run);
      search_run (self, node, &run, asked, out);
    }
}

/* --- few records, one by one --- */

static gboolean
matches_regex (SwbBlock *self, const SwbNode *node, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (length > G_MAXINT32)
    return FALSE;

  gboolean matches
      = g_regex_match_full (node->regex, bytes, (gssize)length, 0, 0, NULL, &error);
  if (error != NULL)
    self->n_undecided++;
  return matches && error == NULL;
}

static gboolean
matches_bytes (SwbBlock *self, const SwbNode *node, const guint8 *bytes, gsize length)
{
  switch (node->op)
    {
    case SWB_FILTER_CONTAINS:
    case SWB_FILTER_CONTAINS_CASELESS:
      return swb_needle_find (node->needle, bytes, length) != NULL;
    case SWB_FILTER_MATCHES:
      return matches_regex (self, node, (const char *)bytes, length);
    default:
      return length == node->n_bytes
             && (length == 0 || memcmp (bytes, node->bytes, length) == 0);
    }
}

static void
search_each (SwbBlock *self, const SwbNode *node, const guint64 *asked, guint64 *out)
{
  for (guint i = 0; i < self->n && !is_cancelled (self); i++)
    {
      gsize length;

      if (!is_set (asked, i))
        continue;

      const guint8 *data = swb_entry_get_data (self->journal, &self->entries[i], &length);
      if (matches_bytes (self, node, data != NULL ? data : (const guint8 *)"", length))
        set (out, i);
    }
}

/* --- addresses --- */

static gboolean
tells_address (SwbCall call, SwbFilterEnd end)
{
  switch (call)
    {
    case SWB_CALL_BIND:
    case SWB_CALL_GETSOCKNAME:
      return end == SWB_FILTER_LOCAL;
    case SWB_CALL_ACCEPT:
    case SWB_CALL_CONNECT:
    case SWB_CALL_GETPEERNAME:
    case SWB_CALL_SENDTO:
    case SWB_CALL_SENDMSG:
    case SWB_CALL_SENDMMSG:
    case SWB_CALL_RECVMSG:
    case SWB_CALL_RECVMMSG:
    case SWB_CALL_RECVFROM:
      return end == SWB_FILTER_PEER;
    default:
      return FALSE;
    }
}

static const char *
ask_address (SwbBlock *self, GHashTable *known, const SwbRecord *record, SwbFilterEnd end)
{
  gint64 key = (gint64)record->pane << 32 | record->connection;
  char *text = g_hash_table_lookup (known, &key);

  if (text == NULL)
    {
      if (self->names != NULL && self->names->dup_address != NULL && record->pane != 0)
        text = self->names->dup_address (record->pane, record->connection, end,
                                         self->names->user_data);
      if (text == NULL)
        text = g_strdup ("");
      g_hash_table_insert (known, g_memdup2 (&key, sizeof key), text);
    }
  return text;
}

static gboolean
matches_address (SwbBlock *self, const SwbNode *node, const SwbRecord *record,
                 GHashTable *known)
{
  SwbFilterEnd end = node->field == SWB_FIELD_PEER ? SWB_FILTER_PEER : SWB_FILTER_LOCAL;
  g_autofree char *own = NULL;
  const char *text;

  gboolean tells = (record->kind == SWB_RECORD_CALL && tells_address (record->call, end))
                   || (record->kind == SWB_RECORD_PACKET && end == SWB_FILTER_PEER);

  if (tells && record->address.length > 0)
    text = own = swb_address_print (&record->address);
  else
    text = ask_address (self, known, record, end);

  return matches_bytes (self, node, (const guint8 *)text, strlen (text));
}

static void
search_addresses (SwbBlock *self, const SwbNode *node, const guint64 *asked, guint64 *out)
{
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < self->n && !is_cancelled (self); i++)
    {
      SwbRecord record;

      if (!is_set (asked, i))
        continue;

      swb_journal_read (self->journal, self->position + i, &record);
      if (matches_address (self, node, &record, known))
        set (out, i);
    }
}

static guint
count (const guint64 *bits, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < (n + 63) / 64; i++)
    sum += (guint)__builtin_popcountll (bits[i]);
  return sum;
}

/* Going to a record's bytes costs about as much as searching a KiB on the way: with short
 * records it's cheaper to search those that nobody asked about, too. */
#define DETOUR_BYTES 1024

static gboolean
is_worth_it_together (const SwbBlock *self, const guint64 *asked)
{
  guint64 from = self->entries[0].offset, to = self->entries[self->n - 1].offset;
  guint n_asked = count (asked, self->n);

  return to >= from
         && (to - from) / self->n * (self->n - n_asked) <= (guint64)n_asked * DETOUR_BYTES;
}

void
swb_block_match_text (SwbBlock *self, const SwbNode *node, const guint64 *asked,
                      guint64 *out)
{
  gboolean is_search = node->needle != NULL && node->op >= SWB_FILTER_CONTAINS;

  if (is_search && node->n_bytes == 0)
    memcpy (out, asked, (self->n + 63) / 64 * sizeof *out);
  else if (node->field != SWB_FIELD_DATA)
    search_addresses (self, node, asked, out);
  else if (is_search && is_worth_it_together (self, asked))
    search_together (self, node, asked, out);
  else
    search_each (self, node, asked, out);
}
