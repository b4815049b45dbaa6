/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "recording-fixture.h"

#include <string.h>

#include "cache-folder.h"
#include "journal/recording/swb-load.h"
#include "net/swb-error.h"

static void
assert_refused (gconstpointer data, gsize length, const char *reason)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (load_recording (bytes, NULL, &error));
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
  g_assert_null (swb_load_open (swb_recording_load, "/nonexistent/x.pcapng", NULL, NULL,
                                NULL, NULL, NULL, &error));
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
  append_words (journal, SWB_RECORD_NOTE, UDP_CLIENT, "a note");
  swb_sys_close (journal, who (UDP_CLIENT, 0), fd);
  talk_unix (journal);
  publish_records (journal);
  return save_recording (journal);
}

static void
test_truncated (RecordingFixture *self, gconstpointer unused)
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
  g_autoptr (SwbJournal) journal = load_recording (bytes, NULL, &error);
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
test_mutated (RecordingFixture *self, gconstpointer unused)
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

int
main (int argc, char **argv)
{
  g_autofree char *cache = cache_folder_init (&argc, &argv);

  g_test_add_func ("/recording/foreign", test_foreign);
  g_test_add_func ("/recording/missing-file", test_missing_file);
  ADD_RECORDING_TEST ("truncated", NULL, test_truncated);
  ADD_RECORDING_TEST ("mutated", NULL, test_mutated);
  return cache_folder_run (cache);
}
