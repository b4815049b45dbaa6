/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-scan-hits.h"

#include <string.h>

void
swb_hits_clear (SwbHits *self)
{
  for (guint i = 0; i < self->n_chunks; i++)
    g_free (self->chunks[i]);

  g_free (self->chunks);
  g_free (self->counts);
  g_free (self->before);
  *self = (SwbHits){ 0 };
}

static void
make_room (SwbHits *self, guint n_chunks)
{
  guint n = MAX (64, self->n_chunks);

  if (n_chunks <= self->n_chunks)
    return;
  while (n < n_chunks)
    n *= 2;

  self->chunks = g_renew (guint64 *, self->chunks, n);
  self->counts = g_renew (guint32, self->counts, n);
  self->before = g_renew (guint64, self->before, n);
  for (guint i = self->n_chunks; i < n; i++)
    {
      self->chunks[i] = NULL;
      self->counts[i] = 0;
    }
  self->n_chunks = n;
}

void
swb_hits_add (SwbHits *self, guint chunk, guint64 *words, guint n_hits)
{
  make_room (self, chunk + 1);

  if (self->chunks[chunk] == NULL)
    self->chunks[chunk] = words;
  else
    {
      for (guint i = 0; i < SWB_HITS_WORDS; i++)
        self->chunks[chunk][i] |= words[i];
      g_free (words);
    }

  self->counts[chunk] += n_hits;
  self->n_hits += n_hits;
  self->n_counted = MIN (self->n_counted, chunk + 1);
}

void
swb_hits_put (SwbHits *self, guint64 position)
{
  guint chunk = (guint)(position / SWB_HITS_CHUNK);
  guint at = (guint)(position % SWB_HITS_CHUNK);

  make_room (self, chunk + 1);
  if (self->chunks[chunk] == NULL)
    self->chunks[chunk] = g_new0 (guint64, SWB_HITS_WORDS);
  self->chunks[chunk][at / 64] |= (guint64)1 << (at % 64);
  self->counts[chunk]++;
  self->n_hits++;
  self->n_counted = MIN (self->n_counted, chunk + 1);
}

/* Of the word at @at, the bits from @first up to but not @end. */
static guint64
get_mask (guint64 at, guint64 first, guint64 end)
{
  guint64 mask = G_MAXUINT64;

  if (first > at)
    mask &= G_MAXUINT64 << (first - at);
  if (end < at + 64)
    mask &= G_MAXUINT64 >> (at + 64 - end);
  return mask;
}

/* Changes the words of one chunk, to those of @from or to none. */
static gint64
change_chunk (SwbHits *self, guint chunk, const guint64 *from, guint64 first, guint64 end)
{
  guint64 start = (guint64)chunk * SWB_HITS_CHUNK;
  guint low = first > start ? (guint)(first - start) / 64 : 0;
  guint high = (guint)(MIN (end - start, SWB_HITS_CHUNK) + 63) / 64;
  gint64 n_added = 0;

  for (guint i = low; i < high; i++)
    {
      guint64 mask = get_mask (start + i * 64, first, end);
      guint64 before = self->chunks[chunk][i];
      guint64 after = from != NULL ? before | (from[i] & mask) : before & ~mask;

      self->chunks[chunk][i] = after;
      n_added += __builtin_popcountll (after) - __builtin_popcountll (before);
    }
  self->counts[chunk] = (guint32)(self->counts[chunk] + n_added);
  self->n_hits = (guint64)((gint64)self->n_hits + n_added);
  self->n_counted = MIN (self->n_counted, chunk + 1);
  return n_added;
}

guint64
swb_hits_copy_range (SwbHits *self, const SwbHits *from, guint64 first, guint64 end)
{
  guint64 n_added = 0;

  for (guint64 i = first / SWB_HITS_CHUNK; i * SWB_HITS_CHUNK < end && i < from->n_chunks;
       i++)
    {
      if (from->chunks[i] == NULL)
        continue;
      make_room (self, (guint)i + 1);
      if (self->chunks[i] == NULL)
        self->chunks[i] = g_new0 (guint64, SWB_HITS_WORDS);
      n_added += (guint64)change_chunk (self, (guint)i, from->chunks[i], first, end);
    }
  return n_added;
}

guint64
swb_hits_remove_range (SwbHits *self, guint64 first, guint64 end)
{
  guint64 n_removed = 0;

  for (guint64 i = first / SWB_HITS_CHUNK; i * SWB_HITS_CHUNK < end && i < self->n_chunks;
       i++)
    if (self->chunks[i] != NULL)
      n_removed += (guint64)-change_chunk (self, (guint)i, NULL, first, end);
  return n_removed;
}

