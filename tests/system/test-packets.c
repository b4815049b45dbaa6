/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "swb-fixture.h"

#include <fcntl.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "journal/dissect/swb-dissect.h"
#include "net/swb-packet.h"

/* Packets as they are written, and as they are told, against tshark and the kernel. */

#define N_RANDOM 60

/* --- tshark --- */

/* In this order in each line of its answer, with tabs between them. */
static const char *const fields[] = { "ip.src",
                                      "ip.dst",
                                      "ipv6.src",
                                      "ipv6.dst",
                                      "udp.srcport",
                                      "udp.dstport",
                                      "udp.length",
                                      "tcp.srcport",
                                      "tcp.dstport",
                                      "tcp.flags",
                                      "tcp.seq_raw",
                                      "tcp.ack_raw",
                                      "tcp.window_size_value",
                                      "tcp.len",
                                      "icmp.type",
                                      "icmp.ident",
                                      "icmp.seq",
                                      "icmpv6.type",
                                      "icmpv6.echo.identifier",
                                      "icmpv6.echo.sequence_number",
                                      "ip.ttl",
                                      "ipv6.hlim",
                                      "data.len",
                                      "vlan.id",
                                      "arp.opcode",
                                      "arp.src.proto_ipv4",
                                      "arp.dst.proto_ipv4",
                                      "arp.src.hw_mac",
                                      "ip.checksum.status",
                                      "udp.checksum.status",
                                      "tcp.checksum.status",
                                      "icmp.checksum.status",
                                      "icmpv6.checksum.status",
                                      NULL };

static char *
make_random (guint i)
{
  int a = g_test_rand_int_range (20000, 65535);
  int b = g_test_rand_int_range (20000, 65535);
  g_autofree char *data = g_strnfill ((gsize)g_test_rand_int_range (1, 60), 'x');

  /* Ports that tshark takes for a protocol of its own would do no harm, but cost time. */
  switch (i % 7)
    {
    case 0:
      return g_strdup_printf ("eth / ip src=10.0.0.%d dst=10.0.1.%d ttl=%d id=%d / udp "
                              "from=%d to=%d / \"%s\"",
                              a % 256, b % 256, 1 + a % 255, b, a, b, data);
    case 1:
      return g_strdup_printf ("eth / ip6 src=fe80::%x dst=ff02::%x hops=%d / udp from=%d "
                              "to=%d / \"%s\"",
                              a, b, 1 + a % 255, a, b, data);
    case 2:
      return g_strdup_printf ("eth / vlan id=%d / ip / tcp from=%d to=%d flags=SA seq=%d "
                              "ack=%d win=%d / \"%s\"",
                              1 + a % 4094, a, b, a, b, a, data);
    case 3:
      return g_strdup_printf ("eth / ip ttl=%d / icmp-echo id=%d seq=%d / \"%s\"",
                              1 + a % 255, a, b, data);
    case 4:
      return g_strdup_printf ("eth / ip6 hops=%d / icmp6-echo type=reply id=%d seq=%d / "
                              "\"%s\"",
                              1 + a % 255, a, b, data);
    case 5:
      return g_strdup_printf ("eth / arp from=10.0.0.%d to=10.0.1.%d", a % 256, b % 256);
    default:
      return g_strdup_printf (
          "eth / arp op=reply from=10.0.0.%d from-mac=02:00:00:00:00:%02x", a % 256,
          b % 256);
    }
}

static GBytes *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = swb_packet_parse (text, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

/* The classic format of pcap, link type Ethernet. */
static char *
write_capture (SwbFixture *self, GPtrArray *frames)
{
  const guint32 header[] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0, 65535, 1 };
  g_autoptr (GByteArray) file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *)header, sizeof header);
  for (guint i = 0; i < frames->len; i++)
    {
      gsize n;
      const guint8 *bytes = g_bytes_get_data (frames->pdata[i], &n);
      const guint32 head[] = { i, 0, (guint32)n, (guint32)n };

      g_byte_array_append (file, (const guint8 *)head, sizeof head);
      g_byte_array_append (file, bytes, (guint)n);
    }
  return swb_fixture_write (self, "frames.pcap", (const char *)file->data, file->len);
}

static const char *
get (char **values, const char *field)
{
  for (guint i = 0; fields[i] != NULL; i++)
    if (g_str_equal (fields[i], field))
      return values[i];
  g_assert_not_reached ();
}

static guint64
number (char **values, const char *field)
{
  return g_ascii_strtoull (get (values, field), NULL, 0);
}

static char *
plural (guint64 n)
{
  return g_strdup_printf ("%u byte%s", (guint)n, n == 1 ? "" : "s");
}

