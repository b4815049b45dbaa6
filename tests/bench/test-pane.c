/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bench/swb-fold.h"
#include "journal/swb-journal.h"

/* Records made by hand, appended to a real journal, and folded from there. */
typedef struct
{
  char *folder;
  SwbJournal *journal;
  SwbFold *fold;
  guint64 n_folded;
  gint64 time_ns;
  guint64 last_id;
  guint n_changed;
  GString *changes; /* of a watched list model: "position-removed+added " */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-test-XXXXXX", NULL);
  g_autofree char *inner = NULL;

  self->folder = g_steal_pointer (&folder);
  inner = g_build_filename (self->folder, "journal", NULL);
  self->journal = swb_journal_new (inner, NULL);
  g_assert_nonnull (self->journal);
  self->fold = swb_fold_new ();
  self->changes = g_string_new (NULL);
  self->time_ns = 1;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  swb_fold_free (self->fold);
  swb_journal_delete (self->journal);
  swb_journal_unref (self->journal);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_string_free (self->changes, TRUE);
}

static void
append (Fixture *self, SwbRecord record)
{
  record.time_ns = self->time_ns++;
  if (record.error != 0)
    record.result = -1;
  swb_journal_append (self->journal, &record);
}

static void
fold (Fixture *self)
{
  SwbRecord record;

  g_assert_true (swb_journal_publish (self->journal, NULL));
  for (; self->n_folded < swb_journal_get_n_records (self->journal); self->n_folded++)
    {
      g_assert_true (swb_journal_read (self->journal, self->n_folded, &record));
      swb_fold_record (self->fold, &record, self->n_folded);
    }
  swb_fold_flush (self->fold);
}

static guint64
command (Fixture *self, guint pane, const char *text)
{
  append (self, (SwbRecord){ .kind = SWB_RECORD_COMMAND,
                             .pane = pane,
                             .fd = -1,
                             .ints = { (gint64)++self->last_id },
                             .data = (const guint8 *)text,
                             .n_data = strlen (text) });
  return self->last_id;
}

static void
outcome (Fixture *self, guint pane, guint64 id, int error)
{
  append (self, (SwbRecord){ .kind = SWB_RECORD_OUTCOME,
                             .pane = pane,
                             .fd = -1,
                             .error = error,
                             .ints = { (gint64)id } });
}

static void
run (Fixture *self, guint pane, const char *text)
{
  outcome (self, pane, command (self, pane, text), 0);
}

static SwbRecord
call_record (guint pane, guint connection, SwbCall call, int result, int error)
{
  return (SwbRecord){ .kind = SWB_RECORD_CALL,
                      .pane = pane,
                      .connection = connection,
                      .call = call,
                      .fd = 3,
                      .result = result,
                      .error = error };
}

static void
call (Fixture *self, guint pane, guint connection, SwbCall what, int result, int error)
{
  append (self, call_record (pane, connection, what, result, error));
}

static SwbAddress
parse_address (const char *text)
{
  SwbAddress address;
  g_autofree char *host = NULL;

  g_assert_true (
      swb_address_parse (AF_INET, SOCK_STREAM, text, &address, &host, NULL, NULL));
  return address;
}

static void
call_with_address (Fixture *self, guint pane, SwbCall what, int result, int error,
                   const char *address)
{
  SwbRecord record = call_record (pane, 0, what, result, error);

  record.address = parse_address (address);
  record.address_room = what == SWB_CALL_ACCEPT || what == SWB_CALL_GETSOCKNAME ? 128 : 0;
  append (self, record);
}

static void
receive (Fixture *self, guint pane, guint connection, const char *bytes, int error)
{
  SwbRecord record
      = call_record (pane, connection, SWB_CALL_RECV, (int)strlen (bytes), error);

  record.ints[0] = 65536;
  record.data = (const guint8 *)bytes;
  record.n_data = strlen (bytes);
  append (self, record);
}

static void
answer_so_error (Fixture *self, guint pane, int value)
{
  SwbRecord record = call_record (pane, 0, SWB_CALL_GETSOCKOPT, 0, 0);

  record.origin = SWB_ORIGIN_ENGINE;
  record.ints[0] = SOL_SOCKET;
  record.ints[1] = SO_ERROR;
  record.ints[2] = sizeof value;
  record.data = (const guint8 *)&value;
  record.n_data = sizeof value;
  append (self, record);
}

