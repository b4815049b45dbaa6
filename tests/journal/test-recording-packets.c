/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "recording-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cache-folder.h"
#include "random-record.h"

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

  g_autoptr (GBytes) bytes = save_recording (journal);
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
count_words (const char *text, const char *word)
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
test_follow (RecordingFixture *self, gconstpointer domain)
{
  g_test_summary ("Wireshark follows the stream of a connection whose ends are both here");
  if (!talk_tcp (self->journal, GPOINTER_TO_INT (domain), 100000))
    {
      g_test_skip ("this machine has no such domain");
      return;
    }
  publish_records (self->journal);
  assert_no_complaints (self->journal);

  g_autofree char *text = ask (self->journal, "tshark", "-q -z follow,tcp,ascii,0 -r");
  if (text == NULL)
    return;
  g_assert_cmpuint (count_words (text, "hello from the client"), ==, 1);
  g_assert_cmpuint (count_words (text, "and hello from the server"), ==, 1);

  g_autofree char *flags
      = ask (self->journal, "tshark", "-T fields -e tcp.flags -Y tcp -r");
  g_assert_true (g_str_has_prefix (flags, "0x0002\n0x0012\n0x0010\n0x0018\n"));
  g_assert_cmpuint (count_words (flags, "0x0011\n"), ==, 2);

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
test_datagrams (RecordingFixture *self, gconstpointer unused)
{
  g_test_summary (
      "Datagrams are there once each, with the ports they had; unix bytes in frames");
  talk_udp (self->journal);
  talk_unix (self->journal);
  publish_records (self->journal);
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
  g_assert_cmpuint (count_words (frames, "6265747765656e20756e697820736f636b657473"), ==,
                    2);
}

static void
test_comments (RecordingFixture *self, gconstpointer unused)
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
  publish_records (journal);
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
test_signs (RecordingFixture *self, gconstpointer unused)
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
  publish_records (journal);
}

static void
test_confused (RecordingFixture *self, gconstpointer unused)
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
  g_assert_cmpuint (count_words (packets, "\n"), >, 5);
}

/* The same connection seen from one end only: the bytes of both directions are there all
 * the same. */
static void
test_one_end (RecordingFixture *self, gconstpointer unused)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GError) error = NULL;
  SwbExportSource source;

  g_test_summary ("Of one pane alone, what it received is in the packets as well");
  talk_tcp (self->journal, AF_INET, 10);
  publish_records (self->journal);
  for (guint64 i = 0; i < swb_journal_get_n_records (self->journal); i++)
    if (swb_journal_peek_entry (self->journal, i)->pane == CLIENT)
      g_array_append_val (positions, i);

  swb_export_source_init (&source, self->journal, name_pane, NULL);
  source.positions = (const guint64 *)positions->data;
  source.n_records = positions->len;
  g_autoptr (GBytes) bytes = save_source (&source);
  g_autoptr (SwbJournal) half = load_recording (bytes, NULL, &error);
  g_assert_no_error (error);

  g_autofree char *text = ask (half, "tshark", "-q -z follow,tcp,ascii,0 -r");
  if (text == NULL)
    return;
  g_assert_cmpuint (count_words (text, "hello from the client"), ==, 1);
  g_assert_cmpuint (count_words (text, "and hello from the server"), ==, 1);
  assert_no_complaints (half);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = cache_folder_init (&argc, &argv);

  ADD_RECORDING_TEST ("follow/ipv4", GINT_TO_POINTER (AF_INET), test_follow);
  ADD_RECORDING_TEST ("follow/ipv6", GINT_TO_POINTER (AF_INET6), test_follow);
  ADD_RECORDING_TEST ("datagrams", NULL, test_datagrams);
  ADD_RECORDING_TEST ("comments", NULL, test_comments);
  ADD_RECORDING_TEST ("signs", NULL, test_signs);
  ADD_RECORDING_TEST ("confused", NULL, test_confused);
  ADD_RECORDING_TEST ("one-end", NULL, test_one_end);
  return cache_folder_run (cache);
}
