/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/bytes/swb-byte-search.h"
#include "journal/bytes/swb-conversation-index.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define PANE 3
#define CONNECTION 2

typedef struct
{
  char *folder;
  SwbJournal *journal;
  GByteArray *bytes[3]; /* by side + 1: what the index should say */
  GArray *directions;   /* gint8, of both */
  guint64 n_chunks;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("swb-conversation-XXXXXX", NULL);

  test->folder = g_build_filename (parent, "journal", NULL);
  test->journal = swb_journal_new (test->folder, NULL);
  g_assert_nonnull (test->journal);
  for (int i = 0; i < 3; i++)
    test->bytes[i] = g_byte_array_new ();
  test->directions = g_array_new (FALSE, FALSE, 1);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (test->folder);

  swb_journal_delete (test->journal);
  swb_journal_unref (test->journal);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  for (int i = 0; i < 3; i++)
    g_byte_array_unref (test->bytes[i]);
  g_array_unref (test->directions);
  g_free (test->folder);
}

static SwbRecord
make_record (int direction, const guint8 *data, gsize n_bytes)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = direction > 0 ? SWB_CALL_SEND : SWB_CALL_RECV,
                       .pane = PANE,
                       .connection = CONNECTION,
                       .fd = 5,
                       .result = (int)n_bytes,
                       .data = data,
                       .n_data = n_bytes };

  record.ints[0] = (gint64)n_bytes;
  return record;
}

static void
expect (Test *test, int direction, const guint8 *data, gsize n_bytes)
{
  g_byte_array_append (test->bytes[1], data, (guint)n_bytes);
  g_byte_array_append (test->bytes[direction + 1], data, (guint)n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    {
      gint8 value = (gint8)direction;
      g_array_append_val (test->directions, value);
    }
  test->n_chunks++;
}

/* A record of the conversation, or one that is no part of it for one reason. */
static void
append_random (Test *test)
{
  guint8 data[200];
  gsize n_bytes = (gsize)g_test_rand_int_range (1, sizeof data);
  int direction = g_test_rand_int_range (0, 2) * 2 - 1;
  SwbRecord record;

  for (gsize i = 0; i < n_bytes; i++)
    data[i] = (guint8)g_test_rand_int ();
  record = make_record (direction, data, n_bytes);
  switch (g_test_rand_int_range (0, 10))
    {
    case 0:
      record.pane++;
      break;
    case 1:
      record.connection = 0;
      break;
    case 2:
      record.call = SWB_CALL_RECV;
      record.ints[1] = MSG_PEEK;
      break;
    case 3:
      record.kind = SWB_RECORD_COMMAND;
      break;
    case 4:
      record.result = -1;
      record.error = 11;
      record.n_data = 0;
      break;
    case 5:
      record.kind = SWB_RECORD_PACKET;
      record.call = SWB_CALL_NONE;
      record.packet = (guint8)(IPPROTO_TCP | (direction > 0 ? SWB_PACKET_OUT : 0));
      record.ints[1] = MSG_PEEK; /* a sequence number */
      expect (test, direction, data, n_bytes);
      break;
    default:
      expect (test, direction, data, n_bytes);
    }
  swb_journal_append (test->journal, &record);
}

static void
publish (Test *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_journal_publish (test->journal, &error));
  g_assert_no_error (error);
}