static char *
tell_tcp (char **values, const char *from, const char *to)
{
  g_autofree char *size = plural (number (values, "tcp.len"));

  return g_strdup_printf ("%s:%s → %s:%s TCP [S.] seq %s ack %s win %s, %s", from,
                          get (values, "tcp.srcport"), to, get (values, "tcp.dstport"),
                          get (values, "tcp.seq_raw"), get (values, "tcp.ack_raw"),
                          get (values, "tcp.window_size_value"), size);
}

/* The line as it has to be, from what tshark found in the frame. */
static char *
tell (char **values)
{
  gboolean is_six = get (values, "ipv6.src")[0] != '\0';
  const char *from = get (values, is_six ? "ipv6.src" : "ip.src");
  const char *to = get (values, is_six ? "ipv6.dst" : "ip.dst");
  g_autofree char *size = plural (number (values, "data.len"));
  g_autofree char *rest = NULL;
  g_autofree char *vlan = get (values, "vlan.id")[0] == '\0'
                              ? g_strdup ("")
                              : g_strdup_printf ("VLAN %s ", get (values, "vlan.id"));

  if (number (values, "arp.opcode") == 1)
    return g_strdup_printf ("ARP who has %s? tell %s", get (values, "arp.dst.proto_ipv4"),
                            get (values, "arp.src.proto_ipv4"));
  if (number (values, "arp.opcode") == 2)
    return g_strdup_printf ("ARP %s is at %s", get (values, "arp.src.proto_ipv4"),
                            get (values, "arp.src.hw_mac"));
  if (get (values, "udp.length")[0] != '\0')
    {
      g_autofree char *length = plural (number (values, "udp.length") - 8);

      rest = g_strdup_printf (
          is_six ? "[%s]:%s → [%s]:%s UDP, %s" : "%s:%s → %s:%s UDP, %s", from,
          get (values, "udp.srcport"), to, get (values, "udp.dstport"), length);
    }
  else if (get (values, "tcp.len")[0] != '\0')
    rest = tell_tcp (values, from, to);
  else if (is_six)
    rest = g_strdup_printf ("%s → %s ICMPv6 echo reply, id %u, seq %u, %s, hops %s", from,
                            to, (guint)number (values, "icmpv6.echo.identifier"),
                            (guint)number (values, "icmpv6.echo.sequence_number"), size,
                            get (values, "ipv6.hlim"));
  else
    rest = g_strdup_printf ("%s → %s ICMP echo request, id %u, seq %u, %s, ttl %s", from,
                            to, (guint)number (values, "icmp.ident"),
                            (guint)number (values, "icmp.seq"), size,
                            get (values, "ip.ttl"));
  return g_strdup_printf ("%s%s %s", vlan, is_six ? "IPv6" : "IPv4", rest);
}

static void
check_frame (const char *text, GBytes *frame, char **values)
{
  static const char *const checksums[]
      = { "ip.checksum.status", "udp.checksum.status", "tcp.checksum.status",
          "icmp.checksum.status", "icmpv6.checksum.status" };
  SwbDissection source = { .domain = AF_PACKET,
                           .type = SOCK_RAW,
                           .protocol = htons (ETH_P_ALL),
                           .is_incoming = TRUE };
  gsize n;
  const guint8 *bytes = g_bytes_get_data (frame, &n);
  g_autofree char *line = swb_dissect (&source, bytes, n);
  g_autofree char *expected = tell (values);

  g_test_message ("%s", text);
  g_assert_cmpstr (line, ==, expected);
  for (guint i = 0; i < G_N_ELEMENTS (checksums); i++)
    if (get (values, checksums[i])[0] != '\0')
      g_assert_cmpstr (get (values, checksums[i]), ==, "1");
}

static void
test_tshark (SwbFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) frames
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GString) command = g_string_new ("exec tshark -n -r \"$0\" -T fields "
                                              "-o ip.check_checksum:TRUE "
                                              "-o udp.check_checksum:TRUE "
                                              "-o tcp.check_checksum:TRUE");
  g_autofree char *path = NULL;
  g_auto (SwbResult) result = { 0 };
  g_auto (GStrv) lines = NULL;

  g_test_summary ("What a packet is written as, tshark reads; and so do we");
  if (!swb_fixture_needs ("tshark"))
    return;
  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_ptr_array_add (texts, make_random (i));
      g_ptr_array_add (frames, parse (texts->pdata[i]));
    }
  for (guint i = 0; fields[i] != NULL; i++)
    g_string_append_printf (command, " -e %s", fields[i]);
  path = write_capture (self, frames);
  result = swb_fixture_run (self, NULL, "sh", "-c", command->str, path, NULL);
  g_test_message ("%s", result.err);
  g_assert_cmpint (result.status, ==, 0);
  lines = g_strsplit (result.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, N_RANDOM + 1);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_auto (GStrv) values = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (values), ==, G_N_ELEMENTS (fields) - 1);
      check_frame (texts->pdata[i], frames->pdata[i], values);
    }
}

