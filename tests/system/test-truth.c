/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "strace-calls.h"
#include "swb-fixture.h"

/* swb under strace: its journal has every network call that the kernel saw of its sockets,
 * and none that it did not see, in the order of the kernel's answers, with the same
 * arguments and results. */

static const char *const tcp_bench
    = "pane s AF_INET SOCK_STREAM 0\npane c AF_INET SOCK_STREAM 0\npane d AF_INET "
      "SOCK_STREAM IPPROTO_TCP\n"
      "s setsockopt SOL_SOCKET SO_REUSEADDR 1\ns getsockopt SOL_SOCKET SO_REUSEADDR\n"
      "s bind 127.0.0.1:0\ns bind 127.0.0.1:0 expect EINVAL\ns listen 7\ns reply echo\n"
      "c connect s\ns expect accept\nd connect s\ns expect accept\n"
      "c send \"hello \\x00\\x1b\\\"\\\\\\xff\\n\"\nc expect recv 12 bytes\nd send \"x\" "
      "MSG_MORE\n"
      "d send hex:00\nd expect recv 2 bytes\nc getsockname\nc getpeername\ns getpeername "
      "expect ENOTCONN\n"
      "c shutdown SHUT_WR\nc expect recv eof\nc send \"late\" expect EPIPE\nc close\nd "
      "close\n"
      "c connect 127.0.0.1:1 expect ECONNREFUSED\n";

static const char *const udp_bench
    = "pane a AF_INET SOCK_DGRAM 0\npane b AF_INET SOCK_DGRAM IPPROTO_UDP\npane m AF_INET6 "
      "SOCK_DGRAM 0\n"
      "a bind 127.0.0.1:0\nb bind 127.0.0.1:0\nb reply echo\na sendto b \"one\"\n"
      "a expect recv \"one\"\na connect b\na send \"two\"\na expect recv \"two\"\na send "
      "\"\"\n"
      "a expect recv \"\"\nm bind [::1]:0 \na recv manual\na send \"longer\"\na recv 3\n"
      "a connect hex:00000000000000000000000000000000\nb close\na close\n";

static const char *const unix_bench
    = "pane s AF_UNIX SOCK_STREAM 0\npane c AF_UNIX SOCK_STREAM 0\npane x AF_UNIX "
      "SOCK_SEQPACKET 0\n"
      "pane y AF_UNIX SOCK_SEQPACKET 0\npane n AF_UNIX SOCK_DGRAM 0\n"
      "s bind \"path with blank\"\ns listen\nc connect s\ns expect accept\nc send "
      "\"hello\"\n"
      "s#1 expect recv \"hello\"\ns#1 send \"back\"\nc expect recv \"back\"\nc close\ns "
      "close\n"
      "x bind @abstract\\x00name\nx listen\ny connect x\nx expect accept\ny send "
      "\"packet\"\n"
      "x#1 expect recv \"packet\"\ny shutdown SHUT_RDWR\ny close\n"
      "n sendto /nonexistent/socket \"x\" expect ENOENT\n"
      "pane p AF_UNIX SOCK_STREAM 0\npane q AF_UNIX SOCK_STREAM 0\np socketpair q\np send "
      "\"x\"\n"
      "q expect recv \"x\"\n";

/* Many messages in one call. */
static const char *const many_bench
    = "pane a AF_INET SOCK_DGRAM 0\npane b AF_INET SOCK_DGRAM 0\npane p AF_UNIX "
      "SOCK_SEQPACKET 0\npane q AF_UNIX SOCK_SEQPACKET 0\n"
      "b recv manual\nb setsockopt IPPROTO_IP IP_RECVTTL 1\nb bind 127.0.0.1:0\n"
      "a connect b\na sendmmsg 3 \"three\"\nb recvmmsg 64 4\nb expect recv \"thre\"\n"
      "a sendmmsg 1 \"\"\nb recvmmsg 1\na sendmmsg 2 \"x\" MSG_DONTWAIT\n"
      "b recv auto recvmmsg\nb expect recv \"thre\"\nb expect recv \"thre\"\nb expect "
      "recv \"\"\nb expect recv \"x\"\nb expect recv \"x\"\n"
      "b close\na recv manual\na send \"nobody\"\nwait 500ms\na sendmmsg 1 \"\" expect "
      "ECONNREFUSED\n"
      "p recv auto recvmmsg\np socketpair q\nq sendmmsg 1 \"record\"\n"
      "p expect recv \"record\"\n";

