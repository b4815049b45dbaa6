/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/swb-notation.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "net/swb-error.h"
#include "random-record.h"

/* Lines of strace 6.1 of a program that made these calls, with its alignment taken out,
 * "0x0" where it has a pointer, and nine digits of time. */
static const char *const strace_lines[] = {
  "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 3",
  "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4",
  "socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE) = 5",
  "socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6) = 6",
  "socket(AF_INET6, SOCK_STREAM, IPPROTO_MPTCP) = 7",
  "socket(AF_UNIX, SOCK_SEQPACKET, 7) = -1 EPROTONOSUPPORT (Protocol not supported)",
  "socket(0x63 /* AF_??? */, SOCK_RAW|0x60 /* SOCK_??? */, 99) = -1 EINVAL (Invalid "
  "argument)",
  "socket(AF_INET, SOCK_CLOEXEC|SOCK_NONBLOCK|0xfff7f7ff, 0xffffffff /* IPPROTO_??? */) = "
  "-1 EINVAL (Invalid "
  "argument)",
  "socket(AF_INET, 0xf /* SOCK_??? */, IPPROTO_IP) = -1 EINVAL (Invalid argument)",
  "socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP) = -1 ESOCKTNOSUPPORT (Socket type not "
  "supported)",
  "socket(AF_INET, SOCK_DCCP|SOCK_CLOEXEC, IPPROTO_DCCP) = -1 ESOCKTNOSUPPORT (Socket type "
  "not supported)",
  "socket(AF_INET, 0, 0x12c /* IPPROTO_??? */) = -1 EINVAL (Invalid argument)",
  "socket(AF_UNSPEC, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported by "
  "protocol)",
  "socketpair(AF_UNIX, SOCK_STREAM, 0, [14, 15]) = 0",
  "socketpair(AF_INET, SOCK_STREAM, 0, 0x0) = -1 EOPNOTSUPP (Operation not "
  "supported)",
  "bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}, 16) "
  "= 0",
  "bind(3, {sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}, "
  "16) = -1 EADDRINUSE "
  "(Address already in use)",
  "bind(3, {sa_family=AF_INET, sa_data=\"\\0\\0\\177\\0\\0\\1\\0\\0\"}, 10) = -1 EINVAL "
  "(Invalid argument)",
  "bind(3, {sa_family=AF_INET}, 2) = -1 EINVAL (Invalid argument)",
  "bind(3, 0x0, 1) = -1 EINVAL (Invalid argument)",
  "bind(3, NULL, 0) = -1 EINVAL (Invalid argument)",
  "bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}, 128) "
  "= -1 EINVAL "
  "(Invalid argument)",
  "bind(3, {sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(5), "
  "inet_pton(AF_INET6, \"::1\", "
  "&sin6_addr), sin6_scope_id=77}, 28) = -1 EAFNOSUPPORT (Address family not supported by "
  "protocol)",
  "bind(3, {sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(5), "
  "inet_pton(AF_INET6, "
  "\"ff02::1\", &sin6_addr)}, 24) = -1 EAFNOSUPPORT (Address family not supported by "
  "protocol)",
  "bind(3, {sa_family=AF_INET6, "
  "sa_data=\"\\33X\\0\\0\\0\\5\\377\\2\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, "
  "23) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
  "bind(16, {sa_family=AF_UNIX, sun_path=\"/tmp/so\\\"\\nck\\303\\251\\201t1\"}, 110) = 0",
  "bind(17, {sa_family=AF_UNIX, sun_path=@\"demo\\0x\\\"y\"}, 11) = 0",
  "bind(17, {sa_family=AF_UNIX, sun_path=\"/tm\"}, 5) = -1 EINVAL (Invalid argument)",
  "bind(17, {sa_family=AF_UNIX}, 2) = 0",
  "bind(17, {sa_family=AF_UNIX, sun_path=@\"\"}, 3) = -1 EINVAL (Invalid argument)",
  "listen(3, 128) = 0",
  "listen(3, -1) = 0",
  "connect(19, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr(\"127.0.0.1\")}, "
  "16) = -1 EINPROGRESS "
  "(Operation now in progress)",
  "getsockname(16, {sa_family=AF_UNIX, sun_path=\"/tmp/x\"}, [300 => 9]) = 0",
  "getsockname(18, {sa_family=AF_UNIX, sun_path=@\"1004f\"}, [128 => 8]) = 0",
  "getsockname(18, {sa_family=AF_UNIX, sun_path=@\"\"}, [3 => 8]) = 0",
  "getsockname(18, 0x0, [0 => 8]) = 0",
  "getsockname(18, {sa_family=AF_UNIX}, [2 => 8]) = 0",
  "getsockname(22, {sa_family=AF_INET, sin_port=htons(54727), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, [16]) = 0",
  "getsockname(3, {sa_family=AF_INET, sa_data=\"\\244]\\177\\0\\0\\1\\0\\0\"}, [10 => 16]) "
  "= 0",
  "getpeername(3, 0x0, [128]) = -1 ENOTCONN (Transport endpoint is not connected)",
  "getsockname(3, 0x0, [-1]) = -1 EINVAL (Invalid argument)",
  "accept4(3, {sa_family=AF_INET, sin_port=htons(39460), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => 16], "
  "SOCK_CLOEXEC|SOCK_NONBLOCK) = 20",
  "accept4(3, 0x0, [128], SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable)",
  "accept4(3, NULL, NULL, SOCK_NONBLOCK|0x1) = -1 EINVAL (Invalid argument)",
  "accept4(3, NULL, NULL, 0x1 /* SOCK_??? */) = -1 EINVAL (Invalid argument)",
  "sendto(19, \"he\\0001\\t\\n\\r\\v\\f\\33\\\"\\\\\\200\\377'a\", 16, MSG_NOSIGNAL, NULL, "
  "0) = 16",
  "sendto(19, \"a\\0b\\09\", 5, "
  "MSG_OOB|MSG_DONTWAIT|MSG_NOSIGNAL|MSG_CMSG_COMPAT|0x100000, NULL, 0) = 5",
  "sendto(19, \"\", 0, 0, NULL, 0) = 0",
  "sendto(4, \"x\", 1, MSG_PROBE, NULL, 0) = 1",
  "sendto(21, \"\", 0, 0, {sa_family=AF_INET, sin_port=htons(54727), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0",
  "sendto(21, \"12\", 2, 0, {sa_family=0x63 /* AF_??? */, sa_data=\"abcdefgh\\1\"}, 11) = "
  "2",
  "sendto(21, \"12\", 2, 0, {sa_family=0x63 /* AF_??? */}, 2) = 2",
  "recvfrom(20, 0x0, 300, MSG_DONTWAIT|MSG_WAITALL|MSG_ERRQUEUE, NULL, NULL) = -1 EAGAIN "
  "(Resource temporarily "
  "unavailable)",
  "recvfrom(20, 0x0, 100, 0, 0x0, [128]) = -1 EAGAIN (Resource temporarily unavailable)",
  "recvfrom(20, \"\", 300, 0, NULL, NULL) = 0",
  "recvfrom(22, \"dat\", 3, MSG_TRUNC, {sa_family=AF_INET, sin_port=htons(59946), "
  "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => 16]) = 8",
  "recvfrom(17, \"zz\", 100, 0, 0x0, [128 => 0]) = 2",
  "shutdown(19, SHUT_WR) = 0",
  "shutdown(19, 0x5 /* SHUT_??? */) = -1 EINVAL (Invalid argument)",
  "setsockopt(19, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0",
  "setsockopt(19, SOL_TCP, TCP_NODELAY, \"\\1\", 1) = -1 EINVAL (Invalid argument)",
  "setsockopt(19, SOL_SOCKET, SO_REUSEADDR, 0x0, 0) = -1 EINVAL (Invalid argument)",
  "setsockopt(19, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}, 8) = 0",
  "setsockopt(19, SOL_SOCKET, SO_RCVTIMEO_OLD, \"\\1\\0\\0\\0\\0\\0\\0\\0 "
  "\\241\\7\\0\\0\\0\\0\\0\", 16) = 0",
  "setsockopt(3, SOL_TCP, TCP_CONGESTION, [1869505906], 4) = 0",
  "setsockopt(19, SOL_TCP, TCP_CONGESTION, \"cubic\", 5) = 0",
  "setsockopt(19, SOL_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.1\"), "
  "imr_interface=inet_addr(\"0.0.0.0\")}, 12) = 0",
  "setsockopt(19, SOL_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.1\"), "
  "imr_interface=inet_addr(\"0.0.0.0\")}, 8) = 0",
  "setsockopt(19, SOL_IPV6, IPV6_V6ONLY, [2], 4) = -1 ENOPROTOOPT (Protocol not available)",
  "setsockopt(19, SOL_UDP, UDP_SEGMENT, [2], 4) = -1 ENOPROTOOPT (Protocol not available)",
  "setsockopt(19, SOL_UDPLITE, 10, [2], 4) = -1 ENOPROTOOPT (Protocol not available)",
  "setsockopt(19, 0xffffffff /* SOL_?? */, 4294967295, [2], 4) = -1 ENOPROTOOPT (Protocol "
  "not available)",
  "setsockopt(19, SOL_SOCKET, 0x3e7 /* SO_??? */, [32768], 4) = -1 ENOPROTOOPT (Protocol "
  "not available)",
  "getsockopt(19, SOL_SOCKET, SO_ERROR, [0], [4]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_RCVBUF, [2304], [8 => 4]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_RCVBUF, 0x0, [0]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}, [8]) = 0",
  "getsockopt(14, SOL_SOCKET, SO_PEERCRED, {pid=24373, uid=0, gid=0}, [12]) = 0",
  "getsockopt(19, SOL_SOCKET, SO_BINDTODEVICE, \"lo\\0\", [100 => 3]) = 0",
  "getsockopt(19, 0x3e7 /* SOL_?? */, 999, 0x0, [4]) = -1 EOPNOTSUPP (Operation not "
  "supported)",
  "getsockopt(19, SOL_SOCKET, SO_TYPE, 0x0, [-5]) = -1 EINVAL (Invalid argument)",
  "unlink(\"/tmp/so\\\"\\nck\\303\\251\\201t1\") = -1 ENOENT (No such file or directory)",
  "unlink(\"/nonexist\\0016\") = -1 ENOENT (No such file or directory)",
  "close(3) = 0",
  "close(-1) = -1 EBADF (Bad file descriptor)",
};

