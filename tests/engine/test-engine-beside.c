/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine-fixture.h"

/* What goes and comes beside the bytes, and what waits in queues: descriptors, credentials,
 * connections that nobody accepted. Panes 1 and 2 are a unix pair, 3 has a bound
 * UDP socket. */

/* With injected faults a call of its own is made once more. */
static int
run_again (Bench *bench, SwbOrder *(*make) (gpointer data), gpointer data)
{
  int error;

  do
    error = bench_wait (bench, bench_order (bench, make (data)));
  while (error == EAGAIN);
  return error;
}

typedef struct
{
  guint other;
  const char *path;
  int flags;
  gboolean has_credentials;
  int credentials[3];
} Beside;

static SwbOrder *
make_sendmsg (gpointer data)
{
  const Beside *beside = data;
  SwbOrder *order = swb_order_new (SWB_VERB_SENDMSG, 1, 0);

  order->bytes = g_bytes_new_static ("x", 1);
  order->other_pane = beside->other;
  order->path = g_strdup (beside->path);
  order->path_flags = beside->flags;
  order->has_credentials = beside->has_credentials;
  memcpy (order->credentials, beside->credentials, sizeof order->credentials);
  return order;
}

static int
send_beside (Bench *bench, Beside beside)
{
  return run_again (bench, make_sendmsg, &beside);
}

static int
receive (Bench *bench, int n_control)
{
  SwbOrder *order = swb_order_new (SWB_VERB_RECVMSG, 2, 0);

  order->numbers[2] = n_control;
  return bench_wait (bench, bench_order (bench, order));
}

static void
assert_text (const SwbRecord *record, const char *part)
{
  g_autofree char *text = g_strndup ((const char *)record->data, record->n_data);

  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

static void
test_taken (void)
{
  SwbAddress before, after;
  SwbRecord record;
  Bench bench;

  g_test_summary (
      "a socket that nobody asked for waits, says what it is, and can be taken once");
  bench_init (&bench);
  bench_pair_and_third (&bench);
  g_assert_cmpint (send_beside (&bench, (Beside){ .other = 3 }), ==, 0);
  g_assert_cmpint (receive (&bench, 0), ==, 0);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTOR), 1, &record);
  g_assert_cmpint (record.ints[1], ==, AF_INET | (gint64)SOCK_DGRAM << 32);
  g_assert_cmpint (record.ints[2], ==, IPPROTO_UDP);
  assert_text (&record, "AF_INET SOCK_DGRAM IPPROTO_UDP");

  bench_pane (&bench, 4, AF_INET, SOCK_DGRAM);
  g_assert_cmpint (bench_wait (&bench, bench_number (&bench, SWB_VERB_TAKE, 4, 0, 9999)),
                   ==, EBADF);
  g_assert_cmpint (
      bench_wait (&bench, bench_number (&bench, SWB_VERB_TAKE, 4, 0, (int)record.ints[0])),
      ==, 0);
  bench_get_local (&bench, 3, &before);
  bench_get_local (&bench, 4, &after);
  g_assert_cmpmem (&before.storage, before.length, &after.storage, after.length);
  g_assert_cmpint (
      bench_wait (&bench, bench_number (&bench, SWB_VERB_TAKE, 4, 0, (int)record.ints[0])),
      ==, EBADF);
  bench_clear (&bench);
}

static void
test_not_taken (void)
{
  SwbRecord record;
  Bench bench;
  int fds[3];

  g_test_summary (
      "one is closed when the pane has a socket, or no pane is named, or at the end");
  bench_init (&bench);
  bench_pair_and_third (&bench);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (send_beside (&bench, (Beside){ .other = 3 }), ==, 0);
      g_assert_cmpint (receive (&bench, 0), ==, 0);
      bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTOR), i + 1,
                      &record);
      fds[i] = (int)record.ints[0];
    }
  g_assert_cmpint (bench_wait (&bench, bench_number (&bench, SWB_VERB_TAKE, 3, 0, fds[0])),
                   ==, EALREADY);
  g_assert_cmpint (fcntl (fds[0], F_GETFD), ==, -1);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_TAKE, 0, 0, fds[1]));
  g_assert_cmpint (fcntl (fds[1], F_GETFD), ==, -1);
  g_assert_cmpint (fcntl (fds[2], F_GETFD), ==, FD_CLOEXEC);
  swb_engine_stop (bench.engine);
  g_assert_cmpint (fcntl (fds[2], F_GETFD), ==, -1);
  bench_clear (&bench);
}