static void
note (Fixture *self, guint pane, guint connection, SwbNote what, gint64 number,
      const char *text)
{
  append (self, (SwbRecord){ .kind = SWB_RECORD_NOTE,
                             .pane = pane,
                             .connection = connection,
                             .note = what,
                             .fd = -1,
                             .ints = { number },
                             .data = (const guint8 *)text,
                             .n_data = strlen (text) });
}

static SwbPane *
make_pane (Fixture *self, guint id, const char *text)
{
  SwbPane *pane;

  run (self, id, text);
  fold (self);
  pane = swb_fold_get_pane (self->fold, id);
  g_assert_nonnull (pane);
  return pane;
}

static SwbPane *
make_server (Fixture *self)
{
  SwbPane *pane = make_pane (self, 1, "pane s AF_INET SOCK_STREAM 0");

  run (self, 1, "s bind 127.0.0.1:0");
  call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  call_with_address (self, 1, SWB_CALL_BIND, 0, 0, "127.0.0.1:0");
  call_with_address (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "127.0.0.1:7000");
  call (self, 1, 0, SWB_CALL_LISTEN, 0, 0);
  fold (self);
  return pane;
}

static void
assert_address (const SwbAddress *address, const char *expected)
{
  g_autofree char *text = swb_address_print (address);

  g_assert_cmpstr (text, ==, expected);
}

static void
changed_cb (SwbPane *pane, Fixture *self)
{
  self->n_changed++;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added,
                  Fixture *self)
{
  g_string_append_printf (self->changes, "%u-%u+%u ", position, removed, added);
}

static void
assert_changes (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_string_truncate (self->changes, 0);
}

static void
test_spec (Fixture *self, gconstpointer data)
{
  GListModel *panes = swb_fold_get_panes (self->fold);
  SwbPane *a, *b;

  g_signal_connect (panes, "items-changed", G_CALLBACK (items_changed_cb), self);
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

  run (self, 1, "a remove");
  fold (self);
  assert_changes (self, "0-1+0 ");
  g_assert_true (swb_pane_is_removed (a));
  g_assert_null (swb_fold_find_pane (self->fold, "a"));
  g_assert_true (swb_fold_get_pane (self->fold, 1) == a);
}

static void
test_modes (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane a AF_INET SOCK_STREAM 0");
  g_autofree char *line = NULL, *bind_text = NULL, *connect_text = NULL;

  run (self, 1, "a accept manual");
  run (self, 1, "a recv manual");
  run (self, 1, "a reply \"hi\"");
  run (self, 1, "a bind localhost:http");
  run (self, 1, "a connect b expect ECONNREFUSED");
  run (self, 1, "a send <99999 bytes>");
  run (self, 1, "\xff\xfe nonsense");
  fold (self);
  line = swb_pane_dup_reply_line (pane);
  bind_text = swb_pane_dup_bind_text (pane);
  connect_text = swb_pane_dup_connect_text (pane);
  g_assert_false (swb_pane_get_accept_auto (pane));
  g_assert_false (swb_pane_get_recv_auto (pane));
  g_assert_cmpint (swb_pane_get_reply (pane), ==, SWB_REPLY_FIXED);
  g_assert_cmpstr (line, ==, "a reply \"hi\"");
  g_assert_cmpstr (bind_text, ==, "localhost:http");
  g_assert_cmpstr (connect_text, ==, "b");

  run (self, 1, "a reply <12345 bytes>");
  run (self, 1, "a accept auto");
  fold (self);
  g_assert_cmpint (swb_pane_get_reply (pane), ==, SWB_REPLY_FIXED);
  g_assert_null (swb_pane_dup_reply_line (pane));
  g_assert_true (swb_pane_get_accept_auto (pane));
}