/* Lines that only a journal has. */
static const char *const own_lines[] = {
  "server#1 1732282.123456790 recvfrom(4, \"hello\", 65536, 0, NULL, NULL) = 5 "
  "<0.000003000>",
  "server#all 1732282.123456790 close(4) = 0 <0.000000000>",
  "client 1732282.200000000 > #3 client connect 127.0.0.1:7000",
  "client 1732282.200000000 > #3 client send \"hello\\n\"",
  "client 1732282.300000000 < #3 ECONNREFUSED connect: nobody listens there <0.000100000>",
  "client 1732282.300000000 < #3 ok",
  "client 1732282.300000000 < #3 ok <0.000100000>",
  "client 1732282.400000000 * waiting(65536) 65,536 bytes wait…",
  "client 1732282.400000000 * text (hi)",
  "client 1732282.400000000 * note99(1,0,-3)",
  "client 1732282.400000000 * text \"\\33[31mred\"",
  "client 1732282.400000000 * text \"it took <0.000000001>\"",
  "client 1732282.400000000 * text \"\\\"quoted\\\"\" <4.294967295>",
  "client 0.000000000 sendto(4, \"hel\"..., 5, 0, NULL, 0) = 3 <0.000000001>",
  "client 0.000000000 sendto(4, \"\"..., 5, 0, NULL, 0) = -1 EPIPE (Broken pipe) "
  "<0.000000001>",
};