/* Control messages of every kind that a pane can ask for. */
static const char *const message_bench
    = "pane a AF_INET SOCK_DGRAM 0\npane b AF_INET SOCK_DGRAM 0\npane d AF_INET6 "
      "SOCK_DGRAM "
      "0\npane e AF_INET6 SOCK_DGRAM 0\n"
      "b recv auto recvmsg\nb setsockopt SOL_SOCKET SO_RCVBUF 8192\nb bind 127.0.0.1:0\n"
      "b setsockopt SOL_SOCKET SO_TIMESTAMPNS 1\nb setsockopt IPPROTO_IP IP_RECVTTL 1\n"
      "b setsockopt IPPROTO_IP IP_RECVTOS 1\nb setsockopt IPPROTO_IP IP_PKTINFO 1\n"
      "a sendto b \"one\"\nb expect recv \"one\"\na sendto b \"\"\nb expect recv \"\"\n"
      "b recv manual\na sendto b \"longer\"\n"
      "b recvmsg 3\nb expect recv \"lon\"\nb recv auto recv 2\na sendto b \"cut\"\nb "
      "expect recv \"cu\"\n"
      "a setsockopt IPPROTO_IP IP_RECVERR 1\na recv manual\na connect 127.0.0.1:1\n"
      "a send \"nobody\"\nwait 500ms\na recvmsg 100 MSG_ERRQUEUE\n"
      "d bind [::1]:0\nd setsockopt IPPROTO_IPV6 IPV6_RECVPKTINFO 1\n"
      "d setsockopt IPPROTO_IPV6 IPV6_RECVHOPLIMIT 1\nd recv auto recvmsg\n"
      "e sendto d \"six\"\nd expect recv \"six\"\n"
      "pane p AF_UNIX SOCK_STREAM 0\npane q AF_UNIX SOCK_STREAM 0\np recv auto recvmsg\n"
      "p socketpair q\np setsockopt SOL_SOCKET SO_PASSCRED 1\nq send \"x\"\n"
      "p expect recv \"x\"\nq close\np expect recv eof\n";

/* Sockets that listen, are connected, and are neither, in control messages; and one that
 * nobody takes. */
static const char *const rights_bench
    = "pane p AF_UNIX SOCK_DGRAM 0\npane q AF_UNIX SOCK_DGRAM 0\np socketpair q\n"
      "pane s AF_INET SOCK_STREAM 0\npane h AF_INET SOCK_STREAM 0\n"
      "pane c AF_INET SOCK_STREAM 0\npane n AF_INET SOCK_STREAM 0\n"
      "pane m AF_INET SOCK_STREAM 0\n"
      "q recv manual\ns bind 127.0.0.1:0\ns listen 3\np sendmsg fd s \"listens\"\n"
      "q recvmsg fd h\ns close\nh expect state LISTEN\nc connect h\nh expect accept\n"
      "c send \"x\"\nh#1 expect recv \"x\"\nn socket\np sendmsg fd n \"\"\n"
      "q recvmsg fd m 0\nm expect state CREATED\np sendmsg fd n \"lost\" MSG_DONTWAIT\n"
      "q recvmsg\np sendmsg \"none\"\nq recvmsg 4\nq close\n"
      "p sendmsg fd n \"x\" expect ECONNREFUSED\n";

/* What goes beside the bytes, all at once; what comes without room for it, and what becomes
 * a pane of its own. */
