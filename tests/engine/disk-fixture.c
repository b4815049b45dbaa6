/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "disk-fixture.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "journal/store/swb-journal-health.h"

#define CHUNK 65536
#define RECORDED 300000 /* bytes, before there is any trouble */

void
disk_bench_init (DiskBench *self, const char *disk)
{
  g_autofree char *folder = g_build_filename (disk, "journal", NULL);
  SwbAddress address;
  SwbHealth health;

  bench_init_at (&self->bench, folder);
  bench_serve (&self->bench, &address);
  bench_wait (&self->bench,
              bench_number (&self->bench, SWB_VERB_REPLY, 1, 0, SWB_REPLY_ECHO));
  self->peer = socket (AF_INET, SOCK_STREAM, 0);
  g_assert_cmpint (connect (self->peer, &address.sa, address.length), ==, 0);
  self->n_sent = 0;
  disk_bench_echo (self, RECORDED);
  swb_journal_get_health (self->bench.journal, &health);
  g_assert_cmpint (health.error, ==, 0);
}

void
disk_bench_clear (DiskBench *self)
{
  close (self->peer);
  g_clear_pointer (&self->bench.engine, swb_engine_free);
  g_clear_pointer (&self->bench.context, g_main_context_unref);
  swb_journal_delete (self->bench.journal);
  g_clear_pointer (&self->bench.journal, swb_journal_unref);
  g_clear_pointer (&self->bench.folder, g_free);
}

/* What has come back; it must be what was sent. */
static gsize
receive (DiskBench *self, guint8 *back)
{
  gssize n = recv (self->peer, back, CHUNK, MSG_DONTWAIT);

  g_assert_cmpint (n, >, 0);
  for (gssize i = 0; i < n; i++)
    g_assert_cmpint (back[i], ==, 'e');
  return (gsize)n;
}

void
disk_bench_echo (DiskBench *self, gsize length)
{
  g_autofree guint8 *bytes = g_malloc (CHUNK), *back = g_malloc (CHUNK);
  gsize n_sent = 0, n_back = 0;

  memset (bytes, 'e', CHUNK);
  while (n_back < length)
    {
      struct pollfd poll_fd
          = { .fd = self->peer, .events = POLLIN | (n_sent < length ? POLLOUT : 0) };

      g_assert_cmpint (poll (&poll_fd, 1, 20000), ==, 1);
      if (poll_fd.revents & POLLOUT)
        {
          gssize n = send (self->peer, bytes, MIN (CHUNK, length - n_sent), MSG_DONTWAIT);

          n_sent += n > 0 ? (gsize)n : 0;
        }
      if (poll_fd.revents & POLLIN)
        n_back += receive (self, back);
    }
  g_assert_cmpuint (n_sent, ==, length);
  g_assert_cmpuint (n_back, ==, length);
  self->n_sent += length;
}

gboolean
disk_bench_find_note (DiskBench *self, SwbNote note, gint64 what, SwbRecord *found)
{
  SwbJournal *journal = self->bench.journal;

  for (guint64 i = swb_journal_get_first (journal); i < swb_journal_get_n_records (journal);
       i++)
    if (swb_journal_read (journal, i, found) && found->kind == SWB_RECORD_NOTE
        && found->note == note && (what == 0 || found->ints[0] == what))
      return TRUE;
  return FALSE;
}

void
disk_bench_echo_until_note (DiskBench *self, SwbNote note, gint64 what, SwbRecord *found)
{
  gint64 patience = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!disk_bench_find_note (self, note, what, found))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, patience);
      disk_bench_echo (self, 1000);
    }
}

guint64
disk_bench_count_received (DiskBench *self)
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
sum_lost (DiskBench *self, int error)
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

/* Whether the journal, or what it could not write, has the command's end. */
static gboolean
has_ended (DiskBench *self, guint64 id)
{
  g_autoptr (GArray) endings = swb_journal_take_endings (self->bench.journal);

  for (guint i = 0; i < endings->len; i++)
    if (is_outcome (&g_array_index (endings, SwbRecord, i), &id))
      return TRUE;
  return bench_count (&self->bench, is_outcome, &id, NULL) > 0;
}

void
disk_bench_assert_loses (DiskBench *self)
{
  gint64 patience = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  guint64 n_received;

  disk_bench_echo (self, 3000000);
  self->untold_id = bench_verb (&self->bench, SWB_VERB_GETSOCKNAME, 1, 0);
  while (!has_ended (self, self->untold_id))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, patience);
      disk_bench_echo (self, 1000);
    }
  g_assert_cmpuint (swb_journal_get_n_unrecorded (self->bench.journal), >, 0);
  n_received = disk_bench_count_received (self);
  g_assert_cmpuint (n_received, >=, RECORDED);
  g_assert_cmpuint (n_received, <, self->n_sent);
}

void
disk_bench_assert_recovers (DiskBench *self, int error)
{
  guint64 n_received;
  SwbHealth health;

  do
    disk_bench_echo (self, 1000);
  while (sum_lost (self, error) < swb_journal_get_n_unrecorded (self->bench.journal));
  g_assert_cmpuint (sum_lost (self, error), ==,
                    swb_journal_get_n_unrecorded (self->bench.journal));
  g_assert_cmpint (bench_wait (&self->bench, self->untold_id), ==, 0);
  g_assert_cmpuint (bench_count (&self->bench, is_outcome, &self->untold_id, NULL), ==, 1);
  n_received = disk_bench_count_received (self);
  disk_bench_echo (self, 100000);
  g_assert_cmpuint (disk_bench_count_received (self), ==, n_received + 100000);
  swb_journal_get_health (self->bench.journal, &health);
  g_assert_cmpint (health.error, ==, 0);
}
