/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "recording-fixture.h"

#include <string.h>
#include <unistd.h>

#include "engine/swb-sys.h"
#include "random-record.h"

void
recording_fixture_set_up (RecordingFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = make_test_folder ();
  self->journal = swb_journal_new (self->folder, &error);
  g_assert_no_error (error);
}

void
recording_fixture_tear_down (RecordingFixture *self, gconstpointer unused)
{
  swb_journal_unref (self->journal);
  remove_test_folder (self->folder);
  g_free (self->folder);
}

const char *
name_pane (guint pane, gpointer unused)
{
  static const char *const names[]
      = { "bench", "server", "client", "receiver", "sender", "pair" };

  return pane < G_N_ELEMENTS (names) ? names[pane] : NULL;
}

SwbWho
who (guint pane, guint connection)
{
  return (SwbWho){ pane, connection, SWB_ORIGIN_COMMAND };
}

void
append_words (SwbJournal *journal, SwbRecordKind kind, guint pane, const char *text)
{
  SwbRecord record = {
    .time_ns = swb_sys_now_ns (),
    .kind = kind,
    .note = kind == SWB_RECORD_NOTE ? SWB_NOTE_TEXT : 0,
    .pane = pane,
    .fd = -1,
    .ints = { 7 },
    .data = (const guint8 *)text,
    .n_data = strlen (text),
  };

  swb_journal_append (journal, &record);
}

SwbAddress
loopback (int domain)
{
  SwbAddress address = { 0 };

  if (domain == AF_INET6)
    {
      address.in6.sin6_family = AF_INET6;
      address.in6.sin6_addr = in6addr_loopback;
      address.length = sizeof address.in6;
      return address;
    }

  address.in.sin_family = AF_INET;
  address.in.sin_addr.s_addr = g_htonl (INADDR_LOOPBACK);
  address.length = sizeof address.in;
  return address;
}

static void
send_all (SwbJournal *journal, guint pane, guint connection, int fd, const guint8 *data,
          gsize length)
{
  while (length > 0)
    {
      gssize n = swb_sys_send (journal, who (pane, connection), fd, data, length,
                               MSG_NOSIGNAL, NULL);

      g_assert_cmpint (n, >, 0);
      data += n;
      length -= (gsize)n;
    }
}

static void
receive_all (SwbJournal *journal, guint pane, guint connection, int fd, gsize length)
{
  const guint8 *data;

  while (length > 0)
    {
      gssize n = swb_sys_recv (journal, who (pane, connection), fd, 65536, 0, NULL, &data);

      g_assert_cmpint (n, >, 0);
      length -= (gsize)n;
    }
}

static void
send_text (SwbJournal *journal, guint pane, guint connection, int fd, const char *text)
{
  send_all (journal, pane, connection, fd, (const guint8 *)text, strlen (text));
}

/* One request, one answer, a half-close, an end. FALSE where the machine lacks the domain.
 */
gboolean
talk_tcp (SwbJournal *journal, int domain, gsize n_bulk)
{
  SwbAddress address = loopback (domain);
  SwbAddress peer;
  const guint8 *data;
  g_autofree guint8 *bulk = g_malloc (n_bulk + 1);
  int listener = swb_sys_socket (journal, who (SERVER, 0), domain, SOCK_STREAM, 0);

  append_words (journal, SWB_RECORD_COMMAND, SERVER,
                "pane server AF_INET SOCK_STREAM 0 \"Echo server\"");
  if (listener < 0 || swb_sys_bind (journal, who (SERVER, 0), listener, &address) < 0)
    return FALSE;

  swb_sys_getsockname (journal, who (SERVER, 0), listener, &address);
  g_assert_cmpint (swb_sys_listen (journal, who (SERVER, 0), listener, 5), ==, 0);
  int client = swb_sys_socket (journal, who (CLIENT, 0), domain, SOCK_STREAM, 0);
  g_assert_cmpint (swb_sys_connect (journal, who (CLIENT, 0), client, &address), ==, 0);
  swb_sys_getsockname (journal, who (CLIENT, 0), client, &address);
  int accepted = swb_sys_accept (journal, who (SERVER, 0), listener, &peer);
  g_assert_cmpint (accepted, >=, 0);

  send_text (journal, CLIENT, 0, client, "hello from the client\n");
  g_assert_cmpint (
      swb_sys_recv (journal, who (CLIENT, 0), client, 10, MSG_DONTWAIT, NULL, &data), ==,
      -1);
  while (swb_sys_recv (journal, who (SERVER, 1), accepted, 5, MSG_PEEK | MSG_DONTWAIT, NULL,
                       &data)
         < 0)
    g_thread_yield ();
  receive_all (journal, SERVER, 1, accepted, strlen ("hello from the client\n"));
  send_text (journal, SERVER, 1, accepted, "and hello from the server\n");
  receive_all (journal, CLIENT, 0, client, strlen ("and hello from the server\n"));

  memset (bulk, 'x', n_bulk);
  send_all (journal, CLIENT, 0, client, bulk, n_bulk);
  receive_all (journal, SERVER, 1, accepted, n_bulk);
  append_words (journal, SWB_RECORD_NOTE, CLIENT, "a note, „schön“");

  swb_sys_shutdown (journal, who (CLIENT, 0), client, SHUT_WR);
  g_assert_cmpint (swb_sys_recv (journal, who (SERVER, 1), accepted, 9, 0, NULL, &data), ==,
                   0);
  swb_sys_close (journal, who (SERVER, 1), accepted);
  g_assert_cmpint (swb_sys_recv (journal, who (CLIENT, 0), client, 9, 0, NULL, &data), ==,
                   0);
  swb_sys_close (journal, who (CLIENT, 0), client);
  swb_sys_close (journal, who (SERVER, 0), listener);
  append_words (journal, SWB_RECORD_OUTCOME, SERVER, "");
  return TRUE;
}

