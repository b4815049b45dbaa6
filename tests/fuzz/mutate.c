/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "mutate.h"

#include <string.h>

typedef void (*Mutation) (GByteArray *bytes, const Corpus *corpus, GRand *random);

static guint
pick (GRand *random, guint n)
{
  return n > 1 ? g_rand_int (random) % n : 0;
}

static void
insert (GByteArray *bytes, guint at, gconstpointer what, gsize length)
{
  guint n_behind = bytes->len - at;

  if (length == 0)
    return;

  g_byte_array_set_size (bytes, bytes->len + (guint)length);
  memmove (bytes->data + at + length, bytes->data + at, n_behind);
  memcpy (bytes->data + at, what, length);
}

static void
overwrite (GByteArray *bytes, guint at, gconstpointer what, gsize length)
{
  gsize n = MIN (length, bytes->len - at);

  if (n > 0)
    memcpy (bytes->data + at, what, n);
}

static void
put (GByteArray *bytes, GRand *random, gconstpointer what, gsize length)
{
  guint at = pick (random, bytes->len + 1);

  if (pick (random, 2) == 0)
    overwrite (bytes, at, what, length);
  else
    insert (bytes, at, what, length);
}

static void
flip_bit (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  if (bytes->len > 0)
    bytes->data[pick (random, bytes->len)] ^= (guint8)(1u << pick (random, 8));
}

static void
put_byte (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  static const guint8 odd[]
      = { 0, 1, 0x7f, 0x80, 0xff, '\n', '"', '\\', '0', '9', '-', ':' };
  guint8 byte
      = pick (random, 2) == 0 ? odd[pick (random, sizeof odd)] : (guint8)pick (random, 256);

  put (bytes, random, &byte, 1);
}

/* Numbers as programs store them, about the borders of what they store. */
static void
put_number (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  static const gint64 borders[] = { 0,           1,          -1,        127,
                                    255,         32767,      65535,     G_MAXINT32,
                                    G_MAXUINT32, G_MAXINT64, G_MININT64 };
  guint64 border = (guint64)borders[pick (random, G_N_ELEMENTS (borders))];
  gint64 number = (gint64)(border + pick (random, 3) - 1);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  if (pick (random, 2) == 0)
    put (bytes, random, text, strlen (text));
  else
    put (bytes, random, &number, (gsize)1 << pick (random, 4));
}

static void
erase (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  guint at = pick (random, bytes->len);
  guint length = pick (random, MIN (bytes->len, 1u << pick (random, 10)) + 1);

  if (bytes->len > 0)
    g_byte_array_remove_range (bytes, at, MIN (length, bytes->len - at));
}

static void
cut (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  g_byte_array_set_size (bytes, pick (random, bytes->len + 1));
}

static void
put_word (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  GBytes *word;

  if (corpus->words->len == 0)
    return;

  word = corpus->words->pdata[pick (random, corpus->words->len)];
  put (bytes, random, g_bytes_get_data (word, NULL), g_bytes_get_size (word));
}

/* A piece of another seed, or of this input once more. */
static void
put_piece (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  GBytes *other = corpus->seeds->pdata[pick (random, corpus->seeds->len)];
  gsize size = g_bytes_get_size (other);
  gsize from = pick (random, (guint)size + 1);
  gsize length = pick (random, (guint)(size - from) + 1);

  put (bytes, random, (const guint8 *)g_bytes_get_data (other, NULL) + from, length);
}

static void
repeat (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  guint at = pick (random, bytes->len + 1);
  guint length = pick (random, MIN (bytes->len - at, 64) + 1);
  guint8 piece[64];

  memcpy (piece, bytes->data + at, length);
  for (guint times = 1u << pick (random, 6); times > 0; times--)
    insert (bytes, at, piece, length);
}

void
mutate (GByteArray *bytes, const Corpus *corpus, GRand *random)
{
  static const Mutation mutations[] = { flip_bit, put_byte, put_byte, put_number, erase,
                                        cut,      put_word, put_word, put_piece,  repeat };
  GBytes *seed = corpus->seeds->pdata[pick (random, corpus->seeds->len)];
  gsize length = g_bytes_get_size (seed);

  /* So that there is memory to point at, even for an empty input. */
  g_byte_array_set_size (bytes, MAX ((guint)length, 64));
  memcpy (bytes->data, g_bytes_get_data (seed, NULL) ?: "", length);
  g_byte_array_set_size (bytes, (guint)length);
  for (guint n = 1u << pick (random, 4); n > 0; n--)
    mutations[pick (random, G_N_ELEMENTS (mutations))](bytes, corpus, random);
  if (bytes->len > MAX (length, MUTATE_MAX_BYTES))
    g_byte_array_set_size (bytes, (guint)MAX (length, MUTATE_MAX_BYTES));
}