static void
wait_complete (SwbConversationIndex *index)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!swb_conversation_index_is_complete (index))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
assert_side (Test *test, SwbConversationIndex *index, SwbConversationSide side)
{
  const GByteArray *expected = test->bytes[side + 1];
  g_autoptr (SwbByteSource) source = swb_conversation_index_new_source (index, side);
  g_autofree guint8 *bytes = g_malloc (expected->len + 10);
  g_autofree gint8 *marks = g_malloc (expected->len + 10);
  gsize n;

  g_assert_cmpuint (swb_byte_source_get_length (source), ==, expected->len);
  n = swb_byte_source_read (source, 0, bytes, marks, expected->len + 10);
  g_assert_cmpmem (bytes, n, expected->data, expected->len);
  for (gsize i = 0; side == SWB_CONVERSATION_BOTH && i < n; i++)
    g_assert_cmpint (swb_byte_get_direction (marks[i]), ==,
                     (gint8)test->directions->data[i]);
  for (int i = 0; i < 200 && expected->len > 0; i++)
    {
      guint64 offset = (guint64)g_test_rand_int_range (0, (int)expected->len);
      SwbConversationChunk chunk;
      SwbByteRun run;

      swb_conversation_index_find (index, side, offset, &chunk);
      g_assert_cmpuint (chunk.offset, <=, offset);
      g_assert_cmpuint (offset, <, chunk.offset + chunk.n_bytes);
      swb_byte_source_peek (source, offset, &run);
      g_assert_cmpint (run.data[0], ==, expected->data[offset]);
      g_assert_cmpint (run.direction, ==, chunk.direction);
      g_assert_cmpuint (run.place, ==, chunk.place + (offset - chunk.offset));
      g_assert_cmpint (test->bytes[run.direction + 1]->data[run.place], ==, run.data[0]);
    }
}

static void
assert_index (Test *test, SwbConversationIndex *index)
{
  g_assert_cmpuint (swb_conversation_index_get_n_chunks (index), ==, test->n_chunks);
  for (int side = -1; side <= 1; side++)
    assert_side (test, index, side);
}

static void
test_random (Test *test, gconstpointer data)
{
  g_autoptr (SwbConversationIndex) index = NULL;

  g_test_summary (
      "What was recorded before and what comes later is the conversation's, byte "
      "for byte, in each direction and in both");
  for (int i = 0; i < 300; i++)
    append_random (test);
  publish (test);
  index = swb_conversation_index_new (test->journal, PANE, CONNECTION);
  g_assert_cmpuint (swb_conversation_index_get_n_bytes (index, 0), ==, 0);
  wait_complete (index);
  assert_index (test, index);
  for (int round = 0; round < 20; round++)
    {
      for (int i = g_test_rand_int_range (1, 40); i > 0; i--)
        append_random (test);
      publish (test);
      wait_complete (index);
      assert_index (test, index);
    }
}

/* More than is gone through where it's told of. */
static void
test_backlog (Test *test, gconstpointer data)
{
  g_autoptr (SwbConversationIndex) index = NULL;
  g_autofree guint64 *positions = NULL;
  guint64 n_positions;

  g_test_summary ("A long journal is gone through by a worker, and grows meanwhile");
  for (int i = 0; i < 20000; i++)
    append_random (test);
  publish (test);
  index = swb_conversation_index_new (test->journal, PANE, CONNECTION);
  g_main_context_iteration (NULL, FALSE);
  for (int i = 0; i < 100; i++)
    append_random (test);
  publish (test);
  wait_complete (index);
  assert_index (test, index);
  positions
      = swb_conversation_index_dup_positions (index, SWB_CONVERSATION_BOTH, &n_positions);
  g_assert_cmpuint (n_positions, ==, test->n_chunks);
  for (guint64 i = 1; i < n_positions; i++)
    g_assert_cmpuint (positions[i - 1], <, positions[i]);
}

static void
grown_cb (SwbConversationIndex *index, guint *n_grown)
{
  (*n_grown)++;
}

static void
test_empty (Test *test, gconstpointer data)
{
  g_autoptr (SwbConversationIndex) index = NULL;
  g_autoptr (SwbByteSource) source = NULL;
  guint n_grown = 0;
  guint8 byte = 'x';
  SwbRecord record = make_record (1, &byte, 1);

  g_test_summary ("A conversation that is only beginning; its first byte is told of once");
  index = swb_conversation_index_new (test->journal, PANE, CONNECTION);
  g_signal_connect (index, "grown", G_CALLBACK (grown_cb), &n_grown);
  source = swb_conversation_index_new_source (index, SWB_CONVERSATION_SENT);
  g_assert_true (swb_conversation_index_is_complete (index));
  g_assert_cmpuint (swb_byte_source_get_length (source), ==, 0);
  g_assert_cmpuint (swb_byte_source_read (source, 0, &byte, NULL, 1), ==, 0);
  swb_journal_append (test->journal, &record);
  publish (test);
  wait_complete (index);
  g_assert_cmpuint (n_grown, ==, 1);
  g_assert_cmpuint (swb_byte_source_get_length (source), ==, 1);
  g_assert_cmpuint (swb_conversation_index_get_n_bytes (index, SWB_CONVERSATION_RECEIVED),
                    ==, 0);
}