static const char *
name_cb (guint pane, gpointer user_data)
{
  return user_data;
}

static void
assert_round_trip (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  g_autofree char *back = NULL;
  SwbRecord record;

  swb_notation_parse (line, &record, &pane, &bytes, &error);
  g_assert_no_error (error);
  back = swb_notation_print (&record, NULL, name_cb, pane);
  g_assert_cmpstr (back, ==, line);
}

static void
test_strace (void)
{
  g_test_summary ("Lines of strace are understood, and printed as they were.");

  for (gsize i = 0; i < G_N_ELEMENTS (strace_lines); i++)
    {
      g_autofree char *line
          = g_strdup_printf ("server 1732282.123456789 %s <0.000004012>", strace_lines[i]);

      assert_round_trip (line);
    }
}

static void
test_own (void)
{
  g_test_summary ("Commands, outcomes and notes are understood, and printed as they were.");

  for (gsize i = 0; i < G_N_ELEMENTS (own_lines); i++)
    assert_round_trip (own_lines[i]);
}

static void
test_six_digits (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord record;

  g_test_summary ("The six digits of strace's own times are understood.");

  g_assert_true (swb_notation_parse ("server 12.000004 close(4) = 0 <0.000012>", &record,
                                     &pane, &bytes, NULL));
  g_assert_cmpint (record.time_ns, ==, G_GINT64_CONSTANT (12000004000));
  g_assert_cmpint (record.took_ns, ==, 12000);
  g_assert_cmpstr (pane, ==, "server");
}

