/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* A row of files of one size, written with pwrite() and read through read-only maps: the index or the
 * arena of a journal. One writer thread; a map, once published, stays until swb_segments_clear(). */

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  const char *stem;     /* "index": the files are index-00000, index-00001… */
  gsize size;           /* bytes of a full segment */
  guint n_max;          /* how many the table of maps has room for */
  const guint8 **maps;  /* stored with release once the map stands */
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
  return number < self->n_max ? __atomic_load_n (&self->maps[number], __ATOMIC_ACQUIRE) : NULL;
}

/* Sets SWB_ERRNO for @call on a file of a journal, from @errsv. */
void swb_segments_set_error (GError **error, int errsv, const char *call, const char *path);

G_END_DECLS