static void
append_unkept (Test *test, int direction, const char *data, gint result)
{
  SwbRecord record = make_record (direction, (const guint8 *)data, strlen (data));

  record.result = result;
  record.ints[0] = result;
  swb_journal_append (test->journal, &record);
}

static guint
count_hits (SwbByteSource *source, const void *needle, gsize n_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (needle, n_bytes);
  g_autoptr (SwbByteSearch) search = swb_byte_search_new (source, bytes, FALSE);

  while (!swb_byte_search_is_done (search))
    g_main_context_iteration (NULL, TRUE);
  return swb_byte_search_get_n_hits (search);
}

static void
test_unkept (Test *test, gconstpointer data)
{
  g_autoptr (SwbConversationIndex) index = NULL;
  g_autoptr (SwbByteSource) both = NULL;
  g_autoptr (SwbByteSource) sent = NULL;
  g_autofree guint64 *positions = NULL;
  guint64 n_positions;
  guint8 bytes[16];
  gint8 marks[16];
  SwbByteRun run;

  g_test_summary (
      "Bytes that were not kept have their places, are marked as gone, counted, "
      "and found as nothing");
  append_unkept (test, 1, "abc", 3);
  append_unkept (test, -1, "", 5);
  append_unkept (test, -1, "wxyz", 6);
  append_unkept (test, 1, "", G_MAXINT);
  append_unkept (test, 1, "end", 3);
  publish (test);
  index = swb_conversation_index_new (test->journal, PANE, CONNECTION);
  wait_complete (index);
  g_assert_cmpuint (swb_conversation_index_get_n_bytes (index, SWB_CONVERSATION_RECEIVED),
                    ==, 11);
  g_assert_cmpuint (swb_conversation_index_get_n_unkept (index, SWB_CONVERSATION_RECEIVED),
                    ==, 7);
  g_assert_cmpuint (swb_conversation_index_get_n_unkept (index, SWB_CONVERSATION_BOTH), ==,
                    (guint64)G_MAXINT + 7);

  both = swb_conversation_index_new_source (index, SWB_CONVERSATION_BOTH);
  g_assert_cmpuint (swb_byte_source_get_length (both), ==, (guint64)G_MAXINT + 17);
  g_assert_cmpuint (swb_byte_source_read (both, 0, bytes, marks, 15), ==, 15);
  g_assert_cmpmem (bytes, 15, "abc\0\0\0\0\0wxyz\0\0\0", 15);
  g_assert_cmpmem (marks, 15, "\2\2\2\4\4\4\4\4\0\0\0\0\4\4\6", 15);
  g_assert_true (swb_byte_is_gone (marks[3]));
  g_assert_cmpint (swb_byte_get_direction (marks[3]), ==, -1);
  g_assert_false (swb_byte_is_gone (marks[8]));
  swb_byte_source_peek (both, 4, &run);
  g_assert_null (run.data);
  g_assert_cmpuint (run.n_bytes, ==, 4);
  sent = swb_conversation_index_new_source (index, SWB_CONVERSATION_SENT);
  g_assert_cmpuint (swb_byte_source_read (sent, (guint64)G_MAXINT + 3, bytes, NULL, 3), ==,
                    3);
  g_assert_cmpmem (bytes, 3, "end", 3);

  positions
      = swb_conversation_index_dup_positions (index, SWB_CONVERSATION_BOTH, &n_positions);
  g_assert_cmpuint (n_positions, ==, 5);
  g_clear_object (&both);
  both = swb_conversation_index_new_source (index, SWB_CONVERSATION_RECEIVED);
  g_assert_cmpuint (count_hits (both, "\0", 1), ==, 0);
  g_assert_cmpuint (count_hits (both, "xy", 2), ==, 1);
}

static void
append_text (Test *test, int direction, const char *text)
{
  SwbRecord record = make_record (direction, (const guint8 *)text, strlen (text));

  swb_journal_append (test->journal, &record);
}