static const char *const beside_bench
    = "pane p AF_UNIX SOCK_STREAM 0\npane q AF_UNIX SOCK_STREAM 0\np socketpair q\n"
      "pane n AF_INET SOCK_STREAM 0\nn socket\nq recv manual\n"
      "q setsockopt SOL_SOCKET SO_PASSCRED 1\n"
      "p sendmsg fd n file /dev/null rw credentials \"all\"\nq recvmsg\n"
      "p sendmsg credentials \"who\"\nq recvmsg 2\nq recvmsg control 64\n"
      "p sendmsg file /dev/null \"no room\"\nq recvmsg control 0\n"
      "p getsockopt SOL_SOCKET SO_PEERCRED\nq getsockopt SOL_SOCKET SO_PASSCRED\n";

/* Connections that wait for accept, and errors that wait to be read. */
static const char *const queues_bench
    = "pane s AF_INET SOCK_STREAM 0\npane c AF_INET SOCK_STREAM 0\npane d AF_INET "
      "SOCK_STREAM 0\ns accept manual\ns bind 127.0.0.1:0\ns listen 2\nc connect s\n"
      "d connect s\ns queue\ns accept\ns accept\ns queue\n"
      "pane u AF_INET SOCK_DGRAM 0\nu setsockopt IPPROTO_IP IP_RECVERR 1\n"
      "u connect 127.0.0.1:1\nu send \"nobody\"\nwait 500ms\n"
      "pane a AF_INET SOCK_DGRAM 0\npane b AF_INET SOCK_DGRAM 0\npane m AF_INET SOCK_DGRAM "
      "0\n"
      "m bind 127.0.0.1:0\na sendto m \"one\"\nb sendto m \"two\"\nm expect recv \"one\"\n"
      "m expect recv \"two\"\nm#2 send \"to b\"\nm#all send \"to all\"\n"
      "b expect recv \"to b\"\na expect recv \"to all\"\nb expect recv \"to all\"\n";

/* Losses as they happen, in a buffer that is soon full. */
static const char *const full_bench
    = "pane a AF_INET SOCK_DGRAM 0\npane b AF_INET SOCK_DGRAM 0\npane c AF_INET SOCK_DGRAM "
      "0\n"
      "b setsockopt SOL_SOCKET SO_RCVBUF 2304\nc setsockopt SOL_SOCKET SO_RCVBUF 2304\n"
      "b recv manual\nb bind 127.0.0.1:0\nc recv manual\nc bind 127.0.0.1:0\n"
      "a sendto b \"1\"\na sendto b \"2\"\na sendto b \"3\"\na sendto b \"4\"\n"
      "a sendto b \"5\"\na sendto b \"6\"\na sendto c \"1\"\na sendto c \"2\"\n"
      "a sendto c \"3\"\na sendto c \"4\"\na sendto c \"5\"\na sendto c \"6\"\n"
      "b recv auto\nc recv auto recvmsg\nb expect recv \"1\"\nc expect recv \"1\"\n"
      "wait 500ms\na sendto c \"7\"\nc expect recv \"2\"\nb close\nc close\n";

/* An answer of netlink is decoded by strace and not by us: none is asked for. A packet
 * socket needs a right that not everybody has, and says so alike. */
static const char *const other_bench
    = "pane n AF_NETLINK SOCK_RAW NETLINK_ROUTE\nn bind netlink 0\nn getsockname\n"
      "n setsockopt SOL_NETLINK NETLINK_EXT_ACK on\nn close\n"
      "pane x AF_X25 SOCK_SEQPACKET 0\nx socket expect EAFNOSUPPORT\n"
      "pane u AF_INET SOCK_DGRAM 0\nu bind 127.0.0.1:0\n"
      "u setsockopt IPPROTO_IP IP_MULTICAST_TTL 4\n"
      "u setsockopt SOL_SOCKET SO_LINGER on 5s\n"
      "u setsockopt SOL_SOCKET SO_BINDTODEVICE lo\n"
      "u getsockopt IPPROTO_IP IP_TTL\nu ioctl FIONREAD\nu ioctl SIOCOUTQ\n"
      "u ioctl SIOCATMARK expect ENOTTY\nu close\n";

