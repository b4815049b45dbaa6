/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fold-fixture.h"

#include <errno.h>

static void
test_spec (FoldFixture *self, gconstpointer data)
{
  GListModel *panes = swb_fold_get_panes (self->fold);
  SwbPane *a, *b;

  g_signal_connect (panes, "items-changed", G_CALLBACK (note_items_cb), self);
  a = make_pane (self, 1, "pane a AF_INET6 SOCK_DGRAM IPPROTO_UDP \"Über\" as server");
  b = make_pane (self, 2, "pane b AF_UNIX SOCK_STREAM 0");
  assert_changes (self, "0-0+1 1-0+1 ");

  g_assert_cmpstr (swb_pane_get_title (a), ==, "Über");
  g_assert_cmpint (swb_pane_get_domain (a), ==, AF_INET6);
  g_assert_cmpint (swb_pane_get_socket_type (a), ==, SOCK_DGRAM);
  g_assert_cmpint (swb_pane_get_protocol (a), ==, IPPROTO_UDP);
  g_assert_cmpint (swb_pane_get_role (a), ==, SWB_ROLE_SERVER);
  g_assert_cmpstr (swb_pane_get_title (b), ==, "b");
  g_assert_cmpint (swb_pane_get_role (b), ==, SWB_ROLE_PLAIN);
  g_assert_cmpint (swb_pane_get_state (b), ==, SWB_STATE_NONE);
  g_assert_cmpint (swb_connection_get_fd (swb_pane_get_socket (b)), ==, -1);
  g_assert_true (swb_pane_get_accept_auto (b));
  g_assert_true (swb_fold_find_pane (self->fold, "a") == a);
  g_assert_null (swb_fold_find_pane (self->fold, "c"));
  g_assert_null (swb_fold_get_pane (self->fold, 3));

  run_command (self, 1, "a remove");
  fold_records (self);
  assert_changes (self, "0-1+0 ");
  g_assert_true (swb_pane_is_removed (a));
  g_assert_null (swb_fold_find_pane (self->fold, "a"));
  g_assert_true (swb_fold_get_pane (self->fold, 1) == a);
}

static void
test_modes (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane a AF_INET SOCK_STREAM 0");
  g_autofree char *line = NULL, *bind_text = NULL, *connect_text = NULL;

  run_command (self, 1, "a accept manual");
  run_command (self, 1, "a recv manual");
  run_command (self, 1, "a reply \"hi\"");
  run_command (self, 1, "a bind localhost:http");
  run_command (self, 1, "a connect b expect ECONNREFUSED");
  run_command (self, 1, "a send <99999 bytes>");
  run_command (self, 1, "\xff\xfe nonsense");
  fold_records (self);
  line = swb_pane_dup_reply_line (pane);
  bind_text = swb_pane_dup_bind_text (pane);
  connect_text = swb_pane_dup_connect_text (pane);
  g_assert_false (swb_pane_get_accept_auto (pane));
  g_assert_false (swb_pane_get_recv_auto (pane));
  g_assert_cmpint (swb_pane_get_reply (pane), ==, SWB_REPLY_FIXED);
  g_assert_cmpstr (line, ==, "a reply \"hi\"");
  g_assert_cmpstr (bind_text, ==, "localhost:http");
  g_assert_cmpstr (connect_text, ==, "b");

  run_command (self, 1, "a reply <12345 bytes>");
  run_command (self, 1, "a accept auto");
  fold_records (self);
  g_assert_cmpint (swb_pane_get_reply (pane), ==, SWB_REPLY_FIXED);
  g_assert_null (swb_pane_dup_reply_line (pane));
  g_assert_true (swb_pane_get_accept_auto (pane));
}

