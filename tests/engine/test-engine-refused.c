/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine-fixture.h"

/* Where the kernel refuses a receive that the engine makes on its own, the datagram stays
 * and the socket is readable for ever. Local datagram sockets refuse MSG_OOB, on any
 * kernel. */

static const CallOf refused = { 1, SWB_CALL_RECVFROM, EOPNOTSUPP };
static const CallOf taken = { 1, SWB_CALL_RECVFROM, 0 };

static guint
count (Bench *bench, const CallOf *wanted)
{
  return bench_count (bench, is_call, (gpointer)wanted, NULL);
}

/* Round trips to the engine's thread, which looks at its sockets before each. */
static void
let_it_turn (Bench *bench)
{
  for (guint i = 0; i < 20; i++)
    bench_wait (bench, bench_verb (bench, SWB_VERB_GETSOCKNAME, 1, 0));
}

static void
receive_with_flags (Bench *bench, int flags)
{
  SwbOrder *order = swb_order_new (SWB_VERB_RECV_MODE, 1, 0);

  order->numbers[0] = TRUE;
  order->numbers[2] = flags;
  g_assert_cmpint (bench_wait (bench, bench_order (bench, order)), ==, 0);
}

static void
name_socket (SwbAddress *address, const char *name)
{
  memset (address, 0, sizeof (*address));
  address->un.sun_family = AF_UNIX;
  g_snprintf (address->un.sun_path + 1, 32, "swb-test-%s-%010d", name, (int)getpid ());
  address->length
      = (socklen_t)(sizeof (sa_family_t) + 1 + strlen (address->un.sun_path + 1));
}

static void
send_to (const SwbAddress *to, const char *text)
{
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (sendto (fd, text, strlen (text), 0,
                           (const struct sockaddr *)&to->storage, to->length),
                   ==, (gssize)strlen (text));
  close (fd);
}

/* A pane that was refused the datagram "first". */
static void
init_refused (Bench *bench, SwbAddress *address)
{
  name_socket (address, "refused");
  bench_init (bench);
  bench_pane (bench, 1, AF_UNIX, SOCK_DGRAM);
  receive_with_flags (bench, MSG_OOB);
  g_assert_cmpint (bench_wait (bench, bench_address (bench, SWB_VERB_BIND, 1, address)), ==,
                   0);
  send_to (address, "first");
  bench_wait_for (bench, is_call, (gpointer)&refused, 1, NULL);
}

static void
test_once (void)
{
  SwbAddress address;
  Bench bench;

  g_test_summary ("a receive that was refused is not made again, even when more comes");
  init_refused (&bench, &address);
  let_it_turn (&bench);
  g_assert_cmpuint (count (&bench, &refused), ==, 1);
  send_to (&address, "second");
  let_it_turn (&bench);
  g_assert_cmpuint (count (&bench, &refused), ==, 1);
  g_assert_cmpuint (count (&bench, &taken), ==, 0);
  bench_clear (&bench);
}

static void
test_other_way (void)
{
  g_autoptr (GBytes) bytes = NULL;
  SwbAddress address;
  Bench bench;

  g_test_summary ("asked for in another way, all that stayed comes");
  init_refused (&bench, &address);
  send_to (&address, "second");
  receive_with_flags (&bench, 0);
  bytes = bench_wait_received (&bench, 1, 0, strlen ("firstsecond"));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "firstsecond",
                   strlen ("firstsecond"));
  g_assert_cmpuint (count (&bench, &refused), ==, 1);
  bench_clear (&bench);
}

static void
test_again (void)
{
  SwbAddress address, peer;
  Bench bench;

  g_test_summary ("after a change it is made once more: the way to receive, or a peer");
  init_refused (&bench, &address);
  receive_with_flags (&bench, MSG_OOB);
  bench_wait_for (&bench, is_call, (gpointer)&refused, 2, NULL);
  let_it_turn (&bench);
  g_assert_cmpuint (count (&bench, &refused), ==, 2);

  name_socket (&peer, "peer");
  bench_pane (&bench, 2, AF_UNIX, SOCK_DGRAM);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 2, &peer)), ==,
                   0);
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 1, &peer)),
                   ==, 0);
  bench_wait_for (&bench, is_call, (gpointer)&refused, 3, NULL);
  let_it_turn (&bench);
  g_assert_cmpuint (count (&bench, &refused), ==, 3);
  bench_clear (&bench);
}

static void
test_by_hand (void)
{
  SwbAddress address;
  SwbRecord record;
  Bench bench;

  g_test_summary ("by hand it can be had meanwhile");
  init_refused (&bench, &address);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_RECV, 1, 0)), ==, 0);
  g_assert_cmpuint (bench_count (&bench, is_call, (gpointer)&taken, &record), ==, 1);
  g_assert_cmpmem (record.data, record.n_data, "first", strlen ("first"));
  g_assert_cmpuint (count (&bench, &refused), ==, 1);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/refused/once", test_once);
  g_test_add_func ("/engine/refused/other-way", test_other_way);
  g_test_add_func ("/engine/refused/again", test_again);
  g_test_add_func ("/engine/refused/by-hand", test_by_hand);
  return g_test_run ();
}
