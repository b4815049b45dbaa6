/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "disk-fixture.h"
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "journal/store/swb-follower.h"
#include "journal/store/swb-journal-health.h"
#include "journal/store/swb-journal-private.h"
#include "net/swb-error.h"

#define DISK_OPTIONS "size=8m,mode=700"

/* The disk: a small file system that only this process sees, mounted anew by each test. */
static char *disk;
static const char *why_not;

static gboolean
write_file (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY);
  gboolean written = fd >= 0 && write (fd, text, strlen (text)) == (gssize)strlen (text);

  if (fd >= 0)
    close (fd);
  return written;
}

/* Root needs no user namespace; others are root in one of their own, where that is
 * allowed. */
static gboolean
enter_namespace (void)
{
  g_autofree char *uid_map = g_strdup_printf ("0 %d 1", (int)getuid ());
  g_autofree char *gid_map = g_strdup_printf ("0 %d 1", (int)getgid ());

  if (geteuid () == 0)
    return unshare (CLONE_NEWNS) == 0;
  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0
         && write_file ("/proc/self/setgroups", "deny")
         && write_file ("/proc/self/uid_map", uid_map)
         && write_file ("/proc/self/gid_map", gid_map);
}

static void
make_disk (void)
{
  disk = g_dir_make_tmp ("swb-disk-XXXXXX", NULL);
  if (!enter_namespace () || mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("swb-disk", disk, "tmpfs", MS_NODEV | MS_NOSUID, DISK_OPTIONS) != 0)
    why_not = "mounting in a namespace of its own is not allowed here";
}

static gboolean
set_up (DiskBench *self)
{
  if (why_not == NULL)
    disk_bench_init (self, disk);
  else
    g_test_skip (why_not);
  return why_not == NULL;
}

static gboolean
health_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
fill_disk (const char *path)
{
  g_autofree guint8 *bytes = g_malloc0 (65536);
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (fd, >=, 0);
  for (gsize size = 65536; size > 0; size /= 2)
    while (write (fd, bytes, size) == (gssize)size)
      continue;
  close (fd);
}

static void
test_full (void)
{
  g_autoptr (GSource) watch = NULL;
  g_autofree char *filler = g_build_filename (disk, "filler", NULL);
  gboolean told = FALSE;
  DiskBench self;

  g_test_summary (
      "on a full disk bytes go on to come and be answered; what isn't recorded is "
      "counted, and told by a note when there is room again");
  if (!set_up (&self))
    return;

  watch = swb_follower_new_for_health (self.bench.journal, 0);
  g_source_set_callback (watch, G_SOURCE_FUNC (health_cb), &told, NULL);
  g_source_attach (watch, self.bench.context);
  fill_disk (filler);
  disk_bench_assert_loses (&self);
  while (!told)
    g_main_context_iteration (self.bench.context, TRUE);

  g_assert_cmpint (g_unlink (filler), ==, 0);
  disk_bench_assert_recovers (&self, ENOSPC);
  g_source_destroy (watch);
  disk_bench_clear (&self);
}

static void
test_full_at_start (void)
{
  g_autofree char *filler = g_build_filename (disk, "filler", NULL);
  g_autofree char *folder = g_build_filename (disk, "other", NULL);
  g_autoptr (SwbJournal) journal = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("a journal for which there is no room leaves no folder behind");
  if (why_not != NULL)
    {
      g_test_skip (why_not);
      return;
    }

  fill_disk (filler);
  journal = swb_journal_new (folder, &error);
  g_assert_null (journal);
  g_assert_error (error, SWB_ERRNO, ENOSPC);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (filler), ==, 0);
}

static void
test_error (gconstpointer data)
{
  int error = GPOINTER_TO_INT (data);
  SwbHealth health;
  DiskBench self;

  g_test_summary (
      "whatever errno the disk has, bytes go on to come and be answered, what was "
      "recorded can be read, and a note tells what was not");
  if (!set_up (&self))
    return;

  faults_set_write_error (error);
  disk_bench_assert_loses (&self);
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpint (health.error, ==, error);

  faults_set_write_error (0);
  disk_bench_assert_recovers (&self, error);
  disk_bench_clear (&self);
}