static void
test_server (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_server (self);
  GListModel *connections = swb_pane_get_connections (pane);
  SwbConnection *second;

  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_LISTENING);
  g_assert_cmpint (swb_pane_get_role (pane), ==, SWB_ROLE_SERVER);
  assert_address (swb_connection_get_local (swb_pane_get_socket (pane)), "127.0.0.1:7000");
  g_assert_true (swb_pane_has_done (pane, SWB_CALL_BIND));
  g_assert_false (swb_pane_has_done (pane, SWB_CALL_CONNECT));

  g_signal_connect (connections, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect (pane, "changed", G_CALLBACK (changed_cb), self);
  call_with_address (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4001");
  call_with_address (self, 1, SWB_CALL_ACCEPT, 6, 0, "127.0.0.1:4002");
  call (self, 1, 0, SWB_CALL_ACCEPT, -1, EAGAIN);
  fold (self);
  assert_changes (self, "0-0+2 ");
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_cmpuint (swb_pane_get_n_accepted (pane), ==, 2);
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_NONE);

  second = swb_pane_find_connection (pane, 2);
  g_assert_cmpint (swb_connection_get_fd (second), ==, 6);
  assert_address (swb_connection_get_peer (second), "127.0.0.1:4002");
  g_assert_null (swb_pane_find_connection (pane, 3));

  receive (self, 1, 2, "hello", 0);
  receive (self, 1, 2, "", 0);
  fold (self);
  g_assert_cmpuint (swb_connection_get_n_received (second), ==, 5);
  g_assert_cmpint (swb_connection_get_state (second), ==, SWB_STATE_PEER_CLOSED);
  assert_changes (self, "");

  call (self, 1, 1, SWB_CALL_CLOSE, 0, 0);
  call_with_address (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4003");
  fold (self);
  assert_changes (self, "0-1+0 1-0+1 ");
  g_assert_cmpuint (swb_pane_find_open (pane, 1), ==, G_MAXUINT);
  g_assert_cmpuint (swb_pane_find_open (pane, 2), ==, 0);
  g_assert_cmpuint (swb_pane_find_open (pane, 3), ==, 1);
  g_assert_cmpuint (swb_pane_find_open (pane, 4), ==, G_MAXUINT);
  g_assert_cmpint (swb_connection_get_state (swb_pane_find_connection (pane, 1)), ==,
                   SWB_STATE_CLOSED);
  g_assert_cmpint (swb_connection_get_fd (swb_pane_find_connection (pane, 1)), ==, -1);

  call_with_address (self, 1, SWB_CALL_ACCEPT, 9, 0, "127.0.0.1:4004");
  call (self, 1, 4, SWB_CALL_CLOSE, 0, 0);
  fold (self);
  assert_changes (self, "");
  g_assert_cmpuint (g_list_model_get_n_items (connections), ==, 2);
  fold (self);
  g_assert_cmpuint (self->n_changed, ==, 4);
}

static void
test_many_connections (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_server (self);
  GListModel *connections = swb_pane_get_connections (pane);

  g_signal_connect (connections, "items-changed", G_CALLBACK (items_changed_cb), self);
  for (guint i = 0; i < 10000; i++)
    call_with_address (self, 1, SWB_CALL_ACCEPT, 10 + (int)i, 0, "127.0.0.1:4001");
  fold (self);
  assert_changes (self, "0-0+10000 ");
  for (guint i = 5000; i < 10000; i++)
    call (self, 1, i + 1, SWB_CALL_CLOSE, 0, 0);
  fold (self);
  assert_changes (self, "5000-5000+0 ");

  /* Few leave one by one, in the order in which they closed. */
  call (self, 1, 4000, SWB_CALL_CLOSE, 0, 0);
  call (self, 1, 1, SWB_CALL_CLOSE, 0, 0);
  call (self, 1, 1, SWB_CALL_CLOSE, -1, EBADF);
  fold (self);
  assert_changes (self, "3999-1+0 0-1+0 ");
}

static void
check_open (SwbPane *pane)
{
  GListModel *connections = swb_pane_get_connections (pane);
  guint n_open = 0;

  for (guint i = 1; i <= swb_pane_get_n_accepted (pane); i++)
    if (swb_connection_get_fd (swb_pane_find_connection (pane, i)) >= 0)
      {
        g_autoptr (SwbConnection) connection = g_list_model_get_item (connections, n_open);

        g_assert_cmpuint (swb_connection_get_number (connection), ==, i);
        g_assert_cmpuint (swb_pane_find_open (pane, i), ==, n_open);
        n_open++;
      }
    else
      g_assert_cmpuint (swb_pane_find_open (pane, i), ==, G_MAXUINT);
  g_assert_cmpuint (g_list_model_get_n_items (connections), ==, n_open);
}

/* A list that hears of every change by its numbers alone. */
static void
mirror_cb (GListModel *model, guint position, guint removed, guint added, GArray *mirror)
{
  g_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (SwbConnection) connection = g_list_model_get_item (model, position + i);
      guint number = swb_connection_get_number (connection);

      g_array_insert_val (mirror, position + i, number);
    }
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (model));
}

