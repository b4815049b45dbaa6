/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "engine-fixture.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>

#include "journal/store/swb-follower.h"

#define PATIENCE_S 60

void
bench_init_at (Bench *bench, const char *folder)
{
  g_autoptr (GError) error = NULL;

  if (g_getenv ("SWB_TEST_FAULTS") != NULL)
    swb_sys_inject (SWB_FAULT_EAGAIN | SWB_FAULT_EINTR | SWB_FAULT_SHORT, 2);
  bench->folder = g_strdup (folder);
  bench->journal = swb_journal_new (bench->folder, &error);
  g_assert_no_error (error);
  bench->engine = swb_engine_new (bench->journal, &error);
  g_assert_no_error (error);
  bench->context = g_main_context_new ();
  bench->last_id = 0;
}

void
bench_init (Bench *bench)
{
  g_autofree char *parent = g_dir_make_tmp ("swb-engine-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (parent, "journal", NULL);

  bench_init_at (bench, folder);
}

void
bench_clear (Bench *bench)
{
  g_autofree char *parent = g_path_get_dirname (bench->folder);

  g_clear_pointer (&bench->engine, swb_engine_free);
  g_clear_pointer (&bench->context, g_main_context_unref);
  swb_journal_delete (bench->journal);
  g_clear_pointer (&bench->journal, swb_journal_unref);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  g_clear_pointer (&bench->folder, g_free);
}

guint64
bench_order (Bench *bench, SwbOrder *order)
{
  order->id = ++bench->last_id;
  if (order->text == NULL)
    order->text = g_strdup (swb_verb_get_name (order->verb));
  swb_engine_submit (bench->engine, order);
  return bench->last_id;
}

guint64
bench_pane (Bench *bench, guint pane, int domain, int type)
{
  SwbOrder *order = swb_order_new (SWB_VERB_PANE, pane, 0);

  order->numbers[0] = domain;
  order->numbers[1] = type;
  return bench_order (bench, order);
}

guint64
bench_verb (Bench *bench, SwbVerb verb, guint pane, guint connection)
{
  return bench_order (bench, swb_order_new (verb, pane, connection));
}

guint64
bench_number (Bench *bench, SwbVerb verb, guint pane, guint connection, int number)
{
  SwbOrder *order = swb_order_new (verb, pane, connection);

  order->numbers[0] = number;
  return bench_order (bench, order);
}

guint64
bench_address (Bench *bench, SwbVerb verb, guint pane, const SwbAddress *address)
{
  SwbOrder *order = swb_order_new (verb, pane, 0);

  order->address = *address;
  return bench_order (bench, order);
}

guint64
bench_option (Bench *bench, guint pane, int level, int name, int value)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SETSOCKOPT, pane, 0);

  order->numbers[0] = level;
  order->numbers[1] = name;
  order->bytes = g_bytes_new (&value, sizeof (value));
  return bench_order (bench, order);
}

guint64
bench_send (Bench *bench, guint pane, guint connection, const char *text)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SEND, pane, connection);

  order->bytes = g_bytes_new (text, strlen (text));
  return bench_order (bench, order);
}

guint
bench_count (Bench *bench, RecordFunc is_it, gpointer user_data, SwbRecord *last)
{
  guint64 n_records = swb_journal_get_n_records (bench->journal);
  guint count = 0;

  for (guint64 i = 0; i < n_records; i++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (bench->journal, i, &record));
      if (!is_it (&record, user_data))
        continue;
      count++;
      if (last != NULL)
        *last = record;
    }
  return count;
}

static gboolean
more_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
out_of_patience_cb (gpointer user_data)
{
  g_error ("the engine did not answer in %d s", PATIENCE_S);
  return G_SOURCE_REMOVE;
}

void
bench_wait_for (Bench *bench, RecordFunc is_it, gpointer user_data, guint count,
                SwbRecord *last)
{
  g_autoptr (GSource) follower = swb_follower_new (bench->journal, 0, 0);
  g_autoptr (GSource) timer = g_timeout_source_new_seconds (PATIENCE_S);

  g_source_set_callback (follower, G_SOURCE_FUNC (more_cb), NULL, NULL);
  g_source_attach (follower, bench->context);
  g_source_set_callback (timer, out_of_patience_cb, NULL, NULL);
  g_source_attach (timer, bench->context);
  while (bench_count (bench, is_it, user_data, last) < count)
    g_main_context_iteration (bench->context, TRUE);
  g_source_destroy (follower);
  g_source_destroy (timer);
}

