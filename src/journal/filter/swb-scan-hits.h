/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* A set of positions as bits, in chunks that exist only where there are hits, with their number in order. One thread. */

G_BEGIN_DECLS

#define SWB_HITS_CHUNK 16384 /* positions */
#define SWB_HITS_WORDS (SWB_HITS_CHUNK / 64)

typedef struct
{
  guint64 **chunks;  /* of SWB_HITS_WORDS words; NULL where there is no hit */
  guint32 *counts;   /* hits of each chunk */
  guint64 *before;   /* hits before each chunk; right up to @n_counted of them */
  guint n_chunks;    /* that there is room for */
  guint n_counted;
  guint64 n_hits;
} SwbHits;

void swb_hits_clear (SwbHits *self);

/* Adds positions of one chunk that were not in yet. @words: the chunk's bits, nothing but what is new. Takes them. */
void swb_hits_add (SwbHits *self, guint chunk, guint64 *words, guint n_hits);

/* Adds one position that was not in yet. */
void swb_hits_put (SwbHits *self, guint64 position);

/* Of the positions from @first up to but not @end: adds those of @from, or takes all away.
 * Both return how many that were. */
guint64 swb_hits_copy_range (SwbHits *self, const SwbHits *from, guint64 first, guint64 end);
guint64 swb_hits_remove_range (SwbHits *self, guint64 first, guint64 end);

/* Takes out all positions below @position; returns how many there were. */
guint64 swb_hits_drop (SwbHits *self, guint64 position);

guint64 swb_hits_get (SwbHits *self, guint64 number);
guint64 swb_hits_get_n_before (SwbHits *self, guint64 position);
gboolean swb_hits_contain (const SwbHits *self, guint64 position);

/* Moves @position to the first hit at or behind it; %FALSE where there is none. */
gboolean swb_hits_next (const SwbHits *self, guint64 *position);

/* Sets in @words, from bit @at on, the first @n of @bits; none beyond them may be set. */
void swb_hits_put_bits (guint64 *words, guint at, const guint64 *bits, guint n);

G_END_DECLS