static gint64
pick (const gint64 *values, gsize n)
{
  return values[g_test_rand_int_range (0, (gint32)n)];
}

#define PICK(...)                                                                          \
  pick ((const gint64[]){ __VA_ARGS__ },                                                   \
        sizeof ((gint64[]){ __VA_ARGS__ }) / sizeof (gint64))

static void
random_bytes (gpointer room, gsize n)
{
  for (gsize i = 0; i < n; i++)
    ((guint8 *)room)[i] = (guint8)PICK (0, 1, '0', '9', 'a', '"', '\\', '\n', 0x1b, 0x7f,
                                        0x80, 0xff, g_test_rand_int_range (0, 256));
}

static void
random_address (SwbAddress *address, socklen_t length)
{
  memset (address, 0, sizeof *address);
  random_bytes (&address->storage, length);
  address->length = length;
  if (length >= sizeof (sa_family_t) && g_test_rand_int_range (0, 10) > 0)
    address->family = (sa_family_t)PICK (AF_INET, AF_INET6, AF_UNIX, AF_UNSPEC, AF_NETLINK);
  if (address->family == AF_INET)
    memset (address->in.sin_zero, 0, sizeof address->in.sin_zero);
}

static socklen_t
random_length (void)
{
  return (socklen_t)PICK (0, 2, 3, 16, 24, 28, 110, 128, g_test_rand_int_range (2, 129));
}

/* Calls as they can be: what fails gives nothing back, and what is not in the call is zero.
 */
static void
random_call (SwbRecord *record, guint8 *room, gsize n_room)
{
  gboolean failed = record->error != 0;
  gsize n = (gsize)g_test_rand_int_range (0, (gint32)n_room + 1);
  gint64 flags = PICK (0, 0x40, 0x4000, 0x4040, 0x100000, g_test_rand_int ());

  random_bytes (room, n_room);
  record->data = room;
  record->call = g_test_rand_int_range (SWB_CALL_SOCKET, SWB_N_CALLS);
  const SwbCallInfo *info = swb_call_get_info (record->call);
  record->fd = info->has_fd ? g_test_rand_int_range (-1, 5000) : -1;

  socklen_t length = random_length ();
  if (info->address == SWB_ADDRESS_IN)
    random_address (&record->address,
                    record->call == SWB_CALL_SENDTO ? MAX (length, 2) : length);
  if (info->address == SWB_ADDRESS_OUT)
    {
      record->address_room = MAX (length, 1);
      if (!failed)
        random_address (&record->address, random_length ());
      /* The kernel writes no further than the room, and one byte is no family yet. */
      guint shown = record->address_room < 2 ? 0 : record->address_room;
      if (record->address.length > shown)
        memset ((guint8 *)&record->address.storage + shown, 0,
                record->address.length - shown);
    }

  switch (record->call)
    {
    case SWB_CALL_SOCKETPAIR:
      record->n_data = failed ? 0 : 8;
      G_GNUC_FALLTHROUGH;
    case SWB_CALL_SOCKET:
      record->ints[0] = PICK (AF_INET, AF_INET6, AF_UNIX, 99, -1, 0);
      record->ints[1] = PICK (1, 2, 5, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, -1,
                              g_test_rand_int ());
      record->ints[2] = PICK (0, 6, 17, 262, -1, g_test_rand_int ());
      break;
    case SWB_CALL_LISTEN:
    case SWB_CALL_SHUTDOWN:
      record->ints[0] = PICK (0, 1, 2, 128, -1);
      break;
    case SWB_CALL_ACCEPT:
      record->ints[0] = flags;
      break;
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
      record->n_data = failed ? 0 : n;
      record->ints[0] = (gint64)n + PICK (0, 1, 65536);
      record->ints[1] = flags;
      record->result = failed ? -1 : (int)n;
      break;
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
      record->n_data = failed ? 0 : n;
      record->ints[0] = (gint64)n + PICK (0, 1, 65536);
      record->ints[1] = flags;
      record->result = failed ? -1 : (int)n + (int)PICK (0, 0, 100);
      break;
    case SWB_CALL_SETSOCKOPT:
    case SWB_CALL_GETSOCKOPT:
      record->ints[0] = PICK (0, 1, 6, 17, 41, 136, 999, -1);
      record->ints[1] = PICK (1, 2, 4, 13, 17, 20, 35, 36, 999, -1);
      record->n_data = failed && record->call == SWB_CALL_GETSOCKOPT
                           ? 0
                           : (gsize)PICK (0, 1, 4, 8, 12, 16, n);
      if (record->call == SWB_CALL_GETSOCKOPT)
        record->ints[2] = (gint64)record->n_data + PICK (0, 1, 100);
      break;
    case SWB_CALL_UNLINK:
      record->n_data = n;
      break;
    default:
      break;
    }
}