static void
test_file (void)
{
  g_autofree char *path = NULL;
  SwbRecord record;
  Bench bench;
  int fd = g_file_open_tmp ("swb-test-XXXXXX", &path, NULL);

  g_test_summary (
      "an open file goes along; who gets it is told what it is, and it is closed");
  close (fd);
  bench_init (&bench);
  bench_pair_and_third (&bench);
  g_assert_cmpint (send_beside (&bench, (Beside){ .path = path, .flags = O_RDWR }), ==, 0);
  g_assert_cmpint (receive (&bench, 0), ==, 0);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTOR), 1, &record);
  g_assert_cmpint (record.ints[1], ==, -1);
  g_assert_cmpint (fcntl ((int)record.ints[0], F_GETFD), ==, -1);
  assert_text (&record, path);
  assert_text (&record, "0 bytes");

  g_assert_cmpint (send_beside (&bench, (Beside){ .path = "/dev/null" }), ==, 0);
  g_assert_cmpint (receive (&bench, 0), ==, 0);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTOR), 2, &record);
  assert_text (&record, "a device, /dev/null");

  g_unlink (path);
  g_assert_cmpint (send_beside (&bench, (Beside){ .path = path }), ==, ENOENT);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_PROBLEM), 1, &record);
  assert_text (&record, path);
  g_assert_cmpint (send_beside (&bench, (Beside){ .path = "/", .flags = O_WRONLY }), ==,
                   EISDIR);
  bench_clear (&bench);
}

static void
test_no_room (void)
{
  SwbRecord record;
  Bench bench;

  g_test_summary (
      "without room for control messages the descriptor is gone, and that is said");
  bench_init (&bench);
  bench_pair_and_third (&bench);
  g_assert_cmpint (send_beside (&bench, (Beside){ .other = 3 }), ==, 0);
  g_assert_cmpint (receive (&bench, -1), ==, 0);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_DESCRIPTOR), 1, &record);
  g_assert_cmpint (record.ints[0], ==, -1);
  assert_text (&record, "MSG_CTRUNC");
  bench_clear (&bench);
}

static void
test_credentials (void)
{
  SwbRecord record;
  Bench bench;

  g_test_summary ("credentials say which process sent the message, once for the same one");
  bench_init (&bench);
  bench_pair_and_third (&bench);
  bench_wait (&bench, bench_option (&bench, 2, SOL_SOCKET, SO_PASSCRED, 1));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (send_beside (&bench, (Beside){ .has_credentials = TRUE,
                                                      .credentials = { 0, -1, -1 } }),
                       ==, 0);
      g_assert_cmpint (receive (&bench, 0), ==, 0);
    }
  g_assert_cmpuint (
      bench_count (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_SENDER), &record), ==, 1);
  g_assert_cmpint (record.ints[0], ==, getpid ());
  g_assert_cmpint (record.ints[1], ==, getuid ());
  assert_text (&record, "test-engine");

  if (geteuid () != 0)
    g_assert_cmpint (send_beside (&bench, (Beside){ .has_credentials = TRUE,
                                                    .credentials = { 1, 0, 0 } }),
                     ==, EPERM);
  bench_clear (&bench);
}

/* A child connects to the unix socket and ends. */
static void
connect_and_end (const SwbAddress *address)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      int fd = socket (AF_UNIX, SOCK_STREAM, 0);

      _exit (connect (fd, &address->sa, address->length) == 0 ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static void
make_abstract (SwbAddress *address)
{
  *address = (SwbAddress){ .length = sizeof (sa_family_t) + 1 + 24 };
  address->un.sun_family = AF_UNIX;
  g_snprintf (address->un.sun_path + 1, 25, "swb-test-%015d", (int)getpid ());
}

static guint64
ask_peer (Bench *bench, guint pane, guint connection)
{
  SwbOrder *order = swb_order_new (SWB_VERB_GETSOCKOPT, pane, connection);

  order->numbers[0] = SOL_SOCKET;
  order->numbers[1] = SO_PEERCRED;
  return bench_order (bench, order);
}

static void
test_peer_process (void)
{
  SwbAddress address;
  SwbRecord record;
  Bench bench;

  g_test_summary ("SO_PEERCRED: a process by its name, one that is gone, and none");
  bench_init (&bench);
  make_abstract (&address);
  bench_pane (&bench, 1, AF_UNIX, SOCK_STREAM);
  bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address));
  bench_wait (&bench, bench_number (&bench, SWB_VERB_LISTEN, 1, 0, 4));
  connect_and_end (&address);
  bench_wait (&bench, bench_verb (&bench, SWB_VERB_ACCEPT, 1, 0));
  g_assert_cmpint (bench_wait (&bench, ask_peer (&bench, 1, 1)), ==, 0);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_PEER), 1, &record);
  g_assert_cmpuint (record.connection, ==, 1);
  g_assert_cmpint (record.ints[0], >, 0);
  g_assert_cmpuint (record.n_data, ==, 0);

  bench_pane (&bench, 2, AF_UNIX, SOCK_STREAM);
  g_assert_cmpint (bench_wait (&bench, ask_peer (&bench, 2, 0)), ==, 0);
  bench_wait_for (&bench, is_note, GINT_TO_POINTER (SWB_NOTE_PEER), 2, &record);
  g_assert_cmpint (record.ints[0], ==, 0);
  g_assert_cmpuint (record.n_data, ==, 0);
  bench_clear (&bench);
}

