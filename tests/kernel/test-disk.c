/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "engine/disk-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <sys/mount.h>
#include <sys/quota.h>
#include <unistd.h>

#include "journal/store/swb-journal-health.h"
#include "net/swb-error.h"

/* What init made of memory: ext4 with quotas, and ext4 behind the device mapper's "swb". */
#define QUOTA_DEVICE "/dev/ram0"
#define MAPPED_DEVICE "/dev/dm-0"

typedef struct
{
  const char *device;
  char *folder; /* where it is mounted */
  uid_t user;   /* an ordinary one */
} Disk;

/* Root may write beyond any quota; files belong to whom they were made as. */
static void
become (uid_t user)
{
  g_assert_cmpint (seteuid (user), ==, 0);
}

static gboolean
mount_disk (Disk *self, const char *options)
{
  int error = mount (self->device, self->folder, "ext4", MS_NODEV | MS_NOSUID, options) == 0
                  ? 0
                  : errno;

  if (error == 0)
    return TRUE;
  /* ESRCH: there is no module for quotas. */
  if (error != ENODEV && error != ESRCH)
    g_error ("mount %s: %s", self->device, g_strerror (error));
  g_test_skip_printf ("this kernel has no ext4 with %s: %s", options, g_strerror (error));
  return FALSE;
}

static void
disk_remove_folder (Disk *self)
{
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

static gboolean
disk_init (Disk *self, const char *device, const char *options)
{
  if (geteuid () != 0 || g_access (device, W_OK) != 0)
    {
      g_test_skip_printf ("there is no %s that root made for this test", device);
      return FALSE;
    }

  self->device = device;
  self->user = getpwnam ("nobody")->pw_uid;
  self->folder = g_dir_make_tmp ("swb-disk-XXXXXX", NULL);
  if (!mount_disk (self, options))
    {
      disk_remove_folder (self);
      return FALSE;
    }

  g_assert_cmpint (chown (self->folder, self->user, (gid_t)-1), ==, 0);
  return TRUE;
}

static void
disk_clear (Disk *self)
{
  g_assert_cmpint (umount (self->folder), ==, 0);
  disk_remove_folder (self);
}

/* 0: as much as there is. */
static void
set_quota (Disk *self, guint n_kib, guint n_files)
{
  struct dqblk quota
      = { .dqb_bhardlimit = n_kib, .dqb_ihardlimit = n_files, .dqb_valid = QIF_LIMITS };

  become (0);
  g_assert_cmpint (quotactl (QCMD (Q_SETQUOTA, USRQUOTA), self->device, (int)self->user,
                             (caddr_t)&quota),
                   ==, 0);
  become (self->user);
}

static void
test_quota (void)
{
  DiskBench bench;
  Disk disk;

  g_test_summary (
      "With the quota spent bytes go on to come and be answered; notes and the ends "
      "of commands follow when there is more of it");
  if (!disk_init (&disk, QUOTA_DEVICE, "usrquota"))
    return;

  set_quota (&disk, 1024, 0);
  disk_bench_init (&bench, disk.folder);
  disk_bench_assert_loses (&bench);
  set_quota (&disk, 0, 0);
  disk_bench_assert_recovers (&bench, EDQUOT);
  disk_bench_clear (&bench);
  become (0);
  disk_clear (&disk);
}

/* The limits are of files: that of the disk's folder counts, too. */
static void
test_quota_of_files (void)
{
  g_autofree char *folder = NULL;
  Disk disk;

  g_test_summary (
      "A journal whose user may have no more files says so by its errno, and leaves "
      "nothing behind");
  if (!disk_init (&disk, QUOTA_DEVICE, "usrquota"))
    return;

  folder = g_build_filename (disk.folder, "journal", NULL);
  for (guint n_files = 1; n_files <= 2; n_files++)
    {
      g_autoptr (SwbJournal) journal = NULL;
      g_autoptr (GError) error = NULL;

      set_quota (&disk, 0, n_files);
      journal = swb_journal_new (folder, &error);
      g_assert_null (journal);
      g_assert_error (error, SWB_ERRNO, EDQUOT);
      g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
    }
  set_quota (&disk, 0, 0);
  become (0);
  disk_clear (&disk);
}

static void
run (const char *line)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* From now on it answers every read and write with EIO. */
static void
break_disk (void)
{
  run ("dmsetup suspend --nolockfs --noflush swb");
  run ("dmsetup load swb --table '0 65536 error'");
  run ("dmsetup resume swb");
}

static void
test_dies (void)
{
  SwbHealth health = { 0 };
  guint64 n_records, n_read = 0;
  SwbRecord record;
  DiskBench bench;
  Disk disk;
  int fd;

  g_test_summary (
      "On a disk that dies bytes go on to come and be answered, and looking at what "
      "was recorded crashes nobody");
  if (!disk_init (&disk, MAPPED_DEVICE, "errors=remount-ro"))
    return;

  disk_bench_init (&bench, disk.folder);
  sync ();
  break_disk ();
  fd = open (disk.folder, O_RDONLY | O_DIRECTORY);
  while (health.error == 0)
    {
      disk_bench_echo (&bench, 100000);
      syncfs (fd);
      swb_journal_get_health (bench.bench.journal, &health);
    }
  close (fd);
  g_test_message ("%s", g_strerror (health.error));
  g_assert_true (health.error == EIO || health.error == EROFS);

  n_records = swb_journal_get_n_records (bench.bench.journal);
  run ("sh -c 'echo 3 > /proc/sys/vm/drop_caches'");
  for (guint64 i = 0; i < n_records; i++)
    n_read += swb_journal_read (bench.bench.journal, i, &record);
  disk_bench_echo (&bench, 100000);
  g_test_message ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " records are left", n_read,
                  n_records);
  disk_bench_clear (&bench);
  disk_clear (&disk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disk/quota", test_quota);
  g_test_add_func ("/disk/quota-of-files", test_quota_of_files);
  g_test_add_func ("/disk/dies", test_dies);
  return g_test_run ();
}
