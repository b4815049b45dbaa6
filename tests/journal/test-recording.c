/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "recording-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cache-folder.h"
#include "journal/import/swb-import.h"
#include "journal/recording/swb-load.h"
#include "net/swb-error.h"
#include "random-record.h"

static void
test_session (RecordingFixture *self, gconstpointer unused)
{
  g_test_summary ("A session of TCP, UDP and unix sockets comes back record for record");
  talk (self->journal);
  assert_comes_back (self->journal);
  assert_nothing_left ();
}

static void
test_random (RecordingFixture *self, gconstpointer unused)
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
  publish_records (self->journal);
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
test_sizes (RecordingFixture *self, gconstpointer unused)
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
  publish_records (self->journal);
  assert_comes_back (self->journal);
}

static void
append_call (SwbJournal *journal, guint pane, guint connection, SwbRecord record)
{
  record.kind = SWB_RECORD_CALL;
  record.pane = pane;
  record.connection = connection;
  swb_journal_append (journal, &record);
}

static guint
count_places (GBytes *bytes, const guint8 *needle, gsize length)
{
  gsize left;
  const guint8 *at = g_bytes_get_data (bytes, &left);
  const guint8 *end = at + left;
  guint n = 0;

  while ((at = memmem (at, (gsize)(end - at), needle, length)) != NULL)
    {
      n++;
      at += length;
    }
  return n;
}

/* The calls of other programs, whose logs are imported. */
static void
test_read_and_write (RecordingFixture *self, gconstpointer unused)
{
  static const guint8 data[] = { 1, 2, 3, 0xfe, 5, 6, 7, 0xfd };
  /* RST and ACK beside the length of a header without options. */
  static const guint8 reset[] = { 0x50, 0x14, 0xff, 0xff };
  SwbJournal *journal = self->journal;
  SwbAddress server = loopback (AF_INET), client = loopback (AF_INET);
  const SwbRecord socket = { .call = SWB_CALL_SOCKET, .ints = { AF_INET, SOCK_STREAM } };

  g_test_summary ("Bytes of write and read are in packets once, and an end of them ends");
  server.in.sin_port = g_htons (80);
  client.in.sin_port = g_htons (4000);
  append_call (journal, SERVER, 0, socket);
  append_call (journal, SERVER, 0, (SwbRecord){ .call = SWB_CALL_BIND, .address = server });
  append_call (journal, CLIENT, 0, socket);
  append_call (journal, CLIENT, 0,
               (SwbRecord){ .call = SWB_CALL_CONNECT, .address = server });
  append_call (journal, CLIENT, 0,
               (SwbRecord){ .call = SWB_CALL_GETSOCKNAME, .address = client });
  append_call (journal, SERVER, 0,
               (SwbRecord){ .call = SWB_CALL_ACCEPT, .address = client, .result = 5 });
  append_call (journal, CLIENT, 0,
               (SwbRecord){ .call = SWB_CALL_WRITE,
                            .result = sizeof data,
                            .ints = { sizeof data },
                            .data = data,
                            .n_data = sizeof data });
  append_call (journal, SERVER, 1,
               (SwbRecord){ .call = SWB_CALL_READ,
                            .result = sizeof data,
                            .ints = { 100 },
                            .data = data,
                            .n_data = sizeof data });
  append_call (
      journal, SERVER, 1,
      (SwbRecord){
          .call = SWB_CALL_READ, .result = -1, .error = ECONNRESET, .ints = { 100 } });
  publish_records (journal);

  g_autoptr (GBytes) bytes = save_recording (journal);
  g_assert_cmpuint (count_places (bytes, data, sizeof data), ==, 1);
  g_assert_cmpuint (count_places (bytes, reset, sizeof reset), ==, 1);
  assert_comes_back (journal);
}

/* A pipe whose writer is slow. */
typedef GFilterInputStream Trickle;
typedef GFilterInputStreamClass TrickleClass;

GType trickle_get_type (void);
G_DEFINE_TYPE (Trickle, trickle, G_TYPE_FILTER_INPUT_STREAM)