static void
test_connect (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane c AF_INET SOCK_STREAM 0");
  SwbConnection *socket = swb_pane_get_socket (pane);

  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_CONNECT, -1, EINPROGRESS, "127.0.0.1:7000");
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTING);
  g_assert_cmpint (swb_pane_get_role (pane), ==, SWB_ROLE_CLIENT);
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_NONE);

  append_so_error (self, 1, 0);
  append_call_at (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "127.0.0.1:4000");
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED);
  g_assert_true (swb_pane_has_done (pane, SWB_CALL_CONNECT));
  assert_address (swb_connection_get_local (socket), "127.0.0.1:4000");
  assert_address (swb_connection_get_peer (socket), "127.0.0.1:7000");

  append_call (self, 1, 0, SWB_CALL_SEND, 700, 0);
  fold_records (self);
  g_assert_cmpuint (swb_pane_get_n_sent (pane), ==, 700);
  append_call (self, 1, 0, SWB_CALL_SHUTDOWN, 0, 0);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED); /* SHUT_RD */

  {
    SwbRecord record = call_record (1, 0, SWB_CALL_SHUTDOWN, 0, 0);
    record.ints[0] = SHUT_WR;
    append_record (self, record);
  }
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_SHUT);
  append_received (self, 1, 0, "", 0);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CLOSED);
  append_call (self, 1, 0, SWB_CALL_CLOSE, 0, 0);
  fold_records (self);
  g_assert_false (swb_pane_has_done (pane, SWB_CALL_CONNECT));
  g_assert_cmpint (swb_connection_get_fd (socket), ==, -1);

  append_call (self, 1, 0, SWB_CALL_SOCKET, 8, 0);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  g_assert_cmpuint (swb_connection_get_peer (socket)->length, ==, 0);
  g_assert_cmpuint (swb_pane_get_n_sent (pane), ==, 700);
}

static void
test_refused (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane c AF_INET SOCK_STREAM 0");
  const SwbFailure *failure = swb_pane_get_failure (pane);

  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_CONNECT, -1, EINPROGRESS, "127.0.0.1:1");
  append_so_error (self, 1, ECONNREFUSED);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  g_assert_cmpint (failure->call, ==, SWB_CALL_CONNECT);
  g_assert_cmpint (failure->error, ==, ECONNREFUSED);
  assert_address (&failure->address, "127.0.0.1:1");
  g_assert_cmpuint (failure->position, ==, self->n_folded - 1);

  append_command (self, 1, "c connect 127.0.0.1:2");
  fold_records (self);
  g_assert_cmpint (failure->call, ==, SWB_CALL_NONE);
}

static void
test_address_in_use (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane s AF_INET SOCK_STREAM 0");
  const SwbFailure *failure = swb_pane_get_failure (pane);

  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_BIND, -1, EADDRINUSE, "127.0.0.1:7000");
  append_note (self, 1, 0, SWB_NOTE_HOLDER, 0, "held by python3");
  fold_records (self);
  g_assert_cmpint (failure->error, ==, EADDRINUSE);
  g_assert_cmpstr (failure->detail, ==, "held by python3");
  g_assert_false (failure->stale);
  append_note (self, 1, 0, SWB_NOTE_STALE, 0, "nobody listens");
  fold_records (self);
  g_assert_true (failure->stale);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);

  append_call_at (self, 1, SWB_CALL_BIND, 0, 0, "127.0.0.1:7001");
  fold_records (self);
  g_assert_cmpint (failure->call, ==, SWB_CALL_NONE);
  g_assert_null (failure->detail);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_BOUND);
}

static void
test_reset (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_listener (self);

  append_call_at (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4001");
  append_received (self, 1, 1, "", EAGAIN);
  append_received (self, 1, 1, "", EINTR);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_NONE);
  append_received (self, 1, 1, "", ECONNRESET);
  fold_records (self);
  g_assert_cmpint (swb_connection_get_state (swb_pane_find_connection (pane, 1)), ==,
                   SWB_STATE_RESET);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_LISTENING);
  g_assert_cmpuint (swb_pane_get_failure (pane)->connection, ==, 1);
}

static void
test_own_end (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane c AF_INET SOCK_STREAM 0");
  SwbRecord record = call_record (1, 0, SWB_CALL_SHUTDOWN, 0, 0);

  g_test_summary ("Who has ended its own direction and sends is refused, not reset");
  record.ints[0] = SHUT_WR;
  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_CONNECT, 0, 0, "127.0.0.1:7000");
  append_record (self, record);
  append_call (self, 1, 0, SWB_CALL_SEND, -1, EPIPE);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_SHUT);
  g_assert_cmpint (swb_pane_get_failure (pane)->error, ==, EPIPE);
  append_received (self, 1, 0, "", 0);
  append_call (self, 1, 0, SWB_CALL_SEND, -1, EPIPE);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CLOSED);
  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_CONNECT, 0, 0, "127.0.0.1:7000");
  append_call (self, 1, 0, SWB_CALL_SEND, -1, EPIPE);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_RESET);
}

