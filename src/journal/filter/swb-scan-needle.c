/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-scan-needle.h"

#include <string.h>

/* Two bytes of the needle, its rarest, are looked for in 64 places at once; only where both
 * stand is the rest compared. In GCC's vectors, so that it's fast on every machine:
 * memmem() of the C library is half as fast. Bytes made to look like the needle everywhere
 * would be compared over and over: then Knuth, Morris and Pratt's search, slower but never
 * slowed, goes on. */

#define LANES 16
#define UNROLL 4
#define STEP (LANES * UNROLL)

typedef guint8 Vector __attribute__ ((vector_size (LANES)));
typedef guint64 Halves __attribute__ ((vector_size (LANES)));

/* A byte of the needle at @at: found where byte | @mask == @value. */
typedef struct
{
  gsize at;
  guint8 mask;
  guint8 value;
} Anchor;

struct _SwbNeedle
{
  guint8 *bytes; /* in lower case, if caseless */
  gsize length;
  gboolean caseless;
  Anchor anchors[2];
  guint32 *borders; /* of each beginning of the needle: its longest end that is a beginning,
                       too */
};

/* Bytes that may be compared in vain: for each byte looked at, and at all. */
#define WASTE_PER_BYTE 4
#define WASTE_MIN 65536

/* How often a byte is met in what goes over sockets, roughly; the less the better an
 * anchor. */
static guint
get_commonness (guint8 byte)
{
  if (byte == ' ' || byte == 0)
    return 10;
  if (byte != 0 && strchr ("etaoinsrl", byte) != NULL)
    return 9;
  if (g_ascii_islower (byte))
    return 7;
  if (g_ascii_isdigit (byte) || byte == 0xff || byte == '\n' || byte == '\r')
    return 6;
  if (g_ascii_isprint (byte))
    return 4;
  return 3;
}

static Anchor
make_anchor (const SwbNeedle *self, gsize at)
{
  guint8 byte = self->bytes[at];
  guint8 mask = self->caseless && g_ascii_isalpha (byte) ? 0x20 : 0;

  return (Anchor){ .at = at, .mask = mask, .value = byte | mask };
}

/* The rarest byte, and of the others the rarest that differs from it, if any does. */
static void
choose_anchors (SwbNeedle *self)
{
  gsize first = 0, second = self->length - 1;
  guint best = G_MAXUINT;

  for (gsize i = 0; i < self->length; i++)
    if (get_commonness (self->bytes[i]) < get_commonness (self->bytes[first]))
      first = i;

  for (gsize i = 0; i < self->length; i++)
    if (self->bytes[i] != self->bytes[first] && get_commonness (self->bytes[i]) < best)
      {
        second = i;
        best = get_commonness (self->bytes[i]);
      }

  self->anchors[0] = make_anchor (self, first);
  self->anchors[1] = make_anchor (self, second);
}

static void
find_borders (SwbNeedle *self)
{
  gsize border = 0;

  self->borders = g_new (guint32, self->length);
  self->borders[0] = 0;
  for (gsize i = 1; i < self->length; i++)
    {
      while (border > 0 && self->bytes[i] != self->bytes[border])
        border = self->borders[border - 1];
      if (self->bytes[i] == self->bytes[border])
        border++;
      self->borders[i] = (guint32)border;
    }
}

SwbNeedle *
swb_needle_new (const char *bytes, gsize length, gboolean caseless)
{
  SwbNeedle *self = g_new0 (SwbNeedle, 1);

  self->bytes = g_malloc (length + 1);
  self->length = length;
  self->caseless = caseless;
  for (gsize i = 0; i < length; i++)
    self->bytes[i] = (guint8)(caseless ? g_ascii_tolower (bytes[i]) : bytes[i]);
  if (length > 0)
    {
      choose_anchors (self);
      find_borders (self);
    }

  return self;
}

void
swb_needle_free (SwbNeedle *self)
{
  g_free (self->borders);
  g_free (self->bytes);
  g_free (self);
}

gsize
swb_needle_get_length (const SwbNeedle *self)
{
  return self->length;
}

static gboolean
is_at (const SwbNeedle *self, const guint8 *at)
{
  if (!self->caseless)
    return memcmp (at, self->bytes, self->length) == 0;

  for (gsize i = 0; i < self->length; i++)
    if ((guint8)g_ascii_tolower ((char)at[i]) != self->bytes[i])
      return FALSE;
  return TRUE;
}

static inline Vector
spread (guint8 byte)
{
  return (Vector){ 0 } + byte;
}

static inline Vector
load (const guint8 *at)
{
  Vector vector;

  memcpy (&vector, at, sizeof vector);
  return vector;
}

static const guint8 *
find_steadily (const SwbNeedle *self, const guint8 *at, const guint8 *end)
{
  gsize matched = 0;

  for (; at < end; at++)
    {
      guint8 byte = self->caseless ? (guint8)g_ascii_tolower ((char)*at) : *at;

      while (matched > 0 && byte != self->bytes[matched])
        matched = self->borders[matched - 1];
      if (byte == self->bytes[matched])
        matched++;
      if (matched == self->length)
        return at + 1 - self->length;
    }
  return NULL;
}

/* Of the places from @from to @last. */
static const guint8 *
find_among (const SwbNeedle *self, const guint8 *from, const guint8 *last, gsize *wasted)
{
  const Anchor *a = &self->anchors[0], *b = &self->anchors[1];

  for (const guint8 *at = from; at <= last; at++)
    if ((at[a->at] | a->mask) == a->value && (at[b->at] | b->mask) == b->value)
      {
        if (is_at (self, at))
          return at;
        *wasted += self->length;
      }
  return NULL;
}

/* Of the places at + 0…LANES - 1 those where both anchors stand. */
static inline Vector
test_lanes (const SwbNeedle *self, const guint8 *at)
{
  const Anchor *a = &self->anchors[0], *b = &self->anchors[1];

  return (Vector)((load (at + a->at) | spread (a->mask)) == spread (a->value))
         & (Vector)((load (at + b->at) | spread (b->mask)) == spread (b->value));
}

const guint8 *
swb_needle_find (const SwbNeedle *self, const guint8 *bytes, gsize length)
{
  if (self->length == 0)
    return bytes;
  if (length < self->length)
    return NULL;

  const guint8 *last = bytes + (length - self->length);
  const guint8 *at = bytes;
  gsize wasted = 0;

  for (; last - at >= STEP; at += STEP)
    {
      Halves any = (Halves)(test_lanes (self, at) | test_lanes (self, at + LANES)
                            | test_lanes (self, at + 2 * LANES)
                            | test_lanes (self, at + 3 * LANES));

      if (G_LIKELY ((any[0] | any[1]) == 0))
        continue;

      const guint8 *found = find_among (self, at, at + STEP - 1, &wasted);
      if (found != NULL)
        return found;
      if (wasted > WASTE_MIN + WASTE_PER_BYTE * (gsize)(at - bytes))
        return find_steadily (self, at, bytes + length);
    }

  return find_among (self, at, last, &wasted);
}
