/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "journal/store/swb-journal-list.h"
#include "journal/store/swb-journal-private.h"
#include "net/swb-error.h"
#include "swb-fixture.h"

#define CHUNK 3000
#define LONGEST_US 30000
#define PATIENCE_US (60 * G_USEC_PER_SEC)

/* The bytes that the peer sends: any of them out of place shows. */
static guint8
get_byte (guint64 i)
{
  return (guint8)((i * 2654435761u) >> 13);
}

static gboolean
connect_once (const char *folder, int fd)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_snprintf (address.sun_path, sizeof (address.sun_path), "%s/echo", folder);
  return connect (fd, (struct sockaddr *)&address, sizeof (address)) == 0;
}

static int
connect_to_server (SwbFixture *fixture)
{
  gint64 patience = g_get_monotonic_time () + PATIENCE_US;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  while (!connect_once (fixture->folder, fd))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, patience);
      g_usleep (1000);
    }
  return fd;
}

typedef struct
{
  int fd;
  guint64 n_sent;
  guint64 n_echoed;
} Peer;

static void
send_some (Peer *self)
{
  guint8 bytes[CHUNK];
  gsize n = (gsize)g_test_rand_int_range (1, CHUNK);
  gssize n_taken;

  for (gsize i = 0; i < n; i++)
    bytes[i] = get_byte (self->n_sent + i);
  n_taken = send (self->fd, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL);
  self->n_sent += (guint64)MAX (n_taken, 0);
}

/* FALSE at the end. */
static gboolean
receive_some (Peer *self)
{
  guint8 bytes[65536];
  gssize n = recv (self->fd, bytes, sizeof (bytes), MSG_DONTWAIT);

  for (gssize i = 0; i < n; i++)
    g_assert_cmpint (bytes[i], ==, get_byte (self->n_echoed + (guint64)i));
  self->n_echoed += (guint64)MAX (n, 0);
  return n > 0 || (n < 0 && errno == EAGAIN);
}

/* Some rounds have bytes on their way all the time, some a few at once. */
static void
talk (Peer *self, gint64 until)
{
  guint64 most = g_test_rand_bit () ? G_MAXUINT64 : CHUNK;

  while (g_get_monotonic_time () < until || self->n_echoed == 0)
    {
      gboolean may_send = self->n_sent - self->n_echoed < most;
      struct pollfd poll_fd
          = { .fd = self->fd, .events = POLLIN | (may_send ? POLLOUT : 0) };

      g_assert_cmpint (poll (&poll_fd, 1, PATIENCE_US / 1000), ==, 1);
      if (poll_fd.revents & POLLOUT)
        send_some (self);
      if (poll_fd.revents & POLLIN)
        g_assert_true (receive_some (self));
    }
}

/* What the journal says that the server received, all of it in its place. */
static guint64
count_received (SwbJournal *journal)
{
  guint64 sum = 0;
  SwbRecord record;

  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    {
      g_assert_true (swb_journal_read (journal, i, &record));
      if (record.kind != SWB_RECORD_CALL || record.call != SWB_CALL_RECV
          || record.connection != 1)
        continue;
      for (gsize j = 0; j < record.n_data; j++)
        g_assert_cmpint (record.data[j], ==, get_byte (sum + j));
      sum += record.n_data;
    }
  return sum;
}

static void
kill_once (SwbFixture *fixture, const char *bench)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "journal", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "echo", NULL);
  g_autoptr (SwbJournal) journal = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournalInfo) info = NULL;
  SwbLive *live = swb_fixture_start (fixture, NULL, "run", "--journal=none", "--for=60s",
                                     "--keep-journal=journal", bench, NULL);
  Peer peer = { .fd = connect_to_server (fixture) };

  talk (&peer, g_get_monotonic_time () + g_test_rand_int_range (0, LONGEST_US));
  g_assert_cmpint (swb_live_end (live, SIGKILL, NULL), ==, 1000 + SIGKILL);
  while (receive_some (&peer))
    continue;
  close (peer.fd);

  info = swb_journal_info_new (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->fate, ==, SWB_JOURNAL_KILLED);
  journal = swb_journal_open (folder, &error);
  g_assert_no_error (error);
  guint64 n_received = count_received (journal);
  g_assert_cmpuint (n_received, >=, peer.n_echoed);
  g_assert_cmpuint (n_received, <=, peer.n_sent);
  g_test_message ("%" G_GUINT64_FORMAT " bytes echoed, %" G_GUINT64_FORMAT
                  " in the journal",
                  peer.n_echoed, n_received);
  swb_journal_delete (journal);
  unlink (path);
}

static void
test_kill (SwbFixture *fixture, gconstpointer data)
{
  static const char text[] = "pane server AF_UNIX SOCK_STREAM 0\n"
                             "server reply echo\n"
                             "server bind echo\n"
                             "server listen 16\n";
  g_autofree char *bench
      = swb_fixture_write (fixture, "kill.bench", text, (gssize)strlen (text));
  guint n_rounds = g_test_slow () ? 100 : 20;

  g_test_summary ("Whenever swb is killed, what a peer has got an answer to is in the "
                  "journal.");

  for (guint i = 0; i < n_rounds; i++)
    kill_once (fixture, bench);
}

static void
test_end (SwbFixture *fixture, gconstpointer data)
{
  static const char text[] = "pane client AF_UNIX SOCK_STREAM 0\nclient socket\n";
  g_autofree char *bench
      = swb_fixture_write (fixture, "end.bench", text, (gssize)strlen (text));
  g_autofree char *folder = g_build_filename (fixture->folder, "journal", NULL);
  g_autoptr (SwbJournalInfo) running = NULL;
  g_autoptr (SwbJournalInfo) ended = NULL;
  g_autoptr (GError) error = NULL;
  SwbLive *live = swb_fixture_start (fixture, NULL, "run", "--for=60s",
                                     "--keep-journal=journal", bench, NULL);

  g_test_summary ("A run says that it goes on, and when it has ended.");

  g_free (swb_live_read_until (live, "socket("));
  running = swb_journal_info_new (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (running->fate, ==, SWB_JOURNAL_RUNNING);
  g_assert_true (swb_fixture_exists (fixture, "journal/running"));
  g_assert_false (swb_journal_remove (folder, &error));
  g_assert_error (error, SWB_ERRNO, EBUSY);
  g_clear_error (&error);

  g_assert_cmpint (swb_live_end (live, SIGTERM, NULL), ==, 0);
  ended = swb_journal_info_new (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ended->fate, ==, SWB_JOURNAL_ENDED);
  g_assert_false (swb_fixture_exists (fixture, "journal/running"));
  g_assert_true (swb_journal_remove (folder, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/kill/echo", SwbFixture, NULL, swb_fixture_set_up, test_kill,
              swb_fixture_tear_down);
  g_test_add ("/kill/end", SwbFixture, NULL, swb_fixture_set_up, test_end,
              swb_fixture_tear_down);
  return g_test_run ();
}
