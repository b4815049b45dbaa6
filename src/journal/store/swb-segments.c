/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-segments.h"

#include "journal/store/swb-guard.h"
#include "net/swb-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>

void
swb_segments_set_error (GError **error, int errsv, const char *call, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  /* Translators: a system call, a file, and the reason, such as "pwrite /home/…: No space
   * left" */
  g_set_error (error, SWB_ERRNO, errsv, _ ("The journal cannot %s %s: %s"), call, name,
               g_strerror (errsv));
}

static char *
dup_path (const SwbSegments *self, guint number)
{
  return g_strdup_printf ("%s/%s-%05u", self->folder, self->stem, number);
}

/* Not of the heap, which would touch all of its pages. */
static SwbSegment *
make_table (guint n_max)
{
  void *table = mmap (NULL, n_max * sizeof (SwbSegment), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (table == MAP_FAILED)
    g_error ("no memory for a journal's table: %s", g_strerror (errno));
  return table;
}

void
swb_segments_init (SwbSegments *self, const char *folder, const char *stem, gsize size,
                   guint n_max)
{
  *self = (SwbSegments){
    .folder = g_strdup (folder),
    .stem = stem,
    .size = size,
    .n_max = n_max,
    .table = make_table (n_max),
    .fd = -1,
  };
}

void
swb_segments_clear (SwbSegments *self)
{
  swb_guard_remove (self);
  for (guint i = 0; i < self->end; i++)
    if (self->table[i].map != NULL)
      munmap ((void *)self->table[i].map, self->size);

  if (self->fd >= 0)
    close (self->fd);

  munmap (self->table, self->n_max * sizeof (SwbSegment));
  self->table = NULL;
  g_clear_pointer (&self->folder, g_free);
  self->n_max = 0;
  self->end = 0;
  self->fd = -1;
}

/* Whoever asks for the map finds it guarded. */
static void
take_map (SwbSegments *self, guint number, const void *map)
{
  swb_guard_add (self, number, map, self->size);
  __atomic_store_n (&self->table[number].map, map, __ATOMIC_RELEASE);
  self->end = MAX (self->end, number + 1);
}

/* The map is of the full size although the file is still empty: what is written later shows
 * in it. Nobody reads behind the file's end, since nobody reads what was not published. */
static gboolean
begin (SwbSegments *self, guint number, GError **error)
{
  g_autofree char *path = dup_path (self, number);

  if (number >= self->n_max)
    {
      swb_segments_set_error (error, EFBIG, "open", path);
      return FALSE;
    }

  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      swb_segments_set_error (error, errno, "open", path);
      return FALSE;
    }

  void *map = mmap (NULL, self->size, PROT_READ, MAP_SHARED, fd, 0);
  if (map == MAP_FAILED)
    {
      swb_segments_set_error (error, errno, "mmap", path);
      close (fd);
      unlink (path);
      return FALSE;
    }

  if (self->fd >= 0)
    close (self->fd);

  self->fd = fd;
  self->current = number;
  take_map (self, number, map);
  return TRUE;
}

/* Records how much the file of the current segment holds. */
static void
set_length (SwbSegments *self, gsize length)
{
  SwbSegment *segment = &self->table[self->current];

  self->n_bytes = self->n_bytes - segment->length + length;
  segment->length = length;
}

gboolean
swb_segments_write (SwbSegments *self, guint number, gsize offset, gconstpointer bytes,
                    gsize length, GError **error)
{
  const guint8 *at = bytes;
  gsize end = offset + length;

  if ((self->fd < 0 || self->current != number) && !begin (self, number, error))
    return FALSE;

  while (length > 0)
    {
      ssize_t n = pwrite (self->fd, at, length, (off_t)offset);

      if (n < 0 && errno == EINTR)
        continue;

      if (n <= 0)
        {
          int errsv = n < 0 ? errno : EIO;
          g_autofree char *path = dup_path (self, number);

          swb_segments_set_error (error, errsv, "pwrite", path);
          return FALSE;
        }

      at += n;
      offset += (gsize)n;
      length -= (gsize)n;
    }

  set_length (self, end);
  return TRUE;
}