static void
append_close (Test *test, guint connection, int error)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_CLOSE,
                       .pane = PANE,
                       .connection = connection,
                       .fd = 5,
                       .result = error != 0 ? -1 : 0,
                       .error = error };

  swb_journal_append (test->journal, &record);
}

static void
assert_parts (SwbConversationIndex *index, SwbConversationSide side, const char *bytes,
              const char *parts, const char *places)
{
  g_autoptr (SwbByteSource) source = swb_conversation_index_new_source (index, side);

  g_assert_cmpuint (swb_byte_source_get_length (source), ==, strlen (bytes));
  for (guint i = 0; bytes[i] != '\0'; i++)
    {
      SwbByteRun run;

      swb_byte_source_peek (source, i, &run);
      g_assert_cmpint (run.data[0], ==, bytes[i]);
      g_assert_cmpuint (run.part, ==, parts[i] - '0');
      g_assert_cmpuint (run.place, ==, places[i] - '0');
    }
}

/* A client that was closed, and connected again from the same pane. */
static void
append_parts (Test *test)
{
  append_close (test, CONNECTION, 0);
  append_text (test, 1, "ab");
  append_text (test, -1, "cd");
  append_close (test, CONNECTION, 5);
  append_close (test, CONNECTION + 1, 0);
  append_text (test, 1, "e");
  append_close (test, CONNECTION, 0);
  append_close (test, CONNECTION, 0);
  append_text (test, -1, "fg");
  append_close (test, CONNECTION, 0);
  append_text (test, 1, "hi");
}

static void
test_parts (Test *test, gconstpointer data)
{
  static const gint8 marks[] = { 2, 2, 0, 0, 2, 8, 8, 2, 2 };
  g_autoptr (SwbConversationIndex) index = NULL;
  g_autoptr (SwbByteSource) source = NULL;
  guint8 bytes[G_N_ELEMENTS (marks)];
  gint8 directions[G_N_ELEMENTS (marks)];

  g_test_summary ("Where a socket was closed and used again, another part begins");
  append_parts (test);
  publish (test);
  index = swb_conversation_index_new (test->journal, PANE, CONNECTION);
  wait_complete (index);
  g_assert_cmpuint (swb_conversation_index_get_n_chunks (index), ==, 5);
  assert_parts (index, SWB_CONVERSATION_BOTH, "abcdefghi", "000001122", "010120101");
  assert_parts (index, SWB_CONVERSATION_SENT, "abehi", "00022", "01201");
  assert_parts (index, SWB_CONVERSATION_RECEIVED, "cdfg", "0011", "0101");
  source = swb_conversation_index_new_source (index, SWB_CONVERSATION_BOTH);
  g_assert_cmpuint (swb_byte_source_read (source, 0, bytes, directions, sizeof bytes), ==,
                    sizeof bytes);
  g_assert_cmpmem (directions, sizeof directions, marks, sizeof marks);
  /* Neighbours of which one is two parts on are told apart too. */
  g_clear_object (&source);
  source = swb_conversation_index_new_source (index, SWB_CONVERSATION_SENT);
  swb_byte_source_read (source, 0, bytes, directions, 5);
  g_assert_cmpmem (directions, 5, ((gint8[]){ 2, 2, 2, 10, 10 }), 5);
}

/* Whoever closes the view while a worker is busy. */
static void
test_dropped (Test *test, gconstpointer data)
{
  SwbConversationIndex *index;
  gpointer left;

  g_test_summary ("An index that is let go of in the middle of its work goes");
  for (int i = 0; i < 20000; i++)
    append_random (test);
  publish (test);
  index = swb_conversation_index_new (test->journal, PANE, CONNECTION);
  left = index;
  g_object_add_weak_pointer (G_OBJECT (index), &left);
  g_main_context_iteration (NULL, FALSE);
  g_object_unref (index);
  while (left != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name)                                                                          \
  g_test_add ("/conversation-index/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (random);
  ADD (backlog);
  ADD (empty);
  ADD (parts);
  ADD (dropped);
  ADD (unkept);
#undef ADD
  return g_test_run ();
}