static void
test_random_connections (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_server (self);
  GListModel *connections = swb_pane_get_connections (pane);
  g_autoptr (GArray) mirror = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  g_test_summary ("whatever comes and goes in a turn, the announcements add up");
  g_signal_connect (connections, "items-changed", G_CALLBACK (mirror_cb), mirror);
  for (guint turn = 0; turn < 200; turn++)
    {
      guint n_new = (guint)g_test_rand_int_range (0, 60);
      guint n_closing = (guint)g_test_rand_int_range (0, turn % 2 == 0 ? 60 : 5);

      for (guint i = 0; i < n_new; i++, n++)
        call_with_address (self, 1, SWB_CALL_ACCEPT, 10, 0, "127.0.0.1:4001");
      for (guint i = 0; i < n_closing && n > 0; i++)
        call (self, 1, (guint)g_test_rand_int_range (1, (gint)n + 1), SWB_CALL_CLOSE, 0, 0);
      fold (self);
      check_open (pane);
      for (guint i = 0; i < mirror->len; i++)
        g_assert_cmpuint (swb_pane_find_open (pane, g_array_index (mirror, guint, i)), ==,
                          i);
    }
  g_signal_handlers_disconnect_by_data (connections, mirror);
}

static void
test_connect (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane c AF_INET SOCK_STREAM 0");
  SwbConnection *socket = swb_pane_get_socket (pane);

  call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  call_with_address (self, 1, SWB_CALL_CONNECT, -1, EINPROGRESS, "127.0.0.1:7000");
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTING);
  g_assert_cmpint (swb_pane_get_role (pane), ==, SWB_ROLE_CLIENT);
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_NONE);

  answer_so_error (self, 1, 0);
  call_with_address (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "127.0.0.1:4000");
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED);
  g_assert_true (swb_pane_has_done (pane, SWB_CALL_CONNECT));
  assert_address (swb_connection_get_local (socket), "127.0.0.1:4000");
  assert_address (swb_connection_get_peer (socket), "127.0.0.1:7000");

  call (self, 1, 0, SWB_CALL_SEND, 700, 0);
  note (self, 1, 0, SWB_NOTE_WAITING, 4242, "");
  fold (self);
  g_assert_cmpuint (swb_pane_get_n_sent (pane), ==, 700);
  g_assert_cmpuint (swb_connection_get_n_waiting (socket), ==, 4242);
  note (self, 1, 0, SWB_NOTE_DRAINED, 4242, "");
  call (self, 1, 0, SWB_CALL_SHUTDOWN, 0, 0);
  fold (self);
  g_assert_cmpuint (swb_connection_get_n_waiting (socket), ==, 0);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED); /* SHUT_RD */

  {
    SwbRecord record = call_record (1, 0, SWB_CALL_SHUTDOWN, 0, 0);
    record.ints[0] = SHUT_WR;
    append (self, record);
  }
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_SHUT);
  receive (self, 1, 0, "", 0);
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CLOSED);
  call (self, 1, 0, SWB_CALL_CLOSE, 0, 0);
  fold (self);
  g_assert_false (swb_pane_has_done (pane, SWB_CALL_CONNECT));
  g_assert_cmpint (swb_connection_get_fd (socket), ==, -1);

  call (self, 1, 0, SWB_CALL_SOCKET, 8, 0);
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  g_assert_cmpuint (swb_connection_get_peer (socket)->length, ==, 0);
  g_assert_cmpuint (swb_pane_get_n_sent (pane), ==, 700);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane c AF_INET SOCK_STREAM 0");
  const SwbFailure *failure = swb_pane_get_failure (pane);

  call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  call_with_address (self, 1, SWB_CALL_CONNECT, -1, EINPROGRESS, "127.0.0.1:1");
  answer_so_error (self, 1, ECONNREFUSED);
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  g_assert_cmpint (failure->call, ==, SWB_CALL_CONNECT);
  g_assert_cmpint (failure->error, ==, ECONNREFUSED);
  assert_address (&failure->address, "127.0.0.1:1");
  g_assert_cmpuint (failure->position, ==, self->n_folded - 1);

  command (self, 1, "c connect 127.0.0.1:2");
  fold (self);
  g_assert_cmpint (failure->call, ==, SWB_CALL_NONE);
}

