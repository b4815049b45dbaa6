/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>

#include "engine-fixture.h"

static void
serve (Bench *bench, SwbReply reply, const char *fixed)
{
  SwbOrder *order = swb_order_new (SWB_VERB_REPLY, 1, 0);
  SwbAddress address;

  bench_init (bench);
  bench_serve (bench, &address);
  order->numbers[0] = reply;
  if (fixed != NULL)
    order->bytes = g_bytes_new (fixed, strlen (fixed));
  bench_order (bench, order);
  bench_pane (bench, 2, AF_INET, SOCK_STREAM);
  g_assert_cmpint (bench_wait (bench, bench_address (bench, SWB_VERB_CONNECT, 2, &address)),
                   ==, 0);
}

static void
test_fixed (void)
{
  g_autoptr (GBytes) bytes = NULL;
  Bench bench;

  g_test_summary ("a fixed reply answers whatever comes");
  serve (&bench, SWB_REPLY_FIXED, "220 ready\r\n");
  bench_send (&bench, 2, 0, "HELO");
  bytes = bench_wait_received (&bench, 2, 0, 11);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   "220 ready\r\n", 11);
  bench_clear (&bench);
}

static void
test_discard (void)
{
  Bench bench;

  g_test_summary ("discard takes and says nothing, and closes when the peer is done");
  serve (&bench, SWB_REPLY_DISCARD, NULL);
  bench_send (&bench, 2, 0, "into the void");
  bench_number (&bench, SWB_VERB_SHUTDOWN, 2, 0, SHUT_WR);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_CLOSE, 0 }, 1, NULL);
  g_assert_cmpuint (bench_count (&bench, is_call, &(CallOf){ 1, SWB_CALL_SEND, 0 }, NULL),
                    ==, 0);
  bench_clear (&bench);
}

static void
test_daytime (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *year = g_date_time_format (now, "%Y");
  Bench bench;

  g_test_summary ("daytime says the time and closes");
  serve (&bench, SWB_REPLY_DAYTIME, NULL);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_CLOSE, 0 }, 1, NULL);
  bytes = bench_wait_received (&bench, 2, 0, 20);
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), year));
  bench_clear (&bench);
}

static void
test_chargen (void)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  Bench bench;

  g_test_summary ("chargen sends RFC 864's lines until the connection ends");
  serve (&bench, SWB_REPLY_CHARGEN, NULL);
  bytes = bench_wait_received (&bench, 2, 0, 20000);
  text = g_bytes_get_data (bytes, NULL);
  g_assert_cmpmem (text, 6, " !\"#$%", 6);
  g_assert_cmpmem (text + 72, 2, "\r\n", 2);
  g_assert_cmpmem (text + 74, 6, "!\"#$%&", 6);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_REMOVE, 1, 0));
  bench_clear (&bench);
}

static void
test_slow_reader (void)
{
  Bench bench;
  SwbOrder *order;
  guint64 sending;

  g_test_summary ("an echo server stops reading while its answers wait, and goes on after");
  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    {
      g_test_skip ("one byte at a time this would take too long");
      return;
    }
  serve (&bench, SWB_REPLY_ECHO, NULL);
  bench_number (&bench, SWB_VERB_RECV_MODE, 2, 0, FALSE);
  order = swb_order_new (SWB_VERB_SEND, 2, 0);
  order->bytes = g_bytes_new_take (g_malloc0 (24 * 1024 * 1024), 24 * 1024 * 1024);
  sending = bench_order (&bench, order);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_PAUSED), 1, NULL);
  bench_number (&bench, SWB_VERB_RECV_MODE, 2, 0, TRUE);
  g_assert_cmpint (bench_wait (&bench, sending), ==, 0);
  g_bytes_unref (bench_wait_received (&bench, 2, 0, 24 * 1024 * 1024));
  bench_clear (&bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/responder/fixed", test_fixed);
  g_test_add_func ("/engine/responder/discard", test_discard);
  g_test_add_func ("/engine/responder/daytime", test_daytime);
  g_test_add_func ("/engine/responder/chargen", test_chargen);
  g_test_add_func ("/engine/responder/slow-reader", test_slow_reader);
  return g_test_run ();
}
