/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <sys/resource.h>

#include "clients/many-clients.h"
#include "engine-fixture.h"

/* Many connections into one server, and more than the process may have. The program has
 * the limits of its own process. */

#define FEW_DESCRIPTORS 100

static const char *clients_program;

static void
limit_descriptors (rlim_t soft, rlim_t hard)
{
  struct rlimit limit = { soft, hard };

  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
}

static rlim_t
get_soft_limit (void)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  return limit.rlim_cur;
}

static rlim_t
get_hard_limit (void)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  return limit.rlim_max;
}

static int
ask (Bench *bench, ManyClients *clients, const char *what, guint port, guint count,
     guint run)
{
  many_clients_tell (clients, "%s %u %u %u", what, port, count, run);
  return many_clients_await (clients, bench->context);
}

static void
test_many (void)
{
  CallOf accepted = { 1, SWB_CALL_ACCEPT, 0 };
  CallOf closed = { 1, SWB_CALL_CLOSE, 0 };
  ManyClients clients;
  SwbAddress address;
  Bench bench;

  g_test_summary ("every one of a thousand connections is echoed to, and ends");
  many_clients_start (&clients, clients_program);
  bench_init (&bench);
  bench_serve (&bench, &address);
  bench_number (&bench, SWB_VERB_REPLY, 1, 0, SWB_REPLY_ECHO);
  g_assert_cmpint (ask (&bench, &clients, "open", swb_address_get_port (&address), 1000, 0),
                   ==, 1000);
  g_assert_cmpint (ask (&bench, &clients, "echo", 2000, 100, 1000), ==, 2000);
  g_assert_cmpuint (bench_count (&bench, is_call, &accepted, NULL), ==, 1000);
  many_clients_tell (&clients, "close 0");
  g_assert_cmpint (many_clients_await (&clients, bench.context), ==, 0);
  bench_wait_for (&bench, is_call, &closed, 1000, NULL);
  many_clients_stop (&clients);
  bench_clear (&bench);
}

static gboolean
is_turned_away (const SwbRecord *record, gpointer user_data)
{
  return record->kind == SWB_RECORD_CALL && record->call == SWB_CALL_ACCEPT
         && record->error == 0 && record->origin == SWB_ORIGIN_ENGINE;
}

static void
test_beyond_limit (void)
{
  CallOf accepted = { 1, SWB_CALL_ACCEPT, 0 };
  ManyClients clients;
  SwbAddress address;
  guint port, n_kept, n_turned_away;
  Bench bench;

  g_test_summary ("beyond the hard limit connections are turned away one by one, those "
                  "that are there go on, and when some end others come in");
  many_clients_start (&clients, clients_program);
  limit_descriptors (FEW_DESCRIPTORS / 2, FEW_DESCRIPTORS);
  bench_init (&bench);
  g_assert_cmpuint (get_soft_limit (), ==, FEW_DESCRIPTORS);
  bench_serve (&bench, &address);
  bench_number (&bench, SWB_VERB_REPLY, 1, 0, SWB_REPLY_ECHO);
  port = swb_address_get_port (&address);

  g_assert_cmpint (ask (&bench, &clients, "open", port, 200, 1), ==, 200);
  bench_wait_for (&bench, is_call, &accepted, 200, NULL);
  n_turned_away = bench_count (&bench, is_turned_away, NULL, NULL);
  n_kept = 200 - n_turned_away;
  g_assert_cmpuint (n_kept, >, FEW_DESCRIPTORS / 2);
  g_assert_cmpuint (n_kept, <, FEW_DESCRIPTORS);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTORS), n_turned_away,
                  NULL);
  many_clients_tell (&clients, "wait-end %u", n_turned_away);
  g_assert_cmpint (many_clients_await (&clients, bench.context), ==, (int)n_turned_away);

  /* The first are those that were let in. */
  many_clients_tell (&clients, "keep %u", n_kept);
  g_assert_cmpint (many_clients_await (&clients, bench.context), ==, (int)n_kept);
  g_assert_cmpint (ask (&bench, &clients, "echo", 2 * n_kept, n_kept, n_kept), ==,
                   (int)(2 * n_kept));
  many_clients_tell (&clients, "close %u", 10);
  many_clients_await (&clients, bench.context);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_CLOSE, 0 }, n_turned_away + 10,
                  NULL);
  g_assert_cmpint (ask (&bench, &clients, "open", port, 10, 2), ==, (int)n_kept);
  g_assert_cmpint (ask (&bench, &clients, "echo", n_kept, n_kept, n_kept), ==, (int)n_kept);
  g_assert_cmpuint (bench_count (&bench, is_turned_away, NULL, NULL), ==, n_turned_away);
  many_clients_stop (&clients);
  bench_clear (&bench);
}

/* Where not even the spare descriptor helps, as with ENFILE of the whole system. */
static void
test_rest (void)
{
  CallOf refused = { 1, SWB_CALL_ACCEPT, EMFILE };
  rlim_t hard = get_hard_limit ();
  ManyClients clients;
  SwbRecord first, third;
  SwbAddress address;
  Bench bench;

  g_test_summary ("a server that can let nobody in asks the kernel at a slow pace");
  many_clients_start (&clients, clients_program);
  bench_init (&bench);
  bench_serve (&bench, &address);
  limit_descriptors (3, hard);
  g_assert_cmpint (ask (&bench, &clients, "open", swb_address_get_port (&address), 1, 3),
                   ==, 1);

  /* Two of a turn: without the spare and with it. */
  bench_wait_for (&bench, is_call, &refused, 1, &first);
  bench_wait_for (&bench, is_call, &refused, 4, &third);
  g_assert_cmpint (third.time_ns - first.time_ns, >=, 50 * 1000000);
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTORS), NULL), ==, 0);
  limit_descriptors (hard, hard);
  bench_wait_for (&bench, is_call, &(CallOf){ 1, SWB_CALL_ACCEPT, 0 }, 1, NULL);
  many_clients_stop (&clients);
  bench_clear (&bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  clients_program = argv[1];
  g_test_add_func ("/engine/many/echo", test_many);
  g_test_add_func ("/engine/many/rest", test_rest);
  /* Last: the hard limit stays low. */
  g_test_add_func ("/engine/many/beyond-limit", test_beyond_limit);
  return g_test_run ();
}
