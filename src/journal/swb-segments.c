/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-segments.h"

#include "net/swb-error.h"

#include <errno.h>
#include <fcntl.h>
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

void
swb_segments_init (SwbSegments *self, const char *folder, const char *stem, gsize size,
                   guint n_max)
{
  *self = (SwbSegments){
    .folder = g_strdup (folder),
    .stem = stem,
    .size = size,
    .n_max = n_max,
    .maps = g_new0 (const guint8 *, n_max),
    .fd = -1,
  };
}

void
swb_segments_clear (SwbSegments *self)
{
  for (guint i = 0; i < self->n_max; i++)
    if (self->maps[i] != NULL)
      munmap ((void *)self->maps[i], self->size);

  if (self->fd >= 0)
    close (self->fd);

  g_clear_pointer (&self->maps, g_free);
  g_clear_pointer (&self->folder, g_free);
  self->n_max = 0;
  self->fd = -1;
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
  __atomic_store_n (&self->maps[number], map, __ATOMIC_RELEASE);
  return TRUE;
}

gboolean
swb_segments_write (SwbSegments *self, guint number, gsize offset, gconstpointer bytes,
                    gsize length, GError **error)
{
  const guint8 *at = bytes;

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

  return TRUE;
}

void
swb_segments_rewind (SwbSegments *self, guint number, gsize offset)
{
  if (self->fd < 0 || self->current != number)
    return;

  if (ftruncate (self->fd, (off_t)offset) < 0)
    g_debug ("ftruncate of %s-%05u: %s", self->stem, number, g_strerror (errno));
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

  self->maps[number] = map;
  return (gsize)MIN ((guint64)status.st_size, self->size);
}
