/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-scan-hits.h"

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