/* --- queues --- */

static void
wait_for_queue (Bench *bench, guint n_queued, guint limit)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;
  SwbRecord record = { 0 };

  while (bench_count (bench, is_note, GINT_TO_POINTER (SWB_NOTE_QUEUE), &record) == 0
         || record.ints[0] != n_queued)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (bench->context, FALSE);
      g_thread_yield ();
    }
  g_assert_cmpint (record.ints[1], ==, limit);
}

static void
test_queue (gconstpointer data)
{
  int domain = GPOINTER_TO_INT (data);
  SwbAddress address;
  Bench bench;

  g_test_summary ("what waits to be accepted is told of as it comes and goes");
  bench_init (&bench);
  if (domain == AF_INET)
    loopback (&address, 0);
  else
    make_abstract (&address);
  bench_pane (&bench, 1, domain, SOCK_STREAM);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_ACCEPT_MODE, 1, 0, FALSE));
  g_assert_cmpint (bench_wait (&bench, bench_address (&bench, SWB_VERB_BIND, 1, &address)),
                   ==, 0);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_QUEUE, 1, 0)), ==,
                   EINVAL);
  bench_wait (&bench, bench_number (&bench, SWB_VERB_LISTEN, 1, 0, 3));
  if (bench_wait (&bench, bench_verb (&bench, SWB_VERB_QUEUE, 1, 0)) == ENOENT)
    {
      g_test_skip ("this kernel has not got unix_diag");
      bench_clear (&bench);
      return;
    }
  wait_for_queue (&bench, 0, 3);
  if (domain == AF_INET)
    bench_get_local (&bench, 1, &address);
  for (guint i = 1; i <= 2; i++)
    {
      bench_pane (&bench, 1 + i, domain, SOCK_STREAM);
      g_assert_cmpint (
          bench_wait (&bench, bench_address (&bench, SWB_VERB_CONNECT, 1 + i, &address)),
          ==, 0);
      wait_for_queue (&bench, i, 3);
    }
  for (guint i = 2; i > 0; i--)
    {
      g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_ACCEPT, 1, 0)), ==,
                       0);
      wait_for_queue (&bench, i - 1, 3);
    }
  bench_clear (&bench);
}

static void
test_no_queue (void)
{
  Bench bench;

  bench_init (&bench);
  bench_pair_and_third (&bench);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_QUEUE, 1, 0)), ==,
                   EINVAL);
  g_assert_cmpint (bench_wait (&bench, bench_verb (&bench, SWB_VERB_QUEUE, 3, 0)), ==,
                   EINVAL);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/beside/taken", test_taken);
  g_test_add_func ("/engine/beside/not-taken", test_not_taken);
  g_test_add_func ("/engine/beside/file", test_file);
  g_test_add_func ("/engine/beside/no-room", test_no_room);
  g_test_add_func ("/engine/beside/credentials", test_credentials);
  g_test_add_func ("/engine/beside/peer-process", test_peer_process);
  g_test_add_data_func ("/engine/beside/queue/tcp", GINT_TO_POINTER (AF_INET), test_queue);
  g_test_add_data_func ("/engine/beside/queue/unix", GINT_TO_POINTER (AF_UNIX), test_queue);
  g_test_add_func ("/engine/beside/no-queue", test_no_queue);
  return g_test_run ();
}