static void
test_address_in_use (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane s AF_INET SOCK_STREAM 0");
  const SwbFailure *failure = swb_pane_get_failure (pane);

  call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  call_with_address (self, 1, SWB_CALL_BIND, -1, EADDRINUSE, "127.0.0.1:7000");
  note (self, 1, 0, SWB_NOTE_HOLDER, 0, "held by python3");
  fold (self);
  g_assert_cmpint (failure->error, ==, EADDRINUSE);
  g_assert_cmpstr (failure->detail, ==, "held by python3");
  g_assert_false (failure->stale);
  note (self, 1, 0, SWB_NOTE_STALE, 0, "nobody listens");
  fold (self);
  g_assert_true (failure->stale);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);

  call_with_address (self, 1, SWB_CALL_BIND, 0, 0, "127.0.0.1:7001");
  fold (self);
  g_assert_cmpint (failure->call, ==, SWB_CALL_NONE);
  g_assert_null (failure->detail);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_BOUND);
}

static void
test_reset (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_server (self);

  call_with_address (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4001");
  receive (self, 1, 1, "", EAGAIN);
  receive (self, 1, 1, "", EINTR);
  fold (self);
  g_assert_cmpint (swb_pane_get_failure (pane)->call, ==, SWB_CALL_NONE);
  receive (self, 1, 1, "", ECONNRESET);
  fold (self);
  g_assert_cmpint (swb_connection_get_state (swb_pane_find_connection (pane, 1)), ==,
                   SWB_STATE_RESET);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_LISTENING);
  g_assert_cmpuint (swb_pane_get_failure (pane)->connection, ==, 1);
}

static void
test_datagrams (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane u AF_INET SOCK_DGRAM 0");
  SwbAddress none = { .length = sizeof (sa_family_t), .family = AF_UNSPEC };
  SwbRecord record;

  call (self, 1, 0, SWB_CALL_SOCKET, 3, 0);
  call_with_address (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "0.0.0.0:0");
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  call_with_address (self, 1, SWB_CALL_CONNECT, 0, 0, "127.0.0.1:53");
  receive (self, 1, 0, "", 0);
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED);

  call (self, 1, 0, SWB_CALL_SEND, -1, ECONNREFUSED);
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CONNECTED);
  g_assert_cmpint (swb_pane_get_failure (pane)->error, ==, ECONNREFUSED);

  record = call_record (1, 0, SWB_CALL_CONNECT, 0, 0);
  record.address = none;
  append (self, record);
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_CREATED);
  call_with_address (self, 1, SWB_CALL_GETSOCKNAME, 0, 0, "0.0.0.0:4000");
  fold (self);
  g_assert_cmpint (swb_pane_get_state (pane), ==, SWB_STATE_BOUND);
}

static void
test_peek (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane u AF_INET SOCK_DGRAM 0");
  SwbRecord record = call_record (1, 0, SWB_CALL_RECV, 5, 0);

  record.ints[0] = 65536;
  record.ints[1] = MSG_PEEK;
  record.data = (const guint8 *)"hello";
  record.n_data = 5;
  append (self, record);
  fold (self);
  g_assert_cmpuint (swb_pane_get_n_received (pane), ==, 0);
  g_assert_cmpuint (swb_pane_get_n_calls (pane), ==, 1);
}

static void
test_receive_buffer (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane u AF_INET SOCK_DGRAM 0");
  SwbRecord record = call_record (1, 0, SWB_CALL_SETSOCKOPT, 0, 0);
  g_autofree char *line = NULL;
  int value = 4194304, mode[3];

  record.ints[0] = SOL_SOCKET;
  record.ints[1] = SO_RCVBUF;
  record.data = (const guint8 *)&value;
  record.n_data = sizeof value;
  append (self, record);
  record.call = SWB_CALL_GETSOCKOPT;
  value = 425984;
  append (self, record);
  fold (self);
  g_assert_cmpint (swb_pane_get_receive_asked (pane), ==, 4194304);
  g_assert_cmpint (swb_pane_get_receive_given (pane), ==, 425984);
  g_assert_null (swb_pane_dup_receive_line (pane));

  command (self, 1, "u setsockopt SOL_SOCKET SO_RCVBUF 4096");
  command (self, 1, "u recv auto recvmsg 4");
  command (self, 1, "u recv manual");
  fold (self);
  line = swb_pane_dup_receive_line (pane);
  g_assert_cmpstr (line, ==, "u setsockopt SOL_SOCKET SO_RCVBUF 4096");
  g_assert_false (swb_pane_get_recv_auto (pane));
  swb_pane_get_recv_mode (pane, mode);
  g_assert_cmpint (mode[0], ==, SWB_CALL_RECVMSG);
  g_assert_cmpint (mode[1], ==, 4);
}