static gssize
trickle_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
              GError **error)
{
  GInputStream *base
      = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));

  return g_input_stream_read (base, buffer, MIN (count, 7), cancellable, error);
}

static void
trickle_class_init (TrickleClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = trickle_read;
}

static void
trickle_init (Trickle *self)
{
}

static void
test_trickle (RecordingFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_test_summary ("A recording is known as one although its bytes come a few at a time");
  talk_udp (self->journal);
  publish_records (self->journal);

  g_autoptr (GBytes) bytes = save_recording (self->journal);
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) slow
      = g_object_new (trickle_get_type (), "base-stream", base, NULL);
  g_autoptr (SwbJournal) journal
      = swb_import_load (slow, 0, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_journals_equal (self->journal, journal);
}

static void
test_empty (RecordingFixture *self, gconstpointer unused)
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
test_bad_pane_names (RecordingFixture *self, gconstpointer unused)
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
  g_autoptr (SwbJournal) again = load_recording (bytes, &names, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (swb_journal_get_n_records (again), ==,
                    swb_journal_get_n_records (self->journal));
  g_assert_cmpstr (swb_recording_get_pane_name (SERVER, names), ==, "pane1");
}

static void
test_pane_names (RecordingFixture *self, gconstpointer unused)
{
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("The names of panes come back with their numbers");
  talk (self->journal);

  g_autoptr (GBytes) bytes = save_recording (self->journal);
  g_autoptr (SwbJournal) again = load_recording (bytes, &names, &error);
  g_assert_no_error (error);
  for (guint pane = SERVER; pane <= UNIX_PANE; pane++)
    g_assert_cmpstr (swb_recording_get_pane_name (pane, names), ==, name_pane (pane, NULL));
  g_assert_null (swb_recording_get_pane_name (77, names));
}

static void
test_positions (RecordingFixture *self, gconstpointer unused)
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
  g_autoptr (SwbJournal) again = load_recording (bytes, NULL, &error);
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
test_folder (RecordingFixture *self, gconstpointer unused)
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

  SwbJournal *opened
      = swb_load_open (swb_recording_load, path, folder, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  swb_journal_unref (opened);
  g_autoptr (SwbJournal) kept = swb_journal_open (folder, &error);
  g_assert_no_error (error);
  assert_journals_equal (self->journal, kept);

  g_assert_null (
      swb_load_open (swb_recording_load, path, folder, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SWB_ERRNO, EEXIST);
  g_unlink (path);
  remove_test_folder (folder);
}

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

  wait->journal = swb_load_open_finish (result, NULL, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
test_async (RecordingFixture *self, gconstpointer unused)
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

  swb_load_open_async (swb_recording_load, path, NULL, progress_cb, &wait, NULL, opened_cb,
                       &wait);
  g_main_loop_run (loop);
  g_assert_no_error (wait.error);
  assert_journals_equal (self->journal, wait.journal);
  swb_journal_unref (wait.journal);
  g_unlink (path);
}

static void
test_cancel (RecordingFixture *self, gconstpointer unused)
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

  g_autoptr (GBytes) bytes = save_recording (self->journal);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_assert_null (
      swb_recording_load (stream, 0, NULL, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_nothing_left ();
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = cache_folder_init (&argc, &argv);

  ADD_RECORDING_TEST ("session", NULL, test_session);
  ADD_RECORDING_TEST ("random", NULL, test_random);
  ADD_RECORDING_TEST ("sizes", NULL, test_sizes);
  ADD_RECORDING_TEST ("read-and-write", NULL, test_read_and_write);
  ADD_RECORDING_TEST ("trickle", NULL, test_trickle);
  ADD_RECORDING_TEST ("empty", NULL, test_empty);
  ADD_RECORDING_TEST ("pane-names", NULL, test_pane_names);
  ADD_RECORDING_TEST ("bad-pane-names", NULL, test_bad_pane_names);
  ADD_RECORDING_TEST ("positions", NULL, test_positions);
  ADD_RECORDING_TEST ("folder", NULL, test_folder);
  ADD_RECORDING_TEST ("async", NULL, test_async);
  ADD_RECORDING_TEST ("cancel", NULL, test_cancel);
  return cache_folder_run (cache);
}