static void
test_other_descriptor (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane c AF_INET SOCK_STREAM 0");
  SwbRecord record = call_record (1, 0, SWB_CALL_CLOSE, 0, 0);

  g_test_summary ("A descriptor that came and was not kept is not the pane's socket");
  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_CONNECT, 0, 0, "127.0.0.1:7000");
  record.origin = SWB_ORIGIN_ENGINE;
  record.fd = 9;
  append_record (self, record);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED);
  record.fd = 3;
  append_record (self, record);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CLOSED);
}

static void
test_datagrams (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane u AF_INET SOCK_DGRAM 0");
  SwbAddress none = { .length = sizeof (sa_family_t), .family = AF_UNSPEC };
  SwbRecord record;

  append_call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  append_call_at (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "0.0.0.0:0");
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  append_call_at (self, 1, SWB_CALL_CONNECT, 0, 0, "127.0.0.1:53");
  append_received (self, 1, 0, "", 0);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED);

  append_call (self, 1, 0, SWB_CALL_SEND, -1, ECONNREFUSED);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED);
  g_assert_cmpint (swb_pane_get_failure (pane)->error, ==, ECONNREFUSED);

  record = call_record (1, 0, SWB_CALL_CONNECT, 0, 0);
  record.address = none;
  append_record (self, record);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  append_call_at (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "0.0.0.0:4000");
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_BOUND);
}

static void
test_peek (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane u AF_INET SOCK_DGRAM 0");
  SwbRecord record = call_record (1, 0, SWB_CALL_RECV, 5, 0);

  record.ints[0] = 65536;
  record.ints[1] = MSG_PEEK;
  record.data = (const guint8 *)"hello";
  record.n_data = 5;
  append_record (self, record);
  fold_records (self);
  g_assert_cmpuint (swb_pane_get_n_received (pane), ==, 0);
  g_assert_cmpuint (swb_pane_get_n_calls (pane), ==, 1);
}

static void
test_receive_buffer (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane u AF_INET SOCK_DGRAM 0");
  SwbRecord record = call_record (1, 0, SWB_CALL_SETSOCKOPT, 0, 0);
  g_autofree char *line = NULL;
  int value = 4194304, mode[3];

  record.ints[0] = SOL_SOCKET;
  record.ints[1] = SO_RCVBUF;
  record.data = (const guint8 *)&value;
  record.n_data = sizeof value;
  append_record (self, record);
  record.call = SWB_CALL_GETSOCKOPT;
  value = 425984;
  append_record (self, record);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_receive_asked (pane), ==, 4194304);
  g_assert_cmpint (swb_pane_get_receive_given (pane), ==, 425984);
  g_assert_null (swb_pane_dup_receive_line (pane));

  append_command (self, 1, "u setsockopt SOL_SOCKET SO_RCVBUF 4096");
  append_command (self, 1, "u recv auto recvmsg 4");
  append_command (self, 1, "u recv manual");
  fold_records (self);
  line = swb_pane_dup_receive_line (pane);
  g_assert_cmpstr (line, ==, "u setsockopt SOL_SOCKET SO_RCVBUF 4096");
  g_assert_false (swb_pane_get_recv_auto (pane));
  swb_pane_get_recv_mode (pane, mode);
  g_assert_cmpint (mode[0], ==, SWB_CALL_RECVMSG);
  g_assert_cmpint (mode[1], ==, 4);
}

/* Level 6 is TCP's, but of Bluetooth L2CAP's. */
static void
test_level_by_domain (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane b AF_BLUETOOTH SOCK_SEQPACKET 0");
  SwbRecord record = call_record (1, 0, SWB_CALL_SETSOCKOPT, 0, 0);
  g_autoptr (GPtrArray) lines = NULL;
  int value = 2;

  append_command (self, 1, "b setsockopt SOL_L2CAP L2CAP_LM 2");
  record.ints[0] = 6;
  record.ints[1] = 3;
  record.data = (const guint8 *)&value;
  record.n_data = sizeof value;
  append_record (self, record);
  append_record (self, record);
  fold_records (self);
  lines = swb_pane_dup_option_lines (pane);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (lines->pdata[0], ==, "b setsockopt SOL_L2CAP L2CAP_LM 2");
}

