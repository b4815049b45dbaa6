/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "engine-fixture.h"
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "journal/swb-follower.h"
#include "journal/swb-journal-health.h"
#include "journal/swb-journal-private.h"
#include "net/swb-error.h"

#define DISK_OPTIONS "size=8m,mode=700"

/* The disk: a small file system that only this process sees, mounted anew by each test. */
static char *disk;
static const char *why_not;

typedef struct
{
  Bench bench;
  int peer;
  guint64 n_sent; /* and echoed */
} Fixture;

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
set_up (Fixture *self)
{
  SwbAddress address;
  g_autofree char *folder = g_build_filename (disk, "journal", NULL);

  if (why_not != NULL)
    {
      g_test_skip (why_not);
      return FALSE;
    }

  bench_init_at (&self->bench, folder);
  bench_serve (&self->bench, &address);
  bench_wait (&self->bench,
              bench_number (&self->bench, SWB_VERB_REPLY, 1, 0, SWB_REPLY_ECHO));
  self->peer = socket (AF_INET, SOCK_STREAM, 0);
  g_assert_cmpint (connect (self->peer, &address.sa, address.length), ==, 0);
  self->n_sent = 0;
  return TRUE;
}

static void
tear_down (Fixture *self)
{
  close (self->peer);
  g_clear_pointer (&self->bench.engine, swb_engine_free);
  g_clear_pointer (&self->bench.context, g_main_context_unref);
  swb_journal_delete (self->bench.journal);
  g_clear_pointer (&self->bench.journal, swb_journal_unref);
  g_clear_pointer (&self->bench.folder, g_free);
}

/* Sends, and waits until all of it has come back. */
static void
echo (Fixture *self, gsize length)
{
  g_autofree guint8 *bytes = g_malloc (65536), *back = g_malloc (65536);
  gsize n_sent = 0, n_back = 0;

  memset (bytes, 'e', 65536);
  while (n_back < length)
    {
      struct pollfd poll_fd
          = { .fd = self->peer, .events = POLLIN | (n_sent < length ? POLLOUT : 0) };

      g_assert_cmpint (poll (&poll_fd, 1, 20000), ==, 1);
      if (poll_fd.revents & POLLOUT)
        {
          gssize n = send (self->peer, bytes, MIN (65536, length - n_sent), MSG_DONTWAIT);

          n_sent += n > 0 ? (gsize)n : 0;
        }
      if (poll_fd.revents & POLLIN)
        {
          gssize n = recv (self->peer, back, 65536, MSG_DONTWAIT);

          g_assert_cmpint (n, >, 0);
          for (gssize i = 0; i < n; i++)
            g_assert_cmpint (back[i], ==, 'e');
          n_back += (gsize)n;
        }
    }
  g_assert_cmpuint (n_sent, ==, length);
  g_assert_cmpuint (n_back, ==, length);
  self->n_sent += length;
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

/* The note that tells of @what, wherever it is; FALSE: there is none yet. */
static gboolean
find_note (Fixture *self, SwbNote note, gint64 what, SwbRecord *found)
{
  SwbJournal *journal = self->bench.journal;

  for (guint64 i = swb_journal_get_first (journal); i < swb_journal_get_n_records (journal);
       i++)
    if (swb_journal_read (journal, i, found) && found->kind == SWB_RECORD_NOTE
        && found->note == note && (what == 0 || found->ints[0] == what))
      return TRUE;
  return FALSE;
}

/* Traffic goes on until the engine has told. */
static void
echo_until_note (Fixture *self, SwbNote note, gint64 what, SwbRecord *found)
{
  gint64 patience = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!find_note (self, note, what, found))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, patience);
      echo (self, 1000);
    }
}

static guint64
count_received (Fixture *self)
{
  SwbJournal *journal = self->bench.journal;
  guint64 sum = 0;
  SwbRecord record;

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    if (swb_journal_read (journal, i, &record) && record.kind == SWB_RECORD_CALL
        && record.call == SWB_CALL_RECV)
      sum += record.n_data;
  return sum;
}

/* Records that notes say are lost, for the reason @error. */
static guint64
sum_lost (Fixture *self, int error)
{
  SwbJournal *journal = self->bench.journal;
  guint64 sum = 0;
  SwbRecord record;

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    if (swb_journal_read (journal, i, &record) && record.kind == SWB_RECORD_NOTE
        && record.note == SWB_NOTE_UNRECORDED)
      {
        g_assert_cmpint (record.ints[1], ==, error);
        sum += (guint64)record.ints[0];
      }
  return sum;
}