/* Values of options that are structs, and addresses in them. */
static const char *const struct_bench
    = "pane m AF_INET SOCK_DGRAM 0\nm bind 127.0.0.1:0\n"
      "m setsockopt IPPROTO_IP MCAST_JOIN_GROUP 239.1.2.3 lo\n"
      "m setsockopt IPPROTO_IP MCAST_LEAVE_GROUP 239.1.2.3 lo\n"
      "m setsockopt IPPROTO_IP MCAST_JOIN_SOURCE_GROUP 232.1.2.3 lo 192.0.2.1\n"
      "m setsockopt IPPROTO_IP IP_ADD_MEMBERSHIP 239.1.2.4 lo\n"
      "m setsockopt IPPROTO_IP IP_DROP_MEMBERSHIP 239.1.2.4 lo\n"
      "m setsockopt IPPROTO_IP IP_ADD_SOURCE_MEMBERSHIP 232.1.2.4 127.0.0.1 192.0.2.1\n"
      "m getsockopt SOL_SOCKET SO_LINGER\n"
      "m getsockopt SOL_SOCKET SO_MEMINFO\nm getsockopt SOL_SOCKET SO_RCVTIMEO\n"
      "pane t AF_INET SOCK_STREAM 0\nt getsockopt SOL_SOCKET SO_TXREHASH\n"
      "pane s AF_INET6 SOCK_DGRAM 0\ns bind [::1]:0\n"
      "s setsockopt IPPROTO_IPV6 IPV6_ADD_MEMBERSHIP ff15::5 lo\n"
      "s setsockopt IPPROTO_IPV6 IPV6_DROP_MEMBERSHIP ff15::5 lo\n"
      "s setsockopt IPPROTO_IPV6 MCAST_JOIN_GROUP ff02::7 lo\n"
      "pane n AF_NETLINK SOCK_RAW NETLINK_ROUTE\nn bind netlink 0:0x11\n"
      "n getsockopt SOL_NETLINK NETLINK_LIST_MEMBERSHIPS\n"
      "n getsockopt SOL_NETLINK NETLINK_EXT_ACK\n";

static const char *const packet_struct_bench
    = "pane p AF_PACKET SOCK_RAW 0\np recv manual\np bind packet lo:0x9000\n"
      "p setsockopt SOL_PACKET PACKET_ADD_MEMBERSHIP hex:01000000010006001122334455660000\n"
      "p getsockopt SOL_PACKET PACKET_STATISTICS\np getsockname\n"
      "p setsockopt SOL_PACKET PACKET_VERSION 2\n"
      "p getsockopt SOL_PACKET PACKET_STATISTICS\np close\n"
      "pane r AF_INET SOCK_RAW IPPROTO_ICMP\nr recv manual\n"
      "r setsockopt SOL_RAW ICMP_FILTER hex:feffffff\nr getsockopt SOL_RAW ICMP_FILTER\n"
      "r setsockopt SOL_RAW ICMP_FILTER hex:01010000\nr close\n";

static const char *const packet_bench
    = "pane p AF_PACKET SOCK_DGRAM ETH_P_IP\np bind packet lo:ETH_P_IP\np getsockname\n"
      "p recv manual\np close\n";

/* The journal keeps of a send the bytes that the kernel took, and says with `...` that
 * there were more. */
static void
assert_same (const char *told, const char *happened)
{
  const char *cut = strstr (told, "\"..., ");

  if (cut != NULL && strncmp (told, happened, (gsize)(cut - told)) == 0
      && g_str_has_suffix (happened, cut + strlen ("\"...")))
    return;
  g_assert_cmpstr (told, ==, happened);
}

