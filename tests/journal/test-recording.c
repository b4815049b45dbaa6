/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "random-record.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/swb-sys.h"
#include "journal/swb-recording.h"
#include "net/swb-error.h"

#define SERVER 1u
#define CLIENT 2u
#define UDP_SERVER 3u
#define UDP_CLIENT 4u
#define UNIX_PANE 5u

/* --- journals of real sockets on loopback --- */

typedef struct
{
  char *folder;
  SwbJournal *journal;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = make_test_folder ();
  self->journal = swb_journal_new (self->folder, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  swb_journal_unref (self->journal);
  remove_test_folder (self->folder);
  g_free (self->folder);
}

static const char *
name_pane (guint pane, gpointer unused)
{
  static const char *const names[]
      = { "bench", "server", "client", "receiver", "sender", "pair" };

  return pane < G_N_ELEMENTS (names) ? names[pane] : NULL;
}

static SwbWho
who (guint pane, guint connection)
{
  return (SwbWho){ pane, connection, SWB_ORIGIN_COMMAND };
}

static void
say (SwbJournal *journal, SwbRecordKind kind, guint pane, const char *text)
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

static SwbAddress
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
static gboolean
talk_tcp (SwbJournal *journal, int domain, gsize n_bulk)
{
  SwbAddress address = loopback (domain);
  SwbAddress peer;
  const guint8 *data;
  g_autofree guint8 *bulk = g_malloc (n_bulk + 1);
  int listener = swb_sys_socket (journal, who (SERVER, 0), domain, SOCK_STREAM, 0);

  say (journal, SWB_RECORD_COMMAND, SERVER,
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
  say (journal, SWB_RECORD_NOTE, CLIENT, "a note, „schön“");

  swb_sys_shutdown (journal, who (CLIENT, 0), client, SHUT_WR);
  g_assert_cmpint (swb_sys_recv (journal, who (SERVER, 1), accepted, 9, 0, NULL, &data), ==,
                   0);
  swb_sys_close (journal, who (SERVER, 1), accepted);
  g_assert_cmpint (swb_sys_recv (journal, who (CLIENT, 0), client, 9, 0, NULL, &data), ==,
                   0);
  swb_sys_close (journal, who (CLIENT, 0), client);
  swb_sys_close (journal, who (SERVER, 0), listener);
  say (journal, SWB_RECORD_OUTCOME, SERVER, "");
  return TRUE;
}

static void
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

static void
talk_unix (SwbJournal *journal)
{
  int fds[2];

  swb_sys_socketpair (journal, who (UNIX_PANE, 0), AF_UNIX, SOCK_STREAM, 0, fds);
  send_text (journal, UNIX_PANE, 0, fds[0], "between unix sockets");
  receive_all (journal, UNIX_PANE, 0, fds[1], strlen ("between unix sockets"));
  swb_sys_close (journal, who (UNIX_PANE, 0), fds[0]);
  swb_sys_close (journal, who (UNIX_PANE, 0), fds[1]);
}

static void
publish (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;

  swb_journal_publish (journal, &error);
  g_assert_no_error (error);
}

static void
talk (SwbJournal *journal)
{
  talk_tcp (journal, AF_INET, 100);
  talk_udp (journal);
  talk_unix (journal);
  publish (journal);
}

/* --- saving and loading in memory --- */

static GBytes *
save_source (const SwbExportSource *source)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  swb_recording_save (source, stream, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static GBytes *
save (SwbJournal *journal)
{
  SwbExportSource source;

  swb_export_source_init (&source, journal, name_pane, NULL);
  return save_source (&source);
}

static SwbJournal *
load (GBytes *bytes, GHashTable **pane_names, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return swb_recording_load (stream, g_bytes_get_size (bytes), NULL, pane_names, NULL, NULL,
                             NULL, error);
}

static void
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

static void
assert_comes_back (SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = save (journal);
  g_autoptr (SwbJournal) again = load (bytes, NULL, &error);

  g_assert_no_error (error);
  assert_journals_equal (journal, again);
}

static void
assert_nothing_left (void)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "socket-workbench", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_session (Fixture *self, gconstpointer unused)
{
  g_test_summary ("A session of TCP, UDP and unix sockets comes back record for record");
  talk (self->journal);
  assert_comes_back (self->journal);
  assert_nothing_left ();
}

static void
test_random (Fixture *self, gconstpointer unused)
{
  g_autofree guint8 *room = g_malloc (70000);

  g_test_summary ("Any records come back, whatever they say");
  for (guint i = 0; i < 400; i++)
    {
      SwbRecord record;

      random_record (&record, room, i % 20 == 0 ? 70000 : 200);
      record.time_ns &= G_GINT64_CONSTANT (0x1fffffffffffffff);
      swb_journal_append (self->journal, &record);
    }
  publish (self->journal);
  assert_comes_back (self->journal);
}

static void
append_sized (SwbJournal *journal, SwbCall call, gsize length, guint8 *room)
{
  SwbRecord record = {
    .time_ns = 1,
    .kind = SWB_RECORD_CALL,
    .call = call,
    .pane = 9,
    .fd = 3,
    .result = (int)length,
    .ints = { (gint64)length },
    .data = length > 0 ? room : NULL,
    .n_data = length,
  };

  swb_journal_append (journal, &record);
}

static void
test_sizes (Fixture *self, gconstpointer unused)
{
  static const gsize sizes[]
      = { 0,     1,     3,      4,      32767,  32768,      32769,       65507,   65508,
          65535, 65536, 229375, 229376, 229377, 2 * 229376, 2097152 + 1, 16777216 };
  g_autofree guint8 *room = g_malloc (SWB_JOURNAL_DATA_MAX);

  g_test_summary (
      "Records around every limit of a packet come back, on sockets of each kind");
  for (gsize i = 0; i < SWB_JOURNAL_DATA_MAX; i++)
    room[i] = (guint8)(i * 2654435761u >> 11);

  for (int kind = 0; kind < 3; kind++)
    {
      SwbRecord socket = {
        .kind = SWB_RECORD_CALL,
        .call = SWB_CALL_SOCKET,
        .pane = 9,
        .fd = -1,
        .result = 3,
        .ints = { kind == 0 ? AF_UNIX : AF_INET, kind == 1 ? SOCK_STREAM : SOCK_DGRAM },
      };
      SwbRecord connect = {
        .kind = SWB_RECORD_CALL,
        .call = SWB_CALL_CONNECT,
        .pane = 9,
        .fd = 3,
        .address = loopback (AF_INET),
      };

      swb_journal_append (self->journal, &socket);
      swb_journal_append (self->journal, &connect);
      for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          append_sized (self->journal, SWB_CALL_SEND, sizes[i], room);
          append_sized (self->journal, SWB_CALL_RECV, sizes[i], room);
        }
    }
  publish (self->journal);
  assert_comes_back (self->journal);
}

static void
test_empty (Fixture *self, gconstpointer unused)
{
  g_test_summary ("An empty journal is a recording, too");
  assert_comes_back (self->journal);
}

static const char *
name_badly (guint pane, gpointer unused)
{
  return pane == SERVER ? "s\nSWB_RECORD=" : "\033[31mred";
}

static void
test_bad_pane_names (Fixture *self, gconstpointer unused)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  g_test_summary ("A name that is no name does no harm to what stands beside it");
  talk (self->journal);
  swb_export_source_init (&source, self->journal, name_badly, NULL);
  g_assert_true (swb_recording_save (&source, stream, NULL, NULL, NULL, &error));
  g_output_stream_close (stream, NULL, NULL);

  g_autoptr (GBytes) bytes
      = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  g_autoptr (SwbJournal) again = load (bytes, &names, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_journal_get_n_records (again), ==,
                    swb_journal_get_n_records (self->journal));
  g_assert_cmpstr (swb_recording_get_pane_name (SERVER, names), ==, "pane1");
}

static void
test_pane_names (Fixture *self, gconstpointer unused)
{
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("The names of panes come back with their numbers");
  talk (self->journal);

  g_autoptr (GBytes) bytes = save (self->journal);
  g_autoptr (SwbJournal) again = load (bytes, &names, &error);
  g_assert_no_error (error);
  for (guint pane = SERVER; pane <= UNIX_PANE; pane++)
    g_assert_cmpstr (swb_recording_get_pane_name (pane, names), ==, name_pane (pane, NULL));
  g_assert_null (swb_recording_get_pane_name (77, names));
}

static void
test_positions (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  const guint64 positions[] = { 1, 5, 6, 11 };
  SwbExportSource source;

  g_test_summary ("Of chosen positions, those records and no others come back");
  talk (self->journal);
  swb_export_source_init (&source, self->journal, name_pane, NULL);
  source.positions = positions;
  source.n_records = G_N_ELEMENTS (positions);

  g_autoptr (GBytes) bytes = save_source (&source);
  g_autoptr (SwbJournal) again = load (bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_journal_get_n_records (again), ==, G_N_ELEMENTS (positions));
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      SwbRecord one, other;

      g_assert_true (swb_journal_read (self->journal, positions[i], &one));
      g_assert_true (swb_journal_read (again, i, &other));
      assert_records_equal (&one, &other);
    }
}