static void
test_limit (void)
{
  SwbRecord note;
  DiskBench self;

  g_test_summary ("a journal with a limit never fills the disk, and says what has gone");
  if (!set_up (&self))
    return;

  swb_journal_set_limit (self.bench.journal, 2 * 1024 * 1024, SWB_LIMIT_OLDEST);
  disk_bench_echo (&self, 20000000);
  disk_bench_echo_until_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_GONE, &note);
  g_assert_cmpint (note.ints[1], >, 0);
  g_assert_cmpint (note.ints[1], <=, (gint64)swb_journal_get_first (self.bench.journal));
  g_assert_cmpuint (swb_journal_get_n_unrecorded (self.bench.journal), ==, 0);
  disk_bench_clear (&self);
}

static void
test_payload (void)
{
  guint64 n_kept;
  SwbHealth health;
  SwbRecord note;
  DiskBench self;

  g_test_summary (
      "a journal that gives up bytes goes on to answer, and tells how many it has "
      "not kept when it ends");
  if (!set_up (&self))
    return;

  swb_journal_set_limit (self.bench.journal, 1024 * 1024, SWB_LIMIT_PAYLOAD);
  disk_bench_echo (&self, 20000000);
  disk_bench_echo_until_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_STOPS, &note);
  close (self.peer);
  self.peer = -1;
  swb_engine_stop (self.bench.engine);
  g_assert_true (disk_bench_find_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_UNKEPT, &note));
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpint (note.ints[1], ==, (gint64)health.n_unkept);
  n_kept = disk_bench_count_received (&self);
  g_assert_cmpuint (n_kept, <, 1200000);
  g_assert_cmpuint (n_kept + health.n_unkept, >, self.n_sent);
  g_assert_cmpuint (n_kept + health.n_unkept, <=, 2 * self.n_sent);
  disk_bench_clear (&self);
}

static void
test_deleted (void)
{
  guint64 first, n;
  SwbRecord note;
  DiskBench self;

  g_test_summary ("a journal whose files are deleted goes on, and says so");
  if (!set_up (&self))
    return;

  disk_bench_echo (&self, 100000);
  n = swb_journal_get_n_records (self.bench.journal);
  swb_journal_remove_files (self.bench.folder);
  disk_bench_echo_until_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_DELETED, &note);
  first = swb_journal_get_first (self.bench.journal);
  g_assert_cmpuint (first, ==, 0);
  for (guint64 i = 0; i < n; i++)
    g_assert_true (swb_journal_read (self.bench.journal, i, &note));
  disk_bench_clear (&self);
}

static void
test_read_only (void)
{
  g_autofree char *folder = g_build_filename (disk, "other", NULL);
  g_autoptr (SwbJournal) journal = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("a file system that is read-only is told by its errno");
  if (why_not != NULL)
    {
      g_test_skip (why_not);
      return;
    }

  g_assert_cmpint (mount ("none", disk, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  journal = swb_journal_new (folder, &error);
  g_assert_null (journal);
  g_assert_error (error, SWB_ERRNO, EROFS);
  g_assert_cmpint (mount ("none", disk, NULL, MS_REMOUNT, DISK_OPTIONS), ==, 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_disk ();
  g_test_add_func ("/engine/disk/full", test_full);
  g_test_add_func ("/engine/disk/full-at-start", test_full_at_start);
  g_test_add_data_func ("/engine/disk/quota", GINT_TO_POINTER (EDQUOT), test_error);
  g_test_add_data_func ("/engine/disk/damaged", GINT_TO_POINTER (EIO), test_error);
  g_test_add_func ("/engine/disk/limit", test_limit);
  g_test_add_func ("/engine/disk/payload", test_payload);
  g_test_add_func ("/engine/disk/deleted", test_deleted);
  g_test_add_func ("/engine/disk/read-only", test_read_only);
  result = g_test_run ();
  if (why_not == NULL)
    umount2 (disk, MNT_DETACH);
  g_rmdir (disk);
  g_free (disk);
  return result;
}