static void
test_socketpair (FoldFixture *self, gconstpointer data)
{
  SwbPane *a = make_pane (self, 1, "pane a AF_UNIX SOCK_STREAM 0");
  SwbPane *b = make_pane (self, 2, "pane b AF_UNIX SOCK_STREAM 0");
  int fds[2] = { 7, 8 };
  SwbRecord record = call_record (1, 0, SWB_CALL_SOCKETPAIR, 0, 0);

  append_command (self, 1, "a socketpair b");
  record.data = (const guint8 *)fds;
  record.n_data = sizeof fds;
  append_record (self, record);
  g_signal_connect (b, "changed", G_CALLBACK (count_changed_cb), self);
  fold_records (self);
  g_assert_cmpint (swb_pane_get_state (a), ==, SWB_STATE_CONNECTED);
  g_assert_cmpint (swb_pane_get_state (b), ==, SWB_STATE_CONNECTED);
  g_assert_cmpint (swb_connection_get_fd (swb_pane_get_socket (a)), ==, 7);
  g_assert_cmpint (swb_connection_get_fd (swb_pane_get_socket (b)), ==, 8);
  g_assert_cmpuint (self->n_changed, ==, 1);
}

static void
test_waiting (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane a AF_INET SOCK_STREAM 0");
  guint64 first, second, found = 0;

  first = append_command (self, 1, "a accept within 5s");
  second = append_command (self, 1, "a#1 send <99999 bytes>");
  fold_records (self);
  g_assert_true (swb_pane_is_waiting (pane, SWB_VERB_ACCEPT, &found));
  g_assert_cmpuint (found, ==, first);
  g_assert_true (swb_pane_is_waiting (pane, SWB_VERB_SEND, &found));
  g_assert_cmpuint (found, ==, second);
  g_assert_false (swb_pane_is_waiting (pane, SWB_VERB_RECV, NULL));
  append_outcome (self, 1, first, ETIMEDOUT);
  fold_records (self);
  g_assert_false (swb_pane_is_waiting (pane, SWB_VERB_ACCEPT, NULL));
}

static void
test_problem (FoldFixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane a AF_INET SOCK_STREAM 0");

  append_command (self, 1, "a connect nowhere.invalid:1");
  append_note (self, 1, 0, SWB_NOTE_PROBLEM, 0, "no such name");
  fold_records (self);
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_CONNECT);
  g_assert_cmpint (swb_pane_get_failure (pane)->error, ==, 0);
  g_assert_cmpstr (swb_pane_get_failure (pane)->detail, ==, "no such name");
}

static void
test_state_names (void)
{
  SwbState state = SWB_STATE_NONE;

  g_assert_cmpstr (swb_state_get_name (SWB_STATE_CONNECTING, AF_INET, SOCK_STREAM), ==,
                   "SYN_SENT");
  g_assert_cmpstr (swb_state_get_name (SWB_STATE_CONNECTED, AF_UNIX, SOCK_STREAM), ==,
                   "CONNECTED");
  g_assert_cmpstr (swb_state_get_name ((SwbState)99, AF_UNIX, SOCK_STREAM), ==, "NONE");
  g_assert_true (swb_state_from_name ("CLOSE_WAIT", &state));
  g_assert_cmpint (state, ==, SWB_STATE_PEER_CLOSED);
  g_assert_false (swb_state_from_name ("close_wait", &state));
  for (guint i = SWB_STATE_NONE; i <= SWB_STATE_CLOSED; i++)
    g_assert_cmpstr (swb_state_explain ((SwbState)i), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_PANE_TEST ("spec", test_spec);
  ADD_PANE_TEST ("modes", test_modes);
  ADD_PANE_TEST ("connect", test_connect);
  ADD_PANE_TEST ("refused", test_refused);
  ADD_PANE_TEST ("address-in-use", test_address_in_use);
  ADD_PANE_TEST ("reset", test_reset);
  ADD_PANE_TEST ("own-end", test_own_end);
  ADD_PANE_TEST ("other-descriptor", test_other_descriptor);
  ADD_PANE_TEST ("datagrams", test_datagrams);
  ADD_PANE_TEST ("peek", test_peek);
  ADD_PANE_TEST ("receive-buffer", test_receive_buffer);
  ADD_PANE_TEST ("level-by-domain", test_level_by_domain);
  ADD_PANE_TEST ("socketpair", test_socketpair);
  ADD_PANE_TEST ("waiting", test_waiting);
  ADD_PANE_TEST ("problem", test_problem);
  g_test_add_func ("/pane/state-names", test_state_names);
  return g_test_run ();
}