gboolean
is_outcome (const SwbRecord *record, gpointer id)
{
  return record->kind == SWB_RECORD_OUTCOME && record->ints[0] == (gint64) * (guint64 *)id;
}

int
bench_wait (Bench *bench, guint64 id)
{
  SwbRecord outcome;

  bench_wait_for (bench, is_outcome, &id, 1, &outcome);
  return outcome.error;
}

gboolean
is_call (const SwbRecord *record, gpointer user_data)
{
  const CallOf *wanted = user_data;

  return record->kind == SWB_RECORD_CALL && record->pane == wanted->pane
         && record->call == wanted->call && record->error == wanted->error;
}

gboolean
is_note (const SwbRecord *record, gpointer note)
{
  return record->kind == SWB_RECORD_NOTE && record->note == (SwbNote)GPOINTER_TO_INT (note);
}

typedef struct
{
  guint pane;
  guint connection;
  GByteArray *bytes;
} Received;

static gboolean
collect (const SwbRecord *record, gpointer user_data)
{
  Received *received = user_data;

  if (record->kind == SWB_RECORD_CALL && record->pane == received->pane
      && record->connection == received->connection
      && swb_record_get_direction (record) < 0)
    g_byte_array_append (received->bytes, record->data, record->n_data);
  return FALSE;
}

static gboolean
has_received (const SwbRecord *record, gpointer user_data)
{
  gpointer *arguments = user_data;
  Received *received = arguments[1];
  gsize length = *(gsize *)arguments[2];

  /* Asked of every record; the whole is looked at once, at the first. */
  if (record->kind != SWB_RECORD_COMMAND || record->ints[0] != 1)
    return FALSE;
  g_byte_array_set_size (received->bytes, 0);
  bench_count (arguments[0], collect, received, NULL);
  return received->bytes->len >= length;
}

GBytes *
bench_wait_received (Bench *bench, guint pane, guint connection, gsize length)
{
  Received received = { pane, connection, g_byte_array_new () };
  gpointer arguments[] = { bench, &received, &length };

  bench_wait_for (bench, has_received, arguments, 1, NULL);
  return g_byte_array_free_to_bytes (received.bytes);
}

void
bench_get_local (Bench *bench, guint pane, SwbAddress *address)
{
  CallOf asked = { pane, SWB_CALL_GETSOCKNAME, 0 };
  SwbRecord record;

  bench_wait_for (bench, is_call, &asked, 1, &record);
  *address = record.address;
}

void
loopback (SwbAddress *address, guint16 port)
{
  memset (address, 0, sizeof (*address));
  address->in.sin_family = AF_INET;
  address->in.sin_port = htons (port);
  address->in.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address->length = sizeof (address->in);
}

void
bench_serve (Bench *bench, SwbAddress *address)
{
  SwbAddress any_port;

  loopback (&any_port, 0);
  bench_pane (bench, 1, AF_INET, SOCK_STREAM);
  g_assert_cmpint (bench_wait (bench, bench_address (bench, SWB_VERB_BIND, 1, &any_port)),
                   ==, 0);
  g_assert_cmpint (bench_wait (bench, bench_number (bench, SWB_VERB_LISTEN, 1, 0, 128)), ==,
                   0);
  bench_get_local (bench, 1, address);
}

void
bench_connect (Bench *bench)
{
  SwbAddress address;

  bench_serve (bench, &address);
  bench_pane (bench, 2, AF_INET, SOCK_STREAM);
  g_assert_cmpint (bench_wait (bench, bench_address (bench, SWB_VERB_CONNECT, 2, &address)),
                   ==, 0);
  g_assert_cmpint (bench_wait (bench, bench_verb (bench, SWB_VERB_ACCEPT, 1, 0)), ==, 0);
}

void
bench_pair (Bench *bench, int type)
{
  SwbOrder *order = swb_order_new (SWB_VERB_SOCKETPAIR, 1, 0);

  bench_pane (bench, 1, AF_UNIX, type);
  bench_pane (bench, 2, AF_UNIX, type);
  order->other_pane = 2;
  g_assert_cmpint (bench_wait (bench, bench_order (bench, order)), ==, 0);
}

void
bench_pair_and_third (Bench *bench)
{
  SwbAddress address;

  bench_pair (bench, SOCK_STREAM);
  bench_wait (bench, bench_number (bench, SWB_VERB_RECV_MODE, 2, 0, FALSE));
  bench_pane (bench, 3, AF_INET, SOCK_DGRAM);
  loopback (&address, 0);
  g_assert_cmpint (bench_wait (bench, bench_address (bench, SWB_VERB_BIND, 3, &address)),
                   ==, 0);
}