/* --- the kernel --- */

static gboolean
enter_namespace (SwbFixture *self)
{
  g_auto (SwbResult) lo = { 0 };

  if (!swb_fixture_needs ("ip"))
    return FALSE;
  if (unshare (CLONE_NEWNET) != 0)
    {
      g_test_skip ("this user may not make a network namespace");
      return FALSE;
    }
  lo = swb_fixture_run (self, NULL, "ip", "link", "set", "lo", "up", NULL);
  g_assert_cmpint (lo.status, ==, 0);
  return TRUE;
}

static void
assert_told (const char *text, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("\n# %s", line);

  if (strstr (text, whole) == NULL)
    g_error ("“%s” is missing in:\n%s", line, text);
}

static const char kernel_bench[]
    = "pane wire AF_PACKET SOCK_RAW ETH_P_ALL\n"
      "pane raw AF_INET SOCK_RAW IPPROTO_ICMP\n"
      "pane six AF_INET6 SOCK_RAW IPPROTO_ICMPV6\n"
      "pane whole AF_INET SOCK_RAW IPPROTO_RAW\n"
      "pane udp AF_INET SOCK_DGRAM 0\n"
      "pane route AF_NETLINK SOCK_RAW NETLINK_ROUTE\n"
      "pane shut AF_INET SOCK_DGRAM 0\n"
      "wire bind \"packet lo:ETH_P_ALL\"\n"
      "raw sendto 127.0.0.1:0 packet:icmp-echo id=7 seq=1 / \"abcdefgh\"\n"
      "six sendto [::1]:0 packet:icmp6-echo id=9 seq=2 / \"abcdefgh\"\n"
      "udp bind 127.0.0.1:7000\n"
      "whole sendto 127.0.0.1:0 packet:ip ttl=3 / udp from=5000 to=7000 / \"hello\"\n"
      "udp expect recv \"hello\" within 60s\n"
      "shut sendto 127.0.0.1:9 \"nobody\"\n"
      "route sendto \"netlink 0\" packet:rtnetlink type=RTM_GETLINK\n"
      "route sendto \"netlink 0\" packet:rtnetlink type=RTM_GETLINK dump=0 index=4242\n";

static void
test_kernel (SwbFixture *self, gconstpointer data)
{
  int home = open ("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  g_autofree char *bench = NULL;
  g_autofree char *recording = g_build_filename (self->folder, "packets.pcapng", NULL);

  g_test_summary ("The kernel answers what was written, and its answers are told");
  if (enter_namespace (self))
    {
      g_auto (SwbResult) run = { 0 };
      g_auto (SwbResult) show = { 0 };

      bench = swb_fixture_write (self, "packets.bench", kernel_bench, -1);
      run = swb_fixture_run (self, NULL, NULL, "run", "--until-idle", "--journal=pcapng",
                             "-o", recording, bench, NULL);
      g_assert_cmpstr (run.err, ==, "");
      g_assert_cmpint (run.status, ==, 0);
      show = swb_fixture_run (self, NULL, NULL, "show", "--decode", recording, NULL);
      g_assert_cmpint (show.status, ==, 0);
      assert_told (show.out, "ICMP echo request, id 7, seq 1, 8 bytes\n");
      assert_told (show.out, "ICMP echo reply, id 7, seq 1, 8 bytes, ttl 64\n");
      assert_told (show.out, "ICMPv6 echo reply, id 9, seq 2, 8 bytes\n");
      assert_told (show.out, "IPv4 127.0.0.1:5000 → 127.0.0.1:7000 UDP, 5 bytes\n");
      assert_told (show.out, "lo IPv4 127.0.0.1:5000 → 127.0.0.1:7000 UDP, 5 bytes\n");
      assert_told (show.out, "lo IPv6 ::1 → ::1 ICMPv6 echo reply, id 9, seq 2, 8 bytes");
      assert_told (show.out,
                   "lo IPv4 127.0.0.1 → 127.0.0.1 ICMP destination unreachable: port "
                   "unreachable, of IPv4 127.0.0.1:");
      assert_told (show.out, "RTM_GETLINK, REQUEST, DUMP\n");
      assert_told (show.out, "RTM_NEWLINK lo index 1 UP LOWER_UP LOOPBACK, mtu 65536");
      assert_told (show.out, "NLMSG_ERROR ENODEV");
      setns (home, CLONE_NEWNET);
    }
  close (home);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/system/packets/tshark", SwbFixture, NULL, swb_fixture_set_up, test_tshark,
              swb_fixture_tear_down);
  g_test_add ("/system/packets/kernel", SwbFixture, NULL, swb_fixture_set_up, test_kernel,
              swb_fixture_tear_down);
  return g_test_run ();
}