static void
random_text (SwbRecord *record, guint8 *room, gsize n_room)
{
  static const char *const texts[] = { "",
                                       "client send \"x\"",
                                       "\"",
                                       " <0.000000001>",
                                       "<0.000000001>",
                                       "ok",
                                       "\xe2\x80\xae"
                                       "bidi",
                                       "héllo → …",
                                       "two\nlines",
                                       "\xff",
                                       "trailing \\",
                                       " leading",
                                       "\xe2\x80\xa8" };

  if (g_test_rand_bit ())
    {
      record->n_data = (gsize)g_test_rand_int_range (0, (gint32)n_room);
      random_bytes (room, record->n_data);
    }
  else
    {
      const char *text = texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];

      record->n_data = strlen (text);
      memcpy (room, text, record->n_data);
    }
  record->data = room;

  if (record->kind == SWB_RECORD_NOTE)
    {
      record->note = g_test_rand_int_range (0, 20);
      for (guint i = 0; i < SWB_RECORD_MAX_INTS; i++)
        record->ints[i] = PICK (0, 1, -1, G_MAXINT64, G_MININT64, 65536);
    }
  else
    record->ints[0] = PICK (0, 1, 77, G_MAXINT64);

  if (record->kind != SWB_RECORD_OUTCOME)
    record->error = 0;
  record->result = record->error != 0 ? -1 : 0;
}

static void
random_line_record (SwbRecord *record, guint8 *room, gsize n_room)
{
  *record = (SwbRecord){
    .time_ns = PICK (0, 1, G_MAXINT64, -1, G_GINT64_CONSTANT (1732282123456789012),
                     g_test_rand_int ()),
    .took_ns = PICK (0, 1, 999999999, 1000000000, G_MAXUINT32),
    .kind = g_test_rand_int_range (SWB_RECORD_CALL, SWB_RECORD_NOTE + 1),
    .connection = (guint)PICK (0, 0, 1, 70000, SWB_CONNECTION_ALL),
    .fd = -1,
    .error = (int)PICK (0, 0, 0, EAGAIN, ECONNREFUSED, EOPNOTSUPP, EPERM),
  };
  record->result = record->error != 0 ? -1 : (int)PICK (0, 1, 7, G_MAXINT32);
  if (record->kind == SWB_RECORD_CALL)
    random_call (record, room, n_room);
  else
    random_text (record, room, n_room);
  if (record->n_data == 0)
    record->data = NULL;
}

static void
assert_harmless (const char *line)
{
  g_assert_true (g_utf8_validate (line, -1, NULL));
  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
      g_assert_cmpint (g_unichar_type (g_utf8_get_char (at)), !=, G_UNICODE_FORMAT);
    }
}

static void
test_random (void)
{
  g_test_summary ("Random records of every kind come back in every field, and their lines "
                  "as they were.");

  for (int i = 0; i < 50000; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *pane = NULL;
      g_autofree char *line = NULL;
      g_autofree char *again = NULL;
      guint8 room[40];
      SwbRecord record, back;

      random_line_record (&record, room, sizeof room);
      line = swb_notation_print (&record, NULL, name_cb, "client");
      assert_harmless (line);
      if (!swb_notation_parse (line, &back, &pane, &bytes, &error))
        g_test_message ("%s", line);
      g_assert_no_error (error);
      g_assert_cmpstr (pane, ==, "client");
      assert_records_equal (&record, &back);
      again = swb_notation_print (&back, NULL, name_cb, pane);
      g_assert_cmpstr (again, ==, line);
    }
}