static gboolean
health_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
test_full (void)
{
  g_autoptr (GSource) watch = NULL;
  g_autofree char *filler = g_build_filename (disk, "filler", NULL);
  gboolean told = FALSE;
  guint64 n_received;
  SwbHealth health;
  Fixture self;

  g_test_summary (
      "on a full disk bytes go on to come and be answered; what isn't recorded is "
      "counted, and told by a note when there is room again");
  if (!set_up (&self))
    return;

  watch = swb_follower_new_for_health (self.bench.journal, 0);
  g_source_set_callback (watch, G_SOURCE_FUNC (health_cb), &told, NULL);
  g_source_attach (watch, self.bench.context);
  echo (&self, 300000);
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpint (health.error, ==, 0);

  fill_disk (filler);
  echo (&self, 3000000);
  while (!told)
    g_main_context_iteration (self.bench.context, TRUE);
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpuint (health.n_unrecorded, >, 0);
  n_received = count_received (&self);
  g_assert_cmpuint (n_received, >=, 300000);
  g_assert_cmpuint (n_received, <, self.n_sent);

  g_assert_cmpint (g_unlink (filler), ==, 0);
  do
    echo (&self, 1000);
  while (sum_lost (&self, ENOSPC) < swb_journal_get_n_unrecorded (self.bench.journal));
  g_assert_cmpuint (sum_lost (&self, ENOSPC), ==,
                    swb_journal_get_n_unrecorded (self.bench.journal));
  n_received = count_received (&self);
  echo (&self, 100000);
  g_assert_cmpuint (count_received (&self), ==, n_received + 100000);
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpint (health.error, ==, 0);
  g_source_destroy (watch);
  tear_down (&self);
}

static void
test_error (gconstpointer data)
{
  int error = GPOINTER_TO_INT (data);
  guint64 n_received;
  SwbHealth health;
  Fixture self;

  g_test_summary (
      "whatever errno the disk has, bytes go on to come and be answered, what was "
      "recorded can be read, and a note tells what was not");
  if (!set_up (&self))
    return;

  echo (&self, 300000);
  faults_set_write_error (error);
  echo (&self, 1000000);
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpint (health.error, ==, error);
  g_assert_cmpuint (health.n_unrecorded, >, 0);
  n_received = count_received (&self);
  g_assert_cmpuint (n_received, >=, 300000);
  g_assert_cmpuint (n_received, <, self.n_sent);

  faults_set_write_error (0);
  do
    echo (&self, 1000);
  while (sum_lost (&self, error) < swb_journal_get_n_unrecorded (self.bench.journal));
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpint (health.error, ==, 0);
  n_received = count_received (&self);
  echo (&self, 100000);
  g_assert_cmpuint (count_received (&self), ==, n_received + 100000);
  tear_down (&self);
}

static void
test_limit (void)
{
  SwbRecord note;
  Fixture self;

  g_test_summary ("a journal with a limit never fills the disk, and says what has gone");
  if (!set_up (&self))
    return;

  swb_journal_set_limit (self.bench.journal, 2 * 1024 * 1024, SWB_LIMIT_OLDEST);
  echo (&self, 20000000);
  echo_until_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_GONE, &note);
  g_assert_cmpint (note.ints[1], >, 0);
  g_assert_cmpint (note.ints[1], <=, (gint64)swb_journal_get_first (self.bench.journal));
  g_assert_cmpuint (swb_journal_get_n_unrecorded (self.bench.journal), ==, 0);
  tear_down (&self);
}

static void
test_payload (void)
{
  guint64 n_kept;
  SwbHealth health;
  SwbRecord note;
  Fixture self;

  g_test_summary (
      "a journal that gives up bytes goes on to answer, and tells how many it has "
      "not kept when it ends");
  if (!set_up (&self))
    return;

  swb_journal_set_limit (self.bench.journal, 1024 * 1024, SWB_LIMIT_PAYLOAD);
  echo (&self, 20000000);
  echo_until_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_STOPS, &note);
  close (self.peer);
  self.peer = -1;
  swb_engine_stop (self.bench.engine);
  g_assert_true (find_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_UNKEPT, &note));
  swb_journal_get_health (self.bench.journal, &health);
  g_assert_cmpint (note.ints[1], ==, (gint64)health.n_unkept);
  n_kept = count_received (&self);
  g_assert_cmpuint (n_kept, <, 1200000);
  g_assert_cmpuint (n_kept + health.n_unkept, >, self.n_sent);
  g_assert_cmpuint (n_kept + health.n_unkept, <=, 2 * self.n_sent);
  tear_down (&self);
}

static void
test_deleted (void)
{
  guint64 first, n;
  SwbRecord note;
  Fixture self;

  g_test_summary ("a journal whose files are deleted goes on, and says so");
  if (!set_up (&self))
    return;

  echo (&self, 100000);
  n = swb_journal_get_n_records (self.bench.journal);
  swb_journal_remove_files (self.bench.folder);
  echo_until_note (&self, SWB_NOTE_LIMIT, SWB_LIMIT_DELETED, &note);
  first = swb_journal_get_first (self.bench.journal);
  g_assert_cmpuint (first, ==, 0);
  for (guint64 i = 0; i < n; i++)
    g_assert_true (swb_journal_read (self.bench.journal, i, &note));
  tear_down (&self);
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