static void
test_folder (Fixture *self, gconstpointer unused)
{
  g_autofree char *folder = make_test_folder ();
  g_autofree char *path = g_build_filename (self->folder, "session.pcapng", NULL);
  g_autoptr (GError) error = NULL;
  SwbExportSource source;
  GStatBuf status;

  g_test_summary (
      "A recording of a file, kept in a folder, can be opened there as a journal");
  talk (self->journal);
  swb_export_source_init (&source, self->journal, name_pane, NULL);
  swb_export_save (&source, SWB_EXPORT_PCAPNG, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  SwbJournal *opened = swb_recording_open (path, folder, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  swb_journal_unref (opened);
  g_autoptr (SwbJournal) kept = swb_journal_open (folder, &error);
  g_assert_no_error (error);
  assert_journals_equal (self->journal, kept);

  g_assert_null (swb_recording_open (path, folder, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SWB_ERRNO, EEXIST);
  g_unlink (path);
  remove_test_folder (folder);
}

/* --- in a worker --- */

typedef struct
{
  GMainLoop *loop;
  GThread *thread;
  guint64 told;
  SwbJournal *journal;
  GError *error;
} Wait;

static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  Wait *wait = user_data;

  g_assert_cmpuint (done, <=, total);
  g_assert_true (wait->thread == g_thread_self ());
  wait->told++;
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  swb_export_save_finish (result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->journal = swb_recording_open_finish (result, NULL, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
test_async (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "session.pcapng", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { .loop = loop, .thread = g_thread_self () };
  SwbExportSource source;

  g_test_summary (
      "Saving and opening in workers tell their progress on the caller's thread");
  talk (self->journal);
  swb_export_source_init (&source, self->journal, name_pane, NULL);
  swb_export_save_async (&source, SWB_EXPORT_PCAPNG, path, progress_cb, &wait, NULL,
                         saved_cb, &wait);
  g_main_loop_run (loop);
  g_assert_no_error (wait.error);
  g_assert_cmpuint (wait.told, >, 0);

  swb_recording_open_async (path, NULL, progress_cb, &wait, NULL, opened_cb, &wait);
  g_main_loop_run (loop);
  g_assert_no_error (wait.error);
  assert_journals_equal (self->journal, wait.journal);
  swb_journal_unref (wait.journal);
  g_unlink (path);
}

static void
test_cancel (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "session.pcapng", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  SwbExportSource source;

  g_test_summary (
      "A cancelled save leaves the old file as it was, a cancelled open nothing");
  talk (self->journal);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  swb_export_source_init (&source, self->journal, name_pane, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      swb_export_save (&source, SWB_EXPORT_PCAPNG, path, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");

  g_autoptr (GBytes) bytes = save (self->journal);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_assert_null (
      swb_recording_load (stream, 0, NULL, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing_left ();
  g_unlink (path);
}

/* --- bad input --- */

static void
assert_refused (gconstpointer data, gsize length, const char *reason)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (load (bytes, NULL, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_nonnull (strstr (error->message, "at offset "));
}

static void
test_foreign (void)
{
  static const guint8 pcap[]
      = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  static const guint8 plain[]
      = { 0x0a, 0x0d, 0x0d, 0x0a, 28,   0,    0,    0,    0x4d, 0x3c, 0x2b, 0x1a, 1, 0,
          0,    0,    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 28,   0,    0, 0 };
  static const guint8 big[]
      = { 0x0a, 0x0d, 0x0d, 0x0a, 0, 0, 0, 28, 0x1a, 0x2b, 0x3c, 0x4d };

  g_test_summary (
      "Files of other programs are refused, and the message says what they are");
  assert_refused (pcap, sizeof pcap, "pcap file of another program");
  assert_refused (plain, sizeof plain, "pcapng file of another program");
  assert_refused (big, sizeof big, "pcapng file of another program");
  assert_refused ("", 0, "not a pcapng file");
  assert_refused ("{\"position\": 0}", 15, "not a pcapng file");
  assert_nothing_left ();
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = NULL;

  g_test_summary ("A file that is not there is named");
  g_assert_null (
      swb_recording_open ("/nonexistent/x.pcapng", NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static GBytes *
save_small (SwbJournal *journal)
{
  SwbAddress address = loopback (AF_INET);
  int fd = swb_sys_socket (journal, who (UDP_CLIENT, 0), AF_INET, SOCK_DGRAM, 0);

  g_assert_cmpint (swb_sys_bind (journal, who (UDP_CLIENT, 0), fd, &address), ==, 0);
  swb_sys_getsockname (journal, who (UDP_CLIENT, 0), fd, &address);
  swb_sys_send (journal, who (UDP_CLIENT, 0), fd, "to myself", 9, 0, &address);
  say (journal, SWB_RECORD_NOTE, UDP_CLIENT, "a note");
  swb_sys_close (journal, who (UDP_CLIENT, 0), fd);
  talk_unix (journal);
  publish (journal);
  return save (journal);
}

static void
test_truncated (Fixture *self, gconstpointer unused)
{
  g_autoptr (GBytes) bytes = save_small (self->journal);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_test_summary (
      "A recording that is cut anywhere is refused, and the message says where");
  for (gsize n = 0; n < length; n++)
    assert_refused (data, n, n == 0 ? "not a pcapng file" : "");
  assert_nothing_left ();
}

static void
try_damaged (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = load (bytes, NULL, &error);
  SwbRecord record;

  if (journal == NULL)
    {
      g_assert_error (error, SWB_ERROR, SWB_ERROR_FORMAT);
      return;
    }

  /* What was read can be printed, and saved again. */
  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    {
      g_assert_true (swb_journal_read (journal, i, &record));
      g_free (swb_notation_print (&record, NULL, NULL, NULL));
    }
}

static void
test_mutated (Fixture *self, gconstpointer unused)
{
  g_autoptr (GBytes) bytes = save_small (self->journal);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint n_rounds = g_test_thorough () ? 100000 : 600;

  g_test_summary ("Whatever bytes change, a recording loads or is refused");
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);

      for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
        copy[g_test_rand_int_range (0, (gint32)length)]
            = (guint8)g_test_rand_int_range (0, 256);
      try_damaged (copy, length);
    }

  /* Lengths, one after the other, that are as large as can be. */
  for (gsize i = 0; i + 4 <= length; i += g_test_thorough () ? 4 : 12)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);

      memset (copy + i, 0xff, 4);
      try_damaged (copy, length);
      copy[i] = 0xfc;
      try_damaged (copy, length);
    }
  assert_nothing_left ();
}

/* --- Wireshark --- */

/* What @program says of a saved recording; the test is skipped where it is not installed.
 */
static char *
ask (SwbJournal *journal, const char *program, const char *arguments)
{
  g_autofree char *found = g_find_program_in_path (program);
  g_autofree char *folder = g_dir_make_tmp ("swb-recording-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "session.pcapng", NULL);
  /* Settings of its own, which are none. */
  g_autofree char *command = g_strdup_printf ("env HOME=%s XDG_CONFIG_HOME=%s %s %s %s",
                                              folder, folder, program, arguments, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *complaints = NULL;
  char *answer = NULL;
  int status;

  if (found == NULL)
    {
      g_test_skip ("this machine has no Wireshark");
      g_rmdir (folder);
      return NULL;
    }

  g_autoptr (GBytes) bytes = save (journal);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), &error));
  g_assert_true (
      g_spawn_command_line_sync (command, &answer, &complaints, &status, &error));
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", command, complaints);
  g_unlink (path);
  g_rmdir (folder);
  return answer;
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    n++;

  return n;
}

/* Only what is missing in the packets would be said here: retransmissions, gaps, bad sums.
 */
static void
assert_no_complaints (SwbJournal *journal)
{
  g_autofree char *answer = ask (
      journal, "tshark",
      "-o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -o ip.check_checksum:TRUE "
      "-T fields -e frame.number -e _ws.expert.message -e _ws.malformed -Y "
      "\"(_ws.expert.severity >= note && !(tcp.flags.syn == 1) && !(tcp.flags.fin == 1) && "
      "!(tcp.flags.reset == 1)) || _ws.malformed || tcp.checksum.status == Bad || "
      "udp.checksum.status == Bad || ip.checksum.status == Bad || tcp.analysis.flags\" -r");

  if (answer != NULL)
    g_assert_cmpstr (answer, ==, "");
}

static void
test_follow (Fixture *self, gconstpointer domain)
{
  g_test_summary ("Wireshark follows the stream of a connection whose ends are both here");
  if (!talk_tcp (self->journal, GPOINTER_TO_INT (domain), 100000))
    {
      g_test_skip ("this machine has no such domain");
      return;
    }
  publish (self->journal);
  assert_no_complaints (self->journal);

  g_autofree char *text = ask (self->journal, "tshark", "-q -z follow,tcp,ascii,0 -r");
  if (text == NULL)
    return;
  g_assert_cmpuint (count (text, "hello from the client"), ==, 1);
  g_assert_cmpuint (count (text, "and hello from the server"), ==, 1);

  g_autofree char *flags
      = ask (self->journal, "tshark", "-T fields -e tcp.flags -Y tcp -r");
  g_assert_true (g_str_has_prefix (flags, "0x0002\n0x0012\n0x0010\n0x0018\n"));
  g_assert_cmpuint (count (flags, "0x0011\n"), ==, 2);

  g_autofree char *acks
      = ask (self->journal, "tshark", "-T fields -e tcp.len -Y \"tcp.len > 0\" -r");
  gsize n_bytes = 0;
  g_auto (GStrv) lengths = g_strsplit (g_strchomp (acks), "\n", -1);
  for (guint i = 0; lengths[i] != NULL; i++)
    n_bytes += (gsize)g_ascii_strtoull (lengths[i], NULL, 10);
  g_assert_cmpuint (n_bytes, ==,
                    100000 + strlen ("hello from the client\nand hello from the server\n"));
}

static void
test_datagrams (Fixture *self, gconstpointer unused)
{
  g_test_summary (
      "Datagrams are there once each, with the ports they had; unix bytes in frames");
  talk_udp (self->journal);
  talk_unix (self->journal);
  publish (self->journal);
  assert_no_complaints (self->journal);

  g_autofree char *lengths
      = ask (self->journal, "tshark", "-T fields -e udp.length -Y udp -r");
  if (lengths == NULL)
    return;
  g_assert_cmpstr (lengths, ==, "20\n14\n8\n");

  g_autofree char *no_port
      = ask (self->journal, "tshark", "-T fields -e udp.length -Y \"udp.port == 0\" -r");
  g_assert_cmpstr (no_port, ==, "");
  g_autofree char *frames = ask (self->journal, "tshark",
                                 "-T fields -e data.text -e data.data -Y exported_pdu -r");
  g_assert_cmpuint (count (frames, "6265747765656e20756e697820736f636b657473"), ==, 2);
}

static void
test_comments (Fixture *self, gconstpointer unused)
{
  g_test_summary (
      "Calls stand beside their packets, or between them, in the notation of calls");
  talk (self->journal);

  g_autofree char *lines = ask (self->journal, "tshark", "-V -r");
  if (lines == NULL)
    return;
  g_assert_nonnull (
      strstr (lines, "\"hello from the client\\n\", 22, MSG_NOSIGNAL, NULL, 0) = 22"));
  g_assert_nonnull (strstr (lines, "a note, „schön“"));
  g_assert_nonnull (strstr (lines, "Interface name: server"));

  g_autofree char *summary = ask (self->journal, "capinfos", "-A");
  g_assert_nonnull (strstr (summary, "Name = client"));
  g_assert_nonnull (strstr (summary, "Number of interfaces in file: 5"));
  g_assert_nonnull (strstr (summary, "Time precision = nanoseconds (9)"));
}

static void
append_call (SwbJournal *journal, SwbRecord record)
{
  static gint64 clock = 1000;

  record.kind = SWB_RECORD_CALL;
  record.pane = CLIENT;
  record.time_ns = clock += 1000;
  record.took_ns = 100;
  record.fd = record.call == SWB_CALL_SOCKET ? -1 : 3;
  swb_journal_append (journal, &record);
}

static void
append_attempt (SwbJournal *journal, int connect_error, int so_error)
{
  SwbAddress address = loopback (AF_INET);

  address.in.sin_port = g_htons (7000);
  append_call (journal, (SwbRecord){ .call = SWB_CALL_SOCKET,
                                     .result = 3,
                                     .ints = { AF_INET, SOCK_STREAM } });
  append_call (journal, (SwbRecord){ .call = SWB_CALL_CONNECT,
                                     .result = connect_error ? -1 : 0,
                                     .error = connect_error,
                                     .address = address });
  if (connect_error == EINPROGRESS)
    append_call (journal, (SwbRecord){ .call = SWB_CALL_GETSOCKOPT,
                                       .ints = { SOL_SOCKET, SO_ERROR, 4 },
                                       .data = (const guint8 *)&so_error,
                                       .n_data = 4 });
  address.in.sin_port = g_htons (40000);
  if (connect_error == 0 || (connect_error == EINPROGRESS && so_error == 0))
    append_call (journal, (SwbRecord){ .call = SWB_CALL_GETSOCKNAME,
                                       .address = address,
                                       .address_room = 128 });
}

static void
assert_flags (SwbJournal *journal, const char *expected)
{
  publish (journal);
  g_autofree char *flags = ask (journal, "tshark", "-T fields -e tcp.flags.str -Y tcp -r");

  if (flags == NULL)
    return;
  GString *letters = g_string_new (NULL);
  for (const char *at = flags; *at != '\0'; at++)
    if (g_ascii_isalpha (*at) || *at == '\n')
      g_string_append_c (letters, *at);
  g_assert_cmpstr (letters->str, ==, expected);
  g_string_free (letters, TRUE);
  assert_comes_back (journal);
}

static void
test_signs (Fixture *self, gconstpointer unused)
{
  static const struct linger at_once = { .l_onoff = 1 };

  g_test_summary ("Refused, reset, timed out: each has the packets that it had");
  append_attempt (self->journal, ECONNREFUSED, 0);
  append_call (self->journal, (SwbRecord){ .call = SWB_CALL_CLOSE });
  append_attempt (self->journal, EINPROGRESS, ECONNREFUSED);
  append_call (self->journal, (SwbRecord){ .call = SWB_CALL_CLOSE });
  append_attempt (self->journal, ETIMEDOUT, 0);
  append_call (self->journal, (SwbRecord){ .call = SWB_CALL_CLOSE });
  append_attempt (self->journal, EINPROGRESS, 0);
  append_call (self->journal, (SwbRecord){ .call = SWB_CALL_RECV,
                                           .result = -1,
                                           .error = ECONNRESET,
                                           .ints = { 10 } });
  append_call (self->journal, (SwbRecord){ .call = SWB_CALL_CLOSE });
  append_attempt (self->journal, 0, 0);
  append_call (self->journal, (SwbRecord){ .call = SWB_CALL_SETSOCKOPT,
                                           .ints = { SOL_SOCKET, SO_LINGER },
                                           .data = (const guint8 *)&at_once,
                                           .n_data = sizeof at_once });
  append_call (self->journal, (SwbRecord){ .call = SWB_CALL_CLOSE });
  assert_flags (self->journal, "S\nAR\nS\nAR\nS\nS\nAS\nA\nAR\nS\nAS\nA\nAR\n");
}

/* Calls of few sockets in no sensible order. */
static void
append_confused (SwbJournal *journal, guint8 *room, gsize n_room)
{
  static const int errors[] = { 0, 0, 0, EINPROGRESS, ECONNREFUSED, ECONNRESET, EAGAIN };
  static const int domains[] = { AF_INET, AF_INET6, AF_UNIX };
  SwbRecord record;

  random_record (&record, room, n_room);
  record.kind = SWB_RECORD_CALL;
  record.call = g_test_rand_int_range (SWB_CALL_SOCKET, SWB_N_CALLS);
  record.time_ns = (gint64)swb_journal_get_n_records (journal);
  record.pane = (guint)g_test_rand_int_range (1, 4);
  record.connection = (guint)g_test_rand_int_range (0, 3);
  record.error = errors[g_test_rand_int_range (0, G_N_ELEMENTS (errors))];
  record.result = record.error != 0 ? -1 : (int)record.n_data;
  if (g_test_rand_bit ())
    {
      record.address = loopback (domains[g_test_rand_int_range (0, 2)]);
      record.address.in.sin_port = g_htons ((guint16)g_test_rand_int_range (1, 4));
    }
  if (record.call == SWB_CALL_SOCKET)
    {
      record.ints[0] = domains[g_test_rand_int_range (0, 3)];
      record.ints[1] = g_test_rand_bit () ? SOCK_STREAM : SOCK_DGRAM;
      record.ints[2] = 0;
    }
  swb_journal_append (journal, &record);
  publish (journal);
}

static void
test_confused (Fixture *self, gconstpointer unused)
{
  g_autofree guint8 *room = g_malloc (1000);

  g_test_summary ("Calls in any order come back, and their packets are well-formed");
  for (guint i = 0; i < 3000; i++)
    append_confused (self->journal, room, i % 50 == 0 ? 1000 : 20);
  assert_comes_back (self->journal);

  g_autofree char *packets
      = ask (self->journal, "tshark", "-T fields -e frame.number -Y ip||ipv6 -r");
  g_autofree char *answer = ask (
      self->journal, "tshark",
      "-o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -o ip.check_checksum:TRUE "
      "-T fields -e frame.number -Y \"tcp.checksum.status == Bad "
      "|| "
      "udp.checksum.status == Bad || ip.checksum.status == Bad || "
      "ip.bogus_ip_length\" -r");
  if (answer == NULL)
    return;
  g_assert_cmpstr (answer, ==, "");
  g_assert_cmpuint (count (packets, "\n"), >, 5);
}

/* The same connection seen from one end only: the bytes of both directions are there all
 * the same. */
static void
test_one_end (Fixture *self, gconstpointer unused)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  g_test_summary ("Of one pane alone, what it received is in the packets as well");
  talk_tcp (self->journal, AF_INET, 10);
  publish (self->journal);
  for (guint64 i = 0; i < swb_journal_get_n_records (self->journal); i++)
    if (swb_journal_peek_entry (self->journal, i)->pane == CLIENT)
      g_array_append_val (positions, i);

  swb_export_source_init (&source, self->journal, name_pane, NULL);
  source.positions = (const guint64 *)positions->data;
  source.n_records = positions->len;
  g_autoptr (GBytes) bytes = save_source (&source);
  g_autoptr (SwbJournal) half = load (bytes, NULL, &error);
  g_assert_no_error (error);

  g_autofree char *text = ask (half, "tshark", "-q -z follow,tcp,ascii,0 -r");
  if (text == NULL)
    return;
  g_assert_cmpuint (count (text, "hello from the client"), ==, 1);
  g_assert_cmpuint (count (text, "and hello from the server"), ==, 1);
  assert_no_complaints (half);
}

#define ADD(name, function)                                                                \
  g_test_add ("/recording/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("swb-recording-cache-XXXXXX", NULL);
  g_autofree char *parent = g_build_filename (cache, "socket-workbench", NULL);

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("session", test_session);
  ADD ("random", test_random);
  ADD ("sizes", test_sizes);
  ADD ("empty", test_empty);
  ADD ("pane-names", test_pane_names);
  ADD ("bad-pane-names", test_bad_pane_names);
  ADD ("positions", test_positions);
  ADD ("folder", test_folder);
  ADD ("async", test_async);
  ADD ("cancel", test_cancel);
  g_test_add_func ("/recording/foreign", test_foreign);
  g_test_add_func ("/recording/missing-file", test_missing_file);
  ADD ("truncated", test_truncated);
  ADD ("mutated", test_mutated);
  g_test_add ("/recording/follow/ipv4", Fixture, GINT_TO_POINTER (AF_INET), set_up,
              test_follow, tear_down);
  g_test_add ("/recording/follow/ipv6", Fixture, GINT_TO_POINTER (AF_INET6), set_up,
              test_follow, tear_down);
  ADD ("datagrams", test_datagrams);
  ADD ("comments", test_comments);
  ADD ("signs", test_signs);
  ADD ("confused", test_confused);
  ADD ("one-end", test_one_end);
  int failed = g_test_run ();

  g_rmdir (parent);
  g_rmdir (cache);
  return failed;
}