void
talk_udp (SwbJournal *journal)
{
  SwbAddress address = loopback (AF_INET);
  SwbAddress from;
  const guint8 *data;
  int receiver = swb_sys_socket (journal, who (UDP_SERVER, 0), AF_INET, SOCK_DGRAM, 0);
  int sender = swb_sys_socket (journal, who (UDP_CLIENT, 0), AF_INET, SOCK_DGRAM, 0);

  g_assert_cmpint (swb_sys_bind (journal, who (UDP_SERVER, 0), receiver, &address), ==, 0);
  swb_sys_getsockname (journal, who (UDP_SERVER, 0), receiver, &address);
  swb_sys_send (journal, who (UDP_CLIENT, 0), sender, "datagram one", 12, 0, &address);
  swb_sys_recv (journal, who (UDP_SERVER, 0), receiver, 65536, 0, &from, &data);
  swb_sys_send (journal, who (UDP_SERVER, 0), receiver, "answer", 6, 0, &from);
  swb_sys_recv (journal, who (UDP_CLIENT, 0), sender, 3, 0, &from, &data);
  swb_sys_send (journal, who (UDP_CLIENT, 0), sender, "", 0, 0, &address);
  swb_sys_recv (journal, who (UDP_SERVER, 0), receiver, 65536, 0, &from, &data);
  swb_sys_close (journal, who (UDP_CLIENT, 0), sender);
  swb_sys_close (journal, who (UDP_SERVER, 0), receiver);
}

void
talk_unix (SwbJournal *journal)
{
  int fds[2];

  swb_sys_socketpair (journal, who (UNIX_PANE, 0), AF_UNIX, SOCK_STREAM, 0, fds);
  send_text (journal, UNIX_PANE, 0, fds[0], "between unix sockets");
  receive_all (journal, UNIX_PANE, 0, fds[1], strlen ("between unix sockets"));
  swb_sys_close (journal, who (UNIX_PANE, 0), fds[0]);
  swb_sys_close (journal, who (UNIX_PANE, 0), fds[1]);
}

void
publish_records (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;

  swb_journal_publish (journal, &error);
  g_assert_no_error (error);
}

void
talk (SwbJournal *journal)
{
  talk_tcp (journal, AF_INET, 100);
  talk_udp (journal);
  talk_unix (journal);
  publish_records (journal);
}

GBytes *
save_source (const SwbExportSource *source)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  swb_recording_save (source, stream, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

GBytes *
save_recording (SwbJournal *journal)
{
  SwbExportSource source;

  swb_export_source_init (&source, journal, name_pane, NULL);
  return save_source (&source);
}

SwbJournal *
load_recording (GBytes *bytes, GHashTable **pane_names, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return swb_recording_load (stream, g_bytes_get_size (bytes), NULL, pane_names, NULL, NULL,
                             NULL, error);
}

void
assert_journals_equal (SwbJournal *a, SwbJournal *b)
{
  g_assert_cmpuint (swb_journal_get_n_records (a), ==, swb_journal_get_n_records (b));

  for (guint64 i = 0; i < swb_journal_get_n_records (a); i++)
    {
      SwbRecord one, other;

      g_assert_true (swb_journal_read (a, i, &one));
      g_assert_true (swb_journal_read (b, i, &other));
      assert_records_equal (&one, &other);
    }

  g_assert_cmpint (swb_journal_to_wall_ns (a, 12345), ==,
                   swb_journal_to_wall_ns (b, 12345));
}

void
assert_comes_back (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = save_recording (journal);
  g_autoptr (SwbJournal) again = load_recording (bytes, NULL, &error);

  g_assert_no_error (error);
  assert_journals_equal (journal, again);
}

void
assert_nothing_left (void)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "socket-workbench", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}