static void
test_socketpair (Fixture *self, gconstpointer data)
{
  SwbPane *a = make_pane (self, 1, "pane a AF_UNIX SOCK_STREAM 0");
  SwbPane *b = make_pane (self, 2, "pane b AF_UNIX SOCK_STREAM 0");
  int fds[2] = { 7, 8 };
  SwbRecord record = call_record (1, 0, SWB_CALL_SOCKETPAIR, 0, 0);

  command (self, 1, "a socketpair b");
  record.data = (const guint8 *)fds;
  record.n_data = sizeof fds;
  append (self, record);
  g_signal_connect (b, "changed", G_CALLBACK (changed_cb), self);
  fold (self);
  g_assert_cmpint (swb_pane_get_state (a), ==, SWB_STATE_CONNECTED);
  g_assert_cmpint (swb_pane_get_state (b), ==, SWB_STATE_CONNECTED);
  g_assert_cmpint (swb_connection_get_fd (swb_pane_get_socket (a)), ==, 7);
  g_assert_cmpint (swb_connection_get_fd (swb_pane_get_socket (b)), ==, 8);
  g_assert_cmpuint (self->n_changed, ==, 1);
}

static void
test_waiting (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane a AF_INET SOCK_STREAM 0");
  guint64 first, second, found = 0;

  first = command (self, 1, "a accept within 5s");
  second = command (self, 1, "a#1 send <99999 bytes>");
  fold (self);
  g_assert_true (swb_pane_is_waiting (pane, SWB_VERB_ACCEPT, &found));
  g_assert_cmpuint (found, ==, first);
  g_assert_true (swb_pane_is_waiting (pane, SWB_VERB_SEND, &found));
  g_assert_cmpuint (found, ==, second);
  g_assert_false (swb_pane_is_waiting (pane, SWB_VERB_RECV, NULL));
  outcome (self, 1, first, ETIMEDOUT);
  fold (self);
  g_assert_false (swb_pane_is_waiting (pane, SWB_VERB_ACCEPT, NULL));
}

static void
test_problem (Fixture *self, gconstpointer data)
{
  SwbPane *pane = make_pane (self, 1, "pane a AF_INET SOCK_STREAM 0");

  command (self, 1, "a connect nowhere.invalid:1");
  note (self, 1, 0, SWB_NOTE_PROBLEM, 0, "no such name");
  fold (self);
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

/* The fold has to keep up with a million records a second; the figure is printed. */
static void
test_speed (Fixture *self, gconstpointer data)
{
  enum
  {
    N = 200000
  };
  gint64 start;
  double seconds;

  make_server (self);
  call_with_address (self, 1, SWB_CALL_ACCEPT, 5, 0, "127.0.0.1:4001");
  for (guint i = 0; i < N; i++)
    receive (self, 1, 1, "hello", 0);
  g_assert_true (swb_journal_publish (self->journal, NULL));
  start = g_get_monotonic_time ();
  fold (self);
  seconds = (double)(g_get_monotonic_time () - start) / 1e6;
  g_test_message ("%.0f records a second", N / seconds);
  g_assert_cmpuint (swb_pane_get_n_received (swb_fold_get_pane (self->fold, 1)), ==, 5 * N);
}

#define ADD(path, func) g_test_add ("/pane/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("spec", test_spec);
  ADD ("modes", test_modes);
  ADD ("server", test_server);
  ADD ("many-connections", test_many_connections);
  ADD ("random-connections", test_random_connections);
  ADD ("connect", test_connect);
  ADD ("refused", test_refused);
  ADD ("address-in-use", test_address_in_use);
  ADD ("reset", test_reset);
  ADD ("datagrams", test_datagrams);
  ADD ("peek", test_peek);
  ADD ("receive-buffer", test_receive_buffer);
  ADD ("socketpair", test_socketpair);
  ADD ("waiting", test_waiting);
  ADD ("problem", test_problem);
  ADD ("speed", test_speed);
  g_test_add_func ("/pane/state-names", test_state_names);
  return g_test_run ();
}
