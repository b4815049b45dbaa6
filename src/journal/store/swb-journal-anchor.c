/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-journal-private.h"

#include "net/swb-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <glib/gi18n.h>

#define MAGIC "swb\njrnl"
#define VERSION 1

/* Shifts that a map of this machine can have; anything else is a damaged file. */
#define SHIFT_MAX 32

static gint64
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64)now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static char *
dup_anchor_path (const char *folder)
{
  return g_build_filename (folder, "anchor", NULL);
}

/* The lock comes before the content: whoever finds a whole anchor unlocked knows that its
 * writer is gone. */
static gboolean
lock_and_write (int fd, SwbJournalAnchor *anchor, const char *path, GError **error)
{
  if (flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      swb_segments_set_error (error, errno, "flock", path);
      return FALSE;
    }

  memcpy (anchor->magic, MAGIC, sizeof anchor->magic);
  anchor->version = VERSION;
  anchor->entry_size = sizeof (SwbEntry);
  anchor->monotonic_ns = read_clock (CLOCK_MONOTONIC);
  anchor->wall_ns = read_clock (CLOCK_REALTIME);

  ssize_t n = pwrite (fd, anchor, sizeof *anchor, 0);
  if (n != (ssize_t)sizeof *anchor)
    {
      swb_segments_set_error (error, n < 0 ? errno : ENOSPC, "pwrite", path);
      return FALSE;
    }

  return TRUE;
}

static gboolean
create_in_folder (const char *folder, SwbJournalAnchor *anchor, int *fd, GError **error)
{
  g_autofree char *path = dup_anchor_path (folder);

  *fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (*fd < 0)
    {
      swb_segments_set_error (error, errno, "open", path);
      return FALSE;
    }

  if (!lock_and_write (*fd, anchor, path, error))
    {
      close (*fd);
      unlink (path);
      *fd = -1;
      return FALSE;
    }

  return TRUE;
}

gboolean
swb_journal_anchor_create (const char *folder, SwbJournalAnchor *anchor, int *fd,
                           GError **error)
{
  gboolean existed = g_file_test (folder, G_FILE_TEST_IS_DIR);

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      swb_segments_set_error (error, errno, "mkdir", folder);
      return FALSE;
    }

  if (create_in_folder (folder, anchor, fd, error))
    return TRUE;

  /* A disk that is full at each start would come to have many empty ones. */
  if (!existed)
    rmdir (folder);
  return FALSE;
}

gboolean
swb_journal_anchor_restore (SwbJournal *self)
{
  g_autofree char *path = dup_anchor_path (self->folder);

  if (g_atomic_int_get (&self->removed) || g_mkdir_with_parents (self->folder, 0700) < 0)
    return FALSE;

  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return errno == EEXIST;
  if (flock (fd, LOCK_EX | LOCK_NB) < 0
      || pwrite (fd, &self->anchor, sizeof self->anchor, 0) != sizeof self->anchor)
    {
      close (fd);
      unlink (path);
      return FALSE;
    }

  close (self->anchor_fd);
  self->anchor_fd = fd;
  return TRUE;
}

static gboolean
is_whole (const SwbJournalAnchor *anchor)
{
  return memcmp (anchor->magic, MAGIC, sizeof anchor->magic) == 0
         && anchor->version == VERSION && anchor->entry_size == sizeof (SwbEntry)
         && anchor->index_shift < SHIFT_MAX && anchor->arena_shift < SHIFT_MAX;
}

gboolean
swb_journal_anchor_load (const char *folder, SwbJournalAnchor *anchor, int *fd,
                         GError **error)
{
  g_autofree char *path = dup_anchor_path (folder);

  *fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (*fd < 0)
    {
      swb_segments_set_error (error, errno, "open", path);
      return FALSE;
    }

  if (pread (*fd, anchor, sizeof *anchor, 0) != (ssize_t)sizeof *anchor
      || !is_whole (anchor))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, SWB_ERROR, SWB_ERROR_FORMAT,
                   _ ("%s is not the anchor of a journal of this version"), name);
      close (*fd);
      *fd = -1;
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_ours (const char *name)
{
  return strcmp (name, "anchor") == 0 || g_str_has_prefix (name, "index-")
         || g_str_has_prefix (name, "arena-")
         || strcmp (name, SWB_JOURNAL_MARK_RUNNING) == 0
         || strcmp (name, SWB_JOURNAL_MARK_KILLED) == 0
         || strcmp (name, SWB_JOURNAL_MARK_KEPT) == 0;
}

void
swb_journal_remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_ours (name) && unlink (path) < 0)
        g_debug ("unlink %s: %s", path, g_strerror (errno));
    }

  if (rmdir (folder) < 0)
    g_debug ("rmdir %s: %s", folder, g_strerror (errno));
}