static void
parse_any (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord record;

  if (swb_notation_parse (line, &record, &pane, &bytes, &error))
    {
      g_autofree char *printed = swb_notation_print (&record, NULL, name_cb, pane);

      g_assert_nonnull (printed);
      return;
    }

  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_null (pane);
  g_assert_null (bytes);
}

static void
test_hostile (void)
{
  g_test_summary (
      "Lines cut anywhere or changed at random are refused or understood, never fatal.");

  for (gsize i = 0; i < G_N_ELEMENTS (strace_lines); i++)
    {
      g_autofree char *line
          = g_strdup_printf ("server 17.1 %s <0.000004012>", strace_lines[i]);

      for (gsize n = strlen (line); n-- > 0;)
        {
          /* Of the exact size, so that a sanitizer sees a step too far. */
          g_autofree char *cut = g_strndup (line, n);

          parse_any (cut);
        }
    }

  for (int i = 0; i < 50000; i++)
    {
      g_autofree char *line
          = i % 2 == 0
                ? g_strdup (own_lines[g_test_rand_int_range (0, G_N_ELEMENTS (own_lines))])
                : g_strdup_printf (
                    "s 1.1 %s <0.000004012>",
                    strace_lines[g_test_rand_int_range (0, G_N_ELEMENTS (strace_lines))]);
      gint32 length = (gint32)strlen (line);

      for (int j = g_test_rand_int_range (1, 4); j > 0; j--)
        line[g_test_rand_int_range (0, length)] = (char)PICK (
            '9', '-', ' ', '"', '\\', '{', ']', ',', '0', g_test_rand_int_range (1, 256));
      parse_any (line);
    }
}

static void
test_column (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord record;

  g_test_summary ("An error names the column where the line went wrong.");

  g_assert_false (swb_notation_parse ("server 1.5 bind(x", &record, &pane, &bytes, &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "17"));
  parse_any ("");
  parse_any (" ");
  parse_any ("server");
}

static void
test_journal_time (void)
{
  g_autofree char *folder = make_test_folder ();
  g_autoptr (SwbJournal) journal = swb_journal_new (folder, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord back, record = {
    .kind = SWB_RECORD_CALL, .call = SWB_CALL_CLOSE, .pane = 3, .fd = 4, .time_ns = 5
  };
  g_autofree char *line = swb_notation_print (&record, journal, NULL, NULL);

  g_test_summary ("With a journal the time is of the wall clock; a pane without a name has "
                  "its number.");

  g_assert_true (swb_notation_parse (line, &back, &pane, &bytes, NULL));
  g_assert_cmpint (back.time_ns, ==, swb_journal_to_wall_ns (journal, 5));
  g_assert_cmpstr (pane, ==, "pane3");
  remove_test_folder (folder);
}

static void
test_print_call (void)
{
  SwbRecord record
      = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_LISTEN, .fd = 3, .ints = { 128 } };
  g_autofree char *call = swb_notation_print_call (&record);
  g_autofree char *type
      = swb_notation_print_type (SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK);
  g_autofree char *flags = swb_notation_print_flags (MSG_NOSIGNAL);
  g_autofree char *none = swb_notation_print_flags (0);
  g_autofree char *level = swb_notation_print_level (SOL_SOCKET);
  g_autofree char *option = swb_notation_print_option (SOL_SOCKET, SO_ERROR);

  g_test_summary ("A call and its constants can be had alone.");

  g_assert_cmpstr (call, ==, "listen(3, 128) = 0");
  g_assert_cmpstr (type, ==, "SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK");
  g_assert_cmpstr (flags, ==, "MSG_NOSIGNAL");
  g_assert_cmpstr (none, ==, "0");
  g_assert_cmpstr (level, ==, "SOL_SOCKET");
  g_assert_cmpstr (option, ==, "SO_ERROR");
}

