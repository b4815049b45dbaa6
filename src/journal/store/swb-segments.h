/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* A row of files of one size, written with pwrite() and read through read-only maps: the index or the
 * arena of a journal. One writer thread; a map, once published, can be read until swb_segments_clear(): the map of a
 * segment that was dropped, or the pages of one that somebody cut, read as zeros. */

G_BEGIN_DECLS

typedef struct
{
  const guint8 *map;    /* stored with release once the map stands */
  gsize length;         /* bytes in the file; the writer's */
  gsize lost;           /* atomic: 1 + where the bytes begin that somebody cut off; 0: none */
} SwbSegment;

typedef struct
{
  char *folder;
  const char *stem;     /* "index": the files are index-00000, index-00001… */
  gsize size;           /* bytes of a full segment */
  guint n_max;          /* how many the table has room for: pages of it that no segment uses cost nothing */
  SwbSegment *table;
  guint first;          /* the oldest that was not dropped */
  guint end;            /* behind the newest */
  guint64 n_bytes;      /* in the files of all that were not dropped; the writer's */
  gint damaged;         /* atomic: some segment has lost bytes */
  int fd;               /* the writer's: of the segment written last; -1 for none */
  guint current;        /* the segment of @fd */
} SwbSegments;

void swb_segments_init (SwbSegments *self, const char *folder, const char *stem, gsize size, guint n_max);

/* Unmaps and closes; the files stay. */
void swb_segments_clear (SwbSegments *self);

/**
 * swb_segments_write:
 * @number: the last segment written, or the one behind it, which is then begun
 * @offset: where in the segment; must have room for @length
 * @error: SWB_ERRNO; EFBIG when the table of segments is full
 *
 * Writes all, over short writes and EINTR.
 */
gboolean swb_segments_write (SwbSegments *self, guint number, gsize offset, gconstpointer bytes,
                             gsize length, GError **error);

/**
 * swb_segments_drop:
 * @end: the segments below go
 *
 * Removes the oldest files and gives their room on the disk back at once. Zeros take the place of their maps, in one step: a
 * reader that is in there goes on without harm.
 */
void swb_segments_drop (SwbSegments *self, guint end);

/* What somebody else did to the file of the segment that is being written. */
typedef enum
{
  SWB_SEGMENT_WHOLE,
  SWB_SEGMENT_DELETED, /* it has no name any more: what is written is gone when the journal is closed */
  SWB_SEGMENT_CUT,     /* bytes at its end are gone */
} SwbSegmentState;

/* Looks at the file of the segment being written. @n_lost: (out): bytes cut off that had not been missed before */
SwbSegmentState swb_segments_check (SwbSegments *self, gsize *n_lost);

/* Gives the file that was cut its length back, with zeros, and a map that shows what is written there from now on. */
void swb_segments_mend (SwbSegments *self);

/* The number of the lowest file there is in the folder; @n_max when there is none. */
guint swb_segments_find_first (const SwbSegments *self);

/* Cuts what a write that failed may have left behind @offset. */
void swb_segments_rewind (SwbSegments *self, guint number, gsize offset);

/**
 * swb_segments_open:
 * @number: a segment of a journal that is opened
 *
 * Maps a segment for reading.
 *
 * Returns: bytes that its file has, at most a full segment; 0 when there is no such file
 */
gsize swb_segments_open (SwbSegments *self, guint number);

/* The map of a segment, or NULL. Any thread; inlined since every read of the journal begins here. */
static inline const guint8 *
swb_segments_get_map (const SwbSegments *self, guint64 number)
{
  return number < self->n_max ? __atomic_load_n (&self->table[number].map, __ATOMIC_ACQUIRE) : NULL;
}

/* Whether bytes that were read from @offset on have been there, and are no zeros that took their place. Any thread. */
static inline gboolean
swb_segments_has (const SwbSegments *self, guint64 number, gsize offset, gsize length)
{
  gsize lost;

  __atomic_thread_fence (__ATOMIC_ACQUIRE);
  if (G_LIKELY (!__atomic_load_n (&self->damaged, __ATOMIC_RELAXED)))
    return TRUE;
  if (number >= self->n_max)
    return FALSE;
  lost = __atomic_load_n (&self->table[number].lost, __ATOMIC_RELAXED);
  return lost == 0 || offset + length < lost;
}

/* Notes that the bytes of a segment from @offset on are gone. Any thread; may be called by a signal's handler. */
void swb_segments_lose (SwbSegments *self, guint number, gsize offset);

/* Sets SWB_ERRNO for @call on a file of a journal, from @errsv. */
void swb_segments_set_error (GError **error, int errsv, const char *call, const char *path);

G_END_DECLS