static void
compare (SwbFixture *self, const char *bench)
{
  g_autofree char *trace = g_build_filename (self->folder, "trace", NULL);
  g_auto (SwbResult) run = { 0 };
  g_autofree char *seen = NULL;
  g_autoptr (GPtrArray) told = NULL;
  g_autoptr (GPtrArray) happened = NULL;

  if (!swb_fixture_can_trace (self))
    return;
  run = swb_fixture_run (self, NULL, "strace", "-f", "-ttt", "-T", "-s", "16777216", "-e",
                         "trace=network,close,unlink,ioctl", "-o", "trace",
                         g_getenv ("SWB"), "run", bench, NULL);
  g_assert_cmpstr (run.err, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_file_get_contents (trace, &seen, NULL, NULL));

  told = list_calls_of_journal (run.out);
  happened = list_calls_of_strace (seen);
  g_assert_cmpuint (told->len, >, 3);
  for (guint i = 0; i < MIN (told->len, happened->len); i++)
    assert_same (told->pdata[i], happened->pdata[i]);
  g_assert_cmpuint (told->len, ==, happened->len);
  g_test_message ("%u calls are the same", told->len);
}

/* Abstract names are the whole machine's, so each run has its own. */
static void
test_text (SwbFixture *self, gconstpointer text)
{
  g_autofree char *name = g_strdup_printf ("@swb-%d", (int)getpid ());
  g_autoptr (GString) bench = g_string_new (text);
  g_autofree char *path = NULL;

  g_string_replace (bench, "@abstract", name, 0);
  path = swb_fixture_write (self, "truth.bench", bench->str, (gssize)bench->len);
  compare (self, path);
}

static void
test_packet (SwbFixture *self, gconstpointer data)
{
  if (geteuid () != 0)
    {
      g_test_skip ("packet sockets are for those with CAP_NET_RAW");
      return;
    }
  test_text (self, data);
}

static void
test_example (SwbFixture *self, gconstpointer name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SWB_BENCHES"), name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    compare (self, path);
  else
    g_test_skip ("this example bench is not there");
}

#define ADD(path, data, func)                                                              \
  g_test_add ("/truth/" path, SwbFixture, data, swb_fixture_set_up, func,                  \
              swb_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (SWB_SUITE_PATIENCE_S);
  ADD ("tcp", tcp_bench, test_text);
  ADD ("udp", udp_bench, test_text);
  ADD ("unix", unix_bench, test_text);
  ADD ("messages", message_bench, test_text);
  ADD ("many-messages", many_bench, test_text);
  ADD ("rights", rights_bench, test_text);
  ADD ("beside", beside_bench, test_text);
  ADD ("queues", queues_bench, test_text);
  ADD ("full-buffer", full_bench, test_text);
  ADD ("other", other_bench, test_text);
  ADD ("structs", struct_bench, test_text);
  ADD ("packet", packet_bench, test_packet);
  ADD ("packet-structs", packet_struct_bench, test_packet);
  ADD ("tcp-echo", "tcp-echo.bench", test_example);
  ADD ("udp-pair", "udp-pair.bench", test_example);
  ADD ("unix-stream", "unix-stream.bench", test_example);
  ADD ("unix-seqpacket", "unix-seqpacket.bench", test_example);
  ADD ("refused-connection", "refused-connection.bench", test_example);
  ADD ("message-boundaries", "message-boundaries.bench", test_example);
  ADD ("multicast", "multicast.bench", test_example);
  ADD ("descriptor-passing", "descriptor-passing.bench", test_example);
  ADD ("broadcast", "broadcast.bench", test_example);
  ADD ("udp-refused", "udp-refused.bench", test_example);
  ADD ("out-of-band", "out-of-band.bench", test_example);
  ADD ("half-close", "half-close.bench", test_example);
  ADD ("linger-reset", "linger-reset.bench", test_example);
  ADD ("full-backlog", "full-backlog.bench", test_example);
  ADD ("short-receive", "short-receive.bench", test_example);
  ADD ("truncated-datagram", "truncated-datagram.bench", test_example);
  ADD ("udp-peers", "udp-peers.bench", test_example);
  ADD ("batches", "batches.bench", test_example);
  return g_test_run ();
}