/* The rows of the picture of the window: line, call, details, result. */
static const struct
{
  const char *line;
  const char *call;
  const char *details;
  const char *result;
} short_rows[] = {
  { "s 1.1 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 7 <0.1>",
    "socket", "AF_INET, SOCK_STREAM, 0", "= 7" },
  { "s 1.1 bind(7, {sa_family=AF_INET, sin_port=htons(7000), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0 <0.1>",
    "bind", "7, 127.0.0.1:7000", "= 0" },
  { "s 1.1 listen(7, 128) = 0 <0.1>", "listen", "7, 128", "= 0" },
  { "s 1.1 connect(8, {sa_family=AF_INET, sin_port=htons(7000), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = -1 "
    "EINPROGRESS (Operation now in progress) <0.1>",
    "connect", "8, 127.0.0.1:7000", "EINPROGRESS" },
  { "s 1.1 accept4(7, {sa_family=AF_INET, sin_port=htons(40312), "
    "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => "
    "16], 0) = 9 <0.1>",
    "accept4", "7 → 127.0.0.1:40312", "= 9" },
  { "s 1.1 sendto(8, \"hello, bench\\n\", 13, 0, NULL, 0) = 13 <0.1>", "send",
    "hello, bench⏎", "13 B" },
  { "s 1.1 recvfrom(8, \"hello, bench\\n\", 65536, 0, NULL, NULL) = 13 <0.1>", "recv",
    "hello, bench⏎", "13 B" },
  { "s 1.1 recvfrom(8, \"\", 65536, 0, NULL, NULL) = 0 <0.1>", "recv", "", "eof" },
  { "s 1.1 shutdown(8, SHUT_WR) = 0 <0.1>", "shutdown", "8, SHUT_WR", "= 0" },
  { "s 1.1 close(8) = 0 <0.1>", "close", "8", "= 0" },
  { "s 1.1 getsockopt(8, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0 <0.1>",
    "getsockopt", "8, SOL_SOCKET, SO_ERROR, [ECONNREFUSED]", "= 0" },
  { "s 1.1 > #1 s listen 128", "command", "s listen 128", "" },
  { "s 1.1 < #1 EPERM no", "outcome", "no", "EPERM" },
  { "s 1.1 * text hi", "note", "hi", "" },
};

static void
test_short (void)
{
  g_test_summary ("The short forms are those of the window's picture.");

  for (gsize i = 0; i < G_N_ELEMENTS (short_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *pane = NULL;
      g_autofree char *details = NULL;
      g_autofree char *result = NULL;
      SwbRecord record;

      swb_notation_parse (short_rows[i].line, &record, &pane, &bytes, &error);
      g_assert_no_error (error);
      details = swb_notation_short_details (&record, 80);
      result = swb_notation_short_result (&record);
      g_assert_cmpstr (swb_notation_short_call (&record), ==, short_rows[i].call);
      g_assert_cmpstr (details, ==, short_rows[i].details);
      g_assert_cmpstr (result, ==, short_rows[i].result);
    }
}

static void
test_short_limit (void)
{
  g_test_summary (
      "Short details are valid UTF-8 of at most the asked length, whatever the record.");

  for (int i = 0; i < 20000; i++)
    {
      guint8 room[40];
      SwbRecord record;
      gsize max_chars = (gsize)g_test_rand_int_range (0, 60);
      g_autofree char *details = NULL;

      random_line_record (&record, room, sizeof room);
      details = swb_notation_short_details (&record, max_chars);
      assert_harmless (details);
      g_assert_cmpint (g_utf8_strlen (details, -1), <=, (glong)max_chars);
    }
}

static void
test_durations (void)
{
  static const struct
  {
    gint64 ns;
    const char *text;
  } rows[] = {
    { -1, "0 µs" },
    { 0, "0 µs" },
    { 11000, "11 µs" },
    { 999499, "999 µs" },
    { 999500, "1.0 ms" },
    { 1200000, "1.2 ms" },
    { 999949999, "999.9 ms" },
    { 999950000, "1.0 s" },
    { 3400000000, "3.4 s" },
  };

  g_test_summary ("Durations have the unit that suits them.");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = swb_notation_short_duration (rows[i].ns);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notation/strace", test_strace);
  g_test_add_func ("/notation/own", test_own);
  g_test_add_func ("/notation/six-digits", test_six_digits);
  g_test_add_func ("/notation/random", test_random);
  g_test_add_func ("/notation/hostile", test_hostile);
  g_test_add_func ("/notation/column", test_column);
  g_test_add_func ("/notation/journal-time", test_journal_time);
  g_test_add_func ("/notation/print-call", test_print_call);
  g_test_add_func ("/notation/short", test_short);
  g_test_add_func ("/notation/short-limit", test_short_limit);
  g_test_add_func ("/notation/durations", test_durations);
  return g_test_run ();
}