/* Takes the first @n bits out of a chunk. */
static void
clear_bits (SwbHits *self, guint chunk, guint n)
{
  guint64 *words = self->chunks[chunk];
  guint left = 0;

  if (words == NULL)
    return;

  memset (words, 0, n / 64 * sizeof *words);
  if (n % 64 != 0)
    words[n / 64] &= ~((((guint64)1 << (n % 64)) - 1));
  for (guint i = 0; i < SWB_HITS_WORDS; i++)
    left += (guint)__builtin_popcountll (words[i]);
  self->n_hits -= self->counts[chunk] - left;
  self->counts[chunk] = left;
}

guint64
swb_hits_drop (SwbHits *self, guint64 position)
{
  guint end = (guint)MIN (position / SWB_HITS_CHUNK, self->n_chunks);
  guint64 n_before = self->n_hits;

  for (guint i = 0; i < end; i++)
    {
      self->n_hits -= self->counts[i];
      self->counts[i] = 0;
      g_clear_pointer (&self->chunks[i], g_free);
    }
  if (end < self->n_chunks)
    clear_bits (self, end, (guint)(position % SWB_HITS_CHUNK));

  self->n_counted = 0;
  return n_before - self->n_hits;
}

/* Counts anew what changed since, once for all questions that follow. */
static void
count_up_to (SwbHits *self, guint chunk)
{
  for (; self->n_counted <= chunk; self->n_counted++)
    {
      guint i = self->n_counted;

      self->before[i] = i == 0 ? 0 : self->before[i - 1] + self->counts[i - 1];
    }
}

static guint
find_bit (guint64 word, guint64 number)
{
  for (; number > 0; number--)
    word &= word - 1;
  return (guint)__builtin_ctzll (word);
}

guint64
swb_hits_get (SwbHits *self, guint64 number)
{
  g_return_val_if_fail (number < self->n_hits, 0);

  count_up_to (self, self->n_chunks - 1);

  guint low = 0, high = self->n_chunks;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->before[middle] <= number)
        low = middle;
      else
        high = middle;
    }

  number -= self->before[low];
  for (guint i = 0; i < SWB_HITS_WORDS; i++)
    {
      guint n = (guint)__builtin_popcountll (self->chunks[low][i]);

      if (number < n)
        return (guint64)low * SWB_HITS_CHUNK + i * 64
               + find_bit (self->chunks[low][i], number);
      number -= n;
    }
  g_return_val_if_reached (0);
}

guint64
swb_hits_get_n_before (SwbHits *self, guint64 position)
{
  guint64 chunk = position / SWB_HITS_CHUNK;
  guint at = (guint)(position % SWB_HITS_CHUNK);

  if (chunk >= self->n_chunks)
    return self->n_hits;

  count_up_to (self, (guint)chunk);
  guint64 n = self->before[chunk];
  const guint64 *words = self->chunks[chunk];
  if (words == NULL)
    return n;

  for (guint i = 0; i < at / 64; i++)
    n += (guint64)__builtin_popcountll (words[i]);
  return n
         + (guint64)__builtin_popcountll (words[at / 64] & (((guint64)1 << (at % 64)) - 1));
}

gboolean
swb_hits_contain (const SwbHits *self, guint64 position)
{
  guint64 chunk = position / SWB_HITS_CHUNK;
  guint at = (guint)(position % SWB_HITS_CHUNK);

  return chunk < self->n_chunks && self->chunks[chunk] != NULL
         && (self->chunks[chunk][at / 64] >> (at % 64) & 1) != 0;
}

static gboolean
find_in_chunk (const guint64 *words, guint *at)
{
  guint64 word = words[*at / 64] & (G_MAXUINT64 << (*at % 64));

  for (guint i = *at / 64; i < SWB_HITS_WORDS; word = ++i < SWB_HITS_WORDS ? words[i] : 0)
    if (word != 0)
      {
        *at = i * 64 + (guint)__builtin_ctzll (word);
        return TRUE;
      }
  return FALSE;
}

gboolean
swb_hits_next (const SwbHits *self, guint64 *position)
{
  guint at = (guint)(*position % SWB_HITS_CHUNK);

  for (guint64 chunk = *position / SWB_HITS_CHUNK; chunk < self->n_chunks; chunk++, at = 0)
    if (self->chunks[chunk] != NULL && find_in_chunk (self->chunks[chunk], &at))
      {
        *position = chunk * SWB_HITS_CHUNK + at;
        return TRUE;
      }
  return FALSE;
}

void
swb_hits_put_bits (guint64 *words, guint at, const guint64 *bits, guint n)
{
  guint shift = at % 64;

  for (guint i = 0; i < (n + 63) / 64; i++)
    {
      guint word = at / 64 + i;

      words[word] |= bits[i] << shift;
      if (shift != 0 && bits[i] >> (64 - shift) != 0)
        words[word + 1] |= bits[i] >> (64 - shift);
    }
}