void
swb_segments_rewind (SwbSegments *self, guint number, gsize offset)
{
  if (self->fd < 0 || self->current != number)
    return;

  if (ftruncate (self->fd, (off_t)offset) < 0)
    g_debug ("ftruncate of %s-%05u: %s", self->stem, number, g_strerror (errno));
  set_length (self, offset);
}

/* mmap() over a map replaces it in one step: another thread's access finds the old pages or
 * the new ones, never none. The addresses stay taken until the journal goes. */
static void
drop_one (SwbSegments *self, guint number)
{
  SwbSegment *segment = &self->table[number];
  g_autofree char *path = dup_path (self, number);

  if (unlink (path) < 0)
    g_debug ("unlink %s: %s", path, g_strerror (errno));

  if (segment->map != NULL
      && mmap ((void *)segment->map, self->size, PROT_READ,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0)
             == MAP_FAILED)
    g_debug ("mmap over %s: %s", path, g_strerror (errno));

  self->n_bytes -= segment->length;
  segment->length = 0;
}

void
swb_segments_drop (SwbSegments *self, guint end)
{
  for (; self->first < MIN (end, self->end); self->first++)
    drop_one (self, self->first);
}

void
swb_segments_lose (SwbSegments *self, guint number, gsize offset)
{
  gsize *lost = &self->table[number].lost;
  gsize known = __atomic_load_n (lost, __ATOMIC_RELAXED);

  while ((known == 0 || offset + 1 < known)
         && !__atomic_compare_exchange_n (lost, &known, offset + 1, FALSE, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED))
    continue;
  __atomic_store_n (&self->damaged, 1, __ATOMIC_RELEASE);
}

SwbSegmentState
swb_segments_check (SwbSegments *self, gsize *n_lost)
{
  struct stat status;

  if (self->fd < 0 || fstat (self->fd, &status) < 0)
    return SWB_SEGMENT_WHOLE;

  gsize length = self->table[self->current].length;
  if ((guint64)status.st_size < length)
    {
      swb_segments_lose (self, self->current, (gsize)status.st_size);
      *n_lost = length - (gsize)status.st_size;
      return SWB_SEGMENT_CUT;
    }

  return status.st_nlink == 0 ? SWB_SEGMENT_DELETED : SWB_SEGMENT_WHOLE;
}

void
swb_segments_mend (SwbSegments *self)
{
  SwbSegment *segment = &self->table[self->current];

  if (ftruncate (self->fd, (off_t)segment->length) < 0
      || mmap ((void *)segment->map, self->size, PROT_READ, MAP_SHARED | MAP_FIXED,
               self->fd, 0)
             == MAP_FAILED)
    g_debug ("mending %s-%05u: %s", self->stem, self->current, g_strerror (errno));
}

guint
swb_segments_find_first (const SwbSegments *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autofree char *prefix = g_strconcat (self->stem, "-", NULL);
  guint first = self->n_max;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      guint64 number;

      if (g_str_has_prefix (name, prefix)
          && g_ascii_string_to_unsigned (name + strlen (prefix), 10, 0, first, &number,
                                         NULL))
        first = (guint)number;
    }
  return first;
}

gsize
swb_segments_open (SwbSegments *self, guint number)
{
  g_autofree char *path = dup_path (self, number);
  struct stat status;
  void *map = MAP_FAILED;

  if (number >= self->n_max)
    return 0;

  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return 0;

  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_size > 0)
    map = mmap (NULL, self->size, PROT_READ, MAP_SHARED, fd, 0);
  close (fd);

  if (map == MAP_FAILED)
    return 0;

  take_map (self, number, map);
  self->table[number].length = (gsize)MIN ((guint64)status.st_size, self->size);
  return self->table[number].length;
}
