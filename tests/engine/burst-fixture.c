/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "burst-fixture.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* --- the sender --- */

/* Each datagram begins with its number. */
gpointer
send_burst (gpointer data)
{
  Burst *burst = data;
  g_autofree guint8 *bytes = g_malloc0 (MAX (burst->n_bytes, 4));
  int fd = socket (burst->to.family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (connect (fd, &burst->to.sa, burst->to.length), ==, 0);
  for (guint32 i = 0; i < burst->n_datagrams; i++)
    {
      memcpy (bytes, &i, sizeof (i));
      /* A pane that closes in the middle answers with ECONNREFUSED. */
      if (send (fd, bytes, burst->n_bytes, 0) == (gssize)burst->n_bytes)
        g_atomic_int_inc (&burst->n_sent);
      if (burst->pause_every > 0 && i % burst->pause_every == 0)
        g_usleep (2000);
    }
  close (fd);
  return NULL;
}

/* --- what the journal says of it --- */

static void
take_received (Account *account, const SwbRecord *record)
{
  guint32 number = 0;

  account->n_kept++;
  memcpy (&number, record->data, MIN (record->n_data, sizeof (number)));
  if (account->in_place)
    g_assert_cmpuint (number, ==, account->expected);
  account->expected = number + 1;
}

static void
take_call (Account *account, const SwbRecord *record)
{
  if (swb_call_get_info (record->call)->data == SWB_DATA_IN)
    {
      if (record->error == 0)
        take_received (account, record);
      account->n_again += record->error == EAGAIN;
    }
  if (record->call == SWB_CALL_GETSOCKOPT && record->ints[1] == 55)
    account->n_asked++;
  if (record->call == SWB_CALL_CLOSE)
    account->is_closed = TRUE;
}

void
look (Bench *bench, Account *account)
{
  guint64 n_records = swb_journal_get_n_records (bench->journal);

  for (; account->next < n_records; account->next++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (bench->journal, account->next, &record));
      if (record.pane != account->pane)
        continue;
      if (record.kind == SWB_RECORD_CALL)
        take_call (account, &record);
      if (record.kind == SWB_RECORD_NOTE && record.note == SWB_NOTE_LOST)
        {
          account->n_lost += (guint64)record.ints[0];
          account->expected += (guint32)record.ints[0];
        }
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
wait_until (Bench *bench, Account *account, guint64 n_sent)
{
  g_autoptr (GSource) ticker = g_timeout_source_new (5);
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  g_source_set_callback (ticker, tick_cb, NULL, NULL);
  g_source_attach (ticker, bench->context);
  for (look (bench, account); account->n_kept + account->n_lost < n_sent;
       look (bench, account))
    {
      if (g_get_monotonic_time () > deadline)
        break;
      g_main_context_iteration (bench->context, TRUE);
    }
  g_source_destroy (ticker);
}

/* Waits until all is accounted for. */
void
wait_for_sum (Bench *bench, Account *account, guint64 n_sent)
{
  wait_until (bench, account, n_sent);
  g_test_message ("sent %" G_GUINT64_FORMAT ", kept %" G_GUINT64_FORMAT
                  ", lost %" G_GUINT64_FORMAT ", asked %u times",
                  n_sent, account->n_kept, account->n_lost, account->n_asked);
  g_assert_cmpuint (account->n_kept + account->n_lost, ==, n_sent);
}

/* --- panes --- */

/* @room: 0 leaves the default */
void
open_pane (Bench *bench, guint pane, int domain, int room, SwbAddress *address)
{
  SwbAddress any_port;

  loopback (&any_port, 0);
  if (domain == AF_INET6)
    {
      any_port = (SwbAddress){ .length = sizeof (struct sockaddr_in6) };
      any_port.in6.sin6_family = AF_INET6;
      any_port.in6.sin6_addr = in6addr_loopback;
    }
  bench_pane (bench, pane, domain, SOCK_DGRAM);
  if (room > 0)
    g_assert_cmpint (
        bench_wait (bench, bench_option (bench, pane, SOL_SOCKET, SO_RCVBUF, room)), ==, 0);
  g_assert_cmpint (
      bench_wait (bench, bench_address (bench, SWB_VERB_BIND, pane, &any_port)), ==, 0);
  bench_get_local (bench, pane, address);
}

guint64
receive_with (Bench *bench, guint pane, SwbCall call, int room)
{
  SwbOrder *order = swb_order_new (SWB_VERB_RECV_MODE, pane, 0);

  order->numbers[0] = (int)call;
  order->numbers[1] = room;
  return bench_order (bench, order);
}
